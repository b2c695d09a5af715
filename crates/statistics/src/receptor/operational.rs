//! Operational model of several agonists beside a full one (Black & Leff 1983, Proc R Soc
//! Lond B 220:141; comparison with a full agonist: Leff et al. 1990, J Pharmacol Methods
//! 23:229). Baseline, maximum and slope belong to the system:
//!
//!   full agonist  q = ln A + ln R₀,            R₀ = 1/EC₅₀
//!   others        q = ln(τA/(A + K_A)),        τ/K_A = R₀ e^δ
//!
//! One curve holds maximum, slope and EC₅₀ only: τ and K_A of an agonist that reaches the
//! maximum of the system cannot be told apart, but τ/K_A can (Kenakin et al. 2012, ACS Chem
//! Neurosci 3:193). Such an agonist is fitted with τ → ∞ and gets no K_A.

use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::estimate::FTest;
use crate::least_squares::fit::{fit as least_squares, lowest_point};
use crate::least_squares::model::{LeastSquares, Model};
use crate::receptor::fitted::{Quantity, ReceptorFit, describe, estimate};
use crate::receptor::transduction;
use crate::synergy::Estimate;
use serde::{Deserialize, Serialize};

/// Natural logarithms of τ from which fits start.
const LN_TAU: [f64; 4] = [-1.0, 0.0, 1.2, 2.5];

/// Concentrations and responses of one agonist.
#[derive(Debug, Clone, Copy)]
pub struct AgonistData<'a> {
    /// Concentrations, ≥ 0.
    pub concentration: &'a [f64],
    /// Responses, one per concentration.
    pub response: &'a [f64],
}

/// One agonist beside the full one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgonistFit {
    /// log₁₀(τ/K_A) less that of the full agonist.
    pub relative: Estimate,
    /// log₁₀ τ; `None` if the agonist reaches the maximum of the system.
    pub tau: Option<Estimate>,
    /// log₁₀ K_A; `None` if τ has no upper limit, so that the two cannot be told apart.
    pub affinity: Option<Estimate>,
    /// Test that the agonist is full as the reference is (τ → ∞).
    pub full_test: Option<FTest>,
}

/// The operational model of several agonists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operational {
    /// Baseline, maximum, slope and log₁₀ EC₅₀ of the full agonist.
    pub system: ReceptorFit,
    /// The other agonists, in the order given.
    pub agonists: Vec<AgonistFit>,
    /// Test that all partial agonists have one τ; `None` for fewer than two.
    pub equal_tau: Option<FTest>,
    /// Test that all agonists have the τ/K_A of the full one.
    pub equal_transduction: FTest,
}

/// What is tied together in a fit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Tied {
    Nothing,
    Tau,
    Transduction,
}

/// Rows of all agonists, the full one first. Parameters: baseline, maximum, slope,
/// ln EC₅₀; δ of each other agonist; ln τ of each partial one.
struct Agonists {
    rows: Vec<(usize, f64)>,
    /// Place of ln τ of each agonist; `None` is full.
    tau: Vec<Option<usize>>,
    /// Place of δ of each agonist; `None` is 0.
    delta: Vec<Option<usize>>,
    parameters: usize,
    /// In place of δ stands ln K_A of this agonist.
    affinity: Option<usize>,
}

impl Agonists {
    fn new(rows: Vec<(usize, f64)>, partial: &[bool], tied: Tied) -> Agonists {
        let mut parameters = 4;
        let mut next = || {
            parameters += 1;
            parameters - 1
        };
        let free = |k: usize| k > 0 && tied != Tied::Transduction;
        let delta = (0..partial.len()).map(|k| free(k).then(&mut next)).collect();
        let common = (tied == Tied::Tau && partial.contains(&true)).then(&mut next);
        let tau = partial.iter().map(|partial| partial.then(|| common.unwrap_or_else(&mut next))).collect();
        Agonists { rows, tau, delta, parameters, affinity: None }
    }

    /// q and its derivatives along ln EC₅₀, δ (or ln K_A) and ln τ.
    fn stimulus(&self, theta: &[f64], row: usize) -> Option<(f64, [f64; 3])> {
        let (agonist, a) = self.rows[row];
        if a <= 0.0 {
            return None;
        }
        let ln_a = libm::log(a);
        let delta = self.delta[agonist].map_or(0.0, |k| theta[k]);
        let Some(place) = self.tau[agonist] else {
            return Some((ln_a - theta[3] + delta, [-1.0, 1.0, 0.0]));
        };
        let ln_tau = theta[place];
        let by_affinity = self.affinity == Some(agonist);
        let ln_ka = if by_affinity { delta } else { ln_tau + theta[3] - delta };
        let ka = libm::exp(ln_ka);
        let free = ka / (a + ka);
        let q = ln_tau + ln_a - libm::log(a + ka);
        let along = if by_affinity { [0.0, -free, 1.0] } else { [-free, free, 1.0 - free] };
        Some((q, along))
    }

