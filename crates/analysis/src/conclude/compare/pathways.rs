//! Two pathways in one slice: the tetanised one and a control pathway that saw
//! the same bath, electrode and time but no induction.
//!
//! With T and C the changes of the two pathways of a slice, %,
//!
//! ```text
//! difference   D = T − C                                   percentage points
//! normalised   N = 100 ((100 + T) / (100 + C) − 1)         % of the control pathway
//! D_jk = μ + a_j + e_jk      j animal, k slice             difference ~ 1 + (1 | animal)
//! ```
//!
//! What acts on both pathways alike (run-down, temperature, a drug on baseline
//! transmission) drops out of D within each slice. Several control pathways of a
//! slice are averaged first; an excluded control pathway does not count.

use crate::conclude::cells;
use crate::conclude::cells::{Arm, Cell};
use crate::conclude::compare::contrasts;
use crate::conclude::compare::model::Model;
use crate::conclude::comparing::{Setting, is_sound};
use crate::findings::PathwayEffect;
use crate::findings::findings::Findings;
use crate::findings::interval::Interval;
use crate::measure::measures::{Measured, SliceRow};
use crate::measure::spread::mean;
use results::Manifest;
use results::plan::ControlPathway;
use statistics::spelling::p_value;

/// Mean change of the included control pathways, %; `None` without any.
fn control(measured: &Measured) -> Option<f64> {
    let values: Vec<f64> = counted(measured).map(|row| row.potentiation_percent).collect();
    (!values.is_empty()).then(|| mean(&values))
}

fn counted(measured: &Measured) -> impl Iterator<Item = &SliceRow> {
    measured.other_pathways.iter().filter(|row| row.included && row.potentiation_percent.is_finite())
}

/// A slice whose outcome is `outcome`; its sweeps are not needed any more.
fn with_outcome(measured: &Measured, outcome: f64) -> Measured {
    let slice = SliceRow { potentiation_percent: outcome, ..measured.slice.clone() };
    Measured {
        rows: Vec::new(),
        slice,
        other_pathways: measured.other_pathways.clone(),
        before: measured.before.clone(),
        after: measured.after.clone(),
        course: Vec::new(),
    }
}

/// The slices with the outcome of the tetanised pathway as % of the control
/// pathway, or less it; slices without control pathway are excluded, with the reason.
pub(crate) fn normalised(measured: &[Measured], by: ControlPathway) -> Vec<Measured> {
    measured
        .iter()
        .map(|m| {
            let mut own = m.clone();
            match control(m) {
                Some(change) if by == ControlPathway::Subtract => own.slice.potentiation_percent -= change,
                Some(change) if change > -100.0 => {
                    let tetanised = 100.0 + m.slice.potentiation_percent;
                    own.slice.potentiation_percent = 100.0 * (tetanised / (100.0 + change) - 1.0);
                }
                _ if own.slice.included => {
                    own.slice.included = false;
                    own.slice.reason = "no control pathway to normalise by".to_owned();
                }
                _ => {}
            }
            own
        })
        .collect()
}

/// Compares the pathways of all slices that have two, and the conditions by
/// their difference. Adds nothing where there is one pathway only.
pub(crate) fn compare(manifest: &Manifest, measured: &[Measured], setting: &Setting, findings: &mut Findings) {
    let paired: Vec<Measured> = measured
        .iter()
        .filter(|m| m.slice.included)
        .filter_map(|m| Some(with_outcome(m, m.slice.potentiation_percent - control(m)?)))
        .collect();
    let (arms, _) = cells::arms(manifest, &paired);
    for arm in arms.iter().filter(|arm| arm.filled().next().is_some()) {
        for cell in arm.filled() {
            match effect(arm, cell, setting) {
                Ok(effect) => findings.pathways.push(effect),
                Err(why) => findings.warnings.push(format!(
                    "{}: the pathways of {} cannot be compared: {why}.",
                    arm.induction, cell.condition.name
                )),
            }
        }
        if let Ok(model) = Model::of(arm.filled(), setting) {
            let mut compared = contrasts::primary(arm, &model, setting);
            for contrast in &mut compared.contrasts {
                contrast.sentence = format!("Tetanised minus control pathway, {}", contrast.sentence);
            }
            findings.pathway_contrasts.extend(compared.contrasts);
        }
    }
}

fn effect(arm: &Arm, cell: &Cell, setting: &Setting) -> Result<PathwayEffect, String> {
    let model = Model::of(std::iter::once(cell), setting).map_err(|e| e.to_string())?;
    let c = model.mean().map_err(|e| e.to_string())?;
    if !is_sound(&c) {
        return Err("no standard error".to_owned());
    }
    let stated = model.stated(arm.induction, model.own_variances());
    let ci = Interval { low: c.ci_low, high: c.ci_high };
    let slices: Vec<&&Measured> = cell.measured.iter().collect();
    let mut controls: Vec<&str> = slices.iter().flat_map(|m| counted(m)).map(|row| row.pathway.as_str()).collect();
    controls.sort_unstable();
    controls.dedup();
    let of_animal = |name: &str| {
        let own: Vec<f64> = slices.iter().filter(|m| m.slice.key.animal == name).filter_map(|m| control(m)).collect();
        mean(&own)
    };
    let control_mean = mean(&cell.animals.iter().map(|a| of_animal(a.name)).collect::<Vec<_>>());
    let tetanised = slices.first().map_or_else(String::new, |m| m.slice.pathway.clone());
    let control = controls.join(", ");
    let sentence = format!(
        "{} ({}): pathway {tetanised} minus control pathway {control}: {}{}; {}; paired within slices, {}).",
        cell.condition.name,
        arm.induction,
        setting.opening(&c, ci, &setting.interval_name()),
        p_value(c.p),
        setting.counts(cell),
        model.method(c.df_method)
    );
    Ok(PathwayEffect {
        induction: cell.induction.to_owned(),
        condition: cell.condition.name.clone(),
        tetanised,
        control,
        n_slices: cell.n_slices(),
        n_animals: cell.n_animals(),
        control_mean,
        estimate: c.estimate,
        se: c.se,
        ci,
        statistic: c.statistic,
        df: c.df,
        df_method: model.df_method(c.df_method).to_owned(),
        p: c.p,
        sd_animal: stated.sd_animal,
        sd_slice: stated.sd_slice,
        singular: stated.singular,
        sentence,
    })
}
