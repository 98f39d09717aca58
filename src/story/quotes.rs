//! Quotes: where they stand, who says them, and by which verb; reported speech ("said that …") where its speaker is sure.
//!
//! Owns: which clause beside a quote tells its speaker: the one before it, the one behind it, the sentence before.
//! Marks are read in `quoted`, subjects and verbs in `speaker`.
//! Refuses: to guess: a speaker is given where a name is the subject of a verb of saying beside the quote (or stands
//! before a colon); parts of names and honorifics were resolved when names were joined. All else is left open.
//! Tests: at the foot of this file; measured on labelled quotes in `tests/it/quotes.rs`.

use std::ops::Range;

use super::pronoun::People;
use super::quoted::{closing_first, is_mark, is_title, left_open, quoted};
use super::saying::patterns;
use super::speaker::{Clauses, Said};
use crate::article::{Part, Place, Plain};
use crate::entity::{EntityIx, Names};
use crate::text::sentences;

/// Words that an article puts into somebody's mouth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words, without their marks: byte range in the plain text.
    pub range: Range<usize>,
    /// The verb of saying, where one was found.
    pub verb: Option<Range<usize>>,
    /// Who says it; `None` when it is not sure.
    pub speaker: Option<EntityIx>,
    /// Told in the article's own words ("said that …"), not between marks.
    pub reported: bool,
}

/// Bytes of a speech of several parts, at most: beyond, the mark was a slip.
const LONGEST: usize = 8000;
/// Words of a name in a list at most; letters between two such names.
const LISTED: usize = 9;
const BETWEEN: usize = 12;

/// The quotes of an article; `of` is its entry in [`Entities::of`](crate::entity::Entities::of), parallel to the mentions of `names`.
pub fn quotes(plain: &Plain, names: &Names, of: &[EntityIx]) -> Vec<Quote> {
    let Some(patterns) = patterns() else { return Vec::new() };
    let people = People::of(&plain.text, names, of, patterns);
    let clauses = Clauses { text: &plain.text, names, people: &people, patterns };
    let mut out: Vec<Quote> = Vec::new();
    let parts: Vec<&Part> = plain.parts.iter().filter(|p| !matches!(p.place, Place::Credit(_))).collect();
    let carried = carried(&plain.text, &parts);
    for (part, carried) in parts.iter().zip(&carried) {
        direct(&clauses, &part.range, carried, &mut out);
        let (first, text) = (part.range.start, &plain.text[part.range.clone()]);
        let marked: Vec<Range<usize>> =
            out.iter().rev().map(|q| q.range.clone()).take_while(|r| r.start >= first).collect();
        for sentence in sentences(text).into_iter().map(|r| first + r.start..first + r.end) {
            let Some((words, said)) = clauses.reported(&sentence) else { continue };
            if !marked.iter().any(|m| m.start < words.end && words.start < m.end) {
                out.push(Quote { range: words, verb: said.verb, speaker: said.speaker, reported: true });
            }
        }
    }
    out.sort_by_key(|q| q.range.start);
    out
}

/// Whether somebody's words stand between marks: quick, without looking for who says them.
pub fn quotes_somebody(plain: &Plain) -> bool {
    let parts = plain.parts.iter().filter(|p| !matches!(p.place, Place::Credit(_)));
    let mut texts = parts.map(|p| &plain.text[p.range.clone()]);
    texts.any(|text| quoted(text).into_iter().any(|range| !is_title(&text[range])))
}

/// What of a part belongs to a quote that several parts make: where one ends that began before, where one begins that goes on.
#[derive(Debug, Clone, Copy, Default)]
struct Carried {
    end: Option<usize>,
    start: Option<usize>,
}

