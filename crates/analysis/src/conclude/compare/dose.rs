//! Dose series: one compound at three or more concentrations on one
//! background, with that background alone as dose 0.
//!
//! Nothing but the concentration differs within a series: regimen, animals, solution
//! and treatments are those of all its conditions. The trend is the slope of the
//! mixed model y = α + β·log10(dose) + a_animal + e over the doses above 0.

use crate::conclude::cells::{Arm, Cell};
use crate::conclude::compare::dose_curve::curve;
use crate::conclude::compare::interactions::same_bath;
use crate::conclude::comparing::{Setting, fixed_df, is_sound, plain};
use crate::findings::doses::{DoseResponse, Trend};
use crate::findings::interval::Interval;
use crate::measure::regression::Regression;
use crate::measure::spread::{mean, sem};
use crate::words::{number, signed};
use results::plan::{BathEntry, ConditionPlan};
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, fit};
use statistics::spelling::p_value;
use statistics::{Comparison, StatisticsError};

/// Concentrations that make a series, besides dose 0.
const LEAST_DOSES: usize = 3;

/// One series: background, compound, cells in ascending dose.
struct Series<'c, 'a> {
    background: &'c Cell<'a>,
    entry: &'c BathEntry,
    cells: Vec<(f64, &'c Cell<'a>)>,
}

/// All dose series of an arm, in the order of the conditions.
pub(crate) fn responses(arm: &Arm, setting: &Setting) -> Vec<DoseResponse> {
    series(arm).iter().map(|s| response(s, setting)).collect()
}

fn series<'c, 'a>(arm: &'c Arm<'a>) -> Vec<Series<'c, 'a>> {
    let mut found: Vec<Series> = Vec::new();
    for background in arm.filled() {
        for cell in arm.filled() {
            let Some(entry) = added(background, cell) else { continue };
            let known = found.iter_mut().find(|s| {
                let own = s.entry.compound == entry.compound && s.entry.regimen == entry.regimen;
                std::ptr::eq(s.background, background) && own
            });
            match known {
                Some(series) => series.cells.push((entry.concentration_um, cell)),
                None => found.push(Series {
                    background,
                    entry,
                    cells: vec![(0.0, background), (entry.concentration_um, cell)],
                }),
            }
        }
    }
    for series in &mut found {
        series.cells.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    found.retain(|s| {
        let doses = 1 + s.cells.windows(2).filter(|pair| pair[0].0 < pair[1].0).count();
        doses > LEAST_DOSES
    });
    found
}

/// The one compound that `cell` has beyond `background`.
fn added<'c>(background: &Cell, cell: &'c Cell) -> Option<&'c BathEntry> {
    let bath = &cell.condition.bath;
    if !alike(background.condition, cell.condition) {
        return None;
    }
    if bath.len() != background.condition.bath.len() + 1 {
        return None;
    }
    bath.iter().enumerate().find_map(|(i, entry)| {
        let mut rest = bath.clone();
        rest.remove(i);
        let extra = !background.condition.bath.iter().any(|e| e.compound == entry.compound);
        (extra && entry.concentration_um > 0.0 && same_bath(&rest, &background.condition.bath)).then_some(entry)
    })
}

/// Whether nothing but the compounds in the bath differs between two conditions.
fn alike(a: &ConditionPlan, b: &ConditionPlan) -> bool {
    (&a.animals, &a.solution, &a.assumptions, &a.treatments) == (&b.animals, &b.solution, &b.assumptions, &b.treatments)
}

fn response(series: &Series, setting: &Setting) -> DoseResponse {
    let means: Vec<Vec<f64>> = series.cells.iter().map(|(_, c)| c.animal_means()).collect();
    let trend = trend(series, setting);
    let label = if series.background.condition.bath.is_empty() {
        series.entry.label.clone()
    } else {
        format!("{} with {}", series.entry.label, series.background.condition.name)
    };
    let curve = curve(&series.cells, setting);
    DoseResponse {
        induction: series.background.induction.to_owned(),
        compound: series.entry.compound.clone(),
        label,
        dose_um: series.cells.iter().map(|(dose, _)| *dose).collect(),
        mean: means.iter().map(|m| mean(m)).collect(),
        sem: means.iter().map(|m| sem(m)).collect(),
        n_animals: means.iter().map(Vec::len).collect(),
        fit: curve.fit,
        no_fit_reason: curve.reason,
        turn: curve.turn,
        phases: curve.phases,
        trend_per_decade: trend.as_ref().map(|t| t.ci),
        trend,
    }
}

fn trend(series: &Series, setting: &Setting) -> Option<Trend> {
    let mut names: Vec<&str> = Vec::new();
    let (mut x, mut y, mut animals) = (Vec::new(), Vec::new(), Vec::new());
    for (dose, cell) in series.cells.iter().filter(|(dose, _)| *dose > 0.0) {
        for animal in &cell.animals {
            let label = names.iter().position(|n| *n == animal.name).unwrap_or_else(|| {
                names.push(animal.name);
                names.len() - 1
            });
            for value in animal.potentiations() {
                x.push(libm::log10(*dose));
                y.push(value);
                animals.push(label);
            }
        }
    }
    let (c, how) = match by_mixed_model(&x, &y, &animals, setting) {
        Ok(c) => (c, "linear mixed model, REML"),
        Err(StatisticsError::ClustersOfOne) => (regression(&x, &y, setting)?, "linear regression"),
        Err(_) => return None,
    };
    is_sound(&c).then(|| Trend {
        per_decade: c.estimate,
        se: c.se,
        ci: Interval { low: c.ci_low, high: c.ci_high },
        statistic: c.statistic,
        df: c.df,
        p: c.p,
        sentence: format!(
            "{} ({}): potentiation changes by {} percentage points per tenfold concentration \
             ({} {} to {}; t({}) = {}, {}; {how}).",
            series.entry.label,
            series.background.induction,
            signed(c.estimate, 1),
            setting.interval_name(),
            number(c.ci_low, 1),
            number(c.ci_high, 1),
            plain(c.df),
            number(c.statistic, 2),
            p_value(c.p)
        ),
    })
}

fn by_mixed_model(x: &[f64], y: &[f64], animals: &[usize], setting: &Setting) -> Result<Comparison, StatisticsError> {
    let design = Design::intercept(y.len())?.with_column("log10 dose", x)?;
    let fit = fit(&MixedData::new(y, &design, animals), Method::Reml)?;
    fit.contrast(&[0.0, 1.0], fixed_df(setting.df), setting.level)
}

/// Slope of the least-squares line, for animals of one slice.
fn regression(x: &[f64], y: &[f64], setting: &Setting) -> Option<Comparison> {
    let points: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    let line = Regression::of(&points);
    let (mx, my, sxx, slope) = (line.mean_x, line.mean_y, line.sxx, line.slope());
    let rss: f64 = x.iter().zip(y).map(|(a, b)| (b - my - slope * (a - mx)).powi(2)).sum();
    let df = y.len() as f64 - 2.0;
    (df > 0.0 && sxx > 0.0).then(|| {
        let se = (rss / df / sxx).sqrt();
        Comparison::from_t(slope, se, df, setting.level, statistics::DfMethod::Residual)
    })
}
