//! Gamma functions without differences of large logarithms.
//!
//!   Γ(z) = √(2π/z) (z/e)^z e^{δ(z)}
//!   δ(z) = δ(z + 1) + (z + ½) ln(1 + 1/z) − 1
//!   δ(z) = 1/(12 z) − 1/(360 z³) + 1/(1260 z⁵) − …   for large z
//!
//! (Loader 2000, Fast and accurate computation of binomial probabilities.) Powers in a
//! density combine to a deviance, a ln(a/m) + m − a, which is 0 at its peak; so a tail
//! keeps its digits for any number of degrees of freedom.

/// δ(z) = ln Γ(z) − [(z − ½) ln z − z + ½ ln 2π], for z > 0.
pub(crate) fn stirling_error(z: f64) -> f64 {
    let mut shifted = z;
    let mut sum = 0.0;
    while shifted < 12.0 {
        sum += (shifted + 0.5) * libm::log1p(1.0 / shifted) - 1.0;
        shifted += 1.0;
    }
    let r = 1.0 / (shifted * shifted);
    let series = (1.0 / 12.0
        - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r * (1.0 / 1188.0 - r * 691.0 / 360_360.0)))))
        / shifted;
    sum + series
}

/// a ln(a/m) + m − a, without cancellation when a ≈ m.
pub(crate) fn deviance(a: f64, m: f64) -> f64 {
    deviance_by(a, m, a - m)
}

/// As [`deviance`], where `gap` = a − m is known more precisely than a and m.
pub(crate) fn deviance_by(a: f64, m: f64, gap: f64) -> f64 {
    if gap.abs() < 0.1 * (a + m) {
        // a ln(a/m) with v = gap/(a+m): ln(a/m) = 2 atanh(v).
        let v = gap / (a + m);
        let mut sum = gap * v;
        let mut power = 2.0 * a * v;
        let square = v * v;
        for j in 1..1000 {
            power *= square;
            let next = sum + power / f64::from(2 * j + 1);
            if next == sum {
                break;
            }
            sum = next;
        }
        return sum;
    }
    a * libm::log(a / m) - gap
}

/// Probability of `count` under a Poisson distribution of mean `mean`:
/// e^{−δ(k) − deviance(k, λ)}/√(2πk).
pub(crate) fn poisson(count: f64, mean: f64) -> f64 {
    if count == 0.0 {
        return libm::exp(-mean);
    }
    libm::exp(-stirling_error(count) - deviance(count, mean)) / (2.0 * std::f64::consts::PI * count).sqrt()
}
