//! Saved pages of the web: the body, title, date and authors of real ones, lists of headlines, hostile ones.

use std::path::Path;

use diembao::article::{Article, BlockKind, Format, ProblemKind, parse};

use crate::shared::shared;
use crate::shingle::{body, page, score};

fn read(path: &Path) -> Article {
    parse(&std::fs::read(path).expect("readable"), Format::Html)
}

fn strings(value: &serde_json::Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str()).collect()
}

#[test]
fn real_pages() {
    let Some(folder) = shared("pages-vi") else { return };
    let gold = std::fs::read(folder.join("gold.json")).expect("gold");
    let gold: serde_json::Value = serde_json::from_slice(&gold).expect("JSON");
    let mut bodies = Vec::new();
    for (name, expect) in gold.as_object().expect("object") {
        let article = read(&folder.join(name));
        assert_eq!(article.title.as_deref(), expect["title"].as_str(), "{name}");
        assert_eq!(article.authors, strings(&expect["authors"]), "{name}");
        let date = article.published.as_ref().expect(name).iso();
        assert!(expect["date"].as_str().is_some_and(|d| d.starts_with(&date[..10])), "{name}: {date}");
        let captions: Vec<&str> =
            article.blocks.iter().filter(|b| b.kind == BlockKind::Caption).map(|b| b.text.as_str()).collect();
        assert_eq!(captions, strings(&expect["captions"]), "{name}");
        bodies.push(page(expect["articleBody"].as_str().expect("body"), &body(&article)));
    }
    let score = score(&bodies);
    println!("pages-vi P {:.4} R {:.4} F1 {:.4}", score.precision, score.recall, score.f1);
    assert!(score.f1 >= 0.99, "{score:?}");
}

#[test]
fn real_lists_of_headlines_are_no_articles() {
    let Some(folder) = shared("pages-vi") else { return };
    let mut told = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with("list-") && !read(&path).blocks.is_empty() {
            told.push(name);
        }
    }
    // Of eight; this one has a story in full at its top.
    assert_eq!(told, ["list-tuoitre-2026-03.html"]);
}

const PAGE: &str = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>Cầu Trà mở cửa sau ba năm - Báo Lam Giang</title>
<meta property="og:site_name" content="Báo Lam Giang">
<meta name="description" content="Cây cầu nối hai bờ sông Trà mở cửa sáng nay, sớm hơn dự kiến hai tháng.">
</head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/thoi-su">Thời sự</a></li></ul></nav>
<main><article>
<h1>Cầu Trà mở cửa sau ba năm</h1>
<span class="date">Thứ bảy, 07/03/2026 08:01 (GMT+7)</span>
<h2 class="sapo">Cây cầu nối hai bờ sông Trà mở cửa sáng nay, sớm hơn dự kiến hai tháng.</h2>
<p>Từ bốn giờ sáng, người dân hai bờ đã đứng chờ ở chân cầu. Ông Đinh Khắc Lữ, người lái phà hai mươi năm, là người đầu tiên đi bộ qua.</p>
<figure><img src="cau-tra.jpg" alt="cầu"><figcaption>Cầu Trà sáng 7/3. Ảnh: Lam Giang</figcaption></figure>
<p>“Tôi buồn vì nghỉ lái phà, nhưng mừng vì trẻ con không phải qua sông mùa lũ nữa”, ông Lữ nói với những người đi cùng.</p>
<h3>Giá vé</h3>
<table><tr><th>Xe</th><th>Vé</th></tr><tr><td>Ô tô</td><td>10.000</td></tr></table>
<p>Cầu dài ba trăm mét, rộng mười hai mét, có lối riêng cho người đi bộ và xe đạp; xe tải trên mười tấn vẫn phải đi vòng.</p>
<p style="text-align:right"><strong>Mây Trắng</strong></p>
</article></main>
<div class="related-news"><a href="/a">Giá lúa đầu tuần nhích nhẹ ở Hà Vân</a></div>
<footer>Đường dây nóng: 0123 456 789</footer></body></html>"#;

fn told(article: &Article) -> String {
    let blocks: Vec<String> = article
        .blocks
        .iter()
        .map(|b| format!("{} {}", b.kind.name(), b.text.chars().take(24).collect::<String>()))
        .collect();
    blocks.join("\n")
}

#[test]
fn a_page() {
    let article = parse(PAGE.as_bytes(), Format::Html);
    assert_eq!(article.title.as_deref(), Some("Cầu Trà mở cửa sau ba năm"));
    assert_eq!(
        article.lead.as_deref(),
        Some("Cây cầu nối hai bờ sông Trà mở cửa sáng nay, sớm hơn dự kiến hai tháng.")
    );
    assert_eq!(
        article.published.as_ref().map(diembao::article::Dated::iso).as_deref(),
        Some("2026-03-07T08:01+07:00")
    );
    assert_eq!(article.source.as_deref(), Some("Báo Lam Giang"));
    assert_eq!(article.authors, ["Mây Trắng"]);
    assert_eq!(
        told(&article),
        "paragraph Từ bốn giờ sáng, người d\ncaption Cầu Trà sáng 7/3. Ảnh: L\nparagraph “Tôi buồn vì nghỉ lái ph\n\
         heading Giá vé\ntable Xe\tVé\nÔ tô\t10.000\nparagraph Cầu dài ba trăm mét, rộn"
    );
    assert_eq!((article.pictures[0].block, &*article.pictures[0].address), (1, "cau-tra.jpg"));
    let aside: Vec<&str> = article.set_aside.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(
        aside,
        ["Trang chủ", "Thời sự", "Giá lúa đầu tuần nhích nhẹ ở Hà Vân", "Đường dây nóng: 0123 456 789"]
    );
    assert_eq!(article.problems, []);
}

#[test]
fn a_page_in_an_old_encoding_says_so() {
    let (bytes, ..) = encoding_rs::WINDOWS_1258.encode(
        "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\"></head>",
    );
    let mut page = bytes.into_owned();
    // `Cầu` with its mark apart, as the encoding has it.
    page.extend(b"<body><h1>C\xE2\xCCu Tr\xE0 h\xF4m nay</h1><p>");
    page.extend(b"M\xF4t ".repeat(60));
    page.extend(b"</p></body></html>");
    let article = parse(&page, Format::Html);
    assert_eq!(article.title.as_deref(), Some("Cầu Trà hôm nay"));
}

#[test]
fn hostile_pages_end_and_tell() {
    let check = |page: &str, kind: Option<ProblemKind>| {
        let article = parse(page.as_bytes(), Format::Html);
        let kinds: Vec<ProblemKind> = article.problems.iter().map(|p| p.kind).collect();
        assert!(kind.is_none_or(|k| kinds.contains(&k)), "{page:.60}: {kinds:?}");
        let shown = format!("{article:?}");
        assert!(!shown.contains("\\u{1b}") && !shown.contains("\\u{202e}"), "{page:.60}");
    };
    check(&"<div>".repeat(1 << 19), Some(ProblemKind::TooLarge));
    check(&"<a><b><i>".repeat(20_000), Some(ProblemKind::TooLarge));
    check("<html><body><p>&#27;]52;c;QQ==&#7; &#x202e;x</p><h1>&#x1b;[2J</h1>", Some(ProblemKind::Hostile));
    check("<html><script>", Some(ProblemKind::Empty));
    check("<html><body><!-- ", Some(ProblemKind::Empty));
    check(&format!("<html><body><table>{}", "<tr><td><table>".repeat(90)), None);
    check(&format!("<p {}>x", "a=1 ".repeat(50_000)), None);
}
