//! Published plasticity rules against their reference values: `data/rules.toml`,
//! one record for each set or figure, run by the rule itself.

use crate::error::ValidationError;
use crate::verdict::Verdict;
use evidence::Evidence;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use synapse::late_phase;
use synapse::rules::{self, Anchor, Outcome, Prepared, Protocol};

/// The records that are built in.
const TEXT: (&str, &str) = ("rules.toml", include_str!("../../data/rules.toml"));

/// One point of a published curve.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// `pairs`, `bursts`, `pulses`, or a named protocol of the late phase.
    pub protocol: String,
    /// Repetitions.
    pub n: u32,
    /// Their rate.
    pub frequency_hz: f64,
    /// Postsynaptic minus presynaptic spike, of a burst its last spike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dt_ms: Option<f64>,
    /// Postsynaptic spikes of a burst.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<u32>,
    /// Interval between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_interval_ms: Option<f64>,
    /// Value of the source.
    pub published: f64,
}

/// A published curve of a rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Identifier, unique.
    pub id: String,
    /// In words.
    pub title: String,
    /// Name of the rule.
    pub rule: String,
    /// Name of its parameter set.
    pub set: String,
    /// Author, year, place.
    pub source: String,
    /// How sure the values are.
    pub evidence: Evidence,
    /// What to bear in mind.
    #[serde(default)]
    pub note: String,
    /// What is compared: `ratio`, or a detail of the rule.
    #[serde(default = "ratio")]
    pub quantity: String,
    /// Accepted distance, relative to the value; absolute for values below 1e-3.
    pub tolerance: f64,
    /// The curve.
    #[serde(rename = "point")]
    pub points: Vec<Point>,
}

fn ratio() -> String {
    "ratio".to_owned()
}

/// A curve beside that of the rule.
#[derive(Clone, Debug, Serialize)]
pub struct ReferenceRow {
    /// The published curve.
    #[serde(flatten)]
    pub reference: Reference,
    /// Values of the rule, in the order of the points.
    pub found: Vec<f64>,
    /// Largest distance, as the tolerance counts it.
    pub largest_distance: f64,
    /// How they compare.
    pub verdict: Verdict,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reference: Vec<Reference>,
}

/// The built-in references.
///
/// # Errors
/// None in a released program: the tests read the file.
pub fn references() -> Result<Vec<Reference>, ValidationError> {
    let fault = |what: String| ValidationError::Record { file: TEXT.0.to_owned(), what };
    let file: File = toml::from_str(TEXT.1).map_err(|error| fault(error.to_string().trim_end().to_owned()))?;
    Ok(file.reference)
}

/// Runs references and judges them: within the tolerance, within twice that.
///
/// # Errors
/// A reference that its rule cannot run.
pub fn compare(references: &[Reference]) -> Result<Vec<ReferenceRow>, ValidationError> {
    references.par_iter().map(one).collect()
}

/// One reference.
fn one(reference: &Reference) -> Result<ReferenceRow, ValidationError> {
    let fault =
        |what: String| ValidationError::Record { file: TEXT.0.to_owned(), what: format!("{}: {what}", reference.id) };
    let rule = rules::find(&reference.rule).map_err(|error| fault(error.to_string()))?;
    let (_, values) = rule.set(Some(&reference.set)).map_err(|error| fault(error.to_string()))?;
    let run = rule.prepare(&values, None).map_err(|error| fault(error.to_string()))?;
    let found: Result<Vec<f64>, String> =
        reference.points.par_iter().map(|point| value(&run, point, &reference.quantity)).collect();
    let found = found.map_err(fault)?;
    let distance = |(point, found): (&Point, &f64)| {
        let size = if point.published.abs() < 1e-3 { 1.0 } else { point.published.abs() };
        (found - point.published).abs() / size
    };
    let largest_distance = reference.points.iter().zip(&found).map(distance).fold(0.0, f64::max);
    let verdict = match largest_distance / reference.tolerance {
        share if share <= 1.0 => Verdict::Pass,
        share if share <= 2.0 => Verdict::Near,
        _ => Verdict::Fail,
    };
    Ok(ReferenceRow { reference: reference.clone(), found, largest_distance, verdict })
}

/// What the rule yields at a point.
fn value(run: &Prepared, point: &Point, quantity: &str) -> Result<f64, String> {
    let (n, frequency_hz) = (point.n, point.frequency_hz);
    let dt_ms = point.dt_ms.unwrap_or_default();
    let protocol = match point.protocol.as_str() {
        "pairs" => Protocol::Pairs { n, frequency_hz, dt_ms },
        "pulses" => Protocol::Pulses { n, frequency_hz },
        "bursts" => Protocol::Bursts {
            n,
            frequency_hz,
            dt_ms,
            post: point.post.unwrap_or(1),
            post_interval_ms: point.post_interval_ms.unwrap_or(10.0),
            anchor: Anchor::Last,
        },
        named => return late(named),
    };
    let outcome: Outcome = run(&protocol).map_err(|error| error.to_string())?;
    match quantity {
        "ratio" => Ok(outcome.ratio),
        detail => outcome.detail(detail).ok_or_else(|| format!("the rule has no {detail}")),
    }
}

/// Strength at the end of a named protocol of the late phase.
fn late(name: &str) -> Result<f64, String> {
    let protocol = late_phase::protocol(name).map_err(|error| error.to_string())?;
    let course = late_phase::simulate(&late_phase::SET, &protocol.spikes_s(), false);
    course.last().map(|last| last.weight).ok_or_else(|| format!("{name} leaves nothing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_with_a_publication_has_a_row_and_no_identifier_stands_twice() {
        let all = references().unwrap();
        for rule in rules::RULES.iter().filter(|rule| !rule.sets.is_empty() && rule.name != "gb_calcium") {
            assert!(all.iter().any(|row| row.rule == rule.name), "{}", rule.name);
        }
        for set in rules::find("graupner_brunel_2012").unwrap().sets {
            assert!(all.iter().any(|row| row.set == set.name), "{}", set.name);
        }
        for (place, row) in all.iter().enumerate() {
            assert!(all[..place].iter().all(|other| other.id != row.id), "{}", row.id);
            assert!(row.points.len() > 1 && row.tolerance > 0.0 && row.source.len() > 20, "{}", row.id);
        }
    }

    #[test]
    fn a_wrong_value_is_red_and_the_closed_form_agrees() {
        let all = references().unwrap();
        let mut own: Vec<Reference> = all.into_iter().filter(|row| row.rule == "graupner_brunel_2012").collect();
        for row in compare(&own).unwrap() {
            assert_eq!(row.verdict, Verdict::Pass, "{} {}", row.reference.id, row.largest_distance);
        }
        own.truncate(1);
        own[0].points[0].published *= 1.0 + 1.5 * own[0].tolerance;
        assert_eq!(compare(&own).unwrap()[0].verdict, Verdict::Near);
        own[0].points[0].published *= 1.1;
        assert_eq!(compare(&own).unwrap()[0].verdict, Verdict::Fail);
    }
}
