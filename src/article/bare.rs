//! Text that somebody saved without the page around it: headline, perhaps date and names, paragraphs.
//!
//! Owns: to tell such a text by what it lacks (no line of a menu, a foot, a form) and to part it by shape alone: the trained weights of
//! `label` know pages, where three lines without furniture do not occur.
//! Refuses: anything with a line of furniture, or with more loose lines than sentences. Tests: at the foot.

use super::byline::is_person;
use super::cues::CueRole;
use super::features::Facts;
use super::label::Zone;
use super::lines::Line;

/// What a page has around a text; one such line and it is a page.
const FURNITURE: [CueRole; 9] = [
    CueRole::Boilerplate,
    CueRole::Related,
    CueRole::End,
    CueRole::Comment,
    CueRole::Link,
    CueRole::Keywords,
    CueRole::Slug,
    CueRole::Form,
    CueRole::Share,
];
/// Lines at most of a text with dates, names or bullets; a page without furniture is a matter of the trained weights.
const FEW: usize = 10;
/// Words from which on a line is no name, date or label, whatever it ends with.
const LONG: usize = 12;
/// Words from which on the line right under headline and date may be a summary without a full stop.
const SUMMARY: usize = 8;
/// Words at most of a line of verse, of a price.
const SHORT: usize = 8;

/// The zones of a text without any furniture; `None` for a page.
pub(super) fn zones(lines: &[Line], facts: &[Facts]) -> Option<Vec<Zone>> {
    // A text of headings alone is no page either.
    let headings = facts.iter().all(|f| f.cues.none() && !is_sentence(f));
    if is_page(lines, facts) || too_loose(facts) && !headings {
        return None;
    }
    let text = |n: usize| {
        let f = &facts[n];
        is_sentence(f)
            || f.words >= LONG && !f.is_credit()
            || lines[n].bullet.is_some()
            || f.cues.sure(CueRole::Caption)
            || headings
    };
    let dated = facts.get(1).is_some_and(|f| f.cues.sure(CueRole::Date));
    let summary = |n: usize| {
        let f = &facts[n];
        dated && n == 2 && f.cues.none() && f.words >= SUMMARY && lines.len() > n + 2
    };
    let headline = usize::from(lines.len() > 1 && is_headline(&lines[0], &facts[0], dated));
    let first = (headline..lines.len()).find(|n| text(*n) || summary(*n))?;
    let last = (first..lines.len()).rfind(|n| text(*n)).unwrap_or(first);
    let last = last + short_lines(lines, &facts[last + 1..]);
    let zone = |n| match n {
        n if n < first => Zone::Before,
        n if n > last => Zone::After,
        _ => Zone::Body,
    };
    Some((0..lines.len()).map(zone).collect())
}

/// A line of furniture, or so many lines with dates, names and bullets that the trained weights know better.
fn is_page(lines: &[Line], facts: &[Facts]) -> bool {
    // A date with the time of day looks a little like a foot; a sure sign goes before.
    let enough = |f: &Facts| if f.is_credit() { 3 } else { 1 };
    let furnished = |f: &Facts| FURNITURE.iter().any(|r| f.cues.of(*r) >= enough(f));
    let (from, to) = paragraphs(facts);
    let silent = |n: usize| {
        let within = n > from && n < to;
        facts[n].cues.none() && (within || lines[n].bullet.is_none()) || n < from && facts[n].is_credit()
    };
    facts.iter().any(furnished) || lines.len() > FEW && !(0..lines.len()).all(silent)
}

/// The first and the last paragraph.
fn paragraphs(facts: &[Facts]) -> (usize, usize) {
    let prose = |f: &Facts| is_sentence(f) && f.is_running();
    (facts.iter().position(prose).unwrap_or(0), facts.iter().rposition(prose).unwrap_or(0))
}

/// More short lines than sentences. Between two paragraphs they are text: verse, prices, what goes into a dish.
fn too_loose(facts: &[Facts]) -> bool {
    let (from, to) = paragraphs(facts);
    let outside = facts[..from].iter().chain(&facts[to..]);
    let loose = outside.filter(|f| !is_sentence(f) && f.words < LONG && f.cues.none()).count();
    loose > facts.iter().filter(|f| is_sentence(f)).count() + 1
}

