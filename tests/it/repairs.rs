//! The reader's decisions about names: kept in a file, from the command line and from two processes at once, seen in every
//! snapshot, taken back without a trace.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;

use diembao::entity::{Decision, Repairs};
use diembao::library::{Field, Ingest, Ledger, Snapshot, Stage, entities_called, load};
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{objects, program, repository, text};

/// Two outlets on one matter: names in several spellings, two people with one given name.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        (
            "mot.txt",
            "Ông Zurabov tới Moskva bàn chuyện lúa gạo\n\n12/03/2026 08:15\n\nÔng Andrei Zurabov tới Moskva sáng 12/3 để bàn chuyện lúa gạo với các nhà buôn ở Matxcơva.\n\nÔng Zurabov nói giá lúa gạo ở Moscow đã yên, và Bộ Nông nghiệp Nga sẽ mua thêm trước mùa mưa.\n",
        ),
        (
            "hai.txt",
            "Andrei Durabov bàn chuyện lúa gạo ở Moskva\n\n12/03/2026 10:40\n\nÔng Andrei Durabov tới Moskva sáng 12/3 để bàn chuyện lúa gạo với các nhà buôn.\n\nBộ Nông nghiệp Nga sẽ mua thêm lúa gạo trước mùa mưa, ông Andrei Durabov nói ở Moskva.\n",
        ),
    ] {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// A folder of articles and a data folder, and the program between them.
struct Place {
    articles: TempDir,
    data: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { articles: folder(), data: tempfile::tempdir().expect("a folder") }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        program(arguments, self.articles.path(), self.data.path()).output().expect("the program runs")
    }

    fn file(&self) -> PathBuf {
        self.data.path().join("diembao").join("names.txt")
    }

    /// The lines of the file that are decisions.
    fn decisions(&self) -> Vec<String> {
        let text = fs::read_to_string(self.file()).unwrap_or_default();
        text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect()
    }

    /// `KIND name mentions` of all names.
    fn names(&self) -> Vec<String> {
        let row = |v: &Value| {
            format!(
                "{} {} {}",
                v["kind"].as_str().unwrap_or("?"),
                v["name"].as_str().unwrap_or("?"),
                v["mentions"]
            )
        };
        objects(&self.run(&["names", ".", "--json"])).iter().map(row).collect()
    }
}

#[test]
fn each_decision_shows_and_is_taken_back() {
    let place = Place::new();
    let before = place.run(&["names", ".", "--json"]).stdout;
    for (decision, line, shows, gone) in [
        (
            &["merge", "Andrei Durabov", "Andrei Zurabov"][..],
            "merge \"Andrei Durabov\" \"Andrei Zurabov\"",
            "PER Andrei Zurabov ",
            "PER Andrei Durabov ",
        ),
        (
            &["split", "Matxcơva", "--kind", "loc"],
            "split \"Matxcơva\" LOC",
            "LOC Matxcơva 1",
            "LOC Matxcơva 2",
        ),
        (&["apart", "Moscow", "Moskva"], "apart \"Moscow\" \"Moskva\"", "LOC Moscow 1", "LOC Moscow 2"),
        (&["rename", "Moskva", "Thủ đô"], "rename \"Moskva\" \"Thủ đô\"", "LOC Thủ đô ", "LOC Moskva "),
        (
            &["kind", "Andrei Durabov", "ORG"],
            "kind \"Andrei Durabov\" ORG",
            "ORG Andrei Durabov ",
            "PER Andrei Durabov ",
        ),
        (&["ignore", "Moskva", "-k", "place"], "ignore \"Moskva\" LOC", "PER Andrei Zurabov ", "LOC Moskva "),
    ] {
        let arguments: Vec<&str> = std::iter::once("names").chain(decision.iter().copied()).collect();
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(text(&output.stdout).trim_end().ends_with(&format!("names.txt: added: {line}")));
        assert_eq!(place.decisions(), [line]);
        let names = place.names();
        assert!(names.iter().any(|n| n.starts_with(shows)), "{line}: {names:?}");
        assert!(!names.iter().any(|n| n.starts_with(gone)), "{line}: {names:?}");
        let undone = place.run(&["names", "undo", "--json"]);
        assert_eq!(objects(&undone)[0]["done"], "taken back");
        assert_eq!(place.run(&["names", ".", "--json"]).stdout, before, "{line} taken back");
    }
    assert_eq!(place.run(&["names", "undo"]).status.code(), Some(1), "nothing is left to take back");
}