    /// Starts from curves of one slope; the same τ for all partial agonists.
    fn starts(&self, response: &[f64]) -> Vec<Vec<f64>> {
        let least = response.iter().fold(f64::INFINITY, |m, v| m.min(*v));
        let most = response.iter().fold(f64::NEG_INFINITY, |m, v| m.max(*v));
        let mean_at = |wanted: f64| {
            let near = self.rows.iter().zip(response).filter(|((k, a), _)| *k == 0 && *a == wanted).map(|(_, y)| *y);
            let (sum, n) = near.fold((0.0, 0.0), |(sum, n), y| (sum + y, n + 1.0));
            sum / n
        };
        let doses: Vec<f64> = self.rows.iter().filter(|(k, _)| *k == 0).map(|(_, a)| *a).collect();
        let ends = doses.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), a| (low.min(*a), high.max(*a)));
        let (baseline, maximum) = if mean_at(ends.1) >= mean_at(ends.0) { (least, most) } else { (most, least) };
        let half = |agonist: usize| self.half_effective(agonist, response);
        let mut starts = Vec::new();
        for slope in [1.0, 0.6, 1.8] {
            for ln_tau in LN_TAU {
                let mut start = vec![0.0; self.parameters];
                start[..4].copy_from_slice(&[baseline, maximum, slope, half(0)]);
                for (agonist, place) in self.delta.iter().enumerate() {
                    if let Some(k) = place {
                        start[*k] = half(0) - half(agonist);
                    }
                }
                for k in self.tau.iter().flatten() {
                    start[*k] = ln_tau;
                }
                starts.push(start);
            }
        }
        starts
    }

    /// ln of the concentration at which the response crosses half of its own range.
    fn half_effective(&self, agonist: usize, response: &[f64]) -> f64 {
        let mut own: Vec<(f64, f64)> = Vec::new();
        for ((k, a), y) in self.rows.iter().zip(response) {
            if *k == agonist && *a > 0.0 {
                own.push((libm::log(*a), *y));
            }
        }
        own.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let least = own.iter().fold(f64::INFINITY, |m, v| m.min(v.1));
        let most = own.iter().fold(f64::NEG_INFINITY, |m, v| m.max(v.1));
        let middle = 0.5 * (least + most);
        let crossing = own.windows(2).find(|w| (w[0].1 - middle) * (w[1].1 - middle) <= 0.0 && w[0].0 < w[1].0);
        crossing.map_or_else(|| own.get(own.len() / 2).map_or(0.0, |v| v.0), |w| 0.5 * (w[0].0 + w[1].0))
    }
}

impl Model for Agonists {
    fn parameters(&self) -> usize {
        self.parameters
    }

    fn value(&self, theta: &[f64], row: usize) -> f64 {
        transduction::response([theta[0], theta[1], theta[2]], self.stimulus(theta, row).map(|s| s.0))
    }

    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]) {
        gradient.fill(0.0);
        let stimulus = self.stimulus(theta, row);
        let four = transduction::gradient([theta[0], theta[1], theta[2]], stimulus.map(|s| s.0));
        gradient[..3].copy_from_slice(&four[..3]);
        let agonist = self.rows[row].0;
        if let Some((_, along)) = stimulus {
            gradient[3] = four[3] * along[0];
            for (place, along) in [(self.delta[agonist], along[1]), (self.tau[agonist], along[2])] {
                if let Some(k) = place {
                    gradient[k] = four[3] * along;
                }
            }
        }
    }
}

