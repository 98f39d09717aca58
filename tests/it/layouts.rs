//! Made-up pages in the layouts of big sites, none of which the weights were estimated on: what each line is stands before it.
//!
//! `layouts/*.txt`: `T` title, `B` paragraph, `H` subheading, `C` caption, `.` furniture, `~` either way (a summary; text that is still lost
//! behind a box); `# authors:` and `# published:` on
//! top. Each is read as it stands and wrapped at 80 columns.

use std::fs;
use std::path::Path;

use diembao::article::{Article, Block, BlockKind, Dated, Format, parse};

struct Layout {
    name: String,
    authors: Vec<String>,
    published: String,
    lines: Vec<(char, String)>,
}

fn layouts() -> Vec<Layout> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/layouts");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("layouts").map(|e| e.expect("entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| layout(&fs::read_to_string(path).expect("readable"), path)).collect()
}

fn layout(text: &str, path: &Path) -> Layout {
    let said = |key: &str| text.lines().find_map(|l| l.strip_prefix(key)).unwrap_or_default().trim();
    let lines = text.lines().filter(|l| !l.starts_with('#')).map(|line| {
        let mut letters = line.chars();
        let role = letters.next().expect("a role");
        (role, letters.as_str().strip_prefix(' ').unwrap_or_default().to_owned())
    });
    Layout {
        name: path.file_stem().expect("name").to_string_lossy().into_owned(),
        authors: said("# authors:").split(", ").filter(|a| !a.is_empty()).map(str::to_owned).collect(),
        published: said("# published:").to_owned(),
        lines: lines.collect(),
    }
}

/// What is wrong with a layout as it is read, once as it stands and once wrapped.
fn faults(layout: &Layout) -> Vec<String> {
    let plain: Vec<&str> = layout.lines.iter().map(|(_, l)| l.as_str()).collect();
    let greedy = textwrap::Options::new(80).wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let wrapped: Vec<String> = plain.iter().map(|l| textwrap::fill(l, &greedy)).collect();
    let mut out = Vec::new();
    for (style, text) in [("plain", plain.join("\n")), ("wrapped", wrapped.join("\n"))] {
        let article = parse(text.as_bytes(), Format::Dump);
        out.extend(compare(layout, &article).into_iter().map(|f| format!("{} {style}: {f}", layout.name)));
    }
    out
}

fn compare(layout: &Layout, article: &Article) -> Vec<String> {
    let of = |roles: &str| -> Vec<String> {
        layout.lines.iter().filter(|(r, _)| roles.contains(*r)).map(|(_, l)| bare(l)).collect()
    };
    let mut out = Vec::new();
    let title = article.title.as_deref().map(bare).unwrap_or_default();
    if of("T") != [title.clone()] {
        out.push(format!("title {title}"));
    }
    if article.authors != layout.authors {
        out.push(format!("authors {:?}", article.authors));
    }
    let published = article.published.as_ref().map(Dated::iso).unwrap_or_default();
    if !published.starts_with(&layout.published) {
        out.push(format!("published {published}"));
    }
    let shown = |kinds: &[BlockKind]| {
        let blocks = article.blocks.iter().filter(|b| kinds.contains(&b.kind));
        // Each item of a list has a line of its own.
        let lines = |b: &Block| match b.kind {
            BlockKind::List => b.text.lines().map(bare).collect(),
            _ => vec![bare(&b.text)],
        };
        blocks.flat_map(lines).collect::<Vec<String>>()
    };
    let mut body: Vec<String> = article.lead.iter().map(|l| bare(l)).collect();
    body.extend(shown(&[
        BlockKind::Paragraph,
        BlockKind::Quote,
        BlockKind::List,
        BlockKind::Heading,
        BlockKind::Table,
    ]));
    // The tag of an outlet before the first paragraph says where it comes from, and leaves the text.
    let untagged = |l: String| match l.split_once(" - ") {
        Some((tag, rest)) if ["VOV.VN", "TTO"].contains(&tag) => rest.to_owned(),
        _ => l,
    };
    let truth: Vec<String> = of("BH").into_iter().map(untagged).collect();
    let either = of("~");
    out.extend(truth.iter().filter(|l| !body.contains(l)).map(|l| format!("lost: {l}")));
    out.extend(
        body.iter().filter(|l| !truth.contains(l) && !either.contains(l)).map(|l| format!("shown: {l}")),
    );
    let headings = shown(&[BlockKind::Heading]);
    out.extend(of("H").iter().filter(|h| !headings.contains(h)).map(|h| format!("no subheading: {h}")));
    out
}

fn bare(text: &str) -> String {
    let text = text.trim_start();
    text.strip_prefix("* ").unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn pages_in_layouts_never_seen() {
    let faults: Vec<String> = layouts().iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
