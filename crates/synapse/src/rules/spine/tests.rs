//! What holds for all rules on a spine, or for several of them.

use crate::parameters::table::Parameters;
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::spine_rule::SpineRule;
use crate::rules::{
    chindemi_2022, clopath_2010, dainauskas_2023, deperrois_2020, gb_calcium, graupner_brunel_2012, shouval_2002,
};

/// A gap passed at once and in 600 parts; a rule with its own transient sees it
/// fall within the first part.
fn passes_a_gap_at_once<R: SpineRule>(rule: &R, start: R::State) {
    let (mut once, mut parts) = (start, start);
    rule.rest(&mut once, 60_000.0);
    (0..600).for_each(|_| rule.rest(&mut parts, 100.0));
    let (once, parts) = (rule.value(&once), rule.value(&parts));
    assert!((once - parts).abs() < 1e-6, "{rule:?}: {once} {parts}");
}

#[test]
fn a_gap_passes_at_once() {
    let gb = gb_calcium::SpineState { rho: 0.3, unit_um: 1.0 };
    passes_a_gap_at_once(&gb_calcium::PAPER_THRESHOLDS, gb);
    let graupner = graupner_brunel_2012::on_spine::SpineState { rho: 0.3, calcium: 3.0, spread: 1.0 };
    passes_a_gap_at_once(&graupner_brunel_2012::parameters::DP, graupner);
    let thresholds = chindemi_2022::Thresholds { depression: 50.0, potentiation: 80.0 };
    passes_a_gap_at_once(&chindemi_2022::BASAL, chindemi_2022::on_spine::SpineState { rho: 0.3, thresholds });
    passes_a_gap_at_once(&shouval_2002::PAPER_SET, shouval_2002::SpineState { weight: 0.3, scale: 1.0 });
    passes_a_gap_at_once(&deperrois_2020::MARKRAM, deperrois_2020::SpineState { weight: 0.3, calcium: 3.0 });
    let clopath = clopath_2010::on_spine::SpineState { weight: 0.3, trace: 0.0 };
    passes_a_gap_at_once(&clopath_2010::on_spine::OnSpine::new(clopath_2010::AEIF), clopath);
}

/// Strength after a course of potential and conductances: a presynaptic spike with
/// a back-propagating one 10 ms later, 20 times at 20 Hz.
fn voltage_course(rule: impl SpineRule, dt_ms: f64) -> f64 {
    let rule = rule.in_cell(&Parameters::default(), -65.0);
    let mut state = rule.start(false, 1.0, &Peaks::default());
    let at = |t: f64| {
        let t = t % 50.0;
        let bump = |since: f64, rise: f64, fall: f64| {
            if since < 0.0 { 0.0 } else { libm::exp(-since / fall) - libm::exp(-since / rise) }
        };
        let dendrite_mv = -65.0 + 20.0 * bump(t, 1.0, 15.0) + 90.0 * bump(t - 10.0, 0.3, 3.0);
        let filtered_mv = (-65.0 + 8.0 * bump(t, 3.0, 30.0), -65.0 + 10.0 * bump(t, 3.0, 30.0));
        let (glun2a_ns, glun2b_ns) = (0.2 * bump(t, 3.0, 40.0), 0.1 * bump(t, 5.0, 120.0));
        Reading { dendrite_mv, filtered_mv, glun2a_ns, glun2b_ns, ..Reading::default() }
    };
    let per_period = (50.0 / dt_ms).round() as u32;
    for _ in 0..20 {
        rule.presynaptic(&mut state, 1.0, &at(5.0));
        for k in 0..per_period {
            // The end of the period is the moment before the next spike.
            let from = f64::from(k) * dt_ms;
            let to = (from + dt_ms).min(50.0 - 1e-9);
            rule.advance(&mut state, &at(from), &at(to), dt_ms);
        }
    }
    rule.strength(&state)
}

fn converges_with_the_step(rule: &impl SpineRule) {
    let [coarse, fine, finest] = [0.2, 0.05, 0.0125].map(|dt| voltage_course(rule.clone(), dt) - 1.0);
    assert!(finest.abs() > 1e-4, "{rule:?}: {finest}");
    let (first, second) = ((coarse - finest).abs(), (fine - finest).abs());
    assert!(second < 0.03 * finest.abs() && second <= 0.5 * first + 1e-9, "{coarse} {fine} {finest}");
}

#[test]
fn voltage_rules_learn_and_converge_with_the_step() {
    converges_with_the_step(&clopath_2010::on_spine::OnSpine::new(clopath_2010::AEIF));
    converges_with_the_step(&dainauskas_2023::on_spine::OnSpine::new(dainauskas_2023::CONTROL));
}

/// A synapse starts where its rule says, with thresholds of its own.
#[test]
fn a_synapse_starts_where_its_rule_says() {
    let peaks = Peaks { calcium_um: 0.5, effective_um_ms: 60.0, spike_effective_um_ms: 20.0 };
    let gb = gb_calcium::PAPER_THRESHOLDS;
    assert_eq!(gb.start(true, 1.2, &peaks).unit_um, 0.6);
    assert_eq!(gb.strength(&gb.start(false, 1.0, &peaks)), 1.0);
    let own = chindemi_2022::BASAL.start(false, 1.0, &peaks).thresholds;
    assert!(own.depression > 0.0 && own.potentiation > 0.0);
    let shouval = shouval_2002::PAPER_SET;
    assert_eq!(shouval.strength(&shouval.start(true, 1.0, &peaks)), 1.0);
}
