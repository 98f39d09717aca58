//! Passages that stand in one column only, those that some columns share, and those that were read before.
//!
//! Owns: sentences as sets of shingles and of weighted word pairs; which say the same, but for a date or a small edit; what is
//! new in one and what is old; which reprints have a passage of their column.
//! Refuses: to shorten: neighbouring sentences of one part become one passage, nothing is left out of it.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::background;
use super::super::features::SHINGLE;
use super::super::quoted::quoted;
use super::super::syllables::{Syllable, gram, syllables};
use super::asides::links;
use super::table::{Cells, Column, Row};
use super::{Piece, Place};
use crate::article::Place as Part;
use crate::text::sentences;

/// Syllables from which a sentence says something of its own.
const LEAST: usize = 8;
/// Share of a sentence's weight of pairs that may stand elsewhere in a passage that only one has.
const ELSEWHERE: f32 = 0.35;
/// Likeness of the pairs of two sentences, by weight, from which they are one passage.
const SAME: f32 = 0.6;
/// Share of a sentence's shingles that must have been read for it to be old.
const READ: f32 = 0.6;

/// A passage: some sentences of one part of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub place: Place,
    /// Its syllables.
    pub syllables: usize,
    /// Reprints that have all of it, too.
    pub copies: Vec<usize>,
}

/// A sentence.
struct Sentence {
    range: Range<usize>,
    /// Which part of the text.
    part: usize,
    /// A headline, or who signed below the text: it tells nothing of the story.
    aside: bool,
    /// It begins with links to other articles.
    link: bool,
    syllables: usize,
    shingles: Vec<u32>,
    /// Pairs of syllables, ascending, with their weight.
    pairs: Vec<(u32, f32)>,
    /// The weight of all of them.
    weight: f32,
}

/// The sentences of a piece.
pub(super) struct Sentences {
    all: Vec<Sentence>,
    /// What stands between quotation marks.
    quoted: Vec<Range<usize>>,
}

impl Sentences {
    /// Reads a piece: title, lead and body.
    pub fn of(piece: &Piece<'_>) -> Self {
        let (mut all, mut said) = (Vec::new(), Vec::new());
        for (part, stretch) in piece.plain.parts.iter().enumerate() {
            if matches!(stretch.place, Part::Credit(_)) {
                continue;
            }
            let text = &piece.plain.text[stretch.range.clone()];
            let start = stretch.range.start;
            let is_title = stretch.place == Part::Title;
            // What is glued to links is no passage, but who has it has it.
            let links = links(text).0;
            said.extend(quoted(text).into_iter().map(|q| start + q.start..start + q.end));
            for range in sentences(text) {
                let last = text[range.end..].trim().is_empty();
                let link = range.start < links;
                let aside = link || is_title || (last && is_signature(&text[range.clone()]));
                let found = syllables(&text[range.clone()]);
                let range = start + range.start..start + range.end;
                let shingles = found.windows(SHINGLE).map(|w| gram(w.iter().map(|s| s.marked))).collect();
                let (pairs, syllables) = (pairs(&found), found.len());
                let weight = pairs.iter().map(|p| p.1).sum();
                all.push(Sentence { range, part, aside, link, syllables, shingles, pairs, weight });
            }
        }
        Self { all, quoted: said }
    }

    /// Takes the beginning of a quote to what closes it: half a quote is nobody's words.
    fn with_openings(&self, taken: &mut [bool]) {
        for quote in &self.quoted {
            let at = |byte: usize| self.all.partition_point(|s| s.range.end <= byte);
            let (first, last) = (at(quote.start.saturating_sub(1)), at(quote.end));
            let closes = taken.get(last) == Some(&true) && self.all[last].range.start < quote.end;
            if closes && first < last && self.all[first].part == self.all[last].part {
                taken[first..last].fill(true);
            }
        }
    }

    /// Sentences for which `keep` holds, neighbours of one part joined.
    fn passages(&self, piece: usize, keep: impl Fn(&Sentence) -> bool) -> Vec<Passage> {
        let mut out: Vec<(Passage, usize)> = Vec::new();
        let mut joined = None;
        for (n, sentence) in self.all.iter().enumerate() {
            if !keep(sentence) {
                continue;
            }
            match out.last_mut() {
                Some((last, part)) if *part == sentence.part && joined == n.checked_sub(1) => {
                    last.place.range.end = sentence.range.end;
                    last.syllables += sentence.syllables;
                }
                _ => {
                    let place = Place { piece, range: sentence.range.clone() };
                    let passage = Passage { place, syllables: sentence.syllables, copies: Vec::new() };
                    out.push((passage, sentence.part));
                }
            }
            joined = Some(n);
        }
        out.into_iter().map(|p| p.0).collect()
    }
}

