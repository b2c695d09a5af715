//! Competitive, allosteric with a shift, allosteric with a change of efficacy: three
//! fits of the same family of curves, compared by AICc and by nested F.
//!
//! The competitive model is the limit α → 0 of the shift, at the edge of its range: F
//! with one degree of freedom then rejects a true competitive antagonist in half of the
//! nominal share (Self & Liang 1987, J Am Stat Assoc 82:605), so it errs on its side.
//! In the limit τ → ∞ the efficacy model is a shift and β has no effect; the F of that
//! step has no exact distribution (Davies 1987), which is why AICc decides.

use crate::dose_response::other::aicc_of;
use crate::error::{StatisticsError, require_open_unit};
use crate::estimate::FTest;
use crate::least_squares::fit::{fit as least_squares, lowest_point};
use crate::receptor::fitted::{Quantity, ReceptorFit, describe};
use crate::receptor::modulator::{Modulated, ModulatorModel};
use crate::synergy::schild::{SharedShape, check, shared_shape};
use serde::{Deserialize, Serialize};
use std::f64::consts::LN_10;

/// Efficacies, in natural logarithms, from which the model with β starts.
const LN_TAU: [f64; 3] = [0.7, 2.0, 3.5];
/// Natural logarithms of β from which it starts.
const LN_BETA: [f64; 3] = [-1.5, 0.0, 1.0];

/// One of the models on these data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModulatorFit {
    /// Which model.
    pub model: ModulatorModel,
    /// The fit; `None` if the data do not determine all of its parameters.
    pub fit: Option<ReceptorFit>,
    /// Smallest residual sum of squares, also without a fit.
    pub rss: f64,
    /// Parameters of the model.
    pub parameters: usize,
    /// Akaike's criterion (AICc) at `rss`.
    pub aicc: f64,
}

impl ModulatorFit {
    /// Whether the data bound, on both sides, what tells the model from the simpler one.
    pub fn is_identified(&self) -> bool {
        let needed: &[Quantity] = match self.model {
            ModulatorModel::Competitive => &[Quantity::Log10Kb],
            ModulatorModel::Shift => &[Quantity::Log10Kb, Quantity::Log10Alpha],
            ModulatorModel::Efficacy => &[Quantity::Log10Kb, Quantity::Log10AlphaBeta],
        };
        self.fit.as_ref().is_some_and(|fit| needed.iter().all(|quantity| fit.bounds(*quantity)))
    }
}

/// A family of curves under a second substance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Allosteric {
    /// Competitive antagonism.
    pub competitive: ModulatorFit,
    /// Shift of the EC₅₀ bounded by α.
    pub shift: ModulatorFit,
    /// Shift and change of efficacy.
    pub efficacy: ModulatorFit,
    /// Competitive against shift.
    pub shift_test: FTest,
    /// Shift against efficacy; `None` without spare observations.
    pub efficacy_test: Option<FTest>,
}

impl Allosteric {
    /// The model of smallest AICc.
    pub fn preferred(&self) -> &ModulatorFit {
        let [mut best, shift, efficacy] = [&self.competitive, &self.shift, &self.efficacy];
        for other in [shift, efficacy] {
            if other.aicc < best.aicc {
                best = other;
            }
        }
        best
    }
}

