//! Selecting articles: sets of bits from the index, texts looked into only where a phrase or a part of the article is asked.
//! What asks for more than words and names (stories, quotes, the reader's own data) is in `told`.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::dates::{self, Span};
use super::is::{Has, Is};
use super::{Count, Expr, Field, How, Term};
use crate::article::{Place, Plain};
use crate::entity::{Entity, EntityIx, Rule, word_count};
use crate::library::columns::Column;
use crate::library::segment::{Piece, pieces, unmarked_pieces};
use crate::library::snapshot::{ArticleIx, Credit, Read, Snapshot};
use crate::library::titles::Titles;
use crate::text::{folded, spelling};

/// Texts that are looked into between two looks at `stop`.
const STRIDE: usize = 512;

/// In what, and as seen from where.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    /// The library.
    pub snapshot: &'a Snapshot,
    /// The day that relative dates count from.
    pub today: Date,
    /// What `@` means.
    pub open: Option<ArticleIx>,
}

/// The matching articles in the snapshot's order.
pub(super) fn select(expr: &Expr, from: From<'_>, stop: &dyn Fn() -> bool) -> Option<Vec<ArticleIx>> {
    let snapshot = from.snapshot;
    if *expr == Expr::All {
        return Some(snapshot.order.as_ref().clone());
    }
    let eval = Eval { from, snapshot, stop, count: snapshot.entries.len(), depth: Cell::new(0) };
    let set = eval.set(expr)?;
    Some(in_order(&snapshot.order, &set))
}

/// Those of an order that are in a set. Without a branch: in a large library whether an article is found is as good as chance.
fn in_order(order: &[ArticleIx], set: &FixedBitSet) -> Vec<ArticleIx> {
    let mut found = vec![ArticleIx(0); order.len().min(set.count_ones(..)) + 1];
    let mut count = 0;
    for ix in order {
        found[count] = *ix;
        count += usize::from(set.contains(ix.0 as usize));
    }
    found.truncate(count);
    found
}

pub(super) struct Eval<'a> {
    pub(super) from: From<'a>,
    pub(super) snapshot: &'a Snapshot,
    stop: &'a dyn Fn() -> bool,
    count: usize,
    /// Views that are being looked into: one that is made of itself finds nothing.
    pub(super) depth: Cell<usize>,
}

/// Where a term must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    Title,
    Body,
}

