//! The tracked spines of a slice and their places in the lanes. Only spines that
//! received something take part in a window; lane 0 stands for all that did not.

use crate::kernel::draws::{lognormal, lognormal_sigma, stratified_normals};
use crate::kernel::lanes::{WIDTH, exp};
use crate::kernel::random::{Purpose, Stream, normal_quantile};
use crate::late_phase::capture::Conditions;
use crate::late_phase::population::Consolidation;
use crate::parameters::table::Parameters;
use crate::rules::spine::drift::Drift;
use crate::rules::spine::reading::Peaks;
use crate::slice::spines::attached::Attached;
use crate::slice::spines::spine_block::SpineBlock;
use crate::slice::spines::spines::{Spine, SpineConstants};

/// A spine takes part in a window while its GluN2B trace exceeds this share of a release.
const TRACE: f64 = 1e-2;

/// All tracked spines.
pub(crate) struct Population {
    /// State kept between windows.
    pub(crate) spines: Vec<Spine>,
    /// Lanes of the window, eight to a block; empty between windows.
    pub(crate) blocks: Vec<SpineBlock>,
    /// Spine of each lane from lane 1 on.
    occupants: Vec<usize>,
    /// Lane of each spine, 0 if it is not in the window.
    lane_of: Vec<usize>,
    lowest_threshold: f64,
    /// The rule that takes the place of the calibrated one.
    pub(crate) attached: Option<Attached>,
    /// The late phase.
    pub(crate) late: Option<Consolidation>,
}

impl Population {
    /// `count` spines that do not learn yet.
    pub(crate) fn new(count: usize) -> Self {
        Self {
            spines: vec![Spine { theta_d: f64::MAX, theta_p: f64::MAX, ..Spine::default() }; count],
            blocks: Vec::with_capacity(blocks(count + 1)),
            occupants: Vec::with_capacity(count),
            lane_of: vec![0; count],
            lowest_threshold: f64::MAX,
            attached: None,
            late: None,
        }
    }

    /// Thresholds, rates and initial states. Thresholds of the calibrated rule are scaled
    /// by `scale`, those of an attached one relative to `peaks`.
    pub(crate) fn furnish(&mut self, p: &Parameters, stream: &Stream, scale: f64, peaks: &Peaks) {
        let count = self.spines.len() as u32;
        let thresholds = stratified_normals(stream, Purpose::Threshold, count);
        let rates = stratified_normals(stream, Purpose::PotentiationRate, count);
        let states = stratified_normals(stream, Purpose::InitialState, count);
        let up_below = normal_quantile(p.rho_up.clamp(1e-9, 1.0 - 1e-9));
        for (k, spine) in self.spines.iter_mut().enumerate() {
            let factor = lognormal(lognormal_sigma(p.threshold_cv), thresholds[k]);
            spine.theta_d = p.theta_depression_um_ms * scale * factor;
            spine.theta_p = p.theta_potentiation_um_ms * scale * factor;
            spine.gamma_p = p.gamma_potentiation * lognormal(lognormal_sigma(p.gamma_potentiation_cv), rates[k]);
            spine.rho = if states[k] < up_below { 1.0 } else { 0.0 };
            spine.consolidated = spine.rho;
            spine.labile = 1.0 - p.consolidation * spine.consolidated;
            spine.weight = 1.0 + (p.weight_ratio - 1.0) * spine.rho;
            if let Some(attached) = &mut self.attached {
                // The calibrated rule never learns.
                (spine.theta_d, spine.theta_p) = (f64::MAX, f64::MAX);
                attached.add(spine.rho > 0.5, factor, peaks);
                (spine.rho, spine.weight) = (attached.rho(k), attached.strength(k));
            }
        }
        self.lowest_threshold = self.spines.iter().map(|spine| spine.theta_d).fold(f64::INFINITY, f64::min);
    }

    /// Opens a window: the spine without input, and spines whose receptors are
    /// still open.
    pub(crate) fn open(&mut self, constants: &SpineConstants) {
        self.blocks.push(SpineBlock::resting(constants));
        for index in 0..self.spines.len() {
            if self.attached.is_some() || self.spines[index].traces[5] > TRACE {
                self.lane(index, constants);
            }
        }
    }

    /// Closes the window and takes the state of all lanes back.
    pub(crate) fn close(&mut self) {
        let silent = self.silent_inactivation();
        for (index, spine) in self.spines.iter_mut().enumerate() {
            match self.lane_of[index] {
                0 => spine.inactivation += silent,
                lane => self.blocks[lane / WIDTH].take(lane % WIDTH, spine),
            }
        }
        self.lane_of.fill(0);
        self.occupants.clear();
        self.blocks.clear();
    }

