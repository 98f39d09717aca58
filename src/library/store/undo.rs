//! Taking back what the log holds, from whatever session or command it came.
//!
//! Owns: which actions are the last ones, and what takes them back. An action that was taken back, and the taking back itself, are
//! done with: the next undoing goes on to what was before. Refuses: to delete a line of the log.

use rusqlite::{Connection, OptionalExtension as _};

use super::error::StoreError;
use super::state::{Change, What};
use super::user::{Logged, UserStore, logged, write_all};

/// An action, and what takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// What was done, the last first.
    pub lines: Vec<Logged>,
    /// What takes that back, line by line.
    pub changes: Vec<Change>,
}

impl UserStore {
    /// The last actions that can be taken back, the newest first.
    pub fn undoable(&self, most: usize) -> Result<Vec<Undone>, StoreError> {
        self.db.read_all(|to| last(to, most))
    }

    /// Takes the last actions back, the newest first: all of them, or none.
    pub fn undo(&mut self, most: usize) -> Result<Vec<Undone>, StoreError> {
        self.db.write(|to| {
            let found = last(to, most)?;
            for undone in &found {
                if let Some(line) = undone.lines.first() {
                    write_all(to, &undone.changes, line.action)?;
                }
            }
            Ok(found)
        })
    }
}

fn last(to: &Connection, most: usize) -> rusqlite::Result<Vec<Undone>> {
    let mut actions = to.prepare(
        "SELECT DISTINCT action FROM log WHERE undoes = 0
         AND action NOT IN (SELECT undoes FROM log WHERE undoes > 0) ORDER BY action DESC LIMIT ?1",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let actions = actions.query_map([most], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    actions.into_iter().map(|action| of(to, action)).collect()
}

fn of(to: &Connection, action: i64) -> rusqlite::Result<Undone> {
    let mut lines = to.prepare_cached(
        "SELECT at, article, title, what, value, action, undoes, seq FROM log
         WHERE undoes = 0 AND action = ?1 ORDER BY seq DESC",
    )?;
    let lines = lines.query_map([action], |row| Ok((logged(row)?, row.get(7)?)))?;
    let mut undone = Undone { lines: Vec::new(), changes: Vec::new() };
    for line in lines {
        let (line, seq): (Logged, i64) = line?;
        let note = if line.what == "note" { note_before(to, &line.article, seq)? } else { String::new() };
        // A line of a later version is skipped, not guessed at.
        if let Some(what) = What::taking_back(&line.what, &line.value, || note) {
            undone.changes.push(Change { article: line.article.clone(), title: line.title.clone(), what });
            undone.lines.push(line);
        }
    }
    Ok(undone)
}

/// What the note of an article said before a line of the log.
fn note_before(to: &Connection, article: &str, seq: i64) -> rusqlite::Result<String> {
    let sql =
        "SELECT value FROM log WHERE article = ?1 AND what = 'note' AND seq < ?2 ORDER BY seq DESC LIMIT 1";
    let found = to.prepare_cached(sql)?.query_row((article, seq), |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::state::State;
    use super::*;

    fn change(article: &str, what: What) -> Change {
        Change { article: article.to_owned(), title: format!("Tin {article}"), what }
    }

    fn done(undone: &[Undone]) -> Vec<String> {
        let line = |l: &Logged| format!("{} {}", l.what, l.article);
        undone.iter().map(|u| u.lines.iter().map(line).collect::<Vec<_>>().join(", ")).collect()
    }

    #[test]
    fn actions_are_taken_back_one_after_the_other_from_any_session() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = UserStore::open(folder.path()).expect("opened");
        let note = |text: &str| change("bb", What::Note(text.into()));
        for changes in [
            &[change("aa", What::Read(true)), change("bb", What::Read(true))][..],
            &[note("một")],
            &[note("hai"), change("bb", What::Tag("x".into(), true))],
            // It is read already: nothing is done, and nothing is there to take back.
            &[change("aa", What::Read(true))],
        ] {
            store.save(changes).expect("saved");
        }
        drop(store);
        let mut store = UserStore::open(folder.path()).expect("opened again");
        assert_eq!(done(&store.undoable(2).expect("listed")), ["tag bb, note bb", "note bb"]);
        assert_eq!(done(&store.undo(1).expect("undone")), ["tag bb, note bb"]);
        let read = State { read: true, ..State::default() };
        assert_eq!(store.states().expect("states")["bb"], State { note: "một".into(), ..read.clone() });
        // After it another action, which is the last then.
        store.save(&[change("cc", What::Starred(true))]).expect("saved");
        assert_eq!(done(&store.undo(2).expect("undone")), ["star cc", "note bb"]);
        let states = store.states().expect("states");
        assert_eq!((&states["bb"], &states["cc"]), (&read, &State::default()));
        assert_eq!(done(&store.undo(9).expect("undone")), ["read bb, read aa"]);
        assert!(store.states().expect("states").values().all(|s| *s == State::default()));
        assert_eq!(store.undo(9).expect("nothing"), []);
        let log = store.log(99).expect("a log");
        assert_eq!(log.len(), 12, "nothing is forgotten");
        assert_eq!(log.iter().filter(|l| l.undoes == Some(1)).count(), 2);
    }

    #[test]
    fn what_the_reader_took_back_itself_is_done_with() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = UserStore::open(folder.path()).expect("opened");
        store.save(&[change("aa", What::Read(true))]).expect("saved");
        let star = store.save(&[change("aa", What::Starred(true))]).expect("saved");
        assert_eq!(store.save(&[change("aa", What::Starred(true))]).expect("saved"), None);
        store.save_undoing(&[change("aa", What::Starred(false))], star).expect("saved");
        store.save_undoing(&[change("aa", What::Starred(false))], None).expect("saved");
        // Somebody else was quicker: it changes nothing, and is done with all the same.
        store.save_undoing(&[change("aa", What::Starred(false))], star).expect("saved");
        assert_eq!(done(&store.undo(9).expect("undone")), ["read aa"]);
    }
}
