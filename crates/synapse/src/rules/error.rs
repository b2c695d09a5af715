//! Why a rule cannot be run as asked.

use thiserror::Error;

/// A rule, a set, a protocol or a parameter that cannot be used.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RuleError {
    /// No rule has this name.
    #[error("unknown rule \"{asked}\"; known rules: {}", .known.join(", "))]
    UnknownRule {
        /// Name asked for.
        asked: String,
        /// All names.
        known: Vec<String>,
    },
    /// The rule has no such parameter set.
    #[error("{rule} has no parameter set \"{asked}\"; its sets: {}", .known.join(", "))]
    UnknownSet {
        /// The rule.
        rule: &'static str,
        /// Name asked for.
        asked: String,
        /// All names.
        known: Vec<String>,
    },
    /// A parameter that the rule does not have.
    #[error("{rule} has no parameter \"{asked}\"; its parameters: {}", .known.join(", "))]
    UnknownParameter {
        /// The rule.
        rule: &'static str,
        /// Name asked for.
        asked: String,
        /// All names.
        known: Vec<String>,
    },
    /// A set that leaves parameters open.
    #[error("the set lacks {} of {rule}; give it, or `based_on` with the name of a published set", .missing.join(", "))]
    MissingParameter {
        /// The rule.
        rule: &'static str,
        /// Parameters without a value.
        missing: Vec<String>,
    },
    /// A parameter outside its range, or not a number.
    #[error("{rule}: {parameter} = {value} {unit} is outside its range, {low} to {high} {unit}")]
    OutOfRange {
        /// The rule.
        rule: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// Value asked for.
        value: f64,
        /// Lowest accepted value.
        low: f64,
        /// Highest accepted value.
        high: f64,
        /// Unit of the three.
        unit: &'static str,
    },
    /// No protocol has this name.
    #[error("unknown protocol \"{asked}\"; known protocols: {}", .known.join(", "))]
    UnknownProtocol {
        /// Name asked for.
        asked: String,
        /// All names.
        known: Vec<String>,
    },
    /// The rule has no meaning under this protocol.
    #[error("{rule} cannot be run with the protocol \"{protocol}\": {why}; its protocols: {}", .accepted.join(", "))]
    ProtocolNotForRule {
        /// The rule.
        rule: &'static str,
        /// The protocol.
        protocol: &'static str,
        /// The reason.
        why: &'static str,
        /// Protocols that it takes.
        accepted: Vec<&'static str>,
    },
    /// Spikes of one repetition do not fit between repetitions.
    #[error(
        "at {frequency_hz} Hz the repetitions follow every {period_ms} ms; {what} of {found_ms} ms does not fit, \
         it must be shorter than the period"
    )]
    BeyondPeriod {
        /// What does not fit.
        what: &'static str,
        /// Its size, ms.
        found_ms: f64,
        /// Repetition rate, Hz.
        frequency_hz: f64,
        /// Period, ms.
        period_ms: f64,
    },
    /// A number of the protocol that cannot be.
    #[error("{what} = {found} cannot be used: {accepted}")]
    ProtocolValue {
        /// What it is.
        what: &'static str,
        /// What was found.
        found: f64,
        /// What is accepted.
        accepted: &'static str,
    },
    /// A step that cannot resolve the fastest time constant.
    #[error(
        "a step of {step_ms} ms is too large for {rule}: its fastest time constant, {which}, is {fastest_ms} ms; \
         accepted: above 0 up to {limit_ms} ms"
    )]
    StepTooLarge {
        /// The rule.
        rule: &'static str,
        /// Step asked for, ms.
        step_ms: f64,
        /// The time constant.
        which: &'static str,
        /// Its value, ms.
        fastest_ms: f64,
        /// Largest accepted step, ms.
        limit_ms: f64,
    },
    /// A state left the real numbers.
    #[error("{rule}: {variable} is {value} at {t_ms} ms; check the parameters")]
    NotFinite {
        /// The rule.
        rule: &'static str,
        /// The variable.
        variable: &'static str,
        /// Its value.
        value: f64,
        /// When, ms.
        t_ms: f64,
    },
    /// The slice model could not be run.
    #[error("the slice failed: {0}")]
    Slice(String),
}

impl RuleError {
    /// The name that is not known with the known ones, for whoever guesses what was
    /// meant.
    pub fn unknown(&self) -> Option<(&str, &[String])> {
        match self {
            Self::UnknownRule { asked, known }
            | Self::UnknownSet { asked, known, .. }
            | Self::UnknownParameter { asked, known, .. }
            | Self::UnknownProtocol { asked, known } => Some((asked, known)),
            _ => None,
        }
    }
}
