//! Every condition against the reference, by the mixed model and, beside it,
//! on animal means.

use crate::conclude::cells::{Arm, Cell};
use crate::conclude::compare::model::{Identity, Model};
use crate::conclude::comparing::{Setting, is_sound};
use crate::conclude::groups::NO_INTERVAL;
use crate::findings::comparisons::{Contrast, Equivalence};
use crate::findings::interval::Interval;
use crate::words::number;
use results::plan::Adjustment;
use statistics::contrasts::AdjustedComparison;
use statistics::spelling::p_value;
use statistics::{Comparison, Sample, StatisticsError, adjust, effect, equivalence, two_sample};

/// Comparisons of one arm and what to tell about them.
#[derive(Default)]
pub(crate) struct Compared {
    pub contrasts: Vec<Contrast>,
    pub equivalence: Vec<Equivalence>,
    pub warnings: Vec<String>,
}

/// Cells to compare with the reference cell; none if the reference is empty.
fn pairs<'c, 'a>(arm: &'c Arm<'a>, setting: &Setting) -> Vec<(&'c Cell<'a>, &'c Cell<'a>)> {
    let reference = arm.cell(setting.reference).filter(|c| !c.is_empty());
    let Some(reference) = reference else { return Vec::new() };
    arm.filled().filter(|c| c.condition.name != setting.reference).map(|c| (c, reference)).collect()
}

/// Primary contrasts, by the model, adjusted as planned.
pub(crate) fn primary(arm: &Arm, model: &Model, setting: &Setting) -> Compared {
    let pairs = pairs(arm, setting);
    let mut compared = Compared::default();
    if pairs.is_empty() {
        return compared;
    }
    let comparisons = by_model(&pairs, model, setting);
    let comparisons = match comparisons {
        Ok(comparisons) => comparisons,
        Err(error) => {
            compared.warnings.push(format!("{}: no contrasts: {error}", arm.induction));
            return compared;
        }
    };
    for ((cell, reference), adjusted) in pairs.iter().zip(comparisons) {
        let c = &adjusted.comparison;
        if !is_sound(c) {
            compared.warnings.push(format!(
                "{}: {} against {} has no standard error and is left out",
                arm.induction, cell.condition.name, reference.condition.name
            ));
            continue;
        }
        let name = c.df_method.name().replace("Kenward-Roger", "Kenward–Roger");
        let how = format!("{}, {name} degrees of freedom", model.method());
        let planned = adjustment_name(setting.adjust);
        let family = Family { adjust: planned, size: pairs.len() };
        compared.contrasts.push(contrast(cell, reference, adjusted, c.df_method.name(), &how, family, setting));
        if let Some(bound) = setting.equivalence {
            compared.equivalence.extend(equivalent(cell, reference, c, bound, setting));
        }
    }
    compared
}

fn by_model(
    pairs: &[(&Cell, &Cell)],
    model: &Model,
    setting: &Setting,
) -> Result<Vec<AdjustedComparison>, StatisticsError> {
    fn id<'i>(cell: &'i Cell) -> Identity<'i> {
        (cell.induction, &cell.condition.name)
    }
    let others: Vec<Identity> = pairs.iter().map(|(cell, _)| id(cell)).collect();
    let Some(reference) = pairs.first().map(|(_, reference)| id(reference)) else { return Ok(Vec::new()) };
    if setting.adjust == Adjustment::Dunnett {
        return model.dunnett(reference, &others);
    }
    let single = others
        .iter()
        .filter_map(|o| model.contrast(&[(o.0, o.1, 1.0), (reference.0, reference.1, -1.0)]))
        .collect::<Result<Vec<_>, _>>()?;
    as_family(single, setting.adjust == Adjustment::Holm)
}

/// The comparisons with p adjusted by Holm, or as they are; limits unadjusted.
fn as_family(single: Vec<Comparison>, holm: bool) -> Result<Vec<AdjustedComparison>, StatisticsError> {
    let method = if holm { adjust::Adjustment::Holm } else { adjust::Adjustment::None };
    let p: Vec<f64> = single.iter().map(|c| c.p).collect();
    let adjusted = adjust::adjust(&p, method)?;
    let join = |(comparison, p_adjusted): (Comparison, f64)| AdjustedComparison {
        ci_low_adjusted: comparison.ci_low,
        ci_high_adjusted: comparison.ci_high,
        comparison,
        p_adjusted,
    };
    Ok(single.into_iter().zip(adjusted).map(join).collect())
}

/// The comparisons on animal means: Welch between animals, paired t within
/// them; adjusted by Holm unless the plan says no adjustment.
pub(crate) fn on_animal_means(arm: &Arm, setting: &Setting) -> Compared {
    let mut compared = Compared::default();
    let mut found = Vec::new();
    for (cell, reference) in pairs(arm, setting) {
        match animal_comparison(cell, reference, setting) {
            Ok(c) if is_sound(&c) => found.push((cell, reference, c)),
            outcome => {
                let why = outcome.err().map_or("no standard error".to_owned(), |e| e.to_string());
                compared.warnings.push(format!(
                    "{}: {} against {} cannot be tested on animal means: {why}",
                    arm.induction, cell.condition.name, reference.condition.name
                ));
            }
        }
    }
    if found.is_empty() {
        return compared;
    }
    let holm = setting.adjust != Adjustment::None;
    let single: Vec<Comparison> = found.iter().map(|(_, _, c)| *c).collect();
    let Ok(adjusted) = as_family(single, holm) else { return compared };
    let (df_method, how) = if setting.within {
        ("paired", "paired t test on animal means")
    } else {
        ("Welch", "Welch t test on animal means")
    };
    let family = Family { adjust: if holm { "holm" } else { "none" }, size: found.len() };
    for ((cell, reference, _), a) in found.iter().zip(adjusted) {
        compared.contrasts.push(contrast(cell, reference, a, df_method, how, family, setting));
    }
    compared
}

