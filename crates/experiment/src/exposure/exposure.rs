//! The exposure of the tissue of a condition, from the bath of a slice on.

use crate::plan::plan::{Condition, Plan};
use crate::plan::schedule::Schedule;
use pharmacology::{Application, Exposure, ExposurePlan, Stimulus};
use synapse::PulseKind;
use synapse::preparation::in_bath;

/// On and off times of a bath compound, ms.
pub(crate) fn flows(plan: &Plan, schedule: &Schedule, condition: &Condition, place: usize) -> Vec<[f64; 2]> {
    match condition.regimens.get(place).copied().flatten() {
        Some(regimen) => regimen.flows(),
        None => {
            let off_ms = if plan.course.wash_out { schedule.induction_end_ms } else { f64::INFINITY };
            vec![[schedule.wash_in_ms, off_ms]]
        }
    }
}

/// The exposure of a condition under a schedule.
pub(crate) fn exposure(plan: &Plan, schedule: &Schedule, condition: &Condition) -> Exposure {
    let bath = condition
        .bath
        .iter()
        .enumerate()
        .map(|(place, entry)| Application { entry: entry.clone(), flows: flows(plan, schedule, condition, place) });
    let stimuli = schedule
        .pulses
        .iter()
        .filter(|pulse| pulse.kind != PulseKind::PostSpike)
        .map(|pulse| Stimulus { t_ms: pulse.t_ms, induction: pulse.kind == PulseKind::Induction });
    exposure_to(plan, condition, bath.collect(), stimuli.collect(), schedule.end_ms)
}

/// The exposure of the tissue of a condition to `bath`, up to `end_ms`.
pub(crate) fn exposure_to(
    plan: &Plan,
    condition: &Condition,
    bath: Vec<Application>,
    stimuli: Vec<Stimulus>,
    end_ms: f64,
) -> Exposure {
    let parameters = in_bath(&condition.animals.parameters(&plan.synapse.parameters));
    Exposure::of(ExposurePlan {
        bath,
        endogenous: condition.animals.prepared.endogenous.clone(),
        scenario: condition.scenario.clone(),
        chamber: plan.chamber,
        region: plan.region,
        receptors: condition.animals.receptors(&parameters),
        stimuli,
        end_ms,
        parameters,
    })
}