/// Quotes that a colon announced in one part and a mark closes in a later one, with no mark between.
fn carried(text: &str, parts: &[&Part]) -> Vec<Carried> {
    let mut out = vec![Carried::default(); parts.len()];
    for (n, part) in parts.iter().enumerate() {
        let Some(start) = left_open(&text[part.range.clone()]) else { continue };
        let marked = |p: &&&Part| text[p.range.clone()].contains(is_mark);
        let Some(last) = parts[n + 1..].iter().find(marked) else { continue };
        let Some(close) = closing_first(&text[last.range.clone()]) else { continue };
        let close = last.range.start + close;
        if close - part.range.start > LONGEST {
            continue;
        }
        out[n].start = Some(part.range.start + start);
        for (m, between) in parts.iter().enumerate().skip(n + 1) {
            out[m].end = Some(close.min(between.range.end));
            if close <= between.range.end {
                break;
            }
        }
    }
    out
}

/// Adds the quotes between marks of one part.
fn direct(clauses: &Clauses<'_>, part: &Range<usize>, carried: &Carried, out: &mut Vec<Quote>) {
    let text = clauses.text;
    let mut from = part.start;
    if let (Some(end), Some(last)) = (carried.end, out.last()) {
        let (verb, speaker) = (last.verb.clone(), last.speaker);
        out.push(Quote { range: part.start..end, verb, speaker, reported: false });
        from = end;
    } else
    // The last paragraph left a quote open, this one closes it.
    if let Some(last) = out.last()
        && !text[last.range.end..part.start].contains(is_mark)
        && text[last.range.end..part.start].trim().is_empty()
        && let Some(at) = closing_first(&text[part.clone()])
    {
        let (verb, speaker) = (last.verb.clone(), last.speaker);
        out.push(Quote { range: part.start..part.start + at, verb, speaker, reported: false });
        from = part.start + at;
    }
    let mut found: Vec<Range<usize>> =
        quoted(&text[from..part.end]).into_iter().map(|r| from + r.start..from + r.end).collect();
    if let Some(start) = carried.start {
        found.retain(|r| r.end <= start);
        found.push(start..part.end);
    }
    for range in found {
        let room = out.last().map_or(part.start, |last| last.range.end.max(part.start))..part.end;
        let before = text[room.start..range.start].trim_end_matches(is_outside);
        if clauses.names_a_thing(before) || is_title(&text[range.clone()]) {
            continue;
        }
        let nothing = |c: char| is_outside(c) || matches!(c, ',' | '.');
        let last = out.last().filter(|last| text[last.range.end..range.start].chars().all(nothing));
        let told: Vec<Range<usize>> = out.iter().filter(|q| !q.reported).map(|q| q.range.clone()).collect();
        let said = said(clauses, &room, &range, &told);
        if said.as_ref().is_none_or(|s| s.speaker.is_none()) && is_listed(clauses, part.start, &range) {
            continue;
        }
        // Quotes that follow each other with nothing between are one speech.
        let speaker = said.as_ref().and_then(|s| s.speaker).or_else(|| last?.speaker);
        out.push(Quote { range, verb: said.and_then(|s| s.verb), speaker, reported: false });
    }
}

/// Looks before the quote in its sentence, then behind it, then in the sentence before; names first, then pronouns. `told` are
/// the quotes before.
fn said(
    clauses: &Clauses<'_>,
    room: &Range<usize>,
    quote: &Range<usize>,
    told: &[Range<usize>],
) -> Option<Said> {
    let text = clauses.text;
    let open = room.start + text[room.start..quote.start].trim_end_matches(is_outside).len();
    let alone = open == room.start || text[..open].ends_with(['.', '!', '?', '…']);
    let start = if alone { open } else { sentence_start(text, room.start..open) };
    let before = start..open;
    if let Some(said) = clauses.leading(&before) {
        return Some(said);
    }
    let close = quote.end + text[quote.end..room.end].len()
        - text[quote.end..room.end].trim_start_matches(is_outside).len();
    let after = close..clause_end(text, close..room.end);
    let goes_on = text[quote.clone()].ends_with(',')
        || text[after.clone()].starts_with(|c: char| matches!(c, ',' | '-' | '–' | '—') || c.is_lowercase());
    if goes_on && let Some(said) = clauses.trailing(&after) {
        return Some(said);
    }
    let earlier = sentence_start(text, room.start..start.max(room.start + 1) - 1)..start;
    let pronoun = clauses.pronoun(&before, told);
    if pronoun.is_some() {
        return pronoun;
    }
    if goes_on && let Some(said) = clauses.pronoun_behind(&after, quote.start, told) {
        return Some(said);
    }
    // The sentence before tells who speaks, when the quote is a sentence of its own.
    if alone && !goes_on {
        return clauses.leading(&earlier);
    }
    let verb = clauses.verb(&before).or_else(|| if goes_on { clauses.verb(&after) } else { None })?;
    Some(Said { speaker: None, verb: Some(verb) })
}

