//! Receptor models: closed forms, coverage, and what data cannot tell.
#![allow(clippy::unwrap_used)]

use statistics::dist::normal;
use statistics::random::Stream;
use statistics::receptor::{AgonistData, ModulatorModel, Quantity, allosteric, leave_out, operational};

const DOSES: [f64; 9] = [0.0, 1e-9, 1e-8, 3e-8, 1e-7, 3e-7, 1e-6, 1e-5, 1e-4];

fn noise(stream: &mut Stream) -> f64 {
    normal::quantile(stream.unit().max(1e-300))
}

/// A family of curves: 5 to 100, Hill slope 1.2, EC50 1e-7 moved by the factor `shift`.
fn family(levels: &[f64], sd: f64, stream: &mut Stream, shift: impl Fn(f64) -> f64) -> [Vec<f64>; 3] {
    let mut rows = [vec![], vec![], vec![]];
    for &b in levels {
        for a in DOSES {
            for _ in 0..2 {
                let r = (a / (1e-7 * shift(b))).powf(1.2);
                rows[0].push(a);
                rows[1].push(b);
                rows[2].push(5.0 + 95.0 * r / (1.0 + r) + sd * noise(stream));
            }
        }
    }
    rows
}

const LEVELS: [f64; 5] = [0.0, 1e-7, 1e-6, 1e-5, 1e-4];

#[test]
fn a_bounded_shift_gives_back_its_constants_in_both_directions() {
    for alpha in [0.03, 8.0] {
        let mut stream = Stream::new(1, 0);
        let law = |b: f64| (1.0 + b / 4e-7) / (1.0 + alpha * b / 4e-7);
        let [a, b, y] = family(&LEVELS, 1e-4, &mut stream, law);
        let found = allosteric(&a, &b, &y, 0.95).unwrap();
        let fit = found.shift.fit.as_ref().unwrap();
        assert!((fit.of(Quantity::Log10Kb).unwrap().value - 4e-7f64.log10()).abs() < 1e-3);
        assert!((fit.of(Quantity::Log10Alpha).unwrap().value - f64::log10(alpha)).abs() < 1e-3);
        assert!(found.shift_test.p < 1e-12 && found.shift.is_identified());
        assert_ne!(found.preferred().model, ModulatorModel::Competitive);
    }
}

#[test]
fn a_competitive_antagonist_is_not_called_allosteric_and_has_no_alpha() {
    let mut called = 0;
    for seed in 0..40 {
        let mut stream = Stream::new(2, seed);
        let [a, b, y] = family(&LEVELS, 3.0, &mut stream, |b| 1.0 + b / 4e-7);
        let found = allosteric(&a, &b, &y, 0.95).unwrap();
        called += usize::from(found.shift_test.p < 0.05);
        let alpha = found.shift.fit.as_ref().and_then(|fit| fit.of(Quantity::Log10Alpha).copied());
        if found.shift_test.p > 0.05 {
            assert!(alpha.is_none_or(|e| e.profile_low.is_none()), "seed {seed}: {alpha:?}");
        }
    }
    // Half of 5 % of 40 is 1; 5 and more have probability 0.004.
    assert!(called < 5, "{called} of 40");
}

#[test]
fn limits_of_cooperativity_hold_the_truth() {
    let mut held = 0;
    for seed in 0..60 {
        let mut stream = Stream::new(3, seed);
        let law = |b: f64| (1.0 + b / 4e-7) / (1.0 + 0.05 * b / 4e-7);
        let [a, b, y] = family(&LEVELS, 4.0, &mut stream, law);
        let found = allosteric(&a, &b, &y, 0.9).unwrap();
        let alpha = *found.shift.fit.as_ref().unwrap().of(Quantity::Log10Alpha).unwrap();
        let truth = 0.05f64.log10();
        held +=
            usize::from(alpha.profile_low.is_none_or(|v| v <= truth) && alpha.profile_high.is_none_or(|v| v >= truth));
    }
    // 54 expected of 60; 47 and fewer, or all, have probability 0.007.
    assert!((48..60).contains(&held), "{held} of 60");
}

