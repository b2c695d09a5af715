//! The cell: soma and stratum-radiatum dendrite, driven by the expected synaptic
//! conductance of the whole population and by feed-forward, feedback and tonic
//! inhibition.
//!
//! C_d V_d' = g_Ld(E_L−V_d) + g_c(V_s−V_d) − G_A V_d − G_N B(V_h) V_d
//!          + [g_fd s_d + g_sl s_s r_α5(V_d) + a_d g_ton(V_d)](E_GABA−V_d) + g_sl s_s r_α5(V_d) ΔE_sl
//!          + g_B k (E_K−V_d) + g_bAP s_b (E_bAP−V_d)
//! C_s V_s' = g_Ls(E_L−V_s) + g_c(V_d−V_s) + g_fs s_f (E_GABA,s−V_s)
//!          + a_s g_ton(V_s)(E_GABA,s−V_s) + g_AHP s_h (E_K−V_s) + g_Ls Δ_T e^{(V_s−V_T)/Δ_T}
//!
//! with AMPA and NMDA reversal 0 mV, ΔE_sl the depolarising shift of the slow
//! IPSC under a drug and V_h the head of a spine that has just released. s_f, s_d and
//! s_s are the IPSCs of the three classes of interneurons, a_s and a_d the shares of the
//! compartments in the membrane, g_ton, k and E_GABA those of
//! `slice::inhibition`; chloride is followed in the dendrite. Both equations are
//! advanced by the exponential midpoint rule (second order).

use crate::kernel::lanes::exp;
use crate::modulation::Modulation;
use crate::parameters::table::Parameters;
use crate::receptors::voltage::peak_factor;
use crate::receptors::voltage_table::VoltageTable;
use crate::slice::cell::autoreceptor;
use crate::slice::cell::gates::{GATES, Gate, Gates, decay_factors, time_constants};
use crate::slice::inhibition::chloride::ChlorideLoad;
use crate::slice::inhibition::interneurons::{Interneurons, excitability};
use crate::slice::inhibition::potassium::GabaB;
use crate::slice::inhibition::tonic::Tonic;

/// Potential at which a spike is registered: the upstroke is over within a step.
const SPIKE_PEAK_MV: f64 = -35.0;

/// Step sizes, ms, with their trace factors; chosen by the time since an event.
#[derive(Clone, Debug)]
pub(crate) struct StepFactors {
    pub(crate) dt_ms: f64,
    half: [f64; GATES],
    gaba_b: f64,
}

/// Membrane state and traces of the cell.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) soma_mv: f64,
    pub(crate) dendrite_mv: f64,
    pub(crate) gates: Gates,
    gaba_b: GabaB,
    chloride: ChlorideLoad,
    chloride_recovery_ms: f64,
    interneurons: Interneurons,
    /// What drugs on interneurons leave of their recruitment.
    excitability: f64,
    tonic: Tonic,
    /// Shares of soma and dendrite in the membrane, and so in extrasynaptic receptors.
    soma_share: (f64, f64),
    refractory_ms: f64,
    bap_reserve: f64,
    bap_clock_ms: f64,
    /// Share of open NMDA receptors that sit on spines which released last.
    fresh_share: f64,
    /// AMPA conductance of one released spine at its mean weight, nS.
    local_ampa_ns: f64,
    tau: [f64; GATES],
    drug: Modulation,
    norm: Norms,
    table: VoltageTable,
    p: Parameters,
}

/// Peak factors of the receptor gates.
#[derive(Clone, Copy, Debug, Default)]
struct Norms {
    ampa: f64,
    glun2a: f64,
    glun2b: f64,
    fast: f64,
    dendritic: f64,
    slow: f64,
}

/// What happened in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StepOutcome {
    /// Axial current from dendrite to soma at the end of the step, pA.
    pub(crate) axial_pa: f64,
    /// Whether the soma fired.
    pub(crate) spiked: bool,
}

impl Cell {
    /// A cell at rest without drugs.
    pub(crate) fn new(parameters: &Parameters) -> Self {
        let mut cell = Self {
            soma_mv: parameters.leak_reversal_mv,
            dendrite_mv: parameters.leak_reversal_mv,
            gates: Gates::default(),
            gaba_b: GabaB::new(parameters),
            chloride: ChlorideLoad::new(parameters),
            chloride_recovery_ms: parameters.chloride_recovery_ms,
            interneurons: Interneurons::rested(),
            excitability: 1.0,
            tonic: Tonic::new(parameters, &Modulation::default()),
            soma_share: shares(parameters),
            refractory_ms: 0.0,
            bap_reserve: 1.0,
            bap_clock_ms: 0.0,
            fresh_share: 0.0,
            local_ampa_ns: 0.0,
            tau: [1.0; GATES],
            drug: Modulation::default(),
            norm: Norms::default(),
            table: VoltageTable::new(parameters.magnesium_mm),
            p: parameters.clone(),
        };
        cell.apply(&Modulation::default());
        cell.settle();
        cell
    }

