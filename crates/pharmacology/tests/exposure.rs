//! Wash-in and wash-out of whole baths.

mod bath;

use bath::{close, flowing, modulation, of};
use pharmacology::{Exposure, Library, Scenario};
use synapse::Modulation;

const MINUTE: f64 = 60_000.0;

#[test]
fn neutral_before_the_drug_and_in_equilibrium_long_after() {
    let exposure = flowing(&[("ALLO", 0.1), ("PS", 10.0)], 20.0, None);
    assert_eq!(exposure.modulation(-5.0), Modulation::default());
    assert_eq!(exposure.modulation(20.0 * MINUTE), Modulation::default());
    let settled = modulation(&[("ALLO", 0.1), ("PS", 10.0)]);
    let late = exposure.modulation(20.0 * 60.0 * MINUTE);
    close(late.gaba_a_fast_decay, settled.gaba_a_fast_decay, 1e-9);
    close(late.nmda_2b_gain, settled.nmda_2b_gain, 1e-9);
}

#[test]
fn steroids_wash_in_over_minutes_and_out_over_tens_of_minutes() {
    let exposure = flowing(&[("ISO", 3.0)], 0.0, Some(60.0));
    let at = |minute: f64| exposure.tissue_um(0, minute * MINUTE) / 3.0;
    // Bath 0.4 min and membrane 0.25 min delay the 5 min of the tissue.
    assert!((0.55..0.63).contains(&at(5.0)), "{}", at(5.0));
    assert!(at(15.0) > 0.93 && at(15.0) < 0.96, "{}", at(15.0));
    assert!(at(60.0) > 0.999);
    assert!((0.36..0.39).contains(&at(80.0)), "{}", at(80.0));
    assert!((0.04..0.06).contains(&at(120.0)), "{}", at(120.0));
    assert_eq!(exposure.tissue_um(7, 10.0 * MINUTE), 0.0);
}

#[test]
fn hydrophilic_drugs_are_quicker_than_steroids() {
    let exposure = flowing(&[("APV", 1.0), ("ALLO", 1.0)], 0.0, Some(60.0));
    assert!(exposure.tissue_um(0, 3.0 * MINUTE) > 1.5 * exposure.tissue_um(1, 3.0 * MINUTE));
    assert!(exposure.tissue_um(0, 75.0 * MINUTE) < 0.1 * exposure.tissue_um(1, 75.0 * MINUTE));
}

#[test]
fn concentration_is_continuous_at_every_switch() {
    let exposure = flowing(&[("THDOC", 1.0), ("ZD7288", 10.0)], 10.0, Some(25.0));
    for i in 0..2 {
        for minute in [10.0, 25.0] {
            let before = exposure.tissue_um(i, minute * MINUTE - 0.01);
            let after = exposure.tissue_um(i, minute * MINUTE + 0.01);
            close(before, after, 1e-4);
        }
    }
}

#[test]
fn an_irreversible_blocker_does_not_wash_out() {
    let exposure = flowing(&[("ZD7288", 10.0)], 0.0, Some(30.0));
    let end = exposure.tissue_um(0, 30.0 * MINUTE);
    assert!(exposure.tissue_um(0, 90.0 * MINUTE) > 0.88 * end);
}

#[test]
fn a_compound_named_twice_counts_as_its_sum() {
    let once = modulation(&[("ALLO", 0.3)]);
    assert_eq!(modulation(&[("ALLO", 0.1), ("allopregnanolone", 0.2)]).gaba_a_fast_decay, once.gaba_a_fast_decay);
}

#[test]
fn zero_concentration_and_an_empty_bath_are_neutral() {
    assert_eq!(modulation(&[("ALLO", 0.0), ("ISO", 0.0)]), Modulation::default());
    assert_eq!(modulation(&[]), Modulation::default());
}

