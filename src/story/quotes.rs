//! Direct quotes: where they stand, who says them, and by which verb.
//!
//! Owns: quoted stretches, and the rules from verb and name to speaker. The verbs are data: `assets/story/verbs.toml`.
//! Refuses: to guess. A speaker is given where a name stands at a verb of saying beside the quote (or directly before a
//! colon); parts of names and honorifics were resolved when names were joined. All else is left open.
//! Tests: at the foot of this file.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use crate::article::{Place, Plain};
use crate::entity::{EntityIx, Kind, Names};

/// Letters from which a quoted stretch counts as a quote; shorter ones are names, titles and doubted words.
const LEAST: usize = 25;
/// Bytes between a name and its verb at most.
const GAP: usize = 90;
/// Bytes between a verb and the name that follows it at most: room for an office.
const FOLLOWS: usize = 60;

/// A direct quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words, without their marks: byte range in the plain text.
    pub range: Range<usize>,
    /// The verb of saying, where one was found.
    pub verb: Option<Range<usize>>,
    /// Who says it; `None` when it is not sure.
    pub speaker: Option<EntityIx>,
}

/// Byte ranges of the quotes of one part, without their marks.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut keep = |start: usize, end: usize| {
        let inside = text[start..end].trim();
        if inside.chars().count() >= LEAST {
            let first = start + text[start..end].len() - text[start..end].trim_start().len();
            out.push(first..first + inside.len());
        }
    };
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some((start, mark)), c) if closes(mark, c) => {
                keep(start, at);
                open = None;
            }
            (None, '"' | '„' | '‟' | '”') | (_, '“' | '«') => open = Some((at + c.len_utf8(), c)),
            _ => {}
        }
    }
    // A quote of several paragraphs is closed in the last one; after a colon it is one beyond doubt.
    if let Some((start, mark)) = open
        && text[..start - mark.len_utf8()].trim_end().ends_with(':')
    {
        keep(start, text.len());
    }
    out
}

fn closes(open: char, c: char) -> bool {
    match open {
        '«' => c == '»',
        '"' => matches!(c, '"' | '”'),
        _ => matches!(c, '”' | '"' | '“'),
    }
}

/// The words of `assets/story/verbs.toml`.
#[derive(Debug, Deserialize)]
struct Words {
    vi: Vec<String>,
    en: Vec<String>,
    before: Vec<String>,
    pronouns: Vec<String>,
}

/// The words as patterns.
struct Patterns {
    /// A verb after its speaker.
    verbs: Regex,
    /// A verb before its speaker.
    before: Regex,
    /// A clause whose subject is a pronoun.
    pronoun: Regex,
}

fn patterns() -> Option<&'static Patterns> {
    static READ: OnceLock<Option<Patterns>> = OnceLock::new();
    READ.get_or_init(|| {
        let words: Words = toml::from_str(include_str!("../../assets/story/verbs.toml")).ok()?;
        let any = |words: &[String]| {
            // The longest first: an alternation takes the first that fits.
            let mut words: Vec<String> = words.iter().map(|w| regex::escape(w)).collect();
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
            words.join("|")
        };
        let verbs = any(&[words.vi, words.en].concat());
        Some(Patterns {
            verbs: Regex::new(&format!(r"(?i)\b(?:{verbs})\b")).ok()?,
            before: Regex::new(&format!(r"(?i)\b(?:{})\b", any(&words.before))).ok()?,
            pronoun: Regex::new(&format!(
                r"(?i)^\W*(?:{})\s+(?:\w+\s+){{0,3}}(?:{verbs})\b",
                any(&words.pronouns)
            ))
            .ok()?,
        })
    })
    .as_ref()
}

/// The quotes of an article; `of` is its entry in [`Entities::of`](crate::entity::Entities::of), parallel to the mentions of `names`.
pub fn quotes(plain: &Plain, names: &Names, of: &[EntityIx]) -> Vec<Quote> {
    let Some(patterns) = patterns() else { return Vec::new() };
    let reader = Reader { plain, names, of, patterns };
    let parts = plain.parts.iter().filter(|p| !matches!(p.place, Place::Credit(_)));
    parts.flat_map(|part| reader.part(part.range.clone())).collect()
}

struct Reader<'a> {
    plain: &'a Plain,
    names: &'a Names,
    of: &'a [EntityIx],
    patterns: &'a Patterns,
}

/// A speaker and the verb, as byte ranges of the plain text.
struct Said {
    speaker: Option<EntityIx>,
    verb: Option<Range<usize>>,
}

