//! Published outcomes beside what the posterior predicts of them.
//!
//! | published | pass | near | fail |
//! |---|---|---|---|
//! | a mean | probability at least 0.05 | at least 0.005 | below |
//! | a range | probability of lying in it at least 0.5 | at least 0.05 | below |
//! | a direction, an order | it holds in at least 95 % of the draws | – | otherwise |
//! | a difference with its size | it holds in 95 % of the draws, half to twice its size lies inside the central 95 % | it holds in 95 %, median at least a quarter of its size | otherwise |
//!
//! Means and ranges carry the standard error of the publication and the standard deviation
//! between laboratories.

use crate::draws::Posterior;
use crate::draws::account::{PredictiveCheck, spread};
use crate::error::PosteriorError;
use crate::observation::outputs::changes;
use crate::observation::record::shipped;
use rayon::prelude::*;
use statistics::dist::normal;
use validation::{Options, Quantity, Record, Verdict, scoreboard};

/// A record with what the draws give.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictedRow {
    /// Identifier.
    pub id: String,
    /// In words.
    pub title: String,
    /// Each published result with its verdict.
    pub checks: Vec<(PredictiveCheck, Verdict)>,
}

/// A direction that so many of the draws show is sure.
const SURE: f64 = 0.95;

/// Error of a paired-pulse ratio without a published one.
const RATIO_SD: f64 = 0.075;

/// Means of the arms of one record over the draws: `means[draw][arm]`.
type Means = Vec<Vec<f64>>;

impl Posterior {
    /// Simulates `records` with so many of the draws and `animals` animals of an arm; `done`
    /// hears of every draw of every record.
    ///
    /// # Errors
    /// The table of observations cannot be read.
    pub fn board(
        &self,
        records: &[Record],
        draws: usize,
        animals: u32,
        seed: u64,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<PredictedRow>, PosteriorError> {
        let tau = shipped()?.between_laboratories();
        let places = self.resampled(draws);
        let row = |record: &Record| {
            let one = |place: &usize| {
                let options = Options { animals, seed, changes: changes(&self.parameters_of(&self.draws[*place])) };
                let rows = scoreboard(std::slice::from_ref(record), &options, &mut |_| ()).ok();
                done();
                let arms = rows?.into_iter().next()?.arms;
                let means: Vec<f64> =
                    arms.iter().map(|arm| arm.values.iter().sum::<f64>() / arm.values.len() as f64).collect();
                means.iter().all(|mean| mean.is_finite()).then_some(means)
            };
            let means: Means = places.par_iter().filter_map(one).collect();
            PredictedRow { id: record.id.clone(), title: record.title.clone(), checks: checks(record, &means, tau) }
        };
        Ok(records.iter().map(row).collect())
    }
}

/// Every published result of a record that the draws can be held against.
fn checks(record: &Record, means: &Means, tau: f64) -> Vec<(PredictiveCheck, Verdict)> {
    let arm = |name: &String| record.arms.iter().position(|arm| arm.name == *name);
    let tau = if record.quantity == Quantity::Potentiation { tau } else { 0.0 };
    let difference =
        |larger: usize, smaller: usize| means.iter().map(|of| of[larger] - of[smaller]).collect::<Vec<f64>>();
    let mut found = Vec::new();
    for published in &record.expectations {
        if let Some(order) = &published.order {
            let places: Vec<usize> = order.iter().filter_map(arm).collect();
            for (pair, names) in places.windows(2).zip(order.windows(2)) {
                found.push(direction(format!("{} > {}", names[0], names[1]), difference(pair[0], pair[1]), None));
            }
        } else if let Some([larger, smaller]) = &published.difference {
            let (Some(a), Some(b)) = (arm(larger), arm(smaller)) else { continue };
            found.push(direction(format!("{larger} > {smaller}"), difference(a, b), published.size));
        } else if let Some([first, other]) = &published.differences {
            let places: Option<Vec<usize>> = first.iter().chain(other).map(arm).collect();
            let Some(&[a, b, c, d]) = places.as_deref() else { continue };
            let values = means.iter().map(|of| of[a] - of[b] - of[c] + of[d]).collect();
            found.push(direction(
                format!("{} - {} above {} - {}", first[0], first[1], other[0], other[1]),
                values,
                None,
            ));
        } else if let Some(place) = published.arm.as_ref().and_then(arm) {
            let values: Vec<f64> = means.iter().map(|of| of[place]).collect();
            let name = &record.arms[place].name;
            found.push(match published.mean {
                Some(mean) => {
                    let half = published.tolerance.map(|tolerance| 0.5 * tolerance);
                    let sem = published.sem.or(half).unwrap_or(RATIO_SD);
                    a_mean(name, values, mean, libm::hypot(sem, tau))
                }
                None => a_range(name, values, [published.low, published.high], tau.max(RATIO_SD)),
            });
        }
    }
    found
}

fn told(what: String, observed: String, values: Vec<f64>, probability: f64) -> PredictiveCheck {
    let (median, central_95) = spread(values.into_iter().map(|value| (value, 1.0)).collect());
    PredictiveCheck { what, observed, median, central_95, probability }
}

/// Mean over the draws of the normal probability to lie below `limit`.
fn below(values: &[f64], limit: f64, sd: f64) -> f64 {
    values.iter().map(|value| normal::lower((limit - value) / sd)).sum::<f64>() / values.len() as f64
}

fn a_mean(arm: &str, values: Vec<f64>, mean: f64, sd: f64) -> (PredictiveCheck, Verdict) {
    let lower = below(&values, mean, sd);
    let check = told(arm.to_owned(), format!("{mean} ± {sd:.1}"), values, 2.0 * lower.min(1.0 - lower));
    let verdict = match check.probability {
        p if p >= 0.05 => Verdict::Pass,
        p if p >= 0.005 => Verdict::Near,
        _ => Verdict::Fail,
    };
    (check, verdict)
}

fn a_range(arm: &str, values: Vec<f64>, [low, high]: [Option<f64>; 2], sd: f64) -> (PredictiveCheck, Verdict) {
    let up_to = |end: Option<f64>, open: f64| end.map_or(open, |end| below(&values, end, sd));
    let inside = up_to(high, 1.0) - up_to(low, 0.0);
    let words = match (low, high) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("at most {high}"),
        (None, None) => String::new(),
    };
    let verdict = match inside {
        p if p >= 0.5 => Verdict::Pass,
        p if p >= 0.05 => Verdict::Near,
        _ => Verdict::Fail,
    };
    (told(arm.to_owned(), words, values, inside), verdict)
}

