//! Related stories of the open article: how, and why.
//!
//! Owns: their grouping by kind, the line of reasons in words, the whole story below, which is chosen.
//! Refuses: to judge: kinds, scores and reasons come from the library.

use std::fmt::Write as _;

use super::credit::outlets;
use super::cx::{Cx, Motion};
use super::list::short_title;
use super::when;
use super::words::{self, Lang, Msg, Words};
use crate::library::{ArticleIx, Entry, Snapshot, Stage};
use crate::story::{Reason, RelationKind};
use crate::text::{fit, wrap};

/// Kinds in the order in which they are shown.
const ORDER: [RelationKind; 8] = [
    RelationKind::SameEvent,
    RelationKind::Copy,
    RelationKind::Update,
    RelationKind::FollowUp,
    RelationKind::Earlier,
    RelationKind::Series,
    RelationKind::Background,
    RelationKind::Similar,
];
/// Names named as a reason, unless all reasons are wanted.
const NAMES: usize = 3;
/// Lines of reasons, unless all are wanted.
const LINES: usize = 2;
/// Cells before the words of a row.
pub const MARGIN: u16 = 3;

/// How a line of the pane looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The head of a kind.
    Head(Option<RelationKind>),
    /// A headline.
    Title,
    /// Outlet, time, reasons.
    Reason,
}

/// A line of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How it looks.
    pub look: Look,
    /// The words.
    pub text: String,
    /// The stop that it belongs to.
    pub stop: Option<usize>,
}

/// What the lines were made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    article: Option<ArticleIx>,
    generation: u64,
    width: u16,
    more: bool,
    lang: Lang,
}

/// The related stories.
#[derive(Debug, Clone, Default)]
pub struct RelatedPane {
    /// The lines.
    pub lines: Vec<Line>,
    /// The articles that can be chosen, in order.
    pub stops: Vec<ArticleIx>,
    /// The chosen stop.
    pub stop: usize,
    /// The first line in sight.
    pub top: usize,
    /// All reasons are shown.
    pub more: bool,
    made: Option<Made>,
}

impl RelatedPane {
    /// The chosen article.
    pub fn selected(&self) -> Option<ArticleIx> {
        self.stops.get(self.stop).copied()
    }

    /// Moves the choice.
    pub fn go(&mut self, motion: Motion, cx: &Cx<'_>) {
        let page = cx.sizes.related.map_or(1, |a| usize::from(a.body().h) / 3);
        self.stop = motion.apply(self.stop, self.stops.len(), page);
        self.in_sight(cx);
    }

    /// Moves what is in sight, not the choice.
    pub fn wheel(&mut self, by: isize, cx: &Cx<'_>) {
        let page = cx.sizes.related.map_or(0, |a| usize::from(a.body().h));
        self.top = self.top.saturating_add_signed(by).min(self.lines.len().saturating_sub(page));
    }

    /// Makes the lines anew where something they depend on changed.
    pub fn settle(&mut self, article: Option<ArticleIx>, cx: &Cx<'_>) {
        let Some(area) = cx.sizes.related else { return };
        let made = Made {
            article,
            generation: cx.snapshot.generation,
            width: area.w,
            more: self.more,
            lang: cx.prefs.lang,
        };
        if self.made == Some(made) {
            self.top = self.top.min(self.lines.len().saturating_sub(usize::from(area.body().h)));
            return;
        }
        let same = self.made.is_some_and(|m| m.article == article);
        let chosen = self.selected().filter(|_| same);
        self.made = Some(made);
        self.lines.clear();
        self.stops.clear();
        if let Some(article) = article {
            self.build(article, cx.sizes.cells(area, MARGIN), cx);
        }
        self.stop = chosen.and_then(|c| self.stops.iter().position(|s| *s == c)).unwrap_or(0);
        if !same {
            self.top = 0;
        }
        self.in_sight(cx);
    }

    /// Brings the chosen lines into sight, with the head above them where they are the first of their kind.
    pub fn in_sight(&mut self, cx: &Cx<'_>) {
        let Some(h) = cx.sizes.related.map(|a| usize::from(a.body().h)).filter(|h| *h > 0) else { return };
        let mine = |l: &Line| l.stop == Some(self.stop);
        let (Some(first), Some(last)) = (self.lines.iter().position(mine), self.lines.iter().rposition(mine))
        else {
            self.top = 0;
            return;
        };
        let above = first.checked_sub(1).filter(|n| matches!(self.lines[*n].look, Look::Head(_)));
        let from = above.unwrap_or(first);
        let low = (last + 1).saturating_sub(h).min(from);
        self.top = self.top.clamp(low, from);
    }

