//! What an article says of itself beside its text: when it was published, by whom, from which house, at which address.
//!
//! Owns: choosing among the lines that state it. Refuses: reading one line (see `dates`, `byline`). Tests: at the foot, in
//! `dump` and `tests/it/seeds.rs`.

use super::byline::{Credit, attributed, credit, is_person};
use super::cues::CueRole;
use super::features::{Measured, hash_letters};
use super::gazetteer::outlet;
use super::label::Zone;
use super::lines::Line;
use super::masthead::Masthead;
use super::model::{Article, BlockKind, Dated, Lang, Precision, Role, SetAside};
use super::roles::Label;
use super::{dateline, year};

/// A labelled page.
pub(super) struct Page<'a> {
    pub lines: &'a [Line],
    pub measured: &'a Measured,
    pub zones: &'a [Zone],
    pub labels: &'a [Label],
    pub masthead: &'a Masthead,
}

/// Date, people, houses.
pub(super) fn about(article: &mut Article, page: &Page<'_>) {
    article.published = published(page, article.lang);
    credits(article, page.masthead);
    agency_of_text(article);
    site(article, page.masthead);
    link(article);
    if article.published.is_none() {
        event_day(article);
    }
}

/// The date line: near the text, minutes before days, "published" before "updated".
fn published(page: &Page<'_>, lang: Lang) -> Option<Dated> {
    let Page { lines, measured, zones, labels, .. } = page;
    let start = zones.iter().position(|z| *z == Zone::Body).unwrap_or(lines.len());
    let title = labels.iter().position(|l| *l == Label::Title);
    let mut best: Option<(f32, Dated)> = None;
    for (n, line) in lines.iter().enumerate() {
        let credit = matches!(labels[n], Label::Credit(_));
        let top = zones[n] == Zone::Before
            && labels[n] != Label::Caption
            && !measured.facts[n].cues.sure(CueRole::Caption)
            && measured.facts[n].cues.sure(CueRole::Date)
            && !measured.facts[n].cues.sure(CueRole::Boilerplate);
        if !(credit || top) || line.text.len() > 240 {
            continue;
        }
        let Some(found) = dateline::stated_on(&line.text, line.first, lang) else { continue };
        let mut score = match found.date.precision {
            Precision::Minute => 2.0,
            Precision::Day => 0.0,
            Precision::Month | Precision::Year => -2.0,
        };
        score += if found.date.zone.is_some() { 0.5 } else { 0.0 };
        let nearest = title.map_or(start.abs_diff(n), |t| t.abs_diff(n).min(start.abs_diff(n)));
        score -= 0.1 * (nearest.min(40) as f32);
        score -= if zones[n] == Zone::After { 2.0 } else { 0.0 };
        let lower = line.text.to_lowercase();
        score += if lower.contains("publish") || lower.contains("đăng") || lower.contains("xuất bản") {
            0.7
        } else {
            0.0
        };
        score -= if lower.contains("updat") || lower.contains("modified") || lower.contains("cập nhật") {
            0.4
        } else {
            0.0
        };
        if best.as_ref().is_none_or(|(b, _)| score > *b) {
            best = Some((score, found.date));
        }
    }
    best.map(|(_, date)| date)
}

/// People and houses of the credit lines; without a credited house the page's own. A house is never an author.
fn credits(article: &mut Article, masthead: &Masthead) {
    let mut all = Credit::default();
    let says = |c: &&SetAside| {
        c.role != Role::Tag && (c.role != Role::Date || c.text.chars().any(char::is_alphabetic))
    };
    for line in article.credits.iter().filter(says) {
        let found = credit(&line.text, line.line);
        for author in found.authors {
            if !all.authors.iter().any(|a| a.to_lowercase() == author.to_lowercase()) && all.authors.len() < 6
            {
                all.authors.push(author);
            }
        }
        if let Some(house) = found.source {
            // `Theo Person`, then `Theo House`: only the second is where the text comes from.
            match all
                .source
                .take_if(|first| is_person(first) && outlet(first).is_none() && !is_person(&house))
            {
                Some(person) => {
                    all.authors.push(person);
                    all.source = Some(house);
                }
                None => all.source = all.source.or(Some(house)),
            }
        }
        all.agency = all.agency.or(found.agency);
    }
    article.source = article.source.take().or(all.source).or_else(|| masthead.name.clone());
    let house = article.source.as_deref().map(hash_letters);
    all.authors.retain(|a| !masthead.names(a) && Some(hash_letters(a)) != house);
    article.authors = all.authors;
    article.agency = all.agency;
}

