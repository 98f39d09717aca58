//! Names written out: short words by what they stand for, without words that carry no weight.
//!
//! Owns: which short word is read where. Refuses: the words themselves ([`super::tables`] has them). Tests: at the foot.

use super::key::{Words, is_marked, is_syllable};
use super::model::Kind;
use super::tables::{Phrase, Place, Tables};

impl Tables {
    /// A name's words with short words written out and words without weight left out; `None` when nothing changes.
    /// The second part names the short words that were read, for [`super::Variant::why`].
    pub fn expand(&self, kind: Kind, name: &Words) -> Option<(Vec<String>, Vec<&str>)> {
        if kind == Kind::Per {
            return self.without_title(name);
        }
        let little = matches!(kind, Kind::Org | Kind::Misc);
        let all_caps = name.all_caps();
        let (mut out, mut why, mut at, mut changed) = (Vec::new(), Vec::new(), 0, false);
        let mut at_start = true;
        while at < name.words.len() {
            if let Some(phrase) = self.phrase_at(kind, name, at, at_start, all_caps) {
                let dropped = phrase.long.is_empty();
                at += phrase.short.words.len();
                changed |= phrase.long != phrase.short.words;
                if phrase.long != phrase.short.words {
                    why.push(phrase.shown.as_str());
                }
                out.extend(phrase.long.iter().cloned());
                at_start &= dropped;
                continue;
            }
            let word = &name.words[at];
            at += 1;
            let is_year = |w: &String| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
            let before_year = word == "năm" && name.words.get(at).is_some_and(is_year);
            if little && (before_year || self.rules.little.contains(word)) {
                changed = true;
                continue;
            }
            at_start = false;
            let number = (kind == Kind::Misc && at > 1 && name.caps[at - 1]).then(|| roman(word)).flatten();
            changed |= number.is_some();
            out.push(number.map_or_else(|| word.clone(), str::to_owned));
        }
        if !changed || out.is_empty() {
            return None;
        }
        self.strip_start(kind, &mut out, &mut why);
        Some((out, why))
    }

    /// Leaves out a class word that an expansion brought to the start (`CLB` gives `câu lạc bộ`).
    fn strip_start<'a>(&'a self, kind: Kind, words: &mut Vec<String>, why: &mut Vec<&'a str>) {
        let name = Words { caps: vec![false; words.len()], words: words.clone() };
        if let Some(phrase) = self.phrase_at(kind, &name, 0, true, false)
            && phrase.place == Place::Start
            && phrase.long.is_empty()
            && phrase.short.words.len() < words.len()
        {
            words.drain(..phrase.short.words.len());
            why.push(phrase.shown.as_str());
        }
    }

    fn without_title(&self, name: &Words) -> Option<(Vec<String>, Vec<&str>)> {
        let titles = name.words.iter().take_while(|w| self.rules.titles.contains(*w)).count();
        (titles > 0 && titles < name.words.len()).then(|| (name.words[titles..].to_vec(), Vec::new()))
    }

    fn phrase_at(
        &self,
        kind: Kind,
        name: &Words,
        at: usize,
        at_start: bool,
        all_caps: bool,
    ) -> Option<&Phrase> {
        let candidates = self.by_first.get(&name.words[at])?;
        candidates.iter().map(|&n| &self.phrases[n as usize]).find(|phrase| {
            let end = at + phrase.short.words.len();
            phrase.kinds[kind as usize]
                && (!phrase.vietnamese || name.words.iter().any(|w| is_marked(w)))
                && end <= name.words.len()
                && match phrase.place {
                    Place::Any => true,
                    Place::Start => at_start && end < name.words.len(),
                    Place::End => at > 0 && end == name.words.len(),
                    Place::Before => end < name.words.len(),
                }
                && name.words[at..end] == phrase.short.words[..]
                && (at..end).all(|i| fits_case(&phrase.short, i - at, name.caps[i], all_caps))
        })
    }
}

/// The number that a Roman numeral behind a name stands for: `Note III` is `Note 3`.
fn roman(word: &str) -> Option<&'static str> {
    const NUMERALS: [(&str, &str); 8] = [
        ("ii", "2"),
        ("iii", "3"),
        ("iv", "4"),
        ("vi", "6"),
        ("vii", "7"),
        ("viii", "8"),
        ("ix", "9"),
        ("xi", "11"),
    ];
    NUMERALS.iter().find(|(r, _)| *r == word).map(|(_, n)| *n)
}

/// A short word in capitals that could be a syllable (`TƯ`, `CA`) is only read where it stands out by its capitals.
fn fits_case(short: &Words, i: usize, caps: bool, all_caps: bool) -> bool {
    !short.caps[i] || !is_syllable(&short.words[i]) || (caps && !all_caps)
}

#[cfg(test)]
mod tests {
    use super::super::tables::tables;
    use super::*;

    fn expanded(kind: Kind, name: &str) -> String {
        let words = Words::of(name);
        tables().expand(kind, &words).map_or(words.words, |(w, _)| w).concat()
    }

    #[test]
    fn short_words_are_written_out() {
        for (kind, a, b) in [
            (Kind::Org, "Bộ GD&ĐT", "Bộ Giáo dục và Đào tạo"),
            (Kind::Org, "TƯ Đoàn TNCS HCM", "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
            (Kind::Org, "UBND TP. Hà Nội", "Ủy ban nhân dân Thành phố Hà Nội"),
            (Kind::Org, "CLB Consadole Sapporo", "Consadole Sapporo"),
            (Kind::Org, "Đại sứ quán Australia", "Đại sứ quán Úc"),
            (Kind::Loc, "QL 13", "Quốc lộ 13"),
            (Kind::Loc, "P.13", "phường 13"),
        ] {
            assert_eq!(expanded(kind, a), expanded(kind, b), "{a} = {b}");
        }
        assert_ne!(expanded(Kind::Org, "Công an TP Cà Mau"), expanded(Kind::Org, "Công an tỉnh Cà Mau"));
        assert_ne!(expanded(Kind::Org, "Ban Tư tưởng"), expanded(Kind::Org, "Ban Trung ương tưởng"));
    }
}
