//! Every record simulated, measured and judged.

use crate::error::ValidationError;
use crate::outcomes::arm;
use crate::outcomes::measured;
use crate::outcomes::record::{Expectation, Quantity, Record, Role};
use crate::verdict::{Spread, Verdict, against_difference, against_mean, against_order, against_range};
use evidence::Evidence;
use experiment::{Seen, in_memory};
use serde::Serialize;

/// How to simulate the records.
#[derive(Clone, Debug)]
pub struct Options {
    /// Animals per arm, one slice each; at least 2.
    pub animals: u32,
    /// Seed.
    pub seed: u64,
    /// Parameters of the synapse changed for all records, by path.
    pub changes: Vec<(String, f64)>,
}

/// The simulated slices of one arm.
#[derive(Clone, Debug, Serialize)]
pub struct ArmOutcome {
    /// Name of the arm.
    pub name: String,
    /// One value per slice, one slice per animal.
    pub values: Vec<f64>,
    /// Mean and spread; none if a slice could not be measured.
    pub spread: Option<Spread>,
}

/// One published result and the verdict on it.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The published result in words.
    pub published: String,
    /// The simulated one in words.
    pub simulated: String,
    /// How they compare.
    pub verdict: Verdict,
}

/// A record with its simulation.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Identifier of the record.
    pub id: String,
    /// In words.
    pub title: String,
    /// Calibration or validation.
    pub role: Role,
    /// Author, year, place.
    pub source: String,
    /// How sure the publication is.
    pub evidence: Evidence,
    /// Preparation as published.
    pub preparation: String,
    /// Slices or animals as published; 0 if not visible.
    pub published_n: u32,
    /// What to bear in mind.
    pub note: String,
    /// What is compared.
    pub quantity: Quantity,
    /// Simulated arms.
    pub arms: Vec<ArmOutcome>,
    /// Verdict on each published result.
    pub checks: Vec<Check>,
}

/// Simulates `records` in their order; `done` hears of every finished record.
///
/// # Errors
/// An arm that is not an experiment, or a slice that the model could not finish.
pub fn scoreboard(
    records: &[Record],
    options: &Options,
    done: &mut dyn FnMut(&Row),
) -> Result<Vec<Row>, ValidationError> {
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let row = simulate(record, options)?;
        done(&row);
        rows.push(row);
    }
    Ok(rows)
}

/// One record.
fn simulate(record: &Record, options: &Options) -> Result<Row, ValidationError> {
    let mut arms = Vec::with_capacity(record.arms.len());
    for arm in &record.arms {
        let mut plan = arm::plan(record, arm, options.animals.max(2), options.seed)?;
        for (path, value) in &options.changes {
            plan.synapse.parameters.set(path, *value)?;
        }
        // Pairs are read from the induction, everything else from the windows of the outcome.
        let seen = Seen::Outcome;
        let each =
            |recording: &recording::SliceRecording| measured::quantity(recording, &plan.analysis, record.quantity);
        let values = in_memory(&plan, options.seed, seen, &each).map_err(|failure| ValidationError::Slice {
            what: format!("outcome \"{}\", arm \"{}\"", record.id, arm.name),
            failure: failure.to_string(),
        })?;
        arms.push(ArmOutcome { name: arm.name.clone(), spread: Spread::of(&values).ok(), values });
    }
    let checks = record.expectations.iter().map(|expectation| check(expectation, &arms, record)).collect();
    Ok(Row {
        id: record.id.clone(),
        title: record.title.clone(),
        role: record.role,
        source: record.source.clone(),
        evidence: record.evidence,
        preparation: record.preparation.clone(),
        published_n: record.n,
        note: record.note.clone(),
        quantity: record.quantity,
        arms,
        checks,
    })
}

/// Judges one published result.
fn check(expectation: &Expectation, arms: &[ArmOutcome], record: &Record) -> Check {
    let quantity = record.quantity;
    let find = |name: &String| arms.iter().find(|arm| arm.name == *name);
    if let Some(order) = &expectation.order {
        let found: Vec<&ArmOutcome> = order.iter().filter_map(find).collect();
        let groups: Vec<&[f64]> = found.iter().map(|arm| arm.values.as_slice()).collect();
        let means = found.iter().map(|arm| in_words(arm, quantity));
        return Check {
            published: format!("{} (direction)", order.join(" > ")),
            simulated: means.collect::<Vec<_>>().join(", "),
            verdict: against_order(&groups).unwrap_or(Verdict::Fail),
        };
    }
    if let Some(pair) = &expectation.difference {
        return check_difference(pair, expectation.size, arms, record);
    }
    if let Some(pairs) = &expectation.differences {
        return check_differences(pairs, arms, quantity);
    }
    let arm = expectation.arm.as_ref().and_then(find);
    let Some((arm, spread)) = arm.and_then(|arm| Some((arm, arm.spread.as_ref()?))) else {
        let simulated = "no value: a slice could not be measured".to_owned();
        return Check { published: published(expectation, quantity), simulated, verdict: Verdict::Fail };
    };
    let Expectation { mean, sem, tolerance, low, high, .. } = expectation;
    let verdict = match mean {
        Some(mean) => against_mean(spread, *mean, *sem, *tolerance),
        None => against_range(spread, *low, *high),
    };
    Check {
        published: format!("{}: {}", arm.name, published(expectation, quantity)),
        simulated: in_words(arm, quantity),
        verdict,
    }
}

