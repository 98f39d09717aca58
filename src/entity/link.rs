//! Joining the spellings of one thing across articles.
//!
//! Owns: [`join`] and its parts. Every join is between a name and the canonical form itself, never through a third name.
//! Refuses: disk, threads; folded marks (`nha trang` and `Nhà Trắng` never meet).
//! Tests: at the foot; measured on labelled articles in `tests/it/linking.rs`.

use super::across::decide;
use super::assemble::assemble;
use super::decision::Repairs;
use super::local::{Local, local, text_of};
use super::model::{Entities, Names};
use super::pool::Pool;
use crate::article::Plain;

/// Joins the names of all articles; `articles[i]` is `None` where names are not ready. Pure: the order of articles does not matter.
pub fn join(articles: &[Option<(&Plain, &Names)>]) -> Entities {
    join_with(articles, &Repairs::default())
}

/// [`join`], with the reader's own decisions applied last.
pub fn join_with(articles: &[Option<(&Plain, &Names)>], repairs: &Repairs) -> Entities {
    let mut joiner = Joiner::default();
    for article in articles {
        match article {
            Some((plain, names)) => joiner.add(plain, names, &local(plain, names)),
            None => joiner.skip(),
        }
    }
    joiner.finish(repairs)
}

/// [`join_with`] article by article, for callers that make the articles' own parts ([`local`]) on other threads.
#[derive(Debug, Default)]
pub struct Joiner {
    pool: Pool,
}

impl Joiner {
    /// Adds the next article.
    pub fn add(&mut self, plain: &Plain, names: &Names, local: &Local) {
        self.pool.add(local, names.mentions.iter().map(|m| text_of(plain, m)));
    }

    /// Adds an article whose names are not ready.
    pub fn skip(&mut self) {
        self.pool.skip();
    }

    /// Joins what was added.
    pub fn finish(self, repairs: &Repairs) -> Entities {
        let decisions = decide(&self.pool);
        assemble(self.pool, &decisions, repairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::model::{Entity, EntityIx, Evidence, Kind, Mention, Rule};
    use crate::entity::{Decision, Repairs};

    /// An article from words and names: `[Kim Jong Un|PER]`.
    fn article(marked: &str) -> (Plain, Names) {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        for (n, piece) in marked.split(['[', ']']).enumerate() {
            if n % 2 == 0 {
                text.push_str(piece);
                continue;
            }
            let (name, kind) = piece.split_once('|').expect("a kind");
            let kind = Kind::ALL.into_iter().find(|k| k.name() == kind).expect("a known kind");
            let start = text.len() as u32;
            text.push_str(name);
            mentions.push(Mention { start, end: text.len() as u32, kind, evidence: Evidence::Table });
        }
        (Plain { text, parts: Vec::new() }, Names { mentions })
    }

    fn joined_with(marked: &[&str], repairs: &Repairs) -> Entities {
        let articles: Vec<(Plain, Names)> = marked.iter().map(|m| article(m)).collect();
        let input: Vec<Option<(&Plain, &Names)>> = articles.iter().map(|(p, n)| Some((p, n))).collect();
        join_with(&input, repairs)
    }

    fn joined(marked: &[&str]) -> Entities {
        joined_with(marked, &Repairs::default())
    }

    fn entity<'a>(entities: &'a Entities, name: &str) -> &'a Entity {
        let found = entities.iter().find(|e| e.name == name);
        found.unwrap_or_else(|| panic!("no {name} in {entities:?}"))
    }

    fn meant(entities: &Entities) -> Vec<Vec<EntityIx>> {
        (0..entities.rows()).map(|article| entities.of(article).to_vec()).collect()
    }

    /// Each mention's entity name, article by article.
    fn names_of(entities: &Entities) -> Vec<Vec<&str>> {
        let name = |ix: &EntityIx| entities.get(*ix).map_or("-", |e| e.name.as_str());
        meant(entities).iter().map(|list| list.iter().map(name).collect()).collect()
    }

