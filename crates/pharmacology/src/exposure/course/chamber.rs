//! The recording chamber and the place of the recorded cells in the slice.
//!
//! A slice of thickness 2l bathed on both faces (or of thickness l on one face
//! only) is a plane sheet. After a step of the bath the concentration at the
//! distance x from the closed or middle plane is (Crank 1975, The Mathematics of
//! Diffusion, eq. 4.17)
//!
//! c(x, t)/C = 1 − (4/π) Σₙ (−1)ⁿ/(2n+1) · cos((2n+1)πx/2l) · e^(−D(2n+1)²π²t/4l²)
//!
//! which is a weighted sum of first-order steps with the time constants
//! 4l²/((2n+1)²π²D). Weights sum to 1.

use std::f64::consts::PI;

/// Terms of the sum. The last one is quicker than a minute in any slice.
const MODES: usize = 24;

/// Exchange of the bath unless stated, ms: 1 ml at 2–3 ml/min (usual for slice
/// rigs), V/Q = 0.4 min. A choice of the model.
pub(super) const EXCHANGE_MS: f64 = 24_000.0;

/// Which faces of the slice the bath reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faces {
    /// The slice lies on a net: both.
    Both,
    /// The slice lies on glass: the upper one only.
    Upper,
}

/// Where in the slice the recorded cells lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Depth {
    /// Below the upper face, µm.
    pub below_um: f64,
    /// Thickness of the slice, µm.
    pub thickness_um: f64,
    /// Faces that the bath reaches.
    pub faces: Faces,
}

/// The recording chamber.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chamber {
    /// Volume over flow, ms.
    pub exchange_ms: f64,
    /// Depth of the recorded cells; without it the first-order constants of the
    /// records stand for the whole slice.
    pub depth: Option<Depth>,
}

impl Default for Chamber {
    fn default() -> Self {
        Self { exchange_ms: EXCHANGE_MS, depth: None }
    }
}

/// One term of the sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mode {
    pub weight: f64,
    pub time_ms: f64,
}

impl Chamber {
    /// The terms for a compound that diffuses with `diffusion_cm2_per_s` in
    /// tissue; `None` unless the depth is stated.
    pub(crate) fn modes(&self, diffusion_cm2_per_s: f64) -> Option<Vec<Mode>> {
        let depth = self.depth?;
        let half_um = match depth.faces {
            Faces::Both => 0.5 * depth.thickness_um,
            Faces::Upper => depth.thickness_um,
        };
        let from_middle = (half_um - depth.below_um.clamp(0.0, depth.thickness_um)).abs() / half_um;
        let diffusion_um2_per_ms = diffusion_cm2_per_s * 1e5;
        let mut modes: Vec<Mode> = (0..MODES)
            .map(|n| {
                let order = (2 * n + 1) as f64;
                let sign = if n % 2 == 0 { 1.0 } else { -1.0 };
                Mode {
                    weight: sign * 4.0 / (PI * order) * libm::cos(0.5 * order * PI * from_middle),
                    time_ms: 4.0 * half_um * half_um / (order * order * PI * PI * diffusion_um2_per_ms),
                }
            })
            .collect();
        // The terms left out are quicker still: they go with the last one.
        let missing = 1.0 - modes.iter().map(|mode| mode.weight).sum::<f64>();
        if let Some(last) = modes.last_mut() {
            last.weight += missing;
        }
        Some(modes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(diffusion: f64, below_um: f64, faces: Faces, minutes: f64) -> f64 {
        let depth = Some(Depth { below_um, thickness_um: 400.0, faces });
        let modes = Chamber { depth, ..Chamber::default() }.modes(diffusion).expect("a depth");
        modes.iter().map(|m| m.weight * (1.0 - (-minutes * 60_000.0 / m.time_ms).exp())).sum()
    }

    /// 15 min of bath, 400 µm, both faces, by plane-sheet diffusion: etomidate
    /// (D 0.2e-6 cm²/s) 58 % and propofol (0.02e-6) 0.2 % of equilibrium at mid-depth.
    #[test]
    fn mid_depth_after_15_minutes() {
        assert!((filled(2e-7, 200.0, Faces::Both, 15.0) - 0.58).abs() < 0.005);
        assert!((filled(2e-8, 200.0, Faces::Both, 15.0) - 0.002).abs() < 0.001);
    }

    /// The mean over depth: 73 % and 24 %.
    #[test]
    fn mean_over_the_slice_after_15_minutes() {
        for (diffusion, expected) in [(2e-7, 0.73), (2e-8, 0.24)] {
            let layers = (0..200).map(|k| filled(diffusion, f64::from(k) + 0.5, Faces::Both, 15.0));
            let mean = layers.sum::<f64>() / 200.0;
            assert!((mean - expected).abs() < 0.006, "{diffusion}: {mean}");
        }
    }

    #[test]
    fn one_face_takes_four_times_as_long_and_the_surface_no_time() {
        let both = filled(1e-7, 200.0, Faces::Both, 10.0);
        let one = filled(1e-7, 400.0, Faces::Upper, 40.0);
        assert!((both - one).abs() < 1e-9);
        assert!(filled(1e-7, 0.0, Faces::Both, 0.1) > 0.99);
    }

    /// Against the diffusion equation in 200 layers, explicit steps.
    #[test]
    fn the_sum_solves_the_diffusion_equation() {
        let (layers, d_um) = (200_usize, 2.0_f64);
        let diffusion: f64 = 1e-7 * 1e8; // µm²/s
        let mut c = vec![0.0_f64; layers];
        let dt = 0.2 * d_um * d_um / diffusion;
        let steps = (600.0 / dt).round() as usize;
        for _ in 0..steps {
            let before = c.clone();
            for i in 0..layers {
                // The faces lie half a layer outside.
                let left = if i == 0 { 2.0 - before[0] } else { before[i - 1] };
                let right = if i + 1 == layers { 2.0 - before[i] } else { before[i + 1] };
                c[i] += 0.2 * (left - 2.0 * before[i] + right);
            }
        }
        for place in [10_usize, 40, 99] {
            let below = (place as f64 + 0.5) * d_um;
            let exact = filled(1e-7, below, Faces::Both, 10.0);
            assert!((c[place] - exact).abs() < 2e-4, "{below} µm: {} vs {exact}", c[place]);
        }
    }
}
