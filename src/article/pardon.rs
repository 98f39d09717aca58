//! Furniture words where no furniture is: in a headline, in a paragraph.
//!
//! Owns: to silence the cues of a line whose place and shape say what it is: the first line above date, names and running text is the
//! headline, a sentence with text after it is text, whatever words they hold.
//! Refuses: links, key words, slugs; they are known by their signs. Tests: at the foot.

use super::byline::is_person;
use super::cues::CueRole;
use super::dateline::stated;
use super::features::Facts;
use super::lines::Line;
use super::roles::words;

/// What a line that is text is not.
const SILENCED: [CueRole; 6] =
    [CueRole::Boilerplate, CueRole::Related, CueRole::End, CueRole::Comment, CueRole::Form, CueRole::Share];
/// Lines of date and names at most between headline and text.
const CREDITS: usize = 4;
/// Words from which on a first line speaks for itself, with no date or name under it.
const SPEAKS: usize = 4;
/// Words of a line that is text though it has no full stop.
const LONG: usize = 12;
/// Words of a sentence that is text because it stands under date or name.
const SHORT: usize = 5;

/// Words from which on a line with a bullet may be a paragraph.
const PARAGRAPH: usize = 40;

/// Forgets the bullet of a line that is a paragraph: a star before the body, a dash before a question.
pub(super) fn paragraphs_without_bullets(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|l| l.bullet.is_some()) {
        let text = line.bare();
        let ends = text.ends_with(['.', '!', '?', '…', '"', '”', ')']);
        let sentences = || [". ", "? ", "! "].iter().any(|s| text.contains(s));
        if text.split(' ').nth(PARAGRAPH - 1).is_some() && (ends || sentences()) {
            line.bullet = None;
        }
    }
}

/// Silences the cues of headline and paragraphs that hold a word of furniture.
pub(super) fn pardon(lines: &[Line], facts: &mut [Facts]) {
    let Some(text) = text_under_headline(lines, facts) else { return };
    let furnished = |f: &Facts| !f.is_running() && SILENCED.iter().any(|r| f.cues.sure(*r));
    let page = facts[text + 1..].iter().any(furnished);
    if is_headline(&lines[0], &facts[0], text > 1 && !page) {
        silence(&mut facts[0]);
        if facts[1..text].iter().any(|f| f.cues.sure(CueRole::Date)) {
            facts[0].cues.clear(CueRole::Date);
        }
    }
    let last = facts.iter().rposition(|f| f.prose);
    // On a page only the first paragraph is sure to be none of its furniture.
    let end = last.map_or(text, |l| if page { l.min(text + 1) } else { l });
    for f in &mut facts[text..end.max(text)] {
        if f.is_running() {
            silence(f);
        }
    }
    // A summary without a full stop, with text right under it.
    if !page && facts.get(text + 1).is_some_and(Facts::is_running) {
        silence(&mut facts[text]);
    }
}

/// The first line of running text, where nothing but date and names stands between the top line and it.
fn text_under_headline(lines: &[Line], facts: &[Facts]) -> Option<usize> {
    let credit = |n: &usize| {
        let f = &facts[*n];
        f.words <= LONG && !f.prose && (f.is_credit() || is_person(lines[*n].bare()))
    };
    let n = 1 + (1..lines.len()).take(CREDITS).take_while(credit).count();
    let f = facts.get(n)?;
    let open = f.words >= LONG && lines[n].bullet.is_none();
    let short = n > 1 && f.words >= SHORT && f.stop;
    (f.is_running() || open || short).then_some(n)
}

fn is_headline(line: &Line, f: &Facts, credited: bool) -> bool {
    let signs = [CueRole::Link, CueRole::Keywords, CueRole::Slug, CueRole::Byline, CueRole::Source];
    let beside = stated(&line.text, 0).map_or(f.words, |d| words(&line.text[..d.range.start]).count());
    (if credited { 1 } else { SPEAKS }..=40).contains(&f.words)
        && (beside >= SPEAKS || beside == f.words)
        && !line.text.ends_with(['.', ':', '…'])
        && line.bullet.is_none()
        && line.columns.is_empty()
        && !signs.iter().any(|r| f.cues.sure(*r))
}

