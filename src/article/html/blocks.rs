//! The content of a page as blocks.
//!
//! Owns: which tags are paragraphs, headings, quotes, lists, tables, captions and pictures. Refuses: to find the content.
//! Tests: at the foot.

use dom_query::{Document, NodeRef};

use super::Found;
use super::page::{Tag, WORDS, called, lead, push_words, says};
use crate::article::cues::{CueRole, cues};
use crate::article::json::words;
use crate::article::model::{Block, BlockKind, NESTED, Stress, StressKind, code, is_numbered, stress_within};

/// Letters of a caption: what stands under a picture and has more is text.
const A_CAPTION: usize = 400;

/// The blocks of a piece of a page, each with the address of its picture.
pub(super) fn read(doc: &Document) -> Found {
    let mut walk = Walk::default();
    walk.children(&doc.root());
    walk.end(BlockKind::Paragraph);
    walk.leave_picture();
    walk.out
}

#[derive(Default)]
struct Walk {
    out: Found,
    line: String,
    /// Words of the line that are set off.
    stress: Vec<Stress>,
    /// A picture that waits for its caption: alternative text and address.
    picture: Option<(String, String)>,
}

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>) {
        for child in node.children_it(false) {
            self.node(&child);
        }
    }

    fn node(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            push_words(&mut self.line, &node.text());
            return;
        }
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "img" | "picture" | "amp-img" => {
                self.end(BlockKind::Paragraph);
                self.leave_picture();
                self.picture = picture(node);
            }
            "figure" => self.figure(node),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.whole(node, BlockKind::Heading),
            "figcaption" => self.whole(node, BlockKind::Caption),
            "blockquote" => self.quote(node),
            "ul" | "ol" | "dl" => self.list(node),
            "pre" => {
                self.end(BlockKind::Paragraph);
                self.leave_picture();
                self.push(BlockKind::Code, code(&node.text().replace('\r', "")), None);
            }
            "table" => self.table(node),
            name => match Tag::of(name) {
                Tag::Hidden => {}
                Tag::Inline => self.inline(node, name),
                Tag::Break => self.line.push(' '),
                Tag::Block if is_box(node) => {}
                Tag::Block => {
                    self.end(BlockKind::Paragraph);
                    self.children(node);
                    let caption = says(&called(node), &WORDS.caption);
                    self.end(if caption { BlockKind::Caption } else { BlockKind::Paragraph });
                }
            },
        }
    }

    /// Part of a line, perhaps set off.
    fn inline(&mut self, node: &NodeRef<'_>, name: &str) {
        let (start, before) = (self.line.len(), self.out.len());
        self.children(node);
        // Where lines ended within it, it sets off no words of one.
        if let Some(kind) = set_off(name).filter(|_| self.out.len() == before && self.line.len() > start) {
            self.stress.push(Stress { kind, range: start..self.line.len(), to: lead(node) });
        }
    }

    /// All of a tag as one block.
    fn whole(&mut self, node: &NodeRef<'_>, kind: BlockKind) {
        self.end(BlockKind::Paragraph);
        self.children(node);
        self.end(kind);
    }

    /// The line so far is a block.
    fn end(&mut self, kind: BlockKind) {
        let (line, stress) = (std::mem::take(&mut self.line), std::mem::take(&mut self.stress));
        let text = line.trim();
        if text.is_empty() {
            return;
        }
        let stress = stress_within(stress, line.len() - line.trim_start().len(), text);
        let mut kind = kind;
        if self.picture.is_some() && kind == BlockKind::Paragraph && is_credit(text) {
            kind = BlockKind::Caption;
        }
        let picture = if kind == BlockKind::Caption && text.chars().count() <= A_CAPTION {
            self.picture.take().map(|(_, address)| address)
        } else {
            self.leave_picture();
            None
        };
        self.push_with(kind, text.to_owned(), stress, picture);
    }

    fn push(&mut self, kind: BlockKind, text: String, picture: Option<String>) {
        self.push_with(kind, text, Vec::new(), picture);
    }

    fn push_with(&mut self, kind: BlockKind, text: String, stress: Vec<Stress>, picture: Option<String>) {
        let line = self.out.len() as u32 + 1;
        if !text.is_empty() {
            self.out.push((Block { kind, text, line, inferred: false, stress }, picture));
        }
    }

    /// A picture without caption.
    fn leave_picture(&mut self) {
        if let Some((alt, address)) = self.picture.take() {
            let text = if alt.is_empty() { told_by(&address).to_owned() } else { alt };
            self.push(BlockKind::Image, text, Some(address));
        }
    }

    /// A picture and what is said of it.
    fn figure(&mut self, node: &NodeRef<'_>) {
        self.end(BlockKind::Paragraph);
        self.leave_picture();
        if let Some(image) = node.descendants_it().find(|n| n.has_name("img")) {
            self.picture = picture(&image);
        }
        let mut inside = Self::default();
        inside.children(node);
        inside.end(BlockKind::Caption);
        let said = inside.out.into_iter().filter(|(b, _)| b.kind != BlockKind::Image);
        let said = Words::joined(said.map(|(b, _)| Words { text: b.text, stress: b.stress }), " ");
        (self.line, self.stress) = (said.text, said.stress);
        self.end(BlockKind::Caption);
        self.leave_picture();
    }

    fn quote(&mut self, node: &NodeRef<'_>) {
        self.end(BlockKind::Paragraph);
        self.leave_picture();
        let mut inside = Self::default();
        inside.children(node);
        inside.end(BlockKind::Paragraph);
        inside.leave_picture();
        for (mut block, picture) in inside.out {
            if block.kind == BlockKind::Paragraph {
                block.kind = BlockKind::Quote;
            }
            self.push_with(block.kind, block.text, block.stress, picture);
        }
    }

    fn list(&mut self, node: &NodeRef<'_>) {
        self.end(BlockKind::Paragraph);
        let (mut items, mut links) = (Vec::new(), 0);
        for item in node.descendants_it().filter(|n| n.has_name("li") || n.has_name("dt") || n.has_name("dd"))
        {
            let words = own_text(&item);
            links += usize::from(linked(&item) * 2 > words.text.len());
            if !words.text.is_empty() {
                let around = item.ancestors_it(None).take_while(|n| n.id != node.id);
                let depth = around.filter(|n| LISTS.iter().any(|list| n.has_name(list))).count();
                items.push(numbered(&item, words).behind(&NESTED.repeat(depth)));
            }
        }
        // A list of links leads to other articles.
        if links * 2 <= items.len() {
            self.leave_picture();
            let Words { text, stress } = Words::joined(items, "\n");
            self.push_with(BlockKind::List, text, stress, None);
        }
    }

    /// A table of one column, or with a picture, only lays something out.
    fn table(&mut self, node: &NodeRef<'_>) {
        self.end(BlockKind::Paragraph);
        let rows: Vec<Vec<Words>> =
            node.descendants_it().filter(|n| n.has_name("tr")).map(|r| cells(&r)).collect();
        let one_column = rows.iter().all(|r| r.len() <= 1);
        if node.descendants_it().any(|n| n.has_name("img")) {
            self.figure(node);
        } else if one_column {
            let mut inside = Self::default();
            for row in node.descendants_it().filter(|n| n.has_name("td") || n.has_name("th")) {
                inside.children(&row);
                inside.end(BlockKind::Paragraph);
            }
            for (block, picture) in inside.out {
                self.push_with(block.kind, block.text, block.stress, picture);
            }
        } else {
            self.leave_picture();
            let told = rows.into_iter().filter(|r| r.iter().any(|c| !c.text.is_empty()));
            let Words { text, stress } = Words::joined(told.map(|r| Words::joined(r, "\t")), "\n");
            self.push_with(BlockKind::Table, text, stress, None);
        }
    }
}

