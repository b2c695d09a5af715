//! Blind recovery: slices with a known potentiation are generated as recordings and
//! measured, summed up and compared by the code that analyses any other slice. What
//! comes out must be what was put in.
//!
//! Nothing of the synapse model is used: a response of fixed shape is scaled, and
//! what a rig adds is added. Potentiation of the slices of a group is normal with the
//! planned mean; its spread, and n, are those of a recorded data set.

use analysis::findings::Interval;
use analysis::{Measured, conclude, measure};
use quantity::{Fraction, Time};
use recording::{Phase, SliceKey, SliceRecording, Sweep};
use results::Manifest;
use results::manifest::{FORMAT, Origin};
use results::plan::{
    Adjustment, AnalysisPlan, ConditionPlan, ControlPathway, DegreesOfFreedom, DesignPlan, ExclusionRules,
    FigureFormat, InductionPlan, JournalStyle, ReportPlan, RigPlan, SlopeRule, StatisticsPlan, Timeline, Variances,
};
use serde::Serialize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Potentiation of the groups, %.
const POTENTIATION: [f64; 3] = [0.0, 30.0, 60.0];
/// Slices of a group: as in the recorded CA3–CA3 control group.
const SLICES: u32 = 9;
/// Standard deviation of potentiation between slices, points: recorded CA3–CA3
/// control, 16.5 (experiments/recorded-ca3-ca1; measured).
const BETWEEN_SLICES: f64 = 16.5;
/// Coefficient of variation of the response from sweep to sweep: 5 %, as the
/// amplitude of a stable two-pathway recording (measured).
const SWEEP_CV: f64 = 0.05;
/// Spread of baseline slopes between slices, SD of the logarithm (model choice).
const SIZE_SD: f64 = 0.3;
/// White noise of a sweep, mV (model choice: a quiet rig).
const WHITE_MV: f64 = 0.008;
/// Slow noise: innovations of a first-order process of 5 ms, mV (model choice).
const SLOW_MV: f64 = 0.003;
/// Mains hum, mV at 50 Hz with a phase of its own in each sweep (model choice).
const HUM_MV: f64 = 0.01;
/// Drift of the resting potential within a sweep, mV per ms, SD (model choice).
const DRIFT: f64 = 0.0003;
/// Sampling rate, Hz.
const RATE_HZ: f64 = 10_000.0;
/// Samples before the stimulus.
const BEFORE: usize = 100;
/// Samples of a sweep.
const SAMPLES: usize = 350;
/// Input range of the converter, mV.
const RANGE_MV: f64 = 10.0;
/// Interval between test pulses, s.
const INTERVAL_S: f64 = 30.0;

/// What came out for one group.
#[derive(Clone, Debug, Serialize)]
pub struct Recovered {
    /// Potentiation put in, %.
    pub true_percent: f64,
    /// Data sets.
    pub data_sets: usize,
    /// Slices measured in all.
    pub slices: usize,
    /// Slices excluded by the rules.
    pub excluded: usize,
    /// Mean measured potentiation less that of the very slices generated, points.
    pub bias: f64,
    /// Standard error of the bias.
    pub bias_se: f64,
    /// Share of 95 % intervals of the group mean that hold the true mean.
    pub coverage: f64,
    /// Standard deviation of measured less generated potentiation of single slices.
    pub slice_error_sd: f64,
}

/// Random numbers of one data set: SplitMix64 (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A standard normal deviate (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        let (u, v) = (1.0 - self.unit(), self.unit());
        (-2.0 * libm::log(u)).sqrt() * libm::cos(std::f64::consts::TAU * v)
    }
}

