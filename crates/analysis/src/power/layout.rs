//! Slices of each animal: those kept in a run, or those planned.

use crate::findings::findings::Findings;
use crate::findings::groups::Group;
use crate::power::answer::Assumed;
use results::Manifest;
use statistics::power::Layout;

/// Slices of each animal in the two groups of a comparison.
pub(super) enum Counts {
    /// Different animals.
    Between(Layout),
    /// The same animals: slices in the reference and in the condition.
    Within(Vec<[usize; 2]>),
}

impl Counts {
    pub fn of(manifest: &Manifest, findings: Option<&Findings>, assumed: &Assumed) -> Counts {
        let group = |condition: &str| {
            let own =
                |g: &&Group| g.induction == assumed.induction && g.condition == condition && !g.animals.is_empty();
            findings.and_then(|f| f.groups.iter().find(own))
        };
        let (animals, slices) = (manifest.design.animals as usize, manifest.design.slices_per_animal.max(1) as usize);
        match (group(&assumed.reference), group(&assumed.condition), manifest.design.within_animal) {
            (Some(a), Some(b), true) => {
                let mut names: Vec<&str> = a.animals.iter().chain(&b.animals).map(|p| p.animal.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                let of = |group: &Group, name: &str| {
                    group.animals.iter().find(|p| p.animal == name).map_or(0, |p| p.n_slices)
                };
                Counts::Within(names.into_iter().map(|name| [of(a, name), of(b, name)]).collect())
            }
            (Some(a), Some(b), false) => {
                let sizes = |g: &Group| g.animals.iter().map(|p| p.n_slices).collect();
                Counts::Between(Layout { first: sizes(a), second: sizes(b) })
            }
            (_, _, true) => Counts::Within(vec![[slices; 2]; animals]),
            (_, _, false) => Counts::Between(Layout { first: vec![slices; animals], second: vec![slices; animals] }),
        }
    }

    /// Animals of both groups.
    pub fn animals(&self) -> usize {
        match self {
            Counts::Between(layout) => layout.first.len() + layout.second.len(),
            Counts::Within(layout) => layout.len(),
        }
    }

    /// Slices of both groups.
    pub fn slices(&self) -> usize {
        match self {
            Counts::Between(layout) => layout.first.iter().chain(&layout.second).sum(),
            Counts::Within(layout) => layout.iter().flatten().sum(),
        }
    }
}
