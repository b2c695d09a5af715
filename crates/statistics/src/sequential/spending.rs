//! How α is spent over the share t of the information (Lan & DeMets 1983, Biometrika 70:659).
//!
//!   O'Brien–Fleming kind   α(t) = 2 − 2Φ(z_{1−α/2}/√t), for α of one side
//!   Pocock kind            α(t) = α ln(1 + (e − 1) t)

use crate::dist::normal;
use serde::{Deserialize, Serialize};

/// A spending function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spending {
    /// Strict at first, nearly all of α at the end.
    OBrienFleming,
    /// About the same bound at each look.
    Pocock,
}

impl Spending {
    /// The name as typed on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Spending::OBrienFleming => "obrien-fleming",
            Spending::Pocock => "pocock",
        }
    }

    /// Share of the one-sided `alpha` that is spent at information `t` (0 to 1).
    pub(crate) fn spent(self, alpha: f64, t: f64) -> f64 {
        match self {
            Spending::OBrienFleming => normal::two_sided(normal::quantile_upper(0.5 * alpha) / t.sqrt()),
            Spending::Pocock => alpha * libm::log1p((core::f64::consts::E - 1.0) * t),
        }
    }
}
