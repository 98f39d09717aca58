//! Clusters of words and names by the company they keep: counts of neighbours in unlabelled text, weighted by positive
//! pointwise mutual information, brought down to a few dimensions by a randomised singular value decomposition (Halko
//! and others 2011), then k-means.
//!
//! Owns: vocabulary, contexts, vectors, clusters. Refuses: labels.

use rustc_hash::FxHashMap;

use super::super::cutter::syllables;
use super::super::document::find_runs;
use super::super::syllable::{Shape, Syllable, finish, step};
use super::super::words::{Words, name_key};
use super::Dice;

/// Dimensions of the vectors.
const DIMENSIONS: usize = 64;

/// Contexts are the most frequent words, to the left and right, one and two away; rarer words count by their shape.
const CONTEXTS: usize = 4000;

/// Occurrences of one word that are looked at.
const ENOUGH: u32 = 8_000;

type Vector = [f32; DIMENSIONS];

/// How large the table gets.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Words with a capital or digit must occur so often inside sentences.
    pub raised: u32,
    /// Small words must occur so often.
    pub small: u32,
    /// Names of several words must occur so often.
    pub names: u32,
    /// Most entries.
    pub most: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { raised: 3, small: 20, names: 3, most: 130_000 }
    }
}

/// Calls `see` with every word and name of a text: key, whether it is a name of several words, first and end token.
fn visit(tokens: &[Syllable], mut see: impl FnMut(u32, Sort, usize, usize)) {
    for (at, token) in tokens.iter().enumerate() {
        if token.shape == Shape::Break || token.loud || (token.first && token.shape.is_raised()) {
            continue;
        }
        let sort = if token.shape.is_raised() { Sort::Raised } else { Sort::Small };
        see(token.exact, sort, at, at + 1);
    }
    for run in find_runs(tokens).filter(|run| run.len() > 1) {
        let name = &tokens[run.clone()];
        if !(name[0].loud || name[0].first) {
            see(name_key(name.iter().map(|t| t.exact)), Sort::Name, run.start, run.end);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Raised,
    Small,
    Name,
}

/// Makes the words file from unlabelled texts. `tell` hears what is being done.
pub fn cluster(texts: &[&str], sizes: &Sizes, mut tell: impl FnMut(&str)) -> Vec<u8> {
    let mut counts: FxHashMap<u32, (u32, Sort)> = FxHashMap::default();
    for text in texts {
        let tokens = syllables(text);
        visit(&tokens, |key, sort, _, _| counts.entry(key).or_insert((0, sort)).0 += 1);
    }
    tell(&format!("{} words and names", counts.len()));
    let vocabulary = Vocabulary::new(&counts, sizes);
    drop(counts);
    tell(&format!("{} are frequent enough", vocabulary.keys.len()));
    let matrix = count(texts, &vocabulary);
    tell(&format!("{} counts", matrix.cells.len()));
    let vectors = reduce(&matrix);
    tell("vectors are ready");
    let (fine, centres) = k_means(&vectors, 256, 12);
    tell("fine clusters are ready");
    let (groups, _) = k_means(&centres, 48, 20);
    let mut coarse = [0; 256];
    for (slot, group) in coarse.iter_mut().zip(&groups) {
        *slot = *group as u8;
    }
    let mut words: Vec<(u32, u8)> = vocabulary.keys.iter().zip(&fine).map(|(&k, &c)| (k, c as u8)).collect();
    Words::write(&coarse, &mut words)
}

struct Vocabulary {
    keys: Vec<u32>,
    ids: FxHashMap<u32, (u32, u32)>,
    contexts: FxHashMap<u32, u32>,
}

impl Vocabulary {
    fn new(counts: &FxHashMap<u32, (u32, Sort)>, sizes: &Sizes) -> Self {
        let enough = |n: u32, sort| match sort {
            Sort::Raised => n >= sizes.raised,
            Sort::Small => n >= sizes.small,
            Sort::Name => n >= sizes.names,
        };
        let mut all: Vec<(u32, u32, Sort)> =
            counts.iter().filter(|(_, (n, s))| enough(*n, *s)).map(|(&k, &(n, s))| (n, k, s)).collect();
        all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let single = all.iter().filter(|w| w.2 != Sort::Name);
        let contexts = single.take(CONTEXTS).enumerate().map(|(id, w)| (w.1, id as u32 + 32)).collect();
        all.truncate(sizes.most);
        let ids = all.iter().enumerate().map(|(id, w)| (w.1, (id as u32, w.0))).collect();
        Self { keys: all.iter().map(|w| w.1).collect(), ids, contexts }
    }

    fn context(&self, token: &Syllable) -> u32 {
        let shape = token.shape as u32;
        self.contexts.get(&token.exact).copied().unwrap_or(shape)
    }
}

struct Matrix {
    rows: usize,
    columns: usize,
    /// Row, column, weight.
    cells: Vec<(u32, u32, f32)>,
}

fn count(texts: &[&str], vocabulary: &Vocabulary) -> Matrix {
    let width = CONTEXTS as u32 + 32;
    let mut cells: FxHashMap<u64, f32> = FxHashMap::default();
    let mut looked = vec![0u32; vocabulary.keys.len()];
    for (n, text) in texts.iter().enumerate() {
        let tokens = syllables(text);
        visit(&tokens, |key, _, from, to| {
            let Some(&(id, total)) = vocabulary.ids.get(&key) else { return };
            let dice = finish(step(step(n as u64 | 1 << 40, key), from as u32));
            if total > ENOUGH && u64::from(dice) * u64::from(total) > u64::from(ENOUGH) << 32 {
                return;
            }
            looked[id as usize] += 1;
            let near = [(0, from.checked_sub(1)), (1, Some(to)), (2, from.checked_sub(2)), (3, Some(to + 1))];
            for (place, at) in near {
                let Some(token) = at.and_then(|at| tokens.get(at)) else { continue };
                let column = place * width + vocabulary.context(token);
                *cells.entry(u64::from(id) << 32 | u64::from(column)).or_default() += 1.0;
            }
        });
    }
    let mut cells: Vec<(u32, u32, f32)> =
        cells.into_iter().map(|(k, v)| ((k >> 32) as u32, k as u32, v)).collect();
    cells.sort_unstable_by_key(|c| (c.0, c.1));
    let mut matrix = Matrix { rows: looked.len(), columns: 4 * width as usize, cells };
    weigh(&mut matrix);
    matrix
}

/// Positive pointwise mutual information; contexts smoothed by the power 0.75.
fn weigh(matrix: &mut Matrix) {
    let mut rows = vec![0.0f32; matrix.rows];
    let mut columns = vec![0.0f32; matrix.columns];
    for &(r, c, n) in &matrix.cells {
        rows[r as usize] += n;
        columns[c as usize] += n;
    }
    let smooth: f32 = columns.iter().map(|n| n.powf(0.75)).sum();
    for (r, c, n) in &mut matrix.cells {
        let chance = columns[*c as usize].powf(0.75) / smooth;
        *n = (*n / rows[*r as usize] / chance).ln().max(0.0);
    }
    matrix.cells.retain(|c| c.2 > 0.0);
}

/// Row vectors in the space of the strongest directions.
fn reduce(matrix: &Matrix) -> Vec<Vector> {
    let mut dice = Dice(7);
    let mut right: Vec<Vector> = (0..matrix.columns)
        .map(|_| std::array::from_fn(|_| if dice.roll() & 1 == 0 { 1.0 } else { -1.0 }))
        .collect();
    let mut left = multiply(matrix, &right, false);
    for _ in 0..3 {
        orthonormalise(&mut left);
        right = multiply(matrix, &left, true);
        orthonormalise(&mut right);
        left = multiply(matrix, &right, false);
    }
    for vector in &mut left {
        let length = vector.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-9);
        *vector = vector.map(|v| v / length);
    }
    left
}

fn multiply(matrix: &Matrix, by: &[Vector], turned: bool) -> Vec<Vector> {
    let rows = if turned { matrix.columns } else { matrix.rows };
    let mut out = vec![[0.0; DIMENSIONS]; rows];
    for &(r, c, w) in &matrix.cells {
        let (to, from) = if turned { (c, r) } else { (r, c) };
        for (o, v) in out[to as usize].iter_mut().zip(&by[from as usize]) {
            *o += w * v;
        }
    }
    out
}

/// Gram-Schmidt over the dimensions.
fn orthonormalise(vectors: &mut [Vector]) {
    for d in 0..DIMENSIONS {
        let mut dots = [0.0f64; DIMENSIONS];
        for v in vectors.iter() {
            for (dot, e) in dots[..d].iter_mut().zip(v) {
                *dot += f64::from(*e) * f64::from(v[d]);
            }
        }
        let mut length = 0.0f64;
        for v in vectors.iter_mut() {
            let off: f64 = dots[..d].iter().zip(v.iter()).map(|(dot, e)| dot * f64::from(*e)).sum();
            v[d] -= off as f32;
            length += f64::from(v[d]) * f64::from(v[d]);
        }
        let scale = (1.0 / length.sqrt().max(1e-9)) as f32;
        for v in vectors.iter_mut() {
            v[d] *= scale;
        }
    }
}

/// k-means with spread-out first centres; the group of each vector, and the centres.
fn k_means(vectors: &[Vector], k: usize, rounds: usize) -> (Vec<usize>, Vec<Vector>) {
    let mut dice = Dice(11);
    let mut centres: Vec<Vector> =
        (0..k).map(|_| vectors[dice.roll() as usize % vectors.len().max(1)]).collect();
    let mut groups = vec![0; vectors.len()];
    for _ in 0..rounds {
        let half: Vec<f32> = centres.iter().map(|c| c.iter().map(|v| v * v).sum::<f32>() / 2.0).collect();
        for (group, vector) in groups.iter_mut().zip(vectors) {
            *group = nearest(vector, &centres, &half);
        }
        let mut sums = vec![[0.0f32; DIMENSIONS]; k];
        let mut sizes = vec![0usize; k];
        for (&group, vector) in groups.iter().zip(vectors) {
            sizes[group] += 1;
            for (s, v) in sums[group].iter_mut().zip(vector) {
                *s += v;
            }
        }
        for ((centre, sum), &size) in centres.iter_mut().zip(&sums).zip(&sizes) {
            if size == 0 {
                *centre = vectors[dice.roll() as usize % vectors.len()];
            } else {
                *centre = sum.map(|s| s / size as f32);
            }
        }
    }
    (groups, centres)
}

fn nearest(vector: &Vector, centres: &[Vector], half: &[f32]) -> usize {
    let mut best = (f32::MIN, 0);
    for (n, (centre, half)) in centres.iter().zip(half).enumerate() {
        let mut parts = [0.0f32; 8];
        for (a, b) in vector.chunks_exact(8).zip(centre.chunks_exact(8)) {
            for (p, (x, y)) in parts.iter_mut().zip(a.iter().zip(b)) {
                *p += x * y;
            }
        }
        let score = parts.iter().sum::<f32>() - half;
        if score > best.0 {
            best = (score, n);
        }
    }
    best.1
}