/// Fits the three models; observation i has `agonist[i]`, `modulator[i]` ≥ 0.
///
/// # Errors
/// As [`crate::synergy::gaddum_schild`].
pub fn allosteric(
    agonist: &[f64],
    modulator: &[f64],
    response: &[f64],
    level: f64,
) -> Result<Allosteric, StatisticsError> {
    require_open_unit("confidence level", level)?;
    check(agonist, modulator, response)?;
    let shape = shared_shape(agonist, modulator, response)?;
    let of = |model| Modulated { model, agonist, modulator };
    let shifts = shift_starts(&shape);
    let without_alpha: Vec<Vec<f64>> = shifts.iter().map(|start| start[..5].to_vec()).collect();
    let competitive = attempt(&of(ModulatorModel::Competitive), response, &without_alpha, level)?;
    let shift = attempt(&of(ModulatorModel::Shift), response, &shifts, level)?;
    let lowest = lowest_point(&of(ModulatorModel::Shift), response, &shifts).map_or(shifts, |(point, _)| vec![point]);
    let efficacy = attempt(&of(ModulatorModel::Efficacy), response, &efficacy_starts(&lowest), level)?;
    let df = |fit: &ModulatorFit| response.len() as f64 - fit.parameters as f64;
    let test = |small: &ModulatorFit, large: &ModulatorFit| {
        let extra = (small.rss - large.rss).max(0.0);
        FTest::from_sums(extra, df(small) - df(large), large.rss, df(large))
    };
    let shift_test = test(&competitive, &shift);
    let efficacy_test = (df(&efficacy) >= 1.0).then(|| test(&shift, &efficacy));
    Ok(Allosteric { shift_test, efficacy_test, competitive, shift, efficacy })
}

/// The model on these data; that they do not determine it is an answer, not a fault.
fn attempt(
    model: &Modulated,
    response: &[f64],
    starts: &[Vec<f64>],
    level: f64,
) -> Result<ModulatorFit, StatisticsError> {
    let quantities = model.model.quantities();
    let parameters = quantities.len();
    let (fit, rss) = match least_squares(model, response, starts) {
        Ok(found) => (Some(describe(model, quantities, &found, response, level)?), found.rss),
        Err(StatisticsError::Undefined { .. } | StatisticsError::NotConverged { .. }) => {
            (None, lowest_point(model, response, starts).map_or(f64::INFINITY, |(_, rss)| rss))
        }
        Err(StatisticsError::TooFew { .. }) if model.model == ModulatorModel::Efficacy => (None, f64::INFINITY),
        Err(other) => return Err(other),
    };
    let aicc = if rss.is_finite() { aicc_of(rss, response.len(), parameters) } else { f64::INFINITY };
    Ok(ModulatorFit { model: model.model, fit, rss, parameters, aicc })
}

/// Starts of baseline, maximum, slope, ln EC₅₀, ln K_B, ln α: the largest shift seen
/// is near its limit or far from it.
fn shift_starts(shape: &SharedShape) -> Vec<Vec<f64>> {
    let first = &shape.points[0];
    let shifted = &shape.points[1..];
    let last =
        shifted.iter().map(|p| libm::log(p.dose_ratio)).fold(0.0_f64, |m, v| if v.abs() > m.abs() { v } else { m });
    let low = shifted.first().map_or(1.0, |p| p.antagonist);
    let high = shifted.last().map_or(1.0, |p| p.antagonist);
    let (low, high) = (libm::log(low), libm::log(high));
    let mut starts = Vec::new();
    for beyond in [0.2, 1.5, 4.0] {
        for part in [0.0, 0.5, 1.0] {
            let alpha = -last - beyond * last.signum();
            let kb = low + part * (high - low) - last.max(0.0) * 0.5;
            starts.push(vec![shape.top, shape.bottom, shape.hill, first.log10_ec50 * LN_10, kb, alpha]);
        }
    }
    starts
}

/// Starts of the model with efficacy from those of the shift: the system could give more
/// than the agonist gets from it, the more the smaller τ.
fn efficacy_starts(shifts: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut starts = Vec::new();
    for shift in shifts.iter().take(1) {
        let [top, bottom, hill, ln_ec50, kb, alpha] = [0, 1, 2, 3, 4, 5].map(|k| shift[k]);
        for ln_tau in LN_TAU {
            for ln_beta in LN_BETA {
                for alpha in [alpha.clamp(-4.0, 4.0), 0.0] {
                    let gain = 1.0 + libm::exp(-hill * ln_tau);
                    let maximum = top + (bottom - top) * gain;
                    starts.push(vec![top, maximum, hill, -ln_ec50, kb, alpha, alpha + ln_beta, ln_tau]);
                }
            }
        }
    }
    starts
}