/// Without a credit line the opening of lead or first paragraph may name the agency.
fn agency_of_text(article: &mut Article) {
    if article.agency.is_some() {
        return;
    }
    let first = article.blocks.iter().find(|b| b.kind == BlockKind::Paragraph).map(|b| b.text.as_str());
    article.agency = article.lead.as_deref().into_iter().chain(first).find_map(attributed).map(str::to_owned);
}

/// The site that put the copy out: a domain in a line about rights, else the outlet whose page it is; none where it is the source.
fn site(article: &mut Article, masthead: &Masthead) {
    article.site = rights_domain(article).or_else(|| masthead.name.clone()).filter(|site| {
        let same = |source: &String| {
            hash_letters(source) == hash_letters(site)
                || outlet(source).is_some_and(|o| outlet(site) == Some(o))
        };
        !article.source.as_ref().is_some_and(same)
    });
}

fn rights_domain(article: &Article) -> Option<String> {
    let domain = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let (name, end) = word.rsplit_once('.')?;
        let known = matches!(end.to_lowercase().as_str(), "vn" | "com" | "net" | "eu" | "org" | "info");
        (known && name.len() > 1 && !word.contains('@')).then(|| word.to_owned())
    };
    for line in &article.set_aside {
        let lower = line.text.to_lowercase();
        let rights = ["ghi rõ nguồn", "bản quyền", "©", "phát hành lại", "kết nối cộng đồng", "copyright"]
            .iter()
            .any(|w| lower.contains(w));
        if !rights || line.text.contains("://") {
            continue;
        }
        if let Some(found) = line.text.split_whitespace().find_map(domain) {
            return Some(found);
        }
    }
    None
}

/// The article's own address: the first that stands alone on a line.
fn link(article: &mut Article) {
    let found = article.set_aside.iter().find(|l| l.role == Role::Link && l.text.starts_with("http"));
    article.url = found.map(|l| l.text.clone());
}

/// The day of the event stands for the date of publication, when the text gives evidence of its year.
fn event_day(article: &mut Article) {
    let captions = article.blocks.iter().filter(|b| b.kind == BlockKind::Caption);
    let body = article.blocks.iter().filter(|b| b.kind != BlockKind::Caption);
    let title = article.title.as_deref().map(|t| (article.title_line, t));
    let lead = article.lead.as_deref().map(|t| (article.lead_line, t));
    let parts: Vec<(u32, &str)> = title
        .into_iter()
        .chain(lead)
        .chain(captions.take(1).map(|b| (b.line, b.text.as_str())))
        .chain(body.map(|b| (b.line, b.text.as_str())))
        .take(40)
        .collect();
    let hint = year::day_hint(parts.iter().copied());
    if let Some(hint) = &hint {
        let year = year::year(&parts.iter().map(|p| p.1));
        article.published = year.and_then(|y| year::inferred(hint, y));
    }
    article.day_hint = hint;
    if article.published.is_none() {
        article.published = year::opening_day(&parts.iter().copied());
    }
}

#[cfg(test)]
mod tests {
    use super::super::dump::parse;

    #[test]
    fn people_are_told_from_houses() {
        let body = "Cây cầu mới qua sông Trà sẽ khởi công trong quý tới, theo chính quyền thành phố Lam Giang.\n\n\
            Người dân hai bờ đã chờ cây cầu này từ lâu, vì đi phà mỗi lần mất gần một giờ đồng hồ.";
        for (foot, authors, source) in [
            ("Theo Lê Na\n\nTheo Sông Trà mới Copy link", &["Lê Na"][..], Some("Sông Trà mới")),
            ("Theo Sông Trà mới", &[], Some("Sông Trà mới")),
        ] {
            let article = parse(&format!("Sắp có cầu mới qua sông Trà\n\n{body}\n\n{foot}"));
            assert_eq!(
                (&article.authors[..], article.source.as_deref()),
                (&authors.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>()[..], source),
                "{foot}"
            );
        }
    }

