//! Named answers to contested questions. A record may say that an action holds
//! only under a scenario, or not under it; without scenarios the defaults hold.

use crate::compound::compound::Action;
use crate::compound::target::Target;
use quantity::Concentration;
use serde::Serialize;

/// A scenario that can be switched on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScenarioRecord {
    /// Name, e.g. `iso-blocks-calcium-channels`.
    pub name: String,
    /// What it assumes, in words.
    pub meaning: String,
    /// Who holds it, or what the assumption rests on.
    pub source: String,
    /// Scenarios that cannot hold at the same time.
    pub excludes: Vec<String>,
}

/// The scenarios in force, and potencies set by hand. `Default` is none. Made by
/// [`crate::Library::scenario`], which checks the names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    pub(crate) records: Vec<ScenarioRecord>,
    pub(crate) potencies: Vec<PotencyOverride>,
}

/// A potency set in place of the record's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PotencyOverride {
    pub compound: String,
    pub target: Target,
    pub potency: Concentration,
}

impl Scenario {
    /// Names of the scenarios in force, sorted.
    pub fn names(&self) -> Vec<&str> {
        self.records.iter().map(|record| record.name.as_str()).collect()
    }

    /// True if the scenario is in force.
    pub fn holds(&self, name: &str) -> bool {
        self.records.iter().any(|record| record.name == name)
    }

    /// True if the action is in force.
    pub fn admits(&self, action: &Action) -> bool {
        action.scenario.as_ref().is_none_or(|name| self.holds(name))
            && !action.unless.iter().any(|name| self.holds(name))
    }

    /// The potency set by hand for this compound and target, if any.
    pub(crate) fn potency(&self, compound: &str, target: Target) -> Option<Concentration> {
        self.potencies.iter().find(|p| p.compound == compound && p.target == target).map(|p| p.potency)
    }
}
