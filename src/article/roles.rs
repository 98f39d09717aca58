//! From zones to roles: which line is the title, the lead, a heading, a caption, a credit, a related headline …
//!
//! Owns: the label of every logical line. Refuses: to change text (see `mend`) and to build the article (see `dump`).
//! Tests: at the foot; real dumps in `tests/it/dumps.rs`.

use super::byline::{attributed, is_person, without_place};
use super::cues::CueRole;
use super::dateline::stated;
use super::dates::Found;
use super::features::{Facts, Measured};
use super::gazetteer::{agency, outlet};
use super::label::Zone;
use super::lines::Line;
use super::masthead::Masthead;
use super::model::{Lang, Precision, Role};
use super::resume::is_asked;

/// What a logical line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Title,
    Lead,
    Paragraph,
    Heading,
    Caption,
    Item,
    /// A row of a table.
    Row,
    Quote,
    /// A credit shown small: date, byline or source.
    Credit(Role),
    /// Not shown in the body.
    Aside(Role),
}

impl Label {
    pub fn is_body(self) -> bool {
        matches!(self, Self::Lead | Self::Paragraph | Self::Heading | Self::Item | Self::Row | Self::Quote)
    }
}

/// Credits are believed this many lines before the text, and this many after it.
pub(super) const CREDIT_BEFORE: usize = 14;
const CREDIT_AFTER: usize = 6;

/// Lines under the headline among which a summary stands.
const UNDER: usize = 6;

/// A document's lines with what is known of them before they are labelled.
pub(super) struct Roles<'a> {
    pub lines: &'a [Line],
    pub facts: &'a [Facts],
    pub zones: &'a [Zone],
    /// First and one past the last body line.
    pub body: std::ops::Range<usize>,
    pub lang: Lang,
    pub masthead: &'a Masthead,
}

/// Labels every line.
pub(super) fn labels(
    lines: &[Line],
    measured: &Measured,
    zones: &[Zone],
    lang: Lang,
    masthead: &Masthead,
) -> Vec<Label> {
    let start = zones.iter().position(|z| *z == Zone::Body).unwrap_or(lines.len());
    let end = zones.iter().rposition(|z| *z == Zone::Body).map_or(lines.len(), |n| n + 1);
    let roles = Roles { lines, facts: &measured.facts, zones, body: start..end, lang, masthead };
    let title = roles.title();
    let mut out: Vec<Label> = (0..lines.len()).map(|n| roles.first_label(n, title)).collect();
    roles.others(&mut out);
    roles.tables(&mut out);
    roles.lists(&mut out);
    match roles.standfirst(&out, title) {
        Some(n) => out[n] = Label::Lead,
        None => roles.lead(&mut out, title.is_some()),
    }
    roles.headline_twice(&mut out);
    roles.related_runs(&mut out);
    roles.doubled(&mut out);
    out
}

