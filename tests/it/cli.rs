//! The program itself: what it prints, what it ends with, what it does with bad input.

mod generated;
#[cfg(unix)]
mod hostile;
mod searching;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

/// An article of the sample whose story has a reprint.
const SAMPLE: &str = "06-khe-ngan-sat-dap.txt";

fn diembao(arguments: &[&str], within: &Path) -> Output {
    program(arguments, within, Path::new("/nonexistent")).output().expect("the program runs")
}

/// The program with a data folder of its own, so that nobody's own decisions about names play in.
pub fn program(arguments: &[&str], within: &Path, data: &Path) -> Command {
    static CACHE: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_diembao"));
    command.args(arguments).current_dir(within).env("NO_COLOR", "1").env("XDG_DATA_HOME", data);
    // Messages are in the language of the locale.
    command.env("XDG_CACHE_HOME", CACHE.path()).env("LC_ALL", "C");
    command.stdin(Stdio::null());
    command
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

pub fn objects(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|l| serde_json::from_str(l).expect("one JSON object a line")).collect()
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of two articles of invented places and people.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    write(
        "cau.txt",
        "Cầu Bến Lở thông xe sau ba năm\n\n12/03/2026 08:15\n\nSáng 12/3, huyện Vạn Hoài cho xe qua cầu Bến Lở. Cầu dài 410 m, có hai làn xe và lối đi bộ.\n\nÔng Đinh Quang Lụa, người bán hàng ở chân cầu, nói khách đã đông trở lại ngay trong buổi sáng đầu tiên.\n",
    );
    write(
        "lua.md",
        "---\ntitle: Lúa đông xuân được mùa\nsource: Báo Vạn Hoài\npublished: 2026-03-10\n---\n\nNông dân xã Hoài Thượng gặt xong hai phần ba diện tích, năng suất cao hơn năm ngoái.\n",
    );
    folder
}

#[test]
fn what_commands_print_for_people_is_in_the_language_of_the_locale() {
    let folder = folder();
    let data = folder.path().join("data");
    let said = |arguments: &[&str], lang: &str| {
        let output = program(arguments, repository(), &data).env("LC_ALL", lang).output();
        let output = output.expect("the program runs");
        text(&output.stdout) + &text(&output.stderr)
    };
    for (arguments, english, vietnamese) in [
        (&["status"][..], "0 articles, 0 kB\n", "0 bài, 0 kB\n"),
        (&["status"], "\ndata   ", "\ndữ liệu     "),
        (&["check"], "all is well", "mọi thứ đều ổn"),
        (&["names", "seeds"], "also written\n", "còn viết là\n"),
        (&["names", "seeds"], "(2, marks)", "(2, viết không dấu)"),
        (&["names", "seeds", "--why", "Khe Ngân"], "(LOC), articles: ", "(LOC), số bài: "),
        (&["related", "seeds"], "Same event  ", "Cùng sự kiện  "),
        (&["related", "seeds"], " h earlier · ", "trước 7 giờ · "),
        (&["stories", "seeds"], "Saga of 3 events", "Chuỗi 3 sự kiện"),
        (&["stories", "seeds"], "(4 articles, 3 outlets, ", "(4 bài, 3 báo, "),
        (&["show", "seeds/06-khe-ngan-sat-dap.txt"], "lines set aside", "dòng để riêng, 1 chỗ sửa"),
        (&["add", "seeds"], "added, 0 were there already", "đã có sẵn "),
        (&["reindex"], " stories\n", " chuyện\n"),
        (&["names", "ignore", "Zzz"], ": added: ", ": đã thêm: "),
        (&["names", "undo"], ": taken back: ", ": đã hoàn lại: "),
        (&["undo"], "Nothing to take back", "Không có gì để hoàn tác"),
        (&["list", "--nope"], "error: unexpected argument '--nope' found", "lỗi: không có tham số '--nope'"),
        (&["list", "--help"], "Usage: diembao list", "Cách dùng: diembao list"),
        (&["gen", "screenshot", "--size", "1x1"], "--size is written", "--size viết như 120x40"),
        (&["gen", "screenshot", "--keys", "a<x"], "`<` without `>`", "--keys: `<` thiếu `>`"),
    ] {
        let told = said(arguments, "en_GB.UTF-8");
        assert!(told.contains(english), "{arguments:?}: {told}");
        let told = said(arguments, "vi_VN.UTF-8");
        assert!(told.contains(vietnamese), "{arguments:?}: {told}");
    }
    for (what, vietnamese) in [
        (&["gen", "man"][..], ".SH LỆNH"),
        (&["gen", "keys"], "# Phím có sẵn"),
        (&["gen", "keys", "--md"], "# Phím"),
        (&["gen", "theme"], "# chữ của bài; mọi kiểu khác"),
        (&["gen", "config"], "# Cấu hình"),
        (&["gen", "query"], "# Ngôn ngữ câu tìm"),
        (&["gen", "json"], "# Đối tượng JSON"),
        (&["gen", "completions", "fish"], "Gợi ý lệnh cho một shell"),
    ] {
        assert!(said(what, "vi_VN.UTF-8").contains(vietnamese), "{what:?}: {}", said(what, "vi_VN.UTF-8"));
        let named = [what, &["--lang", "vi"]].concat();
        assert!(said(&named, "C").contains(vietnamese), "{named:?}");
        assert!(!said(what, "C").contains(vietnamese), "{what:?}");
    }
    // Documents in a named language, and objects, are the same everywhere.
    for arguments in
        [&["gen", "man", "--lang", "en"][..], &["gen", "desktop"], &["related", "seeds", "--json"]]
    {
        assert_eq!(said(arguments, "en_GB.UTF-8"), said(arguments, "vi_VN.UTF-8"), "{arguments:?}");
    }
}

