//! The article model.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::DateTime;

use crate::text::sentences;

/// A saved news article after cleaning. Every non-blank line of the input is in exactly one field.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// The headline, when the input has one; [`Article::display_title`] falls back on the lead or first block.
    pub title: Option<String>,
    /// Line of the input that is the headline, from 1 (0: none, or not from a line).
    pub title_line: u32,
    /// The summary before the body (chapeau, sapo).
    pub lead: Option<String>,
    /// Line of the input that is the lead, from 1 (0: none, or not from a line).
    pub lead_line: u32,
    /// Words of the lead that the input sets off, in the order in which they end.
    pub lead_stress: Vec<Stress>,
    /// The body in reading order, captions at their place; does not repeat the lead.
    pub blocks: Vec<Block>,
    /// Pictures of the blocks, where the input says where they lie.
    pub pictures: Vec<Picture>,
    /// When it was published, as far as known.
    pub published: Option<Dated>,
    /// Day and month of the event, where no line states a date; with evidence of the year it is also in `published`.
    pub day_hint: Option<super::DayHint>,
    /// The outlet that the text credits.
    pub source: Option<String>,
    /// The site that put this copy out, when the text names one other than `source`.
    pub site: Option<String>,
    /// The news agency that the story is credited to.
    pub agency: Option<String>,
    /// The people in the byline.
    pub authors: Vec<String>,
    /// The article's address.
    pub url: Option<String>,
    /// The language of the body.
    pub lang: Lang,
    /// The lines that state date, byline and source, as they stand (they are shown small, and names are found in them).
    pub credits: Vec<SetAside>,
    /// Lines that are not shown in the body: boilerplate, doubled lines, links to other stories.
    pub set_aside: Vec<SetAside>,
    /// What was mended, one entry a mend.
    pub fixes: Vec<Fix>,
    /// What went wrong, with place and remedy.
    pub problems: Vec<Problem>,
}

/// A part of the body.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, clean, without outer blanks; a table has `\t` between cells and `\n` between rows, a list `\n` between items.
    pub text: String,
    /// Line of the input, from 1.
    pub line: u32,
    /// The paragraph break before it is ours, not the input's.
    pub inferred: bool,
    /// Words that the input sets off, in the order in which they end.
    pub stress: Vec<Stress>,
}

/// Words of a block that stand out in the input.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stress {
    /// How.
    pub kind: StressKind,
    /// Which bytes of the block's text.
    pub range: Range<usize>,
    /// Where they lead, as a whole address.
    pub to: Option<Box<str>>,
}

/// How words stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum StressKind {
    /// In bold letters.
    Strong,
    /// In italics.
    Emphasis,
    /// They lead elsewhere.
    Link,
    /// They stand as they are typed.
    Code,
    /// They are struck out.
    Struck,
}

/// What is left of stressed words where so many bytes went before a text: without blanks around them.
pub(super) fn stress_within(all: Vec<Stress>, cut: usize, text: &str) -> Vec<Stress> {
    let moved = |Stress { kind, range, to }: Stress| {
        let (start, end) = (range.start.saturating_sub(cut), range.end.saturating_sub(cut).min(text.len()));
        let words = text.get(start..end)?;
        let start = end - words.trim_start().len();
        let range = start..start + words.trim().len();
        (!range.is_empty()).then_some(Stress { kind, range, to })
    };
    all.into_iter().filter_map(moved).collect()
}

/// What is set off in a text that is bold as a whole.
pub(super) fn without_bold(mut all: Vec<Stress>) -> Vec<Stress> {
    all.retain(|s| s.kind != StressKind::Strong);
    all
}

/// A picture of the input.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Picture {
    /// Index of the block that is or describes it.
    pub block: u32,
    /// Where it lies, as the input says it: a path beside the input, or an address on the network.
    pub address: String,
}

/// Kinds of block; the names are those of `show --json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A subheading.
    Heading,
    /// A quoted post or passage set apart.
    Quote,
    /// A list: items on lines, two blanks before each for every list that it stands in beyond the first.
    List,
    /// A table.
    Table,
    /// A picture's caption.
    Caption,
    /// A picture without caption: `text` is its alternative text or address.
    Image,
    /// Lines that stand as they are written: code, figures set out with blanks.
    Code,
}

impl BlockKind {
    /// Running text, of whatever look: neither a picture nor what is said of one.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Caption | Self::Image)
    }

    /// All of them.
    const ALL: [Self; 8] = [
        Self::Paragraph,
        Self::Heading,
        Self::Quote,
        Self::List,
        Self::Table,
        Self::Caption,
        Self::Image,
        Self::Code,
    ];

    /// The one that is called so in `show --json`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name in `show --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Quote => "quote",
            Self::List => "list",
            Self::Table => "table",
            Self::Caption => "caption",
            Self::Image => "image",
            Self::Code => "code",
        }
    }
}

