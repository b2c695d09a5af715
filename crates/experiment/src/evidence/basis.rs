//! The exposures that the evidence and the remarks of a plan rest on.

use crate::exposure::exposure::exposure;
use crate::plan::plan::Plan;
use crate::plan::schedule::Schedule;
use pharmacology::Exposure;

/// The exposures of all conditions under the first induction: mixture laws and
/// evidence do not depend on the protocol.
pub(crate) fn exposures(plan: &Plan) -> Vec<Exposure> {
    let Some(induction) = plan.inductions.first() else { return Vec::new() };
    let schedule = Schedule::new(&plan.course, induction);
    plan.conditions.iter().map(|condition| exposure(plan, &schedule, condition)).collect()
}
