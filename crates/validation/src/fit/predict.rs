//! What the fitted model says about conditions that moved no parameter.
//!
//! The variance of a predicted mean is that over drawn parameter sets, plus
//! s²/m for m virtual animals; of the mean of a recorded group, s²/n more.
//! Intervals are ±1.96 standard deviations.

use super::Bounded;
use super::numbers::{SD_OF_95, group, mean_and_sd, means_by_animal, moved, of_slices};
use crate::error::ValidationError;
use crate::fit::question::Question;
use analysis::measure;
use evidence::Evidence;
use experiment::Plan;
use pharmacology::Library;
use recording::SliceRecording;
use results::beside::fit::{PredictedNumber, Prediction};
use std::collections::BTreeMap;

/// Potentiation of every animal by its name, for each condition of a plan.
type Potentiation = Vec<BTreeMap<String, f64>>;

/// Mean and standard deviation over animals.
fn summary(animals: &BTreeMap<String, f64>) -> (f64, f64) {
    mean_and_sd(&animals.values().copied().collect::<Vec<f64>>())
}

fn simulate(plan: &Plan, free: &[Bounded], x: &[f64], seed: u64) -> Result<Potentiation, ValidationError> {
    let plan = moved(plan, free, x)?;
    let each = |recording: &SliceRecording| vec![measure(recording, &plan.analysis).slice.potentiation_percent];
    let values: Vec<f64> = of_slices(&plan, seed, &each)?.into_iter().flatten().collect();
    Ok(plan.conditions.iter().map(|condition| means_by_animal(&plan, &values, &condition.name)).collect())
}

/// Simulates all conditions with the best and with the drawn sets; also gives the
/// number of drawn sets with which the model could finish.
pub(super) fn predict(
    question: &Question,
    plan: &Plan,
    free: &[Bounded],
    best: &[f64],
    drawn: &[Vec<f64>],
    seed: u64,
    done: &mut dyn FnMut(),
) -> Result<(Vec<Prediction>, usize), ValidationError> {
    if plan.conditions.len() < 2 {
        return Ok((Vec::new(), 0));
    }
    let mut sets = Sets { fitted: simulate(plan, free, best, seed)?, others: Vec::with_capacity(drawn.len()) };
    for x in drawn {
        sets.others.extend(simulate(plan, free, x, seed).ok());
        done();
    }
    let evidence = experiment::manifest(plan, seed, "").evidence;
    let reference = group(question, &question.reference);
    let one = |(place, condition): (usize, &experiment::plan::Condition)| {
        let recorded = group(question, &condition.name).filter(|group| group.n_animals > 0);
        let n = recorded.or(reference).map_or(1, |group| group.n_animals.max(1));
        let sizes = [n, reference.map_or(n, |group| group.n_animals.max(1))].map(|n| n as f64);
        let mut potentiation = sets.potentiation(place, sizes[0]);
        let mut difference = sets.difference(place, plan.design.within_animal, sizes);
        if let Some(group) = recorded.filter(|group| group.mean.is_finite()) {
            compare(&mut potentiation, group.mean, [group.ci.low, group.ci.high]);
        }
        let contrasts = question.recorded.animal_mean_contrasts.iter();
        if let Some(contrast) =
            contrasts.filter(|c| c.estimate.is_finite()).find(|contrast| contrast.condition == condition.name)
        {
            compare(&mut difference, contrast.estimate, [contrast.ci.low, contrast.ci.high]);
        }
        Prediction {
            condition: condition.name.clone(),
            compounds: condition.bath.iter().map(|b| format!("{} {}", b.compound.name, b.concentration)).collect(),
            n_animals: n,
            potentiation,
            difference,
            rests_on: rests_on(question.library, condition, &evidence),
        }
    };
    Ok((plan.conditions.iter().enumerate().skip(1).map(one).collect(), sets.others.len()))
}

