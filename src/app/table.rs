//! Tables in lines: columns share the width, cells wrap.

use std::ops::Range;

use super::page::{Line, Look, Seg};
use crate::text::{width, wrap};

/// Blanks between columns.
const BETWEEN: usize = 2;
/// A column narrower than this is no column any more.
const NARROWEST: usize = 4;

/// The lines of a table: rows are parted by `\n`, cells by `\t`; `range` is its place in the plain text.
pub fn lines(plain: &str, range: Range<usize>, cells: usize) -> Vec<Line> {
    let rows = split(plain, &range);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let natural: Vec<usize> = (0..columns)
        .map(|c| {
            rows.iter()
                .filter_map(|r| r.get(c))
                .map(|cell| width(&plain[cell.clone()]))
                .max()
                .unwrap_or(0)
                .max(1)
        })
        .collect();
    let widths = share(&natural, cells);
    let mut out = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let look = if n == 0 && rows.len() > 1 { Look::TableHead } else { Look::Table };
        match &widths {
            Some(widths) => beside(plain, row, widths, look, &mut out),
            None => below(plain, row, cells, look, &mut out),
        }
    }
    out
}

fn split(plain: &str, range: &Range<usize>) -> Vec<Vec<Range<usize>>> {
    let mut rows = Vec::new();
    let mut at = range.start;
    for row in plain[range.clone()].split('\n') {
        let mut cells = Vec::new();
        let mut from = at;
        for cell in row.split('\t') {
            cells.push(from..from + cell.len());
            from += cell.len() + 1;
        }
        rows.push(cells);
        at += row.len() + 1;
    }
    rows
}

/// Widths of the columns: natural where there is room; else the widest give way first. `None` where they do not fit beside each other at all.
fn share(natural: &[usize], cells: usize) -> Option<Vec<usize>> {
    let room = cells.checked_sub(BETWEEN * natural.len().saturating_sub(1))?;
    if natural.iter().map(|w| (*w).min(NARROWEST)).sum::<usize>() > room {
        return None;
    }
    // The largest cap under which all columns fit together.
    let fits = |cap: usize| natural.iter().map(|w| (*w).min(cap)).sum::<usize>() <= room;
    let (mut low, mut high) = (NARROWEST, room.max(NARROWEST));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if fits(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Some(natural.iter().map(|w| (*w).min(low)).collect())
}

fn beside(plain: &str, row: &[Range<usize>], widths: &[usize], look: Look, out: &mut Vec<Line>) {
    let wrapped: Vec<Vec<Range<usize>>> =
        row.iter().zip(widths).map(|(cell, w)| pieces(plain, cell, *w)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for n in 0..height {
        let mut segs = Vec::new();
        let mut column = 0;
        let mut at = 0;
        for (cell, w) in wrapped.iter().zip(widths) {
            if let Some(piece) = cell.get(n) {
                if column > at {
                    segs.push(Seg::Pad((column - at) as u16));
                }
                at = column + width(&plain[piece.clone()]);
                segs.push(Seg::Text(piece.clone()));
            }
            column += w + BETWEEN;
        }
        out.push(Line { look, sign: "", indent: 0, segs });
    }
}

/// Too narrow for columns: the cells of a row one below the other.
fn below(plain: &str, row: &[Range<usize>], cells: usize, look: Look, out: &mut Vec<Line>) {
    for (n, cell) in row.iter().enumerate() {
        let indent = if n == 0 || cells < 8 { 0 } else { 2 };
        for piece in pieces(plain, cell, cells - indent) {
            out.push(Line { look, sign: "", indent: indent as u16, segs: vec![Seg::Text(piece)] });
        }
    }
}

fn pieces(plain: &str, cell: &Range<usize>, cells: usize) -> Vec<Range<usize>> {
    wrap(&plain[cell.clone()], cells.max(1))
        .into_iter()
        .map(|p| cell.start + p.start..cell.start + p.end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_width() {
        for (natural, cells, expect) in [
            (&[3, 5][..], 20, Some(vec![3, 5])),
            (&[3, 30], 20, Some(vec![3, 15])),
            (&[30, 30], 20, Some(vec![9, 9])),
            (&[30, 30, 30], 12, None),
            (&[1, 1, 1], 7, Some(vec![1, 1, 1])),
        ] {
            assert_eq!(share(natural, cells), expect, "{natural:?} in {cells}");
        }
    }

    #[test]
    fn columns_stand_below_each_other() {
        let plain = "Xã\tSố hộ\nKhe Ngần\t12\nA\t7";
        let shown: Vec<String> = lines(plain, 0..plain.len(), 40)
            .iter()
            .map(|line| {
                line.segs
                    .iter()
                    .map(|seg| match seg {
                        Seg::Text(r) => plain[r.clone()].to_owned(),
                        Seg::Own(text) => text.to_string(),
                        Seg::Pad(n) => " ".repeat(usize::from(*n)),
                    })
                    .collect()
            })
            .collect();
        assert_eq!(shown, ["Xã        Số hộ", "Khe Ngần  12", "A         7"]);
    }
}
