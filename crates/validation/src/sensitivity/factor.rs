//! The parameters that may move, and how far.

use crate::error::ValidationError;
use experiment::Plan;
use results::beside::sensitivity::MovedParameter;
use synapse::{Parameters, Prior, physiology};

/// The value of a parameter at `x`, 0 at the low end and 1 at the high end.
pub(crate) fn value_at(parameter: &MovedParameter, x: f64) -> f64 {
    parameter.low + x * (parameter.high - parameter.low)
}

/// z of the ends of the central 95 % of a prior.
const Z95: f64 = 1.959_963_984_540_054;

/// Share for a value that the experiment file itself gives or that has no prior, if somebody
/// asks to move it: a solution is weighed out to a few per cent, a measured number is no worse.
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

/// The factors of an experiment: those of `only`, or all parameters of the synapse that have
/// a prior and that the experiment does not state itself: a reversal potential that was
/// measured is no guess of the model. A range is the central 95 % of the prior, widened to
/// the value in use, inside that of the parameter table.
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
        true => specs.iter().any(|spec| spec.path == path && !spec.prior.is_fixed()),
        false => only.iter().any(|asked| asked == path),
    };
    let mut factors = Vec::new();
    for spec in specs.iter().filter(|spec| wanted(spec.path)) {
        let value = plan.synapse.parameters.get(spec.path).unwrap_or(spec.default);
        let stated = plan.states(spec.path);
        let half = STATED * value.abs();
        let (low, high) = match spec.prior {
            prior if stated || prior.is_fixed() => (value - half, value + half),
            prior => {
                // Thresholds are known in units of the calcium of a test pulse.
                let unit = match prior {
                    Prior::TimesTestPulse(..) => physiology::test_pulse_effective_um_ms(&plan.synapse.parameters),
                    _ => 1.0,
                };
                let [low, high] = [-Z95, Z95].map(|z| unit * prior.at(z, spec.default));
                (low.min(value), high.max(value))
            }
        };
        let (low, high) = (low.max(spec.low), high.min(spec.high));
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
        let reversal = |plan: &Plan, only: &[String]| {
            factors(plan, only).unwrap().into_iter().find(|moved| moved.path == "gaba_a.reversal")
        };
        // Nobody said where it lies: the prior leaves 4 mV to either side.
        let unsaid = reversal(&plan(""), &[]).unwrap();
        assert!((unsaid.low - (unsaid.value - 4.0)).abs() < 1e-9, "{unsaid:?}");
        // Measured by the experimenter it moves only if asked.
        let changes =
            "[synapse]\nchanges = [{ parameter = \"gaba_a.reversal\", value = -70, reason = \"measured\" }]\n";
        let stated = plan(&format!("species = \"rat\"\n{changes}"));
        assert_eq!(reversal(&stated, &[]), None);
        let asked = reversal(&stated, &["gaba_a.reversal".to_owned()]).unwrap();
        assert!((asked.low / asked.value - 1.1).abs() < 1e-9, "{asked:?}");
        assert_eq!(asked.evidence, "stated in the experiment");
    }

    /// A solution is chosen, not guessed: it moves only if asked, whether stated or not.
    #[test]
    fn what_the_experimenter_chooses_moves_only_if_asked() {
        let found = factors(&plan(""), &[]).unwrap();
        assert!(found.len() > 90 && found.iter().all(|moved| moved.path != "nmda.magnesium"), "{}", found.len());
        let asked = factors(&plan(""), &["nmda.magnesium".to_owned()]).unwrap();
        assert!((asked[0].low / asked[0].value - 0.9).abs() < 1e-9, "{asked:?}");
    }
}
