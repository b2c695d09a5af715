//! Every condition against the reference, by the model and, beside it, on animal
//! means. Estimate, interval and p of a contrast come from one model and one
//! adjustment.

use crate::conclude::cells::{Arm, Cell};
use crate::conclude::compare::hedges::Hedges;
use crate::conclude::compare::model::{Basis, Model};
use crate::conclude::compare::pairs::pairs;
use crate::conclude::comparing::{Setting, is_sound, plain};
use crate::findings::comparisons::{Contrast, Equivalence};
use crate::findings::interval::Interval;
use crate::words::number;
use results::plan::Adjustment;
use statistics::clustered::{Family, adjusted, pointwise_level};
use statistics::contrasts::AdjustedComparison;
use statistics::spelling::p_value;
use statistics::{Comparison, StatisticsError, equivalence};

/// Comparisons of one arm and what to tell about them.
#[derive(Default)]
pub(crate) struct Compared {
    pub contrasts: Vec<Contrast>,
    /// What each contrast rests on, in the same order.
    pub bases: Vec<Basis>,
    pub equivalence: Vec<Equivalence>,
    pub warnings: Vec<String>,
}

/// A comparison that can be stated.
struct Sound<'c, 'a> {
    cell: &'c Cell<'a>,
    reference: &'c Cell<'a>,
    comparison: Comparison,
    basis: Basis,
}

impl<'c> Sound<'c, '_> {
    fn weights(&self) -> [(&'c str, &'c str, f64); 2] {
        weights(self.cell, self.reference)
    }
}

fn weights<'c>(cell: &'c Cell, reference: &'c Cell) -> [(&'c str, &'c str, f64); 2] {
    [(cell.induction, &cell.condition.name, 1.0), (reference.induction, &reference.condition.name, -1.0)]
}

/// Primary contrasts, by the model, adjusted as planned.
pub(crate) fn primary(arm: &Arm, model: &Model, setting: &Setting) -> Compared {
    let mut compared = Compared::default();
    let mut sound: Vec<Sound> = Vec::new();
    for (cell, reference) in pairs(arm, setting) {
        let weights = weights(cell, reference);
        let why = match (model.contrast(&weights), model.basis(&weights)) {
            (Some(Ok(comparison)), Some(basis)) if is_sound(&comparison) => {
                sound.push(Sound { cell, reference, comparison, basis });
                continue;
            }
            (Some(Err(StatisticsError::TooFew { what, found, needed })), _) => {
                format!("{what}: {found}, and a comparison needs at least {needed}")
            }
            (Some(Err(error)), _) => error.to_string(),
            _ => "no standard error".to_owned(),
        };
        // A single animal has a warning of its own.
        if cell.is_one_animal() || reference.is_one_animal() {
            continue;
        }
        compared.warnings.push(format!(
            "{}: {} is not compared with {}: {why}.",
            arm.induction, cell.condition.name, reference.condition.name
        ));
    }
    let single: Vec<Comparison> = sound.iter().map(|s| s.comparison).collect();
    let wanted: Vec<_> = sound.iter().map(Sound::weights).collect();
    let correlations = model.correlations(&wanted);
    let family = match setting.adjust {
        Adjustment::Dunnett => Family::Largest(&correlations),
        Adjustment::Holm => Family::Holm,
        Adjustment::None => Family::Alone,
    };
    let Ok(all) = adjusted(&single, family) else { return compared };
    for (found, a) in sound.into_iter().zip(all) {
        if !(a.ci_low_adjusted.is_finite() && a.ci_high_adjusted.is_finite() && a.p_adjusted.is_finite()) {
            compared.warnings.push(format!(
                "{}: {} against {}: no limits for the family of comparisons.",
                arm.induction, found.cell.condition.name, found.reference.condition.name
            ));
            continue;
        }
        compared.contrasts.push(contrast(&found, &a, model, single.len(), setting));
        if let Some(bound) = setting.equivalence {
            compared.equivalence.extend(equivalent(&found, bound, setting));
        }
        compared.bases.push(found.basis);
    }
    compared
}