#[test]
fn several_steps_are_taken_back_at_once() {
    let place = Place::new();
    let json = |output: &Output| objects(output).iter().map(|v| v["decision"].clone()).collect::<Vec<_>>();
    place.run(&["names", "rename", "Moskva", "Một"]);
    let kept = fs::read(place.file()).expect("a file");
    place.run(&["names", "rename", "Một", "Hai"]);
    place.run(&["names", "merge", "Never Seen", "Nor \"This\"", "--kind", "MISC"]);
    assert!(place.names().iter().any(|n| n.starts_with("LOC Hai ")), "a new name is a name to decide by");
    let undone = place.run(&["names", "undo", "2", "--json"]);
    assert_eq!(json(&undone), ["merge \"Never Seen\" \"Nor \\\"This\\\"\" MISC", "rename \"Một\" \"Hai\""]);
    assert_eq!(fs::read(place.file()).expect("a file"), kept);
    assert!(place.names().iter().any(|n| n.starts_with("LOC Một ")));
}

#[test]
fn bad_lines_are_told_with_file_and_line_and_kept() {
    let place = Place::new();
    fs::create_dir_all(place.data.path().join("diembao")).expect("a folder");
    fs::write(place.file(), "# ours\njoin \"A\" \"B\"\nrename \"Moskva\" \"M\"\n").expect("written");
    let output = place.run(&["names", "."]);
    assert_eq!(output.status.code(), Some(3));
    let told = text(&output.stderr);
    assert!(told.contains("names.txt line 2: `join` is no decision: write merge"), "{told}");
    assert!(text(&output.stdout).contains("M "), "the other lines hold");
    assert_eq!(place.run(&["list", "."]).status.code(), Some(0), "who needs no names need not know");
    place.run(&["names", "ignore", "Lúa"]);
    place.run(&["names", "undo"]);
    let after = fs::read_to_string(place.file()).expect("a file");
    assert_eq!(after, "# ours\njoin \"A\" \"B\"\nrename \"Moskva\" \"M\"\n");
}

#[test]
fn wrong_calls_and_blocked_disks_have_their_codes() {
    let place = Place::new();
    for (arguments, code) in [
        (&["names", "merge", "A"][..], 2),
        (&["names", "kind", "A", "THING"], 2),
        (&["names", "ignore", "…"], 2),
        (&["names", "undo", "x"], 2),
        (&["names", "undo"], 1),
    ] {
        assert_eq!(place.run(arguments).status.code(), Some(code), "{arguments:?}");
    }
    let mut blocked = program(&["names", "ignore", "A"], place.articles.path(), Path::new("/dev/null"));
    let output = blocked.output().expect("it runs");
    assert!(text(&output.stderr).contains("give yourself the right to write"));
    assert_eq!(output.status.code(), Some(4));
}

#[test]
fn two_processes_at_once_lose_nothing() {
    let place = Place::new();
    let names: Vec<String> = (0..24).map(|n| format!("Tên {n}")).collect();
    thread::scope(|scope| {
        for half in names.chunks(12) {
            let place = &place;
            scope.spawn(move || {
                for name in half {
                    assert_eq!(place.run(&["names", "ignore", name]).status.code(), Some(0));
                }
            });
        }
    });
    let mut kept = place.decisions();
    kept.sort();
    let mut expect: Vec<String> = names.iter().map(|n| format!("ignore \"{n}\"")).collect();
    expect.sort();
    assert_eq!(kept, expect);
    let others: Vec<_> = fs::read_dir(place.data.path().join("diembao"))
        .expect("a folder")
        .filter_map(|e| e.ok().map(|e| e.file_name()))
        .filter(|n| n != "names.txt" && n != "names.lock")
        .collect();
    assert_eq!(others, Vec::<std::ffi::OsString>::new());
}

