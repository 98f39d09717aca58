//! Labels that rest on several lines: tables, lists, boxes of other stories, what stands there twice.
//!
//! Owns: those runs. Refuses: the label of a line by itself (see `roles`). Tests: at the foot.

use rustc_hash::FxHashMap;

use super::byline::tag;
use super::features::Facts;
use super::label::Zone;
use super::lines::Line;
use super::model::Role;
use super::roles::{Label, Roles};

/// Rows that a table has at least.
const ROWS: usize = 3;
/// Lines at most that belong to a doubled headline at the end of a text.
const TAIL: usize = 3;

/// Takes tables that stand at the end of the text, or in a gap of it, into the text: rows have few words, so that they look like a menu.
/// `true` where one was.
pub(super) fn keep_tables(lines: &[Line], facts: &[Facts], zones: &mut [Zone]) -> bool {
    let (mut n, mut kept) = (1, false);
    while n < lines.len() {
        let Some(end) = table(lines, n) else {
            n += 1;
            continue;
        };
        // Its heading may stand between the text and it.
        let heading =
            (2..=14).contains(&facts[n - 1].words) && !facts[n - 1].stop && facts[n - 1].cues.none();
        let start = if zones[n - 1] != Zone::Body && heading { n - 1 } else { n };
        if start > 0 && zones[start - 1] == Zone::Body {
            kept |= zones[start..end].iter().any(|z| *z != Zone::Body);
            zones[start..end].fill(Zone::Body);
        }
        n = end;
    }
    kept
}

/// The end of a table that begins at a line: rows with like columns, most of them with numbers in cells.
fn table(lines: &[Line], start: usize) -> Option<usize> {
    let seams = lines[start].columns.len();
    if seams == 0 {
        return None;
    }
    let alike =
        |l: &&Line| l.columns.len().abs_diff(seams) <= 1 && !l.columns.is_empty() && l.bullet.is_none();
    let end = start + lines[start..].iter().take_while(alike).count();
    let numbers = lines[start..end].iter().filter(|l| numeric_cells(l) > 0).count();
    (end - start >= ROWS && numbers * 2 >= end - start).then_some(end)
}

/// Cells after the first that begin with a number.
fn numeric_cells(line: &Line) -> usize {
    let starts = line.columns.iter().filter_map(|at| line.text.get(*at as usize + 1..));
    starts
        .filter(|cell| {
            cell.trim_start_matches(['+', '-', '−', '$', '(']).starts_with(|c: char| c.is_numeric())
        })
        .count()
}

/// Where a text that says the same words twice without anything else says them again.
fn twice(text: &str) -> Option<usize> {
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    let mut count = 0;
    let middle = text.char_indices().find(|(_, c)| {
        count += usize::from(!c.is_whitespace());
        count > letters / 2
    })?;
    let (first, second) = text.split_at(middle.0);
    let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    (letters >= 30 && letters % 2 == 0 && bare(first) == bare(second)).then_some(middle.0)
}

