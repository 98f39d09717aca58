//! Markdown, perhaps with front matter.
//!
//! Owns: the blocks of the body by `pulldown-cmark`, and what of them the front matter ([`super::front_matter`]) said already.
//! Refuses: HTML inside Markdown but paragraphs of text and what sets words off (what else there is is set aside). Tests: at the foot.

use std::fmt::Write as _;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::address::resolve_links;
use super::front_matter;
use super::html::{self, Inline};
use super::lang::detect;
use super::model::{
    Article, Block, BlockKind, Lang, NESTED, Picture, Role, SetAside, Stress, StressKind, code,
    stress_within, without_bold,
};
use crate::text::clean;

/// Lines that tell the language, which says how a date in digits is read.
const ENOUGH: usize = 80;

/// Reads a Markdown article; broken front matter is a problem with its line, the rest is read.
pub(super) fn parse(text: &str) -> Article {
    let mut article = Article::default();
    let lang = detect(text.lines().take(ENOUGH));
    let (body, first) = front_matter::take(text, lang, &mut article);
    blocks(body, first, &mut article);
    if article.title.is_none() {
        title_from_heading(&mut article);
    }
    let title = article.title.clone();
    drop_again(title.as_deref(), &mut article);
    let lead = article.lead.clone();
    if let Some(stress) = drop_again(lead.as_deref(), &mut article) {
        article.lead_stress = without_bold(stress);
    }
    super::dump::outlet_tag(&mut article);
    resolve_links(&mut article);
    if article.lang == Lang::Other {
        let parts = article.blocks.iter().map(|b| b.text.as_str()).chain(article.lead.as_deref());
        article.lang = detect(parts.chain(article.title.as_deref()));
    }
    article.note_if_empty();
    article
}

/// Takes the first block out; pictures are counted by blocks.
fn take_first(article: &mut Article) -> Block {
    article.pictures.retain(|p| p.block > 0);
    article.pictures.iter_mut().for_each(|p| p.block -= 1);
    article.blocks.remove(0)
}

/// Sets the first block aside when it only says again what the front matter said; gives what it set off.
fn drop_again(said: Option<&str>, article: &mut Article) -> Option<Vec<Stress>> {
    article.blocks.first().filter(|b| Some(b.text.as_str()) == said)?;
    let block = take_first(article);
    article.set_aside.push(SetAside { role: Role::Doubled, text: block.text, line: block.line });
    Some(block.stress)
}

/// Twelve hexadecimal digits, perhaps with a number behind them: an id that we gave.
fn is_id(text: &str) -> bool {
    text.len() >= 12 && text.bytes().take(12).all(|b| b.is_ascii_hexdigit())
}

/// A picture.
struct Image {
    /// Its alternative text.
    alt: String,
    address: String,
    /// Where the link around it leads.
    to: Option<Box<str>>,
}

/// Where words begin that are set off, how, and where they lead.
struct Begun {
    kind: StressKind,
    at: usize,
    to: Option<Box<str>>,
}

/// What is being collected while events come in.
#[derive(Default)]
struct Open {
    text: String,
    start: usize,
    quote: usize,
    /// The lists that are open, the outermost first: the number of the next item, where they count.
    lists: Vec<Option<u64>>,
    image: Option<Image>,
    pictures: Vec<Image>,
    html: String,
    strong: usize,
    emphasis: usize,
    /// Words that are set off and have not ended, and those that have.
    begun: Vec<Begun>,
    stress: Vec<Stress>,
    /// Some of the paragraph is neither bold nor in italics; some is bold.
    bare: bool,
    bold: bool,
    /// It is an export of ours: there a paragraph in italics is a caption.
    ours: bool,
}

