//! The text-dump parser: logical lines, zones, roles, then the article.
//!
//! Owns: putting the labelled lines together. Every non-blank line ends in exactly one of title, lead, blocks, credits
//! and set-aside lines. Refuses: to drop a line. Tests: at the foot; real dumps in `tests/it/dumps.rs`.

use super::about::{Page, about};
use super::bare;
use super::byline::{button, tag};
use super::captions::is_picture_credit;
use super::features::measure;
use super::label::{self, Weights, Zone};
use super::lang::detect;
use super::lines::{Line, logical};
use super::masthead::masthead;
use super::mend::Mender;
use super::model::{Article, Block, BlockKind, Fix, Lang, Role, SetAside, stress_within};
use super::pardon::{paragraphs_without_bullets, pardon};
use super::pieces::{end_credit, paragraphs, second_printing};
use super::resume::resume;
use super::roles::{Label, labels};
use super::runs::keep_tables;

/// Reads a cleaned text dump.
pub(super) fn parse(text: &str) -> Article {
    parse_with(text, label::weights())
}

/// Reads a cleaned text dump by other weights than those that come with the program.
pub(super) fn parse_with(text: &str, weights: &Weights) -> Article {
    let mut lines = logical(text);
    paragraphs_without_bullets(&mut lines);
    let mut measured = measure(&lines);
    pardon(&lines, &mut measured.facts);
    let mut article = Article::default();
    if lines.is_empty() {
        article.note_if_empty();
        return article;
    }
    let mut zones =
        bare::zones(&lines, &measured.facts).unwrap_or_else(|| label::zones(&lines, &measured, weights));
    resume(&lines, &measured.facts, &mut zones);
    if keep_tables(&lines, &measured.facts, &mut zones) {
        resume(&lines, &measured.facts, &mut zones);
    }
    let body = lines.iter().zip(&zones).filter(|(_, z)| **z == Zone::Body).map(|(l, _)| l.text.as_str());
    article.lang = detect(body);
    let masthead = masthead(&lines, &measured.facts, &zones);
    let labels = labels(&lines, &measured, &zones, article.lang, &masthead);
    assemble(&mut article, &lines, &labels);
    finish(&mut article);
    about(
        &mut article,
        &Page { lines: &lines, measured: &measured, zones: &zones, labels: &labels, masthead: &masthead },
    );
    article.note_if_empty();
    article
}

fn assemble(article: &mut Article, lines: &[Line], labels: &[Label]) {
    for (n, (line, label)) in lines.iter().zip(labels).enumerate() {
        let before = n.checked_sub(1).map(|b| labels[b]);
        let text = match label {
            Label::Item => line.bare().to_owned(),
            Label::Row => line.row(),
            _ => line.text.clone(),
        };
        let kind = match label {
            Label::Title => {
                article.title = Some(text);
                article.title_line = line.first;
                continue;
            }
            Label::Lead => {
                article.lead = Some(text);
                article.lead_line = line.first;
                continue;
            }
            Label::Credit(role) => {
                let at = button(&text).unwrap_or(text.len());
                let (said, pressed) = text.split_at(at);
                article.credits.push(SetAside { role: *role, text: said.to_owned(), line: line.first });
                if !pressed.is_empty() {
                    let text = pressed.trim_start().to_owned();
                    article.set_aside.push(SetAside { role: Role::Boilerplate, text, line: line.first });
                }
                continue;
            }
            Label::Aside(role) => {
                article.set_aside.push(SetAside { role: *role, text, line: line.first });
                continue;
            }
            Label::Item => BlockKind::List,
            Label::Row => BlockKind::Table,
            Label::Paragraph => BlockKind::Paragraph,
            Label::Heading => BlockKind::Heading,
            Label::Caption => BlockKind::Caption,
            Label::Quote => BlockKind::Quote,
        };
        // A caption and the line below it that tells whose picture it is are one block.
        let credit = kind == BlockKind::Caption && is_picture_credit(&text);
        if let Some(block) = article.blocks.last_mut().filter(|b| credit && b.kind == kind) {
            block.text.push(' ');
            block.text.push_str(&text);
            continue;
        }
        // Items and rows that follow one another are one block.
        let last = article.blocks.last_mut().filter(|b| b.kind == kind && before == Some(*label));
        if let (BlockKind::List | BlockKind::Table, Some(block)) = (kind, last) {
            block.text.push('\n');
            block.text.push_str(&text);
            continue;
        }
        article.blocks.push(Block { kind, text, line: line.first, inferred: false, stress: Vec::new() });
    }
}