/// Fits the operational model; the first agonist is the full one.
///
/// # Errors
/// Fewer than two agonists ([`StatisticsError::TooFew`]: τ and K_A of one agonist cannot
/// be told apart), fewer than four positive concentrations of one, a fit that does not
/// converge, level outside (0, 1).
pub fn operational(agonists: &[AgonistData], level: f64) -> Result<Operational, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_count("agonists (one curve cannot tell efficacy from affinity)", agonists.len(), 2)?;
    let (rows, response) = stacked(agonists)?;
    let mut partial = vec![true; agonists.len()];
    partial[0] = false;
    let (model, fit) = identified(&rows, &response, &mut partial)?;
    let system = [Quantity::Baseline, Quantity::Maximum, Quantity::Slope, Quantity::Log10Ec50];
    let mut described = describe(&model, &system, &fit, &response, level)?;
    described.aicc = crate::dose_response::other::aicc_of(fit.rss, fit.n, model.parameters);
    let others = (1..agonists.len())
        .map(|k| agonist(&model, &fit, &response, (k, level), &partial))
        .collect::<Result<Vec<_>, StatisticsError>>()?;
    let against = |partial: &[bool], tied: Tied| {
        let small = Agonists::new(rows.clone(), partial, tied);
        test(&small, &model, &fit, &response)
    };
    let several = partial.iter().filter(|partial| **partial).count() > 1;
    let equal_tau = several.then(|| against(&partial, Tied::Tau));
    let equal_transduction = against(&partial, Tied::Transduction);
    Ok(Operational { system: described, agonists: others, equal_tau, equal_transduction })
}
/// Agonist and dose of each value, and the values.
type Stacked = (Vec<(usize, f64)>, Vec<f64>);

fn stacked(agonists: &[AgonistData]) -> Result<Stacked, StatisticsError> {
    let (mut rows, mut response) = (Vec::new(), Vec::new());
    for (k, data) in agonists.iter().enumerate() {
        let named =
            |problem| StatisticsError::Of { part: crate::error::Part::Group, index: k, problem: Box::new(problem) };
        crate::dose_response::fit::check(
            crate::dose_response::curve::Shape::ThreeParameter,
            data.concentration,
            data.response,
        )
        .map_err(named)?;
        rows.extend(data.concentration.iter().map(|a| (k, *a)));
        response.extend_from_slice(data.response);
    }
    Ok((rows, response))
}

/// The fit in which every τ is determined: agonists whose τ runs away are full.
fn identified(
    rows: &[(usize, f64)],
    response: &[f64],
    partial: &mut [bool],
) -> Result<(Agonists, LeastSquares), StatisticsError> {
    loop {
        let model = Agonists::new(rows.to_vec(), partial, Tied::Nothing);
        let starts = model.starts(response);
        let why = match least_squares(&model, response, &starts) {
            Ok(fit) => return Ok((model, fit)),
            Err(why @ (StatisticsError::Undefined { .. } | StatisticsError::NotConverged { .. })) => why,
            Err(other) => return Err(other),
        };
        let point = lowest_point(&model, response, &starts).map(|(point, _)| point);
        let tau = |k: usize| model.tau[k].zip(point.as_ref()).map(|(place, point)| point[place]);
        let runaway = (0..partial.len()).filter_map(|k| Some((k, tau(k)?))).max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((k, _)) = runaway else { return Err(why) };
        partial[k] = false;
    }
}

fn agonist(
    model: &Agonists,
    fit: &LeastSquares,
    response: &[f64],
    (k, level): (usize, f64),
    partial: &[bool],
) -> Result<AgonistFit, StatisticsError> {
    let place = model.delta[k].unwrap_or_default();
    let relative = estimate(Quantity::Log10Relative, (model, fit), response, (place, level))?;
    let Some(tau_place) = model.tau[k] else {
        return Ok(AgonistFit { relative, tau: None, affinity: None, full_test: None });
    };
    let tau = estimate(Quantity::Log10Tau, (model, fit), response, (tau_place, level))?;
    let mut full = partial.to_vec();
    full[k] = false;
    let full_test = test(&Agonists::new(model.rows.clone(), &full, Tied::Nothing), model, fit, response);
    // The same fit with ln K_A as parameter, for its profile.
    let affinity = if tau.profile_high.is_some() {
        let other = Agonists { affinity: Some(k), ..Agonists::new(model.rows.clone(), partial, Tied::Nothing) };
        let mut start = fit.estimates.clone();
        start[place] = start[tau_place] + start[3] - start[place];
        let found = least_squares(&other, response, &[start])?;
        Some(estimate(Quantity::Log10Ka, (&other, &found), response, (place, level))?)
    } else {
        None
    };
    Ok(AgonistFit { relative, tau: Some(tau), affinity, full_test: Some(full_test) })
}

/// Extra sum of squares of `small` against the fit of `large`.
fn test(small: &Agonists, large: &Agonists, fit: &LeastSquares, response: &[f64]) -> FTest {
    let rss = lowest_point(small, response, &small.starts(response)).map_or(f64::INFINITY, |(_, rss)| rss);
    let df = (large.parameters - small.parameters) as f64;
    FTest::from_sums((rss - fit.rss).max(0.0), df, fit.rss, fit.df)
}
