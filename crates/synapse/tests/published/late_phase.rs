//! Luboeinski & Tetzlaff 2021.

use crate::table::rows;
use synapse::late_phase::{SET, Stc, protocol, simulate, simulate_noisy};

#[test]
fn early_and_late_phase_of_the_protocols() {
    let all = rows(include_str!("../golden/published/stc_luboeinski2021_protocols.csv"));
    let mut k = 0;
    while k < all.len() {
        let post = all[k].number("post") > 0.5;
        let found = simulate(&SET, &protocol(all[k].text("protocol")).unwrap().spikes_s(), post);
        for (row, found) in all[k..].iter().zip(&found) {
            row.close("t_s", found.t_s, 1e-5 * found.t_s);
            row.close("h_mV", found.h_mv, 1e-4 * found.h_mv);
            row.close("z", found.z, 1e-4 * found.z.abs());
            row.close("p", found.p, 1e-4 * found.p);
            row.close("w_over_h0", found.weight, 1e-4 * found.weight);
        }
        k += found.len();
    }
}

/// The reference resolves the switches of tag and proteins to 5 s; exact times
/// change the weight at 8 h by less than a thousandth.
#[test]
fn exact_switches_change_little_and_fine_ones_approach_them() {
    let spikes = protocol("STET").unwrap().spikes_s();
    let last = |step: f64| {
        let rows = simulate(&Stc { switch_step_s: step, ..SET }, &spikes, false);
        rows[rows.len() - 1]
    };
    let exact = last(0.0);
    assert!((last(5.0).weight - exact.weight).abs() < 1e-3);
    assert!((last(0.05).weight - exact.weight).abs() < 1e-5);
    assert!((last(0.05).p - exact.p).abs() < 1e-6);
}

#[test]
fn noise_has_the_published_statistics() {
    const RUNS: u32 = 300;
    for row in rows(include_str!("../golden/published/stc_luboeinski2021_noisy_stats.csv")) {
        let spikes = protocol(row.text("protocol")).unwrap().spikes_s();
        let post = row.number("post") > 0.5;
        let runs: Vec<_> = (0..RUNS).map(|run| simulate_noisy(&SET, &spikes, post, 3, run)).collect();
        let n = f64::from(RUNS);
        let check = |column: &str, of: &dyn Fn(usize) -> f64| {
            let values: Vec<f64> = (0..runs.len()).map(of).collect();
            let mean = values.iter().sum::<f64>() / n;
            let sd = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            let reference = row.number(&format!("{column}_sd"));
            let error = (sd * sd / n + reference * reference / 500.0).sqrt();
            row.close(&format!("{column}_mean"), mean, 4.0 * error + 1e-5);
            // Standard error of a standard deviation is sd/√(2n).
            row.close(&format!("{column}_sd"), sd, 4.0 * reference / (2.0 * n).sqrt() + 1e-6);
        };
        check("h60", &|k| runs[k][2].h_mv);
        check("z8h", &|k| runs[k][9].z);
        check("w8h", &|k| runs[k][9].weight);
    }
}

/// Published outcome at 8 h: strong tetanus stays, weak tetanus fades, strong
/// low-frequency stimulation stays depressed, weak leaves nothing.
#[test]
fn strong_protocols_last_and_weak_ones_fade() {
    let at_8_h = |name: &str, post| {
        let rows = simulate(&SET, &protocol(name).unwrap().spikes_s(), post);
        (rows[1].weight, rows[9].weight)
    };
    let (early, late) = at_8_h("STET", false);
    assert!(early > 1.9 && late > 1.7);
    let (early, late) = at_8_h("WTET", false);
    assert!(early > 1.1 && (late - 1.0).abs() < 0.05, "{early} {late}");
    let (early, late) = at_8_h("SLFS", true);
    assert!(early < 0.7 && late < 0.7, "{early} {late}");
    assert!((at_8_h("WLFS", false).1 - 1.0).abs() < 1e-6);
}

#[test]
fn anisomycin_leaves_the_early_phase_alone() {
    let spikes = protocol("STET").unwrap().spikes_s();
    let (control, blocked) = (simulate(&SET, &spikes, false), simulate(&Stc { alpha: 0.0, ..SET }, &spikes, false));
    assert_eq!(control[1].h_mv, blocked[1].h_mv);
    assert!((blocked[9].weight - 1.0).abs() < 0.02, "{:?}", blocked[9]);
}
