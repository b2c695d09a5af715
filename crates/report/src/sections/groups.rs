//! The groups: potentiation, and what it is by other ways to take the slope.

use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, plain};

/// The outcome by every way to take the slope; empty for simulated slices.
pub fn methods(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .method_sensitivity
        .iter()
        .map(|row| {
            vec![
                row.condition.clone(),
                row.method.clone(),
                row.n_slices.to_string(),
                plain(row.baseline_slope_mv_per_ms, 4),
                plain(row.potentiation_mean, 1),
                plain(row.potentiation_sd, 1),
            ]
        })
        .collect();
    let slope = format!("Baseline slope ({}/ms)", scene.unit());
    Table::new(&["Condition", "Slope", "Slices", &slope, "Mean change (%)", "SD"], rows)
}

/// Mean ± SEM and interval of every group.
pub fn groups(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .groups
        .iter()
        .map(|group| {
            vec![
                group.induction.clone(),
                group.condition.clone(),
                group.n_slices.to_string(),
                group.n_animals.to_string(),
                group.n_excluded.to_string(),
                plain(group.mean, 1),
                plain(group.sd, 1),
                plain(group.sem, 1),
                brackets(group.ci, 1),
                format!("{} ± {}", plain(group.stp_mean, 1), plain(group.stp_sem, 1)),
                format!("{} ± {}", plain(group.drug_effect_mean, 1), plain(group.drug_effect_sem, 1)),
            ]
        })
        .collect();
    let interval = format!("{} CI", scene.level());
    Table::new(
        &[
            "Induction",
            "Condition",
            "n slices",
            "N animals",
            "excluded",
            "Potentiation, %",
            "SD",
            "SEM",
            &interval,
            "Short-term, % ± SEM",
            "Drug on baseline, % ± SEM",
        ],
        rows,
    )
    .without_induction(scene)
}