fn silence(f: &mut Facts) {
    for role in SILENCED {
        f.cues.clear(role);
    }
    f.prose = f.is_running() && !f.cues.sure(CueRole::Link) && !f.cues.sure(CueRole::Caption);
}

#[cfg(test)]
mod tests {
    use super::super::dump::parse;

    const TEXT: &str = "Người dân ven sông đã chờ tin này từ đầu tháng, theo chính quyền xã Lộc Hà.\n\n\
        Họ nói sẽ còn chờ thêm một tuần nữa trước khi về nhà.\n";

    #[test]
    fn a_headline_may_hold_a_word_of_furniture() {
        let check = |top: &str, expect: Option<&str>| {
            assert_eq!(parse(&format!("{top}\n\n{TEXT}")).title.as_deref(), expect, "{top}");
        };
        for title in [
            "Tổng biên tập báo Sông Hậu bị cách chức",
            "Trụ sở huyện Lộc Hà sơ tán vì bột trắng",
            "Quảng cáo trên xe buýt để cắt trợ giá",
            "Tòa thụ lý vụ kiện bản quyền vở Ngày xưa",
            "Liên hệ quảng cáo phải nộp thuế",
            "Đăng nhập giả để lừa đảo",
            "Hà Nội khoán xe công từ 1/1/2017",
            "Chia sẻ",
            "Tin nóng",
            "Cookies recalled over glass",
            "Is the river safe?",
        ] {
            check(&format!("{title}\n\n29/07/2026 08:00"), Some(title));
        }
        check("Đăng nhập giả để lừa đảo", Some("Đăng nhập giả để lừa đảo"));
        check("Chia sẻ", None);
        check(
            "Chia sẻ\n\n29/07/2026 08:00\n\nChợ mới ở Lộc Hà\n\n29/07/2026 08:00",
            Some("Chợ mới ở Lộc Hà"),
        );
        check("Thứ tư, 29/07/2026\n\nĐặng Văn Khế", None);
    }

    #[test]
    fn a_sentence_with_text_after_it_is_text() {
        let check = |first: &str| {
            let article = parse(&format!("Chợ mới ở Lộc Hà\n\n29/07/2026 08:00\n\n{first}\n\n{TEXT}"));
            assert_eq!(article.title.as_deref(), Some("Chợ mới ở Lộc Hà"), "{first}");
            assert_eq!(article.lead.as_deref(), Some(first), "{article:?}");
            assert_eq!((article.blocks.len(), article.set_aside.len()), (2, 0), "{article:?}");
        };
        check("Một đám cháy lớn thiêu rụi khu nhà xưởng của công ty dệt ở Tân Mỹ");
        check("Một đám cháy lớn thiêu rụi khu nhà xưởng của công ty dệt ở Tân Mỹ.");
        check("Từ tháng sau, người lái xe ba bánh phải có giấy phép hạng D do tỉnh Lam Giang cấp.");
        check("Tòa xử rằng máy gặt là của công ty, còn bản quyền vẫn là của nhà sáng chế.");
    }

    #[test]
    fn a_long_line_with_a_bullet_is_a_paragraph() {
        let long = "Người dân ven sông đã chờ tin này từ đầu tháng, theo chính quyền xã Lộc Hà, và họ nói sẽ còn chờ";
        let check = |bullet: &str, text: &str| {
            let page = format!("Chợ mới ở Lộc Hà\n\n29/07/2026 08:00\n\n{TEXT}\n{bullet} {text}\n");
            let article = parse(&page);
            let last = article.blocks.last().map(|b| (b.kind.name(), b.text.trim_start_matches(['-', ' '])));
            assert_eq!(last, Some(("paragraph", text)), "{article:?}");
        };
        for bullet in ["*", "-", "•"] {
            check(bullet, &format!("{long} thêm một tuần nữa. {long} lâu hơn thế nếu phải chờ."));
            check(bullet, &format!("{long} thêm một tuần nữa? {long} lâu hơn thế nếu phải"));
        }
    }
}