    #[test]
    fn spellings_of_one_thing() {
        for (articles, name, expect) in [
            (&["[Kim Jong Un|PER] … ông [Kim|PER]", "[Kim Jong-un|PER]"][..], "Kim Jong Un", 3),
            (&["[Moskva|LOC] [Moscow|LOC]", "[Matxcơva|LOC]", "[Mạc Tư Khoa|LOC]"], "Moskva", 4),
            (
                &[
                    "[Hãng thông tấn Trung ương Triều Tiên|ORG] ([KCNA|ORG])",
                    "[Hãng thông tấn trung ương Triều Tiên|ORG]",
                ],
                "KCNA",
                3,
            ),
            (&["[Choe Son Hui|PER]", "[Choe Son-hui|PER]"], "Choe Son Hui", 2),
            (&["[RIA|ORG]", "[RIA Novosti|ORG]", "[Ria Novosti|ORG]"], "RIA Novosti", 3),
            (&["[REUTERS|ORG]", "[Reuters|ORG]"], "Reuters", 2),
            (&["[VOV.VN|ORG] [vov.vn|ORG]", "[VOV|ORG]"], "VOV", 3),
            (&["[Tass|ORG]", "[TASS|ORG]"], "TASS", 2),
            (&["[Nga|LOC] - [Triều|LOC]", "[CHDCND Triều Tiên|LOC]"], "Triều Tiên", 2),
            (&["[Liên Hiệp Quốc|ORG]", "[LHQ|ORG]", "[Liên Hợp Quốc|ORG]"], "Liên Hợp Quốc", 3),
            (&["[Trần Quang Vinh|PER] … ông [Vinh|PER]"], "Trần Quang Vinh", 2),
        ] {
            assert_eq!(entity(&joined(articles), name).mentions, expect, "{articles:?}");
        }
    }

    #[test]
    fn never_joined() {
        for (a, b) in [
            ("[Nha Trang|LOC]", "[Nhà Trắng|LOC]"),
            ("[Nha Trang|ORG]", "[Nhà Trắng|ORG]"),
            ("[Bộ Giao thông|ORG]", "[Bộ Giáo dục|ORG]"),
            ("[Tân Hoa|LOC]", "[Tân Hòa|LOC]"),
            ("[Mạnh Hùng|PER]", "[Mạnh Hưng|PER]"),
            ("[Triều|LOC]", "[Triều Tiên|LOC]"),
            ("[Vinh|PER]", "[Trần Quang Vinh|PER]"),
            ("[Washington|LOC]", "[Washington|PER]"),
            ("[Công an TP Sông Cả|ORG]", "[Công an tỉnh Sông Cả|ORG]"),
        ] {
            let both = joined(&[a, b]);
            assert_ne!(both.of(0)[0], both.of(1)[0], "{a} {b}");
            if a != "[Vinh|PER]" && a != "[Triều|LOC]" {
                let one = joined(&[&format!("{a} {b}")]);
                assert_ne!(one.of(0)[0], one.of(0)[1], "{a} {b} in one article");
            }
        }
    }

    #[test]
    fn two_candidates_stay_open() {
        let both = joined(&["[Trần Quang Vinh|PER] và [Lê Đắc Vinh|PER], ông [Vinh|PER] nói"]);
        assert_eq!(entity(&both, "Vinh").open, ["per:lêđắcvinh", "per:trầnquangvinh"]);
        assert_eq!(names_of(&both), [["Trần Quang Vinh", "Lê Đắc Vinh", "Vinh"]]);
        let kims = joined(&["[Kim Jong Un|PER] và [Kim Yo Jong|PER]: ông [Kim|PER]"]);
        assert_eq!(entity(&kims, "Kim").open.len(), 2);
    }

    #[test]
    fn every_join_says_why() {
        let all = joined(&["[Moskva|LOC] [Mátxcơva|LOC] [MOSKVA|LOC] [Mosk-va|LOC]"]);
        let variants = &entity(&all, "Moskva").variants;
        let rule = |text: &str| variants.iter().find(|v| v.text == text).map(|v| v.rule);
        assert_eq!(rule("Moskva"), Some(Rule::Canonical));
        assert_eq!(rule("MOSKVA"), Some(Rule::Spelling));
        assert_eq!(rule("Mosk-va"), Some(Rule::Joints));
        assert_eq!(rule("Mátxcơva"), Some(Rule::Table));
        let untold = |v: &&crate::entity::Variant| v.rule == Rule::Table && v.why.is_empty();
        assert_eq!(variants.iter().filter(untold).count(), 0);
    }

    #[test]
    fn short_forms_hold_in_other_articles_when_there_is_one_full_name() {
        let full = "[Quỹ Nước Sạch Làng Xa|ORG] ([QNSX|ORG])";
        assert_eq!(names_of(&joined(&[full, "[QNSX|ORG]"]))[1], ["Quỹ Nước Sạch Làng Xa"]);
        let other = "[Quỹ Năng Suất Xanh|ORG] ([QNSX|ORG])";
        assert_eq!(names_of(&joined(&[full, other, "[QNSX|ORG]"]))[2], ["QNSX"]);
    }

