//! How the tissue or cell of a sweep was held. Files spell it in the column of the
//! pathway; this is the only place that knows the spelling.

use std::fmt;

/// What was held, and at what, while a sweep was recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clamp {
    /// Nothing: potentials of a field electrode, or of a pathway of any name.
    Field,
    /// Current clamp of a cell: a step of current; the samples are potentials in mV.
    Current {
        /// The step, pA.
        step_pa: f64,
    },
    /// Voltage clamp of a cell: the samples are currents in pA.
    Voltage(Shown),
}

/// The current that voltage clamp is set up to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// IPSCs, with glutamate receptors blocked.
    Ipsc,
    /// EPSCs, with GABA-A receptors blocked.
    Epsc,
    /// What is left with both blocked.
    Blocked,
}

impl Shown {
    /// All of them.
    const ALL: [Self; 3] = [Self::Ipsc, Self::Epsc, Self::Blocked];

    /// Name in files.
    const fn name(self) -> &'static str {
        match self {
            Self::Ipsc => "ipsc",
            Self::Epsc => "epsc",
            Self::Blocked => "blocked",
        }
    }
}

impl Clamp {
    /// What a name of a pathway says, e.g. `cc -50 pA` or `vc ipsc`; the field for
    /// every other name, e.g. `S1`.
    pub fn named(pathway: &str) -> Self {
        let current = || pathway.strip_prefix("cc ")?.strip_suffix(" pA")?.parse().ok();
        let voltage = || {
            let shown = pathway.strip_prefix("vc ")?;
            Shown::ALL.into_iter().find(|known| known.name() == shown)
        };
        match (current(), voltage()) {
            (Some(step_pa), _) => Self::Current { step_pa },
            (None, Some(shown)) => Self::Voltage(shown),
            (None, None) => Self::Field,
        }
    }
}

impl fmt::Display for Clamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field => f.write_str("field"),
            Self::Current { step_pa } => write!(f, "cc {step_pa} pA"),
            Self::Voltage(shown) => write!(f, "vc {}", shown.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_come_back() {
        for (clamp, spelt) in [
            (Clamp::Current { step_pa: 100.0 }, "cc 100 pA"),
            (Clamp::Current { step_pa: -62.5 }, "cc -62.5 pA"),
            (Clamp::Voltage(Shown::Ipsc), "vc ipsc"),
            (Clamp::Voltage(Shown::Epsc), "vc epsc"),
            (Clamp::Voltage(Shown::Blocked), "vc blocked"),
        ] {
            assert_eq!((clamp.to_string().as_str(), Clamp::named(spelt)), (spelt, clamp));
        }
        for name in ["S1", "field", "", "cc", "cc strong pA", "vc", "vc gaba", "ipsc"] {
            assert_eq!(Clamp::named(name), Clamp::Field, "{name}");
        }
    }
}
