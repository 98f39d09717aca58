//! The press review of a story as data: who reports what.
//!
//! Owns: columns (outlets, reprints beside their original), who reported when, the timeline of what the texts date, names
//! and numbers by outlet, statements with all their wordings, passages that only one outlet has, passages read before.
//! Refuses: to judge what matters: everything is there, ordered and with its places, so that each line can be looked up.
//! Tests: at the foot of each file; on labelled stories in `tests/it/review.rs`.

mod apart;
mod asides;
mod countable;
mod days;
mod durations;
mod fates;
mod figures;
mod loose;
mod named;
mod near;
mod numerals;
mod passages;
mod reader;
mod scores;
mod spans;
mod statements;
mod table;
mod timeline;

use std::ops::Range;

use crate::article::{Article, Dated, Plain};
use crate::entity::{Entities, EntityIx, Names};

pub use days::{Day, Span, days};
pub use figures::Figure;
pub use passages::Passage;
pub use statements::{Statement, Wording};
pub use table::{Cell, Column, Row};
pub use timeline::{Event, Report};

use super::links::Relations;
use super::model::RelationKind;

/// An article of the story.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its plain text, which all ranges count in.
    pub plain: &'a Plain,
    /// Its names.
    pub names: &'a Names,
    /// The entity of each mention.
    pub of: &'a [EntityIx],
    /// The outlet.
    pub outlet: Option<&'a str>,
    /// When it was published, as far as the text itself says so to the day.
    pub published: Option<&'a Dated>,
    /// The earlier piece that it reprints.
    pub copy_of: Option<usize>,
    /// The reader has read it.
    pub read: bool,
}

impl Piece<'_> {
    /// A stretch ends between the digits of one number: what was taken for a name ran into it.
    fn cuts_number(&self, range: &Range<usize>) -> bool {
        let text = &self.plain.text;
        let mut behind = text[range.end..].chars();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let first = behind.next();
        digit(text[..range.end].chars().next_back())
            && (digit(first) || (matches!(first, Some('.' | ',')) && digit(behind.next())))
    }

    /// Where names stand that begin in a stretch.
    fn mentions_in(&self, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mentions = &self.names.mentions;
        let first = mentions.partition_point(|m| (m.start as usize) < range.start);
        let end = range.end;
        mentions[first..].iter().map(|m| m.start as usize..m.end as usize).take_while(move |m| m.start < end)
    }

    /// The names that begin in a stretch, each mention once.
    fn names_in(&self, range: &Range<usize>) -> impl Iterator<Item = EntityIx> {
        let mentions = &self.names.mentions;
        let first = mentions.partition_point(|m| (m.start as usize) < range.start);
        let end = range.end;
        mentions[first..]
            .iter()
            .zip(self.of.get(first..).unwrap_or_default())
            .take_while(move |(m, _)| (m.start as usize) < end)
            .map(|(_, &entity)| entity)
            .filter(|&entity| entity != EntityIx::NONE)
    }
}

/// A stretch of one of the pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which piece.
    pub piece: usize,
    /// Byte range in its plain text.
    pub range: Range<usize>,
}

/// The press review of a story. Pieces are told by their place in the list that it was made from.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// Who tells it, in the order in which they began.
    pub columns: Vec<Column>,
    /// Who reported when, the first first; undated pieces last.
    pub reports: Vec<Report>,
    /// What the texts give a date to, in the order of what happened.
    pub timeline: Vec<Event>,
    /// Names, those that most outlets have first.
    pub names: Vec<Row<EntityIx>>,
    /// Numbers with what they count, those that most outlets have first.
    pub numbers: Vec<Row<Figure>>,
    /// Days that the texts name, the earliest first.
    pub dates: Vec<Row<Dated>>,
    /// Statements, those with most wordings first.
    pub statements: Vec<Statement>,
    /// Passages that some columns share and others have not, each as its first column has it, those that most have first.
    pub shared: Vec<Row<Place>>,
    /// Passages that stand in one column only.
    pub only: Vec<Passage>,
    /// Passages of unread pieces that stood in read ones.
    pub seen: Vec<Passage>,
}

