//! Slices of an experiment → findings.

use crate::conclude::cells::{self, Arm, Cell};
use crate::conclude::compare::model::Model;
use crate::conclude::compare::{contrasts, dose, estimation, interactions, pathways, required, stretches};
use crate::conclude::comparing::{Setting, plain};
use crate::conclude::{course, groups, methods, outcomes, pulses, warnings};
use crate::findings::findings::Findings;
use crate::findings::groups::Outcome;
use crate::measure::measures::Measured;
use results::Manifest;
use results::manifest::{self, Origin};
use results::plan::{ControlPathway, Measure};

/// Version of the layout of `findings.json`.
pub const FORMAT: u32 = 1;

/// Draws the conclusions that the manifest planned from the measured slices.
///
/// Per induction protocol: group summaries over animals, the model that the plan
/// chooses for the design, contrasts against the reference with the planned adjustment
/// and, beside them, Welch or paired t tests on animal means; distributions of the
/// estimates, 2 × 2 interactions, dose series and required animals; stretches of time in which courses differ; the tetanised
/// against the control pathway where slices have both; over all protocols: condition × induction. What cannot be
/// computed is absent, and a warning says why. Slices keep the order given.
pub fn conclude(manifest: &Manifest, measured: &[Measured]) -> Findings {
    let setting = Setting::of(manifest);
    let changed = setting.normalise.then(|| pathways::normalised(measured, manifest.statistics.control_pathway));
    let (arms, strays) = cells::arms(manifest, changed.as_deref().unwrap_or(measured));
    let mut findings = Findings {
        format: FORMAT,
        name: manifest.name.clone(),
        simulated: manifest.origin == Origin::Simulated,
        experimental_unit: if setting.simulated { "virtual animal" } else { "animal" }.to_owned(),
        outcome: outcome(manifest),
        interval: setting.level,
        question: manifest.statistics.question.clone().unwrap_or_default(),
        within_animal: setting.within,
        methods: String::new(),
        groups: Vec::new(),
        models: Vec::new(),
        contrasts: Vec::new(),
        animal_mean_contrasts: Vec::new(),
        pathways: Vec::new(),
        pathway_contrasts: Vec::new(),
        course_comparisons: Vec::new(),
        equivalence: Vec::new(),
        estimation: Vec::new(),
        interactions: Vec::new(),
        dose_responses: Vec::new(),
        required: Vec::new(),
        exclusions: Vec::new(),
        time_courses: Vec::new(),
        excluded_courses: Vec::new(),
        averaged_sweeps: Vec::new(),
        warnings: warnings::on_experiment(&arms, strays, planned_slices(manifest), &setting),
        diagnostics: Vec::new(),
        method_sensitivity: Vec::new(),
        of_baseline: Vec::new(),
        outcomes: Vec::new(),
        over_outcomes: String::new(),
        input_output: None,
        pulses: arms.iter().flat_map(pulses::groups).collect(),
    };
    for arm in &arms {
        conclude_arm(arm, manifest, &setting, &mut findings);
    }
    if arms.iter().filter(|a| a.filled().next().is_some()).count() > 1 {
        let cells = arms.iter().flat_map(Arm::filled);
        match Model::of(cells, &setting) {
            Ok(model) => findings.interactions.extend(interactions::between_arms(&arms, &model, &setting)),
            Err(error) => findings.warnings.push(format!("No model over all induction protocols: {error}.")),
        }
    }
    pathways::compare(manifest, measured, &setting, &mut findings);
    outcomes::conclude(manifest, measured, &setting, &mut findings);
    findings.methods = methods::in_words(&findings, &setting);
    findings
}

