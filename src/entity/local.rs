//! The names of one article: spellings put together (layers 0-2), then joined inside the article (layers 3 and 4).
//!
//! Owns: [`Local`], which needs nothing but the article and can be made on any thread, in any order.
//! Refuses: to look at other articles ([`super::link`] does).

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::key::Words;
use super::model::{Kind, Mention, Names, Rule};
use super::tables::{Known, Tables, tables};
use super::{brackets, parts};
use crate::article::Plain;

/// Longest stretch between two names that says how they belong together, in bytes: [`local`] looks no further, and what joins names
/// need not keep more.
pub const GAP: usize = 48;

/// The words of a spelling: articles share those that they have in common.
pub type Form = Arc<[String]>;

/// A name of an article with all its spellings.
#[derive(Debug, Clone)]
pub struct LocalName {
    /// Kind.
    pub kind: Kind,
    /// Key: the table's canonical key where the table knows the name, else the words with short words written out.
    pub key: Arc<str>,
    /// Row of the table.
    pub row: Option<u32>,
    /// Row that this short name may stand for.
    pub short_of: Option<u32>,
    /// The words of its spellings, short words written out.
    pub forms: Vec<Form>,
    /// It is written like an acronym.
    pub acronym: bool,
    /// Mentions.
    pub count: u32,
    /// First mention, as index into [`Names::mentions`].
    pub first: u32,
    /// The name of this article that it belongs to, the rule and what the rule rests on.
    pub joined: Option<Join>,
    /// Names of this article that it might belong to: more than one.
    pub open: Vec<u32>,
}

/// Why a name belongs to another of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// Index into [`Local::names`]; `None`: the table's row [`LocalName::short_of`].
    pub to: Option<u32>,
    /// Rule.
    pub rule: Rule,
    /// What it rests on.
    pub why: String,
}

/// The names of one article.
#[derive(Debug, Clone, Default)]
pub struct Local {
    /// Distinct names.
    pub names: Vec<LocalName>,
    /// For each mention its name.
    pub of: Vec<u32>,
}

/// Puts one article's mentions together. Pure, and independent of other articles.
pub fn local(plain: &Plain, names: &Names) -> Local {
    let mut out = Local::default();
    let mut by_text: FxHashMap<(Kind, &str), u32> = FxHashMap::default();
    let mut by_key: FxHashMap<(Kind, Arc<str>), u32> = FxHashMap::default();
    for (n, mention) in names.mentions.iter().enumerate() {
        let text = text_of(plain, mention);
        let name = *by_text.entry((mention.kind, text)).or_insert_with(|| {
            let spelling = Spelling::remembered(mention.kind, text);
            let next = out.names.len() as u32;
            let name = *by_key.entry((mention.kind, Arc::clone(&spelling.key))).or_insert(next);
            if name == next {
                out.names.push(spelling.into_name(mention.kind, n as u32));
            } else if let Some(known) = out.names.get_mut(name as usize) {
                known.acronym |= spelling.acronym;
                if !known.forms.contains(&spelling.form) {
                    known.forms.push(spelling.form);
                }
            }
            name
        });
        if let Some(name) = out.names.get_mut(name as usize) {
            name.count += 1;
        }
        out.of.push(name);
    }
    part_bare(plain, names, &mut out);
    brackets::join(plain, names, &mut out);
    parts::join(plain, names, &mut out);
    out
}

/// Where an article names a body of Viet Nam in full and the same body of another country, `Chính phủ Việt Nam` and
/// `Chính phủ Nga`, the bare name is neither's before the rules for parts have looked at it.
fn part_bare(plain: &Plain, names: &Names, local: &mut Local) {
    for n in 0..local.names.len() {
        let known = &local.names[n];
        let (home, bare): (Vec<_>, Vec<_>) = known.forms.iter().cloned().partition(|f| parts::is_at_home(f));
        let abroad = |o: &LocalName| o.kind == known.kind && parts::is_with_place(&bare, o);
        let state = known.row.is_some_and(|row| tables().is_of_state(row));
        if !state || home.is_empty() || !local.names.iter().any(abroad) {
            continue;
        }
        let own = local.names.len() as u32;
        let mut new = LocalName {
            key: bare[0].concat().into(),
            row: None,
            short_of: None,
            acronym: false,
            count: 0,
            first: u32::MAX,
            forms: bare,
            ..known.clone()
        };
        for (at, mention) in names.mentions.iter().enumerate() {
            if local.of[at] == n as u32
                && new.forms.contains(&Spelling::of(tables(), mention.kind, text_of(plain, mention)).form)
            {
                new.count += 1;
                new.first = new.first.min(at as u32);
                local.names[n].count -= 1;
                local.of[at] = own;
            }
        }
        if new.count > 0 {
            let first = local.of.iter().position(|&of| of == n as u32);
            local.names[n].first = first.map_or(local.names[n].first, |at| at as u32);
            local.names[n].forms = home;
            local.names.push(new);
        }
    }
}

