//! The tables of the statistics.

use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, capitalised, concentration, difference, p_cell, p_value, plain, short};
use analysis::findings::Contrast;

/// Primary contrasts.
pub fn statistics(scene: &Scene) -> Table {
    contrasts(scene, &scene.sources.findings.contrasts)
}

/// Where the degrees of freedom come from.
pub fn degrees_of_freedom(contrasts: &[Contrast]) -> String {
    contrasts.first().map_or_else(String::new, |c| format!("Degrees of freedom: {}.", c.df_method))
}

/// The same comparisons on animal means.
pub fn animal_means(scene: &Scene) -> Table {
    contrasts(scene, &scene.sources.findings.animal_mean_contrasts)
}

/// Conditions compared by the difference of the pathways of a slice.
pub fn pathway_contrasts(scene: &Scene) -> Table {
    contrasts(scene, &scene.sources.findings.pathway_contrasts)
}

fn contrasts(scene: &Scene, contrasts: &[Contrast]) -> Table {
    let rows = contrasts
        .iter()
        .map(|c| {
            vec![
                c.induction.clone(),
                format!("{} − {}", c.condition, c.reference),
                format!("{} / {}", scene.n(&c.induction, &c.condition), scene.n(&c.induction, &c.reference)),
                difference(c.estimate, 1),
                brackets(c.ci, 1),
                plain(c.se, 2),
                format!("{} {}", plain(c.hedges_g, 2), brackets(c.hedges_g_ci, 2)),
                format!("t({}) = {}", plain(c.df, 1), plain(c.statistic, 2)),
                p_cell(c.p),
                p_cell(c.p_adjusted),
            ]
        })
        .collect();
    let interval = format!("{} CI", scene.level());
    let g = format!("Hedges g [{} CI]", scene.level());
    let adjusted = match contrasts.first().map(|c| c.adjust.as_str()) {
        None | Some("none") => "p, not adjusted".to_owned(),
        Some(method) => format!("p, {}", capitalised(method)),
    };
    Table::new(
        &["Induction", "Comparison", "n (N)", "Difference, points", &interval, "SE", &g, "Statistic", "p", &adjusted],
        rows,
    )
    .without_induction(scene)
}

/// Two one-sided tests against the planned bounds.
pub fn equivalence(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .equivalence
        .iter()
        .map(|test| {
            vec![
                test.induction.clone(),
                format!("{} − {}", test.condition, test.reference),
                format!("±{}", short(test.bound, 2)),
                brackets(test.ci, 1),
                p_cell(test.p),
                if test.equivalent { "equivalent" } else { "not shown" }.to_owned(),
            ]
        })
        .collect();
    Table::new(
        &["Induction", "Comparison", "Bounds, points", "Interval that decides", "p (larger one-sided)", "Verdict"],
        rows,
    )
    .without_induction(scene)
}

/// The mixed model of each induction protocol.
pub fn models(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .models
        .iter()
        .map(|model| {
            let health = match (model.converged, model.singular) {
                (false, _) => "did not converge",
                (true, true) => "animal variance estimated as zero",
                (true, false) => "converged",
            };
            vec![
                model.induction.clone(),
                model.formula.clone(),
                model.method.clone(),
                plain(model.sd_animal, 2),
                plain(model.sd_slice, 2),
                plain(model.icc, 2),
                model.n_slices.to_string(),
                model.n_animals.to_string(),
                plain(model.log_likelihood, 2),
                health.to_owned(),
            ]
        })
        .collect();
    Table::new(
        &[
            "Induction",
            "Model",
            "Estimation",
            "SD between animals",
            "SD between slices",
            "ICC",
            "n slices",
            "N animals",
            "log-likelihood",
            "Fit",
        ],
        rows,
    )
    .without_induction(scene)
}

/// Differences of differences.
pub fn interactions(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .interactions
        .iter()
        .map(|i| {
            vec![
                i.what.clone(),
                difference(i.estimate, 1),
                brackets(i.ci, 1),
                plain(i.se, 2),
                format!("t({}) = {}", plain(i.df, 1), plain(i.statistic, 2)),
                p_cell(i.p),
            ]
        })
        .collect();
    let interval = format!("{} CI", scene.level());
    Table::new(&["Interaction", "Estimate, points", &interval, "SE", "Statistic", "p"], rows)
}

/// The interactions in words.
pub fn interactions_note(scene: &Scene) -> String {
    let sentences: Vec<&str> = scene.sources.findings.interactions.iter().map(|i| i.sentence.as_str()).collect();
    sentences.join(" ")
}

/// Fitted dose–response curves, or why there is none.
pub fn doses(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .dose_responses
        .iter()
        .map(|curve| {
            let trend = match (&curve.trend, curve.trend_per_decade) {
                (Some(trend), _) => {
                    format!("{} {}, {}", difference(trend.per_decade, 1), brackets(trend.ci, 1), p_value(trend.p))
                }
                (None, Some(ends)) => brackets(ends, 1),
                (None, None) => "–".to_owned(),
            };
            let bound = |um: f64| if um.is_finite() { concentration(um) } else { "unbounded".to_owned() };
            match &curve.fit {
                Some(fit) => vec![
                    curve.induction.clone(),
                    curve.compound.clone(),
                    format!(
                        "{} ({} to {})",
                        concentration(fit.ec50_um),
                        bound(fit.ec50_ci_um.low),
                        bound(fit.ec50_ci_um.high)
                    ),
                    plain(fit.hill, 2),
                    format!("{} → {}", plain(fit.bottom, 1), plain(fit.top, 1)),
                    p_cell(fit.lack_of_fit_p),
                    trend,
                ],
                None => vec![
                    curve.induction.clone(),
                    curve.compound.clone(),
                    format!("no fit: {}", curve.no_fit_reason),
                    "–".to_owned(),
                    "–".to_owned(),
                    "–".to_owned(),
                    trend,
                ],
            }
        })
        .collect();
    let ec50 = format!("EC50 ({} CI)", scene.level());
    Table::new(
        &["Induction", "Compound", &ec50, "Hill", "Dose 0 → ∞, %", "Lack of fit, p", "Trend, points per decade"],
        rows,
    )
    .without_induction(scene)
}
