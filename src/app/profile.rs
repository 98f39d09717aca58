//! The page of a name: its spellings, its mentions in context, who stands beside it, when it was in the papers, what it says
//! and what is said of it; every line a jump.
//!
//! Owns: the name that was asked for, laying out the answer. Refuses: to collect it: a worker does.
//! Tests: key scripts in `tests/it/press/name_page.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;

use super::credit::outlet;
use super::cx::Cx;
use super::event::{Jobs, Ticket};
use super::panel::{Away, Fold, Look, Made, Panel, Sheet};
use super::words::{self, Msg};
use super::{spelling_line, when};
use crate::article::Plain;
use crate::entity::{Entity, EntityIx, Kind};
use crate::library::{ArticleIx, Beside, Entry, MentionKind, Profile, Spot, Told};
use crate::text::{fit, pad, width};

/// From so many cells on, mentions stand under each other at their name, behind their date.
const ALIGNED: usize = 60;
/// Cells of the date and outlet before a mention, at least.
const FACTS: usize = 24;
/// Cells of a day with its sign.
const DAY: usize = 11;
/// From so many cells on outlets have room for their names there.
const SPACIOUS: usize = 140;
const LONG_FACTS: usize = 40;
/// Hundredths of a line that date and outlet may take of it.
const SHARE: usize = 40;
/// Mentions of one kind that are shown before the others are asked for.
const MENTIONS: usize = 8;
/// Blanks between the columns of a list.
const BETWEEN: usize = 2;
/// Heights of the bars of months.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The page of a name.
#[derive(Debug, Clone, Default)]
pub struct ProfilePane {
    /// The page; without lines while it is made.
    pub panel: Panel,
    pub(super) asked: String,
    profile: Option<Arc<Profile>>,
    jobs: Jobs,
    made: Option<Made>,
}

impl ProfilePane {
    /// Asks for the page of a name by its id; another name begins at the top.
    pub(super) fn ask(&mut self, id: &str) -> Ticket {
        if self.asked != id {
            *self = Self { asked: id.to_owned(), jobs: self.jobs, ..Self::default() };
        }
        self.jobs.ticket()
    }

    /// Takes an answer, unless it is stale.
    pub(super) fn answer(&mut self, ticket: Ticket, profile: Arc<Profile>) {
        if self.jobs.accept(ticket) {
            self.profile = Some(profile);
        }
    }

    /// Makes the lines anew where something they depend on changed.
    pub(super) fn settle(&mut self, cx: &Cx<'_>) {
        let Some(profile) = &self.profile else { return };
        let made = Made::now(self.jobs.answered, &self.panel, cx);
        if self.made.as_ref() != Some(&made) {
            let lay = |width| sheet(profile, &self.panel.open, width, cx);
            self.panel.fill(Sheet::fitting(made.most, self.panel.is_wide(cx), lay));
            self.made = Some(made);
        }
        self.panel.settle(cx);
    }
}

/// Lays the page out.
fn sheet(profile: &Profile, open: &[Fold], width: usize, cx: &Cx<'_>) -> Sheet {
    let mut page = Page { profile, open, cx, text: None, sheet: Sheet::new(width) };
    // Decisions may have taken the name away meanwhile.
    if let Some(entity) = cx.snapshot.entities.find(&profile.id).and_then(|ix| cx.snapshot.entities.get(ix)) {
        page.head(entity);
        page.months();
        page.spellings(entity);
        page.mentions(entity);
        page.beside();
        page.told(Msg::PageBy, &profile.by);
        page.told(Msg::PageAbout, &profile.about);
    } else {
        page.sheet.words(Look::Dim, cx.words().get(Msg::PageGone), None);
    }
    page.sheet
}

struct Page<'a> {
    profile: &'a Profile,
    /// What is unfolded.
    open: &'a [Fold],
    cx: &'a Cx<'a>,
    /// The text that was read last: mentions come by article.
    text: Option<(ArticleIx, Arc<Plain>)>,
    sheet: Sheet,
}