/// What is glued into single lines, then the words.
pub(super) fn finish(article: &mut Article) {
    twice(article);
    credit_at_the_end(article);
    outlet_tag(article);
    split_long(article);
    mend_words(article);
}

/// The body printed twice in one line, and the lead printed again before the body.
fn twice(article: &mut Article) {
    let mut asides = Vec::new();
    for block in article.blocks.iter_mut().filter(|b| b.kind == BlockKind::Paragraph) {
        if let Some(lead) = &article.lead {
            let again = lead.len() >= 40
                && block.text.starts_with(lead.as_str())
                && block.text.len() > lead.len() + 20;
            if again {
                let rest = block.text.split_off(lead.len());
                asides.push(SetAside {
                    role: Role::Doubled,
                    text: std::mem::take(&mut block.text),
                    line: block.line,
                });
                rest.trim_start().clone_into(&mut block.text);
                article.fixes.push(Fix {
                    line: block.line,
                    kind: "lead-twice".into(),
                    wrong: "the lead again before the body".to_owned(),
                    right: "set aside".to_owned(),
                });
            }
        }
        let Some(range) = second_printing(&block.text) else { continue };
        let after = block.text[range.end..].trim().to_owned();
        asides.push(SetAside {
            role: Role::Doubled,
            text: block.text[range.clone()].trim().to_owned(),
            line: block.line,
        });
        article.fixes.push(Fix {
            line: block.line,
            kind: "body-twice".into(),
            wrong: format!("{} letters printed again", block.text[range.clone()].chars().count()),
            right: "set aside".to_owned(),
        });
        block.text.truncate(range.start);
        block.text.truncate(block.text.trim_end().len());
        if !after.is_empty() {
            block.text.push(' ');
            block.text.push_str(&after);
        }
    }
    article.set_aside.extend(asides);
}

/// `… thông xe./. Lê Na (TTXVN)`: the credit leaves the last paragraph.
fn credit_at_the_end(article: &mut Article) {
    if article.lang == Lang::En {
        return;
    }
    let Some(block) = article.blocks.iter_mut().rev().find(|b| b.kind == BlockKind::Paragraph) else {
        return;
    };
    let Some(range) = end_credit(&block.text) else { return };
    let text = block.text[range.clone()].to_owned();
    block.text.truncate(range.start);
    block.text.truncate(block.text.trim_end().len());
    article.fixes.push(Fix {
        line: block.line,
        kind: "credit-glued".into(),
        wrong: format!("… {text}"),
        right: text.clone(),
    });
    article.credits.push(SetAside { role: Role::Byline, text, line: block.line });
}

/// `(Dân trí) - …`: the tag of an outlet before the lead says what the source is, and leaves the text.
pub(super) fn outlet_tag(article: &mut Article) {
    let first = article.blocks.iter_mut().find(|b| b.kind == BlockKind::Paragraph);
    let first = first.map(|b| (&mut b.text, b.line, &mut b.stress));
    let lead = article.lead.as_mut().map(|l| (l, article.lead_line, &mut article.lead_stress));
    for (text, line, stress) in lead.into_iter().chain(first) {
        let Some((range, name)) = tag(text) else { continue };
        let words = text[range.clone()].trim().to_owned();
        let next: String = text[range.end..].split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        let (start, cut) = (range.start, range.len());
        text.replace_range(range, "");
        stress.retain(|s| s.range.start >= start + cut);
        *stress = stress_within(std::mem::take(stress), cut, text);
        article.fixes.push(Fix {
            line,
            kind: "outlet-tag".into(),
            wrong: format!("{words} {next}"),
            right: next,
        });
        article.credits.push(SetAside { role: Role::Tag, text: words, line });
        article.source.get_or_insert(name);
        return;
    }
}

