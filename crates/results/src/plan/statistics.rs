//! How the groups are compared.

use quantity::Fraction;
use serde::{Deserialize, Serialize};

/// Adjustment of p-values and intervals for several contrasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adjustment {
    /// Several groups against one reference (max |t|).
    Dunnett,
    /// Step-down Bonferroni.
    Holm,
    /// No adjustment.
    None,
}

/// Degrees of freedom of the mixed model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DegreesOfFreedom {
    /// Kenward and Roger 1997.
    KenwardRoger,
    /// Satterthwaite.
    Satterthwaite,
}

/// What a control pathway of the same slice is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlPathway {
    /// The outcome is the potentiation of the tetanised pathway; where slices
    /// have a control pathway, both are compared beside it, paired within slices.
    #[default]
    Compare,
    /// The outcome is the tetanised pathway as % of the control pathway of the
    /// same slice; slices without a control pathway are left out.
    Normalise,
}

impl ControlPathway {
    fn is_default(&self) -> bool {
        *self == ControlPathway::Compare
    }
}

/// The statistical plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatisticsPlan {
    /// Name of the reference condition.
    pub reference: String,
    /// Adjustment of the contrasts against the reference.
    pub adjust: Adjustment,
    /// Degrees of freedom.
    pub df: DegreesOfFreedom,
    /// Confidence level, e.g. 0.95.
    pub interval: Fraction,
    /// Power asked for in the sample-size section, e.g. 0.8.
    pub power: Fraction,
    /// Bounds of practical equivalence in percentage points of potentiation.
    pub equivalence_percent: Option<f64>,
    /// Use of control pathways.
    #[serde(default, skip_serializing_if = "ControlPathway::is_default")]
    pub control_pathway: ControlPathway,
}
