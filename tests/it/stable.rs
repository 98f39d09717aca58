//! Identity over time and across look-alikes: an entity keeps its id when articles are added, in whatever order; what only looks
//! alike is never one.

use std::collections::{BTreeMap, BTreeSet};

use diembao::article::{Format, Plain, parse};
use diembao::entity::{Entities, Evidence, Kind, Mention, Names, Recogniser, join};
use proptest::prelude::*;

/// Whole names, several spellings of each, some of them in the table of other names.
const WHOLE: [(&str, Kind); 22] = [
    ("Kim Jong Un", Kind::Per),
    ("Kim Jong-un", Kind::Per),
    ("KIM JONG UN", Kind::Per),
    ("Kim Yo Jong", Kind::Per),
    ("Trần Quang Vinh", Kind::Per),
    ("Lê Đắc Vinh", Kind::Per),
    ("Mikhail Zurabov", Kind::Per),
    ("Moskva", Kind::Loc),
    ("Matxcơva", Kind::Loc),
    ("Moscow", Kind::Loc),
    ("Lạc Hoà", Kind::Loc),
    ("Lạc Hòa", Kind::Loc),
    ("Lạc Hoa", Kind::Loc),
    ("LẠC HÒA", Kind::Loc),
    ("Nha Trang", Kind::Loc),
    ("Nhà Trắng", Kind::Org),
    ("Quỹ Nước Sạch Làng Xa", Kind::Org),
    ("Quỹ Năng Suất Xanh", Kind::Org),
    ("Bộ Y tế", Kind::Org),
    ("Đội U-21 Hà Vân", Kind::Org),
    ("Đội U21 Hà Vân", Kind::Org),
    ("Cúp Sông Slíp", Kind::Misc),
];
/// Names that may be short for one of those: they belong to a whole name where just one fits.
const SHORT: [(&str, Kind); 5] = [
    ("Kim", Kind::Per),
    ("Vinh", Kind::Per),
    ("Zurabov", Kind::Per),
    ("QNSX", Kind::Org),
    ("Hà Vân", Kind::Loc),
];

/// An article is a row of names; a whole name may be followed by a short form in brackets.
type Made = Vec<(usize, bool)>;

fn made() -> impl Strategy<Value = Made> {
    prop::collection::vec((0..WHOLE.len() + SHORT.len(), any::<bool>()), 1..7)
}

fn article(made: &Made) -> (Plain, Names) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut put = |text: &mut String, name: &str, kind| {
        let start = text.len() as u32;
        text.push_str(name);
        mentions.push(Mention { start, end: text.len() as u32, kind, evidence: Evidence::Table });
    };
    for &(n, bracketed) in made {
        let (name, kind) = WHOLE.iter().chain(&SHORT).nth(n).copied().expect("a name");
        put(&mut text, name, kind);
        if bracketed && name.starts_with("Quỹ") {
            text.push_str(" (");
            put(&mut text, "QNSX", Kind::Org);
            text.push(')');
        }
        text.push_str(" nói, ");
    }
    (Plain { text, parts: Vec::new() }, Names { mentions })
}

fn joined(articles: &[&(Plain, Names)]) -> Entities {
    let input: Vec<Option<(&Plain, &Names)>> = articles.iter().map(|(p, n)| Some((p, n))).collect();
    join(&input)
}

