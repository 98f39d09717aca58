//! Measuring recognised names against labels, by the rules of the labelled data.
//!
//! Owns: label files, the spans that labels mean in a text, precision and recall. Refuses: files, printing.
//! Tests: at the foot of this file; on real labels in `tests/it/names.rs`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::model::Kind;

/// One row of a label file: every occurrence of `surface` in the article is a name of `kind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As it stands in the article.
    pub surface: String,
    /// Kind of name.
    pub kind: Kind,
    /// The fullest usual name.
    pub canonical: String,
    /// Only where these words stand left and right.
    pub context: Option<(String, String)>,
}

/// Labels of each article.
pub type Labels = BTreeMap<String, Vec<Label>>;

/// Reads a label file: article, surface, kind, canonical and perhaps `left|right`, parted by tabs.
pub fn labels(tsv: &str) -> Labels {
    let mut out = Labels::new();
    for line in tsv.lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(surface), Some(kind)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let Some(kind) = Kind::ALL.into_iter().find(|k| k.name() == kind) else { continue };
        let label = Label {
            surface: tidy(surface),
            kind,
            canonical: tidy(cells.next().unwrap_or(surface)),
            context: cells.next().and_then(|c| c.split_once('|')).map(|(l, r)| (l.to_owned(), r.to_owned())),
        };
        out.entry(id.to_owned()).or_default().push(label);
    }
    out
}

/// NFC, and one blank for each run of blanks and line ends: texts and surfaces are compared in this form.
pub fn tidy(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let text: String = text.nfc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ways in which an article may be written that a reader meets now and then: to measure and to train with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Given,
    /// All in capitals.
    Capitals,
    /// Without diacritics: *Ha Noi*.
    Bare,
    /// Sentences follow each other without full stops, as where lines were glued together.
    Glued,
}

impl Form {
    /// The forms that an article is not given in.
    pub const OTHERS: [Self; 3] = [Self::Capitals, Self::Bare, Self::Glued];

    /// The text in this form.
    pub fn of(self, text: &str) -> String {
        use unicode_normalization::UnicodeNormalization as _;
        match self {
            Self::Given => text.to_owned(),
            Self::Capitals => text.to_uppercase(),
            Self::Bare => {
                let letters = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
                letters
                    .map(|c| {
                        if c == 'đ' {
                            'd'
                        } else if c == 'Đ' {
                            'D'
                        } else {
                            c
                        }
                    })
                    .collect()
            }
            Self::Glued => text.replace(". ", " "),
        }
    }

    /// The labels of a text in this form.
    pub fn labels(self, rows: &[Label]) -> Vec<Label> {
        let context = |(left, right): &(String, String)| (self.of(left), self.of(right));
        let label = |row: &Label| Label {
            surface: self.of(&row.surface),
            context: row.context.as_ref().map(context),
            ..row.clone()
        };
        rows.iter().map(label).collect()
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The spans that labels mean: longest surface first, on word boundaries, not overlapping, in text order. Lines are
/// taken as if joined by blanks.
pub fn spans<'l>(text: &str, rows: &'l [Label]) -> Vec<(Range<usize>, &'l Label)> {
    let text = text.replace('\n', " ");
    let mut by_surface: Vec<(&str, Vec<&Label>)> = Vec::new();
    for row in rows {
        match by_surface.iter_mut().find(|(s, _)| *s == row.surface) {
            Some((_, all)) => all.push(row),
            None => by_surface.push((&row.surface, vec![row])),
        }
    }
    by_surface.sort_by_key(|(s, _)| std::cmp::Reverse(s.chars().count()));
    let mut taken = vec![false; text.len()];
    let mut out = Vec::new();
    for (surface, rows) in by_surface {
        for (start, _) in text.match_indices(surface) {
            let end = start + surface.len();
            let joined = text[..start].chars().next_back().is_some_and(is_word)
                || text[end..].chars().next().is_some_and(is_word);
            if joined || taken[start..end].contains(&true) {
                continue;
            }
            let near = |label: &&&Label| {
                label.context.as_ref().is_some_and(|(left, right)| {
                    text[..start].trim_end().ends_with(left) && text[end..].trim_start().starts_with(right)
                })
            };
            let plain = || rows.iter().find(|l| l.context.is_none());
            if let Some(label) = rows.iter().find(near).or_else(plain) {
                taken[start..end].fill(true);
                out.push((start..end, *label));
            }
        }
    }
    out.sort_by_key(|(range, _)| range.start);
    out
}

/// True positives, found, and wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and wanted.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Tally {
    fn add(&mut self, wanted: usize, found: usize) {
        self.right += wanted.min(found);
        self.found += found;
        self.wanted += wanted;
    }

