//! Tsodyks & Markram 1997 PNAS 94:719: release as a map from spike to spike.
//!
//!   R ← 1 − (1 − R(1−u)) e^{−Δ/τ_D} (with the u of the spike before),
//!   u ← U + u(1−U) e^{−Δ/τ_F}, release u R; u = U and R = 1 at the first spike.

/// A depressing and facilitating synapse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TsodyksMarkram {
    /// Release probability at rest, U.
    pub release: f64,
    /// Facilitation, ms; 0 for none.
    pub facilitation_ms: f64,
    /// Recovery from depression, ms.
    pub recovery_ms: f64,
}

/// u, R and the release u R of every spike, `intervals_ms` apart (one less than spikes).
pub fn releases(synapse: &TsodyksMarkram, intervals_ms: &[f64]) -> Vec<[f64; 3]> {
    let base = synapse.release;
    let (mut u, mut r) = (base, 1.0);
    let mut found = vec![[u, r, u * r]];
    for &interval in intervals_ms {
        r = 1.0 - (1.0 - r * (1.0 - u)) * libm::exp(-interval / synapse.recovery_ms);
        let kept = if synapse.facilitation_ms > 0.0 { libm::exp(-interval / synapse.facilitation_ms) } else { 0.0 };
        u = base + u * (1.0 - base) * kept;
        found.push([u, r, u * r]);
    }
    found
}
