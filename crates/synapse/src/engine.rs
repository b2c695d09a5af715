//! The stepping of one slice: windows of activity, integrated step by step from
//! a stimulus until nothing can cross a threshold any more, and the gaps between
//! them, passed in closed form.

use crate::cell::{Cell, StepFactors};
use crate::field::Electrode;
use crate::lanes::exp;
use crate::mechanism::Internals;
use crate::modulation::Modulation;
use crate::parameters::Parameters;
use crate::population::Population;
use crate::random::Stream;
use crate::release::{Terminals, Volley};
use crate::slice::{Pulse, RawSweep, SimulationFailure, SliceOutcome};
use crate::spine_block::SpineBlock;
use crate::spines::{Spine, SpineConstants, SpineFactors, inactivation_factors};

/// Step sizes, ms, and the time since the last event up to which each is used.
const STEPS: [(f64, f64); 6] =
    [(0.05, 0.0), (0.1, 12.0), (0.25, 30.0), (0.5, 90.0), (1.0, 250.0), (2.0, f64::INFINITY)];
/// Time after a spike for which the smallest step is kept, ms.
const AFTER_SPIKE_MS: f64 = 5.0;
/// Steps after which the slow inactivation of calcium channels is advanced.
const INACTIVATE_EVERY: u32 = 4;
/// Soma potential above which the smallest step is kept, mV below threshold.
const NEAR_THRESHOLD_MV: f64 = 5.0;
/// Slowest decay by which what is left in a spine fades during a gap, ms.
const RESIDUE_MS: f64 = 250.0;
/// Residue, relative to a threshold, that a gap may leave behind.
const RESIDUE: f64 = 5e-3;
/// Interval at which the bistable drift and expression act within a window, ms.
const SLOW_INTERVAL_MS: f64 = 200.0;

/// A slice under way.
pub(crate) struct Engine {
    p: Parameters,
    stimulus: f64,
    cell: Cell,
    drug: Modulation,
    rest_mv: f64,
    constants: SpineConstants,
    levels: Vec<(StepFactors, SpineFactors)>,
    population: Population,
    terminals: Terminals,
    volley: Volley,
    stream: Stream,
    electrode: Electrode,
    now_ms: f64,
    event_ms: f64,
    slow_ms: f64,
    spike_ms: f64,
    inactivated_ms: f64,
    steps: u32,
    /// Factor on all step sizes; below 1 only to test convergence.
    step_scale: f64,
    fired: u32,
    arrivals: Vec<f64>,
    ipscs: Vec<(f64, f64)>,
    in_window: bool,
    internals: Internals,
}

impl Engine {
    pub(crate) fn new(p: &Parameters, stimulus: f64, stream: Stream, electrode: Electrode) -> Self {
        let count = p.spines as usize;
        let cell = Cell::new(p);
        let rest_mv = cell.dendrite_mv;
        let drug = Modulation::default();
        let mut engine = Self {
            p: p.clone(),
            stimulus,
            constants: SpineConstants::new(p, &drug, rest_mv),
            cell,
            drug,
            rest_mv,
            levels: Vec::new(),
            population: Population::new(count),
            terminals: Terminals::new(p, p.release_probability, &stream),
            volley: Volley::default(),
            stream,
            electrode,
            now_ms: 0.0,
            event_ms: 0.0,
            slow_ms: 0.0,
            spike_ms: -1e9,
            inactivated_ms: 0.0,
            steps: 0,
            step_scale: 1.0,
            fired: 0,
            arrivals: Vec::with_capacity(8),
            ipscs: Vec::with_capacity(8),
            in_window: false,
            internals: Internals::default(),
        };
        engine.prepare_levels();
        let peak = engine.reference_peak();
        engine.population.furnish(p, &engine.stream, peak);
        engine
    }

