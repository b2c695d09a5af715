//! The groups: potentiation, and what it is by other ways to take the slope.

use crate::document::document::{Block, Section};
use crate::document::table::Table;
use crate::exposure::application::{Application, applications};
use crate::figures::scene::Scene;
use crate::numbers::{brackets, plain};
use analysis::findings::Group;

/// All groups, and the slopes of recorded slices taken in other ways.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let caption = format!("Potentiation, % change; means, SD and SEM over {}", scene.animals());
    let of_baseline = scene.sources.findings.of_baseline.iter().map(|group| group.sentence.clone()).collect();
    let mut blocks = vec![Block::Table(groups(scene).captioned(caption)), Block::List(of_baseline)];
    let methods = methods(scene);
    if !methods.is_empty() {
        blocks.push(Block::Heading("The same slices by other ways to take the slope"));
        blocks.push(Block::Table(methods.captioned("Same windows and rules; what changes is the slope alone")));
    }
    Some(Section::new("groups", "Groups", blocks))
}

/// The outcome by every way to take the slope; empty for simulated slices.
fn methods(scene: &Scene) -> Table {
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
fn groups(scene: &Scene) -> Table {
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
                drug_effect(scene, group),
            ]
        })
        .collect();
    let interval = format!("{} CI", scene.level());
    let table = Table::new(
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
            DRUG_EFFECT,
        ],
        rows,
    );
    if drugged(scene) { table } else { table.without_last() }.without_induction(scene)
}

/// Title of the column of the drug's effect on transmission before induction.
const DRUG_EFFECT: &str = "Drug on baseline, % ± SEM";

/// Whether a compound flowed in any condition at times that somebody knows.
fn drugged(scene: &Scene) -> bool {
    applications(&scene.sources.manifest, |_| true).iter().any(|one| !one.stretches_unknown())
}

/// Change of transmission from before the drug to the reference window; a dash where
/// nobody knows when the drug came.
fn drug_effect(scene: &Scene, group: &Group) -> String {
    let own = applications(&scene.sources.manifest, |name| name == group.condition);
    if own.iter().any(Application::stretches_unknown) {
        return "–".to_owned();
    }
    format!("{} ± {}", plain(group.drug_effect_mean, 1), plain(group.drug_effect_sem, 1))
}
