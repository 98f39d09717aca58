//! Words on screen: one file per language in `assets/lang/`.
//!
//! Owns: reading the files, filling in numbers and names, how each language writes numbers.
//! Refuses: to find out which language is wanted: `run` reads the locale.
//! Tests: at the foot: every id stands in every file, with the same places to fill in, and no file has an id too many.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::action::Action;
pub use super::msg::Msg;
use super::said::{self, Phrase};
use crate::article::{ProblemKind, Role};
use crate::entity::{Decision, Kind, Rule};
use crate::library::{QueryFault, Stage};
use crate::story::RelationKind;

/// A language of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The code, as `:lang` takes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language's own name.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
        }
    }

    /// The language of a code or locale (`en_GB.UTF-8`); `None` for one that we do not have.
    pub fn of(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '.', '-', '@']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|l| l.code() == code)
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        static VI: OnceLock<Words> = OnceLock::new();
        static EN: OnceLock<Words> = OnceLock::new();
        let (place, text) = match self {
            Self::Vi => (&VI, include_str!("../../assets/lang/vi.toml")),
            Self::En => (&EN, include_str!("../../assets/lang/en.toml")),
        };
        place.get_or_init(|| Words::read(self, text))
    }
}

/// What the library says in English, in Vietnamese.
const SAID: &str = include_str!("../../assets/lang/said.vi.toml");
/// Help and errors of the command line, in Vietnamese.
const HELP: &str = include_str!("../../assets/lang/help.vi.toml");

/// One message: with one form, or two by number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Forms { one: String, other: String },
}

impl Text {
    fn of(&self, n: Option<usize>) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Forms { one, .. } if n == Some(1) => one,
            Self::Forms { other, .. } => other,
        }
    }
}

/// All words of one language.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    messages: Vec<Text>,
    actions: Vec<String>,
    faults: BTreeMap<String, String>,
    mends: BTreeMap<String, String>,
    themes: BTreeMap<String, String>,
    commands: BTreeMap<String, String>,
    said: Vec<Phrase>,
    help: Vec<Phrase>,
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    messages: BTreeMap<String, Text>,
    actions: BTreeMap<String, String>,
    query: BTreeMap<String, String>,
    mends: BTreeMap<String, String>,
    themes: BTreeMap<String, String>,
    commands: BTreeMap<String, String>,
}

impl Words {
    /// Reads a file; what it does not have is shown by its id (the test at the foot keeps that from happening).
    fn read(lang: Lang, text: &str) -> Self {
        let file: File = toml::from_str(text).unwrap_or_default();
        let message = |m: &Msg| file.messages.get(m.id()).cloned().unwrap_or(Text::Plain(m.id().to_owned()));
        let phrases = |text: &str| if lang == Lang::Vi { said::read(text) } else { Vec::new() };
        let action = |a: &Action| file.actions.get(a.name()).cloned().unwrap_or(a.name().to_owned());
        Self {
            lang,
            messages: Msg::ALL.iter().map(message).collect(),
            actions: Action::ALL.iter().map(action).collect(),
            faults: file.query,
            mends: file.mends,
            themes: file.themes,
            commands: file.commands,
            said: phrases(SAID),
            help: phrases(HELP),
        }
    }

    /// A message without places to fill in.
    pub fn get(&self, msg: Msg) -> &str {
        self.messages[msg as usize].of(None)
    }

    /// A message with `{name}` places filled in.
    pub fn fill(&self, msg: Msg, values: &[(&str, &str)]) -> String {
        fill(self.get(msg), values)
    }

    /// A message with a number at `{n}`, in the form that the number asks for.
    pub fn count(&self, msg: Msg, n: usize) -> String {
        fill(self.messages[msg as usize].of(Some(n)), &[("n", &self.number(n))])
    }

    /// What an action does.
    pub fn action(&self, action: Action) -> &str {
        &self.actions[action.index()]
    }

    /// What is wrong with a query.
    pub fn fault(&self, fault: &QueryFault) -> String {
        let values = fault.values();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(self.faults.get(fault.id()).map_or(fault.id(), String::as_str), &values)
    }