    /// Block and lane of a spine, which is given a lane if it has none.
    pub(crate) fn lane(&mut self, index: usize, constants: &SpineConstants) -> (usize, usize) {
        if self.lane_of[index] == 0 {
            self.occupants.push(index);
            let lane = self.occupants.len();
            if lane / WIDTH >= self.blocks.len() {
                self.blocks.push(SpineBlock::resting(constants));
            }
            let silent = self.blocks[0];
            self.blocks[lane / WIDTH].place(lane % WIDTH, &self.spines[index], &silent);
            self.lane_of[index] = lane;
        }
        (self.lane_of[index] / WIDTH, self.lane_of[index] % WIDTH)
    }

    /// Takes spines whose receptors have closed out of the window, and moves the
    /// others up.
    pub(crate) fn dismiss_idle(&mut self) {
        if self.attached.is_some() {
            return;
        }
        let silent = self.blocks[0];
        let mut kept = 0;
        for lane in 1..=self.occupants.len() {
            let index = self.occupants[lane - 1];
            let block = self.blocks[lane / WIDTH];
            if block.idle(lane % WIDTH, TRACE) {
                block.take(lane % WIDTH, &mut self.spines[index]);
                self.spines[index].inactivation -= silent.inactivation(0);
                self.lane_of[index] = 0;
                continue;
            }
            kept += 1;
            if kept != lane {
                self.blocks[kept / WIDTH].copy_lane(kept % WIDTH, &block, lane % WIDTH);
                self.lane_of[index] = kept;
                self.occupants[kept - 1] = index;
            }
        }
        self.occupants.truncate(kept);
        self.blocks.truncate(blocks(kept + 1));
        let vacant = Spine { theta_d: f64::MAX, theta_p: f64::MAX, ..Spine::default() };
        for lane in kept + 1..self.blocks.len() * WIDTH {
            self.blocks[lane / WIDTH].place(lane % WIDTH, &vacant, &silent);
        }
    }

    /// Gives lanes to spines without input whose depression threshold the
    /// calcium of voltage-gated channels alone comes near.
    #[inline(always)]
    pub(crate) fn call_in_silent(&mut self, constants: &SpineConstants) {
        let Some(first) = self.blocks.first() else { return };
        let near = first.effective.0[0] * 1.05;
        if near < self.lowest_threshold {
            return;
        }
        for index in 0..self.spines.len() {
            if self.lane_of[index] == 0 && self.spines[index].theta_d <= near {
                self.lane(index, constants);
            }
        }
    }

    /// Mean over the spines of 1/(1 + In).
    pub(crate) fn mean_active_nmda(&self) -> f64 {
        let silent = self.silent_inactivation();
        let active = |(spine, &lane): (&Spine, &usize)| {
            let inactivation = match lane {
                0 => spine.inactivation + silent,
                lane => self.blocks[lane / WIDTH].inactivation(lane % WIDTH),
            };
            1.0 / (1.0 + inactivation)
        };
        self.spines.iter().zip(&self.lane_of).map(active).sum::<f64>() / self.spines.len() as f64
    }

    fn silent_inactivation(&self) -> f64 {
        self.blocks.first().map_or(0.0, |block| block.inactivation(0))
    }

    /// Drift, late phase and expression over `elapsed_ms`.
    pub(crate) fn pass_slow_time(&mut self, p: &Parameters, elapsed_ms: f64, conditions: &Conditions) {
        if self.attached.is_some() || self.late.is_some() {
            return self.pass_slow_time_under(p, elapsed_ms, conditions);
        }
        let kept = exp(-elapsed_ms / p.expression_ms);
        let drift = Drift::over(elapsed_ms, p.rho_time_ms);
        let slow = Slow::over(p, elapsed_ms);
        for (spine, &lane) in self.spines.iter_mut().zip(&self.lane_of) {
            if lane > 0 {
                spine.rho = self.blocks[lane / WIDTH].rho(lane % WIDTH);
            }
            spine.rho = drift.of(spine.rho);
            if lane > 0 {
                self.blocks[lane / WIDTH].set_rho(lane % WIDTH, spine.rho);
            }
            slow.pass(p, spine, &mut self.blocks, lane);
            let target = 1.0 + (p.weight_ratio - 1.0) * spine.rho + p.stp_size * spine.stp;
            spine.weight = target + (spine.weight - target) * kept;
        }
    }