impl Eval<'_> {
    pub(super) fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.count)
    }

    /// Numbers of the articles that have been read.
    pub(super) fn read(&self) -> FixedBitSet {
        self.of_each(|_| true)
    }

    pub(super) fn of_each(&self, wanted: impl Fn(&crate::library::Entry) -> bool) -> FixedBitSet {
        let mut set = self.none();
        for (n, entry) in self.snapshot.entries.iter().enumerate() {
            if entry.is_read() && wanted(entry) {
                set.insert(n);
            }
        }
        set
    }

    pub(super) fn set(&self, expr: &Expr) -> Option<FixedBitSet> {
        if (self.stop)() {
            return None;
        }
        match expr {
            Expr::All => Some(self.read()),
            Expr::Text { text, how } => self.text(text, *how, Where::Anywhere),
            Expr::Pattern(text) => Some(self.pattern(text)),
            Expr::Story(inner) => Some(self.told_with(&self.set(inner)?)),
            Expr::Field { field, values, how } => self.field(*field, values, *how),
            Expr::Not(inner) => {
                let mut all = self.read();
                all.difference_with(&self.set(inner)?);
                Some(all)
            }
            Expr::And(parts) => {
                let mut out: Option<FixedBitSet> = None;
                for part in parts {
                    let set = self.set(part)?;
                    match &mut out {
                        Some(all) => all.intersect_with(&set),
                        None => out = Some(set),
                    }
                }
                Some(out.unwrap_or_else(|| self.none()))
            }
            Expr::Or(parts) => {
                let mut any = self.none();
                for part in parts {
                    any.union_with(&self.set(part)?);
                }
                Some(any)
            }
        }
    }

    fn field(&self, field: Field, values: &[String], how: How) -> Option<FixedBitSet> {
        let mut any = self.none();
        for (n, value) in values.iter().enumerate() {
            let how = if how == How::Prefix && n + 1 < values.len() { How::Whole } else { how };
            any.union_with(&self.value(field, value, how)?);
        }
        Some(any)
    }

    fn value(&self, field: Field, value: &str, how: How) -> Option<FixedBitSet> {
        match field {
            Field::Title => self.text(value, how, Where::Title),
            Field::Body => self.text(value, how, Where::Body),
            Field::Person | Field::Place | Field::Org | Field::Misc | Field::Name => {
                Some(self.named(field, value, how))
            }
            Field::Source => Some(self.source(value, how)),
            Field::Lang => {
                let langs = &self.snapshot.columns().langs;
                let wanted: Vec<bool> =
                    langs.values().iter().map(|code| code.eq_ignore_ascii_case(value)).collect();
                Some(self.of_column(langs, &wanted))
            }
            Field::Date | Field::After | Field::Before => Some(self.dated(field, value)),
            Field::Older | Field::Newer => Some(self.aged(field, value)),
            Field::Is => Some(Is::named(value).map_or_else(|| self.none(), |is| self.where_is(is))),
            Field::Has => self.has(Has::named(value)?),
            Field::Tag | Field::Note => Some(self.own_words(field, value, how)),
            Field::Quote => self.quoting(value, how),
            Field::Said => self.said(value, how),
            Field::Sources => Some(self.told_by(Count::read(value)?)),
            Field::Story => Some(self.told_with(&self.one(value))),
            Field::Like => Some(self.like(value)),
            Field::View => self.view(value),
        }
    }

    fn dated(&self, field: Field, value: &str) -> FixedBitSet {
        let Some((from, to)) = Span::read(value).map(|s| s.days(self.from.today)) else { return self.none() };
        let days = match field {
            Field::After => (from, None),
            Field::Before => (None, from.or(to)),
            _ => (from, to),
        };
        self.of_each(|e| e.published().is_some_and(|at| dates::meet(dates::known(at), days)))
    }

    fn text(&self, text: &str, how: How, place: Where) -> Option<FixedBitSet> {
        let pieces = if place == Where::Anywhere { pieces(text, how) } else { unmarked_pieces(text, how) };
        let set = self.snapshot.index.candidates(&pieces, self.count);
        // One word anywhere: the index knows all. A phrase or a part of the article: the text decides.
        if pieces.len() < 2 && pieces.iter().all(Piece::is_sure) && place == Where::Anywhere {
            return Some(set);
        }
        let Some(term) = Term::new(text, how, place == Where::Title) else { return Some(self.none()) };
        if place == Where::Title {
            return Some(self.with_title(&set, &term));
        }
        self.only(set, &|_, read| texts(read, place).any(|t| term.is_in(t)))
    }

    /// The articles of a set that have the words in their headline: no text is looked into.
    fn with_title(&self, set: &FixedBitSet, term: &Term) -> FixedBitSet {
        let mut out = self.none();
        let head = |n: usize| self.snapshot.entries.get(n)?.head.as_ref().filter(|h| h.titled);
        let mut titles = Titles::default();
        let mut has = |n: &usize| head(*n).is_some_and(|h| term.is_in(&titles.text(&h.title)));
        out.extend(set.ones().filter(|n| has(n)));
        out
    }

    /// The articles of a set of which the texts fit; looked into on all threads.
    pub(super) fn only(
        &self,
        mut set: FixedBitSet,
        fits: &(dyn Fn(usize, &Read) -> bool + Sync),
    ) -> Option<FixedBitSet> {
        let candidates: Vec<ArticleIx> = set.ones().map(|n| ArticleIx(n as u32)).collect();
        for chunk in candidates.chunks(STRIDE) {
            if (self.stop)() {
                return None;
            }
            let hits = self.snapshot.each(chunk, |ix, read| fits(ix.0 as usize, read));
            for (ix, _) in chunk.iter().zip(hits).filter(|(_, hit)| *hit != Some(true)) {
                set.remove(ix.0 as usize);
            }
        }
        Some(set)
    }

    /// Articles that may hold all words of a value, whatever their marks.
    pub(super) fn with_words(&self, value: &str, how: How) -> FixedBitSet {
        self.snapshot.index.candidates(&unmarked_pieces(value, how), self.count)
    }

    fn named(&self, field: Field, value: &str, how: How) -> FixedBitSet {
        let mut set = self.none();
        for entity in entities(self.snapshot, field, value, how) {
            for article in self.snapshot.index.articles(entity) {
                set.insert(article.0 as usize);
            }
        }
        set
    }

    /// Outlets that are called exactly so, else those that hold the words.
    fn source(&self, value: &str, how: How) -> FixedBitSet {
        let Some(term) = Term::new(value, how, false) else { return self.none() };
        let column = &self.snapshot.columns().outlets;
        let outlets = || column.values().iter();
        let mut wanted: Vec<bool> = outlets().map(|o| is_called(&term, o)).collect();
        if !wanted.contains(&true) {
            wanted = outlets().map(|o| !term.find(o).is_empty() || is_squashed(&term, o)).collect();
        }
        let mut set = self.of_column(column, &wanted);
        self.add_sites(&term, &mut set);
        set
    }

    /// Adds the copies that a site of this name put out and credits to another outlet, which the column has.
    fn add_sites(&self, term: &Term, set: &mut FixedBitSet) {
        let mut known: FxHashMap<*const Credit, bool> = FxHashMap::default();
        for (n, entry) in self.snapshot.entries.iter().enumerate() {
            let Some(credit) = entry.head.as_ref().map(|head| &head.credit) else { continue };
            let (Some(site), Some(_)) = (&credit.site, &credit.source) else { continue };
            if *known.entry(Arc::as_ptr(credit)).or_insert_with(|| is_called(term, site)) {
                set.insert(n);
            }
        }
    }

    /// The articles whose value in a column is wanted.
    fn of_column<T>(&self, column: &Column<T>, wanted: &[bool]) -> FixedBitSet {
        let mut set = self.none();
        set.extend((0..self.count).filter(|n| column.number(*n).is_some_and(|value| wanted[value])));
        set
    }
}

