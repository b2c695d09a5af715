//! An adaptive solver of another kind than the closed forms: Runge–Kutta–Fehlberg 4(5).

/// Integrates y' = f(t, y) from `from` to `to` with the absolute tolerance per unit of time.
pub fn integrated<const N: usize>(
    f: &dyn Fn(f64, [f64; N]) -> [f64; N],
    start: [f64; N],
    from: f64,
    to: f64,
    tolerance: f64,
) -> [f64; N] {
    let (mut t, mut y, mut h) = (from, start, (to - from) * 1e-4);
    while t < to {
        h = h.min(to - t);
        let sum = |terms: &[(f64, [f64; N])]| -> [f64; N] {
            std::array::from_fn(|i| y[i] + h * terms.iter().map(|(c, k)| c * k[i]).sum::<f64>())
        };
        let k1 = f(t, y);
        let k2 = f(t + h / 4.0, sum(&[(0.25, k1)]));
        let k3 = f(t + 3.0 * h / 8.0, sum(&[(3.0 / 32.0, k1), (9.0 / 32.0, k2)]));
        let k4 = f(t + 12.0 * h / 13.0, sum(&[(1932.0 / 2197.0, k1), (-7200.0 / 2197.0, k2), (7296.0 / 2197.0, k3)]));
        let k5 = f(t + h, sum(&[(439.0 / 216.0, k1), (-8.0, k2), (3680.0 / 513.0, k3), (-845.0 / 4104.0, k4)]));
        let k6 = f(
            t + h / 2.0,
            sum(&[(-8.0 / 27.0, k1), (2.0, k2), (-3544.0 / 2565.0, k3), (1859.0 / 4104.0, k4), (-11.0 / 40.0, k5)]),
        );
        let fifth = sum(&[
            (16.0 / 135.0, k1),
            (6656.0 / 12825.0, k3),
            (28561.0 / 56430.0, k4),
            (-9.0 / 50.0, k5),
            (2.0 / 55.0, k6),
        ]);
        let fourth = sum(&[(25.0 / 216.0, k1), (1408.0 / 2565.0, k3), (2197.0 / 4104.0, k4), (-1.0 / 5.0, k5)]);
        let error = (0..N).map(|i| (fifth[i] - fourth[i]).abs()).fold(0.0, f64::max);
        let allowed = tolerance * h;
        if error <= allowed {
            t += h;
            y = fifth;
        }
        let factor = if error > 0.0 { 0.9 * (allowed / error).powf(0.25) } else { 4.0 };
        h *= factor.clamp(0.2, 4.0);
    }
    y
}