/// Who wrote, at the end of a text: names without an end of a sentence.
fn is_signature(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let names = words().filter(|w| w.starts_with(char::is_uppercase)).count();
    text.trim_end().ends_with(char::is_alphanumeric) && 2 * names >= words().count()
}

fn pairs(found: &[Syllable]) -> Vec<(u32, f32)> {
    let joined = found.windows(2).filter(|w| w[1].joined);
    let mut pairs: Vec<u32> = joined.map(|w| gram([w[0].folded, w[1].folded])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|pair| (pair, background::pairs().idf(pair).max(0.0))).collect()
}

/// Sentences that were told, to be found again by what they share with another.
#[derive(Default)]
struct Told {
    /// By pair: who has it.
    holders: FxHashMap<u32, Vec<usize>>,
    weights: Vec<f32>,
}

impl Told {
    fn of(text: &Sentences) -> Self {
        let mut told = Self::default();
        text.all.iter().for_each(|sentence| told.add(sentence));
        told
    }

    fn add(&mut self, sentence: &Sentence) {
        for (pair, _) in &sentence.pairs {
            self.holders.entry(*pair).or_default().push(self.weights.len());
        }
        self.weights.push(sentence.weight);
    }

    /// Those that share pairs with a sentence, and the weight of these.
    fn shared(&self, sentence: &Sentence) -> FxHashMap<usize, f32> {
        let mut shared = FxHashMap::default();
        for (pair, weight) in &sentence.pairs {
            for holder in self.holders.get(pair).into_iter().flatten() {
                *shared.entry(*holder).or_default() += weight;
            }
        }
        shared
    }

    /// What a sentence says stands in one of them.
    fn holds(&self, sentence: &Sentence) -> bool {
        self.shared(sentence).values().any(|shared| *shared >= SAME * sentence.weight)
    }

    /// The one that says the same as a sentence, neither much more nor much less.
    fn same(&self, sentence: &Sentence) -> Option<usize> {
        let likeness = |(n, shared): (usize, f32)| {
            let likeness = 2.0 * shared / (sentence.weight + self.weights[n]);
            (likeness >= SAME).then_some((likeness, n))
        };
        let found = self.shared(sentence).into_iter().filter_map(likeness);
        // Of equals the first that was told: the order of a table of hashes says nothing.
        found.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|f| f.1)
    }
}

/// Passages that no other column has in any words; `of` is the column of each piece. With one column there are none.
pub(super) fn only(texts: &[Sentences], columns: &[Column], of: &[usize]) -> Vec<Passage> {
    if columns.len() < 2 {
        return Vec::new();
    }
    // In how many columns each pair stands, and in which when it is one.
    let mut holders: FxHashMap<u32, (usize, bool)> = FxHashMap::default();
    for (text, &column) in texts.iter().zip(of) {
        for &(pair, _) in text.all.iter().flat_map(|s| &s.pairs) {
            holders.entry(pair).and_modify(|h| h.1 |= h.0 != column).or_insert((column, false));
        }
    }
    let mut told: Vec<Told> = Vec::new();
    told.resize_with(columns.len(), Told::default);
    let mut out = Vec::new();
    for (piece, (text, &column)) in texts.iter().zip(of).enumerate() {
        let fresh = |sentence: &Sentence| {
            let elsewhere = sentence.pairs.iter().filter(|p| holders.get(&p.0).is_some_and(|h| h.1));
            let elsewhere: f32 = elsewhere.map(|p| p.1).sum();
            let says = sentence.syllables >= LEAST && sentence.weight > 0.0;
            says && !sentence.aside && elsewhere <= ELSEWHERE * sentence.weight
        };
        // Reprints, later versions and bodies printed twice say it once.
        let mut is_new = |sentence: &Sentence| {
            let new = fresh(sentence) && !told[column].holds(sentence);
            told[column].add(sentence);
            new
        };
        let mut new: Vec<bool> = text.all.iter().map(&mut is_new).collect();
        text.with_openings(&mut new);
        let at = |s: &Sentence| text.all.partition_point(|other| other.range.start < s.range.start);
        out.extend(text.passages(piece, |s| new[at(s)]));
    }
    reprinted(&mut out, texts, columns, of);
    out
}

/// Which reprints of its column have a passage. What a reprint alone has nobody shares.
fn reprinted(passages: &mut [Passage], texts: &[Sentences], columns: &[Column], of: &[usize]) {
    let copies = columns.iter().flat_map(|c| &c.copies);
    let told: FxHashMap<usize, Told> = copies.map(|&copy| (copy, Told::of(&texts[copy]))).collect();
    for Passage { place, copies, .. } in passages {
        let inside = |s: &&Sentence| place.range.start <= s.range.start && s.range.end <= place.range.end;
        let said: Vec<&Sentence> = texts[place.piece].all.iter().filter(inside).collect();
        let has = |copy: &usize| *copy != place.piece && said.iter().all(|s| told[copy].holds(s));
        *copies = columns[of[place.piece]].copies.iter().copied().filter(has).collect();
    }
}

