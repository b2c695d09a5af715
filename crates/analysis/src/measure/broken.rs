//! Rules that keep slices out of the statistics, and what is told of each that is
//! broken.

/// What keeps a slice out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The response drifted over the baseline.
    BaselineDrift,
    /// It scattered too much over the baseline.
    BaselineVariation,
    /// The fibre volley changed.
    FibreVolley,
    /// A window holds too few sweeps, or the recording has no induction.
    Incomplete,
    /// There is no response whose slope could be taken.
    NoResponse,
    /// Too many sweeps without a response.
    MissingResponses,
    /// Too many sweeps at the end of the converter.
    Saturation,
    /// The access resistance changed.
    AccessResistance,
    /// The control pathway cannot be used.
    ControlPathway,
    /// A person decided so.
    Decision,
}

impl Rule {
    /// The rule in words, as a report counts its slices.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::BaselineDrift => "baseline drift",
            Self::BaselineVariation => "baseline variation",
            Self::FibreVolley => "fibre volley",
            Self::Incomplete => "incomplete recording",
            Self::NoResponse => "no measurable response",
            Self::MissingResponses => "missing responses",
            Self::Saturation => "saturated sweeps",
            Self::AccessResistance => "access resistance",
            Self::ControlPathway => "control pathway",
            Self::Decision => "decision of a person",
        }
    }
}

/// A rule that a slice breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub rule: Rule,
    /// What was found and what the limit is.
    pub told: String,
}

impl Broken {
    /// A broken rule with what is told of it.
    pub(crate) fn new(rule: Rule, told: impl Into<String>) -> Self {
        Self { rule, told: told.into() }
    }
}
