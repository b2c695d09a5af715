//! Differences of differences: 2 × 2 mixtures within an induction protocol, and
//! condition × induction between protocols.

use crate::conclude::cells::Arm;
use crate::conclude::compare::model::{Model, Weights};
use crate::conclude::comparing::{Setting, is_sound};
use crate::findings::comparisons::{Interaction, InteractionKind};
use crate::findings::interval::Interval;
use results::plan::{BathEntry, ConditionPlan};
use statistics::spelling::p_value;

/// Whether two baths hold the same compounds at the same concentrations.
pub(crate) fn same_bath(a: &[BathEntry], b: &[BathEntry]) -> bool {
    let inside = |x: &[BathEntry], y: &[BathEntry]| {
        x.iter().all(|e| y.iter().any(|f| f.compound == e.compound && f.concentration_um == e.concentration_um))
    };
    a.len() == b.len() && inside(a, b) && inside(b, a)
}

/// Interaction of every mixture of two compounds for which the drug-free
/// condition and both compounds alone, at the same concentrations, are there:
/// (AB − B) − (A − none).
pub(crate) fn mixtures(arm: &Arm, model: &Model, setting: &Setting) -> Vec<Interaction> {
    let conditions: Vec<&ConditionPlan> = arm.filled().map(|c| c.condition).collect();
    let with = |bath: &[BathEntry]| conditions.iter().find(|c| same_bath(&c.bath, bath));
    conditions
        .iter()
        .filter(|both| both.bath.len() == 2)
        .filter_map(|both| {
            let none = with(&[])?;
            let a = with(&both.bath[..1])?;
            let b = with(&both.bath[1..])?;
            let what = format!("{}: ({} − {}) − ({} − {})", arm.induction, both.name, b.name, a.name, none.name);
            let weights = [
                (arm.induction, both.name.as_str(), 1.0),
                (arm.induction, b.name.as_str(), -1.0),
                (arm.induction, a.name.as_str(), -1.0),
                (arm.induction, none.name.as_str(), 1.0),
            ];
            let named = (InteractionKind::Mixture, both.name.as_str(), [a.name.as_str(), b.name.as_str()]);
            let found = interaction(model, &weights, what, named, setting)?;
            Some(Interaction { induction: arm.induction.to_owned(), ..found })
        })
        .collect()
}

/// Difference of the effect of each condition between each further arm and the
/// first, from the model over all arms.
pub(crate) fn between_arms(arms: &[Arm], model: &Model, setting: &Setting) -> Vec<Interaction> {
    let Some((first, others)) = arms.split_first() else { return Vec::new() };
    let reference = setting.reference;
    let mut found = Vec::new();
    for other in others {
        for cell in other.filled().filter(|c| c.condition.name != reference) {
            let name = cell.condition.name.as_str();
            let what = format!(
                "({name} − {reference}) under {} − ({name} − {reference}) under {}",
                other.induction, first.induction
            );
            let weights = [
                (other.induction, name, 1.0),
                (other.induction, reference, -1.0),
                (first.induction, name, -1.0),
                (first.induction, reference, 1.0),
            ];
            let named = (InteractionKind::Induction, name, [first.induction, other.induction]);
            found.extend(interaction(model, &weights, what, named, setting));
        }
    }
    found
}

fn interaction(
    model: &Model,
    weights: Weights,
    what: String,
    (kind, condition, parts): (InteractionKind, &str, [&str; 2]),
    setting: &Setting,
) -> Option<Interaction> {
    let c = model.contrast(weights)?.ok().filter(is_sound)?;
    let ci = Interval { low: c.ci_low, high: c.ci_high };
    let sentence = format!(
        "Interaction {what}: {}{}, not adjusted; {}).",
        setting.opening(&c, ci, &setting.interval_name()),
        p_value(c.p),
        model.method(c.df_method)
    );
    Some(Interaction {
        kind,
        induction: String::new(),
        condition: condition.to_owned(),
        parts: parts.map(str::to_owned),
        what,
        estimate: c.estimate,
        se: c.se,
        ci,
        statistic: c.statistic,
        df: c.df,
        p: c.p,
        df_method: model.df_method(c.df_method).to_owned(),
        sentence,
    })
}
