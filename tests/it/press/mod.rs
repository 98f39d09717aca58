//! Key scripts: the state without a terminal, on the made-up press review.
//! Articles by number: 0 the slide (3 June), 1 its copy, 2 two days later, 3 prices, 4 football, 5 the letter. Newest first: 2 1 0 5 3 4.

mod coming;
mod counts;
mod evidence;
mod finding;
mod marked;
mod mouse;
mod name_page;
mod over;
mod palette;
mod pictures;
mod reading;
mod saying;
mod taking;
mod walking;

use diembao::app::Focus;

use crate::fixture::Desk;

const ALL: &str = "2 1 0 5 3 4";

/// After a script: the list, the open article, the pane with the keys, the filter line.
fn check(script: &str, list: &str, open: &str, focus: Focus, filter: &str) {
    for (w, h) in [(120, 40), (80, 24), (40, 12)] {
        let mut desk = Desk::new(w, h);
        desk.press(script);
        let app = &desk.app;
        let shown = (desk.list(), desk.open(), app.nav.focus, app.filter.raw());
        assert_eq!(
            shown,
            (list.to_owned(), open.to_owned(), focus, filter.to_owned()),
            "{script} at {w}×{h}"
        );
    }
}
