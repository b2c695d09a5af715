//! Shouval, Bear & Cooper 2002.

use crate::table::rows;
use synapse::rules::Protocol;
use synapse::rules::shouval_2002::{PAPER_SET, Shouval2002, simulate};

#[test]
fn weights_and_calcium_of_the_reference() {
    for row in rows(include_str!("../golden/published/shouval2002_reference.csv")) {
        let p = Shouval2002 {
            fast_share: row.number("If"),
            nmda_scale: row.number("nr_scale"),
            epsp_pairs_mv: row.number("s_mV"),
            ..PAPER_SET
        };
        let (n, f, x) = (row.number("n") as u32, row.number("f_hz"), row.number("x"));
        let protocol = match row.text("mode") {
            "stdp" => Protocol::Pairs { n, frequency_hz: f, dt_ms: x },
            "freq" => Protocol::Pulses { n, frequency_hz: x },
            _ => Protocol::Clamp { n, frequency_hz: 1.0, voltage_mv: x },
        };
        let (weight, calcium) = simulate(&p, &protocol).unwrap();
        row.close("w_end", weight, 1e-6);
        row.close("Ca_max_uM", calcium, 1e-4 * calcium);
    }
}

/// As in the paper: depression, potentiation, and a second window of depression at
/// positive Δt.
#[test]
fn the_curve_has_a_second_window_of_depression() {
    let ratio = |dt_ms| simulate(&PAPER_SET, &Protocol::Pairs { n: 100, frequency_hz: 1.0, dt_ms }).unwrap().0 / 0.25;
    for (dt_ms, expected) in [(-20.0, 0.7413), (-5.0, 0.3551), (10.0, 1.9144), (65.0, 0.4399), (150.0, 0.9926)] {
        assert!((ratio(dt_ms) - expected).abs() < 1e-4, "{dt_ms}: {}", ratio(dt_ms));
    }
}

/// P_2 = P_1/10⁻⁴, as printed, would freeze the weight at any calcium level.
#[test]
fn the_misprint_of_p2_would_freeze_the_weight() {
    let misprint = Shouval2002 { p2_um3: 100.0, p1_s: 1e4, ..PAPER_SET };
    let (weight, _) = simulate(&misprint, &Protocol::Pairs { n: 100, frequency_hz: 1.0, dt_ms: 10.0 }).unwrap();
    assert!((weight / 0.25 - 1.0).abs() < 0.1, "{weight}");
}

/// More NMDA conductance moves the threshold between depression and potentiation to
/// lower frequencies, less to higher ones.
#[test]
fn nmda_conductance_moves_the_frequency_threshold() {
    let threshold = |nmda_scale| {
        let p = Shouval2002 { nmda_scale, ..PAPER_SET };
        let potentiates = |hz: &u32| {
            let protocol = Protocol::Pulses { n: 900, frequency_hz: f64::from(*hz) };
            simulate(&p, &protocol).unwrap().0 > PAPER_SET.start_weight
        };
        (1..=20).find(potentiates).unwrap()
    };
    let found = [0.8, 1.0, 1.2].map(threshold);
    assert!(found[0] > found[1] && found[1] > found[2] && found[2] > 1, "{found:?}");
}
