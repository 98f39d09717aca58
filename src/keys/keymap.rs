//! The tree of bindings, and walking it a key at a time.

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::key::{Key, show};

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
enum Node<A> {
    Leaf(A),
    Branch(IndexMap<Key, Node<A>>),
}

/// Bindings by scope. A scope is a place where keys mean something: a pane, a line of text, everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap<A> {
    scopes: IndexMap<String, IndexMap<Key, Node<A>>>,
}

impl<A> Default for Keymap<A> {
    fn default() -> Self {
        Self { scopes: IndexMap::new() }
    }
}

/// One binding.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding<A> {
    /// In which scope.
    pub scope: String,
    /// The keys, one after the other.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: A,
}

/// Keys and count typed so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    /// The keys of an unfinished sequence.
    pub keys: Vec<Key>,
    /// The count before it.
    pub count: Option<u32>,
}

impl Pending {
    /// Nothing was begun.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.count.is_none()
    }

    /// Forgets what was begun.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What was typed, as shown in the corner of the screen.
    pub fn shown(&self) -> String {
        let count = self.count.map_or_else(String::new, |n| n.to_string());
        count + &show(&self.keys)
    }
}

/// What a key came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<A> {
    /// A sequence is complete: do this, so many times (`None`: no count was typed).
    Do(A, Option<u32>),
    /// More keys may follow: see [`Keymap::hints`].
    Pending,
    /// Nothing is bound to it.
    Miss,
}

/// A key that may follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint<A> {
    /// The key.
    pub key: Key,
    /// What it does; `None` where it begins a longer sequence.
    pub action: Option<A>,
}

/// A count cannot grow beyond this.
const MOST: u32 = 99_999;

impl<A: Copy + PartialEq> Keymap<A> {
    /// Binds a sequence. A sequence that is taken, begins a longer one or continues a shorter one is refused and given back.
    pub fn bind(&mut self, scope: &str, keys: &[Key], action: A) -> Result<(), Vec<Key>> {
        let Some((last, front)) = keys.split_last() else { return Err(Vec::new()) };
        let mut level = self.scopes.entry(scope.to_owned()).or_default();
        for (n, key) in front.iter().enumerate() {
            match level.entry(*key).or_insert_with(|| Node::Branch(IndexMap::new())) {
                Node::Branch(next) => level = next,
                Node::Leaf(_) => return Err(keys[..=n].to_vec()),
            }
        }
        match level.entry(*last) {
            Entry::Occupied(_) => Err(keys.to_vec()),
            Entry::Vacant(place) => {
                place.insert(Node::Leaf(action));
                Ok(())
            }
        }
    }

    /// Takes away whatever stands in the way of binding a sequence.
    pub fn unbind(&mut self, scope: &str, keys: &[Key]) {
        let Some(mut level) = self.scopes.get_mut(scope) else { return };
        for (n, key) in keys.iter().enumerate() {
            let last = n + 1 == keys.len();
            if last || matches!(level.get(key), Some(Node::Leaf(_))) {
                level.shift_remove(key);
                return;
            }
            match level.get_mut(key) {
                Some(Node::Branch(next)) => level = next,
                _ => return,
            }
        }
    }

    /// The sequences of some scopes that cannot stand beside these keys: they begin with them, or are their beginning.
    pub fn against(&self, scopes: &[&str], keys: &[Key]) -> Vec<Vec<Key>> {
        let one_begins_the_other = |there: &[Key]| there.starts_with(keys) || keys.starts_with(there);
        let mut out: Vec<Vec<Key>> = Vec::new();
        for binding in self.bindings().filter(|b| scopes.contains(&b.scope.as_str())) {
            if one_begins_the_other(&binding.keys) && !out.contains(&binding.keys) {
                out.push(binding.keys);
            }
        }
        out
    }

    /// A scope has an action at exactly these keys.
    pub fn bound(&self, scope: &str, keys: &[Key]) -> bool {
        matches!(self.find(&[scope], keys), Some(Node::Leaf(_)))
    }

    /// What these keys do in some scopes, the innermost first.
    pub fn action(&self, scopes: &[&str], keys: &[Key]) -> Option<A> {
        let leads = |n: usize| matches!(self.find(scopes, &keys[..n]), Some(Node::Branch(_)));
        match self.find(scopes, keys)? {
            Node::Leaf(action) if (1..keys.len()).all(leads) => Some(*action),
            _ => None,
        }
    }

    /// Whether any keys do this in some scopes.
    pub fn reached(&self, scopes: &[&str], action: A) -> bool {
        self.keys_of(scopes, action).iter().any(|keys| self.action(scopes, keys) == Some(action))
    }

    /// Takes one key. `scopes` are tried in order, the innermost first; the first that knows the sequence decides.
    pub fn step(&self, scopes: &[&str], pending: &mut Pending, key: Key) -> Step<A> {
        // A count that was begun goes on, whatever the digit means at its beginning.
        if pending.keys.is_empty()
            && let Some(digit) = key.digit()
            && (pending.count.is_some() || (digit != 0 && self.find(scopes, &[key]).is_none()))
        {
            pending.count = Some((pending.count.unwrap_or(0) * 10 + digit).min(MOST));
            return Step::Pending;
        }
        pending.keys.push(key);
        match self.find(scopes, &pending.keys) {
            Some(Node::Leaf(action)) => {
                let count = pending.count;
                pending.clear();
                Step::Do(*action, count)
            }
            Some(Node::Branch(_)) => Step::Pending,
            None => {
                pending.clear();
                Step::Miss
            }
        }
    }