/// What Markdown can hold of an article comes back as it was: all but where lines stood and what was set aside.
#[test]
fn articles_exported_into_one_file_are_read_again_as_they_were() {
    let home = tempfile::tempdir().expect("a folder");
    let seeds = repository().join("seeds").display().to_string();
    let exported = diembao(&["export", &seeds, "--format", "md"], home.path());
    fs::write(home.path().join("all.md"), &exported.stdout).expect("written");
    let articles = |from: &str| {
        let fields = |mut o: Value| {
            let inferred = o["published_inferred"] == true;
            let all = o.as_object_mut().expect("an object");
            for own in ["id", "path", "set_aside", "fixes", "published_inferred", "problems"] {
                all.remove(own);
            }
            // The file's own date is exported nowhere.
            if inferred {
                all.remove("published");
                all.remove("published_precision");
            }
            o.to_string()
        };
        let exported = diembao(&["export", from, "--format", "json"], home.path());
        objects(&exported).into_iter().map(fields).collect::<Vec<String>>()
    };
    let (seeds, again) = (articles(&seeds), articles("all.md"));
    assert!(seeds.len() > 15);
    assert_eq!(again.len(), seeds.len());
    let dated = |o: &&String| o.contains("\"published\"");
    let lost: Vec<&String> = seeds.iter().filter(dated).filter(|o| !again.contains(o)).collect();
    assert_eq!(lost, Vec::<&String>::new());
    // One article, and a rule in a text, stay one.
    fs::write(home.path().join("one.md"), "---\ntitle: Bến đò\n---\n\nMột.\n\n---\ntitle: Hai\n---\n\nBa.\n")
        .expect("written");
    assert_eq!(articles("one.md").len(), 1);
}

