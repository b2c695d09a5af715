//! Expression of GABA-A receptor subunits over days of steroid exposure:
//! tolerance while the steroid is there, withdrawal after it has gone.
//!
//! A change of the steroid level starts a chain of first-order stages,
//! xᵢ' = (xᵢ₋₁ − xᵢ)/τ with x₀ the exposure (1 present, 0 absent). α4 follows the
//! part that is under way, δ the part that has arrived:
//!
//! α4 = 1 + g·|x₆ − x₇|,   δ = 1 − (1 − δ_∞)·x₇
//!
//! After a step x₆ − x₇ is (t/τ)⁶e^(−t/τ)/6!, which peaks at 6τ. With its peak at
//! 2.5 d and a height of × 2.5 this is the course of Gulinello et al. 2001: α4 × 2–3
//! after 2–3 d of progesterone and back by 5–6 d, though the steroid stays. A
//! withdrawal is the same step downwards and raises α4 again (same group, from
//! memory).

use evidence::{Evidence, EvidenceRow};

/// Stages before the difference is taken.
const STAGES: u32 = 6;
/// Time constant of one stage, d: 2.5 d / 6. Derived.
const STAGE_D: f64 = 2.5 / 6.0;
/// g: 1.5 over the largest difference, 6⁶e⁻⁶/6! = 0.1606. Derived.
const ALPHA4_GAIN: f64 = 1.5 / 0.160_623_141_047_980_6;
/// δ after lasting exposure: optical density 0.28 in pregnancy against 0.42,
/// dentate gyrus of the mouse (PMC3399241). Measured, another region.
const DELTA_LASTING: f64 = 0.28 / 0.42;

/// Steroid exposure before the slices are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    /// How long the raised level lasted, d.
    pub exposed_d: f64,
    /// How long ago it ended, d; `None` if it lasts.
    pub withdrawn_d: Option<f64>,
}

/// Expression relative to the state before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expression {
    /// × α4.
    pub alpha4: f64,
    /// × δ.
    pub delta: f64,
}

impl History {
    /// Expression when the slices are made.
    pub fn expression(&self) -> Expression {
        let since_start = self.exposed_d + self.withdrawn_d.unwrap_or(0.0);
        let since_end = self.withdrawn_d;
        let stage = |n: u32| arrived(n, since_start) - since_end.map_or(0.0, |days| arrived(n, days));
        let (sixth, seventh) = (stage(STAGES), stage(STAGES + 1));
        Expression {
            alpha4: 1.0 + ALPHA4_GAIN * (sixth - seventh).abs(),
            delta: 1.0 - (1.0 - DELTA_LASTING) * seventh.clamp(0.0, 1.0),
        }
    }
}

/// x_n after a unit step: 1 − e^(−u) Σ_{i<n} uⁱ/i!, u = t/τ.
fn arrived(stages: u32, days: f64) -> f64 {
    let u = days.max(0.0) / STAGE_D;
    let mut term = libm::exp(-u);
    let mut missing = 0.0;
    for i in 0..stages {
        missing += term;
        term *= u / f64::from(i + 1);
    }
    1.0 - missing
}

/// Where the numbers come from.
pub fn evidence() -> Vec<EvidenceRow> {
    let row = |subject: &str, value: &str, source: &str, tag| EvidenceRow {
        subject: format!("subunit expression, {subject}"),
        value: value.to_owned(),
        source: source.to_owned(),
        tag,
        note: String::new(),
    };
    vec![
        row(
            "α4, course",
            "peak × 2.5 at 2.5 d, back by 5–6 d",
            "α4 protein × 2–3 after 2–3 d of progesterone, back by 5–6 d, Gulinello et al. 2001",
            Evidence::Derived,
        ),
        row(
            "α4, rise on withdrawal",
            "as on exposure",
            "Same group, from memory; the size was not found",
            Evidence::FromMemory,
        ),
        row(
            "δ after lasting exposure",
            "× 0.67",
            "Optical density 0.28 in pregnancy, 0.42 before and after, dentate gyrus, mouse (PMC3399241)",
            Evidence::Measured,
        ),
        row("chain of seven stages", "0.42 d each", "Form chosen to pass through these points", Evidence::ModelChoice),
    ]
}
