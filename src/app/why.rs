//! Why a name is as it is, in words: the rule of each spelling, what its mentions rest on, what was left open.
//!
//! Owns: the words. Refuses: to judge: rules and grounds come with the entity.
//! Tests: key scripts in `tests/it/mending.rs`.

use super::Lang;
use super::cx::Cx;
use super::words::{self, Msg};
use crate::entity::{Entity, Likeness};
use crate::library::{ArticleIx, Snapshot};
use crate::text::wrap;

/// A line about why a name is as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyRow {
    /// The name.
    Head(String),
    /// A spelling with the rule that joined it.
    Spelling(String),
    /// What its mentions in the open article rest on.
    Grounds(String),
    /// Left open.
    Open(String),
}

/// Why an entity is as it is: each spelling with its rule, and what its mentions in the open article rest on.
fn why(id: &str, article: Option<ArticleIx>, cx: &Cx<'_>) -> Vec<WhyRow> {
    let words = cx.words();
    let all = &cx.snapshot.entities;
    let Some((ix, entity)) = all.find(id).and_then(|ix| Some((ix, all.get(ix)?))) else {
        return Vec::new();
    };
    let mentions = article.map(|a| cx.snapshot.mentions_of(a, ix)).unwrap_or_default();
    let grounds = crate::entity::grounds(mentions.iter().map(|(text, m, lang)| (text.as_str(), m, *lang)));
    let kind = words.get(words::kind(entity.kind));
    let mut rows = vec![WhyRow::Head(format!("{} · {kind}", entity.name))];
    for variant in &entity.variants {
        rows.push(WhyRow::Spelling(spelling(variant, words)));
        if let Some(found) = grounds.get(variant.text.as_str()) {
            rows.push(WhyRow::Grounds(words.fill(Msg::GroundsHere, &[("grounds", &told(found, cx))])));
        }
    }
    if !entity.open.is_empty() {
        rows.push(WhyRow::Open(
            words.fill(Msg::OpenCandidates, &[("names", &candidates(entity, cx.snapshot))]),
        ));
    }
    rows
}

/// Cells in which what an article says about a spelling, and the rest of a long line, is set in.
const INDENT: u16 = 2;

/// Why an entity is as it is, wrapped to so many cells: each line with the cells that it is set in by.
pub fn why_lines(id: &str, article: Option<ArticleIx>, cx: &Cx<'_>, cells: usize) -> Vec<(u16, WhyRow)> {
    let mut lines = Vec::new();
    for row in why(id, article, cx) {
        let (indent, text, make): (u16, &str, fn(String) -> WhyRow) = match &row {
            WhyRow::Head(text) => (0, text, WhyRow::Head),
            WhyRow::Spelling(text) => (0, text, WhyRow::Spelling),
            WhyRow::Grounds(text) => (INDENT, text, WhyRow::Grounds),
            WhyRow::Open(text) => (0, text, WhyRow::Open),
        };
        let room = cells.saturating_sub(usize::from(indent + INDENT)).max(1);
        for (n, piece) in wrap(text, room).into_iter().enumerate() {
            let more = if n > 0 { INDENT } else { 0 };
            lines.push((indent + more, make(text[piece].to_owned())));
        }
    }
    lines
}

/// A spelling, its mentions and what joined it.
pub fn spelling(variant: &crate::entity::Variant, words: &super::Words) -> String {
    let rule = words.get(words::rule(variant.rule));
    let why = match words.said(&variant.why) {
        why if why.is_empty() => String::new(),
        // Brackets in brackets are not read.
        why if why.contains('(') => format!(": {why}"),
        why => format!(" ({why})"),
    };
    format!("{} ×{} · {rule}{why}", variant.text, variant.count)
}

/// The names that a short one might stand for.
pub fn candidates(entity: &Entity, snapshot: &Snapshot) -> String {
    let name = |id: &String| {
        let known = snapshot.entities.find(id).and_then(|ix| snapshot.entities.get(ix));
        known.map_or_else(|| id.clone(), |e| e.name.clone())
    };
    entity.open.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Hundredths by which the recogniser's reading leads, from which it is very sure, and fairly.
const VERY: i16 = 800;
const FAIRLY: i16 = 300;

/// How sure the recogniser is, by the mention in which it leads least.
fn sure(least: i16) -> Msg {
    match least {
        VERY.. => Msg::SureVery,
        FAIRLY.. => Msg::SureFairly,
        _ => Msg::SureBarely,
    }
}

fn told(grounds: &crate::entity::Grounds, cx: &Cx<'_>) -> String {
    let words = cx.words();
    let number = |hundredths: i16| {
        let text = format!("{:.1}", f32::from(hundredths) / 100.0);
        if cx.prefs.lang == Lang::Vi { text.replace('.', ",") } else { text }
    };
    let model = grounds.margins.map(|(least, most)| {
        let sure = words.get(sure(least));
        let (least, most) = (number(least), number(most));
        let margin = if least == most { least } else { format!("{least}–{most}") };
        let n = words.number(grounds.model as usize);
        words.fill(Msg::GroundsModel, &[("n", &n), ("sure", sure), ("margin", &margin)])
    });
    let counted = |n: u32, msg| (n > 0).then(|| words.count(msg, n as usize));
    let all = [
        model,
        counted(grounds.table, Msg::GroundsTable),
        counted(grounds.repetition, Msg::GroundsRepetition),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What speaks for two names being one, in words.
pub fn likeness(like: &Likeness, words: &super::Words) -> String {
    match like {
        Likeness::Consonants(letters) => words.fill(Msg::LikeConsonants, &[("letters", letters)]),
        Likeness::Letters(n) => words.count(Msg::LikeLetters, *n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Prefs;
    use crate::app::layout::Sizes;
    use crate::entity::Grounds;

    #[test]
    fn what_the_recogniser_found_is_told_in_plain_words() {
        for (margins, lang, expect) in [
            ((1220, 1350), Lang::Vi, "nhận ra ×3, rất chắc: hơn cách đọc khác 12,2–13,5 điểm"),
            ((410, 410), Lang::Vi, "nhận ra ×3, khá chắc: hơn cách đọc khác 4,1 điểm"),
            ((20, 900), Lang::En, "recognised ×3, not very sure: 0.2–9.0 points ahead of any other reading"),
        ] {
            let grounds = Grounds { model: 3, margins: Some(margins), ..Grounds::default() };
            let (snapshot, sizes) = (std::sync::Arc::new(Snapshot::default()), Sizes::default());
            let prefs = Prefs { lang, ..Prefs::default() };
            let cx = Cx { snapshot: &snapshot, prefs: &prefs, sizes: &sizes, facets: None };
            assert_eq!(told(&grounds, &cx), expect);
        }
    }
}