/// What unread pieces have and read ones have not.
#[derive(Debug, Clone, Default)]
pub struct News<'a> {
    /// Names.
    pub names: Vec<&'a Row<EntityIx>>,
    /// Numbers.
    pub numbers: Vec<&'a Row<Figure>>,
    /// Statements.
    pub statements: Vec<&'a Statement>,
}

impl Review {
    /// A piece stands as a reprint in the column of its original.
    pub fn is_reprint(&self, piece: usize) -> bool {
        self.columns.iter().any(|c| c.copies.contains(&piece))
    }

    /// What unread pieces have and read ones have not; nothing where none is read. `read` is by piece.
    pub fn news(&self, read: &[bool]) -> News<'_> {
        if !read.contains(&true) {
            return News::default();
        }
        let unread = |place: &Place| read.get(place.piece) == Some(&false);
        let fresh = |cells: &[Cell]| cells.iter().flat_map(|c| &c.places).all(unread);
        News {
            names: self.names.iter().filter(|r| fresh(&r.cells)).collect(),
            numbers: self.numbers.iter().filter(|r| fresh(&r.cells)).collect(),
            statements: self
                .statements
                .iter()
                .filter(|s| s.wordings.iter().all(|w| unread(&w.place)))
                .collect(),
        }
    }
}

/// Makes the press review of some articles, which must be in the order of their age.
pub fn review(pieces: &[Piece<'_>], entities: &Entities) -> Review {
    let columns = table::columns(pieces);
    let column_of = table::column_of(&columns, pieces.len());
    let cells = table::Cells { columns: &column_of, pieces };
    let (timeline, dates) = timeline::timeline(&cells);
    let texts: Vec<passages::Sentences> = pieces.iter().map(passages::Sentences::of).collect();
    Review {
        reports: timeline::reports(pieces),
        timeline,
        names: cells.rows(named::names(pieces, entities)),
        numbers: near::compared(cells.rows(figures::figures(pieces))),
        dates,
        statements: statements::statements(&cells, entities),
        shared: passages::shared(&texts, &cells, columns.len()),
        only: passages::only(&texts, &columns, &column_of),
        seen: passages::seen(&texts, pieces),
        columns,
    }
}

/// For each article of a story, oldest first, the earlier article of it that it reprints. A reprint is told from its
/// original directly, never through another reprint.
pub fn copies(articles: &[usize], relations: &Relations) -> Vec<Option<usize>> {
    let is_copy = |from: usize, to: usize| {
        relations.of(from).iter().any(|r| r.to as usize == to && r.kind == RelationKind::Copy)
    };
    let mut out: Vec<Option<usize>> = Vec::with_capacity(articles.len());
    for (n, &article) in articles.iter().enumerate() {
        let original = (0..n).find(|&earlier| {
            out[earlier].is_none()
                && (is_copy(article, articles[earlier]) || is_copy(articles[earlier], article))
        });
        out.push(original);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{Link, Note, Relation};

    #[test]
    fn a_reprint_belongs_to_its_original_and_never_to_another_reprint() {
        let relation = |to, kind| Link::new(Relation::new(to, 0.9, 0.0, kind), Note::default());
        let copy = RelationKind::Copy;
        let of = vec![
            vec![relation(1, copy), relation(2, RelationKind::SameEvent)],
            vec![relation(2, copy)],
            Vec::new(),
            vec![relation(0, copy)],
        ];
        let relations = Relations::pack(of);
        for (articles, expect) in [
            (&[0, 1, 2, 3][..], vec![None, Some(0), None, Some(0)]),
            (&[1, 2], vec![None, Some(0)]),
            (&[3, 1], vec![None, None]),
            (&[], vec![]),
        ] {
            assert_eq!(copies(articles, &relations), expect, "{articles:?}");
        }
    }
}
