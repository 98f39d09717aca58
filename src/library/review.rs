//! The press review of a story of the library: from a snapshot to the pieces that [`crate::story::review`] reads.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::snapshot::{ArticleIx, Entry, Read, Snapshot};
use super::store::Is;
use crate::article::Basis;
use crate::entity::{EntityIx, Names};
use crate::story::RelationKind;
use crate::story::review::{News, Piece, Review, copies, review};

/// A press review and the articles that it tells its pieces by.
#[derive(Debug, Clone, Default)]
pub struct Reviewed {
    /// By piece, the oldest first.
    pub articles: Vec<ArticleIx>,
    /// By piece: who put it out, a reprint's own site.
    pub outlets: Vec<Option<String>>,
    /// By piece: its text.
    pub texts: Vec<Option<Arc<Read>>>,
    /// By piece: it is read.
    pub read: Vec<bool>,
    /// The review.
    pub review: Review,
}

impl Reviewed {
    /// How many outlets tell the story, those of reprints among them, as `stories` counts them.
    pub fn outlet_count(&self) -> usize {
        let named: BTreeSet<&str> = self.outlets.iter().flatten().map(String::as_str).collect();
        named.len()
    }

    /// Which of several pieces without a known outlet one is, from 1 on; `None` where it is the only one, or is known.
    pub fn unknown(&self, piece: usize) -> Option<usize> {
        let unknown = |outlets: &[Option<String>]| outlets.iter().filter(|o| o.is_none()).count();
        let named = self.outlets.get(piece)?.is_some();
        (!named && unknown(&self.outlets) > 1).then(|| unknown(&self.outlets[..piece]) + 1)
    }

    /// What unread articles have and read ones have not; nothing where none is read.
    pub fn news(&self) -> News<'_> {
        self.review.news(&self.read)
    }
}

impl Snapshot {
    /// The articles of the story in which an article stands, oldest first; itself alone where it stands in none.
    pub fn told_with(&self, article: ArticleIx) -> Vec<ArticleIx> {
        let around = self.stories.around(std::iter::once(article.0 as usize));
        around.into_iter().flatten().map(|n| ArticleIx(n as u32)).collect()
    }

    /// Id and title of the story in which an article stands; its own where it stands in none.
    pub fn story_called(&self, article: ArticleIx) -> (&str, Cow<'_, str>) {
        let story = self.stories.of(article.0 as usize).and_then(|at| self.stories.all.get(at));
        let own =
            || self.entry(article).map_or(("", Cow::Borrowed("")), |e| (e.id.as_str(), e.title().into()));
        story.map_or_else(own, |s| (s.id.as_str(), Cow::Borrowed(s.title.as_str())))
    }

    /// The reprints of an article, or what it reprints: in other outlets only, and both must be known.
    pub fn copies_of(&self, article: ArticleIx) -> impl Iterator<Item = ArticleIx> + '_ {
        let outlet = move |ix| self.entry(ix).and_then(Entry::publisher);
        let found = self.relations.of(article.0 as usize).into_owned().into_iter();
        let copies = found.filter(|r| r.kind == RelationKind::Copy).map(|r| ArticleIx(r.to));
        copies
            .filter(move |&copy| outlet(article).zip(outlet(copy)).is_some_and(|(here, there)| here != there))
    }

    /// Whether an article has the text of an older one that is here, from whatever outlet.
    pub fn is_reprint(&self, article: ArticleIx) -> bool {
        let age = |ix: ArticleIx| self.entry(ix).map(|e| (e.minutes(), ix));
        if self.relations.kinds(article.0 as usize) & RelationKind::Copy.bit() == 0 {
            return false;
        }
        let found = self.relations.of(article.0 as usize);
        let mut copies = found.iter().filter(|r| r.kind == RelationKind::Copy).map(|r| ArticleIx(r.to));
        copies.any(|other| age(other) < age(article))
    }

    /// What a piece of a review is to the nearest of the pieces before it; a reprint is one, as its column says, though another
    /// piece may be nearer. `None` for the first, and where none is related.
    pub fn kind_of(&self, reviewed: &Reviewed, piece: usize) -> Option<RelationKind> {
        let (here, before) = (*reviewed.articles.get(piece)?, &reviewed.articles[..piece]);
        let from = |of: ArticleIx, to: ArticleIx| {
            let list = self.relations.of(of.0 as usize);
            let found = list.iter().find(|r| r.to == to.0);
            found.map(|r| (r.score(), r.kind))
        };
        // Lists hold the nearest only: one may be in the other's and not the other way round.
        let back = |earlier: &ArticleIx| {
            from(*earlier, here).or_else(|| {
                let (score, kind) = from(here, *earlier)?;
                Some((score, if kind == RelationKind::Earlier { RelationKind::FollowUp } else { kind }))
            })
        };
        if reviewed.review.is_reprint(piece) {
            return Some(RelationKind::Copy);
        }
        before.iter().filter_map(back).max_by(|a, b| a.0.total_cmp(&b.0)).map(|found| found.1)
    }

    /// By article of a story, oldest first: who put it out, a reprint's own site.
    pub fn outlets_of(&self, articles: &[usize]) -> Vec<Option<&str>> {
        let outlet = |(&n, copy_of): (&usize, Option<usize>)| {
            let entry = self.entries.get(n)?;
            if copy_of.is_some() { entry.publisher() } else { entry.outlet() }
        };
        articles.iter().zip(copies(articles, &self.relations)).map(outlet).collect()
    }

    /// As [`Snapshot::review`], where the marks on the articles tell what is read.
    pub fn review_marked(&self, articles: &[ArticleIx]) -> Reviewed {
        self.review(articles, &|ix| self.marks.is(ix, Is::Read))
    }

    /// Makes the press review of some articles of one story; what is not read yet, is left out.
    pub fn review(&self, articles: &[ArticleIx], read: &dyn Fn(ArticleIx) -> bool) -> Reviewed {
        let none = Names::default();
        let articles: Vec<ArticleIx> =
            articles.iter().copied().filter(|ix| self.entry(*ix).is_some_and(Entry::is_read)).collect();
        let texts: Vec<Option<Arc<Read>>> = articles.iter().map(|ix| self.read(*ix)).collect();
        let places: Vec<usize> = articles.iter().map(|ix| ix.0 as usize).collect();
        let of: Vec<Cow<'_, [EntityIx]>> = places.iter().map(|n| self.entities.of(*n)).collect();
        let pieces: Vec<Piece<'_>> = articles
            .iter()
            .zip(&of)
            .zip(&texts)
            .zip(copies(&places, &self.relations).into_iter().zip(self.outlets_of(&places)))
            .filter_map(|(((&ix, of), told), (copy_of, outlet))| {
                let told = told.as_ref()?;
                Some(Piece {
                    article: &told.article,
                    plain: &told.plain,
                    names: told.names.as_deref().unwrap_or(&none),
                    of,
                    outlet,
                    published: told.article.published.as_ref().filter(|d| d.basis != Basis::FileTime),
                    copy_of,
                    read: read(ix),
                })
            })
            .collect();
        let outlets = pieces.iter().map(|p| p.outlet.map(str::to_owned)).collect();
        let read = pieces.iter().map(|p| p.read).collect();
        let review = review(&pieces, &self.entities);
        Reviewed { articles, outlets, texts, read, review }
    }
}