    #[test]
    fn a_person_who_was_taken_for_a_work_is_called_by_the_family_name() {
        let taken =
            ["[Eden Hazard|PER] [Hazard|PER]", "[Eden Hazard|MISC]", "[Eden Hazard|MISC]", "[Hazard|PER]"];
        let all = joined(&taken);
        assert_eq!(
            names_of(&all),
            [vec!["Eden Hazard"; 2], vec!["Eden Hazard"], vec!["Eden Hazard"], vec!["Eden Hazard"]]
        );
        assert_eq!(all.iter().count(), 1);
        // Two of that family: each article's own stays that, the others are left open.
        let two = joined(&[&taken[..], &["[Thorgan Hazard|PER] [Hazard|PER]"]].concat());
        assert_eq!(names_of(&two)[3..], [vec!["Hazard"], vec!["Thorgan Hazard"; 2]]);
        // A work of that name, of which more articles speak.
        let work = joined(&["[Jane Eyre|PER]", "[Jane Eyre|MISC]", "[Jane Eyre|MISC]"]);
        assert_eq!(work.iter().count(), 2);
    }

    #[test]
    fn unmarked_names_of_one_story() {
        let marked = "[Hạc Giang|LOC] [Trần Quang Vinh|PER] [Bến Chàm|LOC] [Sao Mai|ORG]";
        let bare = "[Hac Giang|LOC] [Tran Quang Vinh|PER] [Ben Cham|LOC] [Dong Bac|LOC]";
        assert_eq!(
            names_of(&joined(&[marked, bare]))[1],
            ["Hạc Giang", "Trần Quang Vinh", "Bến Chàm", "Dong Bac"]
        );
        let all = joined(&[marked, bare]);
        let rule = |text| entity(&all, "Hạc Giang").variants.iter().find(|v| v.text == text).map(|v| v.rule);
        assert_eq!((rule("Hạc Giang"), rule("Hac Giang")), (Some(Rule::Canonical), Some(Rule::Marks)));
        // Two names in common are no story, and of two marked names none is meant.
        for (articles, expect) in [
            (&[marked, "[Hac Giang|LOC] [Ben Cham|LOC]"][..], &["Hac Giang", "Ben Cham"][..]),
            (&[marked, bare, "[Hác Giang|LOC]"], &["Hac Giang", "Tran Quang Vinh", "Ben Cham", "Dong Bac"]),
        ] {
            assert_eq!(names_of(&joined(articles))[1], expect, "{articles:?}");
        }
    }

    #[test]
    fn bare_bodies_of_the_state() {
        for (article, expect) in [
            (
                "[Chính phủ Nga|ORG] [Nga|LOC] [Nga|LOC] [Nga|LOC] [Việt Nam|LOC]: [Chính phủ|ORG]",
                "Chính phủ Nga",
            ),
            (
                "[Chính phủ Nga|ORG] [Nga|LOC] [Việt Nam|LOC] [Việt Nam|LOC]: [Chính phủ|ORG]",
                "Chính phủ Việt Nam",
            ),
            ("[Chính phủ Nga|ORG] [Nga|LOC] [Nga|LOC]: [Chính phủ Việt Nam|ORG]", "Chính phủ Việt Nam"),
            ("[Chính phủ Nga|ORG] [Chính phủ Việt Nam|ORG] [Việt Nam|LOC]: [Chính phủ|ORG]", "Chính phủ"),
            ("[UBND xã Bến Chàm|ORG]: [UBND tỉnh|ORG]", "UBND tỉnh"),
            ("[UBND tỉnh Hà Vân|ORG]: [UBND tỉnh|ORG]", "UBND tỉnh Hà Vân"),
            ("[Bệnh viện Lạc Phong|ORG] [Hạc Trắng Lạc Phong|PER]: [Lạc Phong|ORG]", "Lạc Phong"),
            ("[Bộ Thuỷ lợi và Bến bãi|ORG] ([TL&BB|ORG])", "Bộ Thuỷ lợi và Bến bãi"),
        ] {
            let all = joined(&[article]);
            assert_eq!(names_of(&all)[0].last(), Some(&expect), "{article}");
        }
    }

    #[test]
    fn brackets() {
        for (article, expect) in [
            // The table's meaning of AP gives way to the article's, where the letters bear it out.
            ("[An Phát|ORG] ([AP|ORG])", ["An Phát", "An Phát"]),
            // A Vietnamese short form that does not fit is the body above it.
            ("[Viện Lúa Gạo|ORG] ([ĐHSC|ORG])", ["Viện Lúa Gạo", "ĐHSC"]),
            (
                "[Cục Chống Đầu cơ Ruritania|ORG] ([RAS|ORG])",
                ["Cục Chống Đầu cơ Ruritania", "Cục Chống Đầu cơ Ruritania"],
            ),
            ("[Mạnh Hà Trụ|PER] ([Meng Hezhu|PER])", ["Mạnh Hà Trụ", "Mạnh Hà Trụ"]),
            ("[Lý Thu Hà|PER] ([Anna Brown|PER])", ["Lý Thu Hà", "Anna Brown"]),
        ] {
            assert_eq!(names_of(&joined(&[article]))[0], expect, "{article}");
        }
    }

