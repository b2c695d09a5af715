//! Which actions of which compounds take part.

use crate::compound::compound::{Action, Compound};
use crate::compound::scenario::Scenario;

/// The actions in force, each with the place of its compound.
pub(crate) fn in_force<'a>(
    compounds: &'a [&'a Compound],
    scenario: &'a Scenario,
) -> impl Iterator<Item = (usize, &'a Action)> + 'a {
    compounds.iter().enumerate().flat_map(move |(place, compound)| {
        compound.targets.iter().filter(move |action| scenario.admits(action)).map(move |action| (place, action))
    })
}
