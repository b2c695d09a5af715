//! Exposures of every kind: pulses, depth, carriers, states, synthesis, blocks.

mod bath;

use bath::{close, of};
use pharmacology::{
    Application, Bound, Chamber, Depth, Endogenous, Exposure, ExposurePlan, Faces, Library, ReceptorMix, Stimulus,
};
use quantity::Concentration;
use synapse::Parameters;

const MINUTE: f64 = 60_000.0;

/// A plan of (name, µM) with flows in minutes.
fn plan(bath: &[(&str, f64)], flows_min: &[[f64; 2]], scenarios: &[&str]) -> ExposurePlan {
    let flows: Vec<[f64; 2]> = flows_min.iter().map(|flow| flow.map(|minutes| minutes * MINUTE)).collect();
    let bath = of(bath).into_iter().map(|entry| Application { entry, flows: flows.clone() }).collect();
    let scenario = Library::embedded().scenario(scenarios).expect("known");
    ExposurePlan { bath, scenario, end_ms: 180.0 * MINUTE, ..ExposurePlan::default() }
}

fn brought(name: &str, nm: f64) -> Endogenous {
    let compound = Library::embedded().find(name).expect("known").clone();
    Endogenous { compound, free: Concentration::from_nm(nm) }
}

#[test]
fn pulses_rise_and_fall_and_a_continuous_bath_stays() {
    let pulsed = Exposure::of(plan(&[("ALLO", 0.3)], &[[20.0, 25.0], [40.0, 45.0], [60.0, 65.0]], &[]));
    let lasting = Exposure::of(plan(&[("ALLO", 0.3)], &[[20.0, f64::INFINITY]], &[]));
    let at = |exposure: &Exposure, minute: f64| exposure.tissue_um(0, minute * MINUTE);
    assert!(at(&pulsed, 25.5) > 1.5 * at(&pulsed, 39.5));
    assert!(at(&pulsed, 45.5) > at(&pulsed, 25.5), "what is left of the first pulse adds");
    assert!(at(&lasting, 65.0) > at(&pulsed, 65.5));
    assert_eq!(at(&pulsed, 19.0), 0.0);
}

#[test]
fn deep_cells_see_a_lipophilic_drug_late_and_a_hydrophilic_one_soon() {
    let at_depth = |name: &str, below_um: f64, minute: f64| {
        let depth = Some(Depth { below_um, thickness_um: 400.0, faces: Faces::Both });
        let chamber = Chamber { depth, ..Chamber::default() };
        let exposure = Exposure::of(ExposurePlan { chamber, ..plan(&[(name, 1.0)], &[[0.0, 1e6]], &[]) });
        exposure.tissue_um(0, minute * MINUTE)
    };
    assert!(at_depth("ALLO", 200.0, 15.0) < 0.1, "{}", at_depth("ALLO", 200.0, 15.0));
    assert!(at_depth("ALLO", 50.0, 15.0) > 0.3);
    assert!(at_depth("APV", 200.0, 15.0) > 0.98);
    // Etomidate: 58 % of equilibrium at mid-depth after 15 min, less the exchange of the bath.
    close(at_depth("etomidate", 200.0, 15.4), 0.58, 0.01);
}

#[test]
fn a_slower_perfusion_washes_in_later() {
    let fast = Exposure::of(plan(&[("APV", 50.0)], &[[0.0, 1e6]], &[]));
    let chamber = Chamber { exchange_ms: 3.0 * MINUTE, depth: None };
    let slow = Exposure::of(ExposurePlan { chamber, ..plan(&[("APV", 50.0)], &[[0.0, 1e6]], &[]) });
    assert!(slow.tissue_um(0, 3.0 * MINUTE) < 0.6 * fast.tissue_um(0, 3.0 * MINUTE));
}

#[test]
fn a_carrier_takes_steroids_and_leaves_the_rest() {
    let alone = Exposure::of(plan(&[("ALLO", 0.1), ("APV", 50.0)], &[[0.0, 1e6]], &[]));
    let both = Exposure::of(plan(&[("ALLO", 0.1), ("APV", 50.0), ("γ-cyclodextrin", 500.0)], &[[0.0, 1e6]], &[]));
    let late = 179.0 * MINUTE;
    close(both.tissue_um(0, late) / alone.tissue_um(0, late), 200.0 / 700.0, 2e-3);
    close(both.tissue_um(1, late), alone.tissue_um(1, late), 1e-12);
    assert!(both.modulation(late).gaba_a_fast_decay < alone.modulation(late).gaba_a_fast_decay);
}

