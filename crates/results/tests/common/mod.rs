//! A results folder in small.
#![allow(dead_code, reason = "each test file uses a part")]

use evidence::{Evidence, EvidenceRow};
use quantity::{Fraction, Time};
use results::Manifest;
use results::manifest::{Origin, Stamps};
use results::plan::{
    Adjustment, AnalysisPlan, BathEntry, ConditionPlan, ControlPathway, DegreesOfFreedom, DesignPlan, ExclusionRules,
    FigureFormat, InductionPlan, JournalStyle, ReportPlan, SlopeRule, StatisticsPlan, Timeline, Variances,
};
use std::collections::BTreeMap;
use std::path::Path;

#[path = "../../../recording/tests/common/mod.rs"]
pub mod slice;

/// The stamps of its slices.
pub fn stamps() -> Stamps {
    Stamps::of(&manifest(), Path::new("manifest.toml")).expect("a manifest")
}

pub fn manifest() -> Manifest {
    let condition = |name: &str| ConditionPlan { name: name.to_owned(), ..ConditionPlan::default() };
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
        regimen: None,
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
            slope: SlopeRule::USUAL,
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
            variances: Variances::ByGroup,
            df: DegreesOfFreedom::Satterthwaite,
            question: None,
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
        measured: results::manifest::Measured::Here,
        sessions: Vec::new(),
        time_course_limits: Vec::new(),
        blinding: None,
        remarks: vec![String::from("a remark")],
    }
}
