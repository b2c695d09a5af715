//! What stands beside the recordings of a virtual whole-cell rig: the manifest of
//! the plan, and the settings of the rig.

use crate::evidence::conditions;
use crate::evidence::manifest::manifest;
use crate::evidence::rows;
use crate::plan::patch::PROTOCOL;
use crate::plan::plan::Plan;
use evidence::{Remark, RemarkKind};
use pharmacology::chloride::{BICARBONATE_MM, CHLORIDE_OUT_MM, chloride_reversal_mv, gaba_reversal_mv};
use results::beside::whole_cell;
use results::plan::{InductionPlan, Timeline};
use results::{Manifest, WholeCellRig};

/// Chloride of the potassium gluconate solution (10 mM KCl), mM.
const GLUCONATE_CHLORIDE_MM: f64 = 10.0;

/// Driving force below which spontaneous IPSCs drown in the noise, mV.
const SMALL_DRIVING_MV: f64 = 15.0;

/// The manifest of the whole-cell recordings of a plan.
pub(crate) fn patch_manifest(plan: &Plan, seed: u64, commit: &str) -> Manifest {
    let patch = &plan.patch;
    let mut manifest = manifest(plan, seed, commit);
    manifest.inductions = vec![InductionPlan {
        name: PROTOCOL.to_owned(),
        description: "current steps and voltage clamp, no induction".to_owned(),
        pulses: 0,
        duration_s: 0.0,
    }];
    manifest.timeline = Timeline {
        baseline_min: patch.baseline.min(),
        wash_in_min: patch.drug.min(),
        follow_up_min: patch.wash_out.min(),
        test_interval_s: patch.every.s(),
        wash_out: true,
    };
    let before_min = manifest.timeline.baseline_min + manifest.timeline.wash_in_min;
    manifest.conditions = plan.conditions.iter().map(|one| conditions::stated(one, before_min)).collect();
    manifest.design.slices_per_animal = patch.cells_per_animal;
    manifest.evidence = rows::without_induction(plan);
    manifest.evidence.extend(synapse::patch::evidence_rows());
    manifest
}

/// The settings of the rig, and what a reader must know of them.
pub(crate) fn rig(plan: &Plan) -> WholeCellRig {
    let patch = &plan.patch;
    let chloride_mm = patch.chloride.um() / 1000.0;
    let gaba_reversal_mv = gaba_reversal_mv(chloride_mm);
    let driving_mv = patch.hold.mv() - gaba_reversal_mv;
    let mv = |value: f64| format!("{value:.1} mV").replace('-', "−");
    let mut warnings = vec![
        Remark::new(
            RemarkKind::Simulated,
            "In-silico cells: p-values depend on the number of virtual cells and animals that was chosen.",
        ),
        Remark::new(
            RemarkKind::DrivingForce,
            format!(
                "GABA-A currents reverse at {} with {} chloride in the pipette; {} drive them at {}.",
                mv(gaba_reversal_mv),
                patch.chloride,
                mv(driving_mv),
                mv(patch.hold.mv())
            ),
        ),
    ];
    if driving_mv.abs() < SMALL_DRIVING_MV {
        warnings.push(Remark::new(
            RemarkKind::DrivingForce,
            "Small driving force: spontaneous IPSCs are near the noise; a pipette with high chloride shows them.",
        ));
    }
    warnings.extend(plan.conditions.iter().flat_map(|condition| plan.warnings(condition)));
    let end_min = patch.baseline.min() + patch.drug.min() + patch.wash_out.min();
    WholeCellRig {
        format: whole_cell::FORMAT,
        drug_on_min: patch.baseline.min(),
        drug_off_min: patch.baseline.min() + patch.drug.min(),
        end_min,
        stretch_s: patch.stretch.s(),
        hold_mv: patch.hold.mv(),
        internal: internal(chloride_mm),
        chloride_mm,
        chloride_reversal_mv: chloride_reversal_mv(chloride_mm),
        gaba_reversal_mv,
        warnings: warnings.into_iter().map(String::from).collect(),
    }
}

/// The solution in words: the potassium gluconate solution of slice laboratories
/// at its own chloride, otherwise the same with gluconate and chloride exchanged.
fn internal(chloride_mm: f64) -> String {
    let gluconate_mm = 140.0 - chloride_mm;
    let salts = if gluconate_mm > 0.5 {
        format!("{gluconate_mm:.0} K-gluconate, {chloride_mm:.0} KCl")
    } else {
        format!("{chloride_mm:.0} KCl")
    };
    let note = if (chloride_mm - GLUCONATE_CHLORIDE_MM).abs() < 1e-9 {
        String::new()
    } else {
        " (chloride in place of gluconate)".to_owned()
    };
    format!(
        "mM: {salts}, 10 HEPES, 0.2 EGTA, 4 Mg-ATP, 0.3 Na-GTP, 10 phosphocreatine, pH 7.3{note}; outside {CHLORIDE_OUT_MM} chloride, bicarbonate {} outside and {} inside",
        BICARBONATE_MM[0], BICARBONATE_MM[1]
    )
}
