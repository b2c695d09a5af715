//! The manifest of a study: its plans with every default filled in.

use crate::file::file::{ExcludePart, Limit, StudyFile};
use crate::recordings::slices::induction_name;
use quantity::{Fraction, Time};
use recording::SliceKey;
use recording::digest::sha256_hex;
use results::Manifest;
use results::manifest::{FORMAT, Origin};
use results::plan::{
    Adjustment, AnalysisPlan, BathEntry, ConditionPlan, ControlPathway, DegreesOfFreedom, DesignPlan, ExclusionRules,
    FigureFormat, InductionPlan, JournalStyle, ReportPlan, RigPlan, SlopeRule, StatisticsPlan, Timeline, VoltageStep,
};
use std::collections::BTreeMap;

/// Length of reference and outcome window where the study is silent, min.
const USUAL_WINDOW_MIN: f64 = 10.0;

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
}

/// Middle of some values; `None` without a value.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
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
        conditions: conditions(file),
        design: design(keys),
        preparation: file.preparation.clone(),
        analysis: analysis(file, &timeline),
        statistics: statistics(file),
        report: ReportPlan {
            style: file.report.style.unwrap_or(JournalStyle::Jneurosci),
            formats: file
                .report
                .formats
                .clone()
                .unwrap_or_else(|| vec![FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png]),
        },
        timeline,
        evidence: Vec::new(),
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

fn conditions(file: &StudyFile) -> Vec<ConditionPlan> {
    let entry = |part: &crate::file::file::BathPart| BathEntry {
        compound: part.compound.clone(),
        label: part.compound.clone(),
        concentration_um: part.concentration.um(),
    };
    let plan = |part: &crate::file::file::ConditionPart| ConditionPlan {
        name: part.name.get_ref().clone(),
        bath: part.bath.iter().map(entry).collect(),
    };
    file.condition.iter().map(plan).collect()
}

/// Within-animal if any animal gave slices to two conditions.
fn design(keys: &[SliceKey]) -> DesignPlan {
    let mut of_animal: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    let mut of_condition: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for key in keys {
        *of_animal.entry(&key.animal).or_default().entry(&key.condition).or_default() += 1;
        *of_condition.entry(&key.condition).or_default().entry(&key.animal).or_default() += 1;
    }
    let most = of_condition.values().map(BTreeMap::len).max().unwrap_or(0);
    DesignPlan {
        within_animal: of_animal.values().any(|conditions| conditions.len() > 1),
        animals: u32::try_from(most).unwrap_or(u32::MAX),
        slices_per_animal: of_animal.values().flat_map(BTreeMap::values).copied().max().unwrap_or(1),
    }
}

fn analysis(file: &StudyFile, timeline: &Timeline) -> AnalysisPlan {
    let part = &file.analysis;
    let (before, after) = (timeline.baseline_min, timeline.follow_up_min);
    let minutes = Time::from_min;
    let end = if after > 0.0 { after } else { USUAL_WINDOW_MIN };
    let bin = (timeline.test_interval_s / 60.0).max(1.0);
    AnalysisPlan {
        slope: part.slope.unwrap_or(SlopeRule::USUAL),
        reference_window: part
            .reference_window
            .unwrap_or_else(|| minutes(if before > 0.0 { before.min(USUAL_WINDOW_MIN) } else { USUAL_WINDOW_MIN })),
        window: part.window.unwrap_or_else(|| [minutes((end - USUAL_WINDOW_MIN).max(0.0)), minutes(end)]),
        short_term_window: part
            .short_term
            .unwrap_or_else(|| [minutes(1.0_f64.min(end / 5.0)), minutes(5.0_f64.min(end))]),
        bin: part.bin.unwrap_or_else(|| minutes(bin)),
        exclude: exclusion_rules(&part.exclude),
        rig: rig(file),
    }
}

fn exclusion_rules(part: &ExcludePart) -> ExclusionRules {
    let limit = |stated: Option<Limit>, usual: Option<f64>| match stated {
        Some(Limit(limit)) => limit,
        None => usual.map(Fraction::from_percent),
    };
    ExclusionRules {
        baseline_drift: limit(part.baseline_drift, Some(10.0)),
        baseline_cv: limit(part.baseline_cv, None),
        volley_change: limit(part.volley_change, Some(20.0)),
    }
}

fn rig(file: &StudyFile) -> RigPlan {
    let (part, exclude) = (&file.analysis, &file.analysis.exclude);
    let own = |limit: Option<Limit>| limit.and_then(|Limit(limit)| limit);
    let recording = &file.recording;
    RigPlan {
        artefact: part.artefact,
        response: part.response,
        polarity: part.polarity,
        test_pathway: crate::recordings::slices::test_pathway(file),
        control_pathway: part.control_pathway.clone(),
        missing_responses: own(exclude.missing_responses),
        saturated_sweeps: own(exclude.saturated_sweeps),
        access_change: own(exclude.access_change),
        step: recording.step.map(|step| VoltageStep { from: step.from, to: step.to, size: step.size }),
        signal: None,
    }
}

fn statistics(file: &StudyFile) -> StatisticsPlan {
    let part = &file.statistics;
    let first = || file.condition.first().map(|condition| condition.name.get_ref().clone()).unwrap_or_default();
    StatisticsPlan {
        reference: part.reference.as_ref().map_or_else(first, |name| name.get_ref().clone()),
        adjust: part.adjust.unwrap_or(Adjustment::Dunnett),
        df: part.df.unwrap_or(DegreesOfFreedom::KenwardRoger),
        interval: Fraction::from_value(part.interval.unwrap_or(0.95)),
        power: Fraction::from_value(part.power.unwrap_or(0.8)),
        equivalence_percent: part.equivalence,
        control_pathway: match file.analysis.control_pathway {
            Some(_) => ControlPathway::Normalise,
            None => ControlPathway::Compare,
        },
    }
}