#[test]
fn what_the_tissue_brings_along_acts_from_the_start_and_adds_to_the_bath() {
    let plan = ExposurePlan { endogenous: vec![brought("ALLO", 90.0)], ..plan(&[("ALLO", 0.1)], &[[20.0, 1e6]], &[]) };
    let exposure = Exposure::of(plan);
    close(exposure.tissue_um(0, 0.0), 0.09, 1e-12);
    assert!(exposure.modulation(0.0).gaba_a_fast_decay > 1.5);
    close(exposure.tissue_um(0, 179.0 * MINUTE), 0.19, 1e-4);
}

#[test]
fn finasteride_lowers_what_the_tissue_makes_and_nothing_else() {
    let bath = [("finasteride", 1.0)];
    let plan = ExposurePlan { endogenous: vec![brought("ALLO", 30.0)], ..plan(&bath, &[[20.0, 1e6]], &[]) };
    let exposure = Exposure::of(plan.clone());
    let allo = |minute: f64| exposure.tissue_um(1, minute * MINUTE);
    close(allo(19.0), 0.03, 1e-9);
    assert!(allo(60.0) < 0.9 * allo(19.0) && allo(170.0) < 0.35 * allo(19.0), "{} {}", allo(60.0), allo(170.0));
    assert!(exposure.modulation(170.0 * MINUTE).gaba_a_fast_decay < exposure.modulation(0.0).gaba_a_fast_decay);
    // Without a state there is nothing to stop, and the reader is told.
    let bare = Exposure::of(ExposurePlan { endogenous: Vec::new(), ..plan });
    assert_eq!(bare.modulation(60.0 * MINUTE), synapse::Modulation::default());
    assert!(bath::words(&bare.remarks()).contains("state a physiological state"));
}

#[test]
fn progesterone_in_the_bath_becomes_allopregnanolone_unless_dutasteride_stops_it() {
    let made = |bath: &[(&str, f64)]| {
        let endogenous = vec![brought("ALLO", 2.0), brought("progesterone", 5.0)];
        let exposure = Exposure::of(ExposurePlan { endogenous, ..plan(bath, &[[0.0, 1e6]], &[]) });
        let place = exposure.participants().iter().position(|c| c.label == "ALLO").expect("brought along");
        exposure.tissue_um(place, 170.0 * MINUTE)
    };
    let raised = made(&[("progesterone", 0.1)]);
    assert!(raised > 0.01, "{raised}");
    assert!(made(&[("progesterone", 0.1), ("dutasteride", 1.0)]) < 0.2 * raised);
}

#[test]
fn mk801_blocks_with_use_and_does_not_let_go() {
    let pulses = |from: f64, count: u32| -> Vec<Stimulus> {
        (0..count).map(|k| Stimulus { t_ms: (from + f64::from(k) / 3.0) * MINUTE, induction: false }).collect()
    };
    let silent = Exposure::of(plan(&[("MK-801", 20.0)], &[[0.0, 30.0]], &[]));
    assert_eq!(silent.modulation(29.0 * MINUTE).nmda_2a_gain, 1.0);
    let used =
        Exposure::of(ExposurePlan { stimuli: pulses(1.0, 80), ..plan(&[("MK-801", 20.0)], &[[0.0, 30.0]], &[]) });
    let at = |minute: f64| used.modulation(minute * MINUTE).nmda_2a_gain;
    assert!(at(5.0) > at(15.0) && at(15.0) > at(27.0) && at(27.0) < 0.4, "{} {} {}", at(5.0), at(15.0), at(27.0));
    // Trapped: no stimulus after wash-out, no recovery.
    assert!(at(179.0) <= at(28.0) + 1e-9);
    assert_eq!(used.modulation(27.0 * MINUTE).ampa_gain, 1.0);
}

#[test]
fn picrotoxin_builds_up_with_activity() {
    let settled = 10.3 / 60.3;
    let exposure = Exposure::of(plan(&[("picrotoxin", 50.0)], &[[0.0, 1e6]], &[]));
    let at = |minute: f64| exposure.modulation(minute * MINUTE).gaba_a_fast_gain;
    assert!(at(2.0) > settled + 0.1, "{}", at(2.0));
    close(at(60.0), settled, 1e-3);
}

#[test]
fn pkc_leaves_a_tonic_rise_behind_under_its_scenario_only() {
    let tonic = |name: &str, scenarios: &[&str], minute: f64| {
        let exposure = Exposure::of(plan(&[(name, 0.3)], &[[0.0, 30.0]], scenarios));
        exposure.modulation(minute * MINUTE).gaba_a_tonic_gain
    };
    let late = 175.0;
    assert!(tonic("ALLO", &[], late) < 1.01);
    assert!(tonic("ALLO", &["pkc-lasting-tonic"], late) > 1.15);
    assert_eq!(tonic("ganaxolone", &["pkc-lasting-tonic"], late), tonic("ganaxolone", &[], late));
}