    /// Which keys may follow what was typed.
    pub fn hints(&self, scopes: &[&str], pending: &Pending) -> Vec<Hint<A>> {
        let mut out: Vec<Hint<A>> = Vec::new();
        for scope in scopes {
            let Some(level) = self.level(scope, &pending.keys) else { continue };
            for (key, node) in level {
                if out.iter().all(|h| h.key != *key) {
                    let action = if let Node::Leaf(a) = node { Some(*a) } else { None };
                    out.push(Hint { key: *key, action });
                }
            }
        }
        out
    }

    /// The sequences that do something in these scopes, each once, in the order of the file.
    pub fn keys_of(&self, scopes: &[&str], action: A) -> Vec<Vec<Key>> {
        let mut out = Vec::new();
        for level in scopes.iter().filter_map(|scope| self.scopes.get(*scope)) {
            seek(level, action, &mut Vec::new(), &mut out);
        }
        out
    }

    /// All bindings, in the order of the file.
    pub fn bindings(&self) -> impl Iterator<Item = Binding<A>> + '_ {
        self.scopes.iter().flat_map(|(scope, level)| {
            let mut out = Vec::new();
            collect(scope, level, &mut Vec::new(), &mut out);
            out
        })
    }

    fn level(&self, scope: &str, keys: &[Key]) -> Option<&IndexMap<Key, Node<A>>> {
        let mut level = self.scopes.get(scope)?;
        for key in keys {
            match level.get(key)? {
                Node::Branch(next) => level = next,
                Node::Leaf(_) => return None,
            }
        }
        Some(level)
    }

    fn find(&self, scopes: &[&str], keys: &[Key]) -> Option<&Node<A>> {
        let (last, front) = keys.split_last()?;
        scopes.iter().find_map(|scope| self.level(scope, front)?.get(last))
    }
}

/// Adds the sequences below a level that do something; hints ask for them with each frame.
fn seek<A: Copy + PartialEq>(
    level: &IndexMap<Key, Node<A>>,
    action: A,
    path: &mut Vec<Key>,
    out: &mut Vec<Vec<Key>>,
) {
    for (key, node) in level {
        path.push(*key);
        match node {
            Node::Leaf(there) if *there == action && !out.contains(path) => out.push(path.clone()),
            Node::Leaf(_) => {}
            Node::Branch(next) => seek(next, action, path, out),
        }
        path.pop();
    }
}

fn collect<A: Copy>(
    scope: &str,
    level: &IndexMap<Key, Node<A>>,
    path: &mut Vec<Key>,
    out: &mut Vec<Binding<A>>,
) {
    for (key, node) in level {
        path.push(*key);
        match node {
            Node::Leaf(action) => {
                out.push(Binding { scope: scope.to_owned(), keys: path.clone(), action: *action });
            }
            Node::Branch(next) => collect(scope, next, path, out),
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::parse;
    use super::*;

    fn map() -> Keymap<&'static str> {
        let mut map = Keymap::default();
        for (scope, keys, action) in [
            ("list", "j", "down"),
            ("list", "gg", "top"),
            ("list", "x", "mark"),
            ("all", "gr", "related"),
            ("all", "x", "other"),
            ("all", "0", "zero"),
        ] {
            map.bind(scope, &parse(keys).expect(keys), action).expect("no conflict");
        }
        map
    }

    /// All that a run of keys does, `?` for a miss, with the count where one was typed.
    fn typed(keys: &str) -> String {
        let (map, mut pending) = (map(), Pending::default());
        let mut out = Vec::new();
        for key in parse(keys).expect(keys) {
            match map.step(&["list", "all"], &mut pending, key) {
                Step::Do(a, None) => out.push(a.to_owned()),
                Step::Do(a, Some(n)) => out.push(format!("{n}×{a}")),
                Step::Pending => {}
                Step::Miss => out.push("?".to_owned()),
            }
        }
        if !pending.is_empty() {
            out.push(format!("…{}", pending.shown()));
        }
        out.join(" ")
    }

    #[test]
    fn keys_are_walked() {
        for (keys, expect) in [
            ("j", "down"),
            ("jj", "down down"),
            ("3j", "3×down"),
            ("12gg", "12×top"),
            ("10j", "10×down"),
            ("0", "zero"),
            ("gg", "top"),
            ("gr", "related"),
            ("gx", "?"),
            ("gxj", "? down"),
            ("x", "mark"),
            ("g", "…g"),
            ("2g", "…2g"),
            ("999999999j", "99999×down"),
        ] {
            assert_eq!(typed(keys), expect, "{keys}");
        }
    }

    #[test]
    fn hints_come_from_all_scopes() {
        let pending = Pending { keys: parse("g").expect("g"), count: None };
        let hints = map().hints(&["list", "all"], &pending);
        let shown: Vec<_> = hints.iter().map(|h| (h.key.to_string(), h.action)).collect();
        assert_eq!(shown, [("g".to_owned(), Some("top")), ("r".to_owned(), Some("related"))]);
    }

    #[test]
    fn what_is_in_the_way_is_refused_or_taken_away() {
        for (keys, refused) in [("gg", true), ("g", true), ("ggx", true), ("gh", false)] {
            let mut map = map();
            let keys = parse(keys).expect(keys);
            assert_eq!(map.bind("list", &keys, "new").is_err(), refused, "{keys:?}");
            map.unbind("list", &keys);
            assert_eq!(map.bind("list", &keys, "new"), Ok(()), "{keys:?}");
        }
    }
}