    fn build(&mut self, article: ArticleIx, width: usize, cx: &Cx<'_>) {
        let words = cx.words();
        let relations = cx.snapshot.relations.of(article.0 as usize);
        let why = cx.snapshot.why(article);
        for kind in ORDER {
            let of_kind: Vec<usize> = (0..relations.len()).filter(|&n| relations[n].kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            let head = format!("{} · {}", words.get(words::relation(kind)), words.number(of_kind.len()));
            self.push(Look::Head(Some(kind)), head, None);
            for nth in of_kind {
                let names = if self.more { usize::MAX } else { NAMES };
                let reasons = reasons(&why.reasons(nth), names, cx.snapshot, words);
                self.article(ArticleIx(relations[nth].to), &reasons, width, cx);
            }
        }
        let story = cx.snapshot.stories.of(article.0 as usize);
        let Some(story) = story.and_then(|s| cx.snapshot.stories.all.get(s)) else { return };
        self.push(Look::Head(None), words.count(Msg::StoryHead, story.articles.len()), None);
        for &n in &story.articles {
            let ix = ArticleIx(n as u32);
            let here = if ix == article { words.get(Msg::StoryHere).to_owned() } else { String::new() };
            let date = cx.snapshot.entry(ix).and_then(Entry::published).map(when::exact).unwrap_or_default();
            let parts: Vec<String> = [here, date].into_iter().filter(|p| !p.is_empty()).collect();
            self.article(ix, &parts, width, cx);
        }
    }

    fn article(&mut self, ix: ArticleIx, reasons: &[String], cells: usize, cx: &Cx<'_>) {
        let Some(entry) = cx.snapshot.entry(ix) else { return };
        let stop = Some(self.stops.len());
        self.stops.push(ix);
        for line in short_title(&entry.title(), cells) {
            self.push(Look::Title, line, stop);
        }
        let outlet = Some(outlets(entry)).filter(|o| !o.is_empty());
        let text = outlet.into_iter().chain(reasons.iter().cloned()).collect::<Vec<_>>().join(" · ");
        if text.is_empty() {
            return;
        }
        let pieces = wrap(&text, cells);
        let shown = if self.more { pieces.len() } else { pieces.len().min(LINES) };
        for (n, piece) in pieces[..shown].iter().enumerate() {
            let cut = n + 1 == shown && shown < pieces.len();
            let line = if cut {
                fit(&text[piece.start..], cells).into_owned()
            } else {
                text[piece.clone()].to_owned()
            };
            self.push(Look::Reason, line, stop);
        }
    }

    fn push(&mut self, look: Look, text: String, stop: Option<usize>) {
        self.lines.push(Line { look, text, stop });
    }
}

/// The reasons of a relation in words, the distance in time first.
pub fn reasons(why: &[Reason], names: usize, snapshot: &Snapshot, words: &Words) -> Vec<String> {
    let mut out = Vec::new();
    for reason in why {
        let text = match reason {
            Reason::Time(Some(0)) => words.get(Msg::TimeSame).to_owned(),
            Reason::Time(Some(minutes)) => {
                let msg = if *minutes > 0 { Msg::TimeLater } else { Msg::TimeEarlier };
                let stretch = when::stretch(*minutes, words);
                out.insert(0, words.fill(msg, &[("t", &stretch)]));
                continue;
            }
            Reason::Time(None) => continue,
            Reason::Names(all) => {
                let shown = all
                    .iter()
                    .take(names)
                    .filter_map(|ix| snapshot.entities.get(*ix))
                    .map(|e| e.name.as_str());
                let mut text = shown.collect::<Vec<_>>().join(", ");
                if all.len() > names {
                    let _ = write!(text, " +{}", all.len() - names);
                }
                text
            }
            // A shared name stands in both titles as well.
            Reason::Title(shared) if out.iter().any(|told| told.contains(shared.as_str())) => continue,
            // Words of ours around theirs: nobody said them.
            Reason::Title(shared) => words.fill(Msg::SharedTitle, &[("words", shared)]),
            Reason::Quotes(n) => words.count(Msg::SharedQuotes, *n as usize),
            Reason::Text(share) => words.count(Msg::SharedText, usize::from(*share)),
            Reason::Terms(terms) => {
                let told = terms.iter().take(names).map(String::as_str).collect::<Vec<_>>().join(", ");
                if told.is_empty() { told } else { words.fill(Msg::SharedTerms, &[("words", &told)]) }
            }
        };
        if !text.is_empty() {
            out.push(text);
        }
    }
    out
}

/// What an empty pane says: relations are still to come, were not looked for, or are none.
pub fn why_empty(cx: &Cx<'_>) -> Msg {
    match cx.snapshot.progress.stage {
        Stage::Done if cx.snapshot.relations.is_empty() && cx.snapshot.order.len() > 1 => Msg::RelatedStopped,
        Stage::Done => Msg::NoRelated,
        _ => Msg::RelatedPending,
    }
}
