//! One slice through a protocol, and the sweeps that its pulses call for.

use crate::kernel::random::{SliceIdentity, Stream};
use crate::modulation::Modulation;
use crate::outcome::{RawSweep, SimulationFailure, SliceOutcome};
use crate::parameters::table::Parameters;
use crate::preparation::bath::in_bath;
use crate::pulse::{Given, Pulse, PulseKind, SAME_SWEEP_MS, SweepWindow};
use crate::slice::engine::Engine;
use crate::slice::field::{Electrode, SweepPlan};
use crate::slice::plasticity::Plasticity;
use crate::slice::variation::Traits;

/// Takes one slice through a protocol.
///
/// `modulation` gives the state of the receptors under the drugs at a time in
/// ms; it is asked at every pulse. Sweeps are handed to `on_sweep` in order.
///
/// # Errors
/// Pulses out of order, or a state that is not finite.
pub fn simulate_slice(
    parameters: &Parameters,
    identity: SliceIdentity,
    pulses: &[Pulse],
    modulation: &dyn Fn(f64) -> Modulation,
    sweep: &SweepWindow,
    on_sweep: &mut dyn FnMut(RawSweep),
) -> Result<SliceOutcome, SimulationFailure> {
    simulate_slice_under(&Plasticity::default(), parameters, identity, pulses, modulation, sweep, on_sweep)
}

/// As [`simulate_slice`] under another induction rule, with a late phase, or both.
///
/// # Errors
/// As [`simulate_slice`].
pub fn simulate_slice_under(
    plasticity: &Plasticity,
    parameters: &Parameters,
    identity: SliceIdentity,
    pulses: &[Pulse],
    modulation: &dyn Fn(f64) -> Modulation,
    sweep: &SweepWindow,
    on_sweep: &mut dyn FnMut(RawSweep),
) -> Result<SliceOutcome, SimulationFailure> {
    simulate_slice_seen(plasticity, parameters, identity, pulses, &|_| true, modulation, sweep, on_sweep)
}

/// As [`simulate_slice_under`], with only those test pulses given for which `seen` holds.
/// The others are left out and leave no sweep; all draws of chance stay as they are, so
/// that the slice differs only by the little that a test pulse does to a synapse.
///
/// # Errors
/// As [`simulate_slice`].
#[expect(clippy::too_many_arguments, reason = "those of `simulate_slice_under` and one more")]
pub fn simulate_slice_seen(
    plasticity: &Plasticity,
    parameters: &Parameters,
    identity: SliceIdentity,
    pulses: &[Pulse],
    seen: &dyn Fn(&Pulse) -> bool,
    modulation: &dyn Fn(f64) -> Modulation,
    sweep: &SweepWindow,
    on_sweep: &mut dyn FnMut(RawSweep),
) -> Result<SliceOutcome, SimulationFailure> {
    for (index, pulse) in pulses.iter().enumerate() {
        let after = index.checked_sub(1).map_or(f64::MIN, |before| pulses[before].t_ms);
        // A cell may be made to fire at the very time of a stimulus.
        let together = pulse.t_ms == after && pulses[index - 1].kind != pulse.kind;
        if !pulse.t_ms.is_finite() || pulse.t_ms < 0.0 || (pulse.t_ms <= after && !together) {
            return Err(SimulationFailure::PulseOrder { index, t_ms: pulse.t_ms });
        }
    }
    let traits = Traits::draw(parameters, identity);
    let own = traits.applied_to(parameters);
    let stream = Stream::of_slice(identity);
    let given = Given::among(pulses, seen);
    let mut plans = plan_sweeps(pulses, sweep);
    plans.retain(|plan| plan.holds_one_of(&given));
    let electrode = Electrode::new(&in_bath(&own), plans, sweep, traits.stimulus, traits.drift_per_h, stream);
    let mut engine = Engine::new(&own, plasticity, traits.stimulus, stream, electrode);
    pulp::Arch::new().dispatch(Run { engine: &mut engine, pulses: &given, modulation, on_sweep })?;
    Ok(engine.outcome())
}

/// The run of an engine, compiled once for every vector width that the machine
/// may have; the arithmetic, and so every byte of the result, is the same.
struct Run<'a> {
    engine: &'a mut Engine,
    pulses: &'a [Given],
    modulation: &'a dyn Fn(f64) -> Modulation,
    on_sweep: &'a mut dyn FnMut(RawSweep),
}

impl pulp::WithSimd for Run<'_> {
    type Output = Result<(), SimulationFailure>;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _simd: S) -> Self::Output {
        self.engine.run(self.pulses, self.modulation, self.on_sweep)
    }
}

/// The sweeps that pulses call for.
pub(crate) fn plan_sweeps(pulses: &[Pulse], window: &SweepWindow) -> Vec<SweepPlan> {
    let mut plans: Vec<SweepPlan> = Vec::new();
    let mut last_ms = f64::MIN;
    for pulse in pulses.iter().filter(|pulse| pulse.kind != PulseKind::PostSpike) {
        let apart = pulse.t_ms - last_ms;
        let joined = plans.last().is_some_and(|plan| plan.kind == pulse.kind)
            && (pulse.kind == PulseKind::Induction && apart < SAME_SWEEP_MS);
        match plans.last_mut() {
            Some(plan) if joined || apart < window.before_ms + window.after_ms => {
                plan.end_ms = pulse.t_ms + window.after_ms;
            }
            _ => plans.push(SweepPlan {
                number: plans.len() as u32,
                start_ms: pulse.t_ms - window.before_ms,
                end_ms: pulse.t_ms + window.after_ms,
                kind: pulse.kind,
            }),
        }
        last_ms = pulse.t_ms;
    }
    plans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The widest vectors of this machine against the narrowest that every
    /// machine has.
    #[test]
    fn the_vector_width_changes_no_bit() {
        let parameters = Parameters::default();
        let identity = SliceIdentity { seed: 9, animal: 8, slice: 7 };
        let window = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
        let pulse = |k: u32, kind| Pulse { t_ms: 100.0 + 10.0 * f64::from(k), kind };
        let mut pulses: Vec<Pulse> = (0..60).map(|k| pulse(k, PulseKind::Induction)).collect();
        pulses.push(pulse(2_000, PulseKind::Test));
        let mut wide = Vec::new();
        let drug = |_| Modulation::default();
        let outcome =
            simulate_slice(&parameters, identity, &pulses, &drug, &window, &mut |sweep| wide.push(sweep)).unwrap();

        let traits = Traits::draw(&parameters, identity);
        let own = traits.applied_to(&parameters);
        let stream = Stream::of_slice(identity);
        let plans = plan_sweeps(&pulses, &window);
        let electrode = Electrode::new(&own, plans, &window, traits.stimulus, traits.drift_per_h, stream);
        let mut engine = Engine::new(&own, &Plasticity::default(), traits.stimulus, stream, electrode);
        let mut narrow = Vec::new();
        engine.run(&Given::among(&pulses, &|_| true), &drug, &mut |sweep| narrow.push(sweep)).unwrap();
        assert_eq!(engine.outcome(), outcome);
        assert_eq!(narrow, wide);
        assert_eq!(wide.len(), 2);
    }
}
