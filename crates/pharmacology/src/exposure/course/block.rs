//! Blockers that need open channels: the blocked share as a state variable.
//!
//! B' = a(t)·r·[C·(1 − B) − K·B]
//!
//! with C at the receptors, K the potency, r the blocking rate and a the open
//! share: a drug molecule enters and leaves open channels only (it is trapped in
//! closed ones). At rest a is constant (ambient transmitter), so B relaxes
//! exponentially; a stimulus that opens the channels of a synapse for the time w
//! with probability p leaves, on average over trials,
//!
//! B → B_∞ + (B − B_∞)·[1 − p·(1 − e^(−r(C+K)w))],   B_∞ = C/(C + K)
//!
//! Synapses differ in p; the mean over them is kept as several classes, because
//! the reliable ones are blocked first.

use crate::compound::target::{Effector, Target};
use synapse::Parameters;
use synapse::receptors::magnesium_block;

/// Classes of synapses by release probability.
const CLASSES: usize = 8;

/// Longest step in which the concentration is taken as constant, ms.
const STEP_MS: f64 = 15_000.0;

/// Steps of one evaluation at most; beyond them the steps grow.
const MOST_STEPS: f64 = 400.0;

/// Quantiles (odd sixteenths) of the standard normal distribution.
const QUANTILES: [f64; CLASSES] = [-1.534, -0.887, -0.489, -0.157, 0.157, 0.489, 0.887, 1.534];

/// Time-averaged potential of the spine while NMDA receptors are open, mV: under
/// test pulses and during induction. Choices of the model.
const POTENTIAL_MV: [f64; 2] = [-62.0, -45.0];

/// Peak open probability of GluN2A (0.50) and GluN2B (0.12) receptors, Erreger
/// et al. 2005 (PMC1665591). Measured.
const NMDA_OPEN: [f64; 2] = [0.50, 0.12];

/// Open probability of GABA-A receptors at the peak of an IPSC. From memory.
const GABA_OPEN: f64 = 0.8;

/// A stimulus to the synapses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stimulus {
    /// Time, ms.
    pub t_ms: f64,
    /// True for pulses of the induction: the cell is depolarised.
    pub induction: bool,
}

/// How a stimulus opens the channels of a target.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Opening {
    /// Open time free of magnesium, ms, under a test pulse and during induction.
    open_ms: [f64; 2],
    /// Probability that the channels of a synapse are reached, by class.
    probability: [f64; CLASSES],
}

impl Opening {
    fn of(target: Target, p: &Parameters) -> Self {
        let nmda =
            |open: f64, decay_ms: f64| POTENTIAL_MV.map(|mv| open * decay_ms * magnesium_block(mv, p.magnesium_mm));
        let released = {
            let sigma = libm::sqrt(libm::log(1.0 + p.release_cv * p.release_cv));
            QUANTILES.map(|z| (p.release_probability * libm::exp(sigma * z - 0.5 * sigma * sigma)).min(1.0))
        };
        match target {
            Target::Glun2b => Self { open_ms: nmda(NMDA_OPEN[1], p.glun2b_decay_ms), probability: released },
            // Open times of 2A and 2B are alike (0.50 · 55 ms, 0.12 · 200 ms).
            Target::Nmda | Target::Glun2a | Target::Glun2c | Target::Glun2d => {
                Self { open_ms: nmda(NMDA_OPEN[0], p.glun2a_decay_ms), probability: released }
            }
            // Feed-forward inhibition follows every stimulus.
            _ => Self { open_ms: [GABA_OPEN * p.gaba_fast_decay_ms; 2], probability: [1.0; CLASSES] },
        }
    }
}

/// Constants of one blocker at one target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Blocker {
    pub compound: usize,
    pub target: Target,
    pub k_um: f64,
    /// Per µM and ms of open time.
    pub rate_per_um_ms: f64,
    /// Open share at rest.
    pub resting: f64,
    /// Largest share that can be blocked.
    pub maximum: f64,
}

/// The blocked share over a recording.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BlockCourse {
    blocker: Blocker,
    times_ms: Vec<f64>,
    /// By class, just after the time of the same place.
    blocked: Vec<[f64; CLASSES]>,
}

impl BlockCourse {
    /// Follows the blocker through the stimuli; `concentration` is in µM at a
    /// time in ms. From −∞ the block starts in equilibrium, if channels open at rest.
    pub(crate) fn new(
        blocker: Blocker,
        on_ms: f64,
        stimuli: &[Stimulus],
        parameters: &Parameters,
        concentration: &dyn Fn(f64) -> f64,
    ) -> Self {
        let opening = Opening::of(blocker.target, parameters);
        let start_ms = if on_ms.is_finite() { on_ms } else { 0.0 };
        let settled = if on_ms.is_finite() { 0.0 } else { blocker.settled(concentration(start_ms)) };
        let mut course = Self { blocker, times_ms: vec![start_ms], blocked: vec![[settled; CLASSES]] };
        for stimulus in stimuli.iter().filter(|stimulus| stimulus.t_ms >= start_ms) {
            let mut blocked = course.at(stimulus.t_ms, concentration);
            let um = concentration(stimulus.t_ms);
            let (end, rate) = blocker.kinetics(um);
            let open_ms = opening.open_ms[usize::from(stimulus.induction)];
            for (class, probability) in blocked.iter_mut().zip(opening.probability) {
                let kept = 1.0 - probability * (1.0 - libm::exp(-rate * open_ms));
                *class = end + (*class - end) * kept;
            }
            course.times_ms.push(stimulus.t_ms);
            course.blocked.push(blocked);
        }
        course
    }

