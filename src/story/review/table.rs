//! Columns, and rows over them: who has something, who had it first, who alone.

use std::hash::Hash;
use std::ops::Range;

use indexmap::IndexMap;

use super::{Piece, Place};

/// One who tells the story: an outlet with its own pieces, and the reprints of them elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// The outlet; `None` where the piece does not tell it.
    pub outlet: Option<String>,
    /// Its pieces, the oldest first.
    pub pieces: Vec<usize>,
    /// Reprints of them in other outlets.
    pub copies: Vec<usize>,
}

impl Column {
    /// A piece stands in it, as its own or as a reprint.
    pub fn has(&self, piece: usize) -> bool {
        self.pieces.contains(&piece) || self.copies.contains(&piece)
    }
}

/// Who has something: a column and the places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Which column.
    pub column: usize,
    /// Where it stands there, the oldest piece first.
    pub places: Vec<Place>,
}

/// Something that is reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<T> {
    /// What.
    pub what: T,
    /// Who has it, the first to have it first; never empty.
    pub cells: Vec<Cell>,
}

impl<T> Row<T> {
    /// The column that had it first.
    pub fn first(&self) -> Option<usize> {
        self.cells.first().map(|c| c.column)
    }

    /// The one column that has it.
    pub fn only(&self) -> Option<usize> {
        if let [cell] = &self.cells[..] { Some(cell.column) } else { None }
    }
}

/// Groups pieces by outlet; a reprint goes to the column of its original, and a piece without an outlet stands alone.
pub(super) fn columns(pieces: &[Piece<'_>]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let original = piece.copy_of.filter(|&o| pieces[o].outlet != piece.outlet || piece.outlet.is_none());
        if let Some(column) = original.and_then(|o| columns.iter_mut().find(|c| c.pieces.contains(&o))) {
            column.copies.push(n);
            continue;
        }
        let same = |c: &&mut Column| piece.outlet.is_some() && c.outlet.as_deref() == piece.outlet;
        match columns.iter_mut().find(same) {
            Some(column) => column.pieces.push(n),
            None => columns.push(Column {
                outlet: piece.outlet.map(str::to_owned),
                pieces: vec![n],
                copies: Vec::new(),
            }),
        }
    }
    columns
}

/// The column of each piece.
pub(super) fn column_of(columns: &[Column], pieces: usize) -> Vec<usize> {
    let mut of = vec![0; pieces];
    for (n, column) in columns.iter().enumerate() {
        for &piece in column.pieces.iter().chain(&column.copies) {
            of[piece] = n;
        }
    }
    of
}

/// What rows are made with.
pub(super) struct Cells<'a> {
    /// The column of each piece.
    pub columns: &'a [usize],
    /// The pieces.
    pub pieces: &'a [Piece<'a>],
}

impl Cells<'_> {
    /// The cells of some places, in the order of the pieces.
    pub fn of(&self, places: Vec<Place>) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        for place in places {
            let column = self.columns[place.piece];
            match cells.iter_mut().find(|c| c.column == column) {
                Some(cell) => cell.places.push(place),
                None => cells.push(Cell { column, places: vec![place] }),
            }
        }
        cells
    }

    /// Rows of things with their places, those that most columns have first; of equals those with most places.
    pub fn rows<T>(&self, found: impl IntoIterator<Item = (T, Vec<Place>)>) -> Vec<Row<T>> {
        let mut rows: Vec<(usize, Row<T>)> = found
            .into_iter()
            .map(|(what, places)| (places.len(), Row { what, cells: self.of(places) }))
            .collect();
        rows.sort_by_key(|(places, row)| std::cmp::Reverse((row.cells.len(), *places)));
        rows.into_iter().map(|r| r.1).collect()
    }
}

/// Collects places by what stands there, in the order in which things come.
#[derive(Debug)]
pub(super) struct Found<K, T> {
    all: IndexMap<K, (T, Vec<Place>), rustc_hash::FxBuildHasher>,
}

impl<K: Hash + Eq, T> Found<K, T> {
    pub fn new() -> Self {
        Self { all: IndexMap::default() }
    }

    pub fn add(&mut self, key: K, what: T, piece: usize, range: Range<usize>) {
        self.all.entry(key).or_insert_with(|| (what, Vec::new())).1.push(Place { piece, range });
    }

    /// A thing whose places are still to be joined.
    pub fn open(&mut self, key: K, what: T) {
        self.all.entry(key).or_insert_with(|| (what, Vec::new()));
    }

    pub fn has(&self, key: &K) -> bool {
        self.all.contains_key(key)
    }

    /// Adds a place to a thing that was found, if it was.
    pub fn join(&mut self, key: &K, place: Place) {
        if let Some((_, places)) = self.all.get_mut(key) {
            places.push(place);
        }
    }

    pub fn done(self) -> impl Iterator<Item = (T, Vec<Place>)> {
        self.all.into_values()
    }
}