fn direction(what: String, values: Vec<f64>, size: Option<f64>) -> (PredictiveCheck, Verdict) {
    let holds = values.iter().filter(|value| **value > 0.0).count() as f64 / values.len() as f64;
    let words = size.map_or_else(|| "direction".to_owned(), |size| format!("by {size}"));
    let check = told(what, words, values, holds);
    let sure = holds >= SURE;
    let large = size.is_none_or(|size| check.central_95[1] >= 0.5 * size && check.central_95[0] <= 2.0 * size);
    let near = size.is_some_and(|size| check.median >= 0.25 * size);
    let verdict = match (sure && large, sure && near) {
        (true, _) => Verdict::Pass,
        (false, true) => Verdict::Near,
        (false, false) => Verdict::Fail,
    };
    (check, verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_judged_by_its_rule() {
        let around = |centre: f64| (0..40).map(|k| centre + 0.5 * (f64::from(k) - 19.5)).collect::<Vec<f64>>();
        assert_eq!(a_mean("x", around(60.0), 62.0, 8.0).1, Verdict::Pass);
        assert_eq!(a_mean("x", around(60.0), 95.0, 8.0).1, Verdict::Fail);
        assert_eq!(a_range("x", around(10.0), [Some(-10.0), Some(10.0)], 8.0).1, Verdict::Near);
        assert_eq!(a_range("x", around(40.0), [Some(20.0), None], 8.0).1, Verdict::Pass);
        assert_eq!(direction("x".to_owned(), around(15.0), None).1, Verdict::Pass);
        assert_eq!(direction("x".to_owned(), around(3.0), None).1, Verdict::Fail);
        // Sure, but far smaller than published; then of a quarter of it.
        assert_eq!(direction("x".to_owned(), around(15.0), Some(120.0)).1, Verdict::Fail);
        assert_eq!(direction("x".to_owned(), around(15.0), Some(58.0)).1, Verdict::Near);
        assert_eq!(direction("x".to_owned(), around(15.0), Some(20.0)).1, Verdict::Pass);
    }

    #[test]
    fn what_no_draw_could_simulate_is_no_pass() {
        let (check, verdict) = a_mean("x", Vec::new(), 60.0, 8.0);
        assert!(check.probability.is_nan() && verdict == Verdict::Fail);
        assert_eq!(direction("x".to_owned(), Vec::new(), None).1, Verdict::Fail);
    }
}