impl Open {
    /// An item ends; the paragraphs of a loose list leave a blank behind them.
    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }

    /// Running words, or those that stand for a picture.
    fn words(&mut self, words: &str) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(words);
            return;
        }
        let blank = words.trim().is_empty();
        self.bare |= !blank && self.strong + self.emphasis == 0;
        self.bold |= !blank && self.strong > 0;
        self.text.push_str(words);
    }

    /// Words begin here that are set off.
    fn begin(&mut self, kind: StressKind, to: Option<Box<str>>) {
        self.begun.push(Begun { kind, at: self.text.len(), to });
    }

    /// Words end here that were set off so.
    fn stressed(&mut self, kind: StressKind) {
        // Tags of HTML may be left open, or end what never began.
        if let Some(n) = self.begun.iter().rposition(|b| b.kind == kind) {
            let Begun { at, to, .. } = self.begun.remove(n);
            self.stress.push(Stress { kind, range: at..self.text.len(), to });
        }
    }

    /// A tag of HTML within a line; `false` where it does nothing to its words.
    fn inline(&mut self, tag: &str) -> bool {
        match html::inline(tag) {
            Some(Inline::Begins(kind, to)) => self.begin(kind, to),
            Some(Inline::Ends(kind)) => self.stressed(kind),
            Some(Inline::Break) => self.text.push(' '),
            None => return false,
        }
        true
    }
}

fn blocks(body: &str, first: u32, article: &mut Article) {
    let ours = article.set_aside.iter().any(|s| s.text.strip_prefix("id: ").is_some_and(is_id));
    let mut open = Open { ours, ..Open::default() };
    let mut line = (0usize, first);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        // Lines are counted forward once: offsets never go far back.
        if range.start > line.0 {
            line.1 += body[line.0..range.start].matches('\n').count() as u32;
            line.0 = range.start;
        }
        match event {
            Event::Start(tag) => start(&tag, &mut open, line.1, article),
            Event::End(tag) => end(tag, &mut open, article),
            Event::Text(t) => open.words(&t),
            Event::Code(t) => {
                open.begin(StressKind::Code, None);
                open.words(&t);
                open.stressed(StressKind::Code);
            }
            Event::SoftBreak => open.text.push(' '),
            Event::HardBreak => open.text.push('\n'),
            Event::Html(t) => open.html.push_str(&t),
            Event::InlineHtml(t) if !t.trim().is_empty() && !open.inline(&t) => {
                article.set_aside.push(SetAside {
                    role: Role::Boilerplate,
                    text: t.trim().to_owned(),
                    line: line.1,
                });
            }
            _ => {}
        }
    }
    flush(&mut open, BlockKind::Paragraph, article);
}

fn start(tag: &Tag<'_>, open: &mut Open, line: u32, article: &mut Article) {
    match tag {
        // What was open ends: code stands by itself, in a list as well.
        Tag::CodeBlock(_) => {
            let kind = if open.lists.is_empty() { BlockKind::Paragraph } else { BlockKind::List };
            flush(open, kind, article);
            open.start = line as usize;
        }
        Tag::BlockQuote(_) => open.quote += 1,
        Tag::Strong => {
            open.strong += 1;
            open.begin(StressKind::Strong, None);
        }
        Tag::Emphasis => {
            open.emphasis += 1;
            open.begin(StressKind::Emphasis, None);
        }
        Tag::Link { link_type, dest_url, .. } => {
            let letter = if *link_type == LinkType::Email { "mailto:" } else { "" };
            let to = format!("{letter}{}", clean(dest_url).0);
            open.begin(StressKind::Link, Some(to.into_boxed_str()));
        }
        Tag::Strikethrough => open.begin(StressKind::Struck, None),
        Tag::List(from) => {
            if open.lists.is_empty() {
                open.start = line as usize;
            } else {
                open.end_line();
            }
            open.lists.push(*from);
        }
        Tag::Item => {
            open.text.push_str(&NESTED.repeat(open.lists.len().saturating_sub(1)));
            if let Some(Some(number)) = open.lists.last_mut() {
                let _ = write!(open.text, "{number}. ");
                *number += 1;
            }
        }
        Tag::Image { dest_url, .. } => {
            let link = open.begun.iter().rfind(|b| b.kind == StressKind::Link);
            let to = link.and_then(|b| b.to.clone());
            open.image = Some(Image { alt: String::new(), address: dest_url.trim().to_owned(), to });
        }
        Tag::HtmlBlock if open.lists.is_empty() => open.start = line as usize,
        Tag::Table(_) => open.start = line as usize,
        Tag::Paragraph | Tag::Heading { .. } if open.lists.is_empty() => {
            open.start = line as usize;
        }
        _ => {}
    }
}