#[test]
fn messages_are_in_the_language_of_the_locale() {
    let folder = folder();
    let other = tempfile::tempdir().expect("a folder");
    let broken = other.path().join("hong.jsonl");
    fs::write(&broken, "no record\n").expect("written");
    let broken = broken.to_str().expect("UTF-8");
    let said = |arguments: &[&str], lang: &str| {
        let mut command = program(arguments, folder.path(), &folder.path().join("data"));
        text(&command.env("LC_ALL", lang).output().expect("the program runs").stderr)
    };
    for (arguments, english, vietnamese) in [
        (&["list"][..], "there is nothing to read", "không có gì để đọc: chưa cho PATH nào"),
        (&["show", "zzz"], "there is no file zzz", "không có tệp zzz, và đó cũng không phải mã bài"),
        (&["list", ".", "-q", "(a"], "the query is not understood\n", "không hiểu câu tìm\n"),
        (&["show", "."], "add --all", "hãy thêm --all"),
        (&["note", "ffffffffffff", "x"], "no article has the id", "không có bài nào mang mã"),
        (&["reindex"], "the library is empty", "thư viện trống; hãy đưa bài vào bằng `diembao add PATH`"),
        (
            &["remove", "zzz"],
            "the library is empty",
            "thư viện trống; hãy đưa bài vào bằng `diembao add PATH`",
        ),
        (&["stories", "."], "no story: none of 2 articles", "trong 2 bài không bài nào"),
        (&["tag", "+", "cau.txt"], "a tag needs", "nhãn cần"),
        (&["list", broken], "not a JSON record", "không phải bản ghi JSON"),
        (&["restore", "khong-co"], "there is no backup khong-co", "không có bản sao lưu khong-co"),
    ] {
        let told = said(arguments, "vi_VN.UTF-8");
        assert!(told.contains(vietnamese), "{arguments:?}: {told}");
        let told = said(arguments, "en_GB.UTF-8");
        assert!(told.contains(english), "{arguments:?}: {told}");
    }
}

#[test]
fn lists_within_lists_and_code_come_back_as_they_were() {
    let home = tempfile::tempdir().expect("a folder");
    let page = "# Cầu Bến Lở thông xe\n\nSáng nay huyện cho xe qua cầu.\n\n- Ô tô\n  - tải\n    - nặng\n- Xe đạp\n\n1. Một\n2. Hai\n   - ba\n\n```\nvé = 10\n  * `hai`\n\nhết\n```\n";
    fs::write(home.path().join("cau.md"), page).expect("written");
    let blocks = |file: &str| {
        let exported = diembao(&["export", file, "--format", "json"], home.path());
        objects(&exported)[0]["blocks"].clone()
    };
    let before = blocks("cau.md");
    let told: Vec<(&str, &str)> = before
        .as_array()
        .expect("blocks")
        .iter()
        .filter_map(|b| Some((b["kind"].as_str()?, b["text"].as_str()?)))
        .collect();
    assert_eq!(
        told[1..],
        [
            ("list", "Ô tô\n  tải\n    nặng\nXe đạp"),
            ("list", "1. Một\n2. Hai\n  ba"),
            ("code", "vé = 10\n  * `hai`\n\nhết"),
        ]
    );
    for (format, file) in [("md", "again.md"), ("json", "again.jsonl")] {
        let exported = diembao(&["export", "cau.md", "--format", format], home.path());
        fs::write(home.path().join(file), &exported.stdout).expect("written");
        let again = blocks(file);
        let shape = |blocks: &Value| -> Vec<(Value, Value)> {
            let all = blocks.as_array().expect("blocks").iter();
            all.map(|b| (b["kind"].clone(), b["text"].clone())).collect()
        };
        assert_eq!(shape(&again), shape(&before), "{}", text(&exported.stdout));
    }
    let shown = diembao(&["show", "cau.md"], home.path());
    let shown = text(&shown.stdout);
    for line in ["- Ô tô", "  - tải", "    - nặng", "    vé = 10", "      * `hai`"] {
        assert!(shown.lines().any(|l| l == line), "{line}: {shown}");
    }
}

#[test]
fn what_is_no_article_is_told_as_such() {
    let folder = folder();
    let output = diembao(&["show", "zzz"], folder.path());
    let told = text(&output.stderr);
    assert!(told.contains("no file zzz") && told.contains("diembao list"), "{told}");
    assert_eq!(output.status.code(), Some(2), "{told}");
}

