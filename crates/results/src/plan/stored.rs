//! The analysis plan as format 1 keeps it: two keys for the slope, the shares of the
//! amplitude in `slope` and any other rule in `rig.slope`.

use crate::plan::analysis::{AnalysisPlan, ExclusionRules};
use crate::plan::moment::Moment;
use crate::plan::outcome::{ControlBy, Measure, OutcomeOrder, OutcomePlan};
use crate::plan::rig::{Deflection, RigPlan, Signal, VoltageStep};
use crate::plan::slope::{LevelFit, SlopeRule};
use quantity::{Fraction, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The analysis plan on disk.
#[derive(Serialize, Deserialize)]
struct Stored {
    slope: Shares,
    reference_window: Time,
    window: [Time; 2],
    short_term_window: [Time; 2],
    bin: Time,
    exclude: ExclusionRules,
    #[serde(default, skip_serializing_if = "StoredRig::is_default")]
    rig: StoredRig,
}

/// The part of the rising phase, in shares of the amplitude.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Shares {
    low: Fraction,
    high: Fraction,
}

/// The choices for a rig on disk.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StoredRig {
    slope: Option<SlopeRule>,
    artefact: Option<Time>,
    response: Option<[Time; 2]>,
    polarity: Option<Deflection>,
    test_pathway: Option<String>,
    control_pathway: Option<String>,
    missing_responses: Option<Fraction>,
    saturated_sweeps: Option<Fraction>,
    access_change: Option<Fraction>,
    step: Option<VoltageStep>,
    signal: Option<Signal>,
    #[serde(skip_serializing_if = "Measure::is_slope")]
    outcome: Measure,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<OutcomePlan>,
    #[serde(skip_serializing_if = "usual")]
    outcome_order: OutcomeOrder,
    reference: Option<[Moment; 2]>,
    #[serde(skip_serializing_if = "usual")]
    control_by: ControlBy,
}

/// Whether a choice is the usual one, which is not written.
fn usual<T: Default + PartialEq>(choice: &T) -> bool {
    *choice == T::default()
}

impl StoredRig {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Serialize for AnalysisPlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Stored::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AnalysisPlan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Stored::deserialize(deserializer)?.try_into().map_err(de::Error::custom)
    }
}

impl From<AnalysisPlan> for Stored {
    fn from(plan: AnalysisPlan) -> Self {
        let [low, high] = plan.slope.shares();
        let AnalysisPlan { slope, reference_window, window, short_term_window, bin, exclude, rig } = plan;
        let RigPlan {
            artefact,
            response,
            polarity,
            test_pathway,
            control_pathway,
            missing_responses,
            saturated_sweeps,
            access_change,
            step,
            signal,
            outcome,
            outcomes,
            outcome_order,
            reference,
            control_by,
        } = rig;
        let rig = StoredRig {
            slope: slope.beyond_levels(),
            artefact,
            response,
            polarity,
            test_pathway,
            control_pathway,
            missing_responses,
            saturated_sweeps,
            access_change,
            step,
            signal,
            outcome,
            outcomes,
            outcome_order,
            reference,
            control_by,
        };
        Self { slope: Shares { low, high }, reference_window, window, short_term_window, bin, exclude, rig }
    }
}

impl TryFrom<Stored> for AnalysisPlan {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let Stored { slope, reference_window, window, short_term_window, bin, exclude, rig } = stored;
        let Shares { low, high } = slope;
        let [usual_low, usual_high] = SlopeRule::USUAL.shares();
        let slope = match rig.slope {
            None => SlopeRule::Levels { low: low.value(), high: high.value(), fit: LevelFit::LeastSquares },
            Some(rule) if [low, high] == [usual_low, usual_high] => rule,
            Some(rule) => return Err(format!("two slopes, {low} to {high} and \"{rule}\": expected one of them")),
        };
        let rig = RigPlan {
            artefact: rig.artefact,
            response: rig.response,
            polarity: rig.polarity,
            test_pathway: rig.test_pathway,
            control_pathway: rig.control_pathway,
            missing_responses: rig.missing_responses,
            saturated_sweeps: rig.saturated_sweeps,
            access_change: rig.access_change,
            step: rig.step,
            signal: rig.signal,
            outcome: rig.outcome,
            outcomes: rig.outcomes,
            outcome_order: rig.outcome_order,
            reference: rig.reference,
            control_by: rig.control_by,
        };
        Ok(Self { slope, reference_window, window, short_term_window, bin, exclude, rig })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    fn plan(slope: SlopeRule) -> AnalysisPlan {
        let minutes = Time::from_min;
        AnalysisPlan {
            slope,
            reference_window: minutes(10.0),
            window: [minutes(50.0), minutes(60.0)],
            short_term_window: [minutes(1.0), minutes(5.0)],
            bin: minutes(1.0),
            exclude: ExclusionRules { baseline_drift: None, baseline_cv: None, volley_change: None },
            rig: RigPlan::default(),
        }
    }

    #[test]
    fn every_slope_comes_back_from_the_two_keys_of_format_1() {
        let window = SlopeRule::Window { from_ms: 4.0, to_ms: 7.0 };
        for slope in SlopeRule::levels().into_iter().chain([window]) {
            let text = toml::to_string(&plan(slope)).unwrap();
            assert_eq!(toml::from_str::<AnalysisPlan>(&text).unwrap(), plan(slope), "{text}");
            assert_eq!(text.contains("[rig]"), slope.beyond_levels().is_some(), "{text}");
        }
        let text = toml::to_string(&plan(window)).unwrap();
        assert!(text.contains("slope = \"window 4-7 ms\"") && text.contains("low = \"20 %\""), "{text}");
        let two = text.replace("low = \"20 %\"", "low = \"10 %\"");
        let told = toml::from_str::<AnalysisPlan>(&two).unwrap_err().to_string();
        assert!(told.contains("two slopes, 10 % to 80 % and \"window 4-7 ms\""), "{told}");
    }
}
