//! Two results folders side by side.

use crate::document::document::{Block, Section};
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, plain};
use crate::sources::beside::Beside;
use crate::sources::pairs::Pair;
use analysis::findings::Group;

/// The groups of both folders, if there is another folder.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let table = groups(scene, scene.sources.beside.as_ref()?);
    if table.is_empty() {
        return None;
    }
    let table = table.captioned(
        "Potentiation, % change; mean over animals with its interval. Simulated slices are predictions of a model, not \
         data from animals.",
    );
    Some(Section::new("beside", "Simulated beside recorded", vec![Block::Table(table)]))
}

/// Mean and interval of the groups that belong together.
fn groups(scene: &Scene, beside: &Beside) -> Table {
    let sides = beside.sides(scene.sources);
    let cell = |group: Option<&Group>| {
        group.map_or("–".to_owned(), |group| format!("{} {}", plain(group.mean, 1), brackets(group.ci, 1)))
    };
    let n = |group: Option<&Group>| group.map_or("–".to_owned(), |g| format!("{} ({})", g.n_slices, g.n_animals));
    let sd = |group: Option<&Group>| group.map_or("–".to_owned(), |group| plain(group.sd, 1));
    let row = |pair: &Pair| {
        let [own, other] = [pair.own, pair.other];
        vec![pair.name.clone(), cell(own), sd(own), n(own), cell(other), sd(other), n(other)]
    };
    let head: Vec<String> = std::iter::once("Condition".to_owned())
        .chain(sides.iter().flat_map(|side| {
            [format!("Mean, {} [CI]", side.label), format!("SD, {}", side.label), format!("n (N), {}", side.label)]
        }))
        .collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    Table::new(&head, beside.pairs(scene.sources).iter().map(row).collect())
}