impl<'a> Page<'a> {
    fn entry(&self, article: ArticleIx) -> Option<&'a Entry> {
        self.cx.snapshot.entry(article)
    }

    fn plain(&mut self, article: ArticleIx) -> Arc<Plain> {
        if let Some((_, text)) = self.text.as_ref().filter(|t| t.0 == article) {
            return Arc::clone(text);
        }
        let text = self.cx.snapshot.read(article).map(|r| Arc::clone(&r.plain)).unwrap_or_default();
        self.text = Some((article, Arc::clone(&text)));
        text
    }

    fn outlet(&self, article: ArticleIx) -> &'a str {
        outlet(self.cx.snapshot, article).unwrap_or(self.cx.words().get(Msg::ReviewNoOutlet))
    }

    fn day(&self, article: ArticleIx) -> String {
        let date = self.entry(article).and_then(Entry::published);
        date.map(|d| format!("{}{}", d.mark(), when::day_of(d))).unwrap_or_default()
    }

    fn section(&mut self, msg: Msg, count: usize) {
        let words = self.cx.words();
        self.sheet.section(format!("{} · {}", words.get(msg), words.number(count)));
    }

    fn head(&mut self, entity: &Entity) {
        let words = self.cx.words();
        self.sheet.words(Look::Title, &entity.name, None);
        let counts = [
            words.get(words::kind(entity.kind)).to_owned(),
            words.count(Msg::Articles, self.profile.articles.len()),
            words.count(Msg::PageMentions, entity.mentions as usize),
        ];
        self.sheet.words(Look::Dim, &counts.join(" · "), None);
    }

    /// A bar for each month, or for as many months together as there are cells for; each month behind it, where asked for.
    fn months(&mut self) {
        let months = &self.profile.months;
        let (Some((&first, _)), Some((&last, _))) = (months.first_key_value(), months.last_key_value())
        else {
            return;
        };
        let Some(&newest) = self.profile.articles.first() else { return };
        let words = self.cx.words();
        self.sheet.section(words.get(Msg::PageMonths).to_owned());
        if first == last {
            self.month(newest, first, 0);
            return;
        }
        let open = self.open.contains(&Fold::Months);
        let stop = Some(self.sheet.fold(newest, 0, Fold::Months));
        let most = words.count(Msg::PageMost, months.values().copied().max().unwrap_or(0) as usize);
        let (from, to) = (label(first), label(last));
        let sign = if open { "▾ " } else { "▸ " };
        let room = self.sheet.width.saturating_sub(width(sign) + width(&from) + width(&to) + 2).max(1);
        let bars = bars(months, room);
        let line = vec![
            (Look::Sign, sign.to_owned()),
            (Look::Date, format!("{from} ")),
            (Look::Sign, bars),
            (Look::Date, format!(" {to}")),
        ];
        self.sheet.line(line, stop);
        let dated: u32 = months.values().sum();
        let undated = self.profile.articles.len().saturating_sub(dated as usize);
        let told = [Some(most), (undated > 0).then(|| words.count(Msg::PageUndated, undated))];
        self.sheet.words(Look::Dim, &told.into_iter().flatten().collect::<Vec<_>>().join(" · "), stop);
        for month in months.keys().rev().filter(|_| open) {
            self.month(newest, *month, width(sign));
        }
    }

    /// A month, which leads to the list of its articles.
    fn month(&mut self, newest: ArticleIx, month: (i16, i8), indent: usize) {
        let count = self.profile.months.get(&month).copied().unwrap_or(0) as usize;
        let stop = Some(self.sheet.away(newest, Away::Month(month.0, month.1)));
        let label = format!("{}{}", " ".repeat(indent), label(month));
        let all = self.cx.words().count(Msg::Articles, count);
        self.sheet.line(vec![(Look::Date, label), (Look::Dim, format!("  {all}"))], stop);
    }

    fn spellings(&mut self, entity: &Entity) {
        let words = self.cx.words();
        self.section(Msg::PageSpellings, entity.variants.len());
        for variant in &entity.variants {
            let spot = self.profile.spellings.iter().find(|s| s.0 == variant.text);
            let stop = spot.map(|(_, spot)| self.sheet.stop(spot.article, spot.range.start));
            self.sheet.words(Look::Text, &spelling_line(variant, words), stop);
        }
    }

    /// Mentions in their context, under each other at the name, by how they are made.
    fn mentions(&mut self, entity: &Entity) {
        let profile = self.profile;
        let count = profile.mentions.iter().map(|m| m.1.len()).sum();
        if count == 0 {
            return;
        }
        let words = self.cx.words();
        let total = entity.mentions as usize;
        // Not every mention is shown: so it is said how many there are.
        let told = if count < total {
            let (n, total) = (words.number(count), words.number(total));
            words.fill(Msg::PageOf, &[("n", &n), ("total", &total)])
        } else {
            words.number(count)
        };
        self.sheet.section(format!("{} · {told}", words.get(Msg::PageInContext)));
        let longest = profile.spellings.iter().map(|s| width(&s.0)).max().unwrap_or(0);
        for (kind, spots) in &profile.mentions {
            // The head leads where the first mention does; all of one kind need none.
            if profile.mentions.len() > 1 {
                let head = format!("{} · {}", words.get(kind_word(*kind)), words.number(spots.len()));
                let first = Some(self.sheet.stops());
                self.sheet.line(vec![(Look::Dim, head)], first);
            }
            let open = self.open.contains(&Fold::Mentions(*kind));
            // A line that stands for one other says less than that one.
            let first = if open || spots.len() <= MENTIONS + 1 { spots.len() } else { MENTIONS };
            for spot in &spots[..first] {
                self.mention(spot, longest, Look::Name(entity.kind));
            }
            if spots.len() > MENTIONS + 1 {
                self.rest(*kind, spots, open);
            }
        }
    }

    /// The line that opens the other mentions of a kind, or closes them.
    fn rest(&mut self, kind: MentionKind, spots: &[Spot], open: bool) {
        let rest = &spots[MENTIONS];
        let stop = Some(self.sheet.fold(rest.article, rest.range.start, Fold::Mentions(kind)));
        let words = self.cx.words();
        let msg = if open { Msg::PageLess } else { Msg::PageMore };
        let count = words.number(spots.len() - MENTIONS);
        let text = words.fill(msg, &[("n", &count)]);
        let sign = if open { "▾ " } else { "▸ " };
        let text = fit(&text, self.sheet.width.saturating_sub(2)).into_owned();
        self.sheet.line(vec![(Look::Sign, sign.to_owned()), (Look::Dim, text)], stop);
    }

    fn mention(&mut self, spot: &Spot, longest: usize, look: Look) {
        let stop = Some(self.sheet.stop(spot.article, spot.range.start));
        let plain = self.plain(spot.article);
        let text = plain.text.as_str();
        let (Some(before), Some(name), Some(after)) =
            (text.get(..spot.range.start), text.get(spot.range.clone()), text.get(spot.range.end..))
        else {
            return;
        };
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.split('\n').next().unwrap_or_default();
        let mut segs = Vec::new();
        let mut room = self.sheet.width;
        let beside = room >= ALIGNED;
        if beside {
            // Days with a sign and without one end under each other.
            let facts = format!("{:>DAY$} {}", self.day(spot.article), self.outlet(spot.article));
            let cells = self.facts();
            segs.push((Look::Dim, pad(&fit(&facts, cells - 2), cells)));
            room -= cells;
        }
        let name = fit(name, room).into_owned();
        let left = room.saturating_sub(longest.min(room / 2)) / 2;
        let before = fit_end(before, left);
        segs.push((Look::Text, format!("{}{before}", " ".repeat(left - width(&before)))));
        let taken = left + width(&name);
        segs.push((look, name));
        segs.push((Look::Text, fit(after, room.saturating_sub(taken)).into_owned()));
        self.sheet.line(segs, stop);
        if !beside {
            let facts = [self.outlet(spot.article).to_owned(), self.day(spot.article)];
            let facts: Vec<&str> = facts.iter().map(String::as_str).filter(|f| !f.is_empty()).collect();
            let facts = fit(&format!("— {}", facts.join(" · ")), self.sheet.width).into_owned();
            self.sheet.line(vec![(Look::Dim, facts)], stop);
        }
    }

    /// Cells of the date and outlet before mentions: as many as the longest outlet needs, where there is room.
    fn facts(&self) -> usize {
        let room = self.sheet.width;
        let most = if room >= SPACIOUS { LONG_FACTS } else { (room * SHARE / 100).clamp(FACTS, LONG_FACTS) };
        let spots = self.profile.mentions.iter().flat_map(|m| &m.1);
        let longest = spots.map(|s| width(self.outlet(s.article))).max().unwrap_or(0);
        (DAY + 1 + longest + 2).clamp(FACTS.min(most), most)
    }

    fn beside(&mut self) {
        let profile = self.profile;
        if profile.beside.is_empty() {
            return;
        }
        self.section(Msg::PageBeside, profile.beside.len());
        let words = self.cx.words();
        let counts: Vec<String> =
            profile.beside.iter().map(|o| words.count(Msg::Articles, o.articles as usize)).collect();
        let widest = counts.iter().map(|c| width(c)).max().unwrap_or(0);
        let kinds = Kind::ALL.map(|kind| width(words.get(words::kind(kind)))).into_iter().max().unwrap_or(0);
        let named = |o: &Beside| self.cx.snapshot.entities.get(o.entity).map_or(0, |e| width(&e.name));
        let longest = profile.beside.iter().map(named).max().unwrap_or(0);
        let room = self.sheet.width.saturating_sub(widest + BETWEEN);
        // The kind in words where there is room, since colours alone tell it to nobody who sees none.
        let kinds = kinds + BETWEEN;
        let kinds = if room >= longest + kinds || self.sheet.width >= ALIGNED { kinds } else { 0 };
        let column = longest.min(room.saturating_sub(kinds));
        for (other, count) in profile.beside.iter().zip(&counts) {
            let Some(entity) = self.cx.snapshot.entities.get(other.entity) else { continue };
            let stop = Some(self.sheet.away(other.spot.article, Away::Name(other.entity)));
            let name = pad(&fit(&entity.name, column), column);
            let count = format!("{}{count}", " ".repeat(BETWEEN + widest - width(count)));
            let mut segs = vec![(Look::Name(entity.kind), name), (Look::Dim, count)];
            if kinds > 0 {
                let kind = words.get(words::kind(entity.kind));
                segs.push((Look::Dim, format!("{}{kind}", " ".repeat(BETWEEN))));
            }
            self.sheet.line(segs, stop);
        }
    }

    fn told(&mut self, msg: Msg, told: &[Told]) {
        if told.is_empty() {
            return;
        }
        self.section(msg, told.len());
        for Told { spot, speaker } in told {
            let stop = Some(self.sheet.stop(spot.article, spot.range.start));
            let plain = self.plain(spot.article);
            let words = plain.text.get(spot.range.clone()).unwrap_or_default();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let label = (Look::Outlet, self.outlet(spot.article).to_owned());
            self.sheet.entry(&label, Look::Quote, &format!("“{words}”"), stop);
            let who = self.speaker(*speaker);
            let facts = [who, self.day(spot.article)];
            let facts: Vec<&str> = facts.iter().map(String::as_str).filter(|f| !f.is_empty()).collect();
            self.sheet.entry(
                &(Look::Dim, String::new()),
                Look::Dim,
                &format!("— {}", facts.join(" · ")),
                stop,
            );
        }
    }

    fn speaker(&self, speaker: Option<EntityIx>) -> String {
        let known = speaker.and_then(|ix| self.cx.snapshot.entities.get(ix));
        known.map_or_else(|| self.cx.words().get(Msg::ReviewNobody).to_owned(), |e| e.name.clone())
    }
}