#[test]
fn a_story_has_no_dates_of_files() {
    let home = tempfile::tempdir().expect("a folder");
    let page = "Cầu Bến Lở thông xe sau ba năm\n\nHuyện Vạn Hoài cho xe qua cầu Bến Lở. Cầu dài 410 m, có hai làn xe và lối đi bộ.\n\nÔng Đinh Quang Lụa, người bán hàng ở chân cầu, nói khách đã đông trở lại ngay trong buổi sáng đầu tiên.\n";
    for name in ["a.txt", "b.txt"] {
        fs::write(home.path().join(name), page).expect("written");
    }
    let stories = objects(&diembao(&["stories", ".", "--json"], home.path()));
    assert_eq!(stories.len(), 1, "{stories:?}");
    assert!(stories[0]["from"].is_null() && stories[0]["to"].is_null(), "{stories:?}");
}

#[test]
fn a_reprint_is_its_publishers_on_the_command_line_too() {
    let query = "source:\"Tin Sông 24h\"";
    let listed = text(&diembao(&["list", "seeds", "-q", query], repository()).stdout);
    assert!(!listed.is_empty() && listed.lines().all(|l| l.contains("  Tin Sông 24h  ")), "{listed}");
    let objects = objects(&diembao(&["list", "seeds", "-q", query, "--json"], repository()));
    let credits: Vec<_> = objects.iter().map(|o| (o["source"].as_str(), o["site"].as_str())).collect();
    assert!(credits.contains(&(Some("Báo Hà Vân"), Some("Tin Sông 24h"))), "{credits:?}");
    // As many outlets as the review of each story tells.
    let count = |arguments: &[&str]| {
        let told = text(&diembao(arguments, repository()).stdout);
        told.matches("3 outlets").count()
    };
    for object in &objects {
        assert_eq!(count(&["review", object["id"].as_str().expect("an id"), "seeds"]), 1);
    }
    assert_eq!(count(&["stories", "seeds", "-q", query]), objects.len());
}

#[test]
fn the_events_of_a_saga_have_no_dates_of_files() {
    let told = text(&diembao(&["stories", "seeds"], repository()).stdout);
    assert!(told.contains("Saga of ") && !told.contains('*'), "{told}");
}

#[test]
fn a_folder_of_pictures_or_of_nothing_is_no_silence() {
    let folder = tempfile::tempdir().expect("a folder");
    // Without a terminal, no argument lists as well.
    for arguments in [&["list", "."][..], &["."]] {
        let output = diembao(arguments, folder.path());
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""));
        assert!(
            text(&output.stderr).contains("no articles here: articles are .txt"),
            "{}",
            text(&output.stderr)
        );
    }
    fs::write(folder.path().join("mua.png"), "PNG").expect("written");
    let output = diembao(&["list", "."], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("1 other files were not looked at"), "{}", text(&output.stderr));
}

#[test]
fn every_command_ends_as_it_should() {
    let folder = folder();
    let (seeds, here) = (repository().join("seeds"), folder.path());
    let seeds = seeds.to_str().expect("UTF-8");
    for (arguments, code) in [
        (&["list", seeds][..], 0),
        (&["list", "."], 0),
        (&["list", "cau.txt"], 0),
        (&["list", "."], 0),
        (&["."], 0),
        (&["search", "cầu", "."], 0),
        (&["search", "khongcotunay", "."], 1),
        (&["list", ".", "-q", "-cầu -lúa"], 1),
        (&["list", ".", "-q", "preson:x"], 2),
        (&["list", ".", "--nonsense"], 2),
        (&["show", "."], 2),
        (&["show", "ffffffffffff", "."], 2),
        (&["list"], 2),
        (&["list", "missing.txt"], 4),
        (&["list", "missing.txt", "."], 3),
        (&["--help"], 0),
        (&["list", "--help"], 0),
        (&["--version"], 0),
        (&["review", "cau.txt", "."], 0),
        (&["review", "ffffffffffff", "."], 2),
        (&["gen", "man"], 0),
        (&["gen", "theme"], 0),
        (&["gen", "theme", "light"], 0),
        (&["gen", "theme", "none"], 2),
        (&["gen", "screenshot", "--size", "0x0", "."], 2),
        (&["gen", "screenshot", "--size", "65535x65535", "."], 2),
        (&["gen", "screenshot", "--size", "120", "."], 2),
        (&["gen", "screenshot", "--size", "8x4", "."], 0),
        (&["gen", "screenshot", "--keys", "<nokey>", "."], 2),
        (&["gen", "screenshot", "--lang", "fr", "."], 2),
        (&["gen", "screenshot", "--theme", "night", "."], 2),
        (&["gen", "screenshot", "missing"], 4),
        (&["gen", "keys"], 0),
        (&["gen", "completions", "bash"], 0),
        (&["gen", "desktop"], 0),
    ] {
        let output = diembao(arguments, here);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(&output.stderr));
        assert_eq!(output.stdout.is_empty(), matches!(code, 1 | 2 | 4), "{arguments:?}");
    }
}