/// The text of a mention.
pub fn text_of<'a>(plain: &'a Plain, mention: &Mention) -> &'a str {
    plain.text.get(mention.start as usize..mention.end as usize).unwrap_or("")
}

/// Spellings of a kind that a thread remembers: most names of an article stand in those before it.
const REMEMBERED: usize = 1 << 12;

thread_local! {
    static SPELLINGS: RefCell<[FxHashMap<Box<str>, Spelling>; Kind::ALL.len()]> = RefCell::default();
}

/// A spelling and what the tables make of it.
#[derive(Debug, Clone)]
pub struct Spelling {
    /// As in [`LocalName::key`].
    pub key: Arc<str>,
    known: Option<Known>,
    form: Form,
    acronym: bool,
}

impl Spelling {
    /// Looks a spelling up.
    pub fn of(tables: &Tables, kind: Kind, text: &str) -> Self {
        let words = Words::of(&without_inner_bracket(kind, text));
        let acronym = is_acronym(text);
        let key = words.joined();
        let known = tables.known(kind, &key);
        let whole = words.words.first().cloned();
        let form = tables.expand(kind, &words).map_or(words.words, |(words, _)| words);
        let expanded = form.concat();
        let dropped = form.first() != whole.as_ref();
        let again = || {
            if dropped { tables.known_without_class(kind, &expanded) } else { tables.known(kind, &expanded) }
        };
        let known = known.or_else(again).or_else(|| tables.known_at_home(kind, &form));
        let key = match known.filter(|k| !k.short).and_then(|k| tables.row(k.row)) {
            Some(row) => row.key.as_str().into(),
            None if expanded.is_empty() => text.to_lowercase().into(),
            None => expanded.into(),
        };
        Self { key, known, form: form.into(), acronym }
    }

    /// [`Spelling::of`], looked up but once where a spelling comes again and again.
    fn remembered(kind: Kind, text: &str) -> Self {
        SPELLINGS.with_borrow_mut(|spellings| {
            let known = &mut spellings[kind as usize];
            if let Some(spelling) = known.get(text) {
                return spelling.clone();
            }
            if known.len() == REMEMBERED {
                known.clear();
            }
            let spelling = Self::of(tables(), kind, text);
            known.insert(text.into(), spelling.clone());
            spelling
        })
    }

    fn into_name(self, kind: Kind, first: u32) -> LocalName {
        LocalName {
            kind,
            key: self.key,
            row: self.known.filter(|k| !k.short).map(|k| k.row),
            short_of: self.known.filter(|k| k.short).map(|k| k.row),
            forms: vec![self.form],
            acronym: self.acronym,
            count: 0,
            first,
            joined: None,
            open: Vec::new(),
        }
    }
}

/// A name without the short form in its midst: `Hội Liên hiệp Thanh niên (LHTN) Việt Nam`.
pub fn without_inner_bracket(kind: Kind, text: &str) -> Cow<'_, str> {
    let (false, Some((before, rest))) = (kind == Kind::Per, text.split_once('(')) else {
        return Cow::Borrowed(text);
    };
    match rest.split_once(')') {
        Some((inner, after)) if is_acronym(inner) && !before.trim().is_empty() => {
            Cow::Owned(format!("{before}{after}"))
        }
        _ => Cow::Borrowed(text),
    }
}

/// Two to twelve letters, at least two of them capitals and hardly any small one, without a blank (`KCNA`, `GD&ĐT`, `TƯ`).
pub fn is_acronym(text: &str) -> bool {
    let (mut upper, mut lower, mut all) = (0, 0, 0);
    for c in text.chars() {
        all += 1;
        if c.is_whitespace() {
            return false;
        }
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    (2..=12).contains(&all) && upper >= 2 && lower * 3 <= upper
}

impl Local {
    /// The name at the end of its join: itself when it is not joined.
    pub fn root(&self, name: u32) -> u32 {
        self.names.get(name as usize).and_then(|n| n.joined.as_ref()).and_then(|j| j.to).unwrap_or(name)
    }

    /// Joins a name to one that is not itself joined; never makes a chain.
    pub fn join(&mut self, name: u32, to: u32, rule: Rule, why: String) {
        let is_target = self.names.iter().any(|n| n.joined.as_ref().is_some_and(|j| j.to == Some(name)));
        if name == to || is_target || self.root(to) != to {
            return;
        }
        if let Some(known) = self.names.get_mut(name as usize)
            && known.joined.is_none()
        {
            known.joined = Some(Join { to: Some(to), rule, why });
        }
    }
}
