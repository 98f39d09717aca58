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
    let columns: Option<Vec<Column>> = share(&natural, cells).map(|widths| {
        let of = |(n, width)| Column { width, numbers: are_numbers(plain, &rows, n) };
        widths.into_iter().enumerate().map(of).collect()
    });
    let mut out = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let look = if n == 0 && rows.len() > 1 { Look::TableHead } else { Look::Table };
        match &columns {
            Some(columns) => beside(plain, row, columns, look, &mut out),
            None => below(plain, row, cells, look, &mut out),
        }
        if let (Some(columns), Look::TableHead) = (&columns, look) {
            out.push(rule(columns));
        }
    }
    out
}

/// A column on the screen.
struct Column {
    /// Its cells.
    width: usize,
    /// Below its head stand numbers, which end under each other.
    numbers: bool,
}

/// Whether what stands in a column below its head is numbers, with signs and units of one character at most.
fn are_numbers(plain: &str, rows: &[Vec<Range<usize>>], column: usize) -> bool {
    let cells = rows.iter().skip(1).filter_map(|row| row.get(column)).map(|cell| plain[cell.clone()].trim());
    let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
    let is_number = |cell: &str| {
        let other = cell.chars().filter(|c| !c.is_ascii_digit() && !" .,+-−–%~/:".contains(*c)).count();
        cell.contains(|c: char| c.is_ascii_digit()) && other <= 1
    };
    filled.peek().is_some() && filled.all(is_number)
}

/// The line under the head of a table, as wide as each column.
fn rule(columns: &[Column]) -> Line {
    let dashes: Vec<String> = columns.iter().map(|c| "─".repeat(c.width)).collect();
    let text = dashes.join(&" ".repeat(BETWEEN));
    Line { look: Look::TableRule, sign: "", indent: 0, segs: vec![Seg::Own(text.into())] }
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

fn beside(plain: &str, row: &[Range<usize>], columns: &[Column], look: Look, out: &mut Vec<Line>) {
    let wrapped: Vec<Vec<Range<usize>>> =
        row.iter().zip(columns).map(|(cell, c)| pieces(plain, cell, c.width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for n in 0..height {
        let mut segs = Vec::new();
        let mut left = 0;
        let mut at = 0;
        for (cell, column) in wrapped.iter().zip(columns) {
            if let Some(piece) = cell.get(n) {
                let taken = width(&plain[piece.clone()]);
                let start = if column.numbers { left + column.width.saturating_sub(taken) } else { left };
                if start > at {
                    segs.push(Seg::Pad((start - at) as u16));
                }
                at = start + taken;
                segs.push(Seg::Text(piece.clone()));
            }
            left += column.width + BETWEEN;
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
        assert_eq!(shown, ["Xã        Số hộ", "────────  ─────", "Khe Ngần     12", "A             7"]);
    }

    #[test]
    fn numbers_are_told_from_words() {
        for (cells, expect) in [
            (&["8.500.000", "14,000,000", ""][..], true),
            (&["12 %", "7%", "−3,5"], true),
            (&["12", "mười"], false),
            (&["30 m", "5 m"], true),
            (&["30 tỉ", "5 tỉ"], false),
            (&["", ""], false),
        ] {
            let plain = format!("Đầu\n{}", cells.join("\n"));
            let rows = split(&plain, &(0..plain.len()));
            assert_eq!(are_numbers(&plain, &rows, 0), expect, "{cells:?}");
        }
    }
}
