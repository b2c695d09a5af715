//! Elementary measures against an independent numpy implementation and against
//! closed forms.
#![allow(clippy::unwrap_used)]

use analysis::waveform::{Polarity, Trace, two_point_slope};
use serde_json::Value;

fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-12), "{what}: {found} against {expected}");
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn measures_of_field_sweeps_equal_the_numpy_values() {
    let golden: Value = serde_json::from_str(include_str!("golden/field_sweeps.json")).unwrap();
    let rows = include_str!("golden/field_sweeps.csv").lines().filter(|l| !l.starts_with('#'));
    let window = |name: &str| {
        let ends = golden["params"][name].as_array().unwrap();
        (number(&ends[0]), number(&ends[1]))
    };
    let from = number(&golden["params"]["search_from"]);
    let mut checked = 0;
    for (row, truth) in rows.zip(golden["sweeps"].as_array().unwrap()) {
        let mv: Vec<f64> = row.split(',').map(|c| c.parse::<f64>().unwrap() * 1e-7).collect();
        let trace = Trace { mv: &mv, rate_hz: 20_000.0, stimulus: 100.0 };
        let (a, b) = window("baseline");
        let baseline = trace.mean(trace.window(a, b)).unwrap();
        close(baseline, number(&truth["baseline"]), "baseline");
        let (a, b) = window("peak");
        let peak = trace.peak(Polarity::Negative, trace.window(a, b)).unwrap();
        assert_eq!(peak.index as f64, number(&truth["peak_index"]));
        let amplitude = peak.mv - baseline;
        close(amplitude, number(&truth["peak_amp"]), "amplitude");
        let (a, b) = window("slope_window");
        close(trace.window_slope(a, b).unwrap(), number(&truth["slope_window"]), "window slope");
        let (a, b) = window("slope_search");
        let steepest = trace.maximum_slope(Polarity::Negative, a, b, 1.0).unwrap();
        close(steepest.slope, number(&truth["slope_max"]["slope"]), "maximum slope");
        assert_eq!(steepest.start as f64, number(&truth["slope_max"]["start_index"]));
        close(steepest.centre_ms, number(&truth["slope_max"]["t_centre_ms"]), "its centre");
        let (a, b) = window("area");
        let area = trace.area(baseline, trace.window(a, b)).unwrap();
        close(area, number(&truth["area"]), "area");
        let pairs = [("10-40", 0.1, 0.4), ("20-80", 0.2, 0.8), ("30-70", 0.3, 0.7), ("20-90", 0.2, 0.9)];
        for (name, low, high) in pairs {
            let expected = &truth["slope_lohi"][name];
            let levels = (baseline + low * amplitude, baseline + high * amplitude);
            let found = trace.crossings(Polarity::Negative, peak.index, levels.0, levels.1, from);
            let Some(found) = found else {
                assert!(expected.is_null(), "{name} not found");
                continue;
            };
            close(found.low_ms, number(&expected["t_lo_ms"]), "lower crossing");
            close(found.high_ms, number(&expected["t_hi_ms"]), "upper crossing");
            let two_point = two_point_slope(levels.0, levels.1, found);
            close(two_point, number(&expected["two_point"]), "two-point slope");
            assert_eq!(trace.between(found).len() as f64, number(&expected["n"]), "{name}");
            close(trace.crossing_slope(found).unwrap(), number(&expected["ols"]), "least squares");
            checked += 1;
        }
    }
    assert!(checked >= 12, "only {checked} level pairs were there to check");
}

#[test]
fn a_straight_line_has_its_own_slope_whatever_the_method() {
    let mv: Vec<f64> = (0..200).map(|i| 0.3 - 0.02 * f64::from(i)).collect();
    let trace = Trace { mv: &mv, rate_hz: 10_000.0, stimulus: 50.0 };
    assert!((trace.window_slope(1.0, 4.0).unwrap() + 0.2).abs() < 1e-12);
    let steepest = trace.maximum_slope(Polarity::Negative, 1.0, 4.0, 1.0).unwrap();
    assert!((steepest.slope + 0.2).abs() < 1e-12);
    let crossings = trace.crossings(Polarity::Negative, 199, -1.0, -2.0, 0.0).unwrap();
    assert!((crossings.low_ms - 1.5).abs() < 1e-12, "{crossings:?}");
    assert!((crossings.high_ms - 6.5).abs() < 1e-12, "{crossings:?}");
    assert!((trace.crossing_slope(crossings).unwrap() + 0.2).abs() < 1e-12);
}

#[test]
fn windows_hold_both_ends_and_never_leave_the_sweep() {
    let mv = vec![0.0; 100];
    let trace = Trace { mv: &mv, rate_hz: 10_000.0, stimulus: 50.0 };
    assert_eq!(trace.window(0.0, 1.0), 50..61);
    assert_eq!(trace.window(-100.0, 100.0), 0..100);
    assert!(trace.window(20.0, 30.0).is_empty());
    assert!(trace.window(-30.0, -20.0).is_empty());
    assert!(trace.window(2.0, 1.0).is_empty());
    assert!(trace.window(f64::NAN, 1.0).end <= 100);
}
