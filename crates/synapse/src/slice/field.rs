//! What the electrode in stratum radiatum sees.
//!
//! φ(t) = −k_f \[I_ax(t) − I_ax(rest)\] (1 + drift t) g_sweep, to which artefact,
//! volley, population spike and noise are added. I_ax, the axial current of the mean cell, is the
//! net current that enters its dendrite and leaves at its soma; the two poles
//! sum to zero. A synaptic sink in stratum radiatum is negative.

use crate::kernel::lanes::exp;
use crate::kernel::random::{Purpose, Stream};
use crate::outcome::RawSweep;
use crate::parameters::table::Parameters;
use crate::pulse::{Given, PulseKind, SweepWindow};

/// Width of the fibre volley and of the population spike (standard deviation of
/// their bell shapes) and of the artefact's decay, ms. Shapes as field
/// recordings show them; model choice.
const VOLLEY_WIDTH_MS: f64 = 0.28;
const SPIKE_WIDTH_MS: f64 = 0.7;
const ARTEFACT_DECAY_MS: f64 = 0.12;

/// After a spike of the mean cell the field goes on as if it had not fired: from the axial
/// current just before, fading with [`UNFIRED_MS`]; from the first of these times on it
/// comes back to the current of the cell, until the second, ms. Cells do not fire at one
/// time as the mean cell does; what their spikes add is the population spike.
const AFTER_SPIKE_MS: [f64; 2] = [5.0, 10.0];
/// Decay of the axial current of an EPSP, ms; model choice.
const UNFIRED_MS: f64 = 7.0;

/// One stimulus as the electrode meets it.
#[derive(Clone, Copy, Debug)]
struct Stimulus {
    at_ms: f64,
    conducted: f64,
    soma_peak_mv: f64,
    soma_peak_ms: f64,
}

/// One sweep that is to be recorded.
#[derive(Clone, Debug)]
pub(crate) struct SweepPlan {
    /// Number of the sweep in the recording, which keys its noise.
    pub(crate) number: u32,
    pub(crate) start_ms: f64,
    pub(crate) end_ms: f64,
    pub(crate) kind: PulseKind,
}

impl SweepPlan {
    /// Whether a stimulus of the sweep is given.
    pub(crate) fn holds_one_of(&self, given: &[Given]) -> bool {
        let from = given.partition_point(|one| one.pulse.t_ms < self.start_ms);
        given[from..].iter().take_while(|one| one.pulse.t_ms < self.end_ms).any(|one| one.pulse.kind == self.kind)
    }
}

/// Turns the axial current into sweeps.
pub(crate) struct Electrode {
    plans: Vec<SweepPlan>,
    next: usize,
    interval_ms: f64,
    axial: Vec<f64>,
    stimuli: Vec<Stimulus>,
    rest_pa: f64,
    /// Time of the latest spike of the mean cell, ms, and the axial current before it, pA.
    fired: (f64, f64),
    stimulus: f64,
    drift_per_h: f64,
    stream: Stream,
    p: Parameters,
}

impl Electrode {
    pub(crate) fn new(
        p: &Parameters,
        plans: Vec<SweepPlan>,
        window: &SweepWindow,
        stimulus: f64,
        drift_per_h: f64,
        stream: Stream,
    ) -> Self {
        let interval_ms = 1_000.0 / window.rate_hz;
        Self {
            plans,
            next: 0,
            interval_ms,
            axial: Vec::new(),
            stimuli: Vec::new(),
            rest_pa: 0.0,
            fired: (f64::NEG_INFINITY, 0.0),
            stimulus,
            drift_per_h,
            stream,
            p: p.clone(),
        }
    }

    /// An electrode that records nothing.
    pub(crate) fn absent(p: &Parameters, stream: Stream) -> Self {
        let window = SweepWindow { before_ms: 0.0, after_ms: 0.0, rate_hz: 1_000.0 };
        Self::new(p, Vec::new(), &window, 1.0, 0.0, stream)
    }

    /// Declares the axial current of the resting cell and fills in the samples
    /// that came before `now_ms`, during which nothing happened.
    pub(crate) fn quiet_until(&mut self, now_ms: f64, axial_pa: f64) {
        if self.axial.is_empty() {
            self.rest_pa = axial_pa;
        }
        self.record(now_ms, axial_pa, now_ms, axial_pa);
    }

    /// The fibres are stimulated.
    pub(crate) fn stimulate(&mut self, at_ms: f64, conducted: f64) {
        self.stimuli.push(Stimulus { at_ms, conducted, soma_peak_mv: f64::MIN, soma_peak_ms: at_ms });
    }

    /// The soma is at `soma_mv`; a spike counts as far above threshold.
    pub(crate) fn watch_soma(&mut self, now_ms: f64, soma_mv: f64, spiked: bool) {
        let Some(stimulus) = self.stimuli.last_mut() else { return };
        let value = if spiked { self.p.spike_threshold_mv + 50.0 } else { soma_mv };
        if value > stimulus.soma_peak_mv && now_ms - stimulus.at_ms < 20.0 {
            stimulus.soma_peak_mv = value;
            stimulus.soma_peak_ms = now_ms;
        }
    }

    /// The mean cell fires at `now_ms`, with the axial current `before_pa` just before.
    pub(crate) fn fire(&mut self, now_ms: f64, before_pa: f64) {
        let before_pa = self.unfired(now_ms, before_pa);
        self.fired = (now_ms, before_pa);
    }

