//! The parts of one slice and what they do to each other within a step: cell,
//! spines, terminals, electrode. When steps, events and gaps take place is the
//! business of the stepping kernel.

use crate::kernel::random::Stream;
use crate::kernel::stepping::Excitable;
use crate::late_phase::capture::Conditions;
use crate::late_phase::population::Consolidation;
use crate::modulation::Modulation;
use crate::outcome::{SimulationFailure, SliceOutcome};
use crate::parameters::table::Parameters;
use crate::pulse::{Given, PulseKind};
use crate::slice::cell::cell::{Cell, StepFactors};
use crate::slice::field::Electrode;
use crate::slice::mechanism::Internals;
use crate::slice::plasticity::Plasticity;
use crate::slice::release::{Terminals, Volley};
use crate::slice::spines::attached::Attached;
use crate::slice::spines::population::Population;
use crate::slice::spines::spines::{SpineConstants, SpineFactors, inactivation_factors};

/// Time after a spike for which the smallest step is kept, ms.
const AFTER_SPIKE_MS: f64 = 5.0;
/// Soma potential above which the smallest step is kept, mV below threshold.
const NEAR_THRESHOLD_MV: f64 = 5.0;
/// Steps after which the slow inactivation of calcium channels is advanced.
const INACTIVATE_EVERY: u32 = 4;
/// Interval at which the bistable drift and expression act within a window, ms.
const SLOW_INTERVAL_MS: f64 = 200.0;

/// A slice under way.
pub(crate) struct Circuit {
    p: Parameters,
    stimulus: f64,
    pub(crate) cell: Cell,
    drug: Modulation,
    rest_mv: f64,
    /// Potential of the dendrite at rest without drugs.
    undrugged_mv: f64,
    pub(crate) constants: SpineConstants,
    pub(crate) population: Population,
    terminals: Terminals,
    volley: Volley,
    pub(crate) stream: Stream,
    pub(crate) electrode: Electrode,
    slow_ms: f64,
    spike_ms: f64,
    inactivated_ms: f64,
    steps: u32,
    arrivals: Vec<f64>,
    ipscs: Vec<(f64, f64)>,
    pub(crate) internals: Internals,
}

impl Circuit {
    /// A slice at rest without drugs, whose spines do not learn yet.
    pub(crate) fn new(p: &Parameters, stimulus: f64, stream: Stream, electrode: Electrode) -> Self {
        let cell = Cell::new(p);
        let rest_mv = cell.dendrite_mv;
        let drug = Modulation::default();
        Self {
            p: p.clone(),
            stimulus,
            constants: SpineConstants::new(p, &drug, rest_mv, rest_mv),
            cell,
            drug,
            rest_mv,
            undrugged_mv: rest_mv,
            population: Population::new(p.spines as usize),
            terminals: Terminals::new(p, p.release_probability, &stream),
            volley: Volley::default(),
            stream,
            electrode,
            slow_ms: 0.0,
            spike_ms: -1e9,
            inactivated_ms: 0.0,
            steps: 0,
            arrivals: Vec::with_capacity(8),
            ipscs: Vec::with_capacity(8),
            internals: Internals::default(),
        }
    }

    /// Attaches a rule, if the plasticity has one; before the spines are furnished.
    pub(crate) fn attach(&mut self, plasticity: &Plasticity) {
        let rested = self.terminals.rested();
        self.population.attached =
            plasticity.rule.as_ref().map(|rule| Attached::new(rule, &self.p, self.rest_mv, rested));
    }

    /// The furnished spines have a late phase from now on, if the plasticity has one.
    pub(crate) fn consolidate(&mut self, plasticity: &Plasticity) {
        let span = match &self.population.attached {
            Some(attached) => attached.span(),
            None => Some(self.p.weight_ratio - 1.0),
        };
        let strengths = self.population.spines.iter().map(|spine| spine.weight);
        self.population.late = plasticity.late_phase.map(|model| Consolidation::new(model, strengths, span));
    }

    /// What drugs leave of protein synthesis and of protein kinase A.
    fn conditions(&self) -> Conditions {
        Conditions { protein_synthesis: self.drug.protein_synthesis, pka: self.drug.pka }
    }

    /// The slice is as it was, and nothing has been observed: `rested` is its cell.
    pub(crate) fn forget(&mut self, rested: Cell) {
        self.cell = rested;
        self.spike_ms = -1e9;
        self.internals = Internals::default();
    }

    /// Begins to count the time of the slow inactivation of calcium channels.
    pub(crate) fn inactivate_from(&mut self, now_ms: f64) {
        self.inactivated_ms = now_ms;
    }

