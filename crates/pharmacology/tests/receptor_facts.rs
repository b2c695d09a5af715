//! The effects against the numbers of the sources.

mod bath;

use bath::{close, modulation, settled};
use pharmacology::{Library, Maximum, inhibition, potentiation};

#[test]
fn pregnenolone_sulfate_reproduces_the_four_subunit_effects_at_100_um() {
    // Malayev, Gibbs & Farb 2002: +62 ± 8, +78 ± 9, −35 ± 3, −26 ± 1 %.
    let effect = modulation(&[("PS", 100.0)]);
    close(effect.nmda_2a_gain, 1.62, 0.002);
    close(effect.nmda_2b_gain, 1.78, 0.002);
    close(effect.nmda_2c_gain, 0.65, 0.002);
    close(effect.nmda_2d_gain, 0.74, 0.002);
}

#[test]
fn half_of_every_modulation_is_reached_at_its_potency() {
    let library = Library::embedded();
    let mut checked = 0;
    for compound in library.compounds() {
        for action in compound.targets.iter().filter(|a| a.is_applied()) {
            let potency = action.potency.value.um();
            let hill = action.hill.value;
            close(inhibition(potency, potency, hill), 0.5, 1e-12);
            if let Some(Maximum::Factor(maximum)) = action.maximum.as_ref().map(|m| m.value) {
                let half = 1.0 + (maximum - 1.0) / 2.0;
                close(potentiation(potency, potency, hill, maximum), half, 1e-12);
                checked += 1;
            }
        }
    }
    assert!(checked > 40);
}

#[test]
fn curves_are_closed_forms_with_hill_coefficient() {
    // x = (2/1)^2 = 4: 1 + 1·4/5 and 1/5.
    close(potentiation(2.0, 1.0, 2.0, 2.0), 1.8, 1e-12);
    close(inhibition(2.0, 1.0, 2.0), 0.2, 1e-12);
    assert_eq!(potentiation(0.0, 1.0, 2.0, 3.0), 1.0);
    assert_eq!(potentiation(f64::INFINITY, 1.0, 2.0, 3.0), 3.0);
    assert_eq!(inhibition(0.0, 1.0, 1.0), 1.0);
}

#[test]
fn pregnenolone_sulfate_blocks_gaba_a_with_use_by_either_source() {
    // Half of 85.5 % at 13 µM, or at 82 µM under the other source.
    close(modulation(&[("PS", 13.0)]).gaba_a_use_block, 0.855 / 2.0, 1e-9);
    let other = settled(&[("PS", 82.0)], &["ps-gaba-a-82um"]).modulation(0.0);
    close(other.gaba_a_use_block, 0.855 / 2.0, 1e-9);
}

#[test]
fn pregnenolone_sulfate_and_calcium_channels_follow_the_chosen_source() {
    let at = |um: f64, scenario: &[&str]| settled(&[("PS", um)], scenario).modulation(0.0).r_type_gain;
    close(at(0.13, &[]), 1.0 - 0.57 / 2.0, 1e-9);
    close(at(0.011, &["ps-hva-11nm"]), 1.0 - 0.57 / 2.0, 1e-9);
    assert_eq!(at(100.0, &["ps-spares-calcium-channels"]), 1.0);
}

#[test]
fn pregnenolone_sulfate_facilitates_below_one_micromolar_without_raising_release() {
    let effect = modulation(&[("PS", 1.0)]);
    assert!(effect.facilitation_gain > 1.1);
    assert_eq!(effect.release_gain, 1.0);
}

#[test]
fn thdoc_decay_passes_through_both_published_ranges() {
    // Cooper, Johnston & Edwards 1999: + 25–50 % at 50–100 nM.
    let decay = |um| modulation(&[("THDOC", um)]).gaba_a_fast_decay;
    assert!((1.25..1.5).contains(&decay(0.05)));
    assert!((1.25..1.5).contains(&decay(0.1)));
    // Slow component × 4 at 1–2 µM as half of the weighted decay: × 2.5.
    close(decay(1.5), 2.5, 0.05);
    assert_eq!(modulation(&[("THDOC", 1.5)]).gaba_a_fast_gain, 1.0);
}

#[test]
fn allopregnanolone_gates_directly_only_from_a_third_of_a_micromolar() {
    let opened = |um| modulation(&[("ALLO", um)]).gaba_a_direct_ns;
    assert!(opened(0.1) < 0.02, "100 nM: {}", opened(0.1));
    assert!(opened(0.3) < 0.1 && opened(0.3) > 0.02);
    assert!(opened(1.0) > 0.2);
    close(opened(3.0), 1.0, 1e-9);
}