    /// Puts the receptors under a drug.
    pub(crate) fn apply(&mut self, drug: &Modulation) {
        let p = &self.p;
        self.drug = *drug;
        self.tau = time_constants(p, drug);
        self.tonic = Tonic::new(p, drug);
        self.excitability = excitability(p, drug);
        self.chloride_recovery_ms = p.chloride_recovery_ms / drug.chloride_extrusion.max(1e-3);
        self.norm = Norms {
            ampa: peak_factor(p.ampa_rise_ms, p.ampa_decay_ms),
            glun2a: peak_factor(p.glun2a_rise_ms, p.glun2a_decay_ms),
            glun2b: peak_factor(p.glun2b_rise_ms, p.glun2b_decay_ms),
            fast: peak_factor(p.gaba_fast_rise_ms, p.gaba_fast_decay_ms * drug.gaba_a_fast_decay),
            dendritic: peak_factor(p.gaba_fast_rise_ms, p.gaba_fast_decay_ms * drug.gaba_a_dendritic_decay),
            slow: peak_factor(p.gaba_slow_rise_ms, p.gaba_slow_decay_ms * drug.gaba_a_slow_decay),
        };
    }

    /// Factors of one step size under the present drug.
    pub(crate) fn factors(&self, dt_ms: f64) -> StepFactors {
        StepFactors { dt_ms, half: decay_factors(&self.tau, 0.5 * dt_ms), gaba_b: self.gaba_b.factor(dt_ms) }
    }

    /// Glutamate reaches the population: AMPA conductance behind the necks,
    /// GluN2A and GluN2B conductance, all in nS; `local_ampa_ns` is the AMPA
    /// conductance of one released spine.
    pub(crate) fn release_glutamate(&mut self, ampa_ns: f64, glun2a_ns: f64, glun2b_ns: f64, local_ampa_ns: f64) {
        let before = self.nmda_ns(&self.gates).max(0.0);
        let added = glun2a_ns + glun2b_ns;
        self.fresh_share = if added > 0.0 { added / (added + before) } else { 0.0 };
        self.local_ampa_ns = local_ampa_ns;
        self.gates.open(Gate::AmpaRise, Gate::AmpaDecay, ampa_ns);
        self.gates.open(Gate::Glun2aRise, Gate::Glun2aDecay, glun2a_ns);
        self.gates.open(Gate::Glun2bRise, Gate::Glun2bDecay, glun2b_ns);
        self.gates.0[Gate::LastRise as usize] = 1.0;
        self.gates.0[Gate::LastDecay as usize] = 1.0;
    }

    /// Interneurons are recruited with relative strength `strength` at `now_ms`: their
    /// IPSCs begin, and their GABA reaches the receptors around.
    pub(crate) fn inhibit(&mut self, strength: f64, now_ms: f64) {
        let p = &self.p;
        let suppression = self.suppression();
        let volley = self.interneurons.fire(p, strength * self.excitability, now_ms, suppression);
        self.gates.open(Gate::FastRise, Gate::FastDecay, volley.perisomatic);
        self.gates.open(Gate::DendriteRise, Gate::DendriteDecay, volley.dendritic);
        self.gates.open(Gate::SlowRise, Gate::SlowDecay, volley.neurogliaform);
        let mean = (volley.perisomatic + volley.dendritic + volley.neurogliaform) / 3.0;
        self.gates.add(Gate::SpiltGaba, p.spillover_mm * mean);
        self.gates.add(Gate::AmbientGaba, p.ambient_spill_um * mean);
        autoreceptor::drive(p, &mut self.gates, volley.perisomatic);
    }

    /// Fraction by which the autoreceptor lowers GABA release now.
    pub(crate) fn suppression(&self) -> f64 {
        autoreceptor::suppression(&self.p, &self.gates, self.drug.gaba_b_pre_gain)
    }

