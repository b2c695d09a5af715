//! The exposure of a patched cell, and the blockers that isolate its currents.

use crate::exposure::exposure::exposure_to;
use crate::plan::plan::{Condition, Plan};
use pharmacology::{Application, BathCompound, Exposure, ExposurePlan, Library};
use quantity::Concentration;
use synapse::Modulation;
use thiserror::Error;

/// A record that isolates currents is missing from the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the library has no {0}, which isolates the currents")]
pub struct MissingTool(&'static str);

/// The blockers that isolate the currents, as factors.
pub(crate) struct Tools {
    pub(crate) nbqx: Modulation,
    pub(crate) gabazine: Modulation,
    pub(crate) picrotoxin: Modulation,
}

impl Tools {
    /// The blockers at the concentrations that isolate currents.
    pub(crate) fn of(library: &Library) -> Result<Self, MissingTool> {
        let settled = |name: &'static str, um: f64| {
            let compound = library.find(name).map_err(|_| MissingTool(name))?.clone();
            let entry = BathCompound { compound, concentration: Concentration::from_um(um) };
            let flows = vec![[f64::NEG_INFINITY, f64::INFINITY]];
            let plan = ExposurePlan { bath: vec![Application { entry, flows }], ..ExposurePlan::default() };
            Ok(Exposure::of(plan).modulation(0.0))
        };
        Ok(Self {
            nbqx: settled("NBQX", 10.0)?,
            gabazine: settled("gabazine", 10.0)?,
            picrotoxin: settled("picrotoxin", 100.0)?,
        })
    }
}

/// `drug` with the blockers on top, for the currents that a patch shows.
pub(crate) fn with(drug: &Modulation, blockers: &[&Modulation]) -> Modulation {
    let mut both = *drug;
    for blocker in blockers {
        both.ampa_gain *= blocker.ampa_gain;
        both.gaba_a_fast_gain *= blocker.gaba_a_fast_gain;
        both.gaba_a_dendritic_gain *= blocker.gaba_a_dendritic_gain;
        both.gaba_a_slow_gain *= blocker.gaba_a_slow_gain;
        both.gaba_a_tonic_gain *= blocker.gaba_a_tonic_gain;
        both.gaba_a_direct_ns *= blocker.gaba_a_tonic_gain;
        both.gaba_a_gamma2_ns *= blocker.gaba_a_fast_gain;
    }
    both
}

/// The exposure of a cell: a compound flows for the drug phase, or by its own
/// regimen if it has one.
pub(crate) fn exposure(plan: &Plan, condition: &Condition) -> Exposure {
    let on_ms = plan.patch.baseline.ms();
    let off_ms = on_ms + plan.patch.drug.ms();
    let bath = condition.bath.iter().enumerate().map(|(place, entry)| {
        let regimen = condition.regimens.get(place).copied().flatten();
        let flows = regimen.map_or_else(|| vec![[on_ms, off_ms]], |regimen| regimen.flows());
        Application { entry: entry.clone(), flows }
    });
    exposure_to(plan, condition, bath.collect(), Vec::new(), off_ms + plan.patch.wash_out.ms())
}
