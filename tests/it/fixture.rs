//! A small made-up press review, put together by hand, and a desk to try the screen on: keys in, effects carried out on the spot.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use diembao::app::{App, Effect, Event, Form, Lang, Mouse, MouseDid, Prefs, Program, Report, keymap};
use diembao::article::{
    Article, Basis, Block, BlockKind, Dated, Fix, Lang as Tongue, Plain, Precision, Problem, ProblemKind,
    Role, SetAside,
};
use diembao::entity::{Entities, Entity, EntityIx, Evidence, Kind, Mention, Names, Repairs, Rule, Variant};
use diembao::keys;
use diembao::library::{ArticleIx, Change, Deed, Entry, Facets, Read, Snapshot, View};
use diembao::story::{Link, Note, Relation, RelationKind, Relations, Stories, Story};
use jiff::civil::date;

/// Kind, canonical name, spellings with the rule that joined each.
type Name = (Kind, &'static str, &'static [(&'static str, Rule)]);

const NAMES: [Name; 8] = [
    (Kind::Per, "Đinh Khắc Lữ", &[("ông Lữ", Rule::Part), ("Dinh Khac Lu", Rule::Spelling)]),
    (Kind::Per, "Tòng Thị Mây", &[("bà Mây", Rule::Part)]),
    (Kind::Loc, "Khe Ngần", &[("Khe Ngan", Rule::Spelling)]),
    (Kind::Loc, "Hà Vân", &[]),
    (Kind::Loc, "sông Slíp", &[]),
    (Kind::Org, "Ban Phòng chống thiên tai Hà Vân", &[("BPT Hà Vân", Rule::Abbreviation)]),
    (Kind::Org, "Hạc Trắng", &[]),
    (Kind::Misc, "Cúp Sông Slíp", &[]),
];

fn dated(day: i8, hour: i8, basis: Basis) -> Dated {
    Dated {
        at: date(2026, 6, day).at(hour, 15, 0, 0),
        precision: Precision::Minute,
        zone: None,
        basis,
        evidence: String::new(),
        line: 2,
    }
}

fn block(kind: BlockKind, text: &str) -> Block {
    Block { kind, text: text.to_owned(), line: 5, inferred: false, stress: Vec::new() }
}

fn para(text: &str) -> Block {
    block(BlockKind::Paragraph, text)
}

/// The long article: every kind of block, lines set aside, mends, problems.
fn slide() -> Article {
    let inferred = Block {
        inferred: true,
        ..para(
            "Đến chiều, bà Mây cho biết 31 hộ đã được đưa tới trường học. Không ai mất tích, nhưng con đường duy nhất vào bản vẫn chưa thông.",
        )
    };
    Article {
        title: Some("Sạt đồi lúc rạng sáng ở Khe Ngần, 31 hộ phải rời nhà trong mưa".to_owned()),
        lead: Some("Mưa suốt đêm làm sườn đồi phía trên bản Khe Ngần trượt xuống sông Slíp; tỉnh Hà Vân huy động hai trăm người.".to_owned()),
        blocks: vec![
            para("Khoảng bốn giờ sáng, người dân Khe Ngần nghe tiếng đất đá đổ. Ông Đinh Khắc Lữ, trưởng bản, gõ kẻng gọi từng nhà. “Chúng tôi chỉ kịp mang theo trẻ con”, ông Lữ nói."),
            block(BlockKind::Caption, "Con đường vào Khe Ngần sau vụ sạt. Ảnh: Hà Vân Báo"),
            inferred,
            block(BlockKind::Heading, "Nước sông còn lên"),
            block(BlockKind::Quote, "Ban Phòng chống thiên tai Hà Vân đề nghị bà con ven sông Slíp không quay về trước sáng mai."),
            block(BlockKind::List, "Trường tiểu học Khe Ngần: 18 hộ\nNhà văn hóa xã: 13 hộ, trong đó có các gia đình có người già và trẻ nhỏ"),
            block(BlockKind::Table, "Bản\tSố hộ\tNơi ở tạm\nKhe Ngần\t18\tTrường tiểu học\nCửa Slíp\t13\tNhà văn hóa xã"),
            para("Trận Cúp Sông Slíp giữa Hạc Trắng và đội khách bị hoãn. BPT Hà Vân sẽ họp lại lúc 20 giờ."),
        ],
        published: Some(dated(3, 7, Basis::Stated)),
        source: Some("Hà Vân Báo".to_owned()),
        authors: vec!["Lam Giang".to_owned()],
        url: Some("https://havan.example/khe-ngan".to_owned()),
        lang: Tongue::Vi,
        credits: vec![SetAside { role: Role::Date, text: "Thứ Tư, 03/06/2026 07:15".to_owned(), line: 2 }],
        set_aside: vec![
            SetAside { role: Role::Boilerplate, text: "Trang chủ Thời sự Kinh tế".to_owned(), line: 1 },
            SetAside { role: Role::Related, text: "Giá lúa đầu tuần nhích nhẹ".to_owned(), line: 30 },
            SetAside { role: Role::Boilerplate, text: "Đường dây nóng".to_owned(), line: 31 },
        ],
        fixes: vec![Fix { line: 9, kind: "glued-words".into(), wrong: "Ngầnnghe".to_owned(), right: "Ngần nghe".to_owned() }],
        problems: vec![Problem { kind: ProblemKind::Hostile, message: "2 escape sequences were taken out".to_owned(), line: 12 }],
        ..Article::default()
    }
}

fn short(title: &str, source: &str, day: i8, hour: i8, body: &[&str]) -> Article {
    Article {
        title: Some(title.to_owned()),
        blocks: body.iter().map(|b| para(b)).collect(),
        published: Some(dated(day, hour, Basis::Stated)),
        source: Some(source.to_owned()),
        lang: Tongue::Vi,
        ..Article::default()
    }
}

fn articles() -> Vec<Article> {
    let mut match_report = short(
        "Hạc Trắng thắng ngược 3-2, vào chung kết Cúp Sông Slíp",
        "Nhật báo Hạc Giang",
        1,
        21,
        &[
            "Trên sân Hà Vân, Hạc Trắng bị dẫn hai bàn rồi ghi ba bàn trong mười phút.",
            "Đinh Khắc Lữ, cựu đội trưởng, xem trận đấu từ khán đài.",
        ],
    );
    match_report.published = Some(Dated { precision: Precision::Day, ..dated(1, 0, Basis::Inferred) });
    vec![
        slide(),
        short(
            "Khe Ngần: sạt đồi lúc rạng sáng, 31 hộ rời nhà",
            "Lạc Phong Online",
            3,
            9,
            &[
                "Mưa suốt đêm làm sườn đồi phía trên bản Khe Ngần trượt xuống sông Slíp.",
                "Ông Đinh Khắc Lữ gõ kẻng gọi từng nhà. Ông Lữ nói bà con chỉ kịp mang theo trẻ con.",
            ],
        ),
        short(
            "Hai ngày sau vụ sạt, Khe Ngần có nước sạch trở lại",
            "Hà Vân Báo",
            5,
            8,
            &[
                "Sáng 5/6, đường ống tạm dẫn nước về Khe Ngần.",
                "Bà Tòng Thị Mây cho hay trường học mở cửa vào thứ Hai.",
            ],
        ),
        short(
            "Giá lúa đầu tuần ở Hà Vân: nhích nhẹ",
            "Lạc Phong Online",
            1,
            6,
            &["Thương lái trả thêm một trăm đồng mỗi ký."],
        ),
        match_report,
        Article {
            lang: Tongue::En,
            ..short(
                "東京便り 🎏: a long letter about rivers, kites and the price of rice that goes on and on until nobody knows where it began",
                "The Ha Van Courier",
                2,
                12,
                &[
                    "The kites over the Slip are 大きい and the letters are longer than the week.",
                    "👩‍👩‍👧 families came from Ha Van.",
                ],
            )
        },
    ]
}

/// All places where the names stand, longest spelling first where two begin together.
fn mentions(plain: &Plain) -> (Names, Vec<EntityIx>) {
    let mut found: Vec<(usize, usize, u32, Kind)> = Vec::new();
    for (n, (kind, name, others)) in (0..).zip(NAMES) {
        for spelling in std::iter::once(name).chain(others.iter().map(|o| o.0)) {
            found.extend(plain.text.match_indices(spelling).map(|(at, s)| (at, at + s.len(), n, kind)));
        }
    }
    found.sort_by_key(|f| (f.0, std::cmp::Reverse(f.1)));
    let mut end = 0;
    found.retain(|f| {
        let free = f.0 >= end;
        end = if free { f.1 } else { end };
        free
    });
    let mention = |f: &(usize, usize, u32, Kind)| Mention {
        start: f.0 as u32,
        end: f.1 as u32,
        kind: f.3,
        evidence: Evidence::Table,
    };
    (Names { mentions: found.iter().map(mention).collect() }, found.iter().map(|f| EntityIx(f.2)).collect())
}

/// The made-up press review, all worked out.
pub fn snapshot() -> Arc<Snapshot> {
    library(&articles())
}

/// The same, where of the slide and of what came two days later nobody says who put them out.
pub fn nobodys() -> Arc<Snapshot> {
    let mut articles = articles();
    (articles[0].source, articles[2].source) = (None, None);
    library(&articles)
}

/// The same, where the reprint has a passage of its own; a number of it is told by another outlet later.
pub fn edited() -> Arc<Snapshot> {
    let mut articles = articles();
    (articles[0].source, articles[2].source) = (None, None);
    articles[0].url = None;
    articles[1].blocks.push(para(
        "Người của báo đếm được 47 xuồng máy chở gạo và chăn màn ngược dòng ngay trong buổi sáng hôm ấy.",
    ));
    articles[1].blocks.push(para("Trận Cúp Sông Slíp bị hoãn."));
    articles[0].blocks.pop();
    articles[2].blocks.push(para("Còn 47 xuồng máy đậu ở bến."));
    articles[2].blocks.push(para("Lam Giang - Hà Du, Đài Phát thanh Truyền hình Hà Vân"));
    library(&articles)
}

/// A library of any articles, in which the names above are known.
pub fn library(articles: &[Article]) -> Arc<Snapshot> {
    let entries = entries(articles, |plain| mentions(plain).0);
    let plains = entries.iter().filter_map(|e| e.1.as_ref());
    let of: Vec<Vec<EntityIx>> = plains.map(|r| mentions(&r.plain).1).collect();
    let entities = Entities::joined(entities(&of, &entries), of);
    let (relations, stories) = if entries.len() == 6 { relations() } else { Default::default() };
    Arc::new(Snapshot::assemble(entries, entities, relations, stories, date(2026, 6, 5)))
}

/// The articles as they are read, with their names.
fn entries(articles: &[Article], names: impl Fn(&Plain) -> Names) -> Vec<(Entry, Option<Read>)> {
    let entry = |(n, article): (i64, &Article)| {
        let plain = Plain::of(article);
        let words = plain.text.split_whitespace().count() as u32;
        let names = Some(Arc::new(names(&plain)));
        let read = Read { article: Arc::new(article.clone()), plain: Arc::new(plain), names, words };
        let entry = Entry {
            id: format!("{n:012}").into(),
            path: PathBuf::from(format!("bai-{n}.txt")).into(),
            modified: 1_780_000_000 + n,
            ..Entry::default()
        };
        (entry, Some(read))
    };
    (0..).zip(articles).map(entry).collect()
}

/// A library with its names joined as the program joins them.
fn joined(snapshot: &Snapshot) -> Arc<Snapshot> {
    let mut joined = snapshot.clone();
    joined.rejoin(Arc::default());
    Arc::new(joined)
}

fn entities(of: &[Vec<EntityIx>], entries: &[(Entry, Option<Read>)]) -> Vec<Entity> {
    let entity = |(n, (kind, name, others)): (u32, Name)| {
        let count = |text: &str| {
            let texts = entries.iter().filter_map(|e| e.1.as_ref());
            texts.map(|r| r.plain.text.matches(text).count() as u32).sum()
        };
        let spellings = std::iter::once((name, Rule::Canonical)).chain(others.iter().copied());
        let variant = |(text, rule): (&str, Rule)| Variant {
            text: text.to_owned(),
            count: count(text),
            rule,
            why: String::new(),
        };
        Entity {
            id: format!("{}:{}", kind.name().to_lowercase(), name.to_lowercase()),
            kind,
            name: name.to_owned(),
            variants: spellings.map(variant).filter(|v| v.count > 0).collect(),
            articles: of.iter().filter(|a| a.contains(&EntityIx(n))).count() as u32,
            mentions: of.iter().flatten().filter(|e| e.0 == n).count() as u32,
            open: Vec::new(),
        }
    };
    (0..).zip(NAMES).map(entity).collect()
}

fn relations() -> (Relations, Stories) {
    let link = |to, kind, quotes, text| {
        Link::new(Relation::new(to, 0.8, 0.0, kind), Note { quotes, text, terms: Vec::new() })
    };
    let of = [
        vec![
            link(1, RelationKind::Copy, 1, 62),
            link(2, RelationKind::FollowUp, 0, 0),
            link(4, RelationKind::Background, 0, 0),
        ],
        vec![link(0, RelationKind::Copy, 0, 62)],
        vec![link(0, RelationKind::Earlier, 0, 0)],
        Vec::new(),
        Vec::new(),
        Vec::new(),
    ];
    let story = Story {
        id: "000000000000".to_owned(),
        title: "Sạt đồi ở Khe Ngần".to_owned(),
        articles: vec![0, 1, 2],
    };
    let mut stories = Stories::none(6);
    stories.add(story);
    (Relations::pack(of), stories)
}

/// The screen, with its effects carried out on the spot.
pub struct Desk {
    pub app: App,
    /// The library before anything was decided about names.
    base: Arc<Snapshot>,
    pub copied: Vec<String>,
    pub opened: Vec<String>,
    pub suspended: usize,
    pub quit: bool,
    pub saved: Vec<Change>,
    /// The same, deed by deed.
    pub deeds: Vec<Deed>,
    /// What takes back each action of earlier sessions, the newest last.
    pub earlier: Vec<Vec<Change>>,
    /// Documents that were written.
    pub written: Vec<(Form, String)>,
    /// Programs, and the texts that they got.
    pub piped: Vec<(String, String)>,
    /// Widths that were kept last.
    pub widths: Option<diembao::app::Widths>,
    pub edited: Vec<(ArticleIx, String)>,
    /// Pixels of the pictures that lie beside any article.
    pub pixels: Vec<Option<(u32, u32)>>,
    /// Originals that were to be shown.
    pub originals: Vec<(Arc<Path>, String, Program)>,
}

/// Half past nine in the morning of 5 June 2026, in Vietnam.
pub fn now() -> i64 {
    Dated { at: date(2026, 6, 5).at(9, 30, 0, 0), ..dated(5, 9, Basis::Stated) }.minutes()
}

impl Desk {
    /// An empty screen: nothing was read yet.
    pub fn empty(w: u16, h: u16) -> Self {
        let (map, faults) = keymap(None);
        assert!(faults.is_empty(), "{faults:?}");
        let themes = ["dark", "light", "contrast", "plain"].map(str::to_owned).to_vec();
        let prefs =
            Prefs { lang: Lang::Vi, theme: "dark".to_owned(), themes, now: now(), ..Prefs::default() };
        Self {
            app: App::new(prefs, map, (w, h)),
            base: Arc::default(),
            copied: Vec::new(),
            opened: Vec::new(),
            suspended: 0,
            quit: false,
            saved: Vec::new(),
            deeds: Vec::new(),
            earlier: Vec::new(),
            written: Vec::new(),
            piped: Vec::new(),
            widths: None,
            edited: Vec::new(),
            pixels: Vec::new(),
            originals: Vec::new(),
        }
    }

    /// The made-up press review on a screen of this size.
    pub fn new(w: u16, h: u16) -> Self {
        Self::on(&snapshot(), w, h)
    }

    /// Any library on a screen of this size.
    pub fn on(snapshot: &Arc<Snapshot>, w: u16, h: u16) -> Self {
        let mut desk = Self { base: Arc::clone(snapshot), ..Self::empty(w, h) };
        desk.feed(Event::Report(Report::Published(Arc::clone(snapshot))));
        desk
    }

    /// The made-up press review with its names joined for real: where decisions about them can be made.
    pub fn joined(w: u16, h: u16) -> Self {
        let made = snapshot();
        let entries = entries(&articles(), |plain| {
            let mut names = mentions(plain).0;
            // As the recogniser has it: titles are no part of a name.
            for mention in &mut names.mentions {
                let text = &plain.text[mention.start as usize..mention.end as usize];
                let title = ["ông ", "bà "].into_iter().find(|t| text.starts_with(t));
                mention.start += title.map_or(0, str::len) as u32;
            }
            names
        });
        let (relations, stories) = (made.relations.as_ref().clone(), made.stories.as_ref().clone());
        let entities = Arc::clone(&made.entities);
        Self::on(&joined(&Snapshot::assemble(entries, entities, relations, stories, made.today)), w, h)
    }

    /// Two articles with two people whose names differ by a letter.
    pub fn alike(w: u16, h: u16) -> Self {
        let article = |who: &str| short(who, "Hà Vân Báo", 3, 7, &[&format!("{who} nói.")]);
        let articles = [article("Andrei Zurabov"), article("Andrei Durabov")];
        let entries = entries(&articles, |plain| {
            let end = "Andrei Zurabov".len() as u32;
            let mention =
                |start| Mention { start, end: start + end, kind: Kind::Per, evidence: Evidence::Table };
            let at = plain.text.match_indices("Andrei").map(|(at, _)| mention(at as u32));
            Names { mentions: at.collect() }
        });
        let mut stories = Stories::none(2);
        stories.add(Story { id: String::new(), title: String::new(), articles: vec![0, 1] });
        let today = date(2026, 6, 5);
        let snapshot = Snapshot::assemble(entries, Entities::default(), Relations::default(), stories, today);
        Self::on(&joined(&snapshot), w, h)
    }

    /// Publishes the library anew under other decisions.
    pub fn rejoin(&mut self, repairs: &Repairs) {
        let mut next = Snapshot::clone(&self.base);
        next.rejoin(Arc::new(repairs.clone()));
        next.generation = self.app.snapshot.generation + 1;
        self.feed(Event::Report(Report::Published(Arc::new(next))));
    }

    /// Feeds an event and carries its effects out.
    pub fn feed(&mut self, event: Event) {
        for effect in self.app.on_event(event) {
            match effect {
                Effect::Search { ticket, query, snapshot } => {
                    let rows = query.select(&snapshot, &|| false).expect("nothing stops it");
                    let facets = Facets::count(&snapshot, &rows);
                    self.feed(Event::Report(Report::Hits { ticket, rows: Arc::new(rows), facets }));
                }
                Effect::Review { ticket, articles, snapshot } => {
                    let reviewed = Arc::new(snapshot.review_marked(&articles));
                    self.feed(Event::Report(Report::Reviewed(ticket, reviewed)));
                }
                Effect::Profile { ticket, entity, snapshot } => {
                    let profile = Arc::new(snapshot.profile(entity));
                    self.feed(Event::Report(Report::Profiled(ticket, profile)));
                }
                Effect::SaveReview { reviewed, snapshot, form, lang } => {
                    let text = diembao::paper::review(&snapshot, &reviewed, form, lang);
                    self.written.push((form, text));
                }
                Effect::SaveArticles { articles, snapshot } => {
                    let text = diembao::paper::articles(&snapshot, &articles);
                    self.written.push((Form::Markdown, text));
                }
                Effect::Pipe { command, text } => self.piped.push((command, text)),
                Effect::Measure { article, .. } => {
                    self.feed(Event::Report(Report::Measured(article, self.pixels.clone())));
                }
                Effect::KeepWidths(widths) => self.widths = Some(widths),
                Effect::Choose { whats, query, snapshot } => {
                    let chosen = query.select(&snapshot, &|| false).expect("nothing stops it");
                    self.feed(Event::Report(Report::Chosen(whats, chosen)));
                }
                Effect::KeepView { name, query } => {
                    let mut views = self.app.snapshot.views.as_ref().clone();
                    views.put(&name, query.map(|query| View { name: name.clone(), query }));
                    self.feed(Event::Report(Report::Views(views)));
                }
                Effect::CountViews(snapshot) => {
                    self.feed(Event::Report(Report::ViewCounts(snapshot.count_views())));
                }
                Effect::Edit(article, note) => self.edited.push((article, note)),
                Effect::Original { path, text, with } => self.originals.push((path, text, with)),
                Effect::Copy(text) => self.copied.push(text),
                Effect::Browse(url) => self.opened.push(url),
                Effect::Decide(decision) => {
                    let mut repairs = self.app.snapshot.repairs.as_ref().clone();
                    repairs.push(decision);
                    self.rejoin(&repairs);
                }
                Effect::TakeBack => {
                    let mut repairs = self.app.snapshot.repairs.as_ref().clone();
                    repairs.undo();
                    self.rejoin(&repairs);
                }
                Effect::Suspend => self.suspended += 1,
                Effect::Quit => self.quit = true,
                Effect::Save(deeds) => {
                    self.saved.extend(deeds.iter().flat_map(|deed| deed.changes.clone()));
                    self.deeds.extend(deeds);
                }
                Effect::Undo(most) => {
                    let left = self.earlier.len().saturating_sub(most);
                    let actions = self.earlier.split_off(left).into_iter().rev().collect();
                    self.feed(Event::Report(Report::Undone { actions, heard: u64::MAX }));
                }
                Effect::Redraw | Effect::StopWork => {}
                Effect::Crash => panic!("a panic was asked for"),
            }
        }
    }

    /// Presses keys, written as in key files (`<space>` for a blank).
    pub fn press(&mut self, script: &str) -> &mut Self {
        if !script.is_empty() {
            for key in keys::parse(script).expect(script) {
                self.feed(Event::Key(key));
            }
        }
        self
    }

    /// Uses the mouse.
    pub fn mouse(&mut self, did: MouseDid, x: u16, y: u16) -> &mut Self {
        self.feed(Event::Mouse(Mouse { did, x, y }));
        self
    }

    /// The path of an article, to tell it by.
    pub fn name(&self, article: Option<ArticleIx>) -> String {
        let entry = article.and_then(|a| self.app.snapshot.entry(a));
        entry
            .map(|e| e.path.display().to_string().replace("bai-", "").replace(".txt", ""))
            .unwrap_or_default()
    }

    /// The articles in the list, by their numbers.
    pub fn list(&self) -> String {
        let names: Vec<String> = self.app.list.rows.iter().map(|a| self.name(Some(*a))).collect();
        names.join(" ")
    }

    /// The open article, by its number.
    pub fn open(&self) -> String {
        self.name(self.app.reader.article)
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        diembao::ui::text(&diembao::ui::render(
            &self.app,
            &diembao::ui::Theme::built_in(&self.app.prefs.theme),
        ))
    }
}