/// Blanks before an item of a list for each list around its own.
pub const NESTED: &str = "  ";

/// An item of a list, and in how many lists beyond the first it stands.
pub fn depth_of(item: &str) -> (usize, &str) {
    let own = item.trim_start_matches(' ');
    ((item.len() - own.len()) / NESTED.len(), own)
}

/// Lines as they are written, without blank ones around them; tabs as blanks, since they part the cells of tables.
pub fn code(text: &str) -> String {
    text.replace('\t', "    ").trim_matches('\n').trim_end().to_owned()
}

/// An item of a list that counts: `12. …`.
pub fn is_numbered(item: &str) -> bool {
    let rest = item.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < item.len() && rest.starts_with(". ")
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// Day, hour and minute.
    Minute,
}

/// What a date rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Basis {
    /// A line of the article states it.
    Stated,
    /// Day and month are stated, the year follows from other dates in the text; or an event's day stands for it.
    Inferred,
    /// The file's own time: the last resort.
    FileTime,
}

/// A date with its precision, zone and evidence.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Dated {
    /// Local civil time; fields finer than `precision` are 1 or 0.
    pub at: DateTime,
    /// How much of `at` is known.
    pub precision: Precision,
    /// Minutes east of UTC where the text states a zone.
    pub zone: Option<i16>,
    /// What it rests on.
    pub basis: Basis,
    /// The words that state it.
    pub evidence: String,
    /// The line of the input that states it, from 1 (0: none).
    pub line: u32,
}

/// A date as it is shown and compared: [`Dated`] without the words that state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct When {
    /// Local civil time; fields finer than `precision` are 1 or 0.
    pub at: DateTime,
    /// How much of `at` is known.
    pub precision: Precision,
    /// Minutes east of UTC where the text states a zone.
    pub zone: Option<i16>,
    /// What it rests on.
    pub basis: Basis,
}

impl Dated {
    /// The date without the words that state it.
    pub fn when(&self) -> When {
        When { at: self.at, precision: self.precision, zone: self.zone, basis: self.basis }
    }

    /// [`When::mark`].
    pub fn mark(&self) -> &'static str {
        self.when().mark()
    }

    /// [`When::iso`].
    pub fn iso(&self) -> String {
        self.when().iso()
    }

    /// [`When::minutes`].
    pub fn minutes(&self) -> i64 {
        self.when().minutes()
    }
}

impl When {
    /// Says beside the date that no line of the article states it: `~` inferred, `*` the file's; else empty.
    pub fn mark(self) -> &'static str {
        match self.basis {
            Basis::Stated => "",
            Basis::Inferred => "~",
            Basis::FileTime => "*",
        }
    }

    /// ISO 8601, cut to the precision, with the zone where stated: `2024-06-19T14:37+07:00`, `2025-07-12`, `2025-07`.
    pub fn iso(self) -> String {
        let at = self.at;
        match self.precision {
            Precision::Year => format!("{:04}", at.year()),
            Precision::Month => format!("{:04}-{:02}", at.year(), at.month()),
            Precision::Day => format!("{:04}-{:02}-{:02}", at.year(), at.month(), at.day()),
            Precision::Minute => {
                let zone = self.zone.map_or_else(String::new, |m| {
                    let sign = if m < 0 { '-' } else { '+' };
                    format!("{sign}{:02}:{:02}", m.unsigned_abs() / 60, m.unsigned_abs() % 60)
                });
                format!(
                    "{:04}-{:02}-{:02}T{:02}:{:02}{zone}",
                    at.year(),
                    at.month(),
                    at.day(),
                    at.hour(),
                    at.minute()
                )
            }
        }
    }

    /// Minutes since 1970 in UTC, for sorting and distances; a date without zone counts as Vietnam's (UTC+7).
    pub fn minutes(self) -> i64 {
        let days = self.at.date().since(jiff::civil::date(1970, 1, 1)).map_or(0, |s| i64::from(s.get_days()));
        days * 1440 + i64::from(self.at.hour()) * 60 + i64::from(self.at.minute())
            - i64::from(self.zone.unwrap_or(7 * 60))
    }
}

/// The language of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
    /// Another, or not known.
    #[default]
    Other,
}

impl Lang {
    /// BCP 47 code, `und` when not known.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Other => "und",
        }
    }
}

/// What a line is that does not stand in the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Role {
    /// A date line.
    Date,
    /// A byline.
    Byline,
    /// A credit of outlet or agency.
    Source,
    /// The tag of an outlet before the text: `(Dân trí) -`.
    Tag,
    /// Furniture of the page: menus, footers, widgets.
    Boilerplate,
    /// A headline of, or link to, another story.
    Related,
    /// An address.
    Link,
    /// A line that stood before in the same words.
    Doubled,
    /// The ASCII slug of a caption or title.
    Slug,
    /// A reader's comment.
    Comment,
    /// Keywords of the page.
    Keywords,
}

