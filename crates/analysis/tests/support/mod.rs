//! Synthetic sweeps and slices whose measures are known in closed form.
#![allow(dead_code, clippy::unwrap_used)]

use quantity::{Fraction, Time};
use recording::{Event, Phase, SliceKey, SliceRecording, Sweep};
use results::Manifest;
use results::manifest::Origin;
use results::plan::{
    Adjustment, AnalysisPlan, BathEntry, ConditionPlan, ControlPathway, DegreesOfFreedom, DesignPlan, ExclusionRules,
    FigureFormat, InductionPlan, JournalStyle, ReportPlan, SlopeRule, StatisticsPlan, Timeline, Variances,
};
use std::collections::BTreeMap;

/// A small deterministic generator (splitmix64) with normal deviates.
pub struct Dice(pub u64);

impl Dice {
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn normal(&mut self) -> f64 {
        let (u, v) = (1.0 - self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (2.0 * std::f64::consts::PI * v).cos()
    }
}

/// Shape of one response; potentials in mV, times in ms after the stimulus.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Slope of the straight rise, mV/ms.
    pub slope: f64,
    /// Start of the rise.
    pub onset: f64,
    /// Length of the rise.
    pub rise: f64,
    /// Fibre volley amplitude.
    pub volley: f64,
    /// Population spike: amplitude, time, SD.
    pub spike: (f64, f64, f64),
    /// Artefact amplitude.
    pub artefact: f64,
    /// Noise SD.
    pub noise: f64,
    /// −1 for a negative-going fEPSP.
    pub sign: f64,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            slope: 0.25,
            onset: 2.7,
            rise: 3.0,
            volley: 0.15,
            spike: (0.0, 6.0, 0.6),
            artefact: 3.0,
            noise: 0.0,
            sign: -1.0,
        }
    }
}

impl Shape {
    /// Potential, mV: a straight rise and an exponential decay, so that the
    /// slope between any two levels of the rise is `slope`.
    pub fn at(&self, t: f64) -> f64 {
        if t < 0.0 {
            return 0.0;
        }
        if t < 0.3 {
            return if t < 0.15 { self.artefact } else { -self.artefact };
        }
        let peak = self.slope * self.rise;
        let fepsp = if t < self.onset {
            0.0
        } else if t < self.onset + self.rise {
            self.slope * (t - self.onset)
        } else {
            peak * (-(t - self.onset - self.rise) / 7.0).exp()
        };
        let bell = |x: f64, sd: f64| (-0.5 * (x / sd).powi(2)).exp();
        let volley = self.volley * bell(t - 1.3, 0.2);
        let spike = self.spike.0 * bell(t - self.spike.1, self.spike.2);
        self.sign * (fepsp + volley - spike)
    }

    /// A digitised sweep: 5 ms before and 45 ms after the stimulus at 10 kHz.
    pub fn sweep(&self, index: u32, phase: Phase, stimulus_s: f64, dice: &mut Dice) -> Sweep {
        let (rate_hz, before, n, scale) = (10_000.0, 5.0, 500, 10.0 / 32768.0);
        let samples = (0..n)
            .map(|k| {
                let t = f64::from(k) * 1000.0 / rate_hz - before;
                let mv = 0.4 + self.at(t) + self.noise * dice.normal();
                (mv / scale).round().clamp(-32768.0, 32767.0) as i16
            })
            .collect();
        Sweep {
            index,
            pathway: "S1".to_owned(),
            phase,
            start_s: stimulus_s - before / 1000.0,
            stimulus_ms: vec![before],
            rate_hz,
            scale,
            offset: 0.0,
            samples,
        }
    }
}

pub fn plan() -> AnalysisPlan {
    AnalysisPlan {
        slope: SlopeRule::USUAL,
        reference_window: Time::from_min(10.0),
        window: [Time::from_min(50.0), Time::from_min(60.0)],
        short_term_window: [Time::from_min(1.0), Time::from_min(5.0)],
        bin: Time::from_min(2.0),
        exclude: ExclusionRules {
            baseline_drift: Some(percent(10.0)),
            baseline_cv: None,
            volley_change: Some(percent(20.0)),
        },
        rig: Default::default(),
    }
}