/// The word for a kind of mention.
fn kind_word(kind: MentionKind) -> Msg {
    match kind {
        MentionKind::Headline => Msg::MentionHeadline,
        MentionKind::Lead => Msg::MentionLead,
        MentionKind::Text => Msg::MentionText,
        MentionKind::Caption => Msg::MentionCaption,
    }
}

/// A month as it is told.
fn label((year, month): (i16, i8)) -> String {
    format!("{month:02}/{year}")
}

/// Bars over the months from the first to the last, at most `room` of them.
fn bars(months: &BTreeMap<(i16, i8), u32>, room: usize) -> String {
    let number = |(year, month): (i16, i8)| i32::from(year) * 12 + i32::from(month);
    let (Some(first), Some(last)) = (months.keys().next(), months.keys().last()) else {
        return String::new();
    };
    let (first, span) = (number(*first), number(*last) - number(*first) + 1);
    let span = usize::try_from(span).unwrap_or(1);
    let together = span.div_ceil(room.max(1));
    let mut sums = vec![0_u32; span.div_ceil(together)];
    for (month, n) in months {
        let at = usize::try_from(number(*month) - first).unwrap_or(0) / together;
        sums[at] += n;
    }
    let highest = sums.iter().copied().max().unwrap_or(1).max(1);
    let bar = |n: u32| match n {
        0 => ' ',
        n => BARS[(n as usize * BARS.len()).div_ceil(highest as usize).max(1) - 1],
    };
    sums.into_iter().map(bar).collect()
}

