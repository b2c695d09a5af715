//! The numbers of a group that a fit looks at: recorded, and simulated alike.

use super::Bounded;
use crate::error::ValidationError;
use crate::fit::question::{PairedPulse, Question};
use crate::outcomes::measured;
use crate::outcomes::record::Quantity;
use analysis::findings::{Group, TimeCourse};
use analysis::measure;
use experiment::{Plan, Seen, in_memory, slices};
use recording::SliceRecording;
use std::collections::BTreeMap;

/// Standard deviations to either side of a 95 % interval.
pub(super) const SD_OF_95: f64 = 1.96;

/// Ends of the stretches of the time course, min after induction. The first
/// minute is left out: it depends on when the first test pulse comes.
const STRETCHES: [f64; 11] = [1.0, 5.0, 15.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 240.0, 480.0];

/// Smallest error of a number in %, percentage points: what reading a table with
/// a digit after the point leaves.
const SMALLEST: f64 = 0.5;

/// What a target is, for the simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Mean potentiation over animals.
    Mean,
    /// Standard deviation of the animal means.
    Spread,
    /// Mean over a stretch of the time course.
    Stretch([f64; 2]),
    /// Paired-pulse ratio.
    Pairs,
}

/// A recorded number that the model is to meet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    pub(super) kind: Kind,
    pub(super) what: String,
    pub(super) unit: &'static str,
    pub(super) recorded: f64,
    pub(super) error: f64,
    pub(super) weight: f64,
}

/// Mean and standard deviation (n − 1).
pub(super) fn mean_and_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0)).sqrt())
}

/// The group of a condition.
pub(super) fn group<'a>(question: &'a Question, condition: &str) -> Option<&'a Group> {
    question.recorded.groups.iter().find(|group| group.condition == condition)
}

/// The targets of the reference group.
///
/// # Errors
/// The group has fewer than two animals.
pub(super) fn targets(question: &Question, plan: &Plan) -> Result<Vec<Target>, ValidationError> {
    let short = || question.fault(format!("\"{}\" has fewer than two included animals", question.reference));
    let group = group(question, &question.reference).filter(|g| g.n_animals >= 2 && g.sd.is_finite());
    let group = group.ok_or_else(short)?;
    let (n, m) = (group.n_animals as f64, f64::from(plan.design.animals));
    // Error of a difference between n recorded and m simulated animals alike.
    let error = |sd: f64| (sd * (1.0 / n + 1.0 / m).sqrt()).max(SMALLEST);
    let [from, to] = question.recorded.outcome.window_min;
    let mut targets = vec![Target {
        kind: Kind::Mean,
        what: format!("potentiation, {from}–{to} min"),
        unit: "%",
        recorded: group.mean,
        error: error(group.sd),
        weight: 1.0,
    }];
    if group.n_animals >= 3 {
        // SE of a standard deviation: σ / √(2 (n − 1)).
        let share = (0.5 / (n - 1.0) + 0.5 / (m - 1.0).max(1.0)).sqrt();
        targets.push(Target {
            kind: Kind::Spread,
            what: "SD of potentiation over animals".to_owned(),
            unit: "points",
            recorded: group.sd,
            error: (group.sd * share).max(SMALLEST),
            weight: 1.0,
        });
    }
    let course = question.recorded.time_courses.iter().find(|course| course.condition == question.reference);
    let mut stretches: Vec<Target> = course.map_or_else(Vec::new, |course| recorded_stretches(course, &error));
    // Neighbouring stretches say nearly the same: together they count as one number.
    let weight = 1.0 / stretches.len().max(1) as f64;
    stretches.iter_mut().for_each(|target| target.weight = weight);
    targets.extend(stretches);
    targets.extend(question.paired_pulse.map(|pair| pair_target(&pair, n, m)));
    Ok(targets)
}

fn pair_target(pair: &PairedPulse, n: f64, m: f64) -> Target {
    Target {
        kind: Kind::Pairs,
        what: format!("paired-pulse ratio at {} ms", pair.interval_ms),
        unit: "1",
        recorded: pair.ratio,
        error: (pair.sem * (1.0 + n / m).sqrt()).max(0.01),
        weight: 1.0,
    }
}

/// Stretches that the recorded course covers for two animals at least.
fn recorded_stretches(course: &TimeCourse, error: &dyn Fn(f64) -> f64) -> Vec<Target> {
    let end = course.time_min.last().copied().unwrap_or(0.0);
    let one = |pair: &[f64]| {
        let [from, to] = [pair[0], pair[1].min(end + 0.5)];
        // The last stretch may be cut short, to half its length.
        if to - from < 0.5 * (pair[1] - pair[0]) {
            return None;
        }
        let mut of_animal: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for slice in &course.slices {
            let inside = course.time_min.iter().zip(&slice.percent).filter(|(t, _)| (from..to).contains(*t));
            let values: Vec<f64> = inside.filter_map(|(_, value)| *value).collect();
            if !values.is_empty() {
                let mean = values.iter().sum::<f64>() / values.len() as f64;
                of_animal.entry(&slice.animal).or_default().push(mean);
            }
        }
        let means: Vec<f64> = of_animal.values().map(|v| v.iter().sum::<f64>() / v.len() as f64).collect();
        let (mean, sd) = mean_and_sd(&means);
        (means.len() >= 2 && sd.is_finite()).then(|| Target {
            kind: Kind::Stretch([from, to]),
            what: format!("time course, {from}–{to:.0} min"),
            unit: "% of baseline",
            recorded: mean,
            error: error(sd),
            weight: 1.0,
        })
    };
    STRETCHES.windows(2).filter_map(one).collect()
}

