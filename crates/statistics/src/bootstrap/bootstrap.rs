//! Replicates of a statistic and their intervals.
//!
//! BCa (Efron 1987, JASA 82:171):
//!   z₀ = Φ⁻¹( (#{t* < t} + ½ #{t* = t}) / B )
//!   a  = Σᵢ ΣU³ᵢⱼ/nᵢ³ / ( 6 (Σᵢ ΣU²ᵢⱼ/nᵢ²)^(3/2) ),  Uᵢⱼ = (nᵢ − 1)(t̄ᵢ − t₍ᵢⱼ₎)
//!   α′ = Φ( z₀ + (z₀ + z_α) / (1 − a (z₀ + z_α)) )
//! with t₍ᵢⱼ₎ the statistic without value j of sample i; limits are type 7
//! quantiles of the replicates at α′.

use crate::dist::normal;
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit};
use crate::estimate::Interval;
use crate::sample::{compensated, quantile_of_sorted};

/// Below this number of independent units per group a bootstrap interval is
/// reported as too narrow.
pub const FEW_CLUSTERS: usize = 10;

/// Fewest resamples accepted: with less the limits are a lottery.
pub(crate) const FEWEST_RESAMPLES: usize = 100;

/// Replicates of a statistic and what its intervals need.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    estimate: f64,
    sorted: Vec<f64>,
    acceleration: f64,
    jackknife_se: f64,
}

impl Bootstrap {
    /// A bootstrap from replicates computed elsewhere. `jackknife[i][j]` is the
    /// statistic without value j of sample i.
    ///
    /// # Errors
    /// Fewer than 100 replicates, fewer than two jackknife values of a sample, a
    /// number that is not finite.
    pub fn from_replicates(
        estimate: f64,
        mut replicates: Vec<f64>,
        jackknife: &[Vec<f64>],
    ) -> Result<Bootstrap, StatisticsError> {
        require_count("resamples", replicates.len(), FEWEST_RESAMPLES)?;
        require_finite("estimate", &[estimate])?;
        require_finite("bootstrap replicates", &replicates)?;
        for values in jackknife {
            require_count("values of a sample", values.len(), 2)?;
            require_finite("jackknife values", values)?;
        }
        replicates.sort_unstable_by(f64::total_cmp);
        let (acceleration, jackknife_se) = influence(jackknife);
        Ok(Bootstrap { estimate, sorted: replicates, acceleration, jackknife_se })
    }

    /// The statistic of the data themselves.
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The replicates, ascending.
    pub fn replicates(&self) -> &[f64] {
        &self.sorted
    }

    /// Mean of the replicates.
    pub fn mean(&self) -> f64 {
        let origin = self.sorted[0];
        origin + compensated(self.sorted.iter().map(|v| v - origin)) / self.sorted.len() as f64
    }

    /// Standard deviation of the replicates: the bootstrap standard error.
    pub fn se(&self) -> f64 {
        let mean = self.mean();
        let square = compensated(self.sorted.iter().map(|v| (v - mean).powi(2)));
        (square / (self.sorted.len() as f64 - 1.0)).sqrt()
    }

    /// Mean of the replicates minus the estimate.
    pub fn bias(&self) -> f64 {
        self.mean() - self.estimate
    }

    /// Acceleration a of the BCa interval, by the jackknife.
    pub fn acceleration(&self) -> f64 {
        self.acceleration
    }

    /// Standard error by the jackknife, √Σᵢ((nᵢ − 1)/nᵢ) Σⱼ(t̄ᵢ − t₍ᵢⱼ₎)².
    pub fn jackknife_se(&self) -> f64 {
        self.jackknife_se
    }

    /// Bias correction z₀ of the BCa interval; infinite if all replicates lie
    /// on one side of the estimate. Replicates within rounding of the estimate
    /// count as equal.
    pub fn bias_correction(&self) -> f64 {
        let spread = self.sorted[self.sorted.len() - 1] - self.sorted[0];
        let rounding = 1e-12 * spread + 4.0 * f64::EPSILON * self.estimate.abs();
        let below = self.sorted.partition_point(|v| *v < self.estimate - rounding);
        let up_to = self.sorted.partition_point(|v| *v <= self.estimate + rounding);
        normal::quantile((below + up_to) as f64 * 0.5 / self.sorted.len() as f64)
    }

    /// Quantiles of the replicates at (1 − level)/2 and (1 + level)/2.
    ///
    /// # Errors
    /// Level outside (0, 1).
    pub fn percentile(&self, level: f64) -> Result<Interval, StatisticsError> {
        require_open_unit("confidence level", level)?;
        let tail = 0.5 * (1.0 - level);
        Ok(self.interval(tail, 1.0 - tail, level))
    }

    /// The percentile interval mirrored at the estimate (2t − quantiles).
    ///
    /// # Errors
    /// Level outside (0, 1).
    pub fn basic(&self, level: f64) -> Result<Interval, StatisticsError> {
        let percentile = self.percentile(level)?;
        let (low, high) = (2.0 * self.estimate - percentile.high, 2.0 * self.estimate - percentile.low);
        Ok(Interval { low, high, ..percentile })
    }

    /// The two probabilities at which the BCa interval reads the replicates.
    ///
    /// # Errors
    /// Level outside (0, 1); all replicates on one side of the estimate.
    pub fn bca_probabilities(&self, level: f64) -> Result<(f64, f64), StatisticsError> {
        require_open_unit("confidence level", level)?;
        let z0 = self.bias_correction();
        if !z0.is_finite() {
            return Err(StatisticsError::Undefined {
                what: "BCa interval".to_owned(),
                why: "all replicates lie on one side of the estimate".to_owned(),
            });
        }
        let at = |z: f64| normal::lower(z0 + (z0 + z) / (1.0 - self.acceleration * (z0 + z)));
        let z = normal::quantile_upper(0.5 * (1.0 - level));
        Ok((at(-z), at(z)))
    }

    /// Bias-corrected and accelerated interval.
    ///
    /// # Errors
    /// Level outside (0, 1); all replicates on one side of the estimate.
    pub fn bca(&self, level: f64) -> Result<Interval, StatisticsError> {
        let (low, high) = self.bca_probabilities(level)?;
        Ok(self.interval(low, high, level))
    }

    fn interval(&self, low: f64, high: f64, level: f64) -> Interval {
        Interval {
            value: self.estimate,
            low: quantile_of_sorted(&self.sorted, low.clamp(0.0, 1.0)),
            high: quantile_of_sorted(&self.sorted, high.clamp(0.0, 1.0)),
            level,
        }
    }
}

/// Acceleration (0 for a constant statistic) and standard error from jackknife
/// values per sample.
fn influence(jackknife: &[Vec<f64>]) -> (f64, f64) {
    let (mut cubes, mut squares, mut variance) = (0.0, 0.0, 0.0);
    for values in jackknife {
        let n = values.len() as f64;
        let origin = values[0];
        let mean = origin + compensated(values.iter().map(|v| v - origin)) / n;
        let influence = |v: &f64| (n - 1.0) * (mean - v);
        let square = compensated(values.iter().map(|v| influence(v).powi(2)));
        cubes += compensated(values.iter().map(|v| influence(v).powi(3))) / n.powi(3);
        squares += square / (n * n);
        variance += square / (n * (n - 1.0));
    }
    let a = cubes / (6.0 * libm::pow(squares, 1.5));
    (if a.is_finite() { a } else { 0.0 }, variance.sqrt())
}
