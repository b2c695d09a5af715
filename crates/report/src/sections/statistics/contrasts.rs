//! Differences between conditions, and whether they are small enough to count as none.

use crate::document::document::Block;
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, capitalised, capitalised_word, difference, level, p_cell, plain, short};
use analysis::findings::Contrast;

/// The planned comparisons.
pub(crate) fn primary(scene: &Scene) -> Vec<Block> {
    let found = &scene.sources.findings.contrasts;
    let said = if found.is_empty() { Block::text("None.") } else { with_model(scene, found) };
    vec![Block::Heading("Primary comparisons"), said]
}

/// The same comparisons on animal means.
pub(crate) fn on_animal_means(scene: &Scene) -> Vec<Block> {
    let findings = &scene.sources.findings;
    let found = &findings.animal_mean_contrasts;
    // Where every animal gave one slice, these are the planned comparisons themselves.
    let same = found.first().zip(findings.contrasts.first()).is_some_and(|(mean, own)| mean.model == own.model);
    if found.is_empty() || same {
        return Vec::new();
    }
    vec![Block::Heading("The same comparisons on animal means"), with_model(scene, found)]
}

/// Differences under a caption that says what was fitted and what the interval is.
fn with_model(scene: &Scene, found: &[Contrast]) -> Block {
    Block::Table(table(scene, found).captioned(caption(found)))
}

/// The model of the contrasts, their adjustment, and why an effect size is missing.
fn caption(found: &[Contrast]) -> String {
    let Some(first) = found.first() else { return String::new() };
    let mut parts = vec![capitalised_word(&first.model)];
    parts.extend(match (first.adjust.as_str(), found.len()) {
        (_, 1) | ("none", _) => None,
        ("dunnett", _) => Some("intervals are simultaneous, of the same adjustment as p".to_owned()),
        ("holm", _) => Some("each interval is at the level of its step of Holm's method, like p".to_owned()),
        (other, _) => Some(format!("adjusted by {other}")),
    });
    let mut missing: Vec<&str> =
        found.iter().map(|c| c.hedges_g_missing.as_str()).filter(|why| !why.is_empty()).collect();
    missing.dedup();
    parts.extend(missing.iter().map(|why| format!("no Hedges g: {why}")));
    parts.retain(|part| !part.is_empty());
    format!("{}.", parts.join("; "))
}

/// One row per difference.
pub(crate) fn table(scene: &Scene, contrasts: &[Contrast]) -> Table {
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
                effect_size(c),
                format!("t({}) = {}", plain(c.df, 1), plain(c.statistic, 2)),
                p_cell(c.p_adjusted),
            ]
        })
        .collect();
    let interval = match contrasts.first() {
        // Each Holm step has a level of its own.
        Some(c) if c.adjust == "holm" && contrasts.len() > 1 => "CI (Holm's step)".to_owned(),
        Some(c) if !c.ci_name.is_empty() => capitalised(&c.ci_name),
        _ => format!("{} CI", scene.level()),
    };
    let g = "Hedges g [its CI]";
    let adjusted = match contrasts.first().map(|c| c.adjust.as_str()) {
        None => "p".to_owned(),
        Some("none") => "p, not adjusted".to_owned(),
        Some(_) if contrasts.len() == 1 => "p".to_owned(),
        Some(method) => format!("p, {}", capitalised(method)),
    };
    Table::new(
        &["Induction", "Comparison", "n (N)", "Difference, points", &interval, "SE", g, "Statistic", &adjusted],
        rows,
    )
    .without_induction(scene)
}

/// g with its interval; a dash where there is none.
fn effect_size(c: &Contrast) -> String {
    if c.hedges_g.is_finite() {
        format!("{} {}", plain(c.hedges_g, 2), brackets(c.hedges_g_ci, 2))
    } else {
        "–".to_owned()
    }
}

/// Two one-sided tests against the planned bounds, if they were planned.
pub(crate) fn equivalence(scene: &Scene) -> Vec<Block> {
    let table = bounds(scene);
    if table.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading("Equivalence"),
        Block::Table(table.captioned("Two one-sided tests of the same model; not adjusted")),
    ]
}

fn bounds(scene: &Scene) -> Table {
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
    // Two one-sided tests at α are decided by the interval at 1 − 2α.
    let decides = format!("{} CI, which decides", level(2.0 * scene.sources.findings.interval - 1.0));
    Table::new(&["Induction", "Comparison", "Bounds, points", &decides, "p (larger one-sided)", "Verdict"], rows)
        .without_induction(scene)
}