impl Reader<'_> {
    fn part(&self, part: Range<usize>) -> Vec<Quote> {
        let text = &self.plain.text;
        let mut from = part.start;
        let mut out = Vec::new();
        for found in quoted(&text[part.clone()]) {
            let range = part.start + found.start..part.start + found.end;
            let said = self.said(from..part.end, &range);
            let (verb, speaker) = said.map_or((None, None), |s| (s.verb, s.speaker));
            from = range.end;
            out.push(Quote { range, verb, speaker });
        }
        out
    }

    /// Looks before the quote in its sentence, then behind it, then in the sentence before.
    fn said(&self, room: Range<usize>, quote: &Range<usize>) -> Option<Said> {
        let text = &self.plain.text;
        let open = room.start + text[room.start..quote.start].trim_end_matches(is_mark).len();
        let start = sentence_start(text, room.start..open);
        let before = start..open;
        if let Some(said) = self.directly_before_colon(&before).or_else(|| self.in_clause(&before)) {
            return Some(said);
        }
        let close = quote.end + text[quote.end..room.end].len()
            - text[quote.end..room.end].trim_start_matches(is_mark).len();
        let after = close..clause_end(text, close..room.end);
        let goes_on = text[quote.clone()].ends_with(',')
            || text[after.clone()]
                .trim_start()
                .starts_with(|c: char| matches!(c, ',' | '-' | '–' | '—') || c.is_lowercase());
        if goes_on && let Some(said) = self.in_clause(&after) {
            return Some(said);
        }
        let earlier = sentence_start(text, room.start..start.max(room.start + 1) - 1)..start;
        if self.patterns.pronoun.is_match(&text[before.clone()]) {
            let verb = self.verb(&before);
            return Some(Said { speaker: self.only_person(&earlier), verb });
        }
        // The sentence before tells who speaks, when the quote is a sentence of its own.
        let alone = text[before.clone()].trim().is_empty() && !goes_on;
        if alone {
            self.in_clause(&earlier)
        } else {
            self.verb(&before).map(|v| Said { speaker: None, verb: Some(v) })
        }
    }

    /// `NAME: "…"`
    fn directly_before_colon(&self, clause: &Range<usize>) -> Option<Said> {
        let text = self.plain.text[clause.clone()].trim_end();
        let name = clause.start + text.strip_suffix(':')?.trim_end().len();
        let (_, speaker, kind) = self.mentions(clause).find(|(range, ..)| range.end == name)?;
        matches!(kind, Kind::Per | Kind::Org).then_some(Said { speaker: Some(speaker), verb: None })
    }

    /// A name and a verb beside each other, people before organisations, the verb nearest to the end first.
    fn in_clause(&self, clause: &Range<usize>) -> Option<Said> {
        let text = &self.plain.text[clause.clone()];
        let mut verbs: Vec<Range<usize>> =
            self.patterns.verbs.find_iter(text).map(|m| shifted(m.range(), clause.start)).collect();
        verbs.reverse();
        for wanted in [Kind::Per, Kind::Org] {
            for verb in &verbs {
                let nearest = self.mentions(clause).filter(|(range, ..)| range.end <= verb.start).last();
                if let Some((range, speaker, kind)) = nearest
                    && kind == wanted
                    && self.is_near(range.end..verb.start, GAP)
                {
                    return Some(Said { speaker: Some(speaker), verb: Some(verb.clone()) });
                }
            }
            for verb in self.patterns.before.find_iter(text).map(|m| shifted(m.range(), clause.start)) {
                let next = self.mentions(clause).find(|(range, ..)| range.start >= verb.end);
                if let Some((range, speaker, kind)) = next
                    && kind == wanted
                    && self.is_near(verb.end..range.start, FOLLOWS)
                {
                    return Some(Said { speaker: Some(speaker), verb: Some(verb) });
                }
            }
        }
        None
    }

    /// No comma and not much else between a name and its verb.
    fn is_near(&self, between: Range<usize>, most: usize) -> bool {
        between.len() <= most && !self.plain.text[between].contains([',', ';', ':', '"', '“', '”', '(', '\n'])
    }

    fn verb(&self, clause: &Range<usize>) -> Option<Range<usize>> {
        let found = self.patterns.verbs.find_iter(&self.plain.text[clause.clone()]).last()?;
        Some(shifted(found.range(), clause.start))
    }

    /// The one person that a stretch names; `None` when it names none or several.
    fn only_person(&self, stretch: &Range<usize>) -> Option<EntityIx> {
        let mut people = self.mentions(stretch).filter(|m| m.2 == Kind::Per).map(|m| m.1);
        let first = people.next()?;
        people.all(|other| other == first).then_some(first)
    }

    /// Mentions inside a stretch whose entity is known.
    fn mentions(&self, stretch: &Range<usize>) -> impl Iterator<Item = (Range<usize>, EntityIx, Kind)> + '_ {
        let mentions = &self.names.mentions;
        let first = mentions.partition_point(|m| (m.start as usize) < stretch.start);
        let end = stretch.end;
        mentions[first..]
            .iter()
            .zip(self.of.get(first..).unwrap_or_default())
            .take_while(move |(m, _)| m.end as usize <= end)
            .filter(|(_, entity)| **entity != EntityIx::NONE)
            .map(|(m, &entity)| (m.start as usize..m.end as usize, entity, m.kind))
    }
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '“' | '”' | '«' | '»' | '„' | '‟')
}

/// Where the last sentence of a stretch begins: behind the last full stop (or its kin) that a blank follows.
fn sentence_start(text: &str, stretch: Range<usize>) -> usize {
    let inside = &text[stretch.clone()];
    let mut start = stretch.start;
    let mut ended = false;
    for (at, c) in inside.trim_end().char_indices() {
        if ended && c.is_whitespace() {
            start = stretch.start + at + c.len_utf8();
        }
        ended = matches!(c, '.' | '!' | '?' | '…') || (ended && is_mark(c) && !c.is_whitespace());
    }
    start
}

