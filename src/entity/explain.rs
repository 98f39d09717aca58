//! Why stretches of text were taken for names, spelling by spelling.

use indexmap::IndexMap;

use super::model::{Evidence, Mention};

/// What the mentions of one spelling rest on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Grounds {
    /// Mentions that the model decided.
    pub model: u32,
    /// The least and the greatest margin of these decisions, in hundredths.
    pub margins: Option<(i16, i16)>,
    /// Mentions that stand in a table of known names.
    pub table: u32,
    /// Mentions of a string that was recognised elsewhere in the article.
    pub repetition: u32,
}

impl Grounds {
    /// Mentions in all.
    pub fn mentions(&self) -> u32 {
        self.model + self.table + self.repetition
    }

    fn add(&mut self, evidence: Evidence) {
        match evidence {
            Evidence::Model(margin) => {
                self.model += 1;
                let (least, most) = self.margins.unwrap_or((margin, margin));
                self.margins = Some((least.min(margin), most.max(margin)));
            }
            Evidence::Table => self.table += 1,
            Evidence::Repetition => self.repetition += 1,
        }
    }
}

/// The grounds of each spelling among some mentions with their texts, in order of first mention.
pub fn grounds<'a>(mentions: impl Iterator<Item = (&'a str, &'a Mention)>) -> IndexMap<&'a str, Grounds> {
    let mut out: IndexMap<&str, Grounds> = IndexMap::new();
    for (text, mention) in mentions {
        out.entry(text).or_default().add(mention.evidence);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;

    #[test]
    fn grounds_are_summed_up_by_spelling() {
        let mention = |evidence| Mention { start: 0, end: 1, kind: Kind::Loc, evidence };
        let all = [
            ("Moskva", mention(Evidence::Model(310))),
            ("Moscow", mention(Evidence::Table)),
            ("Moskva", mention(Evidence::Model(-20))),
            ("Moskva", mention(Evidence::Repetition)),
        ];
        let found = grounds(all.iter().map(|(text, mention)| (*text, mention)));
        let moskva = Grounds { model: 2, margins: Some((-20, 310)), table: 0, repetition: 1 };
        let moscow = Grounds { table: 1, ..Grounds::default() };
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [("Moskva", moskva), ("Moscow", moscow)]);
        assert_eq!(moskva.mentions(), 3);
    }
}