/// How a tag sets words off.
pub(super) fn set_off(name: &str) -> Option<StressKind> {
    match name {
        "b" | "strong" => Some(StressKind::Strong),
        "i" | "em" | "cite" => Some(StressKind::Emphasis),
        "a" => Some(StressKind::Link),
        "code" | "kbd" | "samp" | "tt" => Some(StressKind::Code),
        "s" | "del" | "strike" => Some(StressKind::Struck),
        _ => None,
    }
}

/// Lists, by their tags.
const LISTS: [&str; 3] = ["ul", "ol", "dl"];

fn cells(row: &NodeRef<'_>) -> Vec<Words> {
    row.children_it(false).filter(|n| n.has_name("td") || n.has_name("th")).map(|n| all_text(&n)).collect()
}

/// A text with what it sets off.
#[derive(Default)]
struct Words {
    text: String,
    stress: Vec<Stress>,
}

impl Words {
    /// Texts one behind the other, parted by a sign.
    fn joined(all: impl IntoIterator<Item = Self>, sign: &str) -> Self {
        let mut out = Self::default();
        for (n, words) in all.into_iter().enumerate() {
            if n > 0 {
                out.text.push_str(sign);
            }
            out.take(words.stress);
            out.text.push_str(&words.text);
        }
        out
    }