#[test]
fn seeds_are_read_where_no_path_is_given() {
    let output = diembao(&["list"], repository());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).lines().count() >= 18);
    assert_eq!(output.stdout, diembao(&[], repository()).stdout, "no command and no terminal: the list");
}

#[test]
fn a_wrong_query_is_shown_with_a_caret() {
    let folder = folder();
    let output = diembao(&["list", ".", "-q", "đò preson:x"], folder.path());
    assert_eq!(
        text(&output.stderr),
        "diembao: the query is not understood\nđò preson:x\n   ^^^^^^\nthere is no field preson:, did you mean person: ? As a word it goes in quotes\n"
    );
}

/// The keys that a section of docs/json.md promises, in order.
fn promised(section: &str) -> Vec<String> {
    let doc = fs::read_to_string(repository().join("docs/json.md")).expect("docs/json.md");
    let start = format!("\n## {section}\n");
    let text = doc.split(&start).nth(1).unwrap_or_else(|| panic!("no section {section}"));
    let text = text.split("\n## ").next().unwrap_or_default();
    let own = text.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next().map(str::to_owned));
    let base = if text.contains("The keys of `list`") { promised("list") } else { Vec::new() };
    base.into_iter().chain(own).collect()
}

fn keys(value: &Value) -> Vec<String> {
    value.as_object().expect("an object").keys().cloned().collect()
}

#[test]
fn json_objects_have_the_promised_keys() {
    for (arguments, section) in [
        (&["list", "seeds", "--json"][..], "list"),
        (&["search", "a OR b OR c OR mưa", "seeds", "--json"], "search"),
        (&["show", "seeds", "--all", "--json"], "show"),
        (&["export", "seeds", "--format", "json"], "show"),
        (&["related", "seeds", "--json"], "related"),
        (&["stories", "seeds", "--json"], "stories"),
        (&["review", SAMPLE, "seeds", "--json"], "review"),
    ] {
        let output = diembao(arguments, repository());
        let objects = objects(&output);
        assert!(!objects.is_empty(), "{arguments:?}: {}", text(&output.stderr));
        for object in objects {
            assert_eq!(keys(&object), promised(section), "{arguments:?}");
        }
    }
}