    /// What the heteroreceptor leaves of release of glutamate.
    pub(crate) fn glutamate_left(&self) -> f64 {
        1.0 - (self.p.heteroreceptor_max * self.drug.gaba_b_hetero_gain).min(1.0) * self.gaba_b.activation()
    }

    #[inline(always)]
    fn nmda_ns(&self, gates: &Gates) -> f64 {
        self.norm.glun2a * gates.difference(Gate::Glun2aRise, Gate::Glun2aDecay)
            + self.norm.glun2b * gates.difference(Gate::Glun2bRise, Gate::Glun2bDecay)
    }

    /// Total conductance (nS) and its product with the reversal potentials (pA)
    /// of both compartments, at the given potentials and traces; last the outward GABA-A
    /// current of the dendrite (pA).
    #[inline(always)]
    fn membrane(&self, dendrite_mv: f64, soma_mv: f64, gates: &Gates) -> [f64; 5] {
        let p = &self.p;
        let open = 1.0 - gates.get(Gate::Blocked);
        let fast =
            open * self.drug.gaba_a_fast_gain * self.norm.fast * gates.difference(Gate::FastRise, Gate::FastDecay);
        let dendritic = open
            * self.drug.gaba_a_dendritic_gain
            * self.norm.dendritic
            * gates.difference(Gate::DendriteRise, Gate::DendriteDecay);
        let slow =
            open * self.drug.gaba_a_slow_gain * self.norm.slow * gates.difference(Gate::SlowRise, Gate::SlowDecay);
        let here = self.table.at(dendrite_mv);
        let local = self.local_ampa_ns * self.norm.ampa * gates.difference(Gate::LastRise, Gate::LastDecay);
        let head_mv = dendrite_mv * (1.0 - self.fresh_share * local / (p.neck_ns + local));
        let nmda = self.nmda_ns(gates) * self.table.at(head_mv).unblocked;
        let ampa = self.norm.ampa * gates.difference(Gate::AmpaRise, Gate::AmpaDecay);
        let spilt_um = gates.get(Gate::AmbientGaba);
        let tonic = open * self.soma_share.1 * self.tonic.ns(here.tonic, spilt_um);
        let soma_tonic = open * self.soma_share.0 * self.tonic.ns(self.table.at(soma_mv).tonic, spilt_um);
        let slow_ns = p.gaba_slow_ns * slow * here.alpha5;
        let gaba = p.gaba_fast_dendrite_ns * dendritic + slow_ns + tonic;
        let gaba_b = p.gaba_b_ns * self.drug.gaba_b_post_gain * self.gaba_b.activation();
        let resting_gaba_mv = p.gaba_reversal_mv + self.drug.gaba_reversal_shift_mv;
        let gaba_mv = resting_gaba_mv + self.chloride.shift_mv;
        let bap = gates.get(Gate::BackPropagation);
        let ahp = gates.get(Gate::AfterHyperpolarisation);
        let soma_gaba = p.gaba_fast_soma_ns * fast + soma_tonic;
        let steepness = (soma_mv - p.spike_threshold_mv) / p.spike_slope_mv;
        let upstroke =
            if steepness > -12.0 { p.soma_leak_ns * p.spike_slope_mv * exp(steepness.min(12.0)) } else { 0.0 };
        [
            p.dendrite_leak_ns + p.axial_ns + ampa + nmda + gaba + gaba_b + bap,
            p.dendrite_leak_ns * p.leak_reversal_mv
                + p.axial_ns * soma_mv
                + gaba * gaba_mv
                + gaba_b * p.potassium_reversal_mv
                + bap * p.bap_reversal_mv
                + slow_ns * self.drug.gaba_a_slow_shift_mv,
            p.soma_leak_ns + p.axial_ns + soma_gaba + ahp,
            p.soma_leak_ns * p.leak_reversal_mv
                + p.axial_ns * dendrite_mv
                + soma_gaba * resting_gaba_mv
                + ahp * p.potassium_reversal_mv
                + upstroke,
            gaba * (dendrite_mv - gaba_mv),
        ]
    }

