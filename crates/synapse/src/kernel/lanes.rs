//! Eight numbers side by side: the arithmetic of the spines. Plain element-wise
//! operations on arrays, which the compiler turns into vector instructions of
//! whatever width the machine has; no fused multiply-add and no reduction whose
//! order depends on that width, so every machine gives the same bytes.

use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub};

/// Number of lanes.
pub(crate) const WIDTH: usize = 8;

/// Eight lanes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub(crate) struct Lanes(pub(crate) [f64; WIDTH]);

macro_rules! elementwise {
    ($trait:ident, $method:ident, $op:tt) => {
        impl $trait for Lanes {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                let mut result = self;
                for k in 0..WIDTH {
                    result.0[k] = self.0[k] $op other.0[k];
                }
                result
            }
        }
        impl $trait<f64> for Lanes {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: f64) -> Self {
                self.$method(Self::all(other))
            }
        }
    };
}
elementwise!(Add, add, +);
elementwise!(Sub, sub, -);
elementwise!(Mul, mul, *);
elementwise!(Div, div, /);

impl AddAssign for Lanes {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl MulAssign<f64> for Lanes {
    #[inline(always)]
    fn mul_assign(&mut self, other: f64) {
        *self = *self * other;
    }
}

impl Neg for Lanes {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self::all(0.0) - self
    }
}

impl Lanes {
    /// The same number in all lanes.
    #[inline(always)]
    pub(crate) const fn all(value: f64) -> Self {
        Self([value; WIDTH])
    }

    /// Applies a function lane by lane.
    #[inline(always)]
    pub(crate) fn map(self, function: impl Fn(f64) -> f64) -> Self {
        let mut result = self;
        for k in 0..WIDTH {
            result.0[k] = function(self.0[k]);
        }
        result
    }

    /// `exp` lane by lane; error as in [`exp`].
    #[inline(always)]
    pub(crate) fn exp(self) -> Self {
        self.map(exp)
    }

    /// Boltzmann function 1/(1 + exp((half − V)/slope)).
    #[inline(always)]
    pub(crate) fn boltzmann(self, half: f64, inverse_slope: f64) -> Self {
        Self::all(1.0) / (((Self::all(half) - self) * inverse_slope).exp() + 1.0)
    }

    /// The larger number, lane by lane.
    #[inline(always)]
    pub(crate) fn larger(self, other: Self) -> Self {
        let mut result = self;
        for k in 0..WIDTH {
            result.0[k] = larger(self.0[k], other.0[k]);
        }
        result
    }

    /// The largest lane.
    #[inline(always)]
    pub(crate) fn largest(self) -> f64 {
        let mut largest = self.0[0];
        for k in 1..WIDTH {
            if self.0[k] > largest {
                largest = self.0[k];
            }
        }
        largest
    }
}

/// The larger of two numbers; the second if the first is none.
#[inline(always)]
pub(crate) fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// exp(x) without branches, for |x| ≤ 700 (clamped beyond): x = n ln 2 + r with
/// |r| ≤ 0.347, a polynomial of degree 8 in r and the exponent n put into the
/// bits. Relative error below 5e-10, tested against `libm`.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    // 1.5 · 2^52: adding it rounds to an integer held in the low bits.
    const ROUNDER: f64 = 6_755_399_441_055_744.0;
    let x = if x > 700.0 { 700.0 } else { x };
    let x = if x < -700.0 { -700.0 } else { x };
    let shifted = x * std::f64::consts::LOG2_E + ROUNDER;
    let n = shifted - ROUNDER;
    let r = (x - n * 0.693_147_180_369_123_8) - n * 1.908_214_929_270_587_7e-10;
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5_040.0));
    let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(0x3ff0_0000_0000_0000));
    (low + r4 * (middle + r4 * (1.0 / 40_320.0))) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_libm() {
        let mut worst: f64 = 0.0;
        for k in -70_000..70_000 {
            let x = f64::from(k) * 0.009_987;
            worst = worst.max((exp(x) / libm::exp(x) - 1.0).abs());
        }
        assert!(worst < 5e-10, "{worst:e}");
    }

    #[test]
    fn boltzmann_is_half_at_its_half_point() {
        let values = Lanes([-80.0, -60.0, -40.0, -20.0, 0.0, 20.0, 40.0, 60.0]);
        let open = values.boltzmann(-20.0, 1.0 / 7.0);
        assert_eq!(open.0[3], 0.5);
        assert!(open.0.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(values.largest(), 60.0);
    }
}