    /// The same with an attached rule, a late phase or both.
    fn pass_slow_time_under(&mut self, p: &Parameters, elapsed_ms: f64, conditions: &Conditions) {
        let kept = exp(-elapsed_ms / p.expression_ms);
        let drift = Drift::over(elapsed_ms, p.rho_time_ms);
        let slow = Slow::over(p, elapsed_ms);
        for (index, (spine, &lane)) in self.spines.iter_mut().zip(&self.lane_of).enumerate() {
            let strength = match &self.attached {
                // Its drift is part of its steps and of its rest.
                Some(attached) => {
                    spine.rho = attached.rho(index);
                    attached.strength(index)
                }
                None => {
                    let rho = if lane > 0 { self.blocks[lane / WIDTH].rho(lane % WIDTH) } else { spine.rho };
                    spine.rho = drift.of(rho);
                    1.0 + (p.weight_ratio - 1.0) * spine.rho
                }
            };
            if lane > 0 {
                self.blocks[lane / WIDTH].set_rho(lane % WIDTH, spine.rho);
            }
            let lasting = match &mut self.late {
                Some(late) => late.pass(index, strength, elapsed_ms, conditions),
                None => strength,
            };
            slow.pass(p, spine, &mut self.blocks, lane);
            let target = lasting + p.stp_size * spine.stp;
            spine.weight = target + (spine.weight - target) * kept;
        }
    }

    /// A stimulus is given: trains of an induction begin and end for the late phase.
    pub(crate) fn stimulate(&mut self, p: &Parameters, now_ms: f64, induction: bool, conditions: &Conditions) {
        let Some(late) = &mut self.late else { return };
        let (attached, blocks) = (&self.attached, &self.blocks);
        let strength = |(index, (spine, &lane)): (usize, (&Spine, &usize))| match attached {
            Some(attached) => attached.strength(index),
            None => {
                let rho = if lane > 0 { blocks[lane / WIDTH].rho(lane % WIDTH) } else { spine.rho };
                1.0 + (p.weight_ratio - 1.0) * rho
            }
        };
        let strengths = || self.spines.iter().zip(&self.lane_of).enumerate().map(strength);
        if late.ends_train(now_ms, induction) {
            late.end_train(strengths(), conditions);
        }
        if induction {
            late.pulse(now_ms, strengths());
        }
    }

    /// One step of the attached rule, if there is one; how near its nearest spine
    /// is to a threshold.
    #[inline(always)]
    pub(crate) fn step_attached(
        &mut self,
        constants: &SpineConstants,
        to_ms: f64,
        dt_ms: f64,
        dendrite_mv: f64,
    ) -> Option<f64> {
        let attached = self.attached.as_mut()?;
        let (blocks, lane_of) = (&self.blocks, &self.lane_of);
        Some(
            attached
                .step(to_ms, dt_ms, |k| blocks[lane_of[k] / WIDTH].reading(lane_of[k] % WIDTH, constants, dendrite_mv)),
        )
    }

    /// Forgets the peaks and sums of calcium.
    pub(crate) fn reset_tally(&mut self) {
        for (spine, &lane) in self.spines.iter_mut().zip(&self.lane_of) {
            spine.peak_effective = 0.0;
            spine.by_source = [0.0; 4];
            if lane > 0 {
                self.blocks[lane / WIDTH].reset_tally(lane % WIDTH);
            }
        }
    }
}

/// What a stretch of slow time does to a spine besides drift: short-term potentiation
/// fades, s' = −s/τ_s, and a potentiated state consolidates, κ' = (H(ρ − ½) − κ)/τ_c.
struct Slow {
    stp: f64,
    consolidation: f64,
}

impl Slow {
    fn over(p: &Parameters, elapsed_ms: f64) -> Self {
        Self { stp: exp(-elapsed_ms / p.stp_ms), consolidation: exp(-elapsed_ms / p.consolidation_ms) }
    }

    fn pass(&self, p: &Parameters, spine: &mut Spine, blocks: &mut [SpineBlock], lane: usize) {
        if lane > 0 {
            spine.stp = blocks[lane / WIDTH].stp(lane % WIDTH);
        }
        spine.stp *= self.stp;
        if lane > 0 {
            blocks[lane / WIDTH].set_stp(lane % WIDTH, spine.stp);
        }
        let towards = f64::from(u8::from(spine.rho > 0.5));
        spine.consolidated = towards + (spine.consolidated - towards) * self.consolidation;
        spine.labile = 1.0 - p.consolidation * spine.consolidated;
    }
}

/// Blocks needed for `count` lanes.
fn blocks(count: usize) -> usize {
    count.div_ceil(WIDTH)
}