fn end(tag: TagEnd, open: &mut Open, article: &mut Article) {
    match tag {
        TagEnd::BlockQuote(_) => open.quote = open.quote.saturating_sub(1),
        TagEnd::Strong => {
            open.strong = open.strong.saturating_sub(1);
            open.stressed(StressKind::Strong);
        }
        TagEnd::Emphasis => {
            open.emphasis = open.emphasis.saturating_sub(1);
            open.stressed(StressKind::Emphasis);
        }
        TagEnd::Link => open.stressed(StressKind::Link),
        TagEnd::Strikethrough => open.stressed(StressKind::Struck),
        TagEnd::Image => {
            if let Some(image) = open.image.take() {
                open.pictures.push(image);
            }
        }
        TagEnd::Item if !open.text.ends_with('\n') => open.end_line(),
        TagEnd::List(_) => {
            open.lists.pop();
            if open.lists.is_empty() {
                flush(open, BlockKind::List, article);
            }
        }
        TagEnd::TableCell => {
            open.text.push('\t');
        }
        TagEnd::TableRow | TagEnd::TableHead => {
            open.text.truncate(open.text.trim_end_matches('\t').len());
            open.text.push('\n');
        }
        TagEnd::HtmlBlock => html(open, article),
        TagEnd::Table => flush(open, BlockKind::Table, article),
        TagEnd::Heading(_) => flush(open, BlockKind::Heading, article),
        TagEnd::Paragraph if !open.lists.is_empty() => open.text.push(' '),
        TagEnd::Paragraph if open.quote == 0 && !open.bare => emphasised(open, article),
        TagEnd::CodeBlock => flush(open, BlockKind::Code, article),
        TagEnd::Paragraph => {
            let kind = if open.quote > 0 { BlockKind::Quote } else { BlockKind::Paragraph };
            flush(open, kind, article);
        }
        _ => {}
    }
}

/// A paragraph that is bold or in italics as a whole: the first bold one is the lead; one in italics under a picture tells of it.
fn emphasised(open: &mut Open, article: &mut Article) {
    let first = article.lead.is_none() && article.blocks.iter().all(|b| b.kind == BlockKind::Heading);
    let pictured = article.blocks.last().is_some_and(|b| b.kind == BlockKind::Caption);
    if open.bold && first && open.pictures.is_empty() {
        let lead = open.text.trim().to_owned();
        if !lead.is_empty() {
            let cut = open.text.len() - open.text.trim_start().len();
            let stress = stress_within(std::mem::take(&mut open.stress), cut, &lead);
            article.lead_stress = without_bold(stress);
            (article.lead, article.lead_line) = (Some(lead), open.start.max(1) as u32);
        }
        open.text.clear();
        open.stress.clear();
    }
    let caption = !open.bold && (open.ours || pictured);
    flush(open, if caption { BlockKind::Caption } else { BlockKind::Paragraph }, article);
}

/// HTML between blank lines: a paragraph of text is one; all else is set aside.
fn html(open: &mut Open, article: &mut Article) {
    let html = std::mem::take(&mut open.html);
    match html::paragraph(html.trim()) {
        Some((text, stress)) => {
            let by = open.text.len();
            let moved = |s: Stress| Stress { range: s.range.start + by..s.range.end + by, ..s };
            open.stress.extend(stress.into_iter().map(moved));
            open.text.push_str(&text);
            let kind = if open.quote > 0 { BlockKind::Quote } else { BlockKind::Paragraph };
            if open.lists.is_empty() {
                flush(open, kind, article);
            }
        }
        None if html.trim().is_empty() => {}
        None => article.set_aside.push(SetAside {
            role: Role::Boilerplate,
            text: html.trim().to_owned(),
            line: open.start.max(1) as u32,
        }),
    }
}