/// The comparisons on animal means: Welch between animals, paired t within them.
pub(crate) fn on_animal_means(arm: &Arm, setting: &Setting) -> Vec<Contrast> {
    Model::of_animal_means(arm.filled(), setting)
        .map(|model| primary(arm, &model, setting).contrasts)
        .unwrap_or_default()
}

/// The interval of a comparison by name.
fn interval_name(a: &AdjustedComparison, family: usize, setting: &Setting) -> String {
    match setting.adjust {
        Adjustment::Dunnett if family > 1 => format!("simultaneous {}", setting.interval_name()),
        Adjustment::Holm if family > 1 => {
            let level = number(100.0 * pointwise_level(a), 2);
            let level = level.trim_end_matches('0').trim_end_matches('.');
            format!("{level} % CI (level of Holm's step)")
        }
        _ => setting.interval_name(),
    }
}

fn contrast(found: &Sound, a: &AdjustedComparison, model: &Model, family: usize, setting: &Setting) -> Contrast {
    let (cell, reference, c) = (found.cell, found.reference, &a.comparison);
    let hedges = Hedges::of(cell, reference, a, setting.within);
    let ci = Interval { low: a.ci_low_adjusted, high: a.ci_high_adjusted };
    let ci_name = interval_name(a, family, setting);
    let (adjust, spelt) = match setting.adjust {
        Adjustment::Dunnett => ("dunnett", "Dunnett-adjusted "),
        Adjustment::Holm => ("holm", "Holm-adjusted "),
        Adjustment::None => ("none", ""),
    };
    let spelt = if family > 1 { spelt } else { "" };
    let method = model.method(c.df_method);
    let mut sentence = format!(
        "{} against {} ({}): {}{}",
        cell.condition.name,
        reference.condition.name,
        cell.induction,
        setting.opening(c, ci, &ci_name),
        spelt.to_owned() + &p_value(a.p_adjusted)
    );
    let kind = if setting.within { "Hedges g of the paired differences" } else { "Hedges g" };
    if hedges.g.is_finite() {
        sentence.push_str(&format!(
            "; {kind} {}, {ci_name} {} to {}",
            number(hedges.g, 2),
            number(hedges.ci.low, 2),
            number(hedges.ci.high, 2)
        ));
    } else {
        sentence.push_str(&format!("; {kind} not estimable: {}", hedges.missing));
    }
    sentence.push_str(&format!("; {} against {}; {method}).", setting.counts(cell), setting.counts(reference)));
    Contrast {
        induction: cell.induction.to_owned(),
        condition: cell.condition.name.clone(),
        reference: reference.condition.name.clone(),
        estimate: c.estimate,
        se: c.se,
        ci,
        ci_name,
        ci_alone: Interval { low: c.ci_low, high: c.ci_high },
        statistic: c.statistic,
        df: c.df,
        df_method: model.df_method(c.df_method).to_owned(),
        model: method,
        p: c.p,
        p_adjusted: a.p_adjusted,
        adjust: adjust.to_owned(),
        hedges_g: hedges.g,
        hedges_g_ci: hedges.ci,
        hedges_g_missing: hedges.missing,
        sentence,
    }
}

fn equivalent(found: &Sound, bound: f64, setting: &Setting) -> Option<Equivalence> {
    let (cell, reference) = (found.cell, found.reference);
    let alpha = 1.0 - setting.level;
    let t = equivalence::tost(&found.comparison, -bound, bound, alpha).ok()?;
    let verdict = if t.equivalent { "is equivalent to" } else { "is not shown to be equivalent to" };
    let sentence = format!(
        "{} {verdict} {} ({}) within ±{} percentage points (two one-sided t tests of the same model, not adjusted, {}; \
         {} % CI {} to {}).",
        cell.condition.name,
        reference.condition.name,
        cell.induction,
        number(bound, 1),
        p_value(t.p),
        plain(100.0 * (1.0 - 2.0 * alpha)),
        number(t.ci_low, 1),
        number(t.ci_high, 1)
    );
    Some(Equivalence {
        induction: cell.induction.to_owned(),
        condition: cell.condition.name.clone(),
        reference: reference.condition.name.clone(),
        bound,
        p: t.p,
        ci: Interval { low: t.ci_low, high: t.ci_high },
        equivalent: t.equivalent,
        sentence,
    })
}