/// What the best and the drawn sets of parameters say of all conditions.
struct Sets {
    fitted: Potentiation,
    others: Vec<Potentiation>,
}

impl Sets {
    /// A number of the best set, and the mean square by which drawn sets differ from it.
    fn spread(&self, of: &dyn Fn(&Potentiation) -> f64) -> (f64, f64) {
        let value = of(&self.fitted);
        let squares = self.others.iter().map(|other| (of(other) - value).powi(2)).filter(|square| square.is_finite());
        let squares: Vec<f64> = squares.collect();
        (value, squares.iter().sum::<f64>() / squares.len().max(1) as f64)
    }

    /// Mean potentiation of a condition, of which `n` animals are or may be recorded, %.
    fn potentiation(&self, place: usize, n: f64) -> PredictedNumber {
        let variance = summary(&self.fitted[place]).1.powi(2);
        let (value, between) = self.spread(&|found| summary(&found[place]).0);
        number(value, between + variance / self.fitted[place].len() as f64, variance / n)
    }

    /// Difference of a condition to the first one, percentage points; `sizes` are the
    /// recorded animals of the two.
    fn difference(&self, place: usize, within_animal: bool, sizes: [f64; 2]) -> PredictedNumber {
        let fitted = &self.fitted;
        let virtual_n = [fitted[place].len() as f64, fitted[0].len() as f64];
        let (value, between) = self.spread(&|found| summary(&found[place]).0 - summary(&found[0]).0);
        let [simulated, sampled] = if within_animal {
            let pair = |(animal, own): (&String, &f64)| Some(own - fitted[0].get(animal)?);
            let pairs: Vec<f64> = fitted[place].iter().filter_map(pair).collect();
            let square = mean_and_sd(&pairs).1.powi(2);
            [square / virtual_n[0], square / sizes[0]]
        } else {
            let (own, control) = (summary(&fitted[place]).1, summary(&fitted[0]).1);
            let of = |n: [f64; 2]| own.powi(2) / n[0] + control.powi(2) / n[1];
            [of(virtual_n), of(sizes)]
        };
        number(value, between + simulated, sampled)
    }
}

/// A number with its intervals from the variance of the model and that of sampling.
fn number(value: f64, model: f64, sampling: f64) -> PredictedNumber {
    let ends = |variance: f64| [value - SD_OF_95 * variance.sqrt(), value + SD_OF_95 * variance.sqrt()];
    PredictedNumber {
        value,
        model: ends(model),
        group: ends(model + sampling),
        recorded: None,
        recorded_interval: None,
        agrees: None,
    }
}

/// Puts what was recorded beside a prediction.
fn compare(predicted: &mut PredictedNumber, recorded: f64, interval: [f64; 2]) {
    predicted.recorded = Some(recorded);
    predicted.recorded_interval = interval.iter().all(|end| end.is_finite()).then_some(interval);
    predicted.agrees = Some((predicted.group[0]..=predicted.group[1]).contains(&recorded));
}

/// The numbers behind the compounds of a condition, and what they are worth.
fn rests_on(
    library: &Library,
    condition: &experiment::plan::Condition,
    evidence: &[evidence::EvidenceRow],
) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in &condition.bath {
        let of_compound = |row: &&evidence::EvidenceRow| {
            let rest = row.subject.strip_prefix(&entry.compound.label);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        for row in evidence.iter().filter(of_compound) {
            let weak = matches!(row.tag, Evidence::FromMemory | Evidence::ModelChoice);
            let doubt = if weak { ": weak evidence" } else { "" };
            lines.push(format!("{}: {} ({}; {}{doubt})", row.subject, row.value, row.tag.in_words(), row.source));
        }
        let known = library.find(&entry.compound.name).is_ok_and(|compound| compound.published_ltp_data == Some(false));
        if known {
            lines.push(format!("{}: no published effect on LTP to compare with", entry.compound.name));
        }
    }
    lines.extend(condition.remarks.iter().map(|remark| remark.text.clone()));
    lines
}
