//! What an experiment yields, in a few numbers: the mean of every condition and
//! its difference from the reference.

use crate::error::ValidationError;
use analysis::measure;
use experiment::{Plan, Seen, in_memory, slices};
use results::beside::sensitivity::MovedOutcome;

/// The means of all conditions, then the differences from the reference, per
/// induction, with the parameters of the synapse changed by `changes`.
pub(crate) fn evaluate(plan: &Plan, seed: u64, changes: &[(&str, f64)]) -> Result<Vec<f64>, ValidationError> {
    let mut moved = plan.clone();
    for (path, value) in changes {
        moved.synapse.parameters.set(path, *value)?;
    }
    let each = |recording: &recording::SliceRecording| measure(recording, &plan.analysis).slice.potentiation_percent;
    let values = in_memory(&moved, seed, Seen::Outcome, &each).map_err(|failure| ValidationError::Slice {
        what: format!("experiment \"{}\"", plan.name),
        failure: failure.to_string(),
    })?;
    let keys = slices(plan);
    let mean = |induction: &str, condition: &str| {
        let of_group =
            keys.iter().zip(&values).filter(|(key, _)| key.induction == induction && key.condition == condition);
        let (sum, n) = of_group.fold((0.0, 0.0), |(sum, n), (_, value)| (sum + value, n + 1.0));
        sum / n
    };
    let value = |(induction, condition, against): &(&str, &str, Option<&str>)| {
        let value = mean(induction, condition);
        against.map_or(value, |reference| value - mean(induction, reference))
    };
    Ok(names(plan).iter().map(value).collect())
}

/// Induction, condition and reference of every outcome.
fn names(plan: &Plan) -> Vec<(&str, &str, Option<&str>)> {
    let reference = plan.statistics.reference.as_str();
    let mut names = Vec::new();
    for induction in &plan.inductions {
        let conditions = || plan.conditions.iter().map(|condition| condition.name.as_str());
        names.extend(conditions().map(|condition| (induction.name.as_str(), condition, None)));
        let others = conditions().filter(|condition| *condition != reference);
        names.extend(others.map(|condition| (induction.name.as_str(), condition, Some(reference))));
    }
    names
}

/// The outcomes with their values `base`.
pub(crate) fn outcomes(plan: &Plan, base: &[f64]) -> Vec<MovedOutcome> {
    let named = names(plan).into_iter().zip(base);
    let outcome = |((induction, condition, against), base): ((&str, &str, Option<&str>), &f64)| MovedOutcome {
        induction: induction.to_owned(),
        condition: condition.to_owned(),
        against: against.map(str::to_owned),
        base: *base,
    };
    named.map(outcome).collect()
}
