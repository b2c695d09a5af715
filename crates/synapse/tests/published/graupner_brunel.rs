//! Graupner & Brunel 2012: closed form, exact segments, Monte Carlo.

use crate::table::{Row, rows};
use synapse::rules::graupner_brunel_2012::{
    GraupnerBrunel2012, SETS, Transitions, expected, monte_carlo, segment_exact,
};
use synapse::rules::{Anchor, Protocol, RuleError};

fn set(name: &str) -> GraupnerBrunel2012 {
    let set = SETS.iter().find(|set| set.name == name).expect("a published set");
    GraupnerBrunel2012::from_values(&(set.values)())
}

/// Columns that the files share, to 1e-9 of one (their last printed digit for larger numbers).
fn compare(row: &Row, t: &Transitions, names: [&str; 5]) {
    let [alpha_d, alpha_p, rho_bar, up, down] = names;
    row.close(alpha_d, t.alpha_d, 1e-9);
    row.close(alpha_p, t.alpha_p, 1e-9);
    // Where nothing is crossed there is no state to be driven to.
    if t.tau_eff_s.is_finite() {
        row.close(rho_bar, t.rho_bar, 1e-9);
    }
    row.close(up, t.up, 1e-9);
    row.close(down, t.down, 1e-9);
    row.close("ratio", t.ratio, 1e-9);
}

const NAMES: [&str; 5] = ["alphaD", "alphaP", "rho_bar", "U", "Dn"];

fn compare_all(row: &Row, t: &Transitions) {
    compare(row, t, NAMES);
    row.close("GammaD", t.gamma_d, 1e-9 * (1.0 + t.gamma_d));
    row.close("GammaP", t.gamma_p, 1e-9 * (1.0 + t.gamma_p));
    row.close("mean_from0", t.mean_from_0, 1e-9);
    row.close("mean_from1", t.mean_from_1, 1e-9);
    if t.tau_eff_s.is_finite() {
        row.close("sigma_rho2", t.sigma_rho2, 1e-9);
        row.close("tau_eff", t.tau_eff_s, 1e-9 * (1.0 + t.tau_eff_s));
    } else {
        assert!(row.number("tau_eff").is_infinite());
    }
}

#[test]
fn figure_2_in_201_steps_of_delta_t() {
    for row in rows(include_str!("../golden/published/gb2012_fig2_stdp_curves.csv")) {
        let protocol = Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms: row.number("dt_ms") };
        compare_all(&row, &expected(&set(row.text("set")), &protocol).unwrap());
    }
}

#[test]
fn hippocampal_slices_at_5_hz() {
    for row in rows(include_str!("../golden/published/gb2012_fig3_hippslices.csv")) {
        let (n, dt_ms) = (row.number("N") as u32, row.number("dt_ms"));
        let protocol = match row.text("kind") {
            "pair" => Protocol::Pairs { n, frequency_hz: 5.0, dt_ms },
            _ => {
                Protocol::Bursts { n, frequency_hz: 5.0, dt_ms, post: 2, post_interval_ms: 11.5, anchor: Anchor::Last }
            }
        };
        compare(&row, &expected(&set("hippocampal_slices"), &protocol).unwrap(), NAMES);
    }
}

#[test]
fn pairs_over_frequency() {
    for row in rows(include_str!("../golden/published/gb2012_pairs_vs_frequency.csv")) {
        let protocol = Protocol::Pairs {
            n: row.number("n_pairs") as u32,
            frequency_hz: row.number("freq_hz"),
            dt_ms: row.number("dt_ms"),
        };
        compare_all(&row, &expected(&set(row.text("set")), &protocol).unwrap());
    }
}

#[test]
fn bursts_of_postsynaptic_spikes() {
    for row in rows(include_str!("../golden/published/gb2012_hippslice_bursts.csv")) {
        let protocol = Protocol::Bursts {
            n: row.number("n_rep") as u32,
            frequency_hz: row.number("freq_hz"),
            dt_ms: row.number("dt_ms"),
            post: row.number("n_post") as u32,
            post_interval_ms: 10.0,
            anchor: Anchor::First,
        };
        compare_all(&row, &expected(&set(row.text("set")), &protocol).unwrap());
    }
}

#[test]
fn the_mean_is_segment_exact() {
    for row in rows(include_str!("../golden/published/gb2012_montecarlo_vs_theory.csv")) {
        let protocol = Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms: row.number("dt_ms") };
        let p = set(row.text("set"));
        row.close("mean_segment_exact0", segment_exact(&p, &protocol, 0.0).unwrap(), 6e-9);
        row.close("mean_segment_exact1", segment_exact(&p, &protocol, 1.0).unwrap(), 6e-9);
        let t = expected(&p, &protocol).unwrap();
        row.close("theory_U", t.up, 6e-9);
        row.close("theory_Dn", t.down, 6e-9);
    }
}

