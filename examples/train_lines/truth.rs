//! Which zone each line of a labelled dump is in, from the text that its body has; and new pages composed of parts of labelled ones.

use std::collections::{HashMap, HashSet};

use diembao::article::tuning::feature_lines;

/// A labelled dump.
pub struct Dump {
    pub text: String,
    pub body: String,
    pub zones: Vec<u8>,
    /// First physical line of each logical line, from 1.
    pub lines: Vec<u32>,
    pub features: Vec<Vec<u16>>,
}

const BEFORE: u8 = 0;
const BODY: u8 = 1;
const GAP: u8 = 2;
const AFTER: u8 = 3;
/// One paragraph in so many has a box put before it.
const OFTEN: usize = 4;

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

impl Dump {
    /// Labels a dump by its body's text; `None` when nothing of it is there.
    pub fn new(text: String, body: String) -> Option<Self> {
        let lines = feature_lines(&text);
        let texts: Vec<&str> = lines.iter().map(|l| l.text.as_str()).collect();
        let zones = zones(&texts, &body)?;
        let (lines, features) = lines.into_iter().map(|l| (l.line, l.features)).unzip();
        Some(Self { text, body, zones, lines, features })
    }

    /// Lines of the text from the first of a zone on, or up to it.
    fn part(&self, from: Option<u8>, to: Option<u8>) -> String {
        let physical: Vec<&str> = self.text.split('\n').collect();
        let at = |zone: u8| {
            let n = self.zones.iter().position(|z| *z == zone);
            n.map_or(physical.len(), |n| self.lines[n] as usize - 1)
        };
        let (from, to) = (from.map_or(0, at), to.map_or(physical.len(), at));
        physical[from.min(to)..to].join("\n")
    }
}

/// A page of one dump's top, another's text and a third's end, and its zones. `boxes` are put between the paragraphs of the text; `seed`
/// says where.
pub fn compose(
    top: &Dump,
    middle: &Dump,
    end: &Dump,
    boxes: &[&str],
    seed: usize,
) -> (Vec<Vec<u16>>, Vec<u8>) {
    let offset = middle.zones.iter().position(|z| *z == BODY).map_or(0, |n| middle.lines[n] - 1);
    let mut inner: HashMap<u32, u8> = HashMap::new();
    let zones: HashMap<u32, u8> = middle
        .lines
        .iter()
        .zip(&middle.zones)
        .map(|(line, zone)| (line.wrapping_sub(offset), *zone))
        .collect();
    let mut text: Vec<String> = Vec::new();
    let (mut dice, mut paragraphs) = (seed, 0);
    for (n, line) in (1..).zip(middle.part(Some(BODY), Some(AFTER)).split('\n')) {
        if let Some(zone) = zones.get(&n) {
            if *zone == BODY {
                paragraphs += 1;
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                // After blank lines only: a paragraph of several lines is not torn.
                let blank = text.last().is_some_and(|l| l.trim().is_empty());
                if paragraphs > 1 && blank && !boxes.is_empty() && (dice >> 33) % OFTEN == 0 {
                    for inserted in boxes[(dice >> 40) % boxes.len()].split('\n') {
                        text.push(inserted.to_owned());
                        inner.insert(text.len() as u32, GAP);
                        text.push(String::new());
                    }
                }
            }
            inner.insert(text.len() as u32 + 1, *zone);
        }
        text.push(line.to_owned());
    }
    let parts = [top.part(None, Some(BODY)), text.join("\n"), end.part(Some(AFTER), None)];
    let starts = [0, lines_of(&parts[0]), lines_of(&parts[0]) + lines_of(&parts[1])];
    let lines = feature_lines(&parts.join("\n"));
    let zones = lines
        .iter()
        .map(|l| match l.line {
            n if n <= starts[1] => BEFORE,
            n if n > starts[2] => AFTER,
            n => inner.get(&(n - starts[1])).copied().filter(|z| matches!(*z, BODY | GAP)).unwrap_or(BODY),
        })
        .collect();
    (lines.into_iter().map(|l| l.features).collect(), tidy(zones))
}

fn lines_of(part: &str) -> u32 {
    part.split('\n').count() as u32
}

/// Takes away what the chain cannot say: gaps that no text follows.
fn tidy(mut zones: Vec<u8>) -> Vec<u8> {
    let mut after = true;
    for zone in zones.iter_mut().rev() {
        match *zone {
            BODY => after = false,
            GAP if after => *zone = AFTER,
            _ => {}
        }
    }
    zones
}

/// Words in a row that prove a line to be of the body.
const RUN: usize = 4;
/// Share of a line's runs that must stand in the body.
const SHARE: f64 = 0.6;

fn zones(lines: &[&str], body: &str) -> Option<Vec<u8>> {
    let all = words(body);
    let runs: HashSet<&[String]> = all.windows(RUN).collect();
    let whole: HashSet<String> = body.split('\n').map(|p| words(p).concat()).collect();
    let split: Vec<Vec<String>> = lines.iter().map(|l| words(l)).collect();
    let sure: Vec<bool> = split
        .iter()
        .map(|w| {
            let (count, found) =
                (w.len().saturating_sub(RUN - 1), w.windows(RUN).filter(|r| runs.contains(r)).count());
            count > 0 && found as f64 >= SHARE * count as f64
        })
        .collect();
    let sure = without_quoted(&split, sure);
    let middle = middle(&split, &sure)?;
    let keep = |n: usize| {
        // Of lines that stand there twice the one nearest to the middle of the text is meant.
        let twins = (0..split.len()).filter(|m| sure[*m] && split[*m] == split[n]);
        twins.min_by_key(|m| m.abs_diff(middle)) == Some(n)
    };
    let mut body_lines: Vec<bool> = (0..lines.len()).map(|n| sure[n] && keep(n)).collect();
    let first = body_lines.iter().position(|b| *b)?;
    let last = body_lines.iter().rposition(|b| *b)?;
    for n in first..=last {
        body_lines[n] |= !split[n].is_empty() && whole.contains(&split[n].concat());
    }
    let zone = |n: usize| match n {
        n if body_lines[n] => BODY,
        n if n < first => BEFORE,
        n if n > last => AFTER,
        _ => GAP,
    };
    Some((0..lines.len()).map(zone).collect())
}

/// A headline or a teaser made of words of the text is in the text's words, but not of it: they come again in a longer line.
fn without_quoted(split: &[Vec<String>], mut sure: Vec<bool>) -> Vec<bool> {
    let lines: Vec<(usize, String)> =
        (0..split.len()).filter(|n| sure[*n]).map(|n| (n, format!(" {} ", split[n].join(" ")))).collect();
    for (n, line) in &lines {
        sure[*n] =
            !lines.iter().any(|(m, longer)| m != n && longer.len() > line.len() && longer.contains(line));
    }
    sure
}

/// The line in the middle of the text: half of the words that are surely of it stand before.
fn middle(split: &[Vec<String>], sure: &[bool]) -> Option<usize> {
    let words = |n: usize| if sure[n] { split[n].len() } else { 0 };
    let all: usize = (0..split.len()).map(words).sum();
    let mut sum = 0;
    (0..split.len()).find(|n| {
        sum += words(*n);
        sum * 2 >= all && all > 0
    })
}