    /// Puts the receptors under a drug; `true` if it is another than before.
    pub(crate) fn apply(&mut self, drug: &Modulation) -> bool {
        if *drug == self.drug {
            return false;
        }
        self.drug = *drug;
        self.cell.apply(drug);
        let mut rested = Cell::new(&self.p);
        rested.apply(drug);
        rested.settle();
        self.rest_mv = rested.dendrite_mv;
        self.constants = SpineConstants::new(&self.p, drug, self.rest_mv, self.undrugged_mv);
        true
    }

    /// Glutamate of the latest volley reaches the spines and the cell.
    fn arrive(&mut self, now_ms: f64) {
        if now_ms - self.slow_ms > SLOW_INTERVAL_MS {
            self.pass_slow_time(now_ms);
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
        if let Some(attached) = &mut self.population.attached {
            attached.volley(now_ms, &self.volley.expected);
        }
        let strength = self.stimulus * self.volley.conducted;
        self.ipscs.push((now_ms + self.p.inhibition_latency_ms, strength));
    }

    /// Drives the cell: `ampa_load_ns` and `releases` summed over the tracked
    /// spines, scaled to the population of 100 sites that they stand for.
    pub(crate) fn drive(&mut self, ampa_load_ns: f64, releases: f64, local_ampa_ns: f64) {
        let scale = self.stimulus * 100.0 / self.population.spines.len() as f64;
        let nmda = self.p.nmda_ns * releases * scale;
        let drug = &self.drug;
        self.cell.release_glutamate(
            ampa_load_ns * scale * drug.ampa_gain,
            nmda * (1.0 - self.p.glun2b_share) * drug.nmda_2a_gain,
            nmda * self.p.glun2b_share * drug.glun2b_factor(self.p.triheteromer_share),
            local_ampa_ns * drug.ampa_gain,
        );
    }

    /// Drift and expression for the time since they last acted.
    fn pass_slow_time(&mut self, now_ms: f64) {
        let elapsed = now_ms - self.slow_ms;
        self.slow_ms = now_ms;
        let conditions = self.conditions();
        self.population.pass_slow_time(&self.p, elapsed, &conditions);
    }

    /// Refuses a state that has left the real numbers.
    pub(crate) fn check_finite(&self, now_ms: f64) -> Result<(), SimulationFailure> {
        let calcium = self.population.blocks.first().map_or(0.0, |block| block.calcium(0));
        let watched = [
            ("dendritic potential", self.cell.dendrite_mv),
            ("somatic potential", self.cell.soma_mv),
            ("spine calcium", calcium),
            ("effective calcium", self.internals.closest),
        ];
        match watched.into_iter().find(|(_, value)| !value.is_finite()) {
            None => Ok(()),
            Some((variable, value)) => Err(SimulationFailure::NotFinite { variable, value, t_ms: now_ms }),
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
        let mut mechanism = self.internals.values();
        if let Some(late) = &self.population.late {
            mechanism.extend(late.values());
        }
        SliceOutcome { mechanism, state_hash: hash }
    }
}

impl Excitable for Circuit {
    type Factors = (StepFactors, SpineFactors);
    type Stimulus = Given;

    const LADDER: &'static [(f64, f64)] =
        &[(0.05, 0.0), (0.1, 3.0), (0.2, 8.0), (0.4, 20.0), (0.8, 40.0), (1.6, 250.0), (2.0, f64::INFINITY)];

    fn factors(&self, dt_ms: f64) -> Self::Factors {
        (self.cell.factors(dt_ms), self.constants.factors(dt_ms))
    }

    fn at_ms(stimulus: &Given) -> f64 {
        stimulus.pulse.t_ms
    }

    fn stimulate(&mut self, given: &Given) -> bool {
        let pulse = &given.pulse;
        let conditions = self.conditions();
        self.population.stimulate(&self.p, pulse.t_ms, pulse.kind != PulseKind::Test, &conditions);
        self.internals.pulse(pulse.kind, &mut self.population);
        if pulse.kind == PulseKind::PostSpike {
            self.cell.spike(pulse.t_ms);
            self.internals.fired();
            self.spike_ms = pulse.t_ms;
            if let Some(attached) = &mut self.population.attached {
                attached.fire();
            }
            return true;
        }
        let drug = Modulation { release_gain: self.drug.release_gain * self.cell.glutamate_left(), ..self.drug };
        self.terminals.fire(pulse.t_ms, given.number, &drug, &self.stream, &mut self.volley);
        self.electrode.stimulate(pulse.t_ms, self.volley.conducted);
        self.arrivals.push(pulse.t_ms + self.p.synaptic_delay_ms);
        // Fibres conduct, the cell rests until their transmitter arrives.
        false
    }

    #[inline(always)]
    fn next_event_ms(&self) -> f64 {
        let arrival = self.arrivals.first().copied().unwrap_or(f64::INFINITY);
        let next = self.ipscs.first().map_or(arrival, |event| arrival.min(event.0));
        self.population.attached.as_ref().map_or(next, |attached| next.min(attached.next_ms()))
    }

    fn meet_event(&mut self, now_ms: f64) {
        if self.arrivals.first().is_some_and(|arrival| *arrival <= now_ms) {
            self.arrivals.remove(0);
            self.arrive(now_ms);
        } else if let Some(attached) = self.population.attached.as_mut().filter(|a| a.next_ms() <= now_ms) {
            attached.act();
        } else {
            let (_, strength) = self.ipscs.remove(0);
            self.cell.inhibit(strength, now_ms);
        }
    }

    #[inline(always)]
    fn delicate(&self, now_ms: f64) -> bool {
        self.cell.soma_mv > self.p.spike_threshold_mv - NEAR_THRESHOLD_MV || now_ms - self.spike_ms < AFTER_SPIKE_MS
    }

    #[inline(always)]
    fn step(&mut self, factors: &Self::Factors, from_ms: f64, to_ms: f64) -> bool {
        let (cell_factors, spine_factors) = factors;
        let before_pa = self.cell.axial_pa();
        let outcome = self.cell.step(cell_factors, from_ms);
        let mut closest: f64 = 0.0;
        for block in &mut self.population.blocks {
            let here = block.step(&self.constants, spine_factors, self.cell.dendrite_mv);
            // A state that is no number must be seen.
            closest = if here > closest || here.is_nan() { here } else { closest };
        }
        if let Some(here) =
            self.population.step_attached(&self.constants, to_ms, to_ms - from_ms, self.cell.dendrite_mv)
        {
            closest = here;
        }
        self.internals.step(closest, self.cell.dendrite_mv, outcome.spiked);
        self.steps += 1;
        if self.steps.is_multiple_of(INACTIVATE_EVERY) {
            let (t_factor, r_factor) = inactivation_factors((to_ms - self.inactivated_ms) * self.constants.gate_speed);
            self.inactivated_ms = to_ms;
            for block in &mut self.population.blocks {
                block.inactivate(t_factor, r_factor);
            }
        }
        if outcome.spiked {
            self.electrode.fire(from_ms, before_pa);
        }
        self.electrode.record(from_ms, before_pa, to_ms, outcome.axial_pa);
        self.electrode.watch_soma(to_ms, self.cell.soma_mv, outcome.spiked);
        if outcome.spiked {
            self.spike_ms = to_ms;
            if let Some(attached) = &mut self.population.attached {
                attached.fire();
            }
            self.ipscs.push((to_ms + self.p.feedback_latency_ms, self.p.feedback_fraction));
            self.ipscs.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        self.population.call_in_silent(&self.constants);
        outcome.spiked
    }

    fn open_window(&mut self, now_ms: f64) {
        self.inactivated_ms = now_ms;
        self.steps = 0;
        self.population.open(&self.constants);
        if let Some(attached) = &mut self.population.attached {
            attached.open(self.rest_mv);
        }
    }

    fn close_window(&mut self, now_ms: f64) {
        self.pass_slow_time(now_ms);
        self.population.close();
    }

    fn pass_gap(&mut self, from_ms: f64, until_ms: f64) {
        let gap = until_ms - from_ms;
        self.cell.rest(gap);
        let fade = self.constants.rest_factors(gap);
        for spine in &mut self.population.spines {
            spine.fade(&fade);
        }
        if let Some(attached) = &mut self.population.attached {
            attached.rest(gap);
        }
        self.pass_slow_time(until_ms);
        self.electrode.quiet_until(until_ms, self.cell.axial_pa());
    }

    fn watched(&self, now_ms: f64) -> bool {
        self.electrode.recording(now_ms)
    }

    fn closeness(&self) -> f64 {
        self.internals.closest
    }

    fn unrest_mv(&self) -> f64 {
        self.cell.unrest_mv()
    }
}

/// Conductance of one release at a weight as the dendrite sees it behind the
/// neck, nS: g g_n/(g + g_n).
pub(crate) fn mean_weight_load(p: &Parameters, weight: f64) -> f64 {
    let g = p.ampa_ns * weight;
    g * p.neck_ns / (g + p.neck_ns)
}
