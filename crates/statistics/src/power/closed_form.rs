//! Power from noncentral distributions.

use crate::dist::{f, noncentral, normal, quadrature, student_t};
use crate::error::{StatisticsError, require_count, require_open_unit, require_range};
use crate::estimate::Alternative;

const LARGEST: f64 = 1e9;

/// Power of a t test with noncentrality `delta`, `df` degrees of freedom.
///
/// # Errors
/// `alpha` outside (0, 1), `delta` not finite, `df` not positive.
pub fn power_t(delta: f64, df: f64, alpha: f64, alternative: Alternative) -> Result<f64, StatisticsError> {
    require_open_unit("alpha", alpha)?;
    require_range("noncentrality", delta, -1e8, 1e8)?;
    require_range("degrees of freedom", df, f64::MIN_POSITIVE, f64::INFINITY)?;
    Ok(match alternative {
        Alternative::TwoSided => {
            let c = student_t::quantile_upper(alpha / 2.0, df);
            noncentral::t_upper(c, df, delta) + noncentral::t_lower(-c, df, delta)
        }
        Alternative::Greater => noncentral::t_upper(student_t::quantile_upper(alpha, df), df, delta),
        Alternative::Less => noncentral::t_lower(-student_t::quantile_upper(alpha, df), df, delta),
    })
}

/// Two-sided power of Student's t test; `effect` in units of the common SD;
/// sizes may be fractional (for inversion).
///
/// # Errors
/// Sizes below 1 or together not above 2, `alpha` outside (0, 1).
pub fn power_t_two_sample(effect: f64, n1: f64, n2: f64, alpha: f64) -> Result<f64, StatisticsError> {
    require_range("size of the first group", n1, 1.0, LARGEST)?;
    require_range("size of the second group", n2, 1.0, LARGEST)?;
    let delta = effect / (1.0 / n1 + 1.0 / n2).sqrt();
    power_t(delta, n1 + n2 - 2.0, alpha, Alternative::TwoSided)
}

/// Two-sided power of the one-sample or paired t test; `effect` in units of the
/// SD of the values or differences.
///
/// # Errors
/// Size not above 1, `alpha` outside (0, 1).
pub fn power_t_one_sample(effect: f64, n: f64, alpha: f64) -> Result<f64, StatisticsError> {
    require_range("number of values", n, 1.0, LARGEST)?;
    power_t(effect * n.sqrt(), n - 1.0, alpha, Alternative::TwoSided)
}

/// Size of each group for a two-sided Student test, as a real number (round up).
///
/// # Errors
/// `effect` zero, `alpha` or `power` outside (0, 1), power out of reach.
pub fn required_n_two_sample(effect: f64, alpha: f64, power: f64) -> Result<f64, StatisticsError> {
    require_open_unit("power", power)?;
    let excess = |n: f64| power_t_two_sample(effect, n, n, alpha).map_or(f64::NAN, |p| p - power);
    // Below 1.2 values a group the t test has almost no degrees of freedom.
    let low = 1.2;
    if excess(low) >= 0.0 {
        return Ok(low);
    }
    let mut high = 4.0;
    while excess(high) < 0.0 {
        high *= 2.0;
        if high > 1e7 {
            return Err(out_of_reach());
        }
    }
    power_t_two_sample(effect, high, high, alpha)?;
    quadrature::root(excess, low, high).ok_or_else(out_of_reach)
}

fn out_of_reach() -> StatisticsError {
    StatisticsError::Undefined {
        what: "required size".to_owned(),
        why: "the effect is too small for any size up to ten million".to_owned(),
    }
}

/// Power of an F test with noncentrality `lambda`.
///
/// # Errors
/// `alpha` outside (0, 1), `lambda` negative, degrees of freedom not positive.
pub fn power_f(lambda: f64, df1: f64, df2: f64, alpha: f64) -> Result<f64, StatisticsError> {
    require_open_unit("alpha", alpha)?;
    require_range("noncentrality", lambda, 0.0, 1e7)?;
    require_range("numerator degrees of freedom", df1, f64::MIN_POSITIVE, LARGEST)?;
    require_range("denominator degrees of freedom", df2, f64::MIN_POSITIVE, LARGEST)?;
    Ok(noncentral::f_upper(f::quantile_upper(alpha, df1, df2), df1, df2, lambda))
}

/// Power of one-way analysis of variance: `groups` of `n` values, Cohen's
/// f = SD of the means over the common SD; λ = k n f².
///
/// # Errors
/// Fewer than two groups or two values, `alpha` outside (0, 1), f negative.
pub fn power_anova(groups: usize, n: usize, effect_f: f64, alpha: f64) -> Result<f64, StatisticsError> {
    require_count("groups", groups, 2)?;
    require_count("values of a group", n, 2)?;
    require_range("effect f", effect_f, 0.0, 1e3)?;
    let (k, n) = (groups as f64, n as f64);
    power_f(k * n * effect_f * effect_f, k - 1.0, k * (n - 1.0), alpha)
}

