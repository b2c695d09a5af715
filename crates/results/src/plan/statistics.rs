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

/// Which variances the model of a comparison has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variances {
    /// Between animals every condition has variances of its own (animals and slices);
    /// within animals every comparison has.
    ByGroup,
    /// The same variances in all conditions.
    Equal,
}

impl Variances {
    /// Of plans that were written before there was a choice.
    fn of_old_plans() -> Self {
        Self::Equal
    }
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
    /// The outcome is the change of the tetanised pathway less that of the control
    /// pathway of the same slice, percentage points; slices without one are left out.
    Subtract,
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
    /// Variances of the model.
    #[serde(default = "Variances::of_old_plans")]
    pub variances: Variances,
    /// Degrees of freedom.
    pub df: DegreesOfFreedom,
    /// Confidence level, e.g. 0.95.
    pub interval: Fraction,
    /// Power asked for in the sample-size section, e.g. 0.8.
    pub power: Fraction,
    /// Bounds of practical equivalence in percentage points of potentiation.
    pub equivalence_percent: Option<f64>,
    /// The question of the experiment, as its file states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Use of control pathways.
    #[serde(default, skip_serializing_if = "ControlPathway::is_default")]
    pub control_pathway: ControlPathway,
}
