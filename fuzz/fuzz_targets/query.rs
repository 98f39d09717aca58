//! Lines through the query parser: no panic, problems with a place inside the line, and a printed form that means the same.
#![no_main]

use diembao::entity::Kind;
use diembao::library::{Query, Snapshot, complete};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| {
    for query in [Query::parse(line), Query::parse_whole(line)] {
        match query {
            Ok(query) => {
                let printed = query.to_string();
                let back = Query::parse_whole(&printed).map(|q| q.expr);
                assert_eq!(back.as_ref(), Ok(&query.expr), "{printed}");
                let named = query.toggle_name(Kind::Per, "Ông \"A\", B", false);
                assert!(named.is_ok(), "{line}");
                assert!(query.select(&Snapshot::default(), &|| false).is_some());
            }
            Err(problem) => {
                assert!(line.get(problem.at.clone()).is_some());
                let _ = problem.with_caret(line, problem.fault.id());
            }
        }
    }
    for (at, _) in line.char_indices() {
        let _ = complete(line, at, &Snapshot::default(), &[]);
    }
});