    /// What the library, which knows no language of the screen, says in English; unknown sentences stay as they are.
    pub fn said<'t>(&self, english: &'t str) -> Cow<'t, str> {
        said::translate(&self.said, english)
    }

    /// What the command line says of itself in English, in its help and of a wrong call.
    pub fn help<'t>(&self, english: &'t str) -> Cow<'t, str> {
        said::translate(&self.help, english)
    }

    /// What a kind of mend is.
    pub fn mend<'t>(&'t self, kind: &'t str) -> &'t str {
        self.mends.get(kind).map_or(kind, String::as_str)
    }

    /// What a theme is called; one of the reader's own has its own name.
    pub fn theme<'t>(&'t self, name: &'t str) -> &'t str {
        self.themes.get(name).map_or(name, String::as_str)
    }

    /// What a command is called that takes words behind it.
    pub fn verb<'t>(&'t self, verb: &'t str) -> &'t str {
        self.commands.get(verb).map_or(verb, String::as_str)
    }

    /// A decision about names.
    pub fn decision(&self, decision: &Decision) -> String {
        use Decision as D;
        let (msg, other) = match decision {
            D::Merge { into, .. } => (Msg::DecisionMerge, into.as_str()),
            D::Split { .. } => (Msg::DecisionSplit, ""),
            D::Apart { other, .. } => (Msg::DecisionApart, other.as_str()),
            D::Rename { to, .. } => (Msg::DecisionRename, to.as_str()),
            D::Kind { kind: of, .. } => (Msg::DecisionKind, self.get(kind(*of))),
            D::Ignore { .. } => (Msg::DecisionIgnore, ""),
        };
        self.fill(msg, &[("name", decision.name()), ("other", other)])
    }

    /// A number with its thousands parted.
    pub fn number(&self, n: usize) -> String {
        let digits = n.to_string();
        let mark = if self.lang == Lang::Vi { '.' } else { ',' };
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, c) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(c);
        }
        out
    }
}

pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        out.push_str(values.iter().find(|v| v.0 == name).map_or("", |v| v.1));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The word for a kind of name.
pub fn kind(kind: Kind) -> Msg {
    match kind {
        Kind::Per => Msg::Person,
        Kind::Loc => Msg::Place,
        Kind::Org => Msg::Organisation,
        Kind::Misc => Msg::OtherName,
    }
}

/// The word for a rule that joined a spelling.
pub fn rule(rule: Rule) -> Msg {
    match rule {
        Rule::Canonical => Msg::RuleCanonical,
        Rule::Spelling => Msg::RuleSpelling,
        Rule::Joints => Msg::RuleJoints,
        Rule::Table => Msg::RuleTable,
        Rule::Abbreviation => Msg::RuleAbbreviation,
        Rule::Part => Msg::RulePart,
        Rule::Marks => Msg::RuleMarks,
        Rule::Repair => Msg::RuleRepair,
    }
}

/// The word for a kind of relation.
pub fn relation(kind: RelationKind) -> Msg {
    match kind {
        RelationKind::Copy => Msg::RelCopy,
        RelationKind::Update => Msg::RelUpdate,
        RelationKind::SameEvent => Msg::RelSameEvent,
        RelationKind::FollowUp => Msg::RelFollowUp,
        RelationKind::Earlier => Msg::RelEarlier,
        RelationKind::Series => Msg::RelSeries,
        RelationKind::Background => Msg::RelBackground,
        RelationKind::Similar => Msg::RelSimilar,
    }
}

/// The word for what a line is that was set aside.
pub fn role(role: Role) -> Msg {
    match role {
        Role::Date => Msg::RoleDate,
        Role::Byline => Msg::RoleByline,
        Role::Source | Role::Tag => Msg::RoleSource,
        Role::Boilerplate => Msg::RoleBoilerplate,
        Role::Related => Msg::RoleRelated,
        Role::Link => Msg::RoleLink,
        Role::Doubled => Msg::RoleDoubled,
        Role::Slug => Msg::RoleSlug,
        Role::Comment => Msg::RoleComment,
        Role::Keywords => Msg::RoleKeywords,
    }
}