impl Roles<'_> {
    fn first_label(&self, n: usize, title: Option<usize>) -> Label {
        if Some(n) == title {
            return Label::Title;
        }
        let c = &self.facts[n].cues;
        if c.sure(CueRole::Slug) {
            return Label::Aside(Role::Slug);
        }
        if let Some(credit) = self.credit(n, title) {
            return Label::Credit(credit);
        }
        match self.zones[n] {
            Zone::Body => self.body_label(n),
            Zone::Gap => self.gap_label(n),
            Zone::Before if self.is_caption(n) && self.near_start(n) => Label::Caption,
            Zone::Before if self.names_picture(n) => Label::Caption,
            Zone::Before | Zone::After => self.aside_label(n),
        }
    }

    /// Dates and names below the text that belong to other stories. Under an English text that names its author on top only the same
    /// name is one: what else is in Title Case is a link.
    fn others(&self, out: &mut [Label]) {
        let date = |n: &usize| out[*n] == Label::Credit(Role::Date);
        if (0..self.body.start).any(|n| date(&n)) {
            // Below a text that has its date those of other stories stand.
            for n in (self.body.end..out.len()).filter(date).collect::<Vec<_>>() {
                out[n] = self.aside_label(n);
            }
        }
        let byline = |n: &usize| out[*n] == Label::Credit(Role::Byline);
        let on_top: Vec<u64> = (0..self.body.start).filter(byline).map(|n| self.facts[n].key).collect();
        if self.lang != Lang::En || on_top.is_empty() {
            return;
        }
        let below = (self.body.end..out.len()).filter(byline);
        let other = below.filter(|n| self.facts[*n].cues.none() && !on_top.contains(&self.facts[*n].key));
        for n in other.collect::<Vec<_>>() {
            out[n] = self.aside_label(n);
        }
    }

    fn near_start(&self, n: usize) -> bool {
        n < self.body.start && self.body.start - n <= 6
    }

    /// A date, byline or source near the text.
    fn credit(&self, n: usize, title: Option<usize>) -> Option<Role> {
        let (line, f) = (&self.lines[n], &self.facts[n]);
        let near = match self.zones[n] {
            Zone::Before => self.body.start - n <= CREDIT_BEFORE || title.is_some_and(|t| n.abs_diff(t) <= 4),
            Zone::After => n - self.body.end < CREDIT_AFTER,
            Zone::Gap | Zone::Body => true,
        };
        let furniture = [CueRole::Boilerplate, CueRole::Form, CueRole::Comment, CueRole::Keywords];
        let pictured = f.cues.sure(CueRole::Caption) && !f.cues.sure(CueRole::Byline) && f.words >= 6;
        if !near || f.words > 40 || pictured || furniture.iter().any(|r| f.cues.sure(*r)) {
            return None;
        }
        let inside = matches!(self.zones[n], Zone::Body | Zone::Gap);
        let sentence = f.stop && line.text.contains(", ");
        if f.cues.sure(CueRole::Source)
            && !f.cues.sure(CueRole::Caption)
            && f.words <= 9
            && !sentence
            && (n + 2 >= self.body.end || !inside)
        {
            return Some(Role::Source);
        }
        // The stop of `3:02 p.m.` ends no sentence; a month alone amid the text heads a part of it.
        let told = |d: &Found| !f.stop || d.range.end == line.text.trim_end().len();
        let fits = |d: &Found| !inside || told(d) && d.date.precision >= Precision::Day;
        if self.is_date(n) && stated(&line.text, 0).is_some_and(|d| fits(&d)) {
            return Some(if f.cues.sure(CueRole::Byline) { Role::Byline } else { Role::Date });
        }
        if f.cues.sure(CueRole::Byline) && f.words <= 16 && !(inside && f.stop) {
            return Some(Role::Byline);
        }
        // A name alone on a line: by the title or right after the text.
        let house = self.masthead.is(n, &line.text) || !line.columns.is_empty();
        let alone = !house
            && (is_person(line.bare())
                || line.bare().split(" and ").all(|p| is_person(without_place(p))) && self.dated_beside(n)
                || line.bare().split([',', '-', '–', '/']).all(|p| is_person(p.trim()))
                || of_house(line.bare()));
        // `- LÊ NA` under the last paragraph signs it.
        let signed = line.bullet.is_none() || is_shouted(line.bare());
        let place = match self.zones[n] {
            // Above the headline stand menus: there only a name beside the date is one.
            Zone::Before => {
                let below = title.is_none_or(|t| n > t);
                let announced =
                    n.checked_sub(1).is_some_and(|m| self.lines[m].text.trim().eq_ignore_ascii_case("by"));
                announced
                    || self.body.start - n <= 8 && line.bullet.is_none() && (below || self.dated_beside(n))
            }
            Zone::After => n - self.body.end < 2 && signed,
            Zone::Body => n + 1 == self.body.end && f.words <= 4,
            Zone::Gap => false,
        };
        (alone && place && f.words <= 10 && f.cues.none()).then_some(Role::Byline)
    }

    /// A date stands in the two lines above or below.
    fn dated_beside(&self, n: usize) -> bool {
        (n.saturating_sub(2)..(n + 3).min(self.lines.len())).any(|m| m != n && self.is_date(m))
    }

    /// A date with few words beside it; a headline may hold a date too.
    pub(super) fn is_date(&self, n: usize) -> bool {
        let (line, f) = (&self.lines[n], &self.facts[n]);
        if !f.cues.sure(CueRole::Date) {
            return false;
        }
        let beside = stated(&line.text, 0).map_or(f.words, |d| {
            let rest = [&line.text[..d.range.start], &line.text[d.range.end..]];
            rest.iter().map(|r| words(r).count()).sum()
        });
        beside <= 7 || line.text.contains('|') || f.cues.sure(CueRole::Byline)
    }

    fn body_label(&self, n: usize) -> Label {
        let (line, f) = (&self.lines[n], &self.facts[n]);
        if self.is_caption(n) && f.cues.sure(CueRole::Caption)
            || self.under_alt_text(n)
            || self.above_credit(n)
        {
            return Label::Caption;
        }
        if self.lang == Lang::Vi
            && !f.stop
            && f.words >= 5
            && self.facts.get(n + 1).is_some_and(|g| g.key == f.key)
        {
            return Label::Caption;
        }
        if self.comes_again(n) && f.cues.none() {
            return Label::Aside(Role::Related);
        }
        // A label of a box or a button between two paragraphs, however much the lines around it look like text.
        let label = [CueRole::Boilerplate, CueRole::Share, CueRole::Form, CueRole::Keywords];
        if f.words <= 8 && label.iter().any(|r| f.cues.sure(*r)) || f.cues.sure(CueRole::Keywords) {
            return self.aside_label(n);
        }
        if f.cues.of(CueRole::Quote) > 0 {
            return Label::Quote;
        }
        let next_is_body = self.zones[n + 1..].iter().take(4).any(|z| *z == Zone::Body);
        if line.bullet.is_some() && is_asked(self.lines, self.facts, n) {
            return Label::Heading;
        }
        let glyph = line.bullet.is_some_and(|b| !matches!(b, '-' | '–' | '—' | '#'));
        if glyph && !(f.stop && f.words > 45) {
            return Label::Item;
        }
        let open_quote = line.text.starts_with(['"', '“']) && !line.text.ends_with(['"', '”']);
        let heading = (1..=18).contains(&f.words)
            && line.text.len() <= 160
            && next_is_body
            && line.bullet.is_none()
            && !open_quote
            && (!f.stop || f.words <= 14 && line.text.ends_with('?') && !line.text.contains(['"', '“']))
            && !line.text.ends_with([',', ';', ':', '"', '”']);
        if heading && self.sentences_prevail() { Label::Heading } else { Label::Paragraph }
    }

    /// Most body lines end like sentences, so one that does not is a heading, not verse or a table.
    fn sentences_prevail(&self) -> bool {
        let body = self.body.clone();
        let body = body.filter(|n| self.zones[*n] == Zone::Body && self.lines[*n].columns.is_empty());
        let (all, stops) = body.fold((0, 0), |(a, s), n| (a + 1, s + usize::from(self.facts[n].stop)));
        stops * 2 >= all
    }

    /// Comes again below the text: the headline of another story.
    fn comes_again(&self, n: usize) -> bool {
        let f = &self.facts[n];
        f.repeated && f.words >= 6 && !f.stop && self.facts[self.body.end..].iter().any(|g| g.key == f.key)
    }

    fn gap_label(&self, n: usize) -> Label {
        let f = &self.facts[n];
        if self.is_caption(n) || self.above_credit(n) {
            return Label::Caption;
        }
        // A lone line between two paragraphs that no cue speaks against: what stands under a picture.
        let alone = |m: Option<usize>| {
            let gap = |m: usize| self.zones.get(m).is_some_and(|z| *z == Zone::Gap);
            m.is_none_or(|m| !gap(m) || self.is_caption(m))
        };
        if f.words >= 6
            && f.cues.none()
            && !self.comes_again(n)
            && self.lines[n].bullet.is_none()
            && alone(n.checked_sub(1))
            && alone(Some(n + 1))
        {
            // What stands under a picture names its source in the Vietnamese press, so that a line of its own without one heads a part.
            let apart = self.lines[n].gap > 0 && self.lines.get(n + 1).is_some_and(|l| l.gap > 0);
            let heading =
                self.lang == Lang::Vi && apart && !f.stop && f.words <= 16 && !f.repeats && !f.repeated;
            return if heading { Label::Heading } else { Label::Caption };
        }
        self.aside_label(n)
    }

    fn aside_label(&self, n: usize) -> Label {
        let c = &self.facts[n].cues;
        let role = if c.sure(CueRole::Keywords) {
            Role::Keywords
        } else if c.of(CueRole::Link) > 1 {
            Role::Link
        } else if c.sure(CueRole::Comment) {
            Role::Comment
        } else if c.sure(CueRole::Boilerplate) || c.sure(CueRole::Form) || c.sure(CueRole::Share) {
            Role::Boilerplate
        } else if c.sure(CueRole::Related) || c.sure(CueRole::End) || self.is_headline_of_another(n) {
            Role::Related
        } else {
            Role::Boilerplate
        };
        Label::Aside(role)
    }

    /// After the text or in a gap of it: words without a full stop that no cue speaks of.
    fn is_headline_of_another(&self, n: usize) -> bool {
        let (line, f) = (&self.lines[n], &self.facts[n]);
        self.zones[n] != Zone::Before && f.words >= 5 && !f.stop && (line.bullet.is_some() || f.cues.none())
    }

    /// A summary under the headline that byline, date or picture part from the text.
    fn standfirst(&self, labels: &[Label], title: Option<usize>) -> Option<usize> {
        let title = title?;
        let credit = |l: &Label| matches!(l, Label::Credit(Role::Byline | Role::Date));
        let picture = |l: &Label| matches!(l, Label::Caption | Label::Aside(Role::Doubled | Role::Slug));
        let placed = |n: usize| {
            let between = &labels[n + 1..self.body.start];
            let surely = n == title + 1 && between.first().is_some_and(credit)
                || self.facts[n].stop && between.iter().all(picture);
            surely || between.iter().any(credit) && self.tells_of(n, title)
        };
        let under = title + 1..(title + 1 + UNDER).min(self.body.start);
        under.into_iter().find(|&n| {
            let (line, f) = (&self.lines[n], &self.facts[n]);
            matches!(labels[n], Label::Aside(Role::Boilerplate | Role::Related))
                && f.cues.none()
                && (7..=60).contains(&f.words)
                && line.bullet.is_none()
                && line.columns.is_empty()
                && !f.repeats
                && !f.repeated
                && f.key != self.facts[title].key
                && (f.stop || mostly_small(&line.text))
                && placed(n)
        })
    }

    /// A line has a content word of the headline, or two of the text.
    fn tells_of(&self, n: usize, title: usize) -> bool {
        let within = |w: &u32, m: usize| self.facts[m].content.contains(w);
        let own = &self.facts[n].content;
        own.iter().any(|w| within(w, title))
            || own.iter().filter(|w| self.body.clone().any(|m| within(w, m))).take(2).count() > 1
    }

    /// The first paragraph is the lead in the Vietnamese press; in English only one that stands above date or byline.
    fn lead(&self, out: &mut [Label], titled: bool) {
        let Some(first) = out.iter().position(|l| l.is_body()) else { return };
        // A summary without a full stop looks like a heading; under the headline nothing else is one.
        let under_title = titled && self.lang == Lang::Vi && out[first] == Label::Heading;
        if out[first] != Label::Paragraph && !under_title {
            return;
        }
        let (line, f) = (&self.lines[first], &self.facts[first]);
        let rest: Vec<usize> = (first + 1..out.len()).filter(|n| out[*n].is_body()).collect();
        let enough =
            rest.len() >= 2 || rest.iter().map(|n| self.facts[*n].words).sum::<usize>() * 2 >= f.words;
        let size = (5..=220).contains(&f.words) && rest.iter().any(|n| *n > first);
        let apart = rest
            .first()
            .is_some_and(|next| out[first + 1..*next].iter().any(|l| matches!(l, Label::Credit(_))));
        let opens = titled || !line.text.starts_with(['"', '“']) && attributed(&line.text).is_none();
        if enough && size && opens && (self.lang != Lang::En || apart) {
            out[first] = Label::Lead;
        }
    }
}