/// The plan under which every data set is analysed; `groups` are the conditions.
pub fn manifest() -> Manifest {
    let minutes = Time::from_min;
    let name = |percent: &f64| format!("{percent} %");
    Manifest {
        format: FORMAT,
        program: "schaffer".to_owned(),
        commit: String::new(),
        name: "recovery".to_owned(),
        title: "Blind recovery of a known potentiation".to_owned(),
        origin: Origin::Recorded,
        seed: 0,
        input_sha256: String::new(),
        rate_hz: RATE_HZ,
        inductions: vec![InductionPlan {
            name: "scaled".to_owned(),
            description: "the response is scaled by a known factor".to_owned(),
            pulses: 0,
            duration_s: 0.0,
        }],
        conditions: POTENTIATION.iter().map(|p| ConditionPlan { name: name(p), ..ConditionPlan::default() }).collect(),
        timeline: Timeline {
            baseline_min: 10.0,
            wash_in_min: 0.0,
            follow_up_min: 60.0,
            test_interval_s: INTERVAL_S,
            wash_out: false,
        },
        design: DesignPlan { within_animal: false, animals: SLICES, slices_per_animal: 1 },
        preparation: Default::default(),
        analysis: AnalysisPlan {
            slope: SlopeRule::USUAL,
            reference_window: minutes(10.0),
            window: [minutes(50.0), minutes(60.0)],
            short_term_window: [minutes(1.0), minutes(5.0)],
            bin: minutes(1.0),
            // No slice is selected: a rule on drift would be tested here too.
            exclude: ExclusionRules { baseline_drift: None, baseline_cv: None, volley_change: None },
            rig: RigPlan::default(),
        },
        statistics: StatisticsPlan {
            reference: name(&POTENTIATION[0]),
            adjust: Adjustment::None,
            variances: Variances::ByGroup,
            df: DegreesOfFreedom::Satterthwaite,
            question: None,
            interval: Fraction::from_percent(95.0),
            power: Fraction::from_percent(80.0),
            equivalence_percent: None,
            control_pathway: ControlPathway::Compare,
        },
        report: ReportPlan { style: JournalStyle::Jneurosci, formats: vec![FigureFormat::Svg] },
        evidence: Vec::new(),
        measured: results::manifest::Measured::Here,
        sessions: Vec::new(),
        time_course_limits: Vec::new(),
        blinding: None,
        remarks: Vec::new(),
    }
}

/// One slice of a data set and its true potentiation, %.
pub fn slice(condition: &str, mean_percent: f64, number: u32, seed: u64) -> (SliceRecording, f64) {
    let mut dice = Dice(seed);
    let percent = mean_percent + BETWEEN_SLICES * dice.normal();
    let size = 0.6 * libm::exp(SIZE_SD * dice.normal());
    let before = (0..20).map(|k| f64::from(k) * INTERVAL_S);
    let induction_s = 600.0;
    let early = (1..=8).map(|k| induction_s + f64::from(k) * INTERVAL_S);
    let late = (100..=120).map(|k| induction_s + f64::from(k) * INTERVAL_S);
    let sweeps = before.chain(early).chain(late).enumerate().map(|(index, start_s)| {
        let after = start_s >= induction_s;
        let factor = if after { 1.0 + percent / 100.0 } else { 1.0 };
        Sweep {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            pathway: "S1".to_owned(),
            phase: if after { Phase::FollowUp } else { Phase::Baseline },
            start_s,
            stimulus_ms: vec![1000.0 * BEFORE as f64 / RATE_HZ],
            rate_hz: RATE_HZ,
            scale: RANGE_MV / 32_768.0,
            offset: 0.0,
            samples: samples(size * factor * (1.0 + SWEEP_CV * dice.normal()), &mut dice),
        }
    });
    let recording = SliceRecording {
        key: SliceKey {
            induction: "scaled".to_owned(),
            condition: condition.to_owned(),
            animal: format!("{condition} A{number:02}"),
            slice: 1,
        },
        induction_s: Some(induction_s),
        drug_on_s: None,
        sweeps: sweeps.collect(),
        events: Vec::new(),
        exposure: Vec::new(),
    };
    (recording, percent)
}

/// One sweep: artefact, volley, fEPSP of the given size, and what a rig adds.
fn samples(size: f64, dice: &mut Dice) -> Vec<i16> {
    let phase = std::f64::consts::TAU * dice.unit();
    let drift = DRIFT * dice.normal();
    let memory = libm::exp(-1000.0 / RATE_HZ / 5.0_f64);
    let mut slow = 0.0;
    (0..SAMPLES)
        .map(|i| {
            let t = (i as f64 - BEFORE as f64) * 1000.0 / RATE_HZ;
            let artefact = if (0.0..0.2).contains(&t) { 3.0 } else { 0.0 };
            let volley = -0.12 * libm::exp(-0.5 * ((t - 1.2) / 0.2).powi(2));
            let rise = (t - 2.3).max(0.0);
            let field = -size * rise / 3.0 * libm::exp(1.0 - rise / 3.0);
            slow = memory * slow + SLOW_MV * dice.normal();
            let hum = HUM_MV * libm::sin(std::f64::consts::TAU * 0.05 * t + phase);
            let mv = artefact + volley + field + slow + hum + drift * t + WHITE_MV * dice.normal();
            (mv / RANGE_MV * 32_768.0).round().clamp(-32_768.0, 32_767.0) as i16
        })
        .collect()
}