    #[test]
    fn order_of_articles_does_not_matter() {
        let articles = [
            "[Kim Jong Un|PER] … [Kim|PER] tại [Moscow|LOC]",
            "[Kim Jong-un|PER] [Kim Jong-un|PER] [Matxcơva|LOC]",
            "[Zurabov|PER]",
            "[Mikhail Zurabov|PER] [BỘ Y TẾ|ORG] [Bộ y tế|ORG]",
        ];
        let turned: Vec<&str> = articles.iter().rev().copied().collect();
        let (one, two) = (joined(&articles), joined(&turned));
        assert_eq!(one.all, two.all);
        let mut back = meant(&two);
        back.reverse();
        assert_eq!(meant(&one), back);
    }

    #[test]
    fn ids_stay_when_articles_are_added() {
        let first = ["[Kim Jong-un|PER] [Hà Nôị|LOC] [U-21|ORG] [Lan Đài|PER]"];
        let later =
            [first[0], "[Kim Jong Un|PER] [KIM JONG UN|PER] [Hà Nội|LOC] [U21|ORG] [U21|ORG] [LAN ĐÀI|PER]"];
        let (one, two) = (joined(&first), joined(&later));
        for (a, b) in one.of(0).iter().zip(two.of(0).iter()) {
            assert_eq!(one.get(*a).map(|e| &e.id), two.get(*b).map(|e| &e.id));
        }
    }

    #[test]
    fn repairs_are_applied_last_and_taken_back() {
        let articles =
            ["[Sao Mai|ORG] [Sao Sáng|ORG] [Kim Jong Un|PER]", "[Sao Mai|ORG] [Moscow|LOC] [Moskva|LOC]"];
        let before = joined(&articles);
        for (line, expect) in [
            (
                "merge \"Sao Mai\" \"Sao Sáng\"",
                [vec!["Sao Sáng", "Sao Sáng", "Kim Jong Un"], vec!["Sao Sáng", "Moskva", "Moskva"]],
            ),
            (
                "split \"Moscow\"",
                [vec!["Sao Mai", "Sao Sáng", "Kim Jong Un"], vec!["Sao Mai", "Moscow", "Moskva"]],
            ),
            (
                "rename \"Sao Mai\" \"SM\"",
                [vec!["SM", "Sao Sáng", "Kim Jong Un"], vec!["SM", "Moskva", "Moskva"]],
            ),
            (
                "ignore \"Kim Jong Un\"",
                [vec!["Sao Mai", "Sao Sáng", "-"], vec!["Sao Mai", "Moskva", "Moskva"]],
            ),
            (
                "merge \"Never Seen\" \"Nor This\"",
                [vec!["Sao Mai", "Sao Sáng", "Kim Jong Un"], vec!["Sao Mai", "Moskva", "Moskva"]],
            ),
        ] {
            let (mut repairs, bad) = Repairs::parse(line);
            assert!(bad.is_empty(), "{bad:?}");
            assert_eq!(names_of(&joined_with(&articles, &repairs)), expect, "{line}");
            assert!(repairs.undo().is_some());
            let after = joined_with(&articles, &repairs);
            assert!(after.all == before.all && meant(&after) == meant(&before), "{line} taken back");
        }
    }

    #[test]
    fn decisions_say_which_kind_they_mean() {
        let articles = ["[Sao Mai|PER] [Sao Mai|LOC] [Sao Mai|ORG]"];
        let kinds = |line: &str| {
            let all = joined_with(&articles, &Repairs::parse(line).0);
            let kind = |ix: &_| all.get(*ix).map_or("-", |e| e.kind.name());
            all.of(0).iter().map(kind).collect::<Vec<_>>()
        };
        for (line, expect) in [
            ("kind \"Sao Mai\" PER MISC", ["MISC", "LOC", "ORG"]),
            ("kind \"Sao Mai\" ORG", ["ORG", "ORG", "ORG"]),
            ("merge \"Sao Mai\" \"Sao Mai\" PER ORG", ["ORG", "LOC", "ORG"]),
            ("merge \"Sao Mai\" \"Sao Hôm\" PER ORG", ["ORG", "LOC", "ORG"]),
            ("ignore \"Sao Mai\" LOC", ["PER", "-", "ORG"]),
        ] {
            assert_eq!(kinds(line), expect, "{line}");
        }
    }

    #[test]
    fn a_kind_can_be_put_right() {
        let (mut repairs, _) = Repairs::parse("");
        repairs.push(Decision::Kind { name: "Sao Mai".to_owned(), from: None, kind: Kind::Loc });
        let all = joined_with(&["[Sao Mai|ORG]", "[Sao Mai|LOC]"], &repairs);
        assert_eq!(all.all.len(), 1);
        assert_eq!((all.all[0].kind, all.all[0].id.as_str()), (Kind::Loc, "loc:saomai"));
    }
}