/// `Lê Na/VOV.VN`: a person of a house.
fn of_house(text: &str) -> bool {
    let house = |h: &str| outlet(h).is_some() || agency(h).is_some();
    text.split_once('/').is_some_and(|(name, rest)| is_person(name.trim()) && house(rest.trim()))
}

/// In capitals only.
fn is_shouted(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// Running text: most words of more than three letters begin small.
pub(super) fn mostly_small(text: &str) -> bool {
    let long = text.split_whitespace().filter(|w| w.chars().count() > 3);
    let (all, small) = long
        .fold((0, 0), |(all, small), w| (all + 1, small + usize::from(w.starts_with(char::is_lowercase))));
    small * 2 > all
}

/// The words of a text in lower case, single letters left out.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 1).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::{features::measure, lines::logical};
    use super::*;

    #[test]
    fn roles_of_a_page() {
        let text = "19/06/2024 14:37 GMT+7\n\nCầu mới qua sông Trà sẽ thông xe\n\n\
            Sau ba năm thi công, cầu mới qua sông Trà sẽ thông xe vào đầu tháng sau, theo chính quyền thành phố.\n\n\
            Cầu mới nhìn từ bờ đông - Ảnh: LÊ NA\n\nCầu mới nhìn từ bờ đông - Ảnh: LÊ NA\n\n\
            Chính quyền thành phố cho biết cầu dài hơn một cây số, rộng bốn làn xe và có lối đi bộ hai bên.\n\n\
            Hai bờ gần nhau hơn\n\n\
            Người dân hai bờ đã chờ cây cầu này từ lâu, vì đi phà mỗi lần mất gần một giờ đồng hồ.\n\n\
            Tin liên quan\n- Một tin khác về sông Trà năm xưa\nBình luận (0)\n";
        let lines = logical(text);
        let zones: Vec<Zone> = [0, 0, 1, 2, 2, 1, 1, 1, 3, 3, 3]
            .map(|z| [Zone::Before, Zone::Body, Zone::Gap, Zone::After][z])
            .to_vec();
        let labels = labels(&lines, &measure(&lines), &zones, Lang::Vi, &Masthead::default());
        assert_eq!(
            labels,
            [
                Label::Credit(Role::Date),
                Label::Title,
                Label::Lead,
                Label::Caption,
                Label::Aside(Role::Doubled),
                Label::Paragraph,
                Label::Heading,
                Label::Paragraph,
                Label::Aside(Role::Related),
                Label::Aside(Role::Related),
                Label::Aside(Role::Comment),
            ]
        );
    }
}