/// Passages that some columns share and others have not, those that most have first.
pub(super) fn shared(texts: &[Sentences], cells: &Cells<'_>, count: usize) -> Vec<Row<Place>> {
    let mut told = Told::default();
    let mut groups: Vec<Vec<Place>> = Vec::new();
    for (piece, text) in texts.iter().enumerate() {
        for sentence in text.all.iter().filter(|s| !s.link && s.syllables >= LEAST && s.weight > 0.0) {
            let place = Place { piece, range: sentence.range.clone() };
            if let Some(group) = told.same(sentence) {
                groups[group].push(place);
            } else {
                told.add(sentence);
                groups.push(vec![place]);
            }
        }
    }
    let first = |group: Vec<Place>| Some((group.first()?.clone(), group));
    let mut rows = cells.rows(groups.into_iter().filter_map(first));
    rows.retain(|row| row.cells.len() > 1 && row.cells.len() < count);
    rows
}

/// Passages of unread pieces that stood in read ones.
pub(super) fn seen(texts: &[Sentences], pieces: &[Piece<'_>]) -> Vec<Passage> {
    let read: FxHashSet<u32> = texts
        .iter()
        .zip(pieces)
        .filter(|(_, piece)| piece.read)
        .flat_map(|(text, _)| text.all.iter().flat_map(|s| s.shingles.iter().copied()))
        .collect();
    if read.is_empty() {
        return Vec::new();
    }
    let old = |sentence: &Sentence| {
        let known = sentence.shingles.iter().filter(|s| read.contains(s)).count();
        !sentence.link && known > 0 && known as f32 >= READ * sentence.shingles.len() as f32
    };
    let unread = texts.iter().zip(pieces).enumerate().filter(|(_, (_, piece))| !piece.read);
    unread.flat_map(|(n, (text, _))| text.passages(n, old)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> Sentence {
        let pairs = pairs(&syllables(text));
        let weight = pairs.iter().map(|p| p.1).sum();
        let (range, shingles) = (0..text.len(), Vec::new());
        Sentence { range, part: 0, aside: false, link: false, syllables: 0, shingles, pairs, weight }
    }

    #[test]
    fn names_below_a_text_are_a_signature() {
        for (text, expect) in [
            ("Hà Du - Lê Na / Bến Bờ Theo Lạc Phong Online", true),
            ("Xem thêm về cây cầu Vân Khê: Hà Du/Bến Bờ Theo Lạc Phong", true),
            ("Ông Tô Văn Mừng và bà Lý Thị Sen về Vân Khê.", false),
            ("Xã cho chủ bè vay vốn để đóng lại bè ở Vân Khê", false),
        ] {
            assert_eq!(is_signature(text), expect, "{text}");
        }
    }

    #[test]
    fn a_passage_begins_where_its_quote_opens() {
        const TOLD: &str = "Nước rút rồi. \"Đò của tôi chìm mất. Mất điện nên loa tắt hết từ chập tối\", ông Mừng nói. \
            Xã đang dựng lại cầu. Bà Sen nói: \"Bến này vắng đã ba năm nay rồi\".";
        let all = sentences(TOLD).into_iter().map(|range| Sentence { range, ..sentence("") }).collect();
        let text = Sentences { all, quoted: quoted(TOLD) };
        for (new, expect) in [
            (&[false, false, true, false, false][..], &[false, true, true, false, false][..]),
            (&[true, false, false, true, true], &[true, false, false, true, true]),
            (&[false, true, false, false, false], &[false, true, false, false, false]),
        ] {
            let mut taken = new.to_vec();
            text.with_openings(&mut taken);
            assert_eq!(taken, expect, "{new:?}");
        }
    }

    #[test]
    fn a_passage_is_the_same_but_for_a_date_or_a_small_edit() {
        const TOLD: &str =
            "Tính đến 6h sáng 12/9, cả xã có 40 bè nuôi cá bị trôi, trong đó 7 bè trôi mất hẳn ra cửa sông";
        for (again, expect) in [
            (
                "Tính đến 6h sáng nay, cả xã có 40 bè nuôi cá bị trôi, trong đó 7 bè trôi mất hẳn ra cửa sông",
                true,
            ),
            ("Tính đến 6h sáng nay, cả xã có 40 bè nuôi cá bị trôi, trong đó 7 bè trôi mất hẳn", true),
            ("Xã cho 7 chủ bè vay vốn để đóng lại bè, nuôi tiếp vụ cá sau Tết ở bến trên", false),
            ("Tính đến nay cả xã đã trồng lại rừng đước ở cửa sông, trong đó có dải ven bến", false),
        ] {
            let mut told = Told::default();
            told.add(&sentence(TOLD));
            let again = sentence(again);
            assert_eq!((told.holds(&again), told.same(&again).is_some()), (expect, expect));
        }
    }
}
