//! Those who wrote, as their credit line has them: the whole of a name that the model cut short.
//!
//! Owns: the bounds of people's names in credits. Refuses: to find names there that the model did not. Tests: at the foot.

use super::model::{Kind, Mention};
use crate::article::{Place, Plain, writers};

/// Longest name that is believed: more is several, or a name and what a page has beside it.
const WORDS: usize = 4;

/// Lets a person in a credit have the name whole, where that is the only name there and what follows it is written alike: the
/// reader of credit lines knows where a name ends that no sentence goes on. Words before it may be labels.
pub(crate) fn whole(plain: &Plain, mentions: &mut [Mention]) {
    for part in plain.parts.iter().filter(|p| matches!(p.place, Place::Credit(_))) {
        let at = mentions.partition_point(|m| (m.start as usize) < part.range.start);
        let count = mentions[at..].iter().take_while(|m| m.end as usize <= part.range.end).count();
        for n in at..at + count {
            let mention = mentions[n];
            let (start, own) = (mention.start as usize, mention.end as usize);
            if mention.kind != Kind::Per || own == part.range.end {
                continue;
            }
            let line = &plain.text[part.range.clone()];
            let writer = writers(line).into_iter().find(|w| part.range.start + w.start == start);
            let Some(end) = writer.map(|w| part.range.start + w.end).filter(|end| *end > own) else {
                continue;
            };
            let is_free = mentions.get(n + 1).is_none_or(|next| next.start as usize >= end);
            let (found, name) = (&plain.text[start..own], &plain.text[start..end]);
            if is_free
                && name.split(' ').count() <= WORDS
                && is_shouted(found) == is_shouted(&name[found.len()..])
            {
                mentions[n].end = end as u32;
            }
        }
    }
}

fn is_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Part;
    use crate::entity::Evidence;

    #[test]
    fn a_writer_has_the_whole_name() {
        for (line, found, expect) in [
            ("Thạch Sơn Ca", &["Thạch Sơn"][..], &["Thạch Sơn Ca"][..]),
            ("LÊ NA MI - TRẦN AN", &["LÊ NA", "TRẦN AN"], &["LÊ NA MI", "TRẦN AN"]),
            ("Lê Na Theo Bến Bờ", &["Lê Na"], &["Lê Na"]),
            // Two names without a mark between them; a name and a button; a label before it.
            ("Lê Na Trần An", &["Lê Na", "Trần An"], &["Lê Na", "Trần An"]),
            ("Lê Na BÌNH LUẬN", &["Lê Na"], &["Lê Na"]),
            ("CTV Lê Na", &["Lê Na"], &["Lê Na"]),
            ("Trần An", &[], &[]),
        ] {
            let (before, after) = ("Lê Na đến.\n\n", "\n\nThạch Sơn Ca hót.");
            let text = [before, line, after].concat();
            let at = before.len();
            let part = |place, range| Part { place, range };
            let credit = at..at + line.len();
            let block = credit.end + 2..text.len();
            let plain =
                Plain { parts: vec![part(Place::Credit(0), credit), part(Place::Block(0), block)], text };
            let mention = |name: &&str| {
                let start = (at + line.find(name).expect("the name")) as u32;
                let end = start + name.len() as u32;
                Mention { start, end, kind: Kind::Per, evidence: Evidence::Table }
            };
            let mut mentions: Vec<Mention> = found.iter().map(mention).collect();
            whole(&plain, &mut mentions);
            let told: Vec<&str> =
                mentions.iter().map(|m| &plain.text[m.start as usize..m.end as usize]).collect();
            assert_eq!(told, expect, "{line}");
        }
    }
}