/// The exact value that stepped schemes are compared with, and that halving their
/// step does not approach it smoothly: the reason for exact crossings.
#[test]
fn the_exact_value_of_the_convergence_study() {
    let protocol = Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms: 10.0 };
    let exact = segment_exact(&set("DP"), &protocol, 0.0).unwrap();
    assert!((exact - 0.544_464_716_104_412).abs() < 1e-12, "{exact}");
    for row in rows(include_str!("../golden/published/gb2012_convergence.csv")) {
        let error = row.number("abs_err");
        row.close("rho_end", exact, 1.001 * error + 1e-9);
    }
}

/// Both noise terms; with the noise of the public program (√H_d alone) U at +10 ms
/// would be 0.6826.
#[test]
fn monte_carlo_agrees_with_an_independent_one_and_with_theory() {
    let runs = 20_000;
    for row in rows(include_str!("../golden/published/gb2012_montecarlo_vs_theory.csv")) {
        let dt_ms = row.number("dt_ms");
        if ![-20.0, 0.0, 10.0].contains(&dt_ms) {
            continue;
        }
        let found =
            monte_carlo(&set(row.text("set")), &Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms }, runs, 7).unwrap();
        for (column, share) in [("mc_U_corrected", found.up), ("mc_Dn_corrected", found.down)] {
            // Two samples of 20000.
            let error = (2.0 * share * (1.0 - share) / f64::from(runs)).sqrt();
            row.close(column, share, 4.0 * error);
        }
        row.close("theory_ratio", found.ratio, 0.03);
    }
}

/// The closed form averages over a period; the exact mean ripples within it. For a
/// slower synapse and a longer protocol the ripple shrinks in proportion.
#[test]
fn the_closed_form_is_the_limit_of_a_slow_synapse() {
    let gap = |slower: u32| {
        let fitted = set("hippocampal_slices");
        let p = GraupnerBrunel2012 { tau_s: fitted.tau_s * f64::from(slower), ..fitted };
        let protocol = Protocol::Pairs { n: 100 * slower, frequency_hz: 20.0, dt_ms: 5.0 };
        let exact = segment_exact(&p, &protocol, 0.0).unwrap();
        (exact - expected(&p, &protocol).unwrap().mean_from_0).abs()
    };
    assert!(gap(1) > 1e-4, "{}", gap(1));
    assert!((gap(1) / gap(10) / 10.0 - 1.0).abs() < 0.1, "{} {}", gap(1), gap(10));
    assert!((gap(10) / gap(100) / 10.0 - 1.0).abs() < 0.1, "{} {}", gap(10), gap(100));
}

/// 900 presynaptic pulses on the hippocampal set: depression, then potentiation,
/// with the crossover near 15 Hz.
#[test]
fn presynaptic_pulses_show_the_frequency_curve() {
    let ratio =
        |frequency_hz| expected(&set("hippocampal_slices"), &Protocol::Pulses { n: 900, frequency_hz }).unwrap().ratio;
    assert!(ratio(5.0) < 0.95 && ratio(10.0) < 0.95);
    assert!(ratio(25.0) > 1.2 && ratio(50.0) > 1.5);
    let crossover = (100..250).map(|k| f64::from(k) / 10.0).find(|hz| ratio(*hz) > 1.0).unwrap();
    assert!((13.0..17.0).contains(&crossover), "{crossover}");
}

/// Wittenberg & Wang 2006: pairs depress only, doublets open a window of potentiation.
#[test]
fn doublets_open_a_window_of_potentiation() {
    let p = set("hippocampal_slices");
    let pairs = (-40..=40).map(|k| Protocol::Pairs { n: 100, frequency_hz: 5.0, dt_ms: f64::from(k) });
    assert!(pairs.map(|protocol| expected(&p, &protocol).unwrap().ratio).all(|ratio| ratio < 1.02));
    let doublets = (0..=40).map(|k| Protocol::Bursts {
        n: 100,
        frequency_hz: 5.0,
        dt_ms: f64::from(k),
        post: 2,
        post_interval_ms: 11.5,
        anchor: Anchor::Last,
    });
    assert!(doublets.map(|protocol| expected(&p, &protocol).unwrap().ratio).any(|ratio| ratio > 1.2));
}

/// No threshold crossed: nothing to divide by, and nothing changes.
#[test]
fn a_silent_protocol_changes_nothing() {
    for name in ["D", "DPD"] {
        let far = Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms: 100.0 };
        assert_eq!(expected(&set(name), &far).unwrap().ratio, 1.0);
    }
}

#[test]
fn a_held_membrane_and_a_delta_t_beyond_the_period_are_refused() {
    let beyond = Protocol::Pairs { n: 60, frequency_hz: 10.0, dt_ms: 100.0 };
    assert!(matches!(expected(&set("DP"), &beyond), Err(RuleError::BeyondPeriod { .. })));
    let rule = synapse::rules::find("graupner_brunel_2012").unwrap();
    let run = rule.prepare(&rule.set(Some("DP")).unwrap().1, None).unwrap();
    let clamp = run(&Protocol::Clamp { n: 60, frequency_hz: 1.0, voltage_mv: -30.0 }).unwrap_err().to_string();
    assert!(clamp.contains("membrane potential") && clamp.contains("pulses"), "{clamp}");
}