    /// Advances the cell by one step of the given size.
    #[inline(always)]
    pub(crate) fn step(&mut self, factors: &StepFactors, now_ms: f64) -> StepOutcome {
        let dt = factors.dt_ms;
        let middle = self.gates.decayed(&factors.half);
        let (c_d, c_s) = (self.p.dendrite_capacitance_pf, self.p.soma_capacitance_pf);
        let [gd, id, gs, is, _] = self.membrane(self.dendrite_mv, self.soma_mv, &middle);
        let dendrite_half = relax(self.dendrite_mv, id / gd, 0.5 * dt * gd / c_d);
        let soma_half = relax(self.soma_mv, is / gs, 0.5 * dt * gs / c_s);
        let [gd, id, gs, is, chloride_pa] = self.membrane(dendrite_half, soma_half, &middle);
        self.dendrite_mv = relax(self.dendrite_mv, id / gd, dt * gd / c_d);
        if self.refractory_ms > 0.0 {
            self.refractory_ms -= dt;
            self.soma_mv = self.p.spike_reset_mv;
        } else {
            self.soma_mv = relax(self.soma_mv, is / gs, dt * gs / c_s);
        }
        self.chloride.flow(chloride_pa, dt, self.chloride_recovery_ms);
        self.gaba_b.advance(middle.get(Gate::SpiltGaba), dt, factors.gaba_b);
        self.gates = middle.decayed(&factors.half);
        if self.drug.gaba_a_use_block > 0.0 {
            self.block_by_use(&middle, dt);
        }
        let spiked = self.soma_mv >= SPIKE_PEAK_MV;
        if spiked {
            self.spike(now_ms + dt);
        }
        StepOutcome { axial_pa: self.axial_pa(), spiked }
    }

    /// g_c (V_d − V_s), pA.
    #[inline(always)]
    pub(crate) fn axial_pa(&self) -> f64 {
        self.p.axial_ns * (self.dendrite_mv - self.soma_mv)
    }

    /// Use-dependent block D of GABA-A: D' = k a (m − D) − D/τ, a the open
    /// fraction and m the block at full activation (the decay is in the traces).
    #[inline(always)]
    fn block_by_use(&mut self, middle: &Gates, dt_ms: f64) {
        let active = (self.norm.fast * middle.difference(Gate::FastRise, Gate::FastDecay)).clamp(0.0, 1.0);
        let blocked = self.gates.get(Gate::Blocked);
        let blocked = relax(blocked, self.drug.gaba_a_use_block, self.p.use_block_per_ms * active * dt_ms);
        self.gates.0[Gate::Blocked as usize] = blocked.min(1.0);
    }

    /// The soma fires: reset, after-hyperpolarisation, back-propagating spike.
    pub(crate) fn spike(&mut self, at_ms: f64) {
        let p = &self.p;
        self.soma_mv = p.spike_reset_mv;
        self.refractory_ms = p.spike_refractory_ms;
        let recovery = exp(-(at_ms - self.bap_clock_ms) / p.bap_recovery_ms);
        let reserve = 1.0 - (1.0 - self.bap_reserve) * recovery;
        self.gates.add(Gate::BackPropagation, p.bap_ns * reserve);
        self.gates.add(Gate::AfterHyperpolarisation, p.ahp_ns);
        self.bap_reserve = reserve * (1.0 - p.bap_use);
        self.bap_clock_ms = at_ms;
    }

    /// Lets `gap_ms` pass in which nothing happens: traces and GABA-B (without
    /// transmitter) decay in closed form, the membrane rests.
    pub(crate) fn rest(&mut self, gap_ms: f64) {
        self.gates = self.gates.decayed(&decay_factors(&self.tau, gap_ms));
        self.gaba_b.rest(gap_ms);
        self.refractory_ms = 0.0;
        let load_mm = self.chloride.load_mm();
        self.settle();
        self.chloride.relax_from(load_mm, self.tonic_ns(), gap_ms, self.chloride_recovery_ms);
        self.relax_membrane();
    }

    /// Tonic conductance of the dendrite now, nS.
    fn tonic_ns(&self) -> f64 {
        self.soma_share.1 * self.tonic.ns(self.table.at(self.dendrite_mv).tonic, self.gates.get(Gate::AmbientGaba))
    }

    /// Membrane and chloride at rest under the present drug and conductances.
    pub(crate) fn settle(&mut self) {
        for _ in 0..50 {
            self.relax_membrane();
            let outward_pa = self.membrane(self.dendrite_mv, self.soma_mv, &self.gates)[4];
            let change = self.chloride.towards_balance(outward_pa, self.tonic_ns(), self.chloride_recovery_ms);
            if change.abs() < 1e-9 {
                break;
            }
        }
        self.relax_membrane();
    }

