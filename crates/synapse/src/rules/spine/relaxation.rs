//! Exact pieces that threshold rules are made of: shares of a step above a
//! threshold, relaxation at the rates they give, and the bistable drift.

use crate::rules::spine::drift::drift;

/// Share of a step, in which a quantity moves linearly, that it spends above `theta`.
pub(crate) fn share_above(before: f64, after: f64, theta: f64) -> f64 {
    let (low, high) = (before.min(after), before.max(after));
    if high <= theta {
        0.0
    } else if low >= theta {
        1.0
    } else {
        (high - theta) / (high - low)
    }
}

/// ρ after `span` time constants under rates `up` and `down` and the bistable
/// drift about `rho_star`, the drift half before and half after.
pub(crate) fn relaxed(rho: f64, up: f64, down: f64, rho_star: f64, span: f64) -> f64 {
    let rate = up + down;
    if rate <= 0.0 {
        return drifted(rho, rho_star, span);
    }
    let rho = drifted(rho, rho_star, 0.5 * span);
    let target = up / rate;
    drifted(target + (rho - target) * libm::exp(-rate * span), rho_star, 0.5 * span)
}

/// The bistable drift ρ' = −ρ(1−ρ)(ρ*−ρ) over `span` time constants: in closed
/// form for ρ* = 1/2, else by Runge–Kutta of fourth order.
pub(crate) fn drifted(rho: f64, rho_star: f64, span: f64) -> f64 {
    if rho_star == 0.5 {
        return drift(rho, span, 1.0);
    }
    let slope = |r: f64| -r * (1.0 - r) * (rho_star - r);
    let steps = libm::ceil(span / 0.05).clamp(1.0, 10_000.0);
    let h = span / steps;
    let mut rho = rho;
    for _ in 0..steps as u32 {
        let a = slope(rho);
        let b = slope(rho + 0.5 * h * a);
        let c = slope(rho + 0.5 * h * b);
        let d = slope(rho + h * c);
        rho += h * (a + 2.0 * b + 2.0 * c + d) / 6.0;
    }
    rho.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_linear_course() {
        assert_eq!(share_above(0.0, 2.0, 1.0), 0.5);
        assert_eq!(share_above(2.0, 0.0, 0.5), 0.75);
        assert_eq!(share_above(1.0, 1.0, 1.0), 0.0);
        assert_eq!(share_above(1.5, 1.5, 1.0), 1.0);
        assert_eq!(share_above(0.0, 5.0, f64::INFINITY), 0.0);
    }
}
