//! How recordings are to be analysed: fixed before the first slice, written
//! into the manifest, read by the analysis.

pub use crate::rig::{Deflection, RigPlan, Signal, VoltageStep};
pub use crate::slope::{LevelFit, SlopeRule, SlopeRuleError};
use quantity::{Fraction, Time};
use serde::{Deserialize, Serialize};

/// Which part of the rising phase the slope is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlopeMethod {
    /// Lower bound as a fraction of the peak amplitude.
    pub low: Fraction,
    /// Upper bound as a fraction of the peak amplitude.
    pub high: Fraction,
}

/// Exclusion rules, stated before the run. `None` switches a rule off.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExclusionRules {
    /// Largest accepted |drift| of the baseline slope over the baseline.
    pub baseline_drift: Option<Fraction>,
    /// Largest accepted coefficient of variation of baseline slopes.
    pub baseline_cv: Option<Fraction>,
    /// Largest accepted |change| of the fibre volley, outcome window against baseline.
    pub volley_change: Option<Fraction>,
}

/// What is measured, where and by which rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalysisPlan {
    /// Slope of the fEPSP.
    pub slope: SlopeMethod,
    /// Length of the reference window that ends at induction (drug present).
    pub reference_window: Time,
    /// Outcome window, minutes after induction.
    pub window: [Time; 2],
    /// Window of short-term potentiation after induction.
    pub short_term_window: [Time; 2],
    /// Width of the bins of the time course.
    pub bin: Time,
    /// Exclusion rules.
    pub exclude: ExclusionRules,
    /// What recordings from a rig need beyond simulated ones.
    #[serde(default, skip_serializing_if = "RigPlan::is_default")]
    pub rig: RigPlan,
}

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

/// Journal whose column width and lettering the figures follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JournalStyle {
    /// The Journal of Neuroscience: 85 mm column.
    Jneurosci,
    /// Nature: 89 mm column.
    Nature,
    /// eLife.
    Elife,
    /// Cell: 85 mm column.
    Cell,
}

/// File format of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureFormat {
    /// Scalable vector graphics, text as text.
    Svg,
    /// Portable document format, vector.
    Pdf,
    /// Portable network graphics, 600 dpi.
    Png,
}

/// How the report looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportPlan {
    /// Journal style.
    pub style: JournalStyle,
    /// Figure formats to write.
    pub formats: Vec<FigureFormat>,
}
