//! One slice under way: its circuit, taken through a protocol by the stepping
//! kernel.

use crate::kernel::random::{SliceIdentity, Stream};
use crate::kernel::stepping::Stepper;
use crate::modulation::Modulation;
use crate::outcome::{RawSweep, SimulationFailure, SliceOutcome};
use crate::parameters::table::Parameters;
use crate::preparation::bath::{in_bath, in_reference_bath};
use crate::pulse::Given;
use crate::rules::spine::reading::Peaks;
use crate::slice::circuit::{Circuit, mean_weight_load};
use crate::slice::field::Electrode;
use crate::slice::plasticity::{Homeostasis, Plasticity};
use crate::slice::spines::chosen::ChosenRule;
use crate::slice::spines::spine_block::SpineBlock;

/// Effective calcium, µM ms, at the peak after a test pulse in the reference preparation.
pub(crate) fn reference_effective_um_ms() -> f64 {
    let stream = Stream::of_slice(SliceIdentity { seed: 0, animal: 0, slice: 0 });
    Engine::peaks(&Parameters::default(), 1.0, stream, None).effective_um_ms
}

/// A slice under way.
pub(crate) struct Engine {
    pub(crate) circuit: Circuit,
    pub(crate) stepper: Stepper<Circuit>,
}

impl Engine {
    /// A slice of parameters `p`, which are stated for the reference bath; they are
    /// taken to the bath that they name, the thresholds are not.
    pub(crate) fn new(
        p: &Parameters,
        plasticity: &Plasticity,
        stimulus: f64,
        stream: Stream,
        electrode: Electrode,
    ) -> Self {
        let rule = plasticity.rule.as_ref();
        let (scale, peaks) = match plasticity.homeostasis {
            Homeostasis::Absolute if rule.is_none() => (1.0, Peaks::default()),
            Homeostasis::Absolute => (1.0, Self::peaks(&Parameters::default(), 1.0, stream, rule)),
            Homeostasis::Renormalised => {
                let anchor = Self::peaks(&Parameters::default(), 1.0, stream, None);
                let own = Self::peaks(&in_reference_bath(p), stimulus, stream, rule);
                (own.effective_um_ms / anchor.effective_um_ms, own)
            }
        };
        let own = in_bath(p);
        let mut engine = Self::bare(&own, stimulus, stream, electrode);
        engine.circuit.attach(plasticity);
        engine.circuit.population.furnish(&own, &stream, scale, &peaks);
        engine.circuit.consolidate(plasticity);
        engine
    }

    /// A slice whose spines do not learn yet.
    pub(crate) fn bare(p: &Parameters, stimulus: f64, stream: Stream, electrode: Electrode) -> Self {
        let circuit = Circuit::new(p, stimulus, stream, electrode);
        let stepper = Stepper::new(&circuit);
        Self { circuit, stepper }
    }

    /// The peaks that thresholds of attached rules and renormalised ones refer to,
    /// drug-free, in a slice of parameters `p`: calcium and effective calcium in a test
    /// pulse, and effective calcium after a lone somatic spike without input.
    pub(crate) fn peaks(p: &Parameters, stimulus: f64, stream: Stream, rule: Option<&ChosenRule>) -> Peaks {
        let mut engine = Self::bare(p, stimulus, stream, Electrode::absent(p, stream));
        let mean_weight = match rule {
            Some(rule) => rule.mean_strength(p.rho_up),
            None => 1.0 + (p.weight_ratio - 1.0) * p.rho_up,
        };
        // Effective calcium keeps its own peak; calcium has to be looked at.
        let looks = if rule.is_some() { 400 } else { 1 };
        let (calcium_um, effective_um_ms) = engine.witnessed(p, Some((stimulus, mean_weight)), looks);
        let spike_effective_um_ms = rule.map_or(0.0, |_| engine.witnessed(p, None, 1).1);
        Peaks { calcium_um, effective_um_ms, spike_effective_um_ms }
    }