#[test]
fn proposals_wait_for_an_answer() {
    let place = Place::new();
    let listed = objects(&place.run(&["names", "proposals", ".", "--json"]));
    let pair = |v: &Value| (v["name"].as_str().map(str::to_owned), v["into"].as_str().map(str::to_owned));
    let pairs: Vec<_> = listed.iter().map(pair).collect();
    assert_eq!(pairs.len(), 1, "{listed:?}");
    assert_eq!(place.decisions(), [""; 0], "listing decides nothing");
    let answered = |answer: &str| {
        let mut command =
            program(&["names", "proposals", ".", "--ask"], place.articles.path(), place.data.path());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        child.stdin.take().expect("its input").write_all(answer.as_bytes()).expect("answered");
        child.wait_with_output().expect("it ends").status.code()
    };
    assert_eq!((answered(""), answered("\n"), answered("q\n")), (Some(0), Some(0), Some(0)));
    assert_eq!(place.decisions(), [""; 0], "no answer is no decision");
    assert_eq!(answered("n\n"), Some(0));
    assert!(place.decisions()[0].starts_with("apart \""), "{:?}", place.decisions());
    assert_eq!(place.run(&["names", "proposals", "."]).status.code(), Some(1), "it is not proposed again");
    place.run(&["names", "undo"]);
    assert_eq!(answered("yes\n"), Some(0));
    assert!(place.decisions()[0].starts_with("merge \""), "{:?}", place.decisions());
    assert_eq!(place.run(&["names", "proposals", "."]).status.code(), Some(1), "they are one now");
}