#[test]
fn any_bath_gives_finite_factors_in_their_bounds() {
    let library = Library::embedded();
    let scenarios: Vec<&str> = library.scenarios().iter().map(|s| s.name.as_str()).collect();
    let all: Vec<(&str, f64)> = library.names().into_iter().map(|name| (name, 1.0)).collect();
    // Everything at once: more compounds than the stack holds.
    let mut baths = vec![of(&all)];
    for entry in of(&all) {
        for um in [1e-6, 1.0, 1e9] {
            let mut single = entry.clone();
            single.concentration = quantity::Concentration::from_um(um);
            baths.push(vec![single]);
        }
    }
    for name in scenarios.iter().map(Some).chain([None]) {
        let chosen: Vec<&str> = name.into_iter().copied().collect();
        let scenario = library.scenario(&chosen).expect("known");
        for bath in &baths {
            let exposure = Exposure::new(bath.clone(), 0.0, Some(30.0 * MINUTE), &scenario);
            for minute in [1.0, 29.0, 31.0, 500.0] {
                let m = exposure.modulation(minute * MINUTE);
                let gains = [
                    m.ampa_gain,
                    m.nmda_2a_gain,
                    m.nmda_2b_gain,
                    m.nmda_2c_gain,
                    m.nmda_2d_gain,
                    m.gaba_a_fast_gain,
                    m.gaba_a_fast_decay,
                    m.gaba_a_slow_gain,
                    m.gaba_a_slow_decay,
                    m.gaba_a_tonic_gain,
                    m.gaba_b_post_gain,
                    m.gaba_b_pre_gain,
                    m.release_gain,
                    m.facilitation_gain,
                    m.t_type_gain,
                    m.l_type_gain,
                    m.r_type_gain,
                    m.ih_gain,
                    m.protein_synthesis,
                    m.pka,
                ];
                assert!(gains.iter().all(|g| g.is_finite() && *g >= 0.0 && *g < 40.0), "{bath:?} {m:?}");
                assert!(m.gaba_a_direct_ns.is_finite() && m.gaba_a_direct_ns >= 0.0);
                assert!((0.0..=1.0).contains(&m.gaba_a_use_block), "{bath:?} {m:?}");
            }
        }
    }
}

#[test]
fn evidence_covers_the_numbers_in_force_and_no_others() {
    let rows = flowing(&[("PS", 10.0)], 0.0, None).evidence();
    let blocks: Vec<_> = rows.iter().filter(|r| r.subject == "PS, gaba_a_use_dependent, IC50").collect();
    assert_eq!(blocks.len(), 1);
    assert!(blocks[0].value.contains("13"));
    assert!(rows.iter().any(|r| r.subject == "PS, wash-in time constant"));
    assert!(!rows.iter().any(|r| r.subject.contains("glycine")), "not modelled");
    assert!(Exposure::new(Vec::new(), 0.0, None, &Scenario::default()).evidence().is_empty());
}

#[test]
fn only_the_free_fraction_counts() {
    let mut bath = of(&[("APV", 50.0)]);
    bath[0].compound.free_fraction = Some(pharmacology::Number {
        value: quantity::Fraction::from_percent(40.0),
        range: None,
        source: "for the test".to_owned(),
        evidence: evidence::Evidence::ModelChoice,
    });
    let exposure = Exposure::new(bath, f64::NEG_INFINITY, None, &Scenario::default());
    close(exposure.tissue_um(0, 0.0), 20.0, 1e-9);
    assert!(exposure.evidence().iter().any(|row| row.subject == "APV, free fraction"));
}

#[test]
fn steroids_beyond_solubility_are_remarked_on() {
    let remarked = |name, um| {
        let remarks = flowing(&[(name, um)], 0.0, None).remarks();
        let found = remarks.into_iter().find(|remark| remark.kind == evidence::RemarkKind::Solubility);
        found.map(|remark| remark.text)
    };
    assert!(remarked("ALLO", 100.0).is_some_and(|text| text.contains("dissolve")));
    assert_eq!(remarked("ALLO", 1.0), None);
    assert_eq!(remarked("APV", 100.0), None);
}
