//! What recordings from a rig need to be told: where the artefact ends, in
//! which direction the response points, and which faults exclude a slice.

use crate::plan::moment::Moment;
use crate::plan::outcome::{ControlBy, Measure, OutcomeOrder, OutcomePlan};
use quantity::{Fraction, Time, Voltage};
use serde::{Deserialize, Serialize};

/// Direction of the evoked response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deflection {
    /// Negative-going, as the fEPSP of stratum radiatum.
    Negative,
    /// Positive-going, as seen from the cell layer or inside a cell.
    Positive,
}

/// What the recordings hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// What is measured, e.g. `fEPSP slope`, `EPSC slope`.
    pub quantity: String,
    /// Unit of the samples: `mV` or `pA`.
    pub unit: String,
}

/// Choices for recordings of a rig. The default leaves everything to the
/// analysis and switches every rule off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RigPlan {
    /// End of the stimulus artefact after the stimulus; `None`: 0.6 ms.
    pub artefact: Option<Time>,
    /// Where the peak is looked for after the stimulus; `None`: 2.2–20 ms.
    pub response: Option<[Time; 2]>,
    /// Direction of the response; `None`: read from the averaged sweep.
    pub polarity: Option<Deflection>,
    /// The tetanised pathway; `None`: that of the induction sweeps, else the first.
    pub test_pathway: Option<String>,
    /// Pathway by which the tetanised pathway is divided; `None`: none.
    pub control_pathway: Option<String>,
    /// Largest accepted share of sweeps without a response.
    pub missing_responses: Option<Fraction>,
    /// Largest accepted share of sweeps that reach the end of the converter.
    pub saturated_sweeps: Option<Fraction>,
    /// Largest accepted |change| of the access resistance.
    pub access_change: Option<Fraction>,
    /// Voltage step of every sweep from which series resistance is read.
    pub step: Option<VoltageStep>,
    /// What the recordings hold; `None`: the slope of field potentials in mV.
    pub signal: Option<Signal>,
    /// What the primary outcome is measured by.
    pub outcome: Measure,
    /// Further outcomes, in the order of importance.
    pub outcomes: Vec<OutcomePlan>,
    /// How p values of several outcomes are adjusted.
    pub outcome_order: OutcomeOrder,
    /// Reference of the primary outcome, from and to, relative to induction (before it
    /// negative); `None`: the stretch that ends at induction.
    pub reference: Option<[Moment; 2]>,
    /// What is done with the control pathway.
    pub control_by: ControlBy,
}

/// A small voltage step within each sweep of a whole-cell recording.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoltageStep {
    /// Begin after the first sample.
    pub from: Time,
    /// End after the first sample.
    pub to: Time,
    /// Size.
    pub size: Voltage,
}

impl RigPlan {
    /// What is measured, in words.
    pub fn quantity(&self) -> &str {
        self.signal.as_ref().map_or("fEPSP slope", |signal| &signal.quantity)
    }

    /// The response itself: `fEPSP` of `fEPSP slope`.
    pub fn response(&self) -> &str {
        let quantity = self.quantity();
        let of = |measure: &str| quantity.strip_suffix(measure);
        match self.outcome {
            Measure::Slope | Measure::Amplitude | Measure::EpscAmplitude | Measure::Area => {
                of(" slope").or_else(|| of(" amplitude")).or_else(|| of(" area")).unwrap_or(quantity)
            }
            Measure::VolleyMatchedSlope => of(" slope per fibre volley").unwrap_or("response"),
            _ if self.is_current() => "EPSC",
            _ => "response",
        }
    }

    /// Unit of the samples.
    pub fn unit(&self) -> &str {
        self.signal.as_ref().map_or("mV", |signal| &signal.unit)
    }

    /// Whether the samples are currents.
    pub fn is_current(&self) -> bool {
        self.unit() == "pA"
    }
}