/// The text and the entity's id of each mention of an article.
fn ids<'a>(entities: &'a Entities, n: usize, (plain, names): &'a (Plain, Names)) -> Vec<(&'a str, &'a str)> {
    let texts = names.mentions.iter().map(|m| &plain.text[m.start as usize..m.end as usize]);
    let id = |ix: &_| entities.get(*ix).map_or("", |e| e.id.as_str());
    texts.zip(entities.of(n).iter().map(id)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn an_entity_keeps_its_id_when_articles_are_added(
        all in prop::collection::vec((made(), any::<bool>(), any::<u32>()), 1..12),
    ) {
        let articles: Vec<((Plain, Names), bool, u32)> =
            all.iter().map(|(made, early, place)| (article(made), *early, *place)).collect();
        let early: Vec<&(Plain, Names)> = articles.iter().filter(|a| a.1).map(|a| &a.0).collect();
        // Later, in another order.
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by_key(|n| articles[*n].2);
        let late: Vec<&(Plain, Names)> = order.iter().map(|n| &articles[*n].0).collect();
        let (before, after) = (joined(&early), joined(&late));
        let fulls: BTreeSet<&str> = after.iter().map(|e| e.id.as_str()).collect();
        for (n, article) in early.iter().enumerate() {
            let place = late.iter().position(|a| std::ptr::eq(*a, *article)).expect("it is there later as well");
            for ((text, then), (_, now)) in ids(&before, n, article).into_iter().zip(ids(&after, place, article)) {
                if SHORT.iter().any(|s| s.0 == text) {
                    // A short form may find its whole name, or lose it to a second candidate.
                    prop_assert!(fulls.contains(now));
                } else {
                    prop_assert_eq!(then, now, "{}", text);
                }
            }
        }
    }

    #[test]
    fn the_order_of_articles_changes_nothing(all in prop::collection::vec((made(), any::<u32>()), 1..12)) {
        let articles: Vec<(Plain, Names)> = all.iter().map(|(made, _)| article(made)).collect();
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by_key(|n| all[*n].1);
        let turned: Vec<&(Plain, Names)> = order.iter().map(|n| &articles[*n]).collect();
        let (one, two) = (joined(&articles.iter().collect::<Vec<_>>()), joined(&turned));
        prop_assert!(one.iter().eq(two.iter()));
        for (place, n) in order.iter().enumerate() {
            prop_assert_eq!(one.of(*n), two.of(place));
        }
    }
}

/// The ids of the entities that the program finds in a text, by the text of the mention.
fn found(texts: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let recogniser = Recogniser::load();
    let read = |text: &&str| {
        let plain = Plain::of(&parse(text.as_bytes(), Format::Dump));
        let names = recogniser.names(&plain);
        (plain, names)
    };
    let articles: Vec<(Plain, Names)> = texts.iter().map(read).collect();
    let entities = joined(&articles.iter().collect::<Vec<_>>());
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (n, article) in articles.iter().enumerate() {
        for (text, id) in ids(&entities, n, article) {
            out.entry(text.to_owned()).or_default().insert(id.to_owned());
        }
    }
    out
}

#[test]
fn look_alikes_are_never_one() {
    for (one, two, texts) in [
        (
            "Nha Trang",
            "Nhà Trắng",
            &[
                "Ông Đinh Khắc Lữ rời Nha Trang chiều 5/6 và bay sang Mỹ. Sáng hôm sau ông có mặt ở Nhà Trắng để gặp các quan chức.",
            ][..],
        ),
        (
            "Bộ Giao thông",
            "Bộ Giáo dục",
            &[
                "Bộ Giao thông cho biết đường sẽ thông xe trong tháng 6.",
                "Bộ Giáo dục cho biết trường sẽ mở cửa trong tháng 6.",
            ],
        ),
        (
            "Tân Hoa",
            "Tân Hòa",
            &[
                "Người dân xã Tân Hoa gặt lúa sớm hơn mọi năm.",
                "Người dân xã Tân Hòa gặt lúa muộn hơn mọi năm.",
            ],
        ),
        (
            "Trần Văn Lữ",
            "Đinh Khắc Lữ",
            &[
                "Ông Trần Văn Lữ, trưởng bản, và ông Đinh Khắc Lữ, phó bản, cùng gõ kẻng. Ông Lữ nói bà con đã ra ngoài kịp.",
            ],
        ),
    ] {
        let whole = texts.join("\n\n");
        for texts in [texts, &[whole.as_str()]] {
            let found = found(texts);
            let ids = |name: &str| found.get(name).unwrap_or_else(|| panic!("{name} is not in {found:?}"));
            assert!(ids(one).is_disjoint(ids(two)), "{one} and {two}: {found:?}");
            if let Some(short) = found.get("Lữ") {
                assert!(short.is_disjoint(ids(one)) && short.is_disjoint(ids(two)), "it is open: {found:?}");
            }
        }
    }
}
