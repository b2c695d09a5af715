//! Whether a dose series has an EC50. `BELL` and `NO_PLATEAU` are made data: bell.csv
//! (lack of fit of the logistic curve 3e-19) and no_plateau.csv of the statistics
//! reports of November 2026.
#![allow(clippy::unwrap_used)]

use statistics::dose_response::{OtherParameter, OtherShape, Shape, Verdict, fit_other, judge};

const BELL: &[(f64, f64)] = &[
    (0.0, 101.28),
    (0.0, 98.29),
    (0.0, 107.96),
    (0.0, 95.17),
    (0.003, 103.73),
    (0.003, 101.32),
    (0.003, 100.68),
    (0.003, 104.95),
    (0.01, 100.0),
    (0.01, 102.5),
    (0.01, 105.11),
    (0.01, 110.67),
    (0.03, 114.07),
    (0.03, 116.49),
    (0.03, 108.21),
    (0.03, 110.09),
    (0.1, 132.61),
    (0.1, 127.82),
    (0.1, 129.51),
    (0.1, 131.9),
    (0.3, 137.07),
    (0.3, 140.09),
    (0.3, 143.41),
    (0.3, 139.05),
    (1.0, 147.45),
    (1.0, 149.46),
    (1.0, 147.59),
    (1.0, 148.78),
    (3.0, 144.79),
    (3.0, 148.66),
    (3.0, 149.4),
    (3.0, 143.48),
    (10.0, 127.22),
    (10.0, 132.37),
    (10.0, 131.23),
    (10.0, 130.45),
    (30.0, 112.23),
    (30.0, 116.89),
    (30.0, 117.57),
    (30.0, 109.6),
    (100.0, 108.5),
    (100.0, 105.23),
    (100.0, 103.22),
    (100.0, 100.72),
];
const NO_PLATEAU: &[(f64, f64)] = &[
    (0.0, 99.2),
    (0.0, 98.68),
    (0.0, 99.75),
    (0.3, 100.13),
    (0.3, 100.84),
    (0.3, 99.82),
    (1.0, 98.52),
    (1.0, 98.29),
    (1.0, 99.83),
    (3.0, 99.23),
    (3.0, 97.87),
    (3.0, 96.37),
    (10.0, 93.59),
    (10.0, 96.15),
    (10.0, 94.75),
];

fn verdict(data: &[(f64, f64)]) -> Verdict {
    let (dose, y): (Vec<f64>, Vec<f64>) = data.iter().copied().unzip();
    judge(Shape::FourParameter, &dose, &y, 0.95).unwrap()
}

#[test]
fn a_bell_gets_no_ec50_but_a_peak() {
    let Verdict::NoLogistic(no) = verdict(BELL) else { panic!() };
    let lack = no.lack_of_fit.unwrap();
    assert!(lack.p > 1e-19 && lack.p < 5e-19, "{lack:?}");
    let bell = no.other.unwrap();
    assert_eq!(bell.shape, OtherShape::Bell);
    assert!(bell.is_bell() && bell.lack_of_fit.unwrap().p > 0.05);
    let peak = bell.parameter(OtherParameter::LnPeakDose).unwrap();
    assert!(peak.profile_low.unwrap() < 0.0953 && 0.0953 < peak.profile_high.unwrap(), "{peak:?}");
}

#[test]
fn a_bell_without_replicates_gets_no_ec50() {
    let means: Vec<(f64, f64)> =
        BELL.chunks(4).map(|c| (c[0].0, c.iter().map(|(_, y)| y).sum::<f64>() / 4.0)).collect();
    let Verdict::NoLogistic(no) = verdict(&means) else { panic!() };
    assert!(no.lack_of_fit.is_none() && no.other.unwrap().is_bell());
    // Upside down as well.
    let trough: Vec<(f64, f64)> = means.iter().map(|(x, y)| (*x, -y)).collect();
    assert!(matches!(verdict(&trough), Verdict::NoLogistic(_)));
}

#[test]
fn a_limit_beyond_what_the_doses_reach_is_not_bounded() {
    let Verdict::Ec50(fit) = verdict(NO_PLATEAU) else { panic!() };
    assert!(fit.ec50.profile_high.is_none());
    assert!((fit.ec50.profile_low.unwrap() - 1.842).abs() < 1e-3);
    // In other units too.
    let scaled: Vec<(f64, f64)> = NO_PLATEAU.iter().map(|(x, y)| (1e-6 * x, 1e3 * y)).collect();
    let Verdict::Ec50(fit) = verdict(&scaled) else { panic!() };
    assert!(fit.ec50.profile_high.is_none());
    for p in &fit.parameters {
        assert!([p.profile_low, p.profile_high].iter().flatten().all(|limit| limit.abs() < 1e8), "{p:?}");
    }
}

#[test]
fn exact_curves_of_two_phases_are_recovered() {
    let doses = [0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
    let step = |x: f64, e: f64| if x > 0.0 { x / (x + e) } else { 0.0 };
    for (middle, end) in [(130.0, 180.0), (160.0, 90.0)] {
        let (mut dose, mut y) = (vec![], vec![]);
        for (k, x) in doses.iter().enumerate() {
            let value = 100.0 + (middle - 100.0) * step(*x, 0.01) + (end - middle) * step(*x, 3.0);
            // Pairs whose mean lies on the curve.
            for sign in [-1.0, 1.0] {
                dose.push(*x);
                y.push(value + sign * [0.2, 0.1, 0.3][k % 3]);
            }
        }
        let fit = fit_other(OtherShape::TwoPhases, &dose, &y, 0.95).unwrap();
        let of = |p| fit.parameter(p).unwrap().estimate;
        assert!((of(OtherParameter::Middle) - middle).abs() < 1e-4, "{fit:?}");
        assert!((of(OtherParameter::LnFirstEc50) - 0.01f64.ln()).abs() < 1e-4);
        assert!((of(OtherParameter::LnSecondEc50) - 3f64.ln()).abs() < 1e-4);
        assert_eq!(fit.is_bell(), end < middle);
        assert!(matches!(verdict(&dose.iter().copied().zip(y).collect::<Vec<_>>()), Verdict::NoLogistic(_)));
    }
}

#[test]
fn a_flat_series_and_a_true_curve_keep_their_verdicts() {
    let doses = [0.0, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];
    let wobble = [1.0, -0.6, 0.3, -1.1, 0.8, -0.2, 0.5, -0.9];
    let series = |span: f64| -> Vec<(f64, f64)> {
        (0..28)
            .map(|k| (doses[k % 7], 100.0 + span * doses[k % 7] / (doses[k % 7] + 1.0) + wobble[(3 * k) % 8]))
            .collect()
    };
    assert!(matches!(verdict(&series(0.0)), Verdict::NotIdentified(_)));
    let Verdict::Ec50(fit) = verdict(&series(40.0)) else { panic!() };
    assert!(fit.ec50.profile_low.unwrap() < 1.0 && 1.0 < fit.ec50.profile_high.unwrap());
}
