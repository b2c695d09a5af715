//! Attached rules against fine integration, and over gaps.

use crate::parameters::table::Parameters;
use crate::rules::dainauskas_2023::on_spine::InCell;
use crate::rules::graupner_brunel_2012::parameters::{DP, GraupnerBrunel2012};
use crate::rules::graupner_brunel_2012::simulation::segment_exact;
use crate::rules::protocol::Protocol;
use crate::rules::shouval_2002::PAPER_SET;
use crate::rules::spine::reading::{Peaks, Reading};
use crate::rules::spine::relaxation::share_above;
use crate::rules::spine::spine_rule::AttachedRule;
use crate::rules::spine::state::{SynapticState, VoltageTraces};
use crate::rules::{chindemi_2022, clopath_2010, dainauskas_2023, deperrois_2020, gb_calcium};

fn calcium(um: f64) -> Reading {
    Reading { calcium_um: um, ..Reading::default() }
}

fn effective(um_ms: f64) -> Reading {
    Reading { effective_um_ms: um_ms, ..Reading::default() }
}

#[test]
fn shares_of_a_linear_course() {
    assert_eq!(share_above(0.0, 2.0, 1.0), 0.5);
    assert_eq!(share_above(2.0, 0.0, 0.5), 0.75);
    assert_eq!(share_above(1.0, 1.0, 1.0), 0.0);
    assert_eq!(share_above(1.5, 1.5, 1.0), 1.0);
    assert_eq!(share_above(0.0, 5.0, f64::INFINITY), 0.0);
}

/// With its own transient the attached rule is the event-exact one, whatever
/// the steps between the spikes (the drift is what the exact mean leaves out,
/// so it is slowed down to nothing here by starting from 0 with strong rates).
#[test]
fn an_attached_graupner_brunel_rule_is_the_event_exact_one() {
    let p = GraupnerBrunel2012 { delay_ms: 0.0, ..DP };
    let expected = segment_exact(&p, &Protocol::Pairs { n: 60, frequency_hz: 1.0, dt_ms: 10.0 }, 0.0).unwrap();
    let rule = AttachedRule::GraupnerBrunel2012(p);
    for parts in [1_u32, 7] {
        let mut state = SynapticState::new(0.0);
        let pass = |state: &mut SynapticState, length: f64| {
            for _ in 0..parts {
                rule.advance(state, &Reading::default(), &Reading::default(), length / f64::from(parts));
            }
        };
        for _ in 0..60 {
            rule.presynaptic(&mut state, 1.0, &Reading::default());
            pass(&mut state, 10.0);
            rule.postsynaptic(&mut state);
            pass(&mut state, 190.0);
        }
        // 12 s at τ = 150 s: the drift changes ρ by less than a hundredth.
        assert!((state.value - expected).abs() < 0.01, "{parts}: {} {expected}", state.value);
    }
}

/// Fourth-order Runge–Kutta in steps far below a crossing, calcium a triangle.
#[test]
fn threshold_rules_agree_with_fine_integration() {
    let p = gb_calcium::PAPER_THRESHOLDS;
    let rule = AttachedRule::GbCalcium(p);
    let course = |t: f64| if t < 40.0 { 0.05 * t } else { (2.0 - 0.02 * (t - 40.0)).max(0.0) };
    let slope = |t: f64, r: f64| {
        let c = course(t);
        let up = if c > p.theta_p { p.gamma_p * (1.0 - r) } else { 0.0 };
        let down = if c > p.theta_d { p.gamma_d * r } else { 0.0 };
        (-r * (1.0 - r) * (p.rho_star - r) + up - down) / (1000.0 * p.tau_s)
    };
    let (mut rho, h) = (0.4, 0.002);
    for k in 0..70_000 {
        let t = f64::from(k) * h;
        let a = slope(t + 0.5 * h, rho);
        rho += h * slope(t + 0.5 * h, rho + 0.5 * h * a);
    }
    let mut state = SynapticState::new(0.4);
    for k in 0..70 {
        let t = 2.0 * f64::from(k);
        rule.advance(&mut state, &calcium(course(t)), &calcium(course(t + 2.0)), 2.0);
    }
    assert!((state.value - rho).abs() < 1e-5, "{} {rho}", state.value);
    assert!((state.value - 0.4).abs() > 0.05);
}

