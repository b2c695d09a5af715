//! Groups of two results folders that belong together, and what each side is
//! called.

use crate::sources::beside::Beside;
use crate::sources::folder::Sources;
use analysis::Findings;
use analysis::findings::Group;
use results::Entry;

/// What one side is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// `simulated` or `recorded`; with the name of the experiment if both are alike.
    pub label: String,
    /// Whether its slices are simulated.
    pub simulated: bool,
    /// Whether it is the other folder and of the same kind.
    pub second: bool,
}

/// Groups of the two folders that belong together; one of them may be missing.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    /// Name of the condition; of both, if they differ.
    pub name: String,
    /// Group of this folder.
    pub own: Option<&'a Group>,
    /// Group of the other folder.
    pub other: Option<&'a Group>,
}

/// Names that differ in case and spaces only are the same.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

impl Beside {
    /// The names of the two sides, this folder first.
    pub fn sides(&self, own: &Sources) -> [Side; 2] {
        let kind = |simulated: bool| if simulated { Entry::Simulated } else { Entry::Recorded }.name();
        let alike = own.findings.simulated == self.findings.simulated;
        let side = |findings: &Findings, second: bool| Side {
            label: match alike {
                true => format!("{}, {}", kind(findings.simulated), findings.name),
                false => kind(findings.simulated).to_owned(),
            },
            simulated: findings.simulated,
            second: alike && second,
        };
        [side(&own.findings, false), side(&self.findings, true)]
    }

    /// Groups by condition; the references belong together whatever they are
    /// called, and of several induction protocols the one of the same name, else
    /// the first.
    pub fn pairs<'a>(&'a self, sources: &'a Sources) -> Vec<Pair<'a>> {
        let own = &sources.findings;
        let references = [&sources.manifest, &self.manifest].map(|manifest| manifest.statistics.reference.as_str());
        let belongs = |one: &Group, other: &Group| {
            folded(&one.condition) == folded(&other.condition)
                || [one.condition.as_str(), other.condition.as_str()] == references
        };
        let mut used: Vec<&Group> = Vec::new();
        let mut pairs: Vec<Pair> = Vec::new();
        for group in &own.groups {
            let mut candidates: Vec<&Group> = self.findings.groups.iter().filter(|g| belongs(group, g)).collect();
            candidates.sort_by_key(|other| other.induction != group.induction);
            let other = candidates.first().copied();
            used.extend(other);
            let name = match other {
                Some(other) if folded(&other.condition) != folded(&group.condition) => {
                    format!("{} / {}", group.condition, other.condition)
                }
                _ => group.condition.clone(),
            };
            let several = own.groups.iter().filter(|g| g.condition == group.condition).count() > 1;
            let name = if several { format!("{} · {name}", group.induction) } else { name };
            pairs.push(Pair { name, own: Some(group), other });
        }
        for group in self.findings.groups.iter().filter(|group| !used.contains(group)) {
            pairs.push(Pair { name: group.condition.clone(), own: None, other: Some(group) });
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_spaces() {
        assert_eq!(folded("Control "), folded("control"));
        assert_ne!(folded("ALLO 1 µM"), folded("ALLO 3 µM"));
    }
}
