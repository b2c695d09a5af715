//! Counts, their grouping, and how random effects are integrated out.

use crate::design::Design;
use crate::error::{StatisticsError, require_count, require_finite};
use crate::glmm::family::Family;
use std::collections::BTreeMap;

/// Counts and their grouping; all vectors have one entry an observation.
#[derive(Debug, Clone, Copy)]
pub struct CountData<'a> {
    /// Distribution.
    pub family: Family,
    /// Counts: whole numbers of events or successes.
    pub counts: &'a [f64],
    /// Trials (binomial) or exposure (others: counting time, volume …); none: 1.
    pub size: Option<&'a [f64]>,
    /// Fixed effects.
    pub fixed: &'a Design,
    /// Cluster of each observation; any labels, equal label = same cluster.
    pub cluster: &'a [usize],
    /// Sub-cluster, nested in the cluster.
    pub nested: Option<&'a [usize]>,
}

/// How the random effects are integrated out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quadrature {
    /// Laplace's approximation.
    Laplace,
    /// Adaptive Gauss–Hermite with this many nodes, 2 to 100; for one random effect.
    Nodes(usize),
}

/// Observations of one cluster.
#[derive(Debug, Clone)]
pub(crate) struct Members {
    /// Rows of the data.
    pub(crate) rows: Vec<usize>,
    /// Sub-cluster of each, from 0; empty without sub-clusters.
    pub(crate) nested: Vec<usize>,
    /// Number of sub-clusters.
    pub(crate) parts: usize,
}

impl CountData<'_> {
    /// Clusters in the order of their labels, so that the order of rows changes nothing but
    /// the order of sums within a cluster.
    ///
    /// # Errors
    /// Lengths that differ, counts that are none, fewer than two clusters, a nested
    /// effect that cannot be told from the cluster.
    pub(crate) fn members(&self, quadrature: Quadrature) -> Result<Vec<Members>, StatisticsError> {
        self.check(quadrature)?;
        let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (row, cluster) in self.cluster.iter().enumerate() {
            rows.entry(*cluster).or_default().push(row);
        }
        require_count("clusters", rows.len(), 2)?;
        let members: Vec<Members> = rows
            .into_values()
            .map(|rows| {
                let Some(nested) = self.nested else { return Members { rows, nested: Vec::new(), parts: 0 } };
                let mut labels: Vec<usize> = rows.iter().map(|&row| nested[row]).collect();
                labels.sort_unstable();
                labels.dedup();
                let place = |row: &usize| labels.binary_search(&nested[*row]).unwrap_or_default();
                Members { nested: rows.iter().map(place).collect(), parts: labels.len(), rows }
            })
            .collect();
        if self.nested.is_some() && members.iter().all(|m| m.parts < 2) {
            return Err(StatisticsError::Undefined {
                what: "variance of the nested random effect".to_owned(),
                why: "every cluster holds one sub-cluster, so the two cannot be told apart".to_owned(),
            });
        }
        Ok(members)
    }

    fn check(&self, quadrature: Quadrature) -> Result<(), StatisticsError> {
        let n = self.counts.len();
        let lengths = [
            ("fixed effects", self.fixed.rows()),
            ("clusters", self.cluster.len()),
            ("sub-clusters", self.nested.map_or(n, <[usize]>::len)),
            ("trials or exposure", self.size.map_or(n, <[f64]>::len)),
        ];
        for (what, found) in lengths {
            if found != n {
                return Err(StatisticsError::LengthMismatch { what: what.to_owned(), expected: n, found });
            }
        }
        require_count("observations", n, self.fixed.columns() + 1)?;
        require_finite("counts", self.counts)?;
        let whole = |what: &str, value: f64, low: f64, high: f64| {
            if value.fract() == 0.0 && (low..=high).contains(&value) {
                return Ok(());
            }
            Err(StatisticsError::OutOfRange { what: format!("{what} (a whole number)"), value, low, high })
        };
        for (row, &count) in self.counts.iter().enumerate() {
            let size = self.size.map_or(1.0, |size| size[row]);
            if self.family == Family::Binomial {
                whole("number of trials", size, 1.0, 1e9)?;
                whole("count of successes", count, 0.0, size)?;
            } else {
                whole("count", count, 0.0, 1e9)?;
                crate::error::require_range("exposure", size, f64::MIN_POSITIVE, f64::MAX)?;
            }
        }
        match quadrature {
            Quadrature::Nodes(nodes) if self.nested.is_some() || !(2..=100).contains(&nodes) => {
                Err(StatisticsError::Undefined {
                    what: format!("quadrature with {nodes} nodes"),
                    why: "2 to 100 nodes and one random effect are accepted; two random effects take Laplace"
                        .to_owned(),
                })
            }
            _ => Ok(()),
        }
    }

    /// Trials of a row; 1 where none are stated.
    pub(crate) fn trials(&self, row: usize) -> f64 {
        if self.family == Family::Binomial { self.size.map_or(1.0, |size| size[row]) } else { 1.0 }
    }

    /// ln exposure of a row.
    pub(crate) fn offset(&self, row: usize) -> f64 {
        if self.family == Family::Binomial { 0.0 } else { self.size.map_or(0.0, |size| libm::log(size[row])) }
    }
}