    /// Peak of effective calcium (µM ms) in a spine of mean weight that releases
    /// one mean vesicle in a drug-free test pulse of this very slice: the
    /// thresholds are relative to it.
    fn reference_peak(&mut self) -> f64 {
        let mean_weight = 1.0 + (self.p.weight_ratio - 1.0) * self.p.rho_up;
        let rested = self.cell.clone();
        // Well before the recording, so that the electrode takes no sample.
        let start = -10_000.0;
        self.now_ms = start;
        self.event_ms = start;
        self.inactivated_ms = start;
        let expected = self.p.release_probability * self.population.spines.len() as f64;
        let mut witnessed = SpineBlock::resting(&self.constants);
        let silent = witnessed;
        witnessed.place(1, &Spine { theta_d: f64::MAX, theta_p: f64::MAX, ..Spine::default() }, &silent);
        witnessed.release(1, 1.0, mean_weight);
        self.population.blocks.push(witnessed);
        self.drive(expected * mean_weight_load(&self.p, mean_weight), expected, self.p.ampa_ns * mean_weight);
        let onset = start + self.p.inhibition_latency_ms;
        self.advance_to(onset);
        self.cell.inhibit(self.stimulus, onset);
        self.event_ms = onset;
        self.advance_to(start + 200.0);
        let peak = self.population.blocks[0].peak_effective(1);
        self.population.blocks.clear();
        self.cell = rested;
        self.now_ms = 0.0;
        self.event_ms = 0.0;
        self.spike_ms = -1e9;
        self.internals = Internals::default();
        peak
    }

    fn prepare_levels(&mut self) {
        self.levels.clear();
        for (dt, _) in STEPS {
            let dt = dt * self.step_scale;
            self.levels.push((self.cell.factors(dt), self.constants.factors(dt)));
        }
    }

    fn apply(&mut self, drug: &Modulation) {
        if *drug == self.drug {
            return;
        }
        self.drug = *drug;
        self.cell.apply(drug);
        let mut rested = Cell::new(&self.p);
        rested.apply(drug);
        rested.relax_membrane();
        self.rest_mv = rested.dendrite_mv;
        self.constants = SpineConstants::new(&self.p, drug, self.rest_mv);
        self.prepare_levels();
    }

    /// Takes the slice through all pulses and the window after the last.
    #[inline(always)]
    pub(crate) fn run(
        &mut self,
        pulses: &[Pulse],
        modulation: &dyn Fn(f64) -> Modulation,
        on_sweep: &mut dyn FnMut(RawSweep),
    ) -> Result<(), SimulationFailure> {
        for (k, pulse) in pulses.iter().enumerate() {
            if self.in_window {
                self.advance_to(pulse.t_ms);
                self.electrode.deliver(self.now_ms, on_sweep);
            }
            self.apply(&modulation(pulse.t_ms));
            if !self.in_window {
                self.pass_gap(pulse.t_ms);
                self.open_window();
            }
            self.internals.pulse(pulse.kind, &mut self.population);
            self.stimulate(pulse);
            let next_ms = pulses.get(k + 1).map_or(f64::INFINITY, |next| next.t_ms);
            self.play_out(next_ms, on_sweep)?;
        }
        self.internals.conclude(&self.population.spines);
        Ok(())
    }

    /// Integrates until the slice is quiet or the next pulse is due.
    #[inline(always)]
    fn play_out(&mut self, next_ms: f64, on_sweep: &mut dyn FnMut(RawSweep)) -> Result<(), SimulationFailure> {
        loop {
            let until = (self.now_ms + 10.0).min(next_ms);
            self.advance_to(until);
            self.check_finite()?;
            self.electrode.deliver(self.now_ms, on_sweep);
            if until >= next_ms {
                return Ok(());
            }
            if self.quiet(next_ms) {
                self.close_window();
                return Ok(());
            }
        }
    }

    fn stimulate(&mut self, pulse: &Pulse) {
        let drug = self.drug;
        self.terminals.fire(pulse.t_ms, self.fired, &drug, &self.stream, &mut self.volley);
        self.fired += 1;
        self.electrode.stimulate(pulse.t_ms, self.volley.conducted);
        self.arrivals.push(pulse.t_ms + self.p.synaptic_delay_ms);
        self.event_ms = pulse.t_ms;
    }

    /// Glutamate of the latest volley reaches the spines and the cell.
    fn arrive(&mut self) {
        if self.now_ms - self.slow_ms > SLOW_INTERVAL_MS {
            self.pass_slow_time();
            self.population.dismiss_idle();
        }
        let (mut load, mut expected, mut weights) = (0.0, 0.0, 0.0);
        for index in 0..self.population.spines.len() {
            let weight = self.population.spines[index].weight;
            let released = self.volley.expected[index];
            load += released * mean_weight_load(&self.p, weight);
            weights += released * weight;
            expected += released;
            let quantum = self.volley.quantum[index];
            if quantum > 0.0 {
                let (block, lane) = self.population.lane(index, &self.constants);
                self.population.blocks[block].release(lane, quantum, weight);
            }
        }
        let local = if expected > 0.0 { self.p.ampa_ns * weights / expected } else { 0.0 };
        self.drive(load, expected * self.population.mean_active_nmda(), local);
        let strength = self.stimulus * self.volley.conducted;
        self.ipscs.push((self.now_ms + self.p.inhibition_latency_ms, strength));
        self.event_ms = self.now_ms;
    }