#[test]
fn the_own_data_is_kept_by_commands() {
    let (folder, data) = (folder(), tempfile::tempdir().expect("a folder"));
    let run = |arguments: &[&str], code: i32| {
        let output = program(arguments, folder.path(), data.path()).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(&output.stderr));
        output
    };
    let found = |query: &str| text(&run(&["list", ".", "-q", query], 0).stdout).lines().count();
    let tagged = objects(&run(&["tag", "đọc-lại,#Cam", ".", "-q", "cầu", "--json"], 0));
    assert_eq!(tagged.len(), 2);
    assert!(tagged.iter().all(|o| keys(o) == promised("mark, tag, note")), "{tagged:?}");
    let id = tagged[0]["id"].as_str().expect("an id");
    run(&["note", "--text", "hỏi lại\nông Lụa", id, "."], 0);
    run(&["note", "--text", "x", "."], 2);
    run(&["mark", "star", id, "."], 0);
    let listed = objects(&run(&["list", ".", "-q", "tag:cam has:note is:starred", "--json"], 0));
    assert_eq!(
        (listed[0]["tags"][0].as_str(), listed[0]["note"].as_str()),
        (Some("cam"), Some("hỏi lại\nông Lụa"))
    );
    assert!(text(&run(&["show", id, "."], 0).stdout).contains("#cam #đọc-lại\n* hỏi lại\n* ông Lụa\n"));
    let tags = text(&run(&["tag"], 0).stdout);
    assert_eq!(tags.split_whitespace().collect::<Vec<_>>(), ["cam", "1", "đọc-lại", "1"]);
    run(&["tag", "--remove", "cam", id, "."], 0);
    run(&["list", ".", "-q", "tag:cam"], 1);
    assert_eq!(found("note:\"hoi lai\""), 1);
    let log = objects(&run(&["log", "--json"], 0));
    let done: Vec<&str> = log.iter().filter_map(|o| o["what"].as_str()).collect();
    assert_eq!(done, ["tag", "tag", "note", "star", "untag"]);
    assert!(log.iter().all(|o| keys(o) == promised("log")));
    run(&["views", "save", "của tôi", "tag:đọc-lại OR lúa"], 0);
    let views = objects(&run(&["views", ".", "--json"], 0));
    assert_eq!((keys(&views[0]), views[0]["articles"].as_u64()), (promised("views"), Some(2)));
    assert_eq!(found("view:\"của tôi\" -lúa"), 1);
    let missing = run(&["list", ".", "-q", "view:khác"], 2);
    assert!(text(&missing.stderr).contains("view:khác\n     ^^^^\n"), "{}", text(&missing.stderr));
    run(&["views", "forget", "của tôi"], 0);
    run(&["views", "forget", "của tôi"], 2);
    run(&["views"], 1);
}

#[test]
fn what_commands_did_is_taken_back_by_a_command() {
    let (folder, data) = (folder(), tempfile::tempdir().expect("a folder"));
    let run = |arguments: &[&str], code: i32| {
        let output = program(arguments, folder.path(), data.path()).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(&output.stderr));
        output
    };
    let count =
        |query: &str| objects(&run(&["list", ".", "--json"], 0)).iter().filter(|o| o[query] == true).count();
    assert!(text(&run(&["undo"], 1).stderr).contains("Nothing to take back"));
    let all = objects(&run(&["mark", "read", ".", "--json"], 0)).len();
    assert!(all > 1 && count("read") == all);
    let first = objects(&run(&["mark", "star", ".", "-q", "cầu", "--json"], 0)).len();
    run(&["tag", "cam,x", ".", "-q", "cầu"], 0);
    let listed = text(&run(&["undo", "-n", "2", "--dry-run"], 0).stdout);
    let told: Vec<&str> = listed.lines().filter_map(|l| l.split_once("  ")).map(|(_, told)| told).collect();
    assert_eq!(told.len(), 2, "{listed}");
    assert!(
        told[0].starts_with("Tags can be taken back: ") && told[1].starts_with("Star can be"),
        "{listed}"
    );
    let tags = objects(&run(&["undo", "--json"], 0));
    assert_eq!(tags.len(), 2 * first);
    assert!(tags.iter().all(|o| keys(o) == promised("undo") && o["taken_back"] == true), "{tags:?}");
    run(&["list", ".", "-q", "tag:cam OR tag:x"], 1);
    assert_eq!((count("starred"), count("read")), (first, all));
    let told = text(&run(&["undo", "-n", "9"], 0).stdout);
    assert_eq!(told.matches(" taken back: ").count(), 2, "{told}");
    assert!(told.contains(&format!("Read or unread taken back: {all} articles")), "{told}");
    assert_eq!((count("starred"), count("read")), (0, 0));
    assert_eq!(text(&run(&["undo"], 1).stdout), "", "the taking back is not taken back");
    let log = objects(&run(&["log", "--json"], 0));
    assert_eq!(log.iter().filter(|o| !o["undoes"].is_null()).count(), log.len() / 2);
}