/// Two-sided power of the balanced nested comparison of two groups; `effect`
/// and SDs in the unit of the response.
///
/// # Errors
/// Fewer than two clusters or one unit, negative SDs or both zero, `alpha`
/// outside (0, 1).
pub fn power_nested(
    effect: f64,
    sd_cluster: f64,
    sd_unit: f64,
    clusters_per_group: usize,
    units_per_cluster: usize,
    alpha: f64,
) -> Result<f64, StatisticsError> {
    require_count("clusters of a group", clusters_per_group, 2)?;
    require_count("units of a cluster", units_per_cluster, 1)?;
    require_range("SD between clusters", sd_cluster, 0.0, f64::MAX)?;
    require_range("SD of units", sd_unit, 0.0, f64::MAX)?;
    let n = clusters_per_group as f64;
    let variance = sd_cluster * sd_cluster + sd_unit * sd_unit / units_per_cluster as f64;
    if variance <= 0.0 {
        return Err(StatisticsError::ZeroVariance { what: "clusters and units".to_owned() });
    }
    let delta = effect / (2.0 * variance / n).sqrt();
    // Beyond this noncentrality the power is 1 to rounding.
    power_t(delta.clamp(-1e4, 1e4), 2.0 * n - 2.0, alpha, Alternative::TwoSided)
}

/// Clusters a group for the balanced nested comparison (smallest that reaches
/// `power`).
///
/// # Errors
/// As [`power_nested`]; effect zero or too small for 100 000 clusters.
pub fn required_clusters_nested(
    effect: f64,
    sd_cluster: f64,
    sd_unit: f64,
    units_per_cluster: usize,
    alpha: f64,
    power: f64,
) -> Result<usize, StatisticsError> {
    smallest(power, |n| power_nested(effect, sd_cluster, sd_unit, n, units_per_cluster, alpha))
}

/// Two-sided power of a comparison inside clusters: `clusters` that give
/// `units_per_condition` units to each of two conditions.
///
/// # Errors
/// Fewer than two clusters or one unit, an SD not above zero, `alpha` outside
/// (0, 1).
pub fn power_within(
    effect: f64,
    sd_unit: f64,
    clusters: usize,
    units_per_condition: usize,
    alpha: f64,
) -> Result<f64, StatisticsError> {
    require_count("clusters", clusters, 2)?;
    require_count("units of a cluster in a condition", units_per_condition, 1)?;
    require_range("SD of units", sd_unit, f64::MIN_POSITIVE, f64::MAX)?;
    require_range("effect", effect, f64::MIN, f64::MAX)?;
    let n = clusters as f64;
    let delta = effect / (2.0 * sd_unit * sd_unit / (units_per_condition as f64 * n)).sqrt();
    power_t(delta.clamp(-1e4, 1e4), n - 1.0, alpha, Alternative::TwoSided)
}

/// Clusters for the comparison inside clusters (smallest that reaches `power`).
///
/// # Errors
/// As [`power_within`]; effect zero or too small for 100 000 clusters.
pub fn required_clusters_within(
    effect: f64,
    sd_unit: f64,
    units_per_condition: usize,
    alpha: f64,
    power: f64,
) -> Result<usize, StatisticsError> {
    smallest(power, |n| power_within(effect, sd_unit, n, units_per_condition, alpha))
}

/// The smallest n ≥ 2 at which `power_of` reaches `power`.
fn smallest(power: f64, power_of: impl Fn(usize) -> Result<f64, StatisticsError>) -> Result<usize, StatisticsError> {
    require_open_unit("power", power)?;
    let mut high = 2;
    while power_of(high)? < power {
        high *= 2;
        if high > 200_000 {
            return Err(out_of_reach());
        }
    }
    let mut low = (high / 2).max(1);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if middle >= 2 && power_of(middle)? >= power {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(high)
}

/// Power of the balanced nested comparison over intraclass correlations, total
/// SD held: pairs (ICC, power).
///
/// # Errors
/// As [`power_nested`]; an ICC outside 0 … 1.
pub fn sensitivity_icc(
    effect: f64,
    sd_total: f64,
    clusters_per_group: usize,
    units_per_cluster: usize,
    alpha: f64,
    icc: &[f64],
) -> Result<Vec<(f64, f64)>, StatisticsError> {
    icc.iter()
        .map(|&rho| {
            require_range("intraclass correlation", rho, 0.0, 1.0)?;
            let (cluster, unit) = (sd_total * rho.sqrt(), sd_total * (1.0 - rho).sqrt());
            let power = power_nested(effect, cluster, unit, clusters_per_group, units_per_cluster, alpha)?;
            Ok((rho, power))
        })
        .collect()
}

/// Power of two one-sided tests at true difference zero, normal approximation
/// with known SD: max(0, 2Φ(ε√(n/2) − z_{1−α}) − 1); `margin` in SD units.
///
/// # Errors
/// `alpha` outside (0, 1), margin not positive.
pub fn power_tost_normal(margin: f64, n: usize, alpha: f64) -> Result<f64, StatisticsError> {
    require_open_unit("alpha", alpha)?;
    require_range("equivalence margin", margin, f64::MIN_POSITIVE, f64::MAX)?;
    let z = margin * (n as f64 / 2.0).sqrt() - normal::quantile_upper(alpha);
    Ok((2.0 * normal::lower(z) - 1.0).max(0.0))
}