/// The word for a kind of problem.
pub fn problem(kind: ProblemKind) -> Msg {
    match kind {
        ProblemKind::Encoding => Msg::ProblemEncoding,
        ProblemKind::Hostile => Msg::ProblemHostile,
        ProblemKind::Unreadable => Msg::ProblemUnreadable,
        ProblemKind::Binary => Msg::ProblemBinary,
        ProblemKind::TooLarge => Msg::ProblemTooLarge,
        ProblemKind::Syntax => Msg::ProblemSyntax,
        ProblemKind::Empty => Msg::ProblemEmpty,
        ProblemKind::Internal => Msg::ProblemInternal,
    }
}

/// The word for a stage of the work on a folder.
pub fn stage(stage: Stage) -> Msg {
    match stage {
        Stage::Listing => Msg::StageListing,
        Stage::Reading => Msg::StageReading,
        Stage::Naming => Msg::StageNaming,
        Stage::Relating => Msg::StageRelating,
        Stage::Done => Msg::StageDone,
    }
}

#[cfg(test)]
mod tests {
    use super::super::command::Typed;
    use super::*;

    fn file(lang: Lang) -> File {
        let text = match lang {
            Lang::Vi => include_str!("../../assets/lang/vi.toml"),
            Lang::En => include_str!("../../assets/lang/en.toml"),
        };
        toml::from_str(text).expect("a readable file")
    }

    fn places(text: &str) -> Vec<&str> {
        let mut out: Vec<&str> =
            text.split('{').skip(1).filter_map(|p| p.split_once('}').map(|p| p.0)).collect();
        out.sort_unstable();
        out
    }

    #[test]
    fn every_file_has_every_id_and_no_other() {
        let messages: Vec<&str> = Msg::ALL.iter().map(|m| m.id()).collect();
        let actions: Vec<&str> = Action::ALL.iter().map(|a| a.name()).collect();
        for lang in Lang::ALL {
            let file = file(lang);
            for id in &messages {
                assert!(file.messages.contains_key(*id), "{}: message {id} is missing", lang.code());
            }
            for id in &actions {
                assert!(file.actions.contains_key(*id), "{}: action {id} is missing", lang.code());
            }
            for id in file.messages.keys() {
                assert!(messages.contains(&id.as_str()), "{}: no message {id}", lang.code());
            }
            let mut faults = QueryFault::IDS.to_vec();
            faults.sort_unstable();
            assert!(file.query.keys().eq(&faults), "{}: [query]", lang.code());
            let mut verbs = [&Typed::VERBS[..], &["lang", "theme"]].concat();
            verbs.sort_unstable();
            assert!(file.commands.keys().eq(&verbs), "{}: [commands]", lang.code());
            for id in file.actions.keys() {
                assert!(actions.contains(&id.as_str()), "{}: no action {id}", lang.code());
            }
        }
    }

    #[test]
    fn the_same_places_are_filled_in_all_languages() {
        let (vi, en) = (file(Lang::Vi), file(Lang::En));
        for (id, text) in &vi.messages {
            let expect = places(text.of(None));
            for n in [1, 2] {
                assert_eq!(places(en.messages[id].of(Some(n))), expect, "{id}");
            }
        }
        for (id, text) in &vi.query {
            assert_eq!(places(&en.query[id]), places(text), "{id}");
        }
    }

    #[test]
    fn numbers_and_forms_follow_the_language() {
        for (lang, n, expect) in [
            (Lang::Vi, 1, "1 bài"),
            (Lang::Vi, 12_345, "12.345 bài"),
            (Lang::En, 1, "1 article"),
            (Lang::En, 1000, "1,000 articles"),
        ] {
            assert_eq!(lang.words().count(Msg::Articles, n), expect);
        }
    }

    #[test]
    fn locales_name_languages() {
        for (locale, expect) in [
            ("vi_VN.UTF-8", Some(Lang::Vi)),
            ("vi", Some(Lang::Vi)),
            ("en_GB", Some(Lang::En)),
            ("C.UTF-8", None),
            ("fr_FR", None),
            ("", None),
        ] {
            assert_eq!(Lang::of(locale), expect, "{locale}");
        }
    }
}
