//! Hints from names learnt on unlabelled text: what an earlier model said of a name over many articles.
//!
//! Owns: the codes of the file `assets/names.known` (in the format of [`super::words`]) and matching it over tokens.
//! Refuses: making the file (the trainer does). Tests: at the foot of this file.

use super::syllable::{Shape, Syllable, growing};
use super::words::{Cluster, Words};

/// Longest name looked up, in tokens.
const LONGEST: usize = 9;

/// What is known of one token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    /// Code of the longest known name that covers the token; 0 for none.
    pub name: u32,
    /// Kind of that name: 1 to 4, 5 for no name; 0 for none.
    pub kind: u32,
    /// Place in that name: 1 first, 2 inner, 3 last, 4 only.
    pub at: u32,
}

impl Hint {
    /// Kind and place as one number of six bits.
    pub fn kind_at(self) -> u32 {
        self.kind << 3 | self.at
    }
}

/// The names learnt.
#[derive(Debug)]
pub(crate) struct Known(pub Words);

/// Code of a name: how often it was each kind, and how often none.
#[cfg(any(test, feature = "train"))]
pub(crate) fn name_code(counts: &[u32; 5]) -> u8 {
    let (top, level, often) = digest(counts);
    1 + top * 6 + level * 2 + often
}

/// The most frequent one, how sure it is (0 to 2), whether there are many (0 or 1).
#[cfg(any(test, feature = "train"))]
fn digest(counts: &[u32]) -> (u8, u8, u8) {
    let total: u32 = counts.iter().sum();
    let top = (0..counts.len()).max_by_key(|&n| (counts[n], counts.len() - n)).unwrap_or(0);
    let share = counts[top] * 100 / total.max(1);
    (top as u8, if share >= 95 { 2 } else { u8::from(share >= 75) }, u8::from(total >= 20))
}

impl Known {
    /// The group of each code: the kind of name.
    #[cfg(any(test, feature = "train"))]
    pub fn groups() -> [u8; 256] {
        std::array::from_fn(|code| (code as u8).saturating_sub(1) / 6)
    }

    /// The end and the code of the longest name that is known from a token on.
    fn longest(&self, tokens: &[Syllable], start: usize) -> Option<(usize, Cluster)> {
        let line = tokens[start..].iter().take(LONGEST).take_while(|t| t.shape != Shape::Break);
        let keys = growing(line.map(|t| t.exact)).zip(start + 1..);
        let known = keys.map(|(key, end)| (end, self.0.cluster(key))).filter(|(_, code)| code.fine != 0);
        known.last()
    }

    /// Hints for each token: longest known name first, from the left.
    pub fn hints(&self, tokens: &[Syllable]) -> Vec<Hint> {
        let mut out = vec![Hint::default(); tokens.len()];
        let mut free = 0;
        for start in 0..tokens.len() {
            if !tokens[start].shape.is_raised() || start < free {
                continue;
            }
            let Some((end, code)) = self.longest(tokens, start) else { continue };
            let last = end - 1;
            for (at, hint) in out.iter_mut().enumerate().take(end).skip(start) {
                hint.name = code.fine;
                hint.kind = code.coarse;
                hint.at = match (at == start, at == last) {
                    (true, true) => 4,
                    (true, false) => 1,
                    (false, true) => 3,
                    (false, false) => 2,
                };
            }
            free = end;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::cutter::syllables;
    use super::super::words::name_key;
    use super::*;

    #[test]
    fn longest_known_name_wins() {
        let tokens = syllables("Bến Lam Giang");
        let name = &tokens[3..5];
        let key = name_key(name.iter().map(|t| t.exact));
        let mut table = vec![(key, name_code(&[0, 30, 0, 0, 0]))];
        let known = Known(Words::read(&Words::write(&Known::groups(), &mut table)).unwrap());
        let hints = known.hints(&tokens);
        assert_eq!((hints[3].kind, hints[3].at, hints[4].at), (2, 1, 3));
        assert_eq!(hints[2], Hint::default());
    }
}
