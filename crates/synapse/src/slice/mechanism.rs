//! Model internals during induction: what a recording cannot show, kept to
//! explain an outcome.

use crate::outcome::MechanismValue;
use crate::pulse::PulseKind;
use crate::slice::spines::population::Population;
use crate::slice::spines::spines::Spine;

/// The part of the protocol under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Before,
    Induction,
    After,
}

/// Running observations of the model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Internals {
    stage: Stage,
    /// Largest effective calcium over depression threshold in the last step.
    pub(crate) closest: f64,
    peak_dendrite_mv: f64,
    spikes: u32,
    potentiated_before: f64,
    potentiated_after: f64,
    captured: Vec<MechanismValue>,
}

impl Internals {
    #[inline(always)]
    pub(crate) fn step(&mut self, closest: f64, dendrite_mv: f64, spiked: bool) {
        self.closest = closest;
        if self.stage == Stage::Induction {
            self.peak_dendrite_mv = self.peak_dendrite_mv.max(dendrite_mv);
            self.spikes += u32::from(spiked);
        }
    }

    /// Spikes during induction so far.
    pub(crate) fn spikes(&self) -> u32 {
        self.spikes
    }

    /// A pulse is given: induction begins with its first pulse and is over with
    /// the first test pulse after it.
    pub(crate) fn pulse(&mut self, kind: PulseKind, population: &mut Population) {
        match (self.stage, kind) {
            (Stage::Before, PulseKind::Induction | PulseKind::PostSpike) => {
                self.stage = Stage::Induction;
                self.peak_dendrite_mv = f64::MIN;
                self.potentiated_before = potentiated(&population.spines);
                population.reset_tally();
            }
            (Stage::Induction, PulseKind::Test) => {
                self.stage = Stage::After;
                self.capture(&population.spines);
            }
            _ => {}
        }
    }

    /// The cell was made to fire.
    pub(crate) fn fired(&mut self) {
        self.spikes += 1;
    }

    /// The recording is over.
    pub(crate) fn conclude(&mut self, spines: &[Spine]) {
        if self.stage == Stage::Induction {
            self.capture(spines);
        }
        self.potentiated_after = potentiated(spines);
    }

    fn capture(&mut self, spines: &[Spine]) {
        let count = spines.len() as f64;
        let mut relative: Vec<f64> = spines.iter().map(|spine| spine.peak_effective / spine.theta_p).collect();
        relative.sort_by(f64::total_cmp);
        let crossed = relative.iter().filter(|&&ratio| ratio > 1.0).count() as f64;
        let sources: [f64; 4] = std::array::from_fn(|k| spines.iter().map(|spine| spine.by_source[k].max(0.0)).sum());
        let total = sources.iter().sum::<f64>().max(1e-300);
        let share = |k: usize| 100.0 * sources[k] / total;
        // Under an attached rule the thresholds are its own, and not of this kind.
        let calibrated = spines.iter().any(|spine| spine.theta_p < f64::MAX);
        let rows = [
            ("peak dendritic potential", "mV", self.peak_dendrite_mv),
            ("spikes during induction", "1", f64::from(self.spikes)),
            ("calcium influx per spine", "uM", total / count),
            ("calcium through NMDA receptors", "%", share(0)),
            ("calcium through T-type channels", "%", share(1)),
            ("calcium through R-type channels", "%", share(2)),
            ("calcium through L-type channels", "%", share(3)),
            ("effective calcium over potentiation threshold, median spine", "1", relative[relative.len() / 2]),
            ("spines above the potentiation threshold", "%", 100.0 * crossed / count),
        ]
        .map(|(name, unit, value)| MechanismValue { name, unit, value });
        self.captured = if calibrated { rows.to_vec() } else { rows[..7].to_vec() };
    }

    /// The observations; empty without induction.
    pub(crate) fn values(&self) -> Vec<MechanismValue> {
        let mut values = self.captured.clone();
        if !values.is_empty() {
            values.push(MechanismValue {
                name: "potentiated spines before",
                unit: "%",
                value: self.potentiated_before,
            });
            values.push(MechanismValue {
                name: "potentiated spines at the end",
                unit: "%",
                value: self.potentiated_after,
            });
        }
        values
    }
}

fn potentiated(spines: &[Spine]) -> f64 {
    100.0 * spines.iter().filter(|spine| spine.rho > 0.5).count() as f64 / spines.len() as f64
}