fn conclude_arm(arm: &Arm, manifest: &Manifest, setting: &Setting, findings: &mut Findings) {
    findings.groups.extend(arm.cells.iter().map(|c| groups::summarise(c, setting.level)));
    findings.exclusions.extend(arm.cells.iter().flat_map(groups::exclusions));
    let bin_min = manifest.analysis.bin.min();
    let courses = course::time_courses(arm, bin_min, setting.level);
    let (comparisons, unable) = stretches::comparisons(arm, &courses, bin_min, setting);
    findings.course_comparisons.extend(comparisons);
    findings.warnings.extend(unable);
    findings.time_courses.extend(courses);
    findings.excluded_courses.extend(course::of_excluded(arm, bin_min));
    for cell in &arm.cells {
        let (sweeps, other_layout) = course::averaged_sweeps(cell);
        findings.averaged_sweeps.extend(sweeps);
        findings.warnings.extend(warnings::on_layout(cell, other_layout));
    }
    findings.warnings.extend(warnings::on_groups(arm, setting));
    if arm.filled().next().is_none() {
        return;
    }
    let beside = contrasts::on_animal_means(arm, setting);
    match Model::of(arm.filled(), setting) {
        Ok(model) => {
            let primary = contrasts::primary(arm, &model, setting);
            let variances = if model.is_inside() {
                primary.bases.iter().flat_map(|basis| basis.variances.clone()).collect()
            } else {
                model.own_variances()
            };
            let fit = model.stated(arm.induction, variances);
            findings.warnings.extend(warnings::on_fit(&fit));
            findings.warnings.extend(warnings::on_gaps(&primary.contrasts, &beside, setting));
            findings.required.extend(required::animals(&primary, setting));
            findings.estimation.extend(estimation::distributions(&primary));
            findings.interactions.extend(interactions::mixtures(arm, &model, setting));
            findings.warnings.extend(primary.warnings);
            findings.contrasts.extend(primary.contrasts);
            findings.equivalence.extend(primary.equivalence);
            findings.models.push(fit);
        }
        // One animal in each condition has a warning of its own.
        Err(_) if arm.filled().all(Cell::is_one_animal) => {}
        Err(error) => findings.warnings.push(format!("{}: no comparison: {error}.", arm.induction)),
    }
    findings.animal_mean_contrasts.extend(beside);
    findings.dose_responses.extend(dose::responses(arm, setting));
}

/// Slices that were planned; recorded slices were made before the plan.
fn planned_slices(manifest: &Manifest) -> usize {
    if manifest.origin == Origin::Recorded {
        return 0;
    }
    let design = &manifest.design;
    manifest.inductions.len() * manifest.conditions.len() * design.animals as usize * design.slices_per_animal as usize
}

/// How the slope was taken; of time courses measured elsewhere nobody here knows.
fn method(manifest: &Manifest) -> String {
    let plan = &manifest.analysis;
    let here = match plan.slope.beyond_levels() {
        _ if !matches!(plan.rig.outcome, Measure::Slope | Measure::VolleyMatchedSlope) => {
            format!("{}, as defined in docs/recordings.md", plan.rig.outcome)
        }
        Some(rule) => format!("{rule}, stated"),
        None => {
            let [low, high] = plan.slope.shares().map(|share| plain(share.percent()));
            format!("{low}–{high} % of the rising phase, least squares")
        }
    };
    match manifest.measured() {
        manifest::Measured::Here => here,
        manifest::Measured::Partly => format!("{here}; of tables as measured elsewhere"),
        manifest::Measured::Elsewhere => "as measured elsewhere".to_owned(),
    }
}

/// Responses are potentiated; of everything else there is a change.
fn potentiation(measure: Measure) -> &'static str {
    match measure {
        Measure::Slope | Measure::Amplitude | Measure::EpscAmplitude | Measure::Area => "potentiation",
        Measure::SpikeAmplitude | Measure::VolleyMatchedSlope => "potentiation",
        _ => "change",
    }
}

fn outcome(manifest: &Manifest) -> Outcome {
    let plan = &manifest.analysis;
    let ends = |w: &[quantity::Time; 2]| [w[0].min(), w[1].min()];
    Outcome {
        name: format!("{} of the {}", potentiation(plan.rig.outcome), plan.rig.quantity()),
        unit: match manifest.statistics.control_pathway {
            ControlPathway::Compare => "% change from baseline",
            ControlPathway::Normalise => "% change from baseline, relative to the control pathway",
            ControlPathway::Subtract => "% change from baseline, less that of the control pathway",
        }
        .to_owned(),
        method: method(manifest),
        window_min: ends(&plan.window),
        short_term_window_min: ends(&plan.short_term_window),
    }
}