/// Black and Leff's equation as printed, on concentrations.
fn black_leff(a: f64, tau: f64, ka: f64) -> f64 {
    let (n, em) = (1.3, 90.0);
    2.0 + em * (tau * a).powf(n) / ((ka + a).powf(n) + (tau * a).powf(n))
}

fn agonist(tau: f64, ka: f64, sd: f64, stream: &mut Stream) -> (Vec<f64>, Vec<f64>) {
    let mut curve = (vec![], vec![]);
    for a in DOSES {
        for _ in 0..3 {
            curve.0.push(a);
            curve.1.push(black_leff(a, tau, ka) + sd * noise(stream));
        }
    }
    curve
}

fn fitted(curves: &[(Vec<f64>, Vec<f64>)]) -> Result<statistics::receptor::Operational, statistics::StatisticsError> {
    let data: Vec<AgonistData> =
        curves.iter().map(|(concentration, response)| AgonistData { concentration, response }).collect();
    operational(&data, 0.95)
}

#[test]
fn efficacy_and_affinity_come_back_beside_a_full_agonist() {
    let mut stream = Stream::new(4, 0);
    let curves = [(1e6, 1e-1), (2.0, 1e-6), (0.5, 2e-7)].map(|(tau, ka)| agonist(tau, ka, 1e-4, &mut stream));
    let found = fitted(&curves).unwrap();
    for (agonist, (tau, ka)) in found.agonists.iter().zip([(2.0f64, 1e-6f64), (0.5, 2e-7)]) {
        assert!((agonist.tau.unwrap().value - tau.log10()).abs() < 1e-4);
        assert!((agonist.affinity.unwrap().value - ka.log10()).abs() < 1e-4);
        assert!((agonist.relative.value - (tau / ka / 1e7).log10()).abs() < 1e-4);
        assert!(agonist.full_test.unwrap().p < 1e-12);
    }
    assert!(found.equal_tau.unwrap().p < 1e-12);
}

#[test]
fn affinity_of_a_full_agonist_is_refused_and_its_ratio_given() {
    for seed in 0..12 {
        let mut stream = Stream::new(5, seed);
        let curves = [(1e6, 1e-1), (3e6, 1.0)].map(|(tau, ka)| agonist(tau, ka, 2.0, &mut stream));
        let found = fitted(&curves).unwrap();
        let other = &found.agonists[0];
        if other.full_test.is_none_or(|test| test.p > 0.05) {
            assert!(other.affinity.is_none(), "seed {seed}: {other:?}");
        }
        assert!((other.relative.value - 0.3f64.log10()).abs() < 0.15, "{other:?}");
    }
    let mut stream = Stream::new(6, 0);
    let alone = fitted(&[agonist(3.0, 1e-6, 1.0, &mut stream)]).unwrap_err().to_string();
    assert!(alone.contains("one curve cannot tell efficacy from affinity"), "{alone}");
}

#[test]
fn leaving_out_animals_of_a_mean_is_the_t_interval() {
    let values = [3.0, 4.5, 2.0, 7.5, 5.0];
    let mean = |rows: &[usize]| rows.iter().map(|r| values[*r]).sum::<f64>() / rows.len() as f64;
    let all: Vec<usize> = (0..5).collect();
    let found = leave_out(&all, &[mean(&all)], 0.95, |rows| Ok(vec![mean(rows)])).unwrap();
    let variance = values.iter().map(|v| (v - 4.4f64).powi(2)).sum::<f64>() / 4.0;
    assert!((found[0].se - (variance / 5.0).sqrt()).abs() < 1e-12);
    // t(4) at 0.975 is 2.776445.
    assert!((found[0].high - 4.4 - 2.776_445 * found[0].se).abs() < 1e-6);
}