    /// The compound that blocks.
    pub(crate) fn compound(&self) -> usize {
        self.blocker.compound
    }

    /// Numbers of the synapse that are blocked.
    pub(crate) fn effectors(&self) -> &'static [Effector] {
        self.blocker.target.effectors()
    }

    /// Share that still conducts just before `t_ms`, mean over the synapses.
    pub(crate) fn left(&self, t_ms: f64, concentration: &dyn Fn(f64) -> f64) -> f64 {
        let classes = self.at(t_ms, concentration);
        1.0 - self.blocker.maximum * classes.iter().sum::<f64>() / CLASSES as f64
    }

    fn at(&self, t_ms: f64, concentration: &dyn Fn(f64) -> f64) -> [f64; CLASSES] {
        let Some(place) = self.times_ms.partition_point(|time| *time < t_ms).checked_sub(1) else {
            return self.blocked[0];
        };
        let mut blocked = self.blocked[place];
        if self.blocker.resting == 0.0 {
            return blocked;
        }
        let since_ms = self.times_ms[place];
        let steps = ((t_ms - since_ms) / STEP_MS).ceil().clamp(1.0, MOST_STEPS);
        let step_ms = (t_ms - since_ms) / steps;
        for k in 0..steps as u32 {
            let um = concentration(since_ms + (f64::from(k) + 0.5) * step_ms);
            let (end, rate) = self.blocker.kinetics(um);
            let kept = libm::exp(-self.blocker.resting * rate * step_ms);
            blocked = blocked.map(|class| end + (class - end) * kept);
        }
        blocked
    }
}

impl Blocker {
    /// Final block and its rate in open channels, 1/ms.
    fn kinetics(&self, um: f64) -> (f64, f64) {
        (um / (um + self.k_um), self.rate_per_um_ms * (um + self.k_um))
    }

    fn settled(&self, um: f64) -> f64 {
        if self.resting > 0.0 { self.kinetics(um).0 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MK801: Blocker =
        Blocker { compound: 0, target: Target::Nmda, k_um: 0.015, rate_per_um_ms: 0.025, resting: 0.0, maximum: 1.0 };

    fn pulses(count: u32) -> Vec<Stimulus> {
        (0..count).map(|k| Stimulus { t_ms: 1000.0 + 20_000.0 * f64::from(k), induction: false }).collect()
    }

    /// The mean over trials against trials: releases drawn pulse by pulse.
    #[test]
    fn the_closed_mean_equals_the_mean_over_trials() {
        let parameters = Parameters { release_cv: 0.0, ..Parameters::default() };
        let um = 5.0;
        let course = BlockCourse::new(MK801, 0.0, &pulses(40), &parameters, &|_| um);
        let opening = Opening::of(Target::Nmda, &parameters);
        let mut state = 1_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let trials = 4000;
        let mut sum = 0.0;
        for _ in 0..trials {
            let mut blocked = 0.0;
            for _ in 0..40 {
                if uniform() < opening.probability[0] {
                    let (end, rate) = MK801.kinetics(um);
                    blocked = end + (blocked - end) * (-rate * opening.open_ms[0]).exp();
                }
            }
            sum += 1.0 - blocked;
        }
        let left = course.left(1e9, &|_| um);
        assert!((left - sum / f64::from(trials)).abs() < 0.02, "{left} vs {}", sum / f64::from(trials));
    }

    #[test]
    fn without_stimuli_a_trapping_blocker_does_nothing_and_after_them_it_stays() {
        let parameters = Parameters::default();
        let none = BlockCourse::new(MK801, 0.0, &[], &parameters, &|_| 20.0);
        assert_eq!(none.left(1e8, &|_| 20.0), 1.0);
        let washed = |t_ms: f64| if t_ms < 500_000.0 { 20.0 } else { 0.0 };
        let course = BlockCourse::new(MK801, 0.0, &pulses(25), &parameters, &washed);
        let blocked = course.left(490_000.0, &washed);
        assert!(blocked < 0.4, "{blocked}");
        assert!(course.left(1e9, &washed) <= blocked + 1e-12, "trapped in closed channels");
    }

    /// dB/dt at rest against small Euler steps under a rising concentration.
    #[test]
    fn at_rest_the_block_follows_its_equation() {
        let blocker = Blocker { k_um: 10.0, rate_per_um_ms: 4e-6, resting: 0.05, target: Target::GabaA, ..MK801 };
        let rising = |t_ms: f64| 50.0 * (1.0 - (-t_ms / 120_000.0).exp());
        let course = BlockCourse::new(blocker, 0.0, &[], &Parameters::default(), &rising);
        let mut blocked = 0.0;
        for k in 0..600_000 {
            let um = rising(f64::from(k) + 0.5);
            blocked += 0.05 * 4e-6 * (um * (1.0 - blocked) - 10.0 * blocked);
        }
        assert!((1.0 - blocked - course.left(600_000.0, &rising)).abs() < 1e-4);
    }
}