#[test]
fn delta_selectivity_moves_tonic_inhibition_only() {
    let plain = settled(&[("ALLO", 0.024)], &[]).modulation(0.0);
    let selective = settled(&[("ALLO", 0.024)], &["allo-delta-selective"]).modulation(0.0);
    close(selective.gaba_a_tonic_gain, 2.0, 1e-9);
    assert!(plain.gaba_a_tonic_gain < 1.4);
    assert_eq!(plain.gaba_a_fast_decay, selective.gaba_a_fast_decay);
}

#[test]
fn etomidate_prolongs_the_slow_ipsc_as_measured_and_the_fast_one_less() {
    // Dai et al. 2009: slow × 2, × 4.1, × 5.1; fast none, + 25 %, + 78 %.
    let at = |um| modulation(&[("etomidate", um)]);
    for (um, slow) in [(0.25, 2.0), (0.5, 4.1), (1.0, 5.1)] {
        close(at(um).gaba_a_slow_decay, slow, 0.03);
    }
    for (um, fast) in [(0.25, 1.0), (0.5, 1.25), (1.0, 1.78)] {
        close(at(um).gaba_a_fast_decay, fast, 0.05);
    }
}

#[test]
fn gabazine_separates_phasic_from_tonic() {
    // Stell & Mody 2002: 200 nM takes 71 % of phasic charge.
    let low = modulation(&[("gabazine", 0.2)]);
    close(low.gaba_a_fast_gain, 0.29, 0.005);
    assert!(low.gaba_a_tonic_gain > 0.9);
    assert!(modulation(&[("gabazine", 20.0)]).gaba_a_tonic_gain < 0.1);
}

#[test]
fn picrotoxin_blocks_phasic_and_tonic_inhibition() {
    let effect = modulation(&[("picrotoxin", 100.0)]);
    for gain in [effect.gaba_a_fast_gain, effect.gaba_a_slow_gain, effect.gaba_a_tonic_gain] {
        close(gain, 10.3 / 110.3, 1e-9);
    }
    assert_eq!(effect.gaba_b_post_gain, 1.0);
    assert_eq!(effect.ampa_gain, 1.0);
}

#[test]
fn apv_blocks_by_occupancy_and_spares_ampa() {
    let effect = modulation(&[("APV", 50.0)]);
    close(effect.nmda_2a_gain, 0.3 / 50.3, 1e-12);
    close(effect.nmda_2d_gain, 3.7 / 53.7, 1e-12);
    assert_eq!(effect.ampa_gain, 1.0);
}

#[test]
fn cgp_55845_blocks_both_gaba_b_sites_and_nothing_else_alone() {
    let effect = modulation(&[("CGP 55845", 2.0)]);
    close(effect.gaba_b_post_gain, 0.006 / 2.006, 1e-9);
    close(effect.gaba_b_pre_gain, 0.006 / 2.006, 1e-9);
    assert_eq!(effect.release_gain, 1.0);
    assert_eq!(effect.gaba_a_fast_gain, 1.0);
}

#[test]
fn l_655708_stays_above_the_ceiling_of_alpha5_removal() {
    // α5 knock-out leaves 60 % of tonic current; a 40 % modulator at most 84 %: the α5 pool
    // carries 40 % and keeps at least 0.6.
    let effect = modulation(&[("L-655,708", 10.0)]);
    assert!(effect.gaba_a_alpha5_gain > 0.6 && effect.gaba_a_alpha5_gain < 1.0);
    assert_eq!((effect.gaba_a_tonic_gain, effect.gaba_a_delta_gain), (1.0, 1.0));
    assert!(effect.gaba_a_slow_gain > 0.6);
    assert_eq!(effect.gaba_a_fast_gain, 1.0);
}

#[test]
fn subunit_selective_compounds_keep_to_their_subunit() {
    let ifenprodil = modulation(&[("ifenprodil", 3.0)]);
    assert!(ifenprodil.nmda_2b_gain < 0.3 && ifenprodil.nmda_2a_gain > 0.97);
    let mixed = settled(&[("ifenprodil", 3.0)], &["glun2b-triheteromeric"]).modulation(0.0);
    assert!(mixed.nmda_2b_gain > 0.6);
    let cpp = modulation(&[("CPP", 0.041)]);
    close(cpp.nmda_2a_gain, 0.5, 1e-9);
    assert!(cpp.nmda_2b_gain > 0.8);
}
