//! Chindemi et al. 2022.

use crate::table::{Row, rows};
use synapse::rules::chindemi_2022::{BASAL, Scheme, Thresholds, Trace, run};

const NEVER: Thresholds = Thresholds { depression: f64::INFINITY, potentiation: f64::INFINITY };
const TRACES: &str = include_str!("../golden/published/glusynapse_neuron_trace.csv");

fn spikes(case: &str) -> (&'static [f64], &'static [f64]) {
    match case {
        "pre" => (&[50.0], &[]),
        "bap" => (&[], &[50.0]),
        "pair+10" => (&[50.0], &[60.0]),
        "pair-10" => (&[60.0], &[50.0]),
        other => panic!("unknown case {other}"),
    }
}

fn trace(case: &str, end_ms: f64, scheme: Scheme) -> Trace {
    let (pre, post) = spikes(case);
    run(&BASAL, pre, post, end_ms, NEVER, 0.0, None, scheme)
}

/// Every millisecond of six quantities, by the steps of the public code.
#[test]
fn traces_of_the_public_mechanism() {
    let all = rows(TRACES);
    let columns = ["v_mV", "cai_mM", "effcai", "g_NMDA_uS", "m_VDCC", "h_VDCC"];
    let places = [1, 2, 3, 4, 5, 6];
    let mut cases: Vec<String> = all.iter().map(|row| row.text("case").to_owned()).collect();
    cases.dedup();
    for case in cases {
        let found = trace(&case, 400.0, Scheme::Published { step_ms: 0.025 });
        let of_case: Vec<&Row> = all.iter().filter(|row| row.text("case") == case).collect();
        for (column, place) in columns.into_iter().zip(places) {
            let largest = of_case.iter().map(|row| row.number(column).abs()).fold(0.0, f64::max);
            for row in of_case.iter().skip(1) {
                let sample = (row.number("t_ms") / 0.025).round() as usize - 1;
                row.close(column, found.samples[sample][place], 1e-6 * largest + 1e-12);
            }
        }
    }
}

#[test]
fn pairings_of_the_public_mechanism() {
    for row in rows(include_str!("../golden/published/glusynapse_neuron_stdp.csv")) {
        let (n, f, dt) = (row.number("n_pairs") as u32, row.number("f_hz"), row.number("dt_ms"));
        let pre: Vec<f64> = (0..n).map(|k| 100.0 + 1000.0 * f64::from(k) / f).collect();
        let post: Vec<f64> = pre.iter().map(|t| t + dt).collect();
        let thresholds = Thresholds { depression: row.number("theta_d"), potentiation: row.number("theta_p") };
        let end = pre[pre.len() - 1] + 500.0;
        let rho0 = row.number("rho0");
        let found = run(&BASAL, &pre, &post, end, thresholds, rho0, None, Scheme::Published { step_ms: 0.05 });
        row.close("eff_max", found.effective_max, 1e-6 * found.effective_max);
        row.close("rho_end", found.rho, 1e-6);
    }
}

/// Thresholds from two runs of the spine itself.
#[test]
fn thresholds_of_the_basal_synapse() {
    let found = BASAL.thresholds();
    assert!((found.depression / 0.089_003_123_0 - 1.0).abs() < 1e-6, "{found:?}");
    assert!((found.potentiation / 0.105_853_999 - 1.0).abs() < 1e-6, "{found:?}");
}

/// Continuous time: the converged scheme against an adaptive solver.
#[test]
fn the_converged_scheme_meets_the_adaptive_solver() {
    for row in rows(include_str!("../golden/published/glusynapse_lsoda_peaks.csv")) {
        let found = trace(row.text("case"), 400.0, Scheme::Converged { step_ms: 0.01 });
        row.close("eff_peak", found.effective_max, 1e-5 * found.effective_max);
        row.close("cai_peak_mM", found.calcium_max, 1e-4 * found.calcium_max);
    }
    // Dense maxima, mM.
    for (case, expected) in [("pre", 1.079_782e-3), ("pair+10", 4.493_606e-3)] {
        let found = trace(case, 400.0, Scheme::Converged { step_ms: 0.01 }).calcium_max;
        assert!((found / expected - 1.0).abs() < 1e-5, "{case}: {found}");
    }
}

#[test]
fn the_converged_scheme_is_of_second_order_and_the_published_one_of_first() {
    let exact = trace("pair+10", 400.0, Scheme::Converged { step_ms: 0.0025 }).effective_max;
    let error = |scheme| (trace("pair+10", 400.0, scheme).effective_max - exact).abs();
    let second = error(Scheme::Converged { step_ms: 0.08 }) / error(Scheme::Converged { step_ms: 0.04 });
    let first = error(Scheme::Published { step_ms: 0.05 }) / error(Scheme::Published { step_ms: 0.025 });
    assert!((3.5..4.6).contains(&second), "{second}");
    assert!((1.8..2.2).contains(&first), "{first}");
}

/// Rows of the public run that are not converged at its step, with their limits.
#[test]
fn converged_pairings() {
    let thresholds = Thresholds { depression: 0.089_003_123_0, potentiation: 0.105_853_999 };
    for (f, dt, expected) in [(1.0, 40.0, 0.3849), (2.0, -10.0, 0.2335), (2.0, -5.0, 0.4850)] {
        let pre: Vec<f64> = (0..10).map(|k| 100.0 + 1000.0 * f64::from(k) / f).collect();
        let post: Vec<f64> = pre.iter().map(|t| t + dt).collect();
        let scheme = Scheme::Converged { step_ms: 0.02 };
        let found = run(&BASAL, &pre, &post, pre[9] + 500.0, thresholds, 0.0, None, scheme).rho;
        assert!((found - expected).abs() < 2e-3, "{f} Hz {dt} ms: {found}");
    }
}