impl Role {
    /// The name in `show --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Byline => "byline",
            Self::Source => "source",
            Self::Tag => "tag",
            Self::Boilerplate => "boilerplate",
            Self::Related => "related",
            Self::Link => "link",
            Self::Doubled => "doubled",
            Self::Slug => "slug",
            Self::Comment => "comment",
            Self::Keywords => "keywords",
        }
    }
}

/// A line kept out of the body.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SetAside {
    /// What the line is.
    pub role: Role,
    /// Its text.
    pub text: String,
    /// Line of the input, from 1.
    pub line: u32,
}

/// A mend: what stood there and what stands there now.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fix {
    /// Line of the input, from 1.
    pub line: u32,
    /// Kebab-case name of the kind of mend, e.g. `glued-words`.
    pub kind: Cow<'static, str>,
    /// Before, shortened to the words concerned.
    pub wrong: String,
    /// After.
    pub right: String,
}

/// Kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ProblemKind {
    /// Bytes that could not be decoded.
    Encoding,
    /// Control characters, escape sequences and the like, taken out.
    Hostile,
    /// A file that could not be read.
    Unreadable,
    /// Not text.
    Binary,
    /// Too large: only the beginning was read.
    TooLarge,
    /// Structure (front matter, a JSON line) that could not be parsed.
    Syntax,
    /// No running text was found.
    Empty,
    /// A fault of ours: reading this article failed.
    Internal,
}

/// Something that went wrong with one input; the rest was read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// What happened, where and what to do, in English.
    pub message: String,
    /// Line of the input, from 1 (0: the whole).
    pub line: u32,
}

impl Article {
    /// Notes that the input has no running text, where it has none.
    pub(super) fn note_if_empty(&mut self) {
        if self.blocks.is_empty() && self.lead.is_none() {
            self.problems.push(Problem {
                kind: ProblemKind::Empty,
                message:
                    "no running text was found; what stands there is the title or under the lines set aside"
                        .to_owned(),
                line: 0,
            });
        }
    }

    /// Words that lead elsewhere: the block that they stand in (`None` for the lead), they, and where they lead.
    pub fn links(&self) -> impl Iterator<Item = (Option<usize>, &str, &str)> {
        let lead = (None, self.lead.as_deref().unwrap_or_default(), &self.lead_stress);
        let blocks = self.blocks.iter().enumerate().map(|(n, b)| (Some(n), b.text.as_str(), &b.stress));
        let all = std::iter::once(lead).chain(blocks);
        all.flat_map(|(n, text, stress)| {
            stress.iter().filter_map(move |s| Some((n, text.get(s.range.clone())?, s.to.as_deref()?)))
        })
    }

    /// Who put this copy out: the site whose page it is, else the outlet that the text credits.
    pub fn publisher(&self) -> Option<&str> {
        self.site.as_deref().or(self.source.as_deref())
    }

    /// The headline, or the first sentence of the text where the input has none, cut where it is long.
    pub fn display_title(&self) -> Cow<'_, str> {
        let text = || self.lead.as_deref().or_else(|| self.blocks.first().map(|b| b.text.as_str()));
        self.title.as_deref().map_or_else(|| opening(text().unwrap_or("")), Cow::Borrowed)
    }
}

/// Letters that a title made of running text has at most: a long headline has as many.
const TITLE: usize = 110;

/// The first sentence of a text, cut between words where it is long.
fn opening(text: &str) -> Cow<'_, str> {
    let text = text.split('\n').next().unwrap_or("");
    let first = sentences(text).first().map_or(text, |range| &text[range.clone()]);
    let Some((end, _)) = first.char_indices().nth(TITLE) else { return Cow::Borrowed(first) };
    let end = first[..end].rfind(' ').unwrap_or(end);
    Cow::Owned(format!("{}…", first[..end].trim_end_matches([',', ';', ':', '-', '–', ' '])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_untitled_article_is_called_by_its_first_sentence() {
        let check = |text: &str, expect: &str| {
            let article = Article { lead: Some(text.to_owned()), ..Article::default() };
            assert_eq!(article.display_title(), expect, "{text}");
        };
        check("Cầu Trà mở cửa. Xe tải còn phải chờ.", "Cầu Trà mở cửa.");
        check("", "");
        let long = "Cầu Trà mở cửa sáng nay, ".repeat(9);
        check(&long, &format!("{}…", "Cầu Trà mở cửa sáng nay, ".repeat(4) + "Cầu Trà"));
        let titled = Article { title: Some(long.clone()), ..Article::default() };
        assert_eq!(titled.display_title(), long);
    }
}
