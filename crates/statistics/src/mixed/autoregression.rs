//! AR(1) residuals: R has φ^|t − t'| inside a group.
//!
//! For a given φ the observations are whitened, e*_t = (e_t − φ^d e_{t−d}) /
//! √(1 − φ^{2d}) in order of time (first value unchanged), which leaves a model
//! with independent residuals; ln|R| = Σ ln(1 − φ^{2d}). φ minimises the
//! deviance (Pinheiro & Bates 2000, chapter 5).

use crate::error::StatisticsError;
use crate::mixed::data::Method;
use crate::mixed::estimate::{fit_observations, full_deviance, optimum};
use crate::mixed::fitted::MixedFit;
use crate::mixed::prepare::Observations;
use std::collections::BTreeMap;

const LIMIT: f64 = 0.98;

pub(super) fn fit(observations: &Observations, time: &[f64], method: Method) -> Result<MixedFit, StatisticsError> {
    let chains = chains(observations, time)?;
    let deviance = |phi: f64| -> Result<f64, StatisticsError> {
        let (whitened, log_det) = whiten(observations, &chains, time, phi);
        let problem = whitened.problem()?;
        let minimum = optimum(&problem, method, &whitened.slope_scale)?;
        Ok(full_deviance(&problem, method, minimum.evaluation.deviance) + log_det)
    };
    let whole = chains.iter().all(|chain| {
        chain.windows(2).all(|pair| {
            let lag = time[pair[1]] - time[pair[0]];
            (lag - lag.round()).abs() < 1e-9
        })
    });
    let lowest = if whole { -LIMIT } else { 0.0 };
    let steps = 14;
    let at = |i: usize| lowest + (LIMIT - lowest) * i as f64 / steps as f64;
    let mut best = (0, f64::INFINITY);
    for i in 0..=steps {
        let value = deviance(at(i))?;
        if value < best.1 {
            best = (i, value);
        }
    }
    let mut low = at(best.0.saturating_sub(1));
    let mut high = at((best.0 + 1).min(steps));
    // Golden section down to where rounding of the deviance hides differences,
    // then one parabola through three points.
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let mut inner = (high - golden * (high - low), low + golden * (high - low));
    let mut value = (deviance(inner.0)?, deviance(inner.1)?);
    while high - low > 1e-3 {
        if value.0 < value.1 {
            high = inner.1;
            inner = (high - golden * (high - low), inner.0);
            value = (deviance(inner.0)?, value.0);
        } else {
            low = inner.0;
            inner = (inner.1, low + golden * (high - low));
            value = (value.1, deviance(inner.1)?);
        }
    }
    let mut phi = 0.5 * (low + high);
    for width in [5e-3, 1e-3] {
        let (left, centre, right) = (deviance(phi - width)?, deviance(phi)?, deviance(phi + width)?);
        let bend = left - 2.0 * centre + right;
        if bend > 0.0 {
            let shift = 0.5 * width * (left - right) / bend;
            phi = (phi + shift.clamp(-2.0 * width, 2.0 * width)).clamp(lowest, LIMIT);
        }
    }
    let (whitened, log_det) = whiten(observations, &chains, time, phi);
    fit_observations(&whitened, method, Some((phi, log_det)))
}

/// Observations of each innermost group in order of time.
fn chains(observations: &Observations, time: &[f64]) -> Result<Vec<Vec<usize>>, StatisticsError> {
    let grouping = &observations.grouping;
    let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for i in 0..observations.n() {
        let mut key = vec![grouping.cluster[i], grouping.class[i]];
        key.extend(grouping.terms.iter().map(|term| term.level[i]));
        groups.entry(key).or_default().push(i);
    }
    let mut chains: Vec<Vec<usize>> = groups.into_values().collect();
    for chain in &mut chains {
        chain.sort_by(|&a, &b| time[a].total_cmp(&time[b]));
        if let Some(pair) = chain.windows(2).find(|pair| time[pair[0]] == time[pair[1]]) {
            return Err(StatisticsError::Undefined {
                what: "AR(1) correlation".to_owned(),
                why: format!(
                    "observations {} and {} (counted from 0) of one group have the same time {}",
                    pair[0], pair[1], time[pair[0]]
                ),
            });
        }
    }
    Ok(chains)
}

fn whiten(observations: &Observations, chains: &[Vec<usize>], time: &[f64], phi: f64) -> (Observations, f64) {
    let w = observations.names.len() + 1;
    let terms = observations.grouping.terms.len();
    let mut out = observations.clone();
    let mut log_det = 0.0;
    for chain in chains {
        for pair in chain.windows(2) {
            let (before, now) = (pair[0], pair[1]);
            let lag = time[now] - time[before];
            let rounded = lag.round();
            let rho = if (lag - rounded).abs() < 1e-9 { phi.powi(rounded as i32) } else { libm::pow(phi, lag) };
            let rest = 1.0 - rho * rho;
            log_det += libm::log(rest);
            let unit = 1.0 / rest.sqrt();
            for j in 0..w {
                out.rows[now * w + j] =
                    unit * (observations.rows[now * w + j] - rho * observations.rows[before * w + j]);
            }
            for k in 0..terms {
                let (a, b) = (observations.entries[now * terms + k], observations.entries[before * terms + k]);
                let entry = &mut out.entries[now * terms + k];
                entry.intercept = unit * (a.intercept - rho * b.intercept);
                entry.slope = unit * (a.slope - rho * b.slope);
            }
        }
    }
    (out, log_det)
}
