//! What relating wants, from articles that were read.

use diembao::article::{Dated, Plain};
use diembao::entity::{Entities, EntityIx, Names, join};
use diembao::story::Input;

use super::item::Item;

/// Joins the names of all articles.
pub fn entities(items: &[Item]) -> Entities {
    let names: Vec<Option<(&Plain, &Names)>> = items.iter().map(|i| Some((&i.plain, &i.names))).collect();
    join(&names)
}

/// What `relate` wants.
pub fn inputs<'a>(items: &'a [Item], entities: &Entities) -> Vec<Input<'a>> {
    (0..)
        .zip(items)
        .map(|(n, item)| {
            let mut names: Vec<EntityIx> = entities.in_article(n).into_iter().map(|e| e.0).collect();
            names.sort_unstable();
            Input {
                features: &item.features,
                entities: names,
                minutes: item.article.published.as_ref().map(Dated::minutes),
                outlet: item.article.publisher(),
            }
        })
        .collect()
}
