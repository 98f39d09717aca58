//! Why stretches of text were taken for names, spelling by spelling.

use indexmap::IndexMap;

use super::model::{Evidence, Mention};
use crate::article::Lang;

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
    /// Mentions of a short form that the article itself ties to a full name.
    pub definition: u32,
    /// Of all these, mentions in articles that are not in Vietnamese: names were learnt from Vietnamese text, and are
    /// less sure there.
    pub less_sure: u32,
}

impl Grounds {
    /// Mentions in all.
    pub fn mentions(&self) -> u32 {
        self.model + self.table + self.repetition + self.definition
    }

    fn add(&mut self, evidence: Evidence, lang: Lang) {
        self.less_sure += u32::from(lang != Lang::Vi);
        match evidence {
            Evidence::Model(margin) => {
                self.model += 1;
                let (least, most) = self.margins.unwrap_or((margin, margin));
                self.margins = Some((least.min(margin), most.max(margin)));
            }
            Evidence::Table => self.table += 1,
            Evidence::Repetition => self.repetition += 1,
            Evidence::Definition => self.definition += 1,
        }
    }
}

/// The grounds of each spelling among some mentions, with their texts and the languages of their articles, in order of first
/// mention.
pub fn grounds<'a>(
    mentions: impl Iterator<Item = (&'a str, &'a Mention, Lang)>,
) -> IndexMap<&'a str, Grounds> {
    let mut out: IndexMap<&str, Grounds> = IndexMap::new();
    for (text, mention, lang) in mentions {
        out.entry(text).or_default().add(mention.evidence, lang);
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
            ("Moskva", mention(Evidence::Model(310)), Lang::Vi),
            ("Moscow", mention(Evidence::Table), Lang::Vi),
            ("Moskva", mention(Evidence::Model(-20)), Lang::En),
            ("Moskva", mention(Evidence::Repetition), Lang::Vi),
            ("Moskva", mention(Evidence::Definition), Lang::Other),
        ];
        let found = grounds(all.iter().map(|(text, mention, lang)| (*text, mention, *lang)));
        let moskva = Grounds {
            model: 2,
            margins: Some((-20, 310)),
            table: 0,
            repetition: 1,
            definition: 1,
            less_sure: 2,
        };
        let moscow = Grounds { table: 1, ..Grounds::default() };
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [("Moskva", moskva), ("Moscow", moscow)]);
        assert_eq!(moskva.mentions(), 4);
    }
}