/// The parts of an article in which a term may stand.
fn texts(read: &Read, place: Where) -> impl Iterator<Item = &str> {
    let plain: &Plain = &read.plain;
    let whole = (place == Where::Anywhere).then_some(plain.text.as_str());
    let body = place == Where::Body;
    let parts = plain.parts.iter().filter(move |p| body && matches!(p.place, Place::Lead | Place::Block(_)));
    whole.into_iter().chain(parts.map(|p| &plain.text[p.range.clone()]))
}

/// The entities of a name field's value. A value with marks, or after `=`, that is some entity's very name means that one: search
/// is folded, identity is not. Else those that are called so (canonically or by a variant, parts like the family name left out), else
/// those of which a spelling holds the words.
pub(super) fn entities(snapshot: &Snapshot, field: Field, value: &str, how: How) -> Vec<EntityIx> {
    let Some(term) = Term::new(value, how, false) else { return Vec::new() };
    let of_kind = candidates(snapshot, field, value, how);
    let of = |ix: &EntityIx| snapshot.entities.get(*ix);
    let typed = spelling(value.trim());
    // Most names that hold the words are longer: they are not looked at.
    let words = word_count(&typed);
    let pick = |fits: &dyn Fn(&Entity) -> bool| -> Vec<EntityIx> {
        let short = of_kind.iter().filter(|ix| snapshot.entities.may_be_as_short(**ix, words));
        short.filter(|ix| of(ix).is_some_and(fits)).copied().collect()
    };
    let any = |e: &Entity, fits: &dyn Fn(&str) -> bool| {
        fits(&e.name) || e.variants.iter().filter(|v| v.rule != Rule::Part).any(|v| fits(&v.text))
    };
    let holding = || -> Vec<EntityIx> {
        of_kind.iter().filter(|ix| of(ix).is_some_and(|e| holds(&term, e))).copied().collect()
    };
    if how == How::Prefix {
        return holding();
    }
    let blanks = |name: &str| memchr::memchr_iter(b' ', name.as_bytes()).count();
    let long = blanks(&typed);
    let very = |name: &str| blanks(name) == long && spelling(name) == typed;
    if how == How::Exact || folded(value.trim()) != typed {
        let named = pick(&|e| very(&e.name));
        if !named.is_empty() {
            return named;
        }
        let spelled = pick(&|e| any(e, &very));
        if !spelled.is_empty() {
            return spelled;
        }
    }
    let called = pick(&|e| any(e, &|name| is_called(&term, name)));
    if called.is_empty() { holding() } else { called }
}

/// The entities of a field's kind of which some spelling holds all words, marks and order aside.
pub(super) fn candidates(snapshot: &Snapshot, field: Field, value: &str, how: How) -> Vec<EntityIx> {
    let kinds = snapshot.index.kinds();
    let found = snapshot.index.names.candidates(&unmarked_pieces(value, how), kinds.len());
    found.ones().filter(|n| field.holds(kinds[*n])).map(|n| EntityIx(n as u32)).collect()
}

/// Some spelling of the entity holds the words.
pub(super) fn holds(term: &Term, entity: &Entity) -> bool {
    let spellings = std::iter::once(&entity.name).chain(entity.variants.iter().map(|v| &v.text));
    spellings.into_iter().any(|name| !term.find(name).is_empty())
}

/// The whole name matches, not only words in it.
pub(super) fn is_called(term: &Term, name: &str) -> bool {
    let whole: Range<usize> = 0..name.trim_end().len();
    term.find(name).contains(&whole)
}

/// `tuoitre` and `vnexpress` for *Tuổi Trẻ* and *VnExpress.net*: blanks, marks and the ending of an address do not count, unless
/// marks were typed.
fn is_squashed(term: &Term, outlet: &str) -> bool {
    if term.how == How::Exact || folded(&term.text) != spelling(&term.text) {
        return false;
    }
    let squash = |t: &str| folded(t).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let stem: Cow<'_, str> = match outlet.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 4 => stem.into(),
        _ => outlet.into(),
    };
    let typed = squash(&term.text);
    [squash(outlet), squash(&stem)]
        .iter()
        .any(|o| if term.how == How::Prefix { o.starts_with(&typed) } else { *o == typed })
}