    /// Drives the cell: `ampa_load_ns` and `releases` summed over the tracked
    /// spines, scaled to the population of 100 sites that they stand for.
    fn drive(&mut self, ampa_load_ns: f64, releases: f64, local_ampa_ns: f64) {
        let scale = self.stimulus * 100.0 / self.population.spines.len() as f64;
        let nmda = self.p.nmda_ns * releases * scale;
        let drug = &self.drug;
        self.cell.release_glutamate(
            ampa_load_ns * scale * drug.ampa_gain,
            nmda * (1.0 - self.p.glun2b_share) * drug.nmda_2a_gain,
            nmda * self.p.glun2b_share * drug.nmda_2b_gain,
            local_ampa_ns * drug.ampa_gain,
        );
    }

    /// Steps to `until_ms`, stopping at every event on the way.
    #[inline(always)]
    fn advance_to(&mut self, until_ms: f64) {
        loop {
            let arrival = self.arrivals.first().copied().unwrap_or(f64::INFINITY);
            let ipsc = self.ipscs.first().map_or(f64::INFINITY, |event| event.0);
            let stop = until_ms.min(arrival).min(ipsc);
            self.step_to(stop);
            if arrival <= self.now_ms {
                self.arrivals.remove(0);
                self.arrive();
            } else if ipsc <= self.now_ms {
                let (_, strength) = self.ipscs.remove(0);
                self.cell.inhibit(strength, self.now_ms);
                self.event_ms = self.now_ms;
            } else {
                return;
            }
        }
    }

    #[inline(always)]
    fn step_to(&mut self, stop_ms: f64) {
        while self.now_ms < stop_ms {
            let since = self.now_ms - self.event_ms;
            let near = self.cell.soma_mv > self.p.spike_threshold_mv - NEAR_THRESHOLD_MV
                || self.now_ms - self.spike_ms < AFTER_SPIKE_MS;
            let level = if near { 0 } else { STEPS.iter().position(|step| since < step.1).unwrap_or(STEPS.len() - 1) };
            let left = stop_ms - self.now_ms;
            let before_pa = self.cell.axial_pa();
            let before_ms = self.now_ms;
            let spiked = if STEPS[level].0 * self.step_scale < left {
                self.now_ms += STEPS[level].0 * self.step_scale;
                let (cell_factors, spine_factors) = &self.levels[level];
                advance(
                    &mut self.cell,
                    &mut self.population.blocks,
                    &self.constants,
                    cell_factors,
                    spine_factors,
                    before_ms,
                    &mut self.internals,
                )
            } else {
                self.now_ms = stop_ms;
                let cell_factors = self.cell.factors(left);
                let spine_factors = self.constants.factors(left);
                advance(
                    &mut self.cell,
                    &mut self.population.blocks,
                    &self.constants,
                    &cell_factors,
                    &spine_factors,
                    before_ms,
                    &mut self.internals,
                )
            };
            self.steps += 1;
            if self.steps.is_multiple_of(INACTIVATE_EVERY) {
                let (t_factor, r_factor) = inactivation_factors(self.now_ms - self.inactivated_ms);
                self.inactivated_ms = self.now_ms;
                for block in &mut self.population.blocks {
                    block.inactivate(t_factor, r_factor);
                }
            }
            self.electrode.record(before_ms, before_pa, self.now_ms, self.cell.axial_pa());
            self.electrode.watch_soma(self.now_ms, self.cell.soma_mv, spiked);
            if spiked {
                self.event_ms = self.now_ms;
                self.spike_ms = self.now_ms;
                self.ipscs.push((self.now_ms + self.p.feedback_latency_ms, self.p.feedback_fraction));
                self.ipscs.sort_by(|a, b| a.0.total_cmp(&b.0));
            }
            self.population.call_in_silent(&self.constants);
        }
    }

    fn open_window(&mut self) {
        self.in_window = true;
        self.inactivated_ms = self.now_ms;
        self.steps = 0;
        self.population.open(&self.constants);
    }

    fn close_window(&mut self) {
        self.pass_slow_time();
        self.population.close();
        self.in_window = false;
    }

    /// Drift and expression for the time since they last acted.
    fn pass_slow_time(&mut self) {
        let elapsed = self.now_ms - self.slow_ms;
        self.slow_ms = self.now_ms;
        self.population.pass_slow_time(&self.p, elapsed);
    }