#[test]
fn a_data_folder_that_may_not_be_written_is_told() {
    let folder = folder();
    // Not even the superuser makes folders there.
    let output = program(&["mark", "read", "."], folder.path(), Path::new("/sys")).output().expect("it runs");
    assert_eq!(output.status.code(), Some(4));
    let told = text(&output.stderr);
    assert!(
        told.contains("/sys/diembao may not be written; give yourself the right to write there"),
        "{told}"
    );
}

#[test]
fn a_review_is_a_page_in_two_forms_and_languages() {
    let page = |more: &[&str]| {
        let output = diembao(&[&["review", SAMPLE, "seeds"], more].concat(), repository());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let (markdown, vi) = (page(&[]), page(&["--lang", "vi", "--read", SAMPLE]));
    assert!(
        markdown.starts_with("# Press review: ") && markdown.contains("\n## Who said what\n"),
        "{markdown}"
    );
    assert!(vi.starts_with("# Điểm báo: ") && vi.contains("\n## Đã đọc rồi\n"), "{vi}");
    assert!(!markdown.contains("## Read before"));
    let data = tempfile::tempdir().expect("a folder");
    let mut here = program(&["review", SAMPLE, "seeds"], repository(), data.path());
    let here = here.env("LC_ALL", "vi_VN.UTF-8").output().expect("the program runs").stdout;
    assert!(text(&here).starts_with("# Điểm báo: "), "in the language of the locale");
    let html = page(&["--format", "html"]);
    assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"), "{html}");
    assert!(!html.contains("http://") && !html.contains("src="), "the page needs nothing else");
}

#[test]
fn what_show_prints() {
    let folder = folder();
    let output = diembao(&["show", "lua.md", "--json"], folder.path());
    let shown = &objects(&output)[0];
    assert_eq!(shown["path"], "lua.md");
    assert_eq!(shown["id"].as_str().map(str::len), Some(12));
    let id = shown["id"].as_str().expect("an id");
    let by_id = diembao(&["show", &id[..6], ".", "--json"], folder.path());
    assert_eq!(objects(&by_id)[0]["id"], id);
    let plain = diembao(&["show", "cau.txt", "--text"], folder.path());
    let json = diembao(&["show", "cau.txt", "--text", "--json"], folder.path());
    assert_eq!(text(&plain.stdout), format!("{}\n", objects(&json)[0]["text"].as_str().expect("text")));
    assert!(text(&plain.stdout).contains("Đinh Quang Lụa"));
}

#[test]
fn standard_input_is_an_article() {
    let mut child = program(&["show", "-", "--json"], repository(), Path::new("/nonexistent"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let article = "Chợ nổi Bãi Xàng họp lại\n\nSau hai tháng nghỉ, hơn 60 ghe hàng về lại chợ nổi Bãi Xàng từ sáng sớm nay.\n";
    child.stdin.take().expect("stdin").write_all(article.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(objects(&output)[0]["path"], "-");
    assert!(text(&output.stdout).contains("60 ghe hàng"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = "Nước sông dâng cao suốt đêm qua, dân hai bờ chuyển đồ lên gác. ".repeat(400);
    for n in 0..40 {
        fs::write(folder.path().join(format!("{n}.txt")), format!("Tin số {n}\n\n{line}\n"))
            .expect("written");
    }
    let mut child = program(&["show", ".", "--all", "--json"], folder.path(), Path::new("/nonexistent"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut first = [0; 16];
    child.stdout.take().expect("stdout").read_exact(&mut first).expect("it prints");
    // The reading end is dropped here: the next write meets a closed pipe.
    let output = child.wait_with_output().expect("ended");
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_copy_is_found_by_who_put_it_out_and_by_whom_it_credits() {
    for source in ["Tin Sông 24h", "Báo Hà Vân"] {
        let query = format!("source:\"{source}\" title:\"trắng đêm\"");
        let out = diembao(&["list", "seeds", "-q", &query], repository());
        assert!(text(&out.stdout).contains("1.730"), "{source}: {}", text(&out.stdout));
    }
}

#[test]
fn review_says_that_it_reads_the_library() {
    let help = diembao(&["review", "--help"], repository());
    assert!(text(&help.stdout).contains("none: the library, else ./seeds"));
}