    /// What a text sets off that comes behind this one.
    fn take(&mut self, stress: Vec<Stress>) {
        let by = self.text.len();
        self.stress
            .extend(stress.into_iter().map(|s| Stress { range: s.range.start + by..s.range.end + by, ..s }));
    }

    /// The same behind other words.
    fn behind(self, before: &str) -> Self {
        Self::joined([Self { text: before.to_owned(), stress: Vec::new() }, self], "")
    }
}

/// All text of a tag, in one line.
fn all_text(node: &NodeRef<'_>) -> Words {
    let mut inside = Walk::default();
    inside.children(node);
    inside.end(BlockKind::Paragraph);
    let texts = inside.out.into_iter().map(|(b, _)| {
        // One blank for one sign: places in it stay.
        Words { text: b.text.replace(['\n', '\t'], " "), stress: b.stress }
    });
    let mut all = Words::joined(texts, " ");
    if let Some(kind) = node.node_name().and_then(|name| set_off(&name)).filter(|_| !all.text.is_empty()) {
        all.stress.push(Stress { kind, range: 0..all.text.len(), to: lead(node) });
    }
    all
}

/// The text of a list's item as Markdown writes it: with its number, where the list counts.
fn numbered(item: &NodeRef<'_>, words: Words) -> Words {
    let Some(list) = item.parent().filter(|list| list.has_name("ol")) else { return words };
    let first: usize = list.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
    let before = list.children_it(false).filter(|n| n.has_name("li")).take_while(|n| n.id != item.id).count();
    if is_numbered(&words.text) {
        words
    } else {
        words.behind(&format!("{}. ", first.saturating_add(before)))
    }
}

/// The text of a list's item without the lists inside it.
fn own_text(item: &NodeRef<'_>) -> Words {
    let mut own = Words::default();
    for child in item.children_it(false).filter(|n| !(n.has_name("ul") || n.has_name("ol"))) {
        if child.is_text() {
            push_words(&mut own.text, &child.text());
            continue;
        }
        let inside = all_text(&child);
        push_words(&mut own.text, " ");
        // Places hold where its blanks are single ones.
        if inside.text.split(' ').all(|word| !word.is_empty()) {
            own.take(inside.stress);
        }
        push_words(&mut own.text, &format!("{} ", inside.text));
    }
    own.text.truncate(own.text.trim_end().len());
    own
}

/// Alternative text and address of a picture; those that load late keep theirs elsewhere.
fn picture(node: &NodeRef<'_>) -> Option<(String, String)> {
    let image =
        if node.has_name("img") { *node } else { node.descendants_it().find(|n| n.has_name("img"))? };
    let addresses = ["data-src", "data-original", "src"].iter().filter_map(|a| image.attr(a));
    let addresses: Vec<String> = addresses.map(|a| a.trim().to_owned()).filter(|a| !a.is_empty()).collect();
    let elsewhere = addresses.iter().find(|a| !a.starts_with("data:"));
    let address = elsewhere.or_else(|| addresses.iter().find(|a| holds_a_picture(a)))?.clone();
    let alt = image.attr("alt").unwrap_or_default();
    Some((words(&alt), address))
}

