//! Joining the names of a snapshot, anew whenever articles or the reader's decisions changed.
//!
//! Owns: everything that depends on which names are one: entities and the index of names; [`Named`], what joining needs of a text.
//! Reasons follow by themselves: shared names are looked up when they are told.
//! Refuses: to relate anew. Tests: `tests/it/repairs.rs`; of the gist at the foot.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::drawer::Drawer;
use super::index::NameIndex;
use super::roster;
use super::snapshot::{ArticleIx, Entry, Snapshot};
use super::spool::Spool;
use crate::article::Plain;
use crate::entity::{GAP, Joiner, Local, Names, Repairs, local};

/// Articles whose own parts are made at once, on all threads: they are large and needed only until they are joined.
const AT_ONCE: usize = 1024;

/// Bytes of texts that stay in memory: they are read but once or twice.
const IN_MEMORY: usize = 2 << 20;

/// One article with its names, and what they are among themselves.
type Own = (Arc<Plain>, Arc<Names>, Local);

fn own(plain: &Arc<Plain>, names: &Arc<Names>) -> Own {
    (Arc::clone(plain), Arc::clone(names), local(plain, names))
}

/// The gist of texts with their names, kept while names are looked for: the shelf holds them as well, but whole articles, packed.
#[derive(Debug)]
pub struct Named(Spool);

impl Named {
    /// None yet; where they are many, they lie in this folder.
    pub fn within(folder: Option<&Path>) -> Self {
        Self(Spool::within(folder).with_most(IN_MEMORY))
    }

    /// What joining needs of a text, with its names, as bytes.
    pub fn pack(plain: &Plain, names: &Names) -> Vec<u8> {
        // What cannot be packed is looked for on the shelf.
        postcard::to_stdvec(&gist(plain, names)).unwrap_or_default()
    }

    /// Keeps what was packed of an article.
    pub fn put(&mut self, article: ArticleIx, packed: &[u8]) {
        self.0.put(article.0 as usize, packed);
    }

    fn own(&self, article: ArticleIx) -> Option<Own> {
        let read = |bytes: &[u8]| postcard::from_bytes::<(String, Names)>(bytes).ok();
        let (text, names) = self.0.with(article.0 as usize, read)?;
        Some(own(&Arc::new(Plain { text, parts: Vec::new() }), &Arc::new(names)))
    }
}

/// A text of nothing but names and the short stretches between them, and the names as they stand there: that is all that joining looks
/// at, and it is a quarter of the text.
fn gist(plain: &Plain, names: &Names) -> (String, Names) {
    let mut text = String::with_capacity(plain.text.len() / 3);
    let mut mentions = names.mentions.clone();
    let mut last = 0;
    for mention in &mut mentions {
        let (start, end) = (mention.start as usize, mention.end as usize);
        push_gap(&mut text, plain.text.get(last..start).unwrap_or_default());
        mention.start = text.len() as u32;
        text.push_str(plain.text.get(start..end).unwrap_or_default());
        mention.end = text.len() as u32;
        last = end;
    }
    push_gap(&mut text, plain.text.get(last..).unwrap_or_default());
    (text, Names { mentions })
}

/// Of a long stretch between names only the first sign stays: no rule reads on, and none takes the rest for a bracket or a dash.
fn push_gap(text: &mut String, gap: &str) {
    if gap.len() <= GAP {
        return text.push_str(gap);
    }
    text.extend(gap.chars().next());
    text.push_str("…\n");
}

impl Snapshot {
    /// Joins the names of all articles, the reader's decisions last.
    pub fn rejoin(&mut self, repairs: Arc<Repairs>) {
        self.rejoin_with(repairs, &Named::within(None), &|_| true, None);
    }

    /// The same, with texts that are at hand; names of articles that are not `ready` are not looked for. What is large is put away in a
    /// folder.
    pub fn rejoin_with(
        &mut self,
        repairs: Arc<Repairs>,
        named: &Named,
        ready: &(dyn Fn(ArticleIx) -> bool + Sync),
        folder: Option<&Path>,
    ) {
        let mut joiner = Joiner::default();
        let all: Vec<ArticleIx> = (0..self.entries.len() as u32).map(ArticleIx).collect();
        for part in all.chunks(AT_ONCE) {
            for own in self.own(part, named, ready) {
                match own {
                    Some((plain, names, local)) => joiner.add(&plain, &names, &local),
                    None => joiner.skip(),
                }
            }
        }
        let entities = joiner.finish(&repairs);
        let (articles, mut drawer) = (self.entries.len(), Drawer::within(folder));
        let names = NameIndex::build(&entities, articles).away(&mut drawer);
        Arc::make_mut(&mut self.index).names = Arc::new(names);
        self.entities = Arc::new(roster::put_away(entities, articles, &mut drawer));
        self.repairs = repairs;
    }

    /// What some articles in a row are by themselves; nothing of those that are not read, or have no names yet.
    fn own(
        &self,
        articles: &[ArticleIx],
        named: &Named,
        ready: &(dyn Fn(ArticleIx) -> bool + Sync),
    ) -> Vec<Option<Own>> {
        let is_read = |ix: ArticleIx| self.entry(ix).is_some_and(Entry::is_read);
        let at_hand = |ix: &ArticleIx| named.own(*ix).filter(|_| is_read(*ix));
        let mut found: Vec<Option<Own>> = articles.par_iter().map(at_hand).collect();
        let missing = articles.iter().zip(&found).filter(|(ix, found)| found.is_none() && ready(**ix));
        let missing: Vec<ArticleIx> = missing.map(|(ix, _)| *ix).collect();
        let on_shelf = self.each(&missing, |_, read| Some(own(&read.plain, read.names.as_ref()?)));
        let first = articles.first().map_or(0, |ix| ix.0);
        for (ix, own) in missing.into_iter().zip(on_shelf) {
            found[(ix.0 - first) as usize] = own.flatten();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Format, parse};
    use crate::entity::Recogniser;

    #[test]
    fn the_gist_of_a_text_gives_the_same_names() {
        let recogniser = Recogniser::load();
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")).expect("seeds");
        let more = [
            "Hãng thông tấn Trung ương Triều Tiên (KCNA) đưa tin, Nga - Triều ký kết. Nga, sau nhiều năm dài không gặp gỡ và không bàn bạc, - Triều.",
            "Quỹ Nước Sạch Làng Xa (sau khi được thành lập và trải qua nhiều lần đổi tên, gọi là QNSX) và QNSX.",
            "Ông Trần Quang Vinh (ảnh), ông Vinh",
            "Bộ Ngoại giao Mỹ sau nhiều tuần lặng im và sau bao nhiêu lần bị gặng hỏi đã đề nghị Quốc hội họp.",
            "Bộ Ngoại giao Mỹ đã đề nghị Quốc hội họp.",
        ];
        let seeds = folder.map(|file| std::fs::read(file.expect("a file").path()).expect("bytes"));
        for bytes in seeds.chain(more.map(|text| text.as_bytes().to_vec())) {
            let plain = Plain::of(&parse(&bytes, Format::Dump));
            let names = recogniser.names(&plain);
            let (text, placed) = gist(&plain, &names);
            let short = Plain { text, parts: Vec::new() };
            assert_eq!(format!("{:?}", local(&short, &placed)), format!("{:?}", local(&plain, &names)));
            assert!(short.text.len() < plain.text.len() || plain.text.len() < 200, "{}", short.text);
        }
    }
}