/// A few words behind other words in marks, with nothing but a comma and a word or two between: one of several names (`the
/// orders “…”, “…” and “…”`).
fn is_listed(clauses: &Clauses<'_>, part: usize, words: &Range<usize>) -> bool {
    let (text, inside) = (clauses.text, &clauses.text[words.clone()]);
    let open = part + text[part..words.start].trim_end_matches(is_outside).len();
    let Some(close) = text[part..open].rfind(is_mark) else { return false };
    let between = part + close..open;
    let apart = text[between.clone()].trim_matches(is_outside);
    let few = inside.split_whitespace().count() <= LISTED && apart.chars().count() <= BETWEEN;
    let phrase =
        inside.starts_with(char::is_uppercase) && !inside.contains(['.', ',', '!', '?', '…', ':', ';']);
    few && phrase
        && apart.starts_with(|c: char| c == ',' || c.is_lowercase())
        && clauses.verb(&between).is_none()
}

/// Marks and the blanks around them.
fn is_outside(c: char) -> bool {
    c.is_whitespace() || is_mark(c)
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
        ended = matches!(c, '.' | '!' | '?' | '…') || (ended && is_mark(c));
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
    use crate::entity::{Evidence, Kind, Mention};

    /// The quotes of some paragraphs as (words, verb, speaker, reported); `[Name]` is a person, `{Name}` an organisation.
    fn found(marked: &str) -> Vec<(String, String, String, bool)> {
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
        let mut parts = Vec::new();
        let mut start = 0;
        for (n, part) in text.split("\n\n").enumerate() {
            parts.push(Part { place: Place::Block(n), range: start..start + part.len() });
            start += part.len() + 2;
        }
        let plain = Plain { text, parts };
        quotes(&plain, &Names { mentions }, &of)
            .into_iter()
            .map(|q| {
                let verb = q.verb.map_or(String::new(), |v| plain.text[v].to_owned());
                let speaker = q.speaker.map_or(String::new(), |s| all[s.0 as usize].clone());
                (plain.text[q.range].to_owned(), verb, speaker, q.reported)
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
            // A pronoun behind the quote, or behind the name's office, means the last one named whom it can mean.
            ("Ông [Mừng] đi gõ cửa từng nhà. “@”, ông kể.", "kể", "Mừng"),
            ("Bà [Lý Thị Sen], 61 tuổi, được cháu cõng lên đồi. “@”, bà kể lại.", "kể lại", "Lý Thị Sen"),
            ("Ông [Mừng], chủ tịch {UBND xã Vân Khê}, ông nói: “@”.", "nói", "Mừng"),
            ("Bà [Lý Thị Sen] chờ đò. Ông [Mừng] đến sau. “@”, bà nói.", "nói", "Lý Thị Sen"),
            ("Bà [Sen] chờ đò cùng ông [Mừng]. “@”, bà này nói.", "nói", "Sen"),
            ("Ông [Mừng] cho biết cầu do ông [Lê Lạc] xây. “@”, ông nói.", "nói", "Mừng"),
            ("Ông [Mừng] gặp ông [Lê Lạc] ở bến. “@”, ông nói.", "nói", ""),
            ("Bà [Sen] chờ đò. “@”, ông nói.", "nói", ""),
            // A given name that two people have is that of the last one.
            (
                "Ông [Lê Đức Mừng] vắng mặt. Chủ tịch [Tô Văn Mừng] đến. “@”, ông [Mừng] nói.",
                "nói",
                "Tô Văn Mừng",
            ),
            ("Bà [Lê Thị Mừng] đến. Ông [Tô Văn Mừng] đến. “@”, bà [Mừng] nói.", "nói", "Lê Thị Mừng"),
            // A body that somebody belongs to says nothing; what stands in brackets is beside the matter.
            ("“@”, một đại biểu {Quốc hội} chia sẻ.", "chia sẻ", ""),
            ("“@”, ông [Mừng] (đại biểu {Quốc hội}, tỉnh Vân Khê) chia sẻ.", "chia sẻ", "Mừng"),
            ("“@”, {Ủy ban Vân Khê} nhận định.", "nhận định", "Ủy ban Vân Khê"),
            ("Ông [Mừng] đang thăm cầu, tuyên bố: “@”.", "tuyên bố", "Mừng"),
            // Offices between name and verb; a name inside another phrase; a second verb; somebody else's clause.
            ("Ông [Mừng], chủ tịch {UBND xã Vân Khê}, khẳng định: “@”.", "khẳng định", "Mừng"),
            ("Ông [Mừng], chủ tịch {UBND xã Vân Khê} khẳng định: “@”.", "khẳng định", "Mừng"),
            ("“@”, bà [Lý Thị Sen], phó giám đốc {Đài Vân Khê}, cho biết.", "cho biết", "Lý Thị Sen"),
            ("Đại biểu [Mừng], huyện Vân Khê: “@”.", "", "Mừng"),
            ("Ông [Mừng] hiện ở thăm công trường, tuyên bố: “@”.", "tuyên bố", "Mừng"),
            ("Anh trai của ông [Mừng] nói: “@”.", "nói", ""),
            ("Ông [Mừng] cảm ơn bà [Sen] và nói: “@”.", "nói", "Mừng"),
            ("Bà [Sen] khen ông [Mừng] nhưng họ nói: “@”.", "nói", ""),
            ("“@”, theo {VnExpress}.", "", ""),
            // Whom somebody praises or urges is not who speaks, nor is whom an order or an office is of.
            ("Ông Lê Lạc lại hết lời ngợi khen [Mừng]: “@”.", "", ""),
            ("Lãnh đạo huyện đã hối thúc ông [Mừng] trả lời: “@”.", "trả lời", ""),
            ("Bà con đã vui hẳn lên sau khi ông [Mừng] nói: “@”.", "nói", "Mừng"),
            ("Trưởng bến cũ của {Hợp tác xã Vân Khê} chia sẻ: “@”.", "chia sẻ", ""),
            ("Theo chỉ thị của ông [Mừng], huyện nêu rõ: “@”.", "nêu rõ", ""),
            ("Theo quan điểm của ông [Mừng], “@”.", "Theo", "Mừng"),
            ("Thông cáo của {Ủy ban Vân Khê} nhấn mạnh: “@”.", "nhấn mạnh", "Ủy ban Vân Khê"),
            ("Bí thư {Huyện ủy Vân Khê}: “@”.", "", ""),
            ("“@”, đài dẫn lời thư ký {Ủy ban Vân Khê}.", "", ""),
            // Who took a picture, half of a word, and what the article itself goes on to say.
            ("Nước rút. Ảnh: [Lê Lạc] Bản thảo của xã, điều 3 quy định: “@”.", "", ""),
            ("Ngài [Hạnh] phúc chia sẻ: “@”.", "chia sẻ", ""),
            ("Bà [Hạnh] chia sẻ: “@”.", "chia sẻ", "Hạnh"),
            ("Nếu đúng như ông [Mừng] khai nhận thì đây là “@”.", "khai nhận", ""),
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
    fn a_speech_goes_on_over_paragraphs() {
        for text in [
            "Ông [Mừng] nói: “Chúng tôi chờ cây cầu này đã mười năm.\n\nBây giờ thì trẻ con đi học không phải lội suối”. Mưa to.",
            "Ông [Mừng] nói: “Chúng tôi chờ cây cầu này đã mười năm”.\n\n“Bây giờ thì trẻ con đi học không phải lội suối”. Mưa to.",
        ] {
            let quotes = found(text);
            let said: Vec<&str> = quotes.iter().map(|q| q.2.as_str()).collect();
            assert_eq!(said, ["Mừng", "Mừng"], "{quotes:?}");
            assert_eq!(quotes[1].0, "Bây giờ thì trẻ con đi học không phải lội suối");
        }
        // However long it is, and over how many paragraphs, as long as a mark closes it.
        let long = "Nước lớn thì cả bản nghỉ học, nghỉ chợ, chờ đò. ".repeat(40);
        let quotes = found(&format!("Ông [Mừng] viết: \"{long}\n\n{long}\n\nMong cầu sớm xong!\" Mưa to."));
        let said: Vec<(&str, &str)> = quotes.iter().map(|q| (q.2.as_str(), q.0.as_str())).collect();
        assert_eq!(said[1..], [("Mừng", long.as_str()), ("Mừng", "Mong cầu sớm xong!")]);
        assert_eq!((said[0].0, said[0].1.trim()), ("Mừng", long.trim()));
    }

    #[test]
    fn reported_speech_has_a_speaker_or_is_left_alone() {
        for (text, expect) in [
            ("Ông [Mừng] nói rằng cầu sẽ xong trước mùa mưa năm nay.", Some("Mừng")),
            ("Ông [Mừng] gặp bà [Sen] và nói rằng cầu sẽ xong trước mùa mưa năm nay.", Some("Mừng")),
            ("[Sen] said that the bridge would be ready before the rains.", Some("Sen")),
            ("Ông [Mừng] bác bỏ các cáo buộc rằng cầu sẽ không xong trước mùa mưa.", None),
            ("Nhiều người nói rằng cầu sẽ xong trước mùa mưa năm nay.", None),
            ("Ông [Mừng] nói rằng “cầu sẽ xong trước mùa mưa năm nay”.", None),
        ] {
            let quotes = found(text);
            let reported: Vec<&str> = quotes.iter().filter(|q| q.3).map(|q| q.2.as_str()).collect();
            assert_eq!(reported, Vec::from_iter(expect), "{text}");
        }
    }

    #[test]
    fn names_of_things_are_no_quotes() {
        for text in [
            "Hội thảo “Nước sạch cho trẻ em ở miền núi phía bắc” khai mạc.",
            "Bài hát đầu tiên là “Người lái đò trên sông Vân Khê”.",
            "Xã họp hội nghị chuyên đề về “Nước sạch cho trẻ em ở miền núi phía bắc” hôm qua.",
            "Anh đọc cuốn “Người lái đò trên sông Vân Khê” cả đêm.",
            "Xã xét tặng “Giữ rừng”, “Bảo vệ bến đò ngang của bản” các hạng, “Gia đình giữ rừng đầu nguồn”.",
            "Một tấm biển “Cầu Treo Bản Mây Trắng Vân Khê 2026” mới.",
            "Ông [Mừng] nói xã vừa kết thúc “Năm hữu nghị Vân Khê - Lạc Phong 2026” rất vui.",
            "Bà [Sen] nhấn mạnh: xã xét các danh hiệu như “Gia đình giữ rừng đầu nguồn tiêu biểu” sớm hơn.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_second_quote_is_read_from_the_end_of_the_first() {
        let quotes = found(
            "“Chúng tôi chờ cây cầu này đã mười năm”, ông [Mừng] nói, đồng thời cảm ơn thợ: “Các anh đã làm việc cả trong mưa”.",
        );
        let said: Vec<(&str, &str)> = quotes.iter().map(|q| (q.1.as_str(), q.2.as_str())).collect();
        assert_eq!(said, [("nói", "Mừng"), ("cảm ơn", "Mừng")]);
    }
}