    /// Share of what was found that is right, 0 to 1.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// Share of what is wanted that was found, 0 to 1.
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }
}

/// The figures of `score/entities.py` without linking.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Distinct surfaces with kind, by kind.
    pub surfaces: [Tally; 4],
    /// Distinct surfaces without kind.
    pub untyped: Tally,
    /// Occurrences with kind, by kind.
    pub mentions: [Tally; 4],
}

impl Score {
    /// Counts one article: what was wanted and what was found, as (surface, kind) for each occurrence.
    pub fn add(&mut self, wanted: &[(&str, Kind)], found: &[(&str, Kind)]) {
        let mut pairs: HashMap<(String, Kind), (usize, usize)> = HashMap::new();
        for (surface, kind) in wanted {
            pairs.entry((tidy(surface), *kind)).or_default().0 += 1;
        }
        for (surface, kind) in found {
            pairs.entry((tidy(surface), *kind)).or_default().1 += 1;
        }
        let mut untyped: HashMap<&str, (usize, usize)> = HashMap::new();
        for ((surface, kind), &(w, f)) in &pairs {
            self.surfaces[*kind as usize].add(w.min(1), f.min(1));
            self.mentions[*kind as usize].add(w, f);
            let both = untyped.entry(surface).or_default();
            *both = (both.0.max(w.min(1)), both.1.max(f.min(1)));
        }
        for (w, f) in untyped.into_values() {
            self.untyped.add(w, f);
        }
    }

    /// The sum of the four kinds.
    pub fn all(kinds: &[Tally; 4]) -> Tally {
        kinds.iter().fold(Tally::default(), |sum, t| Tally {
            right: sum.right + t.right,
            found: sum.found + t.found,
            wanted: sum.wanted + t.wanted,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_surface_first_on_word_boundaries() {
        let rows =
            labels("a\tTám\tPER\tLê Tám\na\tLê Tám\tPER\tLê Tám\na\tSao\tORG\tSao\ta\na\tSao\tLOC\tSao\tở|");
        let text = "Lê Tám và Tám, Támx ở Sao";
        let found: Vec<_> = spans(text, &rows["a"]).into_iter().map(|(r, l)| (&text[r], l.kind)).collect();
        assert_eq!(found, [("Lê Tám", Kind::Per), ("Tám", Kind::Per), ("Sao", Kind::Loc)]);
    }

    #[test]
    fn an_article_in_other_forms_keeps_its_labels() {
        let rows = labels("a\tĐỗ Tám\tPER\tĐỗ Tám\na\tHuế\tLOC\tHuế");
        let table = [(Form::Capitals, "ĐỖ TÁM"), (Form::Bare, "Do Tam"), (Form::Glued, "Đỗ Tám")];
        for (form, expect) in table {
            let (text, rows) = (form.of("Mưa. Đỗ Tám về. Huế xa."), form.labels(&rows["a"]));
            let found = spans(&text, &rows);
            assert_eq!((&text[found[0].0.clone()], found.len()), (expect, 2), "{form:?}");
        }
    }

    #[test]
    fn counts_surfaces_and_mentions() {
        let mut score = Score::default();
        score.add(
            &[("A", Kind::Per), ("A", Kind::Per), ("B", Kind::Org)],
            &[("A", Kind::Per), ("B", Kind::Loc), ("C", Kind::Loc)],
        );
        assert_eq!(Score::all(&score.surfaces), Tally { right: 1, found: 3, wanted: 2 });
        assert_eq!(Score::all(&score.mentions), Tally { right: 1, found: 3, wanted: 3 });
        assert_eq!(score.untyped, Tally { right: 2, found: 3, wanted: 2 });
    }
}
