//! Narayanan & Johnston 2010.

use crate::table::rows;
use synapse::published::narayanan_johnston_2010::{
    GATE_NAMES, NarayananJohnston2010, PAPER, modification_threshold_hz, probe, resting_leak_mv, simulate,
    steady_state, time_constant_ms,
};

fn with_gh(gh_s_cm2: f64) -> NarayananJohnston2010 {
    NarayananJohnston2010 { gh_s_cm2, ..PAPER }
}

/// Gates at two potentials: steady state and time constant.
#[test]
fn gates_have_their_published_values() {
    let at_65 = [
        ("m", 0.010_737_032_3, 0.096_964_446_1),
        ("h", 0.977_022_63, 2.499_983_80),
        ("s", 0.994_137_554, 1_919.422_87),
        ("n", 1.448_784_90e-4, 3.525_552_05),
        ("a", 0.001_165_788_36, 0.2),
        ("b", 0.734_960_693, 2.0),
        ("l", 0.222_700_138, 33.085_067_1),
    ];
    let at_20 = [
        ("m", 0.848_994_768, 0.113_087_849),
        ("h", 5.527_786_37e-4, 0.666_666_615),
        ("s", 0.800_000_001, 10.0),
        ("n", 0.023_208_018_1, 15.904_604_8),
        ("a", 0.213_352_938, 0.709_797_278),
        ("b", 0.016_630_353_9, 7.8),
        ("l", 0.001_032_231_03, 4.977_394_63),
    ];
    for (v, expected) in [(-65.0, at_65), (-20.0, at_20)] {
        let (target, tau) = (steady_state(v), time_constant_ms(v));
        for (k, (name, x, t)) in expected.into_iter().enumerate() {
            assert_eq!(name, GATE_NAMES[k]);
            assert!((target[k] / x - 1.0).abs() < 1e-6, "{name} {v}: {} {x}", target[k]);
            assert!((tau[k] / t - 1.0).abs() < 1e-6, "{name} {v}: {} {t}", tau[k]);
        }
    }
}

#[test]
fn ghk_currents_and_block_have_their_published_values() {
    let expected = [
        (-65.0, [-35_885.49, 1_817.253_2, -1_909.632_1, 0.030_751_52]),
        (-20.0, [-18_085.671, 8_353.724_9, -748.361_64, 0.340_608_98]),
    ];
    for (v, values) in expected {
        for (found, value) in probe(v, 1e-4, 2.0).into_iter().zip(values) {
            assert!((found / value - 1.0).abs() < 1e-5, "{v}: {found} {value}");
        }
    }
}

#[test]
fn the_leak_makes_minus_65_the_rest() {
    for row in rows(include_str!("../golden/published/narayanan_johnston2010_rerun.csv")) {
        row.close("e_pas_mV", resting_leak_mv(&with_gh(row.number("gh_S_cm2"))), 6e-6);
    }
}

/// 900 pulses: within 0.1 percentage points of the converged run of the published
/// files (largest 0.06, next to the threshold at 13.5 Hz).
#[test]
fn the_frequency_curve_of_900_pulses() {
    let all = rows(include_str!("../golden/published/narayanan_johnston2010_converged.csv"));
    std::thread::scope(|scope| {
        for part in all.chunks(all.len().div_ceil(2)) {
            scope.spawn(move || {
                for row in part {
                    let found = simulate(&with_gh(row.number("gh_S_cm2")), 900, row.number("freq_hz")).unwrap();
                    row.close("pct_end", 100.0 * (found.weight / 0.25 - 1.0), 0.1);
                    row.close("ca_peak_mM", found.calcium_max_mm, 2e-3 * found.calcium_max_mm);
                }
            });
        }
    });
}

/// Against the numbers printed in the files of the model, away from the threshold,
/// where their solver's error is within two points.
#[test]
fn the_published_numbers_away_from_the_threshold() {
    for row in rows(include_str!("../golden/published/narayanan_johnston2010_rerun.csv")) {
        let f = row.number("freq_hz");
        if ![10.0, 20.0].contains(&f) {
            continue;
        }
        let found = simulate(&with_gh(row.number("gh_S_cm2")), 900, f).unwrap();
        row.close("pct_published", 100.0 * (found.weight / 0.25 - 1.0), 2.5);
    }
}

/// The error of a step of 0.05 ms after extrapolation.
#[test]
fn halving_the_step_changes_the_outcome_by_less_than_a_fifth_of_a_point() {
    let percent = |step_ms| {
        let p = NarayananJohnston2010 { step_ms, ..PAPER };
        100.0 * simulate(&p, 300, 15.0).unwrap().weight / 0.25
    };
    let (coarse, fine) = (percent(0.05), percent(0.025));
    assert!((coarse - fine).abs() < 0.2, "{coarse} {fine}");
}

/// h channels move the modification threshold to higher frequencies: from below
/// 1 Hz without them to 13.3 Hz, and beyond 14 Hz with twice the conductance.
#[test]
fn h_channels_raise_the_modification_threshold() {
    let found = modification_threshold_hz(&with_gh(0.002), 900, 13.0, 13.5, 0.2).unwrap().unwrap();
    assert!((found - 13.3).abs() < 0.15, "{found}");
    assert!(simulate(&with_gh(0.004), 900, 14.0).unwrap().weight < 0.25);
    // Without them even few slow pulses potentiate, so there is no threshold between.
    assert_eq!(modification_threshold_hz(&with_gh(0.0), 50, 5.0, 15.0, 0.5).unwrap(), None);
}
