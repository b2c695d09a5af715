//! What a person decided about a slice against the automatic analysis: sweeps
//! left out, other windows, the slice left out. Such decisions are data with a
//! reason and a name; the analysis replays them.

use quantity::Time;
use recording::StoreError;
use results::plan::{AnalysisPlan, Deflection, SlopeRule};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// One decision. It leaves out the sweeps given, or changes how the slice is
/// measured, or leaves out the slice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Override {
    /// Sweeps left out: first and last by their position in the recording, from 0.
    pub sweeps: Option<[u32; 2]>,
    /// Whether the whole slice is left out.
    pub exclude_slice: bool,
    /// Another way to take the slope in this slice.
    pub slope: Option<SlopeRule>,
    /// Another end of the artefact.
    pub artefact: Option<Time>,
    /// Another window for the peak.
    pub response: Option<[Time; 2]>,
    /// Another direction of the response.
    pub polarity: Option<Deflection>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
}

/// The decisions about one slice, in the order they were taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Overrides {
    /// The decisions.
    #[serde(rename = "override")]
    pub list: Vec<Override>,
}

impl Override {
    /// Reason and name in brackets, as in the exclusion log.
    pub fn because(&self) -> String {
        format!("{} (decided by {})", self.reason, self.who)
    }
}

impl Overrides {
    /// The plan for this slice but its slope: later decisions prevail.
    pub fn apply(&self, plan: &AnalysisPlan) -> AnalysisPlan {
        let mut own = plan.clone();
        for decision in &self.list {
            let rig = &mut own.rig;
            rig.artefact = decision.artefact.or(rig.artefact);
            rig.response = decision.response.or(rig.response);
            rig.polarity = decision.polarity.or(rig.polarity);
        }
        own
    }

    /// The way to take the slope that was decided for this slice.
    pub fn slope(&self) -> Option<SlopeRule> {
        self.list.iter().rev().find_map(|decision| decision.slope)
    }

    /// Why a sweep is left out, if it is.
    pub fn left_out(&self, sweep: u32) -> Option<String> {
        let hit = self.list.iter().find(|d| d.sweeps.is_some_and(|[first, last]| (first..=last).contains(&sweep)));
        hit.map(Override::because)
    }

    /// Why the slice is left out, if it is.
    pub fn slice_left_out(&self) -> Option<String> {
        self.list.iter().find(|d| d.exclude_slice).map(Override::because)
    }

    /// Reads the decisions from the text of [`Entry::Overrides`](results::Entry::Overrides).
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming `path`.
    pub fn from_text(text: &str, path: &Path) -> Result<Self, StoreError> {
        toml::from_str(text).map_err(|fault| StoreError::Invalid { path: path.to_owned(), reason: fault.to_string() })
    }

    /// The decisions as TOML.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] if a time is impossible.
    pub fn to_text(&self, path: &Path) -> Result<String, StoreError> {
        toml::to_string(self).map_err(|fault| StoreError::Invalid { path: path.to_owned(), reason: fault.to_string() })
    }
}