/// Cells that [`fit_end`] gives up to begin with a whole syllable.
const SLACK: usize = 16;

/// The end of a text in at most `cells` columns, `…` before it where something was cut: at a blank where one is near.
fn fit_end(text: &str, cells: usize) -> String {
    let text = text.trim_start();
    if width(text) <= cells {
        return text.to_owned();
    }
    let Some(room) = cells.checked_sub(1) else { return String::new() };
    let (mut start, mut used) = (text.len(), 0);
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > room {
            break;
        }
        start = at;
    }
    let rest = &text[start..];
    if text[..start].ends_with(char::is_whitespace) {
        return format!("…{rest}");
    }
    let blank = rest.find(char::is_whitespace).filter(|at| width(&rest[..*at]) <= SLACK);
    format!("…{}", blank.map_or(rest, |at| rest[at..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_become_bars() {
        for (months, room, expect) in [
            (&[((2026, 1), 8), ((2026, 3), 1), ((2026, 4), 4)][..], 40, "█ ▁▄"),
            (&[((2025, 12), 1), ((2026, 1), 2)], 40, "▄█"),
            (&[((2020, 1), 1), ((2026, 12), 1)], 2, "██"),
            (&[((2026, 6), 3)], 40, "█"),
        ] {
            assert_eq!(bars(&months.iter().copied().collect(), room), expect, "{months:?} in {room}");
        }
    }

    #[test]
    fn the_end_of_a_text_is_kept() {
        for (text, cells, expect) in [
            ("bà con Khe Ngần", 20, "bà con Khe Ngần"),
            ("bà con Khe Ngần", 9, "…Khe Ngần"),
            ("bà con Khe Ngần", 8, "…Ngần"),
            ("bà con Khe Ngần ", 8, "…Ngần "),
            ("nghiêng", 4, "…êng"),
            ("bà con ", 2, "…"),
            ("東京便り", 5, "…便り"),
            ("東京便り", 4, "…り"),
            ("a", 0, ""),
        ] {
            assert_eq!(fit_end(text, cells), expect, "{text} in {cells}");
        }
    }
}