fn animal_comparison(cell: &Cell, reference: &Cell, setting: &Setting) -> Result<Comparison, StatisticsError> {
    if setting.within {
        let (first, second) = paired_means(reference, cell);
        two_sample::paired(&first, &second, setting.level)
    } else {
        let (a, b) = (Sample::new(&cell.animal_means())?, Sample::new(&reference.animal_means())?);
        two_sample::welch(&a, &b, setting.level)
    }
}

/// Means of the animals that gave slices to both cells.
pub(crate) fn paired_means(first: &Cell, second: &Cell) -> (Vec<f64>, Vec<f64>) {
    first
        .animals
        .iter()
        .filter_map(|a| {
            let other = second.animals.iter().find(|b| b.name == a.name)?;
            Some((a.mean(), other.mean()))
        })
        .unzip()
}

/// Hedges g on animal means with its noncentral-t interval: of the difference
/// over the pooled SD between animals, or of the paired differences over their
/// SD within animals. NaN where it does not exist.
fn hedges(cell: &Cell, reference: &Cell, setting: &Setting) -> (f64, Interval) {
    let found = if setting.within {
        let (first, second) = paired_means(reference, cell);
        effect::paired(&first, &second, setting.level).map(|g| (g.g_z, g.g_z_low, g.g_z_high))
    } else {
        Sample::new(&cell.animal_means())
            .and_then(|a| effect::hedges_g(&a, &Sample::new(&reference.animal_means())?, setting.level))
            .map(|g| (g.g, g.g_low, g.g_high))
    };
    found.map_or((f64::NAN, NO_INTERVAL), |(g, low, high)| (g, Interval { low, high }))
}

/// How a family of contrasts was adjusted.
#[derive(Clone, Copy)]
struct Family {
    adjust: &'static str,
    size: usize,
}

fn adjustment_name(adjust: Adjustment) -> &'static str {
    match adjust {
        Adjustment::Dunnett => "dunnett",
        Adjustment::Holm => "holm",
        Adjustment::None => "none",
    }
}

fn contrast(
    cell: &Cell,
    reference: &Cell,
    a: AdjustedComparison,
    df_method: &str,
    how: &str,
    family: Family,
    setting: &Setting,
) -> Contrast {
    let c = a.comparison;
    let (g, g_ci) = hedges(cell, reference, setting);
    let mut sentence = format!(
        "{} against {} ({}): {}",
        cell.condition.name,
        reference.condition.name,
        cell.induction,
        setting.opening(&c, a.ci_low_adjusted, a.ci_high_adjusted)
    );
    let adjusted = match family.adjust {
        "dunnett" => "Dunnett-adjusted",
        "holm" => "Holm-adjusted",
        _ => "",
    };
    if family.size > 1 && !adjusted.is_empty() {
        sentence.push_str(&format!(", {adjusted} {}", p_value(a.p_adjusted)));
    }
    if g.is_finite() {
        let kind = if setting.within { "Hedges g of the paired differences" } else { "Hedges g" };
        sentence.push_str(&format!(
            "; {kind} {}, {} {} to {}",
            number(g, 2),
            setting.interval_name(),
            number(g_ci.low, 2),
            number(g_ci.high, 2)
        ));
    }
    sentence.push_str(&format!("; {} against {}; {how}).", setting.counts(cell), setting.counts(reference)));
    Contrast {
        induction: cell.induction.to_owned(),
        condition: cell.condition.name.clone(),
        reference: reference.condition.name.clone(),
        estimate: c.estimate,
        se: c.se,
        ci: Interval { low: a.ci_low_adjusted, high: a.ci_high_adjusted },
        statistic: c.statistic,
        df: c.df,
        df_method: df_method.to_owned(),
        p: c.p,
        p_adjusted: a.p_adjusted,
        adjust: family.adjust.to_owned(),
        hedges_g: g,
        hedges_g_ci: g_ci,
        sentence,
    }
}

fn equivalent(cell: &Cell, reference: &Cell, c: &Comparison, bound: f64, setting: &Setting) -> Option<Equivalence> {
    let alpha = 1.0 - setting.level;
    let t = equivalence::tost(c, -bound, bound, alpha).ok()?;
    let verdict = if t.equivalent { "is equivalent to" } else { "is not shown to be equivalent to" };
    let sentence = format!(
        "{} {verdict} {} ({}) within ±{} percentage points (two one-sided t tests, {}; {} % CI {} to {}).",
        cell.condition.name,
        reference.condition.name,
        cell.induction,
        number(bound, 1),
        p_value(t.p),
        crate::conclude::comparing::plain(100.0 * (1.0 - 2.0 * alpha)),
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