/// Where the clause behind a quote ends: before a full stop (or its kin), a line's end or the next quote.
fn clause_end(text: &str, stretch: Range<usize>) -> usize {
    let inside = &text[stretch.clone()];
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let stop =
            matches!(c, '.' | '!' | '?' | '…') && chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if at > 0 && (stop || matches!(c, '\n' | '“' | '«' | '"' | ':')) {
            return stretch.start + at;
        }
    }
    stretch.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Part;
    use crate::entity::{Evidence, Mention};

    /// The quotes of one paragraph as (words, verb, speaker); `[Name]` is a person, `{Name}` an organisation.
    fn found(marked: &str) -> Vec<(String, String, String)> {
        let mut text = String::new();
        let mut mentions = Vec::new();
        let mut start = 0;
        for c in marked.chars() {
            match c {
                '[' | '{' => start = text.len() as u32,
                ']' | '}' => {
                    let kind = if c == ']' { Kind::Per } else { Kind::Org };
                    let evidence = Evidence::Table;
                    mentions.push(Mention { start, end: text.len() as u32, kind, evidence });
                }
                c => text.push(c),
            }
        }
        let spelled = |m: &Mention| text[m.start as usize..m.end as usize].to_owned();
        let all: Vec<String> = mentions.iter().map(spelled).collect();
        let of: Vec<EntityIx> =
            all.iter().map(|n| EntityIx(all.iter().position(|m| m == n).unwrap_or(0) as u32)).collect();
        let parts = vec![Part { place: Place::Block(0), range: 0..text.len() }];
        let plain = Plain { text, parts };
        quotes(&plain, &Names { mentions }, &of)
            .into_iter()
            .map(|q| {
                let verb = q.verb.map_or(String::new(), |v| plain.text[v].to_owned());
                let speaker = q.speaker.map_or(String::new(), |s| all[s.0 as usize].clone());
                (plain.text[q.range].to_owned(), verb, speaker)
            })
            .collect()
    }

    #[test]
    fn the_speaker_is_the_name_at_the_verb() {
        const SAID: &str = "Cầu phải xong trước mùa mưa năm nay";
        for (text, verb, speaker) in [
            ("Ông [Tô Văn Mừng] khẳng định: “@”.", "khẳng định", "Tô Văn Mừng"),
            ("Theo {Đài Vân Khê}, ông [Mừng] nhấn mạnh rằng “@”.", "nhấn mạnh", "Mừng"),
            ("\"@\", bà [Lý Thị Sen] nói, rồi khen ông [Mừng].", "nói", "Lý Thị Sen"),
            ("“@”, {Đài Vân Khê} đưa tin.", "đưa tin", "Đài Vân Khê"),
            ("“@,” said Mayor [Sen].", "said", "Sen"),
            ("[Tô Văn Mừng]: «@»", "", "Tô Văn Mừng"),
            ("Ông [Mừng] bày tỏ sự lo lắng. “@.”", "bày tỏ", "Mừng"),
            ("Ông [Mừng] thăm công trường. Ông khẳng định: “@”.", "khẳng định", "Mừng"),
            // Two people named before a pronoun, a name behind a comma, no verb: left open.
            ("Ông [Mừng] gặp ông [Lê Lạc]. Ông khẳng định: “@”.", "khẳng định", ""),
            ("Gặp ông [Mừng], lãnh đạo huyện khẳng định: “@”.", "khẳng định", ""),
            ("Tấm biển “@” treo ở đầu cầu.", "", ""),
            // Not closed in this paragraph, but opened after a colon.
            ("Ông [Mừng] nói: “@. Thợ làm cả đêm.", "nói", "Mừng"),
        ] {
            let quotes = found(&text.replace('@', SAID));
            assert_eq!(quotes.len(), 1, "{text}: {quotes:?}");
            assert!(quotes[0].0.starts_with(SAID), "{text}: {quotes:?}");
            assert_eq!((quotes[0].1.as_str(), quotes[0].2.as_str()), (verb, speaker), "{text}");
        }
    }

    #[test]
    fn a_second_quote_is_read_from_the_end_of_the_first() {
        let quotes = found(
            "“Chúng tôi chờ cây cầu này đã mười năm”, ông [Mừng] nói, đồng thời cảm ơn thợ: “Các anh đã làm việc cả trong mưa”.",
        );
        let said: Vec<(&str, &str)> = quotes.iter().map(|q| (q.1.as_str(), q.2.as_str())).collect();
        assert_eq!(said, [("nói", "Mừng"), ("nói", "Mừng")]);
    }

    #[test]
    fn short_and_open_stretches_are_no_quotes() {
        for text in ["Vở “Đèo mây” hay", "Một dấu “ lẻ loi không bao giờ đóng lại trong đoạn này", "", "”“"]
        {
            assert!(quoted(text).is_empty(), "{text}");
        }
    }
}
