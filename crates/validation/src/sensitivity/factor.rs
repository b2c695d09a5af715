//! The parameters that may move, and how far.

use crate::error::ValidationError;
use evidence::Evidence;
use experiment::Plan;
use results::beside::sensitivity::MovedParameter;
use synapse::Parameters;

/// Groups of parameters that are properties of the recording or of the
/// population of slices, not of the synapse.
const APART: [&str; 4] = ["field.", "preparation.", "variation.", "spines.number"];

/// The value of a parameter at `x`, 0 at the low end and 1 at the high end.
pub(crate) fn value_at(parameter: &MovedParameter, x: f64) -> f64 {
    parameter.low + x * (parameter.high - parameter.low)
}

/// What the share is taken of for a potential, whose zero is no natural origin:
/// a reversal potential from memory may be 6 mV off, not a third of itself.
const POTENTIAL_MV: f64 = 20.0;

/// Share of the value by which a parameter may be wrong to either side. The
/// shares are a choice: a measured number differs between laboratories by a
/// tenth, a number without data by half.
fn share(evidence: Evidence) -> f64 {
    match evidence {
        Evidence::Measured => 0.10,
        Evidence::Calibrated => 0.15,
        Evidence::Derived => 0.20,
        Evidence::FromMemory => 0.30,
        Evidence::ModelChoice => 0.50,
    }
}

/// Share for a value that the experiment file itself gives, if somebody asks to move
/// it: a solution is weighed out to a few per cent, a measured number is no worse.
const STATED: f64 = 0.10;

/// The condition, if any, whose state, age or bath sets a parameter, so that
/// moving it in the synapse would do nothing there.
pub(crate) fn set_by_animals<'p>(plan: &'p Plan, path: &str) -> Option<&'p str> {
    let sets = |condition: &&experiment::plan::Condition| {
        condition.animals.prepared.changes.iter().any(|change| change.parameter == path)
    };
    plan.conditions.iter().find(sets).map(|condition| condition.name.as_str())
}

/// Why such a parameter cannot be moved.
pub(crate) fn overridden(condition: &str) -> String {
    format!("set by the state, the age, the bath or the changes of the condition \"{condition}\"; it cannot be moved")
}

/// The factors of an experiment: those of `only`, or all parameters of the
/// synapse that are not zero and that the experiment does not state itself: a
/// magnesium that was weighed out is no guess of the model, whatever the table says of
/// its usual value. Ranges stay inside those of the parameter table.
///
/// # Errors
/// A name in `only` is no parameter.
pub fn factors(plan: &Plan, only: &[String]) -> Result<Vec<MovedParameter>, ValidationError> {
    let specs = Parameters::specs();
    if let Some(unknown) = only.iter().find(|path| specs.iter().all(|spec| spec.path != path.as_str())) {
        return Err(ValidationError::UnknownParameter(unknown.clone()));
    }
    if let Some((path, condition)) = only.iter().find_map(|path| Some((path, set_by_animals(plan, path)?))) {
        return Err(ValidationError::Bounds { parameter: path.clone(), what: overridden(condition) });
    }
    let wanted = |path: &str| match only.is_empty() {
        true if set_by_animals(plan, path).is_some() || plan.states(path) => false,
        true => !APART.iter().any(|group| path.starts_with(group)),
        false => only.iter().any(|asked| asked == path),
    };
    let mut factors = Vec::new();
    for spec in specs.iter().filter(|spec| wanted(spec.path)) {
        let value = plan.synapse.parameters.get(spec.path).unwrap_or(spec.default);
        let stated = plan.states(spec.path);
        let share = if stated { STATED } else { share(spec.evidence) };
        let half = share * if spec.unit == "mV" { POTENTIAL_MV } else { value.abs() };
        let (low, high) = ((value - half).max(spec.low), (value + half).min(spec.high));
        if high > low {
            factors.push(MovedParameter {
                path: spec.path.to_owned(),
                unit: spec.unit.to_owned(),
                meaning: spec.meaning.to_owned(),
                evidence: if stated { "stated in the experiment" } else { spec.evidence.in_words() }.to_owned(),
                value,
                low,
                high,
            });
        }
    }
    Ok(factors)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    /// An experiment whose `[preparation]` holds `bath`.
    fn plan(bath: &str) -> Plan {
        let text = format!(
            "format = 1\nname = \"small\"\nseed = 3\n[preparation]\n{bath}\n[protocol]\nbaseline = \"2 min\"\n\
             wash_in = \"0 s\"\nfollow_up = \"6 min\"\ninduction = \"hfs-1x100\"\n[[condition]]\nname = \"control\"\n\
             [design]\nanimals = 2\n[analysis]\nwindow = [\"3 min\", \"6 min\"]\n"
        );
        experiment::read(&text, "small.toml").unwrap()
    }

    #[test]
    fn what_the_experiment_states_is_no_choice_of_the_model() {
        let magnesium = |plan: &Plan, only: &[String]| {
            factors(plan, only).unwrap().into_iter().find(|moved| moved.path == "nmda.magnesium")
        };
        // Nobody said how much there was: the usual value may be off by half.
        let unsaid = magnesium(&plan(""), &[]).unwrap();
        assert!((unsaid.low / unsaid.value - 0.5).abs() < 1e-9, "{unsaid:?}");
        // 1.3 mM is the usual value; weighed out it is certain, and moves only if asked.
        let stated = plan("magnesium = \"1.3 mM\"");
        assert_eq!(magnesium(&stated, &[]), None);
        let asked = magnesium(&stated, &["nmda.magnesium".to_owned()]).unwrap();
        assert!((asked.low / asked.value - 0.9).abs() < 1e-9, "{asked:?}");
        assert_eq!(asked.evidence, "stated in the experiment");
    }
}