pub fn percent(value: f64) -> Fraction {
    Fraction::from_percent(value)
}

pub fn key(condition: &str, animal: &str, slice: u32) -> SliceKey {
    SliceKey { induction: "hfs-2x100".to_owned(), condition: condition.to_owned(), animal: animal.to_owned(), slice }
}

/// A recording of 20 min baseline, 15 min wash-in, a tetanus, and 60 min
/// follow-up at 0.05 Hz. `gain(t)` scales the slope at `t` min from induction.
pub fn slice(key: SliceKey, shape: Shape, seed: u64, gain: impl Fn(f64) -> f64) -> SliceRecording {
    let mut dice = Dice(seed);
    let mut sweeps = Vec::new();
    let at = |minutes: f64| Shape { slope: shape.slope * gain(minutes), ..shape };
    let induction_s = 35.0 * 60.0;
    for k in 0..105 {
        let t = 20.0 * f64::from(k);
        let phase = if t < 1200.0 { Phase::Baseline } else { Phase::WashIn };
        let index = sweeps.len() as u32;
        sweeps.push(at((t - induction_s) / 60.0).sweep(index, phase, t, &mut dice));
    }
    let mut train = shape.sweep(sweeps.len() as u32, Phase::Induction, induction_s, &mut dice);
    train.stimulus_ms = (0..100).map(|k| 5.0 + 10.0 * f64::from(k)).collect();
    let end_s = train.start_s + train.stimulus_ms[99] / 1000.0;
    sweeps.push(train);
    for k in 1..=180 {
        let t = end_s + 20.0 * f64::from(k);
        let index = sweeps.len() as u32;
        sweeps.push(at((t - end_s) / 60.0).sweep(index, Phase::FollowUp, t, &mut dice));
    }
    SliceRecording {
        key,
        induction_s: Some(induction_s),
        drug_on_s: Some(1200.0),
        sweeps,
        events: vec![Event { time_s: induction_s, what: "induction: hfs-2x100".to_owned() }],
        exposure: Vec::new(),
    }
}

/// LTP of `percent` on top of a short-term part that decays within minutes.
pub fn ltp(percent: f64) -> impl Fn(f64) -> f64 {
    move |t| {
        if t < 0.0 { 1.0 } else { 1.0 + percent / 100.0 + 0.6 * (-t / 4.0).exp() }
    }
}

/// A measured slice with nothing but its potentiation.
pub fn measured(key: SliceKey, potentiation: f64) -> analysis::Measured {
    analysis::Measured {
        rows: Vec::new(),
        slice: analysis::SliceRow {
            key,
            pathway: "S1".to_owned(),
            baseline_slope_mv_per_ms: 0.25,
            baseline_cv: 0.03,
            baseline_drift_percent: 1.0,
            drug_effect_percent: 0.0,
            volley_change_percent: 0.0,
            potentiation_percent: potentiation,
            stp_percent: 2.0 * potentiation,
            n_sweeps: [30, 31],
            included: true,
            reason: String::new(),
            rules: Vec::new(),
            positive_going: false,
            note: String::new(),
            baseline: 0.25,
            unstated_inductions_min: Vec::new(),
            outcomes: Vec::new(),
            pulses: Vec::new(),
        },
        other_pathways: Vec::new(),
        before: analysis::average::AveragedSweep::default(),
        after: analysis::average::AveragedSweep::default(),
        course: Vec::new(),
    }
}

/// The same slice, excluded.
pub fn excluded(mut slice: analysis::Measured, reason: &str) -> analysis::Measured {
    slice.slice.included = false;
    slice.slice.reason = reason.to_owned();
    slice.slice.rules = vec![analysis::Rule::BaselineDrift];
    slice
}