/// Difference of two arms, one value per animal: arms have the same virtual
/// animals.
fn difference(pair: &[String; 2], arms: &[ArmOutcome]) -> Vec<f64> {
    let values = |name: &String| arms.iter().find(|arm| arm.name == *name).map_or(&[][..], |arm| arm.values.as_slice());
    values(&pair[0]).iter().zip(values(&pair[1])).map(|(one, other)| one - other).collect()
}

/// A difference in words.
fn difference_in_words(values: &[f64], quantity: Quantity) -> String {
    match Spread::of(values) {
        Ok(spread) => {
            let [low, high] = spread.interval.map(|end| number(end, quantity));
            format!("{} (95 % interval {low} to {high})", number(spread.mean, quantity))
        }
        Err(_) => "not measurable".to_owned(),
    }
}

/// Judges a difference, by its size if that is published.
fn check_difference(pair: &[String; 2], size: Option<f64>, arms: &[ArmOutcome], record: &Record) -> Check {
    let quantity = record.quantity;
    let values = difference(pair, arms);
    let means: Vec<String> = pair
        .iter()
        .filter_map(|name| arms.iter().find(|arm| arm.name == *name))
        .map(|arm| in_words(arm, quantity))
        .collect();
    Check {
        published: match size {
            Some(size) => format!("{} by {}", pair.join(" > "), number(size, quantity)),
            None => format!("{} (direction)", pair.join(" > ")),
        },
        simulated: format!("{}; difference {}", means.join(", "), difference_in_words(&values, quantity)),
        verdict: Spread::of(&values).map_or(Verdict::Fail, |spread| against_difference(&spread, size, record.n)),
    }
}

/// Judges which of two differences is larger.
fn check_differences(pairs: &[[String; 2]; 2], arms: &[ArmOutcome], quantity: Quantity) -> Check {
    let both = pairs.each_ref().map(|pair| difference(pair, arms));
    let words = pairs.each_ref().map(|pair| format!("({})", pair.join(" - ")));
    Check {
        published: format!("{} (direction)", words.join(" > ")),
        simulated: both.each_ref().map(|values| difference_in_words(values, quantity)).join(", "),
        verdict: against_order(&[&both[0], &both[1]]).unwrap_or(Verdict::Fail),
    }
}

/// A number in the unit of the quantity.
fn number(value: f64, quantity: Quantity) -> String {
    match quantity {
        Quantity::Potentiation => format!("{value:+.0} %"),
        Quantity::PairedPulseRatio => format!("{value:.2}"),
    }
}

/// The published result in words.
fn published(expectation: &Expectation, quantity: Quantity) -> String {
    let spread = |value: f64| number(value, quantity).trim_start_matches('+').to_owned();
    match expectation {
        Expectation { mean: Some(mean), sem: Some(sem), .. } => {
            format!("{} (SEM {})", number(*mean, quantity), spread(*sem))
        }
        Expectation { mean: Some(mean), tolerance: Some(tolerance), .. } => {
            format!("{} within {}", number(*mean, quantity), spread(*tolerance))
        }
        Expectation { low: Some(low), high: Some(high), .. } => {
            format!("{} to {}", number(*low, quantity), number(*high, quantity))
        }
        Expectation { low: Some(low), .. } => format!("above {}", number(*low, quantity)),
        Expectation { high: Some(high), .. } => format!("below {}", number(*high, quantity)),
        _ => String::new(),
    }
}

/// The simulated arm in words.
fn in_words(arm: &ArmOutcome, quantity: Quantity) -> String {
    match &arm.spread {
        Some(spread) => {
            let sd = number(spread.sd, quantity).trim_start_matches('+').to_owned();
            format!("{} (SD {sd}, n = {})", number(spread.mean, quantity), spread.n)
        }
        None => "not measurable".to_owned(),
    }
}
