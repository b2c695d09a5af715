//! Which random effects a cluster has, and the variance parameters they bring.

/// Which random effects a cluster has. Order of the random effects of a block:
/// intercept, slope (if any), then one per sub-cluster (if any).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Structure {
    pub slope: bool,
    pub nested: bool,
}

/// One variance parameter; V is linear in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Component {
    /// Variance of the cluster intercepts.
    Intercept,
    /// Covariance of cluster intercepts and slopes.
    Covariance,
    /// Variance of the cluster slopes.
    Slope,
    /// Variance of the sub-clusters.
    Nested,
    /// Residual variance; always the last one.
    Residual,
}

impl Structure {
    pub fn components(self) -> Vec<Component> {
        let mut list = vec![Component::Intercept];
        if self.slope {
            list.extend([Component::Covariance, Component::Slope]);
        }
        if self.nested {
            list.push(Component::Nested);
        }
        list.push(Component::Residual);
        list
    }

    /// First sub-cluster effect in a block.
    pub fn first_nested(self) -> usize {
        1 + usize::from(self.slope)
    }
}

/// One observation's part in Z: intercept, slope and sub-cluster multiplier,
/// and the place of its sub-cluster inside the block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RandomRow {
    pub block: usize,
    pub intercept: f64,
    pub slope: f64,
    pub nested: f64,
    pub place: usize,
}
