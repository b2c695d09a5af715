//! The manifest of a study: its plans with every default filled in.

use crate::carry_out::design;
use crate::file::file::StudyFile;
use crate::median::median;
use crate::recordings::slices::induction_name;
use quantity::Time;
use recording::SliceKey;
use recording::digest::sha256_hex;
use results::Manifest;
use results::manifest::{FORMAT, Measured, Origin};
use results::plan::read::{Span, USUAL_WINDOW_MIN};
use results::plan::{
    AnalysisPlan, BathEntry, ConditionPlan, ControlBy, ControlPathway, InductionPlan, OutcomePlan, Regimen,
    StatisticsPlan, Timeline, VoltageStep,
};
use std::collections::BTreeMap;

/// What the recordings themselves say about the course of the experiment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extent {
    /// Minutes before induction, one for each slice.
    pub before_min: Vec<f64>,
    /// Minutes after induction.
    pub after_min: Vec<f64>,
    /// Usual intervals between sweeps, s.
    pub interval_s: Vec<f64>,
    /// Sampling rates, Hz; none for tables.
    pub rate_hz: Vec<f64>,
    /// For each condition when the drug of each slice was switched on, min from the start of induction; `None` where
    /// the study does not say.
    pub drug_on_min: BTreeMap<String, Vec<Option<f64>>>,
}

/// The manifest of a study with these slices. `commit` is that of the program.
pub fn manifest(
    file: &StudyFile,
    text: &str,
    keys: &[SliceKey],
    extent: &Extent,
    (program, commit): (&str, &str),
) -> Manifest {
    let timeline = timeline(extent);
    let name = file.name.get_ref().clone();
    Manifest {
        format: FORMAT,
        program: program.to_owned(),
        commit: commit.to_owned(),
        title: file.title.clone().unwrap_or_else(|| name.clone()),
        name,
        origin: Origin::Recorded,
        seed: 0,
        input_sha256: sha256_hex(text.as_bytes()),
        // Tables were sampled before they were measured, at a rate they do not say.
        rate_hz: median(&extent.rate_hz).unwrap_or(1.0),
        inductions: vec![InductionPlan {
            name: induction_name(file),
            description: file.protocol.description.clone().unwrap_or_else(|| "as recorded".to_owned()),
            pulses: file.protocol.pulses.unwrap_or(0),
            duration_s: file.protocol.duration.map_or(0.0, |time| time.s()),
        }],
        conditions: conditions(file, extent),
        design: design::plan(file, keys),
        preparation: file.preparation.clone(),
        analysis: analysis(file, &timeline),
        statistics: statistics(file),
        report: file.report.clone(),
        timeline,
        evidence: Vec::new(),
        measured: match extent.rate_hz.len() {
            0 => Measured::Elsewhere,
            n if n < keys.len() => Measured::Partly,
            _ => Measured::Here,
        },
        sessions: Vec::new(),
        time_course_limits: Vec::new(),
        blinding: None,
        remarks: Vec::new(),
    }
}

fn timeline(extent: &Extent) -> Timeline {
    let tidy = |value: f64| (value * 100.0).round() / 100.0;
    Timeline {
        baseline_min: tidy(median(&extent.before_min).unwrap_or(0.0).max(0.0)),
        wash_in_min: 0.0,
        follow_up_min: tidy(median(&extent.after_min).unwrap_or(0.0).max(0.0)),
        test_interval_s: tidy(median(&extent.interval_s).unwrap_or(0.0).max(0.0)),
        wash_out: false,
    }
}

fn conditions(file: &StudyFile, extent: &Extent) -> Vec<ConditionPlan> {
    // Only where every slice of a condition says when: a median of some would stand for all.
    let from_min = |condition: &str| {
        let stated: Option<Vec<f64>> = extent.drug_on_min.get(condition)?.iter().copied().collect();
        median(&stated?).map(|minutes| (minutes * 100.0).round() / 100.0)
    };
    let regimen = |condition: &str| {
        let whole = |from_min| Regimen { from_min, lasting_min: None, times: 1, every_min: None };
        from_min(condition).map(whole)
    };
    let plan = |part: &crate::file::file::ConditionPart| {
        let entry = |bath: &crate::file::file::BathPart| BathEntry {
            compound: bath.compound.clone(),
            label: bath.compound.clone(),
            concentration_um: bath.concentration.um(),
            regimen: regimen(part.name.get_ref()),
        };
        ConditionPlan {
            name: part.name.get_ref().clone(),
            bath: part.bath.iter().map(entry).collect(),
            ..ConditionPlan::default()
        }
    };
    file.condition.iter().map(plan).collect()
}

fn analysis(file: &StudyFile, timeline: &Timeline) -> AnalysisPlan {
    let or_usual = |minutes: f64| if minutes > 0.0 { minutes } else { USUAL_WINDOW_MIN };
    let (before, after) = (or_usual(timeline.baseline_min), or_usual(timeline.follow_up_min));
    let mut plan = file.analysis.plan(&Span {
        before_min: before,
        available_min: timeline.baseline_min,
        follow_up: Time::from_min(after),
        follow_up_min: after,
        interval: Time::from_s(timeline.test_interval_s),
        interval_min: timeline.test_interval_s / 60.0,
    });
    let measure = plan.rig.outcome;
    let of_stage = |stage: &OutcomePlan| OutcomePlan { measure, ..stage.clone() };
    plan.rig.outcomes.extend(file.stage.iter().map(of_stage));
    plan.rig.test_pathway = crate::recordings::slices::test_pathway(file);
    plan.rig.step = file.recording.step.map(|step| VoltageStep { from: step.from, to: step.to, size: step.size });
    plan
}

fn statistics(file: &StudyFile) -> StatisticsPlan {
    let first = file.condition.first().map_or("", |condition| condition.name.get_ref());
    let control_pathway = match file.analysis.rig.control_pathway {
        Some(_) => match file.analysis.rig.control_by {
            ControlBy::Ratio => ControlPathway::Normalise,
            ControlBy::Difference => ControlPathway::Subtract,
        },
        None => ControlPathway::Compare,
    };
    StatisticsPlan { control_pathway, ..file.statistics.plan(first) }
}
