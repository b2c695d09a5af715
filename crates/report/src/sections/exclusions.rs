//! The rules by which slices are left out, and the slices that were.

use crate::document::document::{Block, Section};
use crate::document::table::Table;
use crate::figures::scene::Scene;

/// The rules and the slices that broke one.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let table = exclusions(scene);
    let log = if table.is_empty() { Block::text("Excluded slices: none.") } else { Block::Table(table) };
    Some(Section::new("exclusions", "Exclusions", vec![Block::Text(exclusion_rules(scene)), log]))
}

/// Excluded slices.
fn exclusions(scene: &Scene) -> Table {
    let rows = scene
        .sources
        .findings
        .exclusions
        .iter()
        .map(|e| {
            vec![e.induction.clone(), e.condition.clone(), e.animal.clone(), e.slice.to_string(), e.reason.clone()]
        })
        .collect();
    Table::new(&["Induction", "Condition", "Animal", "Slice", "Rule broken"], rows).without_induction(scene)
}

/// The exclusion rules in one sentence.
pub(crate) fn exclusion_rules(scene: &Scene) -> String {
    let rules = &scene.sources.manifest.analysis.exclude;
    let quantity = scene.quantity();
    let mut parts = Vec::new();
    if let Some(limit) = rules.baseline_drift {
        parts.push(format!("the {quantity} drifted by more than {limit} over the baseline"));
    }
    if let Some(limit) = rules.baseline_cv {
        parts.push(format!("the coefficient of variation of the {quantity} over the baseline exceeded {limit}"));
    }
    if let Some(limit) = rules.volley_change {
        parts.push(format!("the fibre volley in the outcome window had changed by more than {limit}"));
    }
    let rig = &scene.sources.manifest.analysis.rig;
    if let Some(limit) = rig.missing_responses {
        parts.push(format!("more than {limit} of its sweeps had no response"));
    }
    if let Some(limit) = rig.saturated_sweeps {
        parts.push(format!("more than {limit} of its sweeps reached the end of the converter"));
    }
    if let Some(limit) = rig.access_change {
        parts.push(format!("the access resistance changed by more than {limit}"));
    }
    if parts.is_empty() {
        "No exclusion rule was planned; incomplete recordings are left out.".to_owned()
    } else {
        format!("By the rules {} a slice was excluded if {}.", when_fixed(scene), parts.join(", or if "))
    }
}

/// When the plan was fixed. A study file may be written, or changed, after its
/// slices were seen: nobody here can know.
pub(crate) fn when_fixed(scene: &Scene) -> &'static str {
    if scene.sources.findings.simulated { "fixed before the first slice" } else { "stated in the study file" }
}