fn flush(open: &mut Open, kind: BlockKind, article: &mut Article) {
    let line = open.start.max(1) as u32;
    let text = match kind {
        BlockKind::Code => code(&open.text),
        // Its first item may stand in several lists, where code came before it.
        BlockKind::List => open.text.trim_matches('\n').trim_end().to_owned(),
        _ => open.text.trim().to_owned(),
    };
    // All that is cut off before it is blank.
    let cut = open.text.find(|c: char| text.starts_with(c)).unwrap_or(0);
    let stress = stress_within(std::mem::take(&mut open.stress), cut, &text);
    open.text.clear();
    (open.bare, open.bold) = (false, false);
    open.begun.clear();
    let pictures = std::mem::take(&mut open.pictures);
    // A picture alone on its lines: its alternative text is the caption.
    for Image { alt, address, to } in pictures.into_iter().filter(|p| !p.alt.is_empty()) {
        if !address.is_empty() {
            article.pictures.push(Picture { block: article.blocks.len() as u32, address });
        }
        let link = |to| Stress { kind: StressKind::Link, range: 0..alt.len(), to: Some(to) };
        let stress = to.map(link).into_iter().collect();
        article.blocks.push(Block { kind: BlockKind::Caption, text: alt, line, inferred: false, stress });
    }
    if !text.is_empty() {
        article.blocks.push(Block { kind, text, line, inferred: false, stress });
    }
}