/// The control group of the model.
pub(super) struct Model<'a> {
    pub(super) plan: &'a Plan,
    pub(super) pairs: Option<&'a Plan>,
    pub(super) targets: &'a [Target],
    pub(super) free: &'a [Bounded],
    pub(super) seed: u64,
}

/// A plan with the free parameters at `x`.
pub(super) fn moved(plan: &Plan, free: &[Bounded], x: &[f64]) -> Result<Plan, ValidationError> {
    let mut moved = plan.clone();
    for (free, x) in free.iter().zip(x) {
        moved.synapse.parameters.set(&free.path, free.value_at(*x))?;
    }
    Ok(moved)
}

/// A number of every slice, averaged within animals of each condition; values
/// that could not be measured are left out.
pub(super) fn animal_means(plan: &Plan, values: &[f64], condition: &str) -> Vec<f64> {
    means_by_animal(plan, values, condition).into_values().collect()
}

/// The same by the name of the animal.
pub(super) fn means_by_animal(plan: &Plan, values: &[f64], condition: &str) -> BTreeMap<String, f64> {
    let mut of_animal: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (key, value) in slices(plan).into_iter().zip(values) {
        if key.condition == condition && value.is_finite() {
            of_animal.entry(key.animal).or_default().push(*value);
        }
    }
    of_animal.into_iter().map(|(animal, v)| (animal, v.iter().sum::<f64>() / v.len() as f64)).collect()
}

/// Simulates every slice of a plan and takes some numbers of each.
pub(super) fn of_slices(
    plan: &Plan,
    seed: u64,
    each: &(dyn Fn(&SliceRecording) -> Vec<f64> + Sync),
) -> Result<Vec<Vec<f64>>, ValidationError> {
    in_memory(plan, seed, Seen::Whole, each).map_err(|failure| ValidationError::Slice {
        what: format!("experiment \"{}\"", plan.name),
        failure: failure.to_string(),
    })
}

impl Model<'_> {
    /// The simulated counterparts of the targets; NaN where nothing can be measured.
    pub(super) fn simulate(&self, x: &[f64]) -> Result<Vec<f64>, ValidationError> {
        let plan = moved(self.plan, self.free, x)?;
        let each = |recording: &SliceRecording| slice_numbers(recording, &plan, self.targets);
        let found = of_slices(&plan, self.seed, &each)?;
        let pairs = self.pairs.map(|pairs| self.ratio(pairs, x)).transpose()?;
        let condition = plan.conditions.first().map(|c| c.name.clone()).unwrap_or_default();
        let column = |place: usize| {
            let values: Vec<f64> = found.iter().map(|numbers| numbers[place]).collect();
            mean_and_sd(&animal_means(&plan, &values, &condition))
        };
        let one = |(place, target): (usize, &Target)| match target.kind {
            Kind::Mean | Kind::Stretch(_) => column(place).0,
            Kind::Spread => column(place).1,
            Kind::Pairs => pairs.unwrap_or(f64::NAN),
        };
        Ok(self.targets.iter().enumerate().map(one).collect())
    }

    /// Mean paired-pulse ratio of the control group.
    fn ratio(&self, pairs: &Plan, x: &[f64]) -> Result<f64, ValidationError> {
        let plan = moved(pairs, self.free, x)?;
        let each = |recording: &SliceRecording| {
            vec![measured::quantity(recording, &plan.analysis, Quantity::PairedPulseRatio)]
        };
        let found: Vec<f64> = of_slices(&plan, self.seed, &each)?.into_iter().flatten().collect();
        let finite: Vec<f64> = found.into_iter().filter(|ratio| ratio.is_finite()).collect();
        Ok(mean_and_sd(&finite).0)
    }
}

/// One number of a slice for each target.
fn slice_numbers(recording: &SliceRecording, plan: &Plan, targets: &[Target]) -> Vec<f64> {
    let measured = measure(recording, &plan.analysis);
    let stretch = |[from, to]: [f64; 2]| {
        let inside = measured.rows.iter().filter(|row| row.kept && (from..to).contains(&row.time_min));
        let values: Vec<f64> = inside.filter_map(|row| row.slope_percent).collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    let one = |target: &Target| match target.kind {
        Kind::Mean | Kind::Spread => measured.slice.potentiation_percent,
        Kind::Stretch(ends) => stretch(ends),
        Kind::Pairs => f64::NAN,
    };
    targets.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use analysis::findings::SliceCourse;

    #[test]
    fn stretches_average_slices_within_animals_and_need_two_animals() {
        let time_min: Vec<f64> = (0..40).map(|k| f64::from(k) + 0.5).collect();
        let slice = |animal: &str, percent: f64, until: f64| SliceCourse {
            animal: animal.to_owned(),
            slice: 1,
            percent: time_min.iter().map(|t| (*t < until).then_some(percent)).collect(),
        };
        let course = TimeCourse {
            induction: "hfs".into(),
            condition: "control".into(),
            mean: vec![0.0; 40],
            sem: vec![0.0; 40],
            n_animals: vec![2; 40],
            spread: None,
            slices: vec![slice("m1", 120.0, 40.0), slice("m1", 140.0, 40.0), slice("m2", 150.0, 10.0)],
            time_min,
        };
        let found = recorded_stretches(&course, &|sd| sd);
        // After 10 min only one animal is left: 1–5 and 5–15 min remain.
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].recorded, 140.0);
        assert!((found[0].error - 200.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(found[1].kind, Kind::Stretch([5.0, 15.0]));
    }
}
