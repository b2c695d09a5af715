//! What is fitted and how.

use crate::error::{StatisticsError, require_count, require_finite, require_open_unit};
use crate::estimate::DfMethod;

/// Observations; all vectors have one entry an observation.
#[derive(Debug, Clone, Copy)]
pub struct CovariateData<'a> {
    /// Response.
    pub response: &'a [f64],
    /// Covariate, not centred.
    pub covariate: &'a [f64],
    /// Group of each observation, from 0 (the reference) without gaps.
    pub group: &'a [usize],
    /// Cluster (animal) of each observation, any labels.
    pub cluster: &'a [usize],
    /// Sub-cluster (slice) of each observation, labels of their own in each cluster.
    pub nested: Option<&'a [usize]>,
}

/// Slopes along the covariate: stated, never chosen by a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slopes {
    /// One for all groups.
    Equal,
    /// One of each group.
    ByGroup,
}

/// How it is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CovariateModel {
    /// Slopes.
    pub slopes: Slopes,
    /// Slopes vary between clusters (and sub-clusters), beside the levels.
    pub slopes_vary: bool,
    /// Covariate at which means are adjusted; none: its mean over the observations.
    pub at: Option<f64>,
    /// Degrees of freedom of the mixed model.
    pub df: DfMethod,
    /// Confidence level.
    pub level: f64,
}

impl CovariateData<'_> {
    /// Number of groups.
    pub(super) fn groups(&self) -> usize {
        self.group.iter().max().map_or(0, |last| last + 1)
    }

    /// Mean of the covariate over the observations.
    pub(super) fn centre(&self) -> f64 {
        self.covariate.iter().sum::<f64>() / self.covariate.len() as f64
    }

    /// Whether some cluster has several observations.
    pub(super) fn is_clustered(&self) -> bool {
        repeats(self.cluster.iter().copied())
    }

    /// Whether some sub-cluster has several observations.
    pub(super) fn is_nested(&self) -> bool {
        self.nested.is_some_and(|nested| repeats(self.cluster.iter().copied().zip(nested.iter().copied())))
    }

    /// Whether some sub-cluster has enough observations for a line and scatter about it.
    pub(super) fn nested_lines(&self) -> bool {
        let Some(nested) = self.nested else { return false };
        let mut labels: Vec<(usize, usize)> = self.cluster.iter().copied().zip(nested.iter().copied()).collect();
        labels.sort_unstable();
        labels.windows(3).any(|three| three[0] == three[2])
    }

    /// Level of each observation in clusters × groups, if clusters lie in several groups.
    pub(super) fn cluster_by_group(&self) -> Option<Vec<usize>> {
        let groups = self.groups();
        let mut clusters: Vec<usize> = self.cluster.to_vec();
        clusters.sort_unstable();
        clusters.dedup();
        let place = |cluster: usize| clusters.binary_search(&cluster).unwrap_or_default();
        let level: Vec<usize> = self.cluster.iter().zip(self.group).map(|(c, g)| place(*c) * groups + g).collect();
        let mut distinct = level.clone();
        distinct.sort_unstable();
        distinct.dedup();
        (distinct.len() > clusters.len()).then_some(level)
    }

    pub(super) fn check(&self, model: &CovariateModel) -> Result<(), StatisticsError> {
        require_open_unit("confidence level", model.level)?;
        require_count("observations", self.response.len(), 3)?;
        let expected = self.response.len();
        let lengths = [
            ("covariate", self.covariate.len()),
            ("group", self.group.len()),
            ("cluster", self.cluster.len()),
            ("sub-cluster", self.nested.map_or(expected, <[usize]>::len)),
        ];
        for (what, found) in lengths {
            if found != expected {
                return Err(StatisticsError::LengthMismatch { what: what.to_owned(), expected, found });
            }
        }
        require_finite("response", self.response)?;
        require_finite("covariate", self.covariate)?;
        if let Some(at) = model.at {
            require_finite("covariate of the adjusted means", &[at])?;
        }
        if self.response.iter().all(|y| *y == self.response[0]) {
            return Err(StatisticsError::ZeroVariance { what: "response".to_owned() });
        }
        if self.covariate.iter().all(|x| *x == self.covariate[0]) {
            return Err(StatisticsError::ZeroVariance { what: "covariate".to_owned() });
        }
        match (0..self.groups()).find(|g| !self.group.contains(g)) {
            Some(level) => Err(StatisticsError::EmptyLevel { what: "group".to_owned(), level }),
            None => Ok(()),
        }
    }
}

fn repeats<T: Ord>(labels: impl Iterator<Item = T>) -> bool {
    let mut labels: Vec<T> = labels.collect();
    labels.sort_unstable();
    labels.windows(2).any(|pair| pair[0] == pair[1])
}