/// Without a title in front matter the first heading is it, when nothing stands before it.
fn title_from_heading(article: &mut Article) {
    if article.blocks.first().is_some_and(|b| b.kind == BlockKind::Heading) {
        let block = take_first(article);
        article.title = Some(block.text);
        article.title_line = block.line;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_keep_their_addresses() {
        let text = "# Cầu Trà\n\nĐoạn.\n\n![Bờ sông](anh/b%201.png \"x\")\n\nĐoạn ![Cầu](<c d.jpg>) nữa.\n\n![](e.png)\n";
        let article = parse(text);
        let found: Vec<(&str, &str)> = article
            .pictures
            .iter()
            .map(|p| (article.blocks[p.block as usize].text.as_str(), p.address.as_str()))
            .collect();
        assert_eq!(found, [("Bờ sông", "anh/b%201.png"), ("Cầu", "c d.jpg")]);
    }

    #[test]
    fn front_matter_and_blocks() {
        let text = "---\ntitle: Cầu Trà thông xe\ndate: 2026-03-07T08:01+07:00\nauthors: [Lê Na, Trần An]\nsource: Lam Giang\n\
                    summary: Cầu đã mở.\ntags: [cầu, sông]\n---\n\nĐoạn *một*\nnối dòng.\n\n## Mục\n\n> Lời trích.\n\n- một\n- hai\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let article = parse(text);
        assert_eq!(article.title.as_deref(), Some("Cầu Trà thông xe"));
        assert_eq!(
            article.published.as_ref().map(super::super::model::Dated::iso).as_deref(),
            Some("2026-03-07T08:01+07:00")
        );
        assert_eq!(article.authors, ["Lê Na", "Trần An"]);
        assert_eq!(article.lead.as_deref(), Some("Cầu đã mở."));
        let blocks: Vec<_> = article.blocks.iter().map(|b| (b.kind, b.text.as_str(), b.line)).collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Paragraph, "Đoạn một nối dòng.", 10),
                (BlockKind::Heading, "Mục", 13),
                (BlockKind::Quote, "Lời trích.", 15),
                (BlockKind::List, "một\nhai", 17),
                (BlockKind::Table, "a\tb\n1\t2", 20),
            ]
        );
    }

    #[test]
    fn words_that_are_set_off_are_known() {
        let check = |text: &str, expect: &[(usize, StressKind, &str)]| {
            let article = parse(&format!("# Cầu Trà\n\nMở đầu.\n\n{text}\n"));
            let all = article.blocks.iter().enumerate();
            let found: Vec<_> = all
                .flat_map(|(n, b)| b.stress.iter().map(move |s| (n, s.kind, &b.text[s.range.clone()])))
                .collect();
            assert_eq!(found, expect, "{text}");
        };
        let (strong, emphasis, link) = (StressKind::Strong, StressKind::Emphasis, StressKind::Link);
        check(
            "Xe **tải** qua *cầu [Trà](http://a.example)* rồi.",
            &[(1, strong, "tải"), (1, link, "Trà"), (1, emphasis, "cầu Trà")],
        );
        check(
            "- một\n- **hai**\n  - *ba*\n\n**Hết.**",
            &[(1, strong, "hai"), (1, emphasis, "ba"), (2, strong, "Hết.")],
        );
        check(
            "> Ông nói **không**.\n\nHai *chữ\nnối* dòng.",
            &[(1, strong, "không"), (2, emphasis, "chữ nối")],
        );
        check(
            "Gõ `ls -l` và ~~xoá *hết*~~ rồi.",
            &[(1, StressKind::Code, "ls -l"), (1, emphasis, "hết"), (1, StressKind::Struck, "xoá hết")],
        );
        check("| a | b |\n|---|---|\n| 1 | **2** |", &[(1, strong, "2")]);
        let tagged = parse("# Cầu Trà\n\n(Sông Trà Báo) - Cầu **mở** cửa sáng nay.\n");
        let block = &tagged.blocks[0];
        assert_eq!(block.stress.iter().map(|s| &block.text[s.range.clone()]).collect::<Vec<_>>(), ["mở"]);
    }

    #[test]
    fn lists_in_lists_and_code_keep_their_shape() {
        let check = |text: &str, expect: &[(BlockKind, &str, u32)]| {
            let article = parse(&format!("# Cầu Trà\n\n{text}"));
            let blocks: Vec<_> = article.blocks.iter().map(|b| (b.kind, b.text.as_str(), b.line)).collect();
            assert_eq!(blocks, expect, "{text}");
        };
        let (list, code) = (BlockKind::List, BlockKind::Code);
        check(
            "- một\n  - hai\n    1. ba\n    2. bốn\n- năm\n",
            &[(list, "một\n  hai\n    1. ba\n    2. bốn\nnăm", 3)],
        );
        check(
            "```sh\nfor a in b\n\tdo\n\n  done\n```\n\nĐoạn.\n",
            &[(code, "for a in b\n    do\n\n  done", 3), (BlockKind::Paragraph, "Đoạn.", 10)],
        );
        check("    thụt vào\n      nữa\n", &[(code, "thụt vào\n  nữa", 3)]);
        check(
            "- một\n\n  ```\n  x = 1\n  ```\n- hai\n",
            &[(list, "một", 3), (code, "x = 1", 5), (list, "hai", 5)],
        );
        check("- một\n\n  - hai\n\n- ba\n", &[(list, "một\n  hai\nba", 3)]);
        check("> ```\n> x\n> ```\n", &[(code, "x", 3)]);
    }

    #[test]
    fn what_is_bold_or_in_italics_as_a_whole_is_lead_or_caption() {
        let check = |front: &str, body: &str, lead: Option<&str>, kinds: &[BlockKind]| {
            let article = parse(&format!("---\ntitle: Cầu Trà\n{front}---\n\n# Cầu Trà\n\n{body}\n"));
            let found: Vec<BlockKind> = article.blocks.iter().map(|b| b.kind).collect();
            assert_eq!((article.lead.as_deref(), &found[..]), (lead, kinds), "{body}");
        };
        let (paragraph, caption) = (BlockKind::Paragraph, BlockKind::Caption);
        check("", "**Cầu *mở* sáng nay.**\n\nĐoạn hai.", Some("Cầu mở sáng nay."), &[paragraph]);
        check("", "Đoạn một.\n\n**Đoạn hai.**", None, &[paragraph, paragraph]);
        check("", "**Cầu** mở.\n\n*Ghi chú.*", None, &[paragraph, paragraph]);
        check("", "Đoạn.\n\n![Cầu Trà](a.jpg)\n\n*Ảnh: Lê Na*", None, &[paragraph, caption, caption]);
        check("id: \"0123456789ab\"\n", "Đoạn.\n\n*Cầu Trà lúc sáng.*", None, &[paragraph, caption]);
    }

    #[test]
    fn a_heading_that_says_the_title_again_is_set_aside() {
        let article = parse("---\ntitle: Chợ nổi họp lại\n---\n\n# Chợ nổi họp lại\n\nSáng nay ghe về đủ.\n");
        let texts: Vec<&str> = article.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["Sáng nay ghe về đủ."]);
        assert_eq!((article.set_aside[0].role, article.set_aside[0].line), (Role::Doubled, 5));
    }

    #[test]
    fn the_tag_of_the_outlet_leaves_the_text() {
        let article = parse("# Cầu Trà\n\n(Sông Trà Báo) - Cầu mở cửa sáng nay.\n");
        assert_eq!(
            (article.blocks[0].text.as_str(), article.source.as_deref()),
            ("Cầu mở cửa sáng nay.", Some("Sông Trà Báo"))
        );
    }

    #[test]
    fn links_lead_to_whole_addresses() {
        let text = "---\ntitle: Cầu Trà\nurl: https://lamgiang.example/thoi-su/cau\n---\n\nĐọc [bài *trước*](truoc.html \"x\"), \
                    [trang](#a), [mã](javascript:x), <tin@lamgiang.example> và [sông][s].\n\n- mục [hai](/hai)\n\n[s]: https://song.example/a\n";
        let article = parse(text);
        assert_eq!(
            article.links().collect::<Vec<_>>(),
            [
                (Some(0), "bài trước", "https://lamgiang.example/thoi-su/truoc.html"),
                (Some(0), "tin@lamgiang.example", "mailto:tin@lamgiang.example"),
                (Some(0), "sông", "https://song.example/a"),
                (Some(1), "hai", "https://lamgiang.example/hai"),
            ]
        );
        let nowhere = parse("# Cầu\n\nĐọc [bài](truoc.html).\n");
        assert_eq!((nowhere.links().count(), nowhere.blocks[0].text.as_str()), (0, "Đọc bài."));
    }

    #[test]
    fn links_of_leads_captions_and_html_are_kept() {
        let check = |text: &str, expect: &[(Option<usize>, &str, &str)]| {
            let article = parse(&format!("# Cầu Trà\n\n{text}\n"));
            assert_eq!(article.links().collect::<Vec<_>>(), expect, "{text}");
        };
        let a = "https://a.example/";
        check("**Cầu [Trà](https://a.example/) mở.**\n\nĐoạn.", &[(None, "Trà", a)]);
        check("Đoạn.\n\n![Bờ](b.png)\n\n*Bờ [sông](https://a.example/)*", &[(Some(2), "sông", a)]);
        check("[![Bờ sông](b.png)](https://a.example/)", &[(Some(0), "Bờ sông", a)]);
        check("Đọc <a class=x href='https://a.example/'>bài <b>một</b></a> rồi.", &[(Some(0), "bài một", a)]);
        check("<p>Đọc <a href=\"https://a.example/\">bài</a>.</p>", &[(Some(0), "bài", a)]);
        // Left open, or never begun: nobody knows which words.
        check(
            "Đọc <a href='https://a.example/'>bài.\n\n</a> *Đoạn* [hai](https://a.example/).",
            &[(Some(1), "hai", a)],
        );
        check("Đọc <a href='javascript:x'>bài</a>.", &[]);
        let article = parse("# Cầu\n\nMột<br>hai <u>ba</u> <b>bốn</b>.\n");
        assert_eq!(article.blocks[0].text, "Một hai ba bốn.");
        assert_eq!(article.set_aside.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(), ["<u>", "</u>"]);
        let said = parse("---\nlead: Cầu mở.\n---\n\nCầu [mở](https://a.example/).\n\nĐoạn.\n");
        assert_eq!(said.links().collect::<Vec<_>>(), [(None, "mở", a)]);
    }

    #[test]
    fn a_paragraph_in_html_is_text() {
        let article = parse(
            "# Cầu Trà\n\n<p class=\"lead\">Cầu <b>Trà</b> mở cửa<br>sáng nay &amp; chiều nay.</p>\n\n<div>\nkhung\n</div>\n\nĐoạn hai.\n",
        );
        let texts: Vec<&str> = article.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["Cầu Trà mở cửa sáng nay & chiều nay.", "Đoạn hai."]);
        assert_eq!(article.blocks[0].line, 3);
        assert!(article.set_aside.iter().any(|s| s.text.contains("khung")), "{:?}", article.set_aside);
    }
}
