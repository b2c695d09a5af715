//! What is known of each cluster: its mean, how precise that mean is, and how much
//! its units vary.

use crate::error::{StatisticsError, require_count, require_finite};
use crate::sample::compensated;

/// Means of clusters (or contrasts of means inside clusters) and the spread of
/// their units,
///
/// ```text
/// y_j = Σ_c w_c ȳ_jc      h_j = Σ_c w_c² / n_jc      Var(y_j) = τ² + σ² h_j
/// S = Σ_j Σ_c Σ_i (y_jci − ȳ_jc)²                    ν = Σ_j Σ_c (n_jc − 1)
/// ```
///
/// with n_jc units of cluster j in condition c. One condition of weight 1 is a group.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterMeans {
    /// y_j, in the unit of the response.
    pub(super) means: Vec<f64>,
    /// h_j.
    pub(super) shares: Vec<f64>,
    /// S.
    pub(super) squares: f64,
    /// ν.
    pub(super) df_within: f64,
}

impl ClusterMeans {
    /// The clusters of one group: the units of each.
    ///
    /// # Errors
    /// Fewer than two clusters, one without units, a value that is not finite.
    pub fn of_group(clusters: &[Vec<f64>]) -> Result<Self, StatisticsError> {
        let rows: Vec<Vec<&[f64]>> = clusters.iter().map(|units| vec![units.as_slice()]).collect();
        Self::inside(&rows, &[1.0])
    }

    /// A weighted sum of conditions inside clusters: `rows[j][c]` holds the units
    /// of cluster j in condition c, `weights[c]` its weight.
    ///
    /// # Errors
    /// As [`ClusterMeans::of_group`]; rows whose length is not that of `weights`.
    pub fn inside(rows: &[Vec<&[f64]>], weights: &[f64]) -> Result<Self, StatisticsError> {
        require_count("clusters", rows.len(), 2)?;
        require_finite("weights of the conditions", weights)?;
        let (mut means, mut shares) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        let (mut squares, mut df_within) = (Vec::new(), 0.0);
        for row in rows {
            if row.len() != weights.len() {
                return Err(StatisticsError::LengthMismatch {
                    what: "conditions of a cluster".to_owned(),
                    expected: weights.len(),
                    found: row.len(),
                });
            }
            let (mut mean, mut share) = (0.0, 0.0);
            for (units, weight) in row.iter().zip(weights) {
                require_count("units of a cluster", units.len(), 1)?;
                require_finite("units of a cluster", units)?;
                let n = units.len() as f64;
                let origin = units[0];
                let own = origin + compensated(units.iter().map(|u| u - origin)) / n;
                squares.push(compensated(units.iter().map(|u| (u - own).powi(2))));
                df_within += n - 1.0;
                mean += weight * own;
                share += weight * weight / n;
            }
            means.push(mean);
            shares.push(share);
        }
        Ok(Self { means, shares, squares: compensated(squares.into_iter()), df_within })
    }

    /// Clusters.
    pub fn clusters(&self) -> usize {
        self.means.len()
    }

    /// The means y_j, in the order given.
    pub fn values(&self) -> &[f64] {
        &self.means
    }

    /// Whether all means are equally precise beside τ², so that each counts alike.
    pub(super) fn is_balanced(&self) -> bool {
        let first = self.shares[0];
        self.shares.iter().all(|h| (h - first).abs() <= 1e-12 * first)
    }

    /// Whether units tell nothing of their own: one in each cluster and condition, or
    /// no spread beyond the rounding of the values.
    pub(super) fn is_of_single_units(&self) -> bool {
        let scale = self.means.iter().fold(0.0_f64, |most, m| most.max(m.abs()));
        self.df_within == 0.0 || self.squares.sqrt() <= 10.0 * f64::EPSILON * scale * self.df_within.sqrt()
    }
}