    /// Peaks of calcium (µM, at so many `looks`) and effective calcium (µM ms) over
    /// 200 ms in a spine that releases one mean vesicle in a test pulse (strength of
    /// the stimulus and mean weight of the synapses), or that receives nothing while
    /// the soma fires.
    pub(crate) fn witnessed(&mut self, p: &Parameters, pulse: Option<(f64, f64)>, looks: u32) -> (f64, f64) {
        let (circuit, stepper) = (&mut self.circuit, &mut self.stepper);
        let rested = circuit.cell.clone();
        // Well before the recording, so that the electrode takes no sample.
        let start = -10_000.0;
        stepper.set_clock(start);
        circuit.inactivate_from(start);
        let mut witness = SpineBlock::resting(&circuit.constants);
        if let Some((_, mean_weight)) = pulse {
            witness.release(1, 1.0, mean_weight);
        }
        circuit.population.blocks.push(witness);
        match pulse {
            Some((strength, mean_weight)) => {
                let expected = p.release_probability * circuit.population.spines.len() as f64;
                circuit.drive(expected * mean_weight_load(p, mean_weight), expected, p.ampa_ns * mean_weight);
                let onset = start + p.inhibition_latency_ms;
                stepper.advance_to(circuit, onset);
                circuit.cell.inhibit(strength, onset);
                stepper.event_ms = onset;
            }
            None => circuit.cell.spike(start),
        }
        let mut calcium = 0.0_f64;
        for look in 1..=looks {
            let until = start + 200.0 * f64::from(look) / f64::from(looks);
            // Looks before the inhibition are over; the clock does not go back.
            if until > stepper.now_ms {
                stepper.advance_to(circuit, until);
            }
            calcium = calcium.max(circuit.population.blocks[0].calcium(1));
        }
        let effective = circuit.population.blocks[0].peak_effective(1);
        circuit.population.blocks.clear();
        circuit.forget(rested);
        stepper.set_clock(0.0);
        (calcium, effective)
    }

    /// Takes the slice through all pulses and the window after the last.
    #[inline(always)]
    pub(crate) fn run(
        &mut self,
        pulses: &[Given],
        modulation: &dyn Fn(f64) -> Modulation,
        on_sweep: &mut dyn FnMut(RawSweep),
    ) -> Result<(), SimulationFailure> {
        let mut change = |circuit: &mut Circuit, at_ms| circuit.apply(&modulation(at_ms));
        let mut observe = |circuit: &mut Circuit, now_ms| {
            circuit.check_finite(now_ms)?;
            circuit.electrode.deliver(now_ms, on_sweep);
            Ok(())
        };
        self.stepper.run(&mut self.circuit, pulses, &mut change, &mut observe)?;
        self.circuit.internals.conclude(&self.circuit.population.spines);
        Ok(())
    }

    /// What the slice leaves besides its sweeps.
    pub(crate) fn outcome(&self) -> SliceOutcome {
        self.circuit.outcome()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pulse::{Pulse, PulseKind, SweepWindow};
    use crate::slice::simulate::plan_sweeps;

    /// Five test pulses, a theta burst, 14 test pulses.
    fn theta_burst() -> Vec<Pulse> {
        let pulse = |t_ms, kind| Pulse { t_ms, kind };
        let mut pulses: Vec<Pulse> = (0..5).map(|k| pulse(20_000.0 * f64::from(k) + 50.0, PulseKind::Test)).collect();
        let burst = |k: i32| 100_000.0 + 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4);
        pulses.extend((0..40).map(|k| pulse(burst(k), PulseKind::Induction)));
        pulses.extend((1..15).map(|k| pulse(102_000.0 + 20_000.0 * f64::from(k), PulseKind::Test)));
        pulses
    }

    /// The engine after a theta burst, with its sweeps.
    fn played(prepare: impl Fn(Stepper<Circuit>, &Circuit) -> Stepper<Circuit>) -> (Engine, Vec<RawSweep>) {
        let p = Parameters { noise_mv: 0.0, ..Parameters::default() };
        let stream = Stream::of_slice(SliceIdentity { seed: 4, animal: 5, slice: 6 });
        let window = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
        let pulses = theta_burst();
        let plans = plan_sweeps(&pulses, &window);
        let electrode = Electrode::new(&p, plans, &window, 1.0, 0.0, stream);
        let mut engine = Engine::new(&p, &Plasticity::default(), 1.0, stream, electrode);
        engine.stepper = prepare(Stepper::new(&engine.circuit), &engine.circuit);
        let mut sweeps = Vec::new();
        engine
            .run(&Given::among(&pulses, &|_| true), &|_| Modulation::default(), &mut |sweep| sweeps.push(sweep))
            .unwrap();
        (engine, sweeps)
    }

