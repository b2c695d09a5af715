//! Numerical integration and root finding for distribution functions.

/// Nodes and weights of the 7-point Gauss, 15-point Kronrod pair on [−1, 1]
/// (Kronrod 1965; positive half, the last node is the centre).
const NODES: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_55,
    0.104_790_010_322_250_18,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_89,
    0.209_482_141_084_727_82,
];
const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];

/// ∫ f over [a, b] with its error estimate, one Gauss–Kronrod panel.
fn panel(f: &impl Fn(f64) -> f64, a: f64, b: f64) -> (f64, f64) {
    let centre = 0.5 * (a + b);
    let half = 0.5 * (b - a);
    let middle = f(centre);
    let mut kronrod = KRONROD[7] * middle;
    let mut gauss = GAUSS[3] * middle;
    for i in 0..7 {
        let pair = f(centre - half * NODES[i]) + f(centre + half * NODES[i]);
        kronrod += KRONROD[i] * pair;
        if i % 2 == 1 {
            gauss += GAUSS[i / 2] * pair;
        }
    }
    (kronrod * half, ((kronrod - gauss) * half).abs())
}

/// ∫ f over [a, b], halving panels until the error estimate of each is below
/// `tolerance` (absolute), within 1e-12 of its value, or 30 halvings are done.
/// NaN if the integrand is NaN anywhere it is asked.
pub(crate) fn adaptive(f: &impl Fn(f64) -> f64, a: f64, b: f64, tolerance: f64) -> f64 {
    let mut open = vec![(a, b, 0_u32)];
    let mut total = 0.0;
    while let Some((low, high, depth)) = open.pop() {
        let (value, error) = panel(f, low, high);
        // The difference of the rules overstates the Kronrod error by far.
        if value.is_nan() {
            return f64::NAN;
        }
        if error <= tolerance || error <= 1e-12 * value.abs() || depth >= 30 {
            total += value;
        } else {
            let middle = 0.5 * (low + high);
            open.push((low, middle, depth + 1));
            open.push((middle, high, depth + 1));
        }
    }
    total
}

/// Root of a continuous `f` between `low` and `high`, where it changes sign
/// (Brent 1973), to a relative tolerance of about 1e-15. `None` if the signs
/// at the ends agree.
pub fn root(f: impl Fn(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa == 0.0 {
        return Some(a);
    }
    if fb == 0.0 {
        return Some(b);
    }
    if fa.is_nan() || fb.is_nan() || (fa > 0.0) == (fb > 0.0) {
        return None;
    }
    let (mut c, mut fc) = (a, fa);
    let mut step = b - a;
    let mut previous = step;
    for _ in 0..300 {
        if (fb > 0.0) == (fc > 0.0) {
            c = a;
            fc = fa;
            step = b - a;
            previous = step;
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let tolerance = 2.0 * f64::EPSILON * b.abs() + 1e-300;
        let middle = 0.5 * (c - b);
        if middle.abs() <= tolerance || fb == 0.0 {
            return Some(b);
        }
        if previous.abs() >= tolerance && fa.abs() > fb.abs() {
            let s = fb / fa;
            // The secant, or an inverse parabola through three points.
            let (shift, over) = if a == c {
                (2.0 * middle * s, 1.0 - s)
            } else {
                let q = fa / fc;
                let r = fb / fc;
                (s * (2.0 * middle * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
            };
            let (p, q) = (shift.abs(), if shift > 0.0 { -over } else { over });
            if 2.0 * p < (3.0 * middle * q - (tolerance * q).abs()).min((previous * q).abs()) {
                previous = step;
                step = p / q;
            } else {
                step = middle;
                previous = step;
            }
        } else {
            step = middle;
            previous = step;
        }
        a = b;
        fa = fb;
        b += if step.abs() > tolerance { step } else { tolerance.copysign(middle) };
        fb = f(b);
    }
    Some(b)
}

/// Quantile of a distribution on (0, ∞) from its two tails, found on a
/// logarithmic scale: accurate for tiny p and huge x alike.
pub(crate) fn positive_quantile(p: f64, lower: impl Fn(f64) -> f64, upper: impl Fn(f64) -> f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return positive_quantile_upper(1.0 - p, lower, upper);
    }
    if p == 0.0 {
        return 0.0;
    }
    let target = libm::log(p);
    solve(|x| libm::log(lower(libm::exp(x))) - target)
}

/// As [`positive_quantile`], for the upper tail.
pub(crate) fn positive_quantile_upper(p: f64, lower: impl Fn(f64) -> f64, upper: impl Fn(f64) -> f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return positive_quantile(1.0 - p, lower, upper);
    }
    if p == 0.0 {
        return f64::INFINITY;
    }
    let target = libm::log(p);
    solve(|x| target - libm::log(upper(libm::exp(x))))
}

/// exp of the root of an increasing function of ln x.
fn solve(f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-1.0, 1.0);
    while low > -700.0 && f(low) > 0.0 {
        low *= 2.0;
    }
    while high < 700.0 && f(high) < 0.0 {
        high *= 2.0;
    }
    // −∞ at an end (underflow of a tail) is replaced by a large number.
    let finite = |x: f64| f(x).clamp(-1e6, 1e6);
    root(finite, low, high).map_or(f64::NAN, libm::exp)
}