/// Letters from which on a paragraph is parted when the text has no paragraphs of its own, and in any text.
const ONE_LINE: usize = 700;
const ANY_LINE: usize = 2400;

fn split_long(article: &mut Article) {
    let paragraphs_there = article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).count();
    let limit = if paragraphs_there <= 2 { ONE_LINE } else { ANY_LINE };
    if !article.blocks.iter().any(|b| b.kind == BlockKind::Paragraph && b.text.len() > limit) {
        return;
    }
    let mut out = Vec::with_capacity(article.blocks.len() + 8);
    for block in article.blocks.drain(..) {
        if block.kind != BlockKind::Paragraph || block.text.len() <= limit {
            out.push(block);
            continue;
        }
        let pieces = paragraphs(&block.text);
        if pieces.len() > 1 {
            article.fixes.push(Fix {
                line: block.line,
                kind: "paragraphs".into(),
                wrong: "1 paragraph".to_owned(),
                right: format!("{} paragraphs", pieces.len()),
            });
        }
        for (n, piece) in pieces.iter().enumerate() {
            out.push(Block {
                kind: if piece.caption { BlockKind::Caption } else { BlockKind::Paragraph },
                text: block.text[piece.range.clone()].trim().to_owned(),
                line: block.line,
                inferred: n > 0,
                stress: Vec::new(),
            });
        }
    }
    article.blocks = out;
}

fn mend_words(article: &mut Article) {
    let mut fixes = Vec::new();
    let (title, lead, blocks) = {
        let texts = article.title.as_deref().into_iter().chain(article.lead.as_deref());
        let mender = Mender::new(texts.chain(article.blocks.iter().map(|b| b.text.as_str())).collect());
        let title = article.title.as_ref().and_then(|t| mender.mend(t, article.title_line, &mut fixes));
        let lead = article.lead.as_ref().and_then(|t| mender.mend(t, article.lead_line, &mut fixes));
        let blocks: Vec<_> =
            article.blocks.iter().map(|b| mender.mend(&b.text, b.line, &mut fixes)).collect();
        (title, lead, blocks)
    };
    article.title = title.or(article.title.take());
    article.lead = lead.or(article.lead.take());
    for (block, mended) in article.blocks.iter_mut().zip(blocks) {
        if let Some(text) = mended {
            block.text = text;
        }
    }
    article.fixes.extend(fixes);
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Cầu Trà sẽ thông xe vào tháng sau\n\n21/10/2013 08:09\n\n\
        TTO - Chính quyền thành phố Lam Giang hôm qua cho biết cầu Trà sẽ thông xe vào đầu tháng sau.\n\n\
        Cây cầu dài hơn một cây số và rộng bốn làn xe. Người dân hai bờ đã chờ nó từ lâu. Đi phà mỗi lần mất gần một giờ. Lê Na (TTXVN)\n";

    #[test]
    fn a_story() {
        let article = parse(STORY);
        assert_eq!(article.title.as_deref(), Some("Cầu Trà sẽ thông xe vào tháng sau"));
        assert_eq!(
            article.published.as_ref().map(super::super::model::Dated::iso).as_deref(),
            Some("2013-10-21T08:09")
        );
        assert!(article.lead.as_deref().is_some_and(|l| l.starts_with("Chính quyền")), "{article:?}");
        assert_eq!(article.source.as_deref(), Some("Tuổi Trẻ"));
        assert_eq!(article.agency.as_deref(), Some("TTXVN"));
        assert_eq!(article.authors, ["Lê Na"]);
        assert_eq!(article.lang, Lang::Vi);
    }

    #[test]
    fn plain_text_is_all_paragraphs() {
        let article = parse("Một dòng chữ ngắn\nMột dòng nữa\nVà dòng cuối");
        assert_eq!(article.title.as_deref(), Some("Một dòng chữ ngắn"));
        assert_eq!(article.blocks.len(), 2, "{article:?}");
        assert!(article.set_aside.is_empty());
    }

    #[test]
    fn nothing_is_a_problem_not_a_panic() {
        for text in ["", "\n\n", "•", "x"] {
            let _ = parse(text);
        }
        assert_eq!(parse("").problems.len(), 1);
    }
}