    /// Sets the membrane to its steady state under the present slow conductances: the two
    /// equations solved together, again and again for what depends on potential.
    pub(crate) fn relax_membrane(&mut self) {
        let (gates, axial) = (self.gates, self.p.axial_ns);
        for _ in 0..100 {
            let [gd, id, gs, is, _] = self.membrane(self.dendrite_mv, self.soma_mv, &gates);
            let (own_d, own_s) = (id - axial * self.soma_mv, is - axial * self.dendrite_mv);
            let inverse = 1.0 / (gd * gs - axial * axial);
            let (dendrite_mv, soma_mv) =
                ((own_d * gs + axial * own_s) * inverse, (own_s * gd + axial * own_d) * inverse);
            let moved = (self.dendrite_mv - dendrite_mv).abs() + (self.soma_mv - soma_mv).abs();
            (self.dendrite_mv, self.soma_mv) = (dendrite_mv, soma_mv);
            if moved < 1e-12 {
                break;
            }
        }
    }

    /// Distance of the membrane from its steady state, mV: what skipping would lose.
    pub(crate) fn unrest_mv(&self) -> f64 {
        let [gd, id, gs, is, _] = self.membrane(self.dendrite_mv, self.soma_mv, &self.gates);
        (self.dendrite_mv - id / gd).abs().max((self.soma_mv - is / gs).abs())
    }
}

/// Shares of soma and dendrite in the capacitance.
fn shares(p: &Parameters) -> (f64, f64) {
    let soma = p.soma_capacitance_pf / (p.soma_capacitance_pf + p.dendrite_capacitance_pf);
    (soma, 1.0 - soma)
}

/// Exponential relaxation of `value` towards `target` over `x` time constants.
#[inline(always)]
fn relax(value: f64, target: f64, x: f64) -> f64 {
    target + (value - target) * exp(-x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Davies et al. 1991; Larson et al. 1986.
    #[test]
    fn a_lone_ipsc_suppresses_the_next_most_after_150_to_250_ms_and_not_after_1_s() {
        let mut cell = Cell::new(&Parameters::default());
        cell.inhibit(1.0, 0.0);
        let mut course = Vec::new();
        for k in 1..=200 {
            cell.rest(5.0);
            course.push((5.0 * f64::from(k), cell.suppression()));
        }
        let peak = course.iter().copied().fold((0.0, 0.0), |best, at| if at.1 > best.1 { at } else { best });
        assert!((150.0..=250.0).contains(&peak.0) && (0.5..=0.8).contains(&peak.1), "{peak:?}");
        assert!(course[199].1 < 0.05, "{:?}", course[199]);
    }

    /// A subthreshold response of 20 ms in steps of `dt_ms`: the dendrite at its end
    /// (mV), and what the charge that crossed its membrane leaves unexplained of the
    /// charge of its capacitance (fC), ∫ I dt − C ΔV, by the trapezoidal rule.
    fn response(dt_ms: f64) -> (f64, f64) {
        let mut cell = Cell::new(&Parameters::default());
        cell.release_glutamate(6.0, 1.0, 1.0, 0.5);
        cell.inhibit(0.5, 0.0);
        let factors = cell.factors(dt_ms);
        let current = |cell: &Cell| {
            let [g, i, _, _, _] = cell.membrane(cell.dendrite_mv, cell.soma_mv, &cell.gates);
            i - g * cell.dendrite_mv
        };
        let (start_mv, mut charge) = (cell.dendrite_mv, 0.0);
        for k in 0..(20.0 / dt_ms).round() as u32 {
            let before = current(&cell);
            assert!(!cell.step(&factors, dt_ms * f64::from(k)).spiked);
            charge += 0.5 * dt_ms * (before + current(&cell));
        }
        (cell.dendrite_mv, charge - cell.p.dendrite_capacitance_pf * (cell.dendrite_mv - start_mv))
    }

    /// The exponential midpoint rule is of second order, and charge is kept to the
    /// same order.
    #[test]
    fn the_membrane_converges_with_the_square_of_the_step_and_keeps_its_charge() {
        let finest = response(0.003_125).0;
        let [coarse, fine] = [0.1, 0.05].map(response);
        let order = ((coarse.0 - finest).abs() / (fine.0 - finest).abs()).log2();
        assert!((1.6..2.6).contains(&order), "{order}: {coarse:?} {fine:?} {finest}");
        let order = (coarse.1.abs() / fine.1.abs()).log2();
        assert!((1.6..2.6).contains(&order), "{order}: {coarse:?} {fine:?}");
        assert!(response(0.003_125).1.abs() < 0.1);
    }
}
