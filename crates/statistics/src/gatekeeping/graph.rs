//! The graphical procedure of Bretz, Maurer, Brannath & Posch 2009 (Stat Med 28:586).
//!
//! Hypothesis i holds a share wᵢ of α. When it is rejected, its share moves along the
//! arrows gᵢⱼ:
//!   wₗ ← wₗ + wⱼ gⱼₗ,   gₗₖ ← (gₗₖ + gₗⱼ gⱼₖ)/(1 − gₗⱼ gⱼₗ)
//! Adjusted p: pᵢ/wᵢ at the step of its rejection, no smaller than those before it.

use crate::error::{StatisticsError, require_count, require_range};

/// Shares and arrows.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    weights: Vec<f64>,
    /// `arrows[i][j]`: part of the share of i that goes to j.
    arrows: Vec<Vec<f64>>,
}

impl Graph {
    /// A graph of `weights` (their sum at most 1) and `arrows` (each row at most 1, no
    /// arrow to itself).
    ///
    /// # Errors
    /// No hypothesis, sizes that differ, shares outside these limits.
    pub fn new(weights: &[f64], arrows: &[Vec<f64>]) -> Result<Graph, StatisticsError> {
        let m = weights.len();
        require_count("hypotheses", m, 1)?;
        let sizes = std::iter::once(arrows.len()).chain(arrows.iter().map(Vec::len));
        if let Some(found) = sizes.into_iter().find(|found| *found != m) {
            return Err(StatisticsError::LengthMismatch { what: "arrows".to_owned(), expected: m, found });
        }
        for row in std::iter::once(weights).chain(arrows.iter().map(Vec::as_slice)) {
            for value in row {
                require_range("share of alpha", *value, 0.0, 1.0)?;
            }
            require_range("sum of shares of alpha", row.iter().sum(), 0.0, 1.0 + 1e-9)?;
        }
        for (i, row) in arrows.iter().enumerate() {
            require_range("share that a hypothesis hands to itself", row[i], 0.0, 0.0)?;
        }
        Ok(Graph { weights: weights.to_vec(), arrows: arrows.to_vec() })
    }

    /// Adjusted p values: a hypothesis is rejected at α if its adjusted p is at most α.
    ///
    /// # Errors
    /// A number of p values that is not that of the hypotheses, one outside 0 … 1.
    pub fn adjust(&self, p: &[f64]) -> Result<Vec<f64>, StatisticsError> {
        if p.len() != self.weights.len() {
            let (expected, found) = (self.weights.len(), p.len());
            return Err(StatisticsError::LengthMismatch { what: "p values".to_owned(), expected, found });
        }
        for value in p {
            require_range("p value", *value, 0.0, 1.0)?;
        }
        let mut graph = self.clone();
        let mut open: Vec<usize> = (0..p.len()).collect();
        let mut adjusted = vec![1.0; p.len()];
        let mut least = 0.0_f64;
        while !open.is_empty() {
            let ratio = |i: usize| if graph.weights[i] > 0.0 { p[i] / graph.weights[i] } else { f64::INFINITY };
            let Some(next) = open.iter().copied().min_by(|&a, &b| ratio(a).total_cmp(&ratio(b))) else { break };
            least = least.max(ratio(next)).min(1.0);
            adjusted[next] = least;
            open.retain(|i| *i != next);
            graph.reject(next, &open);
        }
        Ok(adjusted)
    }

    /// Moves the share of a rejected hypothesis to those still open.
    fn reject(&mut self, gone: usize, open: &[usize]) {
        let before = self.arrows.clone();
        for &l in open {
            self.weights[l] += self.weights[gone] * before[gone][l];
            let loop_back = before[l][gone] * before[gone][l];
            for &k in open {
                let through = before[l][k] + before[l][gone] * before[gone][k];
                self.arrows[l][k] = if k == l || loop_back >= 1.0 { 0.0 } else { through / (1.0 - loop_back) };
            }
        }
        self.weights[gone] = 0.0;
    }
}