/// What one data set says about one group.
#[derive(Clone, Copy, Debug)]
struct Outcome {
    group: usize,
    covered: bool,
    bias: f64,
    error_squares: f64,
    kept: usize,
    excluded: usize,
}

/// Generates and analyses so many data sets of all groups on so many threads; `done` hears
/// of each of them.
pub fn recover(data_sets: usize, seed: u64, jobs: usize, done: &(dyn Fn() + Sync)) -> Vec<Recovered> {
    let manifest = manifest();
    let next = AtomicU64::new(0);
    let all: Mutex<Vec<(u64, Vec<Outcome>)>> = Mutex::new(Vec::new());
    recording::threads::together(jobs, || {
        loop {
            let set = next.fetch_add(1, Ordering::Relaxed);
            if set >= data_sets as u64 {
                break;
            }
            let outcomes = data_set(&manifest, seed, set);
            if let Ok(mut all) = all.lock() {
                all.push((set, outcomes));
            }
            done();
        }
    });
    let mut all = all.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    all.sort_by_key(|(set, _)| *set);
    let outcomes: Vec<Outcome> = all.into_iter().flat_map(|(_, outcomes)| outcomes).collect();
    (0..POTENTIATION.len()).map(|group| sum_up(group, &outcomes)).collect()
}

/// Seed of a slice: no two slices of any data set share one.
fn slice_seed(seed: u64, set: u64, group: usize, slice: u32) -> u64 {
    let place = (set * POTENTIATION.len() as u64 + group as u64) * u64::from(SLICES) + u64::from(slice);
    Dice(seed ^ place.wrapping_mul(0xD134_2543_DE82_EF95)).bits()
}

fn data_set(manifest: &Manifest, seed: u64, set: u64) -> Vec<Outcome> {
    let mut measured: Vec<Measured> = Vec::new();
    let mut truth: Vec<(usize, f64)> = Vec::new();
    for (group, condition) in manifest.conditions.iter().enumerate() {
        for number in 1..=SLICES {
            let own = slice_seed(seed, set, group, number);
            let (recording, percent) = slice(&condition.name, POTENTIATION[group], number, own);
            measured.push(measure(&recording, &manifest.analysis));
            truth.push((group, percent));
        }
    }
    let findings = conclude(manifest, &measured);
    findings
        .groups
        .iter()
        .enumerate()
        .map(|(group, found)| {
            let own = || measured.iter().zip(&truth).filter(move |(_, (g, _))| *g == group);
            let errors: Vec<f64> = own()
                .filter(|(m, _)| m.slice.included)
                .map(|(m, (_, percent))| m.slice.potentiation_percent - percent)
                .collect();
            let Interval { low, high } = found.ci;
            Outcome {
                group,
                covered: (low..=high).contains(&POTENTIATION[group]),
                bias: errors.iter().sum::<f64>() / errors.len() as f64,
                error_squares: errors.iter().map(|e| e * e).sum(),
                kept: errors.len(),
                excluded: found.n_excluded,
            }
        })
        .collect()
}

fn sum_up(group: usize, outcomes: &[Outcome]) -> Recovered {
    let own: Vec<&Outcome> = outcomes.iter().filter(|o| o.group == group && o.kept > 0).collect();
    let n = own.len() as f64;
    let bias = own.iter().map(|o| o.bias).sum::<f64>() / n;
    let variance = own.iter().map(|o| (o.bias - bias) * (o.bias - bias)).sum::<f64>() / (n - 1.0);
    let kept: usize = own.iter().map(|o| o.kept).sum();
    let squares: f64 = own.iter().map(|o| o.error_squares).sum();
    Recovered {
        true_percent: POTENTIATION[group],
        data_sets: own.len(),
        slices: kept,
        excluded: own.iter().map(|o| o.excluded).sum(),
        bias,
        bias_se: (variance / n).sqrt(),
        coverage: own.iter().filter(|o| o.covered).count() as f64 / n,
        slice_error_sd: (squares / kept as f64).sqrt(),
    }
}