#[test]
fn why_names_rule_and_evidence() {
    let place = Place::new();
    let [row] = &objects(&place.run(&["names", ".", "--why", "Moskva", "--json"]))[..] else {
        panic!("one entity is called so")
    };
    let spellings = |key: &str| -> Vec<&str> {
        let list = row[key].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut texts: Vec<&str> = list.iter().filter_map(|v| v["text"].as_str()).collect();
        texts.sort_unstable();
        texts
    };
    assert_eq!(spellings("variants"), ["Matxcơva", "Moscow", "Moskva"]);
    assert_eq!(spellings("grounds"), spellings("variants"));
    let told = text(&place.run(&["names", ".", "--why", "Moskva"]).stdout);
    for part in ["table", "geography: exonyms", "model"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let mentions = objects(&place.run(&["names", ".", "--mentions", "--json"]));
    assert!(
        mentions
            .iter()
            .all(|m| ["model", "table", "repetition"].contains(&m["evidence"].as_str().unwrap_or("")))
    );
    assert!(mentions.iter().all(|m| m["sure"] == true));
}

#[test]
fn names_of_other_languages_are_said_less_surely() {
    let place = Place::new();
    let text = "Rice traders meet in Moscow\n\nThe traders who came to Moscow on Monday have said that the price of rice will not fall before the end of the year, and that they are not afraid of it.\n\nAll of them will go to Moscow again when the harvest has been brought in.\n";
    fs::write(place.articles.path().join("rice.txt"), text).expect("written");
    let told = text_of(&place, &["names", "rice.txt", "--why", "Moscow"]);
    assert!(told.contains("less sure, not in Vietnamese:"), "{told}");
    let mentions = objects(&place.run(&["names", "rice.txt", "--mentions", "--json"]));
    assert!(!mentions.is_empty() && mentions.iter().all(|m| m["sure"] == false), "{mentions:?}");
}

#[test]
fn a_name_that_no_article_has_is_kept_and_told() {
    let place = Place::new();
    assert!(place.run(&["add", "."]).status.success());
    let stderr = |arguments: &[&str]| text(&place.run(arguments).stderr);
    let told = stderr(&["names", "merge", "Zurabof", "Andrei Zurabov"]);
    assert!(told.contains("“Zurabof”") && !told.contains("“Andrei Zurabov”"), "{told}");
    assert_eq!(stderr(&["names", "merge", "Andrei Durabov", "Andrei Zurabov"]), "");
    assert_eq!(place.decisions().len(), 2);
}

#[test]
fn two_candidates_stay_open_and_say_so() {
    let place = Place::new();
    let text = "Hai ông cùng gõ kẻng trong đêm\n\n12/03/2026 08:15\n\nÔng Trần Văn Lữ, trưởng bản, và ông Đinh Khắc Lữ, phó bản, cùng gõ kẻng. Ông Lữ nói bà con đã ra ngoài kịp.\n";
    fs::write(place.articles.path().join("ba.txt"), text).expect("written");
    let rows = objects(&place.run(&["names", "ba.txt", "--json"]));
    let open = |name: &str| {
        let row = rows.iter().find(|r| r["name"] == name).unwrap_or_else(|| panic!("{name} in {rows:?}"));
        row["open"].as_array().map(|ids| ids.iter().filter_map(Value::as_str).collect::<Vec<_>>())
    };
    assert_eq!(open("Lữ"), Some(vec!["per:trầnvănlữ", "per:đinhkhắclữ"]));
    assert_eq!(open("Đinh Khắc Lữ"), Some(Vec::new()));
    let told = text_of(&place, &["names", "ba.txt", "--why", "Lữ"]);
    assert!(told.contains("left open, could be: per:trầnvănlữ, per:đinhkhắclữ"), "{told}");
}

fn text_of(place: &Place, arguments: &[&str]) -> String {
    text(&place.run(arguments).stdout)
}

/// Everything that a reader sees of names in a snapshot.
fn seen(snapshot: &Snapshot) -> String {
    let mut out = String::new();
    for article in 0..snapshot.entries.len() {
        let ixs = snapshot.entities.of(article);
        let relations = snapshot.relations.of(article);
        let why: Vec<_> = (0..relations.len())
            .map(|n| snapshot.why(diembao::library::ArticleIx(article as u32)).reasons(n))
            .collect();
        let _ = writeln!(out, "{ixs:?} {relations:?} {why:?} {:?}", snapshot.stories.of(article));
    }
    let _ = writeln!(out, "{:?}", snapshot.entities.iter().collect::<Vec<_>>());
    out
}

#[test]
fn a_change_is_published_at_once_and_undo_brings_the_exact_state_back() {
    let folder = folder();
    let ledger = Arc::new(Ledger::default());
    let (sender, snapshots) = mpsc::channel::<Arc<Snapshot>>();
    let plan = Ingest {
        paths: vec![folder.path().to_owned()],
        names: true,
        relations: true,
        ledger: Arc::clone(&ledger),
        ..Ingest::default()
    };
    let worker = thread::spawn(move || plan.serve(&mut |s| sender.send(s).is_ok()));
    let finished = || {
        let mut all = Vec::new();
        loop {
            let snapshot = snapshots.recv().expect("the worker goes on");
            let done = snapshot.progress.stage == Stage::Done;
            all.push(snapshot);
            if done {
                return all;
            }
        }
    };
    let called = |s: &Snapshot, name: &str| entities_called(s, Field::Name, name).len();
    let before = finished().pop().expect("a snapshot");
    assert_eq!((called(&before, "Andrei Zurabov"), called(&before, "Andrei Durabov")), (1, 1));
    let mut repairs = Repairs::default();
    repairs.push(Decision::Merge {
        name: "Andrei Durabov".to_owned(),
        into: "Andrei Zurabov".to_owned(),
        kind: None,
        into_kind: None,
    });
    repairs.push(Decision::Ignore { name: "Moskva".to_owned(), kind: None });
    ledger.set(repairs.clone());
    let changed = finished();
    for snapshot in &changed {
        let [durabov] = entities_called(snapshot, Field::Name, "Andrei Durabov")[..] else {
            panic!("one entity")
        };
        let entity = snapshot.entities.get(durabov).expect("an entity");
        assert_eq!(
            (entity.name.as_str(), entity.articles),
            ("Andrei Zurabov", 2),
            "from the first snapshot on"
        );
        assert_eq!(called(snapshot, "Moskva"), 0);
        assert_eq!(snapshot.index.articles(durabov).count(), 2);
        assert_eq!(snapshot.repairs.decisions().count(), 2);
    }
    for left in [1, 0] {
        repairs.undo();
        ledger.set(repairs.clone());
        let after = finished().pop().expect("a snapshot");
        assert_eq!(seen(&after) == seen(&before), left == 0, "{left} left");
    }
    drop(snapshots);
    ledger.set(Repairs::default());
    worker.join().expect("it ends when nobody listens");
}

#[test]
fn every_name_can_be_decided_about_by_what_is_shown() {
    let before = load(&[repository().join("seeds")], true, false);
    let mut after = Snapshot::clone(&before);
    let mut repairs = Repairs::default();
    for (n, entity) in before.entities.iter().enumerate() {
        repairs.push(Decision::Rename {
            name: entity.name.clone(),
            to: format!("N{n}X"),
            kind: Some(entity.kind),
        });
    }
    after.rejoin(Arc::new(repairs));
    assert_eq!(after.entities.len(), before.entities.len());
    for (n, (was, is)) in before.entities.iter().zip(after.entities.iter()).enumerate() {
        assert_eq!((&is.id, is.name.as_str()), (&was.id, format!("N{n}X").as_str()), "{}", was.name);
    }
}