#[test]
fn a_gap_passes_at_once() {
    for rule in [
        AttachedRule::GbCalcium(gb_calcium::PAPER_THRESHOLDS),
        AttachedRule::GraupnerBrunel2012(DP),
        AttachedRule::Chindemi2022(chindemi_2022::BASAL),
        AttachedRule::Shouval2002(PAPER_SET),
        AttachedRule::Deperrois2020(deperrois_2020::MARKRAM),
        AttachedRule::Clopath2010(clopath_2010::AEIF, InCell::default()),
    ] {
        let start = SynapticState { own_calcium: 3.0, ..SynapticState::new(0.3) };
        let (mut once, mut parts) = (start, start);
        rule.rest(&mut once, 60_000.0);
        for _ in 0..600 {
            rule.rest(&mut parts, 100.0);
        }
        // A rule with its own transient sees it fall within the first part.
        assert!((once.value - parts.value).abs() < 1e-6, "{rule:?}: {} {}", once.value, parts.value);
    }
}

#[test]
fn the_state_stays_between_0_and_1() {
    let rule = AttachedRule::Chindemi2022(chindemi_2022::BASAL);
    let mut state = SynapticState { thresholds: Some((50.0, 80.0)), ..SynapticState::new(0.0) };
    for k in 0..100_000 {
        let e = 100.0 * (0.5 + 0.5 * libm::sin(f64::from(k) * 0.01));
        rule.advance(&mut state, &effective(e), &effective(e + 0.5), 1.0);
        assert!((0.0..=1.0).contains(&state.value));
    }
    assert!(state.value > 0.4 && rule.strength(&state) > 1.0);
}

/// A course of potential and conductances: a presynaptic spike with a
/// back-propagating one 10 ms later, 20 times at 20 Hz.
fn voltage_course(rule: AttachedRule, dt_ms: f64) -> f64 {
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

#[test]
fn voltage_rules_learn_and_converge_with_the_step() {
    for rule in [
        AttachedRule::Clopath2010(clopath_2010::AEIF, InCell::default()),
        AttachedRule::Dainauskas2023(dainauskas_2023::CONTROL, InCell::default()),
    ] {
        let [coarse, fine, finest] = [0.2, 0.05, 0.0125].map(|dt| voltage_course(rule, dt) - 1.0);
        assert!(finest.abs() > 1e-4, "{rule:?}: {finest}");
        let (first, second) = ((coarse - finest).abs(), (fine - finest).abs());
        assert!(second < 0.03 * finest.abs() && second <= 0.5 * first + 1e-9, "{coarse} {fine} {finest}");
    }
}

/// In a gap of any length the traces end as in one of many parts.
#[test]
fn the_traces_of_a_voltage_rule_pass_a_gap() {
    let rule = AttachedRule::Dainauskas2023(dainauskas_2023::CONTROL, InCell::default());
    let traces =
        VoltageTraces { presynaptic: 0.01, potential: (20.0, 22.0), conductance: (1e-4, 1e-4), theta: (0.1, 0.1) };
    let start = SynapticState { traces, ..SynapticState::new(1.0) };
    let (mut once, mut twice, mut long) = (start, start, start);
    rule.rest(&mut once, 2_000.0);
    rule.rest(&mut twice, 1_000.0);
    rule.rest(&mut twice, 1_000.0);
    assert!((once.value - twice.value).abs() < 1e-3 * (once.value - 1.0).abs(), "{once:?} {twice:?}");
    rule.rest(&mut long, 1e7);
    assert!((long.value - once.value).abs() < 1e-2 * (once.value - 1.0).abs());
    assert_eq!(long.traces, VoltageTraces::default());
}

/// A synapse starts where its rule says, with thresholds of its own.
#[test]
fn a_synapse_starts_where_its_rule_says() {
    let peaks = Peaks { calcium_um: 0.5, effective_um_ms: 60.0, spike_effective_um_ms: 20.0 };
    let gb = AttachedRule::GbCalcium(gb_calcium::PAPER_THRESHOLDS);
    assert_eq!(gb.start(true, 1.2, &peaks).threshold_scale, 0.6);
    assert_eq!(gb.strength(&gb.start(false, 1.0, &peaks)), 1.0);
    let chindemi = AttachedRule::Chindemi2022(chindemi_2022::BASAL).start(false, 1.0, &peaks);
    assert!(chindemi.thresholds.is_some_and(|(low, high)| low > 0.0 && high > 0.0));
    let shouval = AttachedRule::Shouval2002(PAPER_SET);
    assert_eq!(shouval.strength(&shouval.start(true, 1.0, &peaks)), 1.0);
}