/// Words without a full stop, a question, or what stands above a date.
fn is_headline(line: &Line, f: &Facts, dated: bool) -> bool {
    let asks = line.text.ends_with(['?', '!']) && f.words <= 25;
    !f.stop && f.words <= 40 || asks || dated && f.words <= 30
}

/// Verse or prices after the last paragraph: short lines up to the end that no cue speaks of, three or more.
fn short_lines(lines: &[Line], rest: &[Facts]) -> usize {
    let from = lines.len() - rest.len();
    let short = |n: &usize| {
        let f = &rest[*n];
        f.words <= SHORT && f.cues.none() && !is_person(lines[from + n].bare())
    };
    let count = (0..rest.len()).take_while(short).count();
    if count >= 3 { count } else { 0 }
}

fn is_sentence(f: &Facts) -> bool {
    f.stop && f.words >= 2 && !(f.cues.sure(CueRole::Byline) && f.words <= 8)
}

#[cfg(test)]
mod tests {
    use super::super::dump::parse;
    use super::super::model::Article;

    fn told(article: &Article) -> String {
        let mut out = vec![format!("T {}", article.title.as_deref().unwrap_or("-"))];
        out.extend(article.lead.iter().map(|l| format!("L {l}")));
        out.extend(article.blocks.iter().map(|b| format!("{} {}", &b.kind.name()[..1], b.text)));
        out.extend(article.credits.iter().map(|c| format!("({} {})", c.role.name(), c.text)));
        out.extend(article.set_aside.iter().map(|c| format!("({} {})", c.role.name(), c.text)));
        out.join(" | ")
    }

