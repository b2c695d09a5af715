//! From the logarithm of the stimulus to the response.
//!
//!   y = baseline + (maximum − baseline) σ(n q),  σ(u) = 1/(1 + e⁻ᵘ)
//!
//! q is the logarithm of the stimulus: ln(A/EC₅₀) of a logistic curve,
//! ln(τA/(A + K_A)) in the operational model (Black & Leff 1983, Proc R Soc Lond B
//! 220:141), which then reads Emτⁿ Aⁿ/((A + K_A)ⁿ + τⁿAⁿ).

/// Value of a response.
pub(super) fn response([baseline, maximum, slope]: [f64; 3], stimulus: Option<f64>) -> f64 {
    match stimulus {
        Some(q) if slope > 0.0 => baseline + (maximum - baseline) * share(slope * q),
        None if slope > 0.0 => baseline,
        _ => f64::NAN,
    }
}

/// Derivatives along baseline, maximum, slope and q.
pub(super) fn gradient([baseline, maximum, slope]: [f64; 3], stimulus: Option<f64>) -> [f64; 4] {
    let Some(q) = stimulus else { return [1.0, 0.0, 0.0, 0.0] };
    let part = share(slope * q);
    let along = (maximum - baseline) * part * (1.0 - part);
    [1.0 - part, part, along * q, along * slope]
}

fn share(u: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-u))
}
