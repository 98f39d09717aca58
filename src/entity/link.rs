//! Joining the spellings of one thing, inside an article and across articles.

use super::model::{Entities, Names};
use crate::article::Plain;

/// Joins the names of all articles; `articles[i]` is `None` where names are not ready. Pure: the order of articles does not matter.
pub fn join(articles: &[Option<(&Plain, &Names)>]) -> Entities {
    Entities { all: Vec::new(), of: vec![Vec::new(); articles.len()] }
}