    /// Passes the gap up to `until_ms` in closed form.
    fn pass_gap(&mut self, until_ms: f64) {
        let gap = until_ms - self.now_ms;
        self.cell.rest(gap);
        let fade = self.constants.rest_factors(gap);
        for spine in &mut self.population.spines {
            spine.fade(&fade);
        }
        self.now_ms = until_ms;
        self.pass_slow_time();
        self.electrode.quiet_until(until_ms, self.cell.axial_pa());
    }

    /// Whether the rest of the interval can be passed in closed form: nothing is
    /// pending or being recorded, no spine is above its depression threshold, and
    /// what is left has faded when the next pulse comes.
    fn quiet(&self, next_ms: f64) -> bool {
        if !self.arrivals.is_empty() || !self.ipscs.is_empty() || self.electrode.recording(self.now_ms) {
            return false;
        }
        if self.now_ms - self.event_ms < 60.0 {
            return false;
        }
        let gap = next_ms - self.now_ms;
        let fading = exp(-gap / RESIDUE_MS);
        self.internals.closest < 0.9
            && self.internals.closest * fading < RESIDUE
            && self.cell.unrest_mv() * fading < RESIDUE
    }

    fn check_finite(&self) -> Result<(), SimulationFailure> {
        let calcium = self.population.blocks.first().map_or(0.0, |block| block.calcium(0));
        let watched = [
            ("dendritic potential", self.cell.dendrite_mv),
            ("somatic potential", self.cell.soma_mv),
            ("spine calcium", calcium),
            ("effective calcium", self.internals.closest),
        ];
        match watched.into_iter().find(|(_, value)| !value.is_finite()) {
            None => Ok(()),
            Some((variable, value)) => Err(SimulationFailure::NotFinite { variable, value, t_ms: self.now_ms }),
        }
    }

    /// What the slice leaves besides its sweeps.
    pub(crate) fn outcome(&self) -> SliceOutcome {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for spine in &self.population.spines {
            for value in [spine.rho, spine.weight, spine.inactivation] {
                hash = (hash ^ value.to_bits()).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        SliceOutcome { mechanism: self.internals.values(), state_hash: hash }
    }
}

/// One step of the cell and of all spines in the window; whether the soma fired.
#[inline(always)]
fn advance(
    cell: &mut Cell,
    blocks: &mut [SpineBlock],
    constants: &SpineConstants,
    cell_factors: &StepFactors,
    spine_factors: &SpineFactors,
    now_ms: f64,
    internals: &mut Internals,
) -> bool {
    let outcome = cell.step(cell_factors, now_ms);
    let mut closest: f64 = 0.0;
    for block in blocks {
        let here = block.step(constants, spine_factors, cell.dendrite_mv);
        closest = if here > closest || here.is_nan() { here } else { closest };
    }
    internals.step(closest, cell.dendrite_mv, outcome.spiked);
    outcome.spiked
}

/// Conductance of one release at a weight as the dendrite sees it behind the
/// neck, nS: g g_n/(g + g_n).
fn mean_weight_load(p: &Parameters, weight: f64) -> f64 {
    let g = p.ampa_ns * weight;
    g * p.neck_ns / (g + p.neck_ns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SliceIdentity;
    use crate::slice::{PulseKind, SweepWindow};

    /// State of all spines five minutes after a theta burst, for a step scale.
    fn after_theta_burst(step_scale: f64) -> Vec<f64> {
        let p = Parameters::default();
        let stream = Stream::of_slice(SliceIdentity { seed: 4, animal: 5, slice: 6 });
        let window = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
        let pulse = |t_ms, kind| Pulse { t_ms, kind };
        let mut pulses: Vec<Pulse> = (0..5).map(|k| pulse(20_000.0 * f64::from(k) + 50.0, PulseKind::Test)).collect();
        let burst = |k: i32| 100_000.0 + 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4);
        pulses.extend((0..40).map(|k| pulse(burst(k), PulseKind::Induction)));
        pulses.extend((1..15).map(|k| pulse(102_000.0 + 20_000.0 * f64::from(k), PulseKind::Test)));
        let electrode = Electrode::new(&p, Vec::new(), &window, 1.0, 0.0, stream);
        let mut engine = Engine::new(&p, 1.0, stream, electrode);
        engine.step_scale = step_scale;
        engine.prepare_levels();
        engine.run(&pulses, &|_| Modulation::default(), &mut |_| ()).unwrap();
        engine.population.spines.iter().map(|spine| spine.rho).collect()
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
