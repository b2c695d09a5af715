//! How far simulated outcomes lie from published ones, as numbers to minimise.

use crate::outcomes::record::{Expectation, Quantity, Record};
use crate::outcomes::scoreboard::Row;

/// Unit of a miss where the publication gives none: of a range that is left, and
/// of an order by how much one arm should exceed the other.
fn scale(quantity: Quantity) -> f64 {
    match quantity {
        Quantity::Potentiation => 5.0,
        Quantity::PairedPulseRatio => 0.1,
    }
}

/// How much larger than its neighbour an arm of an order should be, in units of
/// the scale.
const MARGIN: f64 = 2.0;

/// A miss that stands for an arm that could not be measured.
const UNMEASURABLE: f64 = 30.0;

/// The sum of squared residuals of the rows of `records`.
///
/// A mean counts (simulated − published) / tolerance, a range the distance to
/// its nearer end in units of 5 points, an order the part of 10 points by which
/// one arm should exceed the next.
pub fn misfit(records: &[Record], rows: &[Row]) -> f64 {
    let of_record = |(record, row): (&Record, &Row)| -> f64 {
        record.expectations.iter().map(|expectation| squared(expectation, row)).sum()
    };
    records.iter().zip(rows).map(of_record).sum()
}

fn squared(expectation: &Expectation, row: &Row) -> f64 {
    let mean_of = |name: &String| {
        let arm = row.arms.iter().find(|arm| arm.name == *name);
        arm.and_then(|arm| arm.spread).map(|spread| spread.mean)
    };
    let scale = scale(row.quantity);
    if let Some(order) = &expectation.order {
        let step = |pair: &[String]| match (mean_of(&pair[0]), mean_of(&pair[1])) {
            (Some(larger), Some(smaller)) => ((MARGIN - (larger - smaller) / scale) / MARGIN).max(0.0),
            _ => UNMEASURABLE,
        };
        return order.windows(2).map(|pair| step(pair).powi(2)).sum();
    }
    let Some(mean) = expectation.arm.as_ref().and_then(mean_of) else { return UNMEASURABLE.powi(2) };
    let residual = match expectation.mean {
        Some(published) => {
            let tolerance = expectation.tolerance.or(expectation.sem.map(|sem| 2.0 * sem)).unwrap_or(scale);
            (mean - published) / tolerance
        }
        None => {
            let below = expectation.low.map_or(0.0, |low| (low - mean).max(0.0));
            let above = expectation.high.map_or(0.0, |high| (mean - high).max(0.0));
            (below + above) / scale
        }
    };
    residual.powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::record::read;
    use crate::outcomes::scoreboard::ArmOutcome;
    use crate::verdict::Spread;

    fn row(record: &Record, means: &[f64]) -> Row {
        let arm = |(arm, mean): (&crate::outcomes::record::Arm, &f64)| ArmOutcome {
            name: arm.name.clone(),
            values: vec![*mean; 2],
            spread: Spread::of(&[*mean, *mean]).ok(),
        };
        Row {
            id: record.id.clone(),
            title: String::new(),
            role: record.role,
            source: String::new(),
            evidence: record.evidence,
            preparation: String::new(),
            published_n: 0,
            note: String::new(),
            quantity: record.quantity,
            arms: record.arms.iter().zip(means).map(arm).collect(),
            checks: Vec::new(),
        }
    }

    const TEXT: &str = r#"
[[outcome]]
id = "x"
title = "two arms"
role = "calibration"
source = "somebody 2001"
evidence = "measured"
[[outcome.arm]]
name = "a"
protocol = { induction = "tbs" }
[[outcome.arm]]
name = "b"
protocol = { induction = "tbs" }
[[outcome.expect]]
arm = "a"
mean = 60.0
sem = 5.0
[[outcome.expect]]
arm = "b"
low = 0.0
high = 10.0
[[outcome.expect]]
order = ["a", "b"]
"#;

    #[test]
    fn each_kind_of_result_counts_in_its_own_unit() {
        let records = read("t.toml", TEXT).unwrap();
        let misfit = |a: f64, b: f64| misfit(&records, &[row(&records[0], &[a, b])]);
        assert_eq!(misfit(60.0, 5.0), 0.0);
        // Twice the standard error off: 1. Five points outside: 1. Five of ten points short: 1/4.
        assert!((misfit(70.0, 5.0) - 1.0).abs() < 1e-12);
        assert!((misfit(60.0, 15.0) - 1.0).abs() < 1e-12);
        assert!((misfit(10.0, 5.0) - 25.25).abs() < 1e-12);
    }
}