    /// The axial current `pa` at `at_ms` without the latest spike of the mean cell.
    #[inline(always)]
    fn unfired(&self, at_ms: f64, pa: f64) -> f64 {
        let since_ms = at_ms - self.fired.0;
        if !(0.0..AFTER_SPIKE_MS[1]).contains(&since_ms) {
            return pa;
        }
        let without = self.rest_pa + (self.fired.1 - self.rest_pa) * exp(-since_ms / UNFIRED_MS);
        let back = ((since_ms - AFTER_SPIKE_MS[0]) / (AFTER_SPIKE_MS[1] - AFTER_SPIKE_MS[0])).max(0.0);
        without + back * (pa - without)
    }

    /// The axial current went from `before_pa` to `after_pa` between the two
    /// times: takes the samples that lie there.
    #[inline(always)]
    pub(crate) fn record(&mut self, from_ms: f64, before_pa: f64, to_ms: f64, after_pa: f64) {
        let Some(plan) = self.plans.get(self.next) else { return };
        loop {
            let at_ms = plan.start_ms + self.axial.len() as f64 * self.interval_ms;
            if at_ms > to_ms || at_ms >= plan.end_ms - 0.5 * self.interval_ms {
                return;
            }
            let share = if to_ms > from_ms { ((at_ms - from_ms) / (to_ms - from_ms)).max(0.0) } else { 1.0 };
            self.axial.push(self.unfired(at_ms, before_pa + share * (after_pa - before_pa)));
        }
    }

    /// Whether the sweep under way still lacks samples at `now_ms`.
    #[inline(always)]
    pub(crate) fn recording(&self, now_ms: f64) -> bool {
        self.plans.get(self.next).is_some_and(|plan| plan.start_ms <= now_ms && now_ms < plan.end_ms)
    }

    /// If the sweep under way is complete at `now_ms`, hands it over.
    #[inline(always)]
    pub(crate) fn deliver(&mut self, now_ms: f64, on_sweep: &mut dyn FnMut(RawSweep)) {
        if self.plans.get(self.next).is_some_and(|plan| now_ms >= plan.end_ms) {
            on_sweep(self.finish());
        }
    }

    fn finish(&mut self) -> RawSweep {
        let plan = self.plans[self.next].clone();
        let index = plan.number;
        let p = &self.p;
        let trial = (1.0 + p.sweep_cv * self.stream.normal(Purpose::SweepGain, index, 0)).max(0.05);
        let gain = trial * (1.0 + self.drift_per_h * plan.start_ms / 3.6e6);
        let mut field_mv = vec![0.0; self.axial.len()];
        self.stream.fill_normal(Purpose::RecordingNoise, index, &mut field_mv);
        for (sample, axial) in field_mv.iter_mut().zip(&self.axial) {
            *sample = *sample * p.noise_mv - p.field_gain_mv_per_na * 1e-3 * (axial - self.rest_pa) * gain;
        }
        for stimulus in &self.stimuli {
            let volley = -p.volley_mv * self.stimulus * stimulus.conducted * gain;
            add_bell(
                &mut field_mv,
                &plan,
                self.interval_ms,
                stimulus.at_ms + p.volley_latency_ms,
                VOLLEY_WIDTH_MS,
                volley,
            );
            let excess = (stimulus.soma_peak_mv - p.spike_threshold_mv) / p.population_spike_width_mv;
            let firing = 1.0 / (1.0 + libm::exp(-excess.clamp(-50.0, 50.0)));
            let spike = p.population_spike_mv * self.stimulus * firing * gain;
            add_bell(&mut field_mv, &plan, self.interval_ms, stimulus.soma_peak_ms, SPIKE_WIDTH_MS, spike);
            add_artefact(&mut field_mv, &plan, self.interval_ms, stimulus.at_ms, p.artefact_mv);
        }
        let stimulus_ms = self.stimuli.iter().map(|s| s.at_ms - plan.start_ms).collect();
        self.axial.clear();
        self.stimuli.clear();
        self.next += 1;
        RawSweep { start_ms: plan.start_ms, stimulus_ms, kind: plan.kind, field_mv }
    }
}

fn add_bell(field_mv: &mut [f64], plan: &SweepPlan, interval_ms: f64, centre_ms: f64, width_ms: f64, height_mv: f64) {
    let first = ((centre_ms - 5.0 * width_ms - plan.start_ms) / interval_ms).max(0.0) as usize;
    let last = ((centre_ms + 5.0 * width_ms - plan.start_ms) / interval_ms).max(0.0) as usize;
    for (k, sample) in field_mv.iter_mut().enumerate().take(last + 1).skip(first) {
        let z = (plan.start_ms + k as f64 * interval_ms - centre_ms) / width_ms;
        *sample += height_mv * libm::exp(-0.5 * z * z);
    }
}

/// Biphasic: up for 0.1 ms, then down and decaying.
fn add_artefact(field_mv: &mut [f64], plan: &SweepPlan, interval_ms: f64, at_ms: f64, height_mv: f64) {
    let first = libm::ceil((at_ms - plan.start_ms) / interval_ms - 1e-9).max(0.0) as usize;
    for (k, sample) in field_mv.iter_mut().enumerate().skip(first).take((1.0 / interval_ms) as usize + 1) {
        let since = plan.start_ms + k as f64 * interval_ms - at_ms;
        *sample +=
            if since < 0.1 { height_mv } else { -0.6 * height_mv * libm::exp(-(since - 0.1) / ARTEFACT_DECAY_MS) };
    }
}