/// Bytes of an address from which it holds a picture itself: below stand the dots and blanks that wait for another.
const A_PICTURE: usize = 1000;

/// An address that holds a picture of a kind that can be drawn.
fn holds_a_picture(address: &str) -> bool {
    let kinds = ["png", "jpeg", "jpg", "gif", "webp"];
    let kind = address.strip_prefix("data:image/").and_then(|rest| rest.split([';', ',']).next());
    address.len() >= A_PICTURE && kind.is_some_and(|k| kinds.contains(&k))
}

/// What a picture without alternative text is told by: its address, of one that holds the picture itself only the kind.
fn told_by(address: &str) -> &str {
    if address.starts_with("data:") { address.split([';', ',']).next().unwrap_or_default() } else { address }
}

/// A line under a picture that says whose it is: `… Ảnh: Mây`, `(Photo: AP)`.
fn is_credit(text: &str) -> bool {
    text.chars().count() <= A_CAPTION && cues(text).sure(CueRole::Caption)
}

/// Bytes of a tag's text that stand inside links.
fn linked(node: &NodeRef<'_>) -> usize {
    node.descendants_it().filter(|n| n.has_name("a")).map(|a| a.text().trim().len()).sum()
}

/// A box of other articles, or one that asks for something.
fn is_box(node: &NodeRef<'_>) -> bool {
    says(&called(node), &WORDS.boxes) && linked(node) * 2 > node.text().trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_set_off_are_known() {
        let check = |html: &str, expect: &[(StressKind, &str)]| {
            let found = read(&Document::fragment(html));
            let all =
                found.iter().flat_map(|(b, _)| b.stress.iter().map(|s| (s.kind, &b.text[s.range.clone()])));
            assert_eq!(all.collect::<Vec<_>>(), expect, "{html}");
        };
        let (strong, emphasis, link) = (StressKind::Strong, StressKind::Emphasis, StressKind::Link);
        check(
            "<p> Cầu <b> Trà </b> mở <a href='x'>cửa <i>sáng</i></a> nay.</p>",
            &[(strong, "Trà"), (emphasis, "sáng"), (link, "cửa sáng")],
        );
        check(
            "<p>Gõ <code>ls</code>, <kbd>y</kbd>, giá <del>hai</del> <s>ba</s> <strike>bốn</strike> đồng.</p>",
            &[
                (StressKind::Code, "ls"),
                (StressKind::Code, "y"),
                (StressKind::Struck, "hai"),
                (StressKind::Struck, "ba"),
                (StressKind::Struck, "bốn"),
            ],
        );
        check("<blockquote><p>Nước <em>lên</em>.</p></blockquote>", &[(emphasis, "lên")]);
        check("<b><p>Một.</p><p>Hai.</p></b><p><span>Ba</span></p>", &[]);
    }

    #[test]
    fn words_of_lists_and_tables_lead_elsewhere() {
        let check = |html: &str, expect: &[(&str, &str)]| {
            let found = read(&Document::fragment(html));
            let all = found.iter().flat_map(|(b, _)| {
                let to = |s: &Stress| Some((b.text[s.range.clone()].to_owned(), s.to.clone()?.into_string()));
                b.stress.iter().filter_map(to).collect::<Vec<_>>()
            });
            let all: Vec<_> = all.collect();
            assert_eq!(
                all.iter().map(|l| (l.0.as_str(), l.1.as_str())).collect::<Vec<_>>(),
                expect,
                "{html}"
            );
        };
        check("<p>Cầu <a href=' /x '>Trà <b>mở</b></a> cửa</p>", &[("Trà mở", "/x")]);
        check(
            "<ol><li>Xe tải qua cầu từ <a href='/x'>hôm nay</a> theo lịch</li><li>Xe máy và xe đạp đi như mọi khi<ul><li>vé do <i><a href='y'>huyện Trà</a></i> thu</li></ul></li></ol>",
            &[("hôm nay", "/x"), ("huyện Trà", "y")],
        );
        check(
            "<table><tr><th>Xe</th><th>Vé</th></tr><tr><td>Ô tô</td><td>từ <a href='/v'>10</a></td></tr></table>",
            &[("10", "/v")],
        );
    }

    #[test]
    fn blocks_of_a_page() {
        let check = |html: &str, expect: &[(&str, &str, Option<&str>)]| {
            let found = read(&Document::fragment(html));
            let got: Vec<(&str, &str, Option<&str>)> =
                found.iter().map(|(b, p)| (b.kind.name(), b.text.as_str(), p.as_deref())).collect();
            assert_eq!(got, expect, "{html}");
        };
        check(
            "<p>Cầu <b>Trà</b> mở<br>cửa.</p>rời",
            &[("paragraph", "Cầu Trà mở cửa.", None), ("paragraph", "rời", None)],
        );
        check(
            "<h2> Giá  vé</h2><ul><li>Ô tô<ul><li>10</li></ul></li><li>Xe đạp</li></ul>",
            &[("heading", "Giá vé", None), ("list", "Ô tô\n  10\nXe đạp", None)],
        );
        check(
            "<ol start=3><li>Ô tô<ol><li>10</li></ol></li> <li>4. Xe đạp</li><li>Đò<ul><li>bé</li></ul></li></ol>",
            &[("list", "3. Ô tô\n  1. 10\n4. Xe đạp\n5. Đò\n  bé", None)],
        );
        check(
            "<p>Đoạn</p><pre>x = 1\n  y\n\tz\n</pre>rời",
            &[("paragraph", "Đoạn", None), ("code", "x = 1\n  y\n    z", None), ("paragraph", "rời", None)],
        );
        check(
            "<figure><img src='a.jpg' alt='Cầu'><figcaption>Cầu Trà. Ảnh: Mây</figcaption></figure><p>Đoạn</p>",
            &[("caption", "Cầu Trà. Ảnh: Mây", Some("a.jpg")), ("paragraph", "Đoạn", None)],
        );
        check(
            "<img data-src='b.jpg' src='data:x' alt=''><p class='x'>Đoạn</p>",
            &[("image", "b.jpg", Some("b.jpg")), ("paragraph", "Đoạn", None)],
        );
        let data = format!("data:image/png;base64,{}", "A".repeat(A_PICTURE));
        check(
            &format!("<figure><img src='{data}'><figcaption>Cầu</figcaption></figure><img src='{data}'>"),
            &[("caption", "Cầu", Some(data.as_str())), ("image", "data:image/png", Some(data.as_str()))],
        );
        check(&format!("<img data-src='d.jpg' src='{data}'>"), &[("image", "d.jpg", Some("d.jpg"))]);
        check("<p>Đoạn</p><img src='data:image/gif;base64,R0lGODlhAQABAA'>", &[("paragraph", "Đoạn", None)]);
        check(
            "<table class='picture'><tr><td><img src='c.jpg'></td></tr><tr><td><p>Bờ sông</p></td></tr></table>",
            &[("caption", "Bờ sông", Some("c.jpg"))],
        );
        check(
            "<table><tr><th>Xe</th><th>Vé</th></tr><tr><td>Ô tô</td><td>10</td></tr></table>",
            &[("table", "Xe\tVé\nÔ tô\t10", None)],
        );
        check(
            "<blockquote><p>Nước lên.</p><p>Đừng về.</p></blockquote>",
            &[("quote", "Nước lên.", None), ("quote", "Đừng về.", None)],
        );
        check(
            "<div class='box-related'><a href='x'>Bài khác</a></div><p>Đoạn</p>",
            &[("paragraph", "Đoạn", None)],
        );
    }
}