    /// State of all spines five minutes after a theta burst, for a step scale.
    fn after_theta_burst(step_scale: f64) -> Vec<f64> {
        let (engine, _) = played(|stepper, circuit| stepper.scaled(circuit, step_scale));
        engine.circuit.population.spines.iter().map(|spine| spine.rho).collect()
    }

    /// Passing the gaps in closed form or step by step: the field of the test
    /// pulses before the burst, and the states after it. The chloride that the last of an
    /// IPSC brings is not followed into a gap: some 1e-6 mV. A spike falls on a whole
    /// step, so that a difference of 1e-7 mV can move one by a step; the states
    /// therefore agree less closely than the field.
    #[test]
    fn skipping_gaps_changes_nothing() {
        let (skipped, skipped_sweeps) = played(|stepper, _| stepper);
        let (stepped, stepped_sweeps) = played(|stepper, _| stepper.without_skipping());
        let tests = skipped_sweeps.iter().zip(&stepped_sweeps).take(4);
        let field = tests.flat_map(|(a, b)| a.field_mv.iter().zip(&b.field_mv).map(|(a, b)| (a - b).abs()));
        let (count, largest) = (field.clone().count(), field.fold(0.0, f64::max));
        assert!(count == 2_000 && largest < 1e-5, "{count} {largest}");
        let mean = |engine: &Engine| {
            let spines = &engine.circuit.population.spines;
            spines.iter().map(|spine| spine.rho).sum::<f64>() / spines.len() as f64
        };
        assert!((mean(&skipped) - mean(&stepped)).abs() < 1e-3, "{} {}", mean(&skipped), mean(&stepped));
    }

    /// Theta burst and test pulses with the steps of the ladder against steps of a quarter:
    /// mean state, states of the spines, slope of the fEPSP. A spike falls on a whole step,
    /// so that single spines near a threshold differ by some hundredths.
    #[test]
    fn steps_are_as_accurate_as_stated() {
        let (coarse, sweeps) = played(|stepper, _| stepper);
        let (fine, fine_sweeps) = played(|stepper, circuit| stepper.scaled(circuit, 0.25));
        let rho = |engine: &Engine| engine.circuit.population.spines.iter().map(|spine| spine.rho).collect::<Vec<_>>();
        let (one, other) = (rho(&coarse), rho(&fine));
        let mean = |rho: &[f64]| 100.0 * rho.iter().sum::<f64>() / rho.len() as f64;
        let apart = one.iter().zip(&other).map(|(a, b)| (a - b).abs()).collect::<Vec<_>>();
        let far = apart.iter().filter(|distance| **distance > 1e-3).count();
        let slope = |sweep: &RawSweep| (sweep.field_mv[86] - sweep.field_mv[78]) / 0.8;
        let relative = sweeps.iter().zip(&fine_sweeps).map(|(a, b)| (slope(a) / slope(b) - 1.0).abs());
        let worst = relative.fold(0.0, f64::max);
        assert!(mean(&one) > 30.0 && (mean(&one) - mean(&other)).abs() < 0.05, "{} {}", mean(&one), mean(&other));
        assert!(worst < 1e-3, "{worst}");
        assert!(far <= one.len() / 4 && apart.iter().all(|distance| *distance < 0.05), "{far} {apart:?}");
    }

    /// In percentage points of the mean state over all spines.
    #[test]
    fn halving_the_step_hardly_changes_the_outcome() {
        let mean = |rho: &[f64]| 100.0 * rho.iter().sum::<f64>() / rho.len() as f64;
        let (coarse, fine, finer) = (after_theta_burst(1.0), after_theta_burst(0.5), after_theta_burst(0.25));
        assert!(mean(&coarse) > 50.0);
        assert!((mean(&coarse) - mean(&fine)).abs() < 0.2, "{} {}", mean(&coarse), mean(&fine));
        assert!((mean(&fine) - mean(&finer)).abs() < 0.2, "{} {}", mean(&fine), mean(&finer));
    }
}
