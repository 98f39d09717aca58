//! Numbers that outlets round: `400` of one is what `412` is of the other.
//!
//! Owns: which numbers are near, and that they stand side by side. Refuses: to call them the same. Tests: at the foot.

use super::figures::Figure;
use super::table::Row;

impl Figure {
    /// One is the other in fewer digits: `400` of one who rounds, and `412`.
    fn is_near(&self, other: &Self) -> bool {
        self.unit == other.unit && (rounds(&self.value, &other.value) || rounds(&other.value, &self.value))
    }
}

/// Whether a number of three digits or more is another one, rounded or cut, and not far off.
fn rounds(round: &str, exact: &str) -> bool {
    let (Ok(near), Ok(exact_value)) = (round.parse::<f64>(), exact.parse::<f64>()) else { return false };
    let digits = |value: &str| value.trim_end_matches('0').len();
    if near < LEAST_ROUND || round.contains('.') || digits(round) >= digits(exact) {
        return false;
    }
    let zeros = i32::try_from(round.len() - digits(round)).unwrap_or(0);
    let step = 10_f64.powi(zeros);
    let (up, down) = ((exact_value / step).round() * step, (exact_value / step).floor() * step);
    let same = (near - up).abs() < 0.5 || (near - down).abs() < 0.5;
    same && (near - exact_value).abs() <= NEAR * exact_value
}

/// Share of a number by which a rounded one may be off.
const NEAR: f64 = 0.05;
/// From here on numbers are rounded.
const LEAST_ROUND: f64 = 100.0;

/// Rows of numbers that another column has nearly so stand beside it, and are marked: `400` of one is what `412` is of the other.
pub(super) fn compared(rows: Vec<Row<Figure>>) -> Vec<Row<Figure>> {
    let columns = |row: &Row<Figure>| row.cells.iter().map(|c| c.column).collect::<Vec<_>>();
    let mut out: Vec<Row<Figure>> = Vec::new();
    for mut row in rows {
        let like = |other: &Row<Figure>| {
            let apart = columns(other).iter().any(|c| !columns(&row).contains(c));
            apart && row.what.is_near(&other.what)
        };
        match out.iter().rposition(like) {
            Some(n) => {
                out[n].what.near = true;
                row.what.near = true;
                out.insert(n + 1, row);
            }
            None => out.push(row),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_number_is_near_what_it_rounds() {
        let figure = |value: &str, unit: &str| Figure {
            value: value.to_owned(),
            unit: unit.to_owned(),
            text: String::new(),
            near: false,
        };
        for (a, b, expect) in [
            ("400", "412", true),
            ("412", "400", true),
            ("411", "412", false),
            ("400", "500", false),
            ("400", "460", false),
            ("64000000", "63630000", true),
        ] {
            assert_eq!(figure(a, "hộ").is_near(&figure(b, "hộ")), expect, "{a} {b}");
            assert!(!figure(a, "hộ").is_near(&figure(b, "người")));
        }
    }
}
