//! An agonist under an antagonist or allosteric modulator B; b = B/K_B. The logarithm
//! of the stimulus is
//!
//!   competitive   q = ln A − ln EC₅₀ − ln(1 + b)                    (Gaddum 1957)
//!   shift         q = ln A − ln EC₅₀ + ln(1 + αb) − ln(1 + b)       (Ehlert 1988, Mol Pharmacol
//!                 33:187; the ternary complex with all efficacy kept: EC₅₀ moves by 1/α at most)
//!   efficacy      q = ln[τA(1 + αβb)] − ln[A(1 + αb) + K_A(1 + b)]  (Leach et al. 2007, Trends
//!                 Pharmacol Sci 28:382, with a modulator that is no agonist)
//!
//! α → 0 makes the shift competitive; τ → ∞ at fixed τ/K_A makes efficacy a shift whose
//! α is αβ.

use crate::least_squares::model::Model;
use crate::receptor::fitted::Quantity;
use crate::receptor::transduction;
use serde::{Deserialize, Serialize};

/// What the second substance does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModulatorModel {
    /// It takes the place of the agonist.
    Competitive,
    /// It binds elsewhere and changes the affinity by α.
    Shift,
    /// It changes the affinity by α and the efficacy by β.
    Efficacy,
}

impl ModulatorModel {
    /// The quantities in the order of the parameters.
    pub(super) fn quantities(self) -> &'static [Quantity] {
        use Quantity as Q;
        match self {
            ModulatorModel::Competitive => &[Q::Baseline, Q::Maximum, Q::Slope, Q::Log10Ec50, Q::Log10Kb],
            ModulatorModel::Shift => &[Q::Baseline, Q::Maximum, Q::Slope, Q::Log10Ec50, Q::Log10Kb, Q::Log10Alpha],
            ModulatorModel::Efficacy => &[
                Q::Baseline,
                Q::Maximum,
                Q::Slope,
                Q::Log10Transduction,
                Q::Log10Kb,
                Q::Log10Alpha,
                Q::Log10AlphaBeta,
                Q::Log10Tau,
            ],
        }
    }
}

/// Observations of agonist and modulator; parameters as the quantities of the model,
/// logarithms natural.
pub(super) struct Modulated<'a> {
    pub(super) model: ModulatorModel,
    pub(super) agonist: &'a [f64],
    pub(super) modulator: &'a [f64],
}

/// q and its derivatives along the parameters after the slope.
struct Stimulus {
    q: f64,
    along: [f64; 5],
}

impl Modulated<'_> {
    fn stimulus(&self, theta: &[f64], row: usize) -> Option<Stimulus> {
        let a = self.agonist[row];
        if a <= 0.0 {
            return None;
        }
        let b = self.modulator[row] * libm::exp(-theta[4]);
        let bound = b / (1.0 + b);
        let ln_a = libm::log(a);
        Some(match self.model {
            ModulatorModel::Competitive => {
                Stimulus { q: ln_a - theta[3] - libm::log1p(b), along: [-1.0, bound, 0.0, 0.0, 0.0] }
            }
            ModulatorModel::Shift => {
                let ab = b * libm::exp(theta[5]);
                let helped = ab / (1.0 + ab);
                let q = ln_a - theta[3] + libm::log1p(ab) - libm::log1p(b);
                Stimulus { q, along: [-1.0, bound - helped, helped, 0.0, 0.0] }
            }
            ModulatorModel::Efficacy => {
                let ab = b * libm::exp(theta[5]);
                let abb = b * libm::exp(theta[6]);
                // K_A = τ/(τ/K_A).
                let ka = libm::exp(theta[7] - theta[3]);
                let below = a * (1.0 + ab) + ka * (1.0 + b);
                let (free, helped) = (ka * (1.0 + b) / below, abb / (1.0 + abb));
                let q = theta[7] + ln_a + libm::log1p(abb) - libm::log(below);
                let along_kb = (a * ab + ka * b) / below - helped;
                Stimulus { q, along: [free, along_kb, -a * ab / below, helped, 1.0 - free] }
            }
        })
    }
}

impl Model for Modulated<'_> {
    fn parameters(&self) -> usize {
        self.model.quantities().len()
    }

    fn value(&self, theta: &[f64], row: usize) -> f64 {
        transduction::response([theta[0], theta[1], theta[2]], self.stimulus(theta, row).map(|s| s.q))
    }

    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]) {
        gradient.fill(0.0);
        let stimulus = self.stimulus(theta, row);
        let four = transduction::gradient([theta[0], theta[1], theta[2]], stimulus.as_ref().map(|s| s.q));
        gradient[..3].copy_from_slice(&four[..3]);
        if let Some(stimulus) = stimulus {
            for (g, along) in gradient[3..].iter_mut().zip(stimulus.along) {
                *g = four[3] * along;
            }
        }
    }
}