/// A condition; `bath` as (compound, label, µM).
pub fn condition(name: &str, bath: &[(&str, &str, f64)]) -> ConditionPlan {
    let entry = |(compound, label, um): &(&str, &str, f64)| BathEntry {
        compound: (*compound).to_owned(),
        label: (*label).to_owned(),
        concentration_um: *um,
        regimen: None,
    };
    ConditionPlan { name: name.to_owned(), bath: bath.iter().map(entry).collect(), ..ConditionPlan::default() }
}

/// A manifest with the induction protocols and conditions given; the first
/// condition is the reference.
pub fn manifest(inductions: &[&str], conditions: Vec<ConditionPlan>) -> Manifest {
    let induction = |name: &&str| InductionPlan {
        name: (*name).to_owned(),
        description: "two trains of 100 Hz".to_owned(),
        pulses: 200,
        duration_s: 21.0,
    };
    Manifest {
        format: 1,
        program: "schaffer 0.1.0".to_owned(),
        commit: String::new(),
        name: "test".to_owned(),
        title: "A test".to_owned(),
        origin: Origin::Recorded,
        seed: 7,
        input_sha256: String::new(),
        rate_hz: 10_000.0,
        inductions: inductions.iter().map(induction).collect(),
        statistics: StatisticsPlan {
            reference: conditions[0].name.clone(),
            adjust: Adjustment::Holm,
            variances: Variances::ByGroup,
            df: DegreesOfFreedom::Satterthwaite,
            question: None,
            interval: percent(95.0),
            power: percent(80.0),
            equivalence_percent: None,
            control_pathway: ControlPathway::Compare,
        },
        conditions,
        timeline: Timeline {
            baseline_min: 20.0,
            wash_in_min: 15.0,
            follow_up_min: 60.0,
            test_interval_s: 20.0,
            wash_out: false,
        },
        design: DesignPlan { within_animal: false, animals: 4, slices_per_animal: 2 },
        preparation: BTreeMap::new(),
        analysis: plan(),
        report: ReportPlan { style: JournalStyle::Jneurosci, formats: vec![FigureFormat::Svg] },
        evidence: Vec::new(),
        measured: results::manifest::Measured::Here,
        sessions: Vec::new(),
        time_course_limits: Vec::new(),
        blinding: None,
        remarks: Vec::new(),
    }
}

/// Fails unless `found` is `expected` within a relative tolerance.
pub fn close(found: f64, expected: f64, relative: f64, what: &str) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{what}: {found} against {expected}");
}

/// 45 slices of 16 animals, control and drug.
pub fn nested() -> Vec<analysis::Measured> {
    include_str!("../golden/nested_slices.csv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let percent: f64 = cells[3].parse().unwrap();
            measured(key(cells[0], cells[1], cells[2].parse().unwrap()), percent - 100.0)
        })
        .collect()
}

/// The plan for them.
pub fn two_groups() -> Manifest {
    manifest(&["hfs-2x100"], vec![condition("control", &[]), condition("drug", &[("x", "X", 1.0)])])
}

/// Slices of `animals` per condition with a mean per condition; `(SD between
/// animals, SD between slices)`.
pub fn sample(
    conditions: &[(&str, f64)],
    animals: u32,
    slices: u32,
    sd: (f64, f64),
    seed: u64,
) -> Vec<analysis::Measured> {
    let mut dice = Dice(seed);
    let mut all = Vec::new();
    for (name, mean) in conditions {
        for animal in 0..animals {
            let level = mean + sd.0 * dice.normal();
            for slice in 1..=slices {
                let key = key(name, &format!("{name}-{animal}"), slice);
                all.push(measured(key, level + sd.1 * dice.normal()));
            }
        }
    }
    all
}

/// Fails unless the findings survive JSON.
pub fn round_trip(findings: &analysis::findings::Findings) {
    let text = serde_json::to_string(findings).unwrap();
    let back: analysis::findings::Findings = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), text);
}