    #[test]
    fn date_lines_under_the_headline_date_the_page() {
        const VI: [&str; 3] = [
            "Sắp có cầu mới qua sông Trà",
            "Cây cầu mới qua sông Trà sẽ khởi công trong quý tới, theo chính quyền thành phố Lam Giang.",
            "Người dân hai bờ đã chờ cây cầu này từ lâu, vì đi phà mỗi lần mất gần một giờ đồng hồ.",
        ];
        const EN: [&str; 3] = [
            "New bridge over the Tra is near",
            "Work on the new bridge over the river will begin in the next quarter, the mayor of the town said.",
            "People on both banks have waited for the bridge for years, as the ferry takes nearly an hour.",
        ];
        let check = |[title, first, second]: [&str; 3], line: &str, expect: &str| {
            let article = parse(&format!("{title}\n\n{line}\n\n{first}\n\n{second}\n"));

            assert_eq!(article.title.as_deref(), Some(title), "{line}");
            assert_eq!(article.published.map(|d| d.iso()).as_deref(), Some(expect), "{line}");
        };
        check(VI, "Ngày 7 tháng 3 năm 2026", "2026-03-07");
        check(VI, "Hà Nội, ngày 7 tháng 3 năm 2026", "2026-03-07");
        check(VI, "Thứ Sáu, ngày 7 tháng 3 năm 2026", "2026-03-07");
        check(VI, "7 tháng 3, 2026", "2026-03-07");
        check(VI, "7 Tháng Ba, 2026", "2026-03-07");
        check(VI, "06 thg 3, 2026", "2026-03-06");
        check(VI, "Lúc 21:30 ngày 06 Tháng 3, 2026", "2026-03-06T21:30");
        check(VI, "Tháng 3/2026", "2026-03");
        check(VI, "1/3/26", "2026-03-01");
        check(VI, "2026-03-07T08:01:53+07:00", "2026-03-07T08:01+07:00");
        check(VI, "2026/03/07 10:00", "2026-03-07T10:00");
        check(EN, "Saturday, March 7, 2026 | 3:02 p.m.", "2026-03-07T15:02");
        check(EN, "March 2026", "2026-03");
        check(EN, "Updated 3:14 PM EST, March 7, 2026", "2026-03-07T15:14-05:00");
        check(EN, "Updated 9:41 AM EDT, Thu April 9, 2026", "2026-04-09T09:41-04:00");
        check(EN, "Updated 10:35 GMT, 7 March 2026", "2026-03-07T10:35+00:00");
        check(EN, "12:01 AM · Mar 7, 2026", "2026-03-07T00:01");
        check(EN, "Published: 3/25/2026 4:05 PM", "2026-03-25T16:05");
        check(EN, "Published: 3/7/2026 4:05 PM", "2026-03-07T16:05");
        check(EN, "Published 07/03/2026 16:05", "2026-03-07T16:05");
    }

    #[test]
    fn a_month_amid_the_text_is_no_date_line() {
        let part = "Người dân hai bờ đã chờ cây cầu này từ lâu, vì đi phà mỗi lần mất gần một giờ đồng hồ.";
        let text = format!(
            "Cầu sông Trà qua từng chặng\n\n07/03/2026 08:10\n\n{part}\n\n{part} Nay thì hết.\n\nTháng 6/2025\n\n{part} Xã mừng.\n"
        );
        let article = parse(&text);
        assert_eq!(article.published.map(|d| d.iso()).as_deref(), Some("2026-03-07T08:10"));
        assert!(article.blocks.iter().any(|b| b.text == "Tháng 6/2025"), "{:?}", article.credits);
    }
}
