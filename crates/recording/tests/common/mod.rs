//! A results folder in small.
#![allow(dead_code, reason = "each test file uses a part")]

use evidence::{Evidence, EvidenceRow};
use quantity::{Fraction, Time};
use recording::manifest::{BathEntry, ConditionPlan, DesignPlan, InductionPlan, Origin, Timeline};
use recording::plan::{
    Adjustment, AnalysisPlan, ControlPathway, DegreesOfFreedom, ExclusionRules, FigureFormat, JournalStyle, ReportPlan,
    SlopeMethod, StatisticsPlan,
};
use recording::{Event, Exposure, Manifest, Phase, SliceKey, SliceRecording, Sweep};
use std::collections::BTreeMap;

pub fn key(induction: &str, condition: &str, animal: &str, slice: u32) -> SliceKey {
    let (induction, condition) = (induction.to_owned(), condition.to_owned());
    SliceKey { induction, condition, animal: animal.to_owned(), slice }
}

/// A slice of `sweeps` sweeps of `length` samples of noise around a response.
pub fn recording(key: SliceKey, sweeps: u32, length: usize) -> SliceRecording {
    let mut state = 1_u32;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // About ±25 µV, triangular, in codes of 0.3 µV.
        ((state >> 25) as i16) + ((state >> 18 & 127) as i16) - 127
    };
    let sweep = |index: u32| Sweep {
        index,
        pathway: String::from(if index.is_multiple_of(2) { "S1" } else { "S2" }),
        phase: Phase::ALL[(index * 4 / sweeps.max(1)) as usize],
        start_s: f64::from(index) * 20.0 + 0.1,
        stimulus_ms: (0..=index % 3).map(|pulse| 5.0 + f64::from(pulse) / 3.0).collect(),
        rate_hz: 10_000.0,
        scale_mv: 10.0 / 32_768.0,
        offset_mv: -0.012_5,
        samples: Vec::new(),
    };
    let mut sweeps: Vec<_> = (0..sweeps).map(sweep).collect();
    for sweep in &mut sweeps {
        let response = |k: usize| (-2000.0 * (-((k as f64 - 120.0) / 40.0).powi(2)).exp()) as i16;
        sweep.samples = (0..length).map(|k| response(k) + noise()).collect();
    }
    SliceRecording {
        key,
        induction_s: Some(2100.0),
        drug_on_s: Some(1200.0),
        sweeps,
        events: vec![Event { time_s: 2100.0, what: String::from("induction: \"hfs\" µ") }],
        exposure: vec![Exposure {
            compound: String::from("isopregnanolone"),
            time_s: vec![0.0, 1200.0, 1260.1],
            tissue_um: vec![0.0, 0.0, 0.1 + 0.2],
        }],
    }
}

pub fn manifest() -> Manifest {
    let condition = |name: &str| ConditionPlan { name: name.to_owned(), bath: Vec::new() };
    let induction = |name: &str| InductionPlan {
        name: name.to_owned(),
        description: String::from("two trains of 100 Hz for 1 s, 20 s apart"),
        pulses: 200,
        duration_s: 21.0,
    };
    let mut drug = condition("ISO 3 µM");
    drug.bath.push(BathEntry {
        compound: String::from("isopregnanolone"),
        label: String::from("ISO"),
        concentration_um: 3.0,
    });
    Manifest {
        format: 1,
        program: String::from("schaffer 0.1.0"),
        commit: String::new(),
        name: String::from("quick"),
        title: String::from("A title with \"quotes\" and µ"),
        origin: Origin::Simulated,
        seed: 20_261_121,
        input_sha256: "0".repeat(64),
        rate_hz: 10_000.0,
        inductions: vec![induction("tbs"), induction("hfs-2x100")],
        conditions: vec![condition("control"), drug, condition("APV")],
        timeline: Timeline {
            baseline_min: 20.0,
            wash_in_min: 15.0,
            follow_up_min: 60.0,
            test_interval_s: 20.0,
            wash_out: false,
        },
        design: DesignPlan { within_animal: true, animals: 8, slices_per_animal: 2 },
        preparation: BTreeMap::from([(String::from("species"), String::from("rat"))]),
        analysis: AnalysisPlan {
            slope: SlopeMethod { low: Fraction::from_percent(20.0), high: Fraction::from_percent(80.0) },
            reference_window: Time::from_min(10.0),
            window: [Time::from_min(50.0), Time::from_min(60.0)],
            short_term_window: [Time::from_min(1.0), Time::from_min(5.0)],
            bin: Time::from_min(1.0),
            exclude: ExclusionRules {
                baseline_drift: Some(Fraction::from_percent(10.0)),
                baseline_cv: None,
                volley_change: Some(Fraction::from_percent(20.0)),
            },
            rig: Default::default(),
        },
        statistics: StatisticsPlan {
            reference: String::from("control"),
            adjust: Adjustment::Dunnett,
            df: DegreesOfFreedom::KenwardRoger,
            interval: Fraction::from_percent(95.0),
            power: Fraction::from_percent(80.0),
            equivalence_percent: None,
            control_pathway: ControlPathway::Compare,
        },
        report: ReportPlan { style: JournalStyle::Jneurosci, formats: vec![FigureFormat::Svg, FigureFormat::Pdf] },
        evidence: vec![EvidenceRow {
            subject: String::from("isopregnanolone: IC50"),
            value: String::from("0.7 µM (0.05–10)"),
            source: String::from("a test"),
            tag: Evidence::FromMemory,
            note: String::new(),
        }],
        remarks: vec![String::from("a remark")],
    }
}