impl Roles<'_> {
    /// Rows of tables in the text.
    pub(super) fn tables(&self, out: &mut [Label]) {
        let mut n = self.body.start;
        while n < self.body.end {
            if let Some(end) = table(self.lines, n) {
                for label in out[n..end].iter_mut().filter(|l| l.is_body()) {
                    *label = Label::Row;
                }
                n = end;
            } else {
                n += 1;
            }
        }
    }

    /// Lines of the text that begin with a dash, two or more in a row: a list, unless it is a talk.
    pub(super) fn lists(&self, out: &mut [Label]) {
        let item = |n: &usize| {
            let (line, f) = (&self.lines[*n], &self.facts[*n]);
            let dash = line.bullet.is_some_and(|b| matches!(b, '-' | '–' | '—' | '+'));
            dash && f.words <= 40 && !line.text.contains('?')
        };
        let mut n = self.body.start;
        while n < self.body.end {
            let end = (n..self.body.end).take_while(|m| item(m) && out[*m] == Label::Paragraph).count() + n;
            if end - n >= 2 {
                out[n..end].fill(Label::Item);
            }
            n = end.max(n + 1);
        }
    }

    /// A headline that is printed twice in one line is a link to another story; at the end of a text its summary goes with it.
    pub(super) fn headline_twice(&self, out: &mut [Label]) {
        let doubled =
            |n: &usize| out[*n].is_body() && !self.facts[*n].stop && twice(&self.lines[*n].text).is_some();
        let Some(n) = self.body.clone().find(doubled) else { return };
        let tail = self.body.end - n <= TAIL;
        for label in &mut out[n..if tail { self.body.end } else { n + 1 }] {
            if label.is_body() {
                *label = Label::Aside(Role::Related);
            }
        }
    }

    /// A line under a related headline is its summary: the box goes on until something else begins.
    pub(super) fn related_runs(&self, out: &mut [Label]) {
        for n in 1..out.len() {
            // A second paragraph that opens with the tag of an outlet is another story's summary.
            if out[n] == Label::Paragraph
                && out[n - 1] == Label::Aside(Role::Related)
                && tag(&self.lines[n].text).is_some()
            {
                out[n] = Label::Aside(Role::Related);
                continue;
            }
            let prose = self.facts[n].words >= 8 && self.facts[n].cues.none();
            if self.zones[n] != Zone::Before
                && out[n] == Label::Aside(Role::Boilerplate)
                && prose
                && out[n - 1] == Label::Aside(Role::Related)
            {
                out[n] = Label::Aside(Role::Related);
            }
        }
    }

    /// What stood before in the same words.
    pub(super) fn doubled(&self, out: &mut [Label]) {
        let mut shown: FxHashMap<u64, usize> = FxHashMap::default();
        for (n, (label, facts)) in out.iter().zip(self.facts).enumerate() {
            let shows = label.is_body() || matches!(label, Label::Title | Label::Caption);
            if shows && facts.words >= 3 {
                shown.entry(facts.key).or_insert(n);
            }
        }
        for (n, (label, facts)) in out.iter_mut().zip(self.facts).enumerate() {
            let Some(first) = shown.get(&facts.key).copied().filter(|f| *f != n && facts.words >= 3) else {
                continue;
            };
            let short_body = label.is_body() && facts.words < 8;
            if !short_body && *label != Label::Title && (first < n || !label.is_body()) {
                *label = Label::Aside(Role::Doubled);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dump::parse;
    use super::super::lines::logical;
    use super::super::model::BlockKind;
    use super::*;

    const PROSE: &str = "Cầu Trà sẽ thông xe vào tháng sau, theo chính quyền thành phố Lam Giang, và xe tải nặng còn phải chờ.";

    #[test]
    fn tables_are_told_by_columns_and_numbers() {
        let check = |text: &str, expect| assert_eq!(table(&logical(text), 0), expect, "{text}");
        check("Mã    Giá    Lượng\nAAA   21,4   8.120\nBBB   14,2   6.004", Some(3));
        check("Xã hội    Kinh tế\nThể thao    Văn hóa\nPháp luật   Xe", None);
        check("AAA   21,4\nBBB   14,2", None);
        check("Một dòng chữ\nAAA   21,4\nBBB   14,2", None);
    }

    #[test]
    fn a_table_stays_in_the_text_with_its_heading() {
        let text = format!(
            "Chợ phiên đầu tháng\n\n{PROSE}\n\n{PROSE} Hai.\n\n{PROSE} Ba cũng vậy.\n\nGiá các chợ\n\n  Chợ      Giá    Lượng\n  Trà      21,4   8.120\n  Bến      14,2   6.004\n\nBình luận (0)\n"
        );
        let article = parse(&text);
        let kinds: Vec<_> = article.blocks.iter().rev().take(2).map(|b| (b.kind, b.text.as_str())).collect();
        assert_eq!(
            kinds,
            [
                (BlockKind::Table, "Chợ\tGiá\tLượng\nTrà\t21,4\t8.120\nBến\t14,2\t6.004"),
                (BlockKind::Heading, "Giá các chợ")
            ],
            "{article:?}"
        );
    }

    #[test]
    fn what_is_said_twice_in_one_line() {
        let check = |text: &str, expect| assert_eq!(twice(text).is_some(), expect, "{text}");
        check(
            "Cầu Trà mở cửa sau ba năm xây dựng nhọc nhằnCầu Trà mở cửa sau ba năm xây dựng nhọc nhằn",
            true,
        );
        check(
            "Cầu Trà mở cửa sau ba năm xây dựng nhọc nhằn Cầu Trà mở cửa sau ba năm xây dựng nhọc nhằn",
            true,
        );
        check("Cầu Trà mở cửa sau ba năm xây dựng nhọc nhằn", false);
        check("haha", false);
    }
}