#[test]
fn steroids_lower_an_outward_current_of_alpha4_delta_receptors_and_raise_an_inward_one() {
    let tonic = |name: &str, depolarising: bool, alpha4_delta: f64| {
        let receptors = ReceptorMix { alpha4_delta, depolarising };
        let exposure = Exposure::of(ExposurePlan { receptors, ..plan(&[(name, 0.03)], &[[0.0, 1e6]], &[]) });
        exposure.modulation(179.0 * MINUTE).gaba_a_tonic_gain
    };
    for name in ["ALLO", "THDOC"] {
        assert!(tonic(name, false, 1.0) < 0.9, "{name}");
        assert!(tonic(name, true, 1.0) > 1.2, "{name}");
        // Without these receptors the sign of the current does not matter.
        assert_eq!(tonic(name, false, 0.0), tonic(name, true, 0.0));
    }
    assert_eq!(tonic("diazepam", false, 1.0), 1.0);
}

#[test]
fn the_late_depolarising_response_is_a_scenario() {
    let shift = |name: &str, scenarios: &[&str]| {
        Exposure::of(plan(&[(name, 30.0)], &[[0.0, 1e6]], scenarios)).modulation(179.0 * MINUTE).gaba_a_slow_shift_mv
    };
    assert_eq!(shift("THDOC", &[]), 0.0);
    close(shift("THDOC", &["late-depolarising-gaba"]), 38.3, 0.5);
    assert_eq!(shift("ALLO", &["late-depolarising-gaba"]), 0.0);
}

#[test]
fn every_state_can_be_prepared_at_both_ends_and_holds_only_values_that_the_synapse_takes() {
    let library = Library::embedded();
    assert!(library.states().len() >= 14);
    for state in library.states() {
        for bound in [Bound::Low, Bound::Centre, Bound::High] {
            let mut parameters = Parameters::default();
            let prepared = state.prepared(&library, &parameters.clone(), bound);
            assert!(!prepared.endogenous.is_empty(), "{}", state.name);
            for change in &prepared.changes {
                parameters.set(&change.parameter, change.value).unwrap_or_else(|e| panic!("{}: {e}", state.name));
            }
            assert!(prepared.evidence.iter().all(|row| !row.source.is_empty()), "{}", state.name);
        }
        let at = |bound| state.prepared(&library, &Parameters::default(), bound).endogenous[0].free.um();
        assert!(at(Bound::Low) <= at(Bound::Centre) && at(Bound::Centre) <= at(Bound::High), "{}", state.name);
    }
}

#[test]
fn states_order_allopregnanolone_as_the_sources_do() {
    let library = Library::embedded();
    let allo = |name: &str| {
        let state = library.state(name).expect("a state");
        state.prepared(&library, &Parameters::default(), Bound::Centre).endogenous[0].free.um()
    };
    assert!(allo("follicular") < allo("luteal") && allo("luteal") < allo("late-pregnancy"));
    assert!(allo("postpartum") < 0.1 * allo("late-pregnancy"));
    assert!(allo("menopause") < allo("luteal") && allo("ageing") < allo("male-adult"));
    assert!(allo("acute-stress") > 4.0 * allo("male-adult") && allo("chronic-stress") < allo("acute-stress"));
    assert!(allo("alzheimer") < 0.5 * allo("aged-control"));
    let unknown = library.state("lutheal").expect_err("a misspelling").to_string();
    assert!(unknown.contains("did you mean luteal"), "{unknown}");
}

#[test]
fn the_prior_of_an_antagonist_is_propagated() {
    let exposure = bath::settled(&[("ALLO", 0.1), ("ISO", 1.0)], &[]);
    let [low, middle, high]: [f64; 3] =
        exposure.prior_of_potentiation(&[0.0, 0.5, 1.0]).try_into().expect("three quantiles");
    let alone = bath::modulation(&[("ALLO", 0.1)]).gaba_a_fast_decay;
    close(low - 1.0, (alone - 1.0) / 21.0, 1e-9);
    close(high - 1.0, (alone - 1.0) / 1.1, 1e-9);
    assert!(low < middle && middle < high);
    assert!(bath::words(&exposure.laws()).contains("log-uniform prior"));
    assert!(bath::settled(&[("ALLO", 0.1)], &[]).prior_of_potentiation(&[0.5]).is_empty());
}