    #[test]
    fn short_texts_are_read_whole() {
        for (text, expect) in [
            ("Lũ về\n\nNước lên nhanh ở Bến Chàm.", "T Lũ về | p Nước lên nhanh ở Bến Chàm."),
            (
                "Lũ về trong đêm\nMưa suốt đêm làm sông dâng cao.\nDân ba xã phải đi sơ tán.",
                "T Lũ về trong đêm | L Mưa suốt đêm làm sông dâng cao. | p Dân ba xã phải đi sơ tán.",
            ),
            (
                "Flood hits the valley\n\nRain raised the river overnight. Three villages were cleared.\n\nBy Ada Marsh\nJuly 12, 2025",
                "T Flood hits the valley | p Rain raised the river overnight. Three villages were cleared. | (byline By Ada Marsh) | (date July 12, 2025)",
            ),
            (
                "GIÁ GẠO LÊN CAO\n\n(HVB) - Sáng 3/9/2025, giá gạo lên cao nhất năm.\n\nTheo ông Trần Văn Ngô, giá còn lên nữa.\n\nẢnh: Lam Thu",
                "T GIÁ GẠO LÊN CAO | L Sáng 3/9/2025, giá gạo lên cao nhất năm. | p Theo ông Trần Văn Ngô, giá còn lên nữa. | c Ảnh: Lam Thu | (tag (HVB) -)",
            ),
            (
                "Giá gạo tăng\n12/07/2025 08:15\nĐặng Văn Khế\n\nGiá gạo tăng nhẹ ở chợ Bến Chàm trong tuần qua.\n\nGiữ giá\n\nTiểu thương nói họ sẽ giữ giá đến cuối tháng.\n\n(Theo Hà Vân Báo)",
                "T Giá gạo tăng | L Giá gạo tăng nhẹ ở chợ Bến Chàm trong tuần qua. | h Giữ giá | p Tiểu thương nói họ sẽ giữ giá đến cuối tháng. | (date 12/07/2025 08:15) | (byline Đặng Văn Khế) | (source (Theo Hà Vân Báo))",
            ),
            ("Nước lên nhanh ở Bến Chàm.", "T - | p Nước lên nhanh ở Bến Chàm."),
            (
                "Vì sao nước lên?\n\nMưa lớn ở đầu nguồn.\n\nĐập xả nước lúc nửa đêm.",
                "T Vì sao nước lên? | L Mưa lớn ở đầu nguồn. | p Đập xả nước lúc nửa đêm.",
            ),
            (
                "Đêm thơ ở Bến Chàm\n\n29/07/2026 08:00\n\nĐêm qua, người dân Bến Chàm ngồi bên sông nghe ông Ngô đọc thơ.\n\nNước về mang phù sa\nĐò ngang chở nắng qua\nBờ xa ai còn đợi\nKhói lên từ mái nhà\n\nÔng Ngô viết bài thơ ấy từ năm ông mới mười tám tuổi.",
                "T Đêm thơ ở Bến Chàm | L Đêm qua, người dân Bến Chàm ngồi bên sông nghe ông Ngô đọc thơ. | p Nước về mang phù sa | p Đò ngang chở nắng qua | p Bờ xa ai còn đợi | p Khói lên từ mái nhà | p Ông Ngô viết bài thơ ấy từ năm ông mới mười tám tuổi. | (date 29/07/2026 08:00)",
            ),
            (
                "Soup for a cold day\n\n29/07/2026 08:00\n\nThe soup is made in every house of the valley when the frost comes.\n\n2 onions\n300 g of beans\n1 litre of water\n\nCook the onions, put in the beans and leave it all on a low fire.",
                "T Soup for a cold day | p The soup is made in every house of the valley when the frost comes. | p 2 onions | p 300 g of beans | p 1 litre of water | p Cook the onions, put in the beans and leave it all on a low fire. | (date 29/07/2026 08:00)",
            ),
            (
                "Kỳ thi ở Lộc Hà\n\n29/07/2026 08:00\n\nHơn ba nghìn học sinh của huyện Lộc Hà vào kỳ thi từ sáng nay.\n\n1. Lịch thi\n\nBuổi sáng học sinh thi văn, buổi chiều các em thi toán và sử.\n\n2. Nơi thi\n\nBảy trường của huyện mở cửa từ sáu giờ để đón các em vào phòng.",
                "T Kỳ thi ở Lộc Hà | L Hơn ba nghìn học sinh của huyện Lộc Hà vào kỳ thi từ sáng nay. | h 1. Lịch thi | p Buổi sáng học sinh thi văn, buổi chiều các em thi toán và sử. | h 2. Nơi thi | p Bảy trường của huyện mở cửa từ sáu giờ để đón các em vào phòng. | (date 29/07/2026 08:00)",
            ),
            (
                "Is the river safe?\n\nThe water was brown again this morning below the bridge at Marsh End.\n\nThe council says that people may swim in it from Friday on.",
                "T Is the river safe? | p The water was brown again this morning below the bridge at Marsh End. | p The council says that people may swim in it from Friday on.",
            ),
            (
                "Quảng cáo che biển\n\n29/07/2026 08:00\n\nNước lên nhanh ở Bến Chàm.",
                "T Quảng cáo che biển | p Nước lên nhanh ở Bến Chàm. | (date 29/07/2026 08:00)",
            ),
            (
                "Chợ Lộc Hà mở cửa.\n\n29/07/2026 08:00\n\nĐám cháy lớn thiêu rụi xưởng dệt ở Tân Mỹ\n\nChợ Lộc Hà mở cửa từ sáng nay, theo chính quyền xã.\n\nNgười bán hàng đã chờ ngày này từ đầu năm.\n\nCà chua: 20.000 đồng\nRau muống: 8.000 đồng\nHành lá: 30.000 đồng",
                "T Chợ Lộc Hà mở cửa. | L Đám cháy lớn thiêu rụi xưởng dệt ở Tân Mỹ | p Chợ Lộc Hà mở cửa từ sáng nay, theo chính quyền xã. | p Người bán hàng đã chờ ngày này từ đầu năm. | p Cà chua: 20.000 đồng | p Rau muống: 8.000 đồng | p Hành lá: 30.000 đồng | (date 29/07/2026 08:00)",
            ),
        ] {
            assert_eq!(told(&parse(text)), expect);
        }
    }
}
