//! How to spend a budget on clusters and units.
//!
//! For a fixed budget the variance of a group mean, (σ_c² + σ_u²/m)/n, is
//! smallest at m* = √(c_cluster/c_unit) σ_u/σ_c units a cluster (Snijders &
//! Bosker 1993); whole numbers are searched, because rounding m* misses.

use crate::error::{StatisticsError, require_range};
use crate::power::closed_form::{power_nested, power_within, required_clusters_nested, required_clusters_within};
use serde::{Deserialize, Serialize};

/// Most units a cluster that the searches try.
const MOST_UNITS: usize = 60;

/// Units per cluster that waste least.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Allocation {
    /// m* as a real number; infinite if clusters do not differ.
    pub continuous: f64,
    /// Best whole number (up to 60).
    pub units_per_cluster: usize,
}

/// A balanced design of two groups with its power and cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Clusters of each group.
    pub clusters_per_group: usize,
    /// Units of each cluster.
    pub units_per_cluster: usize,
    /// Two-sided power.
    pub power: f64,
    /// Cost of both groups together.
    pub cost: f64,
}

fn check(cost_cluster: f64, cost_unit: f64, sd_cluster: f64, sd_unit: f64) -> Result<(), StatisticsError> {
    require_range("cost of a cluster", cost_cluster, 0.0, f64::MAX)?;
    require_range("cost of a unit", cost_unit, f64::MIN_POSITIVE, f64::MAX)?;
    require_range("SD between clusters", sd_cluster, 0.0, f64::MAX)?;
    require_range("SD of units", sd_unit, 0.0, f64::MAX)
}

/// Units per cluster with the smallest variance for the money.
///
/// # Errors
/// Negative costs or SDs, units for nothing.
pub fn optimal_units(
    cost_cluster: f64,
    cost_unit: f64,
    sd_cluster: f64,
    sd_unit: f64,
) -> Result<Allocation, StatisticsError> {
    check(cost_cluster, cost_unit, sd_cluster, sd_unit)?;
    let waste = |m: usize| {
        let m = m as f64;
        (sd_cluster * sd_cluster + sd_unit * sd_unit / m) * (cost_cluster + cost_unit * m)
    };
    let mut best = 1;
    for m in 2..=MOST_UNITS {
        if waste(m) < waste(best) {
            best = m;
        }
    }
    Ok(Allocation { continuous: (cost_cluster / cost_unit).sqrt() * sd_unit / sd_cluster, units_per_cluster: best })
}

/// The balanced design with the highest power that `budget` pays for.
///
/// # Errors
/// As [`optimal_units`]; a budget below two clusters of one unit in each group.
pub fn best_plan(
    effect: f64,
    sd_cluster: f64,
    sd_unit: f64,
    cost_cluster: f64,
    cost_unit: f64,
    budget: f64,
    alpha: f64,
) -> Result<Plan, StatisticsError> {
    check(cost_cluster, cost_unit, sd_cluster, sd_unit)?;
    let mut best: Option<Plan> = None;
    for m in 1..=MOST_UNITS {
        let each = cost_cluster + cost_unit * m as f64;
        let n = (budget / (2.0 * each)).floor().min(1e5) as usize;
        if n < 2 {
            break;
        }
        let power = power_nested(effect, sd_cluster, sd_unit, n, m, alpha)?;
        if best.is_none_or(|b| power > b.power) {
            let cost = 2.0 * n as f64 * each;
            best = Some(Plan { clusters_per_group: n, units_per_cluster: m, power, cost });
        }
    }
    best.ok_or(StatisticsError::OutOfRange {
        what: "budget".to_owned(),
        value: budget,
        low: 4.0 * (cost_cluster + cost_unit),
        high: f64::INFINITY,
    })
}

/// The cheapest balanced design that reaches `power`.
///
/// # Errors
/// As [`optimal_units`] and [`required_clusters_nested`].
pub fn cheapest_plan(
    effect: f64,
    sd_cluster: f64,
    sd_unit: f64,
    cost_cluster: f64,
    cost_unit: f64,
    alpha: f64,
    power: f64,
) -> Result<Plan, StatisticsError> {
    check(cost_cluster, cost_unit, sd_cluster, sd_unit)?;
    let plan = |m: usize| {
        let n = required_clusters_nested(effect, sd_cluster, sd_unit, m, alpha, power)?;
        Ok::<Plan, StatisticsError>(Plan {
            clusters_per_group: n,
            units_per_cluster: m,
            power: power_nested(effect, sd_cluster, sd_unit, n, m, alpha)?,
            cost: 2.0 * n as f64 * (cost_cluster + cost_unit * m as f64),
        })
    };
    let mut best = plan(1)?;
    for m in 2..=MOST_UNITS {
        let next = plan(m)?;
        if next.cost < best.cost {
            best = next;
        }
    }
    Ok(best)
}

/// The cheapest comparison inside clusters that reaches `power`: all clusters
/// give `units_per_cluster` units to each of the two conditions, so a cluster
/// costs `cost_cluster + 2 · units · cost_unit`. `clusters_per_group` of the
/// plan is the number of clusters in all.
///
/// # Errors
/// As [`optimal_units`] and [`required_clusters_within`]; `most_units` zero.
pub fn cheapest_plan_within(
    effect: f64,
    sd_unit: f64,
    cost_cluster: f64,
    cost_unit: f64,
    alpha: f64,
    power: f64,
    most_units: usize,
) -> Result<Plan, StatisticsError> {
    check(cost_cluster, cost_unit, 0.0, sd_unit)?;
    let plan = |m: usize| {
        let n = required_clusters_within(effect, sd_unit, m, alpha, power)?;
        Ok::<Plan, StatisticsError>(Plan {
            clusters_per_group: n,
            units_per_cluster: m,
            power: power_within(effect, sd_unit, n, m, alpha)?,
            cost: n as f64 * (cost_cluster + 2.0 * cost_unit * m as f64),
        })
    };
    let mut best = plan(1)?;
    for m in 2..=most_units.min(MOST_UNITS) {
        let next = plan(m)?;
        if next.cost < best.cost {
            best = next;
        }
    }
    Ok(best)
}
