//! From a plan to the manifest of its results folder: frozen before the first
//! slice, and free of everything that differs between two runs.

use crate::evidence::conditions;
use crate::evidence::remarks::remarks;
use crate::evidence::rows::rows;
use crate::plan::plan::Plan;
use recording::digest::sha256_hex;
use results::Manifest;
use results::manifest::{FORMAT, Origin};
use results::plan::{InductionPlan, Timeline};

/// What the model has no process for and its time courses therefore lack.
const NO_TRANSIENT: &str = "The model has no transient beyond post-tetanic potentiation of about a minute: its courses \
                            lack the fall over 10 to 20 min that follows theta bursts in slices (short-term \
                            potentiation) and the slow rise after a single train.";

/// The manifest of a plan under a seed, by the program of this version.
pub fn manifest(plan: &Plan, seed: u64, commit: &str) -> Manifest {
    let inductions = plan.inductions.iter().map(|induction| InductionPlan {
        name: induction.name.clone(),
        description: format!("{} ({})", induction.title, induction.source),
        pulses: u32::try_from(induction.len()).unwrap_or(u32::MAX),
        duration_s: induction.duration_ms() / 1000.0,
    });
    let before_min = plan.course.baseline.min() + plan.course.wash_in.min();
    let conditions = plan.conditions.iter().map(|condition| conditions::stated(condition, before_min));
    Manifest {
        format: FORMAT,
        program: format!("schaffer {}", env!("CARGO_PKG_VERSION")),
        commit: commit.to_owned(),
        name: plan.name.clone(),
        title: plan.title.clone(),
        origin: Origin::Simulated,
        seed,
        input_sha256: sha256_hex(plan.source.as_bytes()),
        rate_hz: plan.sweeps.rate.hz(),
        inductions: inductions.collect(),
        conditions: conditions.collect(),
        timeline: Timeline {
            baseline_min: plan.course.baseline.min(),
            wash_in_min: plan.course.wash_in.min(),
            follow_up_min: plan.course.follow_up.min(),
            test_interval_s: plan.course.test_interval.s(),
            wash_out: plan.course.wash_out,
        },
        design: plan.design.clone(),
        preparation: plan.preparation.clone(),
        measured: results::manifest::Measured::Here,
        sessions: Vec::new(),
        time_course_limits: vec![NO_TRANSIENT.to_owned()],
        blinding: None,
        analysis: plan.analysis.clone(),
        statistics: plan.statistics.clone(),
        report: plan.report.clone(),
        evidence: rows(plan),
        // The manifest keeps the words, in the same order.
        remarks: remarks(plan).into_iter().map(String::from).collect(),
    }
}
