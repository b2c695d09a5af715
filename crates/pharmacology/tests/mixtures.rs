//! How compounds combine: antagonists of potentiation, shared sites, independence.

mod bath;

use bath::{close, modulation, of, settled};
use pharmacology::{Exposure, Library, Target};
use quantity::Concentration;
use synapse::Modulation;

#[test]
fn isopregnanolone_alone_does_nothing_at_low_micromolar() {
    let mut effect = modulation(&[("ISO", 3.0)]);
    assert!(effect.gaba_a_use_block < 0.01);
    effect.gaba_a_use_block = 0.0;
    assert_eq!(effect, Modulation::default());
}

#[test]
fn isopregnanolone_scales_the_potentiated_part_only() {
    let allo = modulation(&[("ALLO", 0.1)]);
    let both = modulation(&[("ALLO", 0.1), ("ISO", 0.7)]);
    let half = |potentiation: f64| 1.0 + (potentiation - 1.0) / 2.0;
    close(both.gaba_a_fast_decay, half(allo.gaba_a_fast_decay), 1e-12);
    close(both.gaba_a_slow_decay, half(allo.gaba_a_slow_decay), 1e-12);
    close(both.gaba_a_tonic_gain, half(allo.gaba_a_tonic_gain), 1e-12);
    assert_eq!(both.gaba_a_direct_ns, allo.gaba_a_direct_ns);
}

#[test]
fn high_isopregnanolone_abolishes_potentiation_completely() {
    let both = modulation(&[("ALLO", 0.3), ("ISO", 7e4)]);
    close(both.gaba_a_fast_decay, 1.0, 1e-4);
    close(both.gaba_a_tonic_gain, 1.0, 1e-4);
}

#[test]
fn isopregnanolone_is_not_surmounted_by_more_allopregnanolone() {
    let saturated = modulation(&[("ALLO", 1e6)]).gaba_a_fast_decay;
    let both = modulation(&[("ALLO", 1e6), ("ISO", 0.7)]).gaba_a_fast_decay;
    close(both - 1.0, (saturated - 1.0) / 2.0, 1e-9);
}

#[test]
fn epipregnanolone_is_surmounted_by_more_allopregnanolone() {
    let share = |allo: f64| {
        let alone = modulation(&[("ALLO", allo)]).gaba_a_fast_decay - 1.0;
        let both = modulation(&[("ALLO", allo), ("EPI", 10.5)]).gaba_a_fast_decay - 1.0;
        both / alone
    };
    // Gaddum: x/(1 + x + 1) against x/(1 + x).
    close(share(0.13), 2.0 / 3.0, 1e-9);
    assert!(share(1e3) > 0.999);
}

#[test]
fn the_ends_of_the_prior_bracket_the_default() {
    let decay = |scenario: &[&str]| settled(&[("ALLO", 0.1), ("ISO", 1.0)], scenario).modulation(0.0).gaba_a_fast_decay;
    let (low, default, high) = (decay(&["iso-ic50-low"]), decay(&[]), decay(&["iso-ic50-high"]));
    assert!(low < default && default < high, "{low} {default} {high}");
    let alone = modulation(&[("ALLO", 0.1)]).gaba_a_fast_decay - 1.0;
    close(low - 1.0, alone / 21.0, 1e-9);
    close(high - 1.0, alone / 1.1, 1e-9);
}

#[test]
fn the_prior_can_be_drawn_from() {
    let library = Library::embedded();
    let iso = library.find("ISO").expect("known");
    let gamsa = &iso.targets[0];
    assert_eq!(gamsa.target, Target::GabaAPotentiation);
    close(gamsa.potency.log_uniform(0.0).um(), 0.05, 1e-12);
    close(gamsa.potency.log_uniform(1.0).um(), 10.0, 1e-9);
    // The default is the geometric mean of the ends, to the one digit it is given with.
    close(gamsa.potency.log_uniform(0.5).um(), 0.5f64.sqrt(), 1e-9);

    let drawn = Concentration::from_um(2.0);
    let scenario = library.scenario::<&str>(&[]).expect("none");
    let scenario = library.with_potency(scenario, iso, Target::GabaAPotentiation, drawn).expect("ISO has this action");
    let bath = of(&[("ALLO", 0.1), ("ISO", 2.0)]);
    let exposure = Exposure::new(bath, f64::NEG_INFINITY, None, &scenario);
    let alone = modulation(&[("ALLO", 0.1)]).gaba_a_fast_decay;
    close(exposure.modulation(0.0).gaba_a_fast_decay - 1.0, (alone - 1.0) / 2.0, 1e-9);
    let row = exposure
        .evidence()
        .into_iter()
        .find(|row| row.subject == "ISO, gaba_a_potentiation, IC50")
        .expect("a row for the IC50");
    assert!(row.source.contains("set by hand"));
    let wrong = library.with_potency(scenario, iso, Target::Hcn, drawn);
    assert!(wrong.expect_err("no such action").to_string().contains("hcn"));
}

#[test]
fn antagonists_of_potentiation_leave_benzodiazepines_alone() {
    let alone = modulation(&[("diazepam", 0.1)]);
    let both = modulation(&[("diazepam", 0.1), ("ISO", 3.0)]);
    assert_eq!(alone.gaba_a_fast_decay, both.gaba_a_fast_decay);
    assert_eq!(alone.gaba_a_tonic_gain, both.gaba_a_tonic_gain);
}

#[test]
fn isopregnanolone_cuts_barbiturates_unless_the_scenario_spares_them() {
    let bath = [("pentobarbital", 41.0), ("ISO", 0.7)];
    let alone = modulation(&bath[..1]).gaba_a_fast_decay;
    close(alone, 2.0, 1e-9);
    close(modulation(&bath).gaba_a_fast_decay, 1.5, 1e-9);
    let spared = settled(&bath, &["iso-spares-barbiturates"]).modulation(0.0);
    assert_eq!(spared.gaba_a_fast_decay, alone);
    let steroid = settled(&[("ALLO", 0.13), ("ISO", 0.7)], &["iso-spares-barbiturates"]);
    close(steroid.modulation(0.0).gaba_a_fast_decay, 1.45, 1e-9);
    // Golexanolone is stated for steroids only.
    let golexanolone = modulation(&[("pentobarbital", 41.0), ("golexanolone", 0.3)]);
    assert_eq!(golexanolone.gaba_a_fast_decay, alone);
}

#[test]
fn steroids_share_their_site_and_never_exceed_the_best_of_them() {
    let both = modulation(&[("ALLO", 0.13), ("THDOC", 0.28)]).gaba_a_fast_decay;
    // Each at its EC50, same maximum: 1 + 1.8·2/3.
    close(both, 1.0 + 1.8 * 2.0 / 3.0, 1e-9);
    assert!(modulation(&[("ALLO", 1e3), ("THDOC", 1e3)]).gaba_a_fast_decay < 2.8 + 1e-9);
}

#[test]
fn steroid_and_benzodiazepine_are_independent() {
    let steroid = modulation(&[("ALLO", 0.1)]).gaba_a_fast_decay;
    let benzodiazepine = modulation(&[("diazepam", 0.1)]).gaba_a_fast_decay;
    let both = modulation(&[("ALLO", 0.1), ("diazepam", 0.1)]).gaba_a_fast_decay;
    close(both, steroid * benzodiazepine, 1e-12);
}

#[test]
fn seventeen_pa_displaces_5_alpha_steroids_only() {
    let share = |name: &str, um: f64| {
        let alone = modulation(&[(name, um)]).gaba_a_fast_decay - 1.0;
        let both = modulation(&[(name, um), ("17PA", 5.0)]).gaba_a_fast_decay - 1.0;
        both / alone
    };
    close(share("ALLO", 0.13), 2.0 / 7.0, 1e-9);
    assert_eq!(share("pregnanolone", 0.237), 1.0);
}

#[test]
fn blockers_act_on_directly_gated_current_by_their_site() {
    // Other site: independent. 3 µM ALLO opens 1 nS.
    let blocked = modulation(&[("ALLO", 3.0), ("picrotoxin", 10.3)]).gaba_a_direct_ns;
    close(blocked, 0.5, 1e-9);
    // Same site: competitive, and surmounted by the agonist.
    let thip = |um| modulation(&[("THIP", um), ("gabazine", 2.0)]).gaba_a_direct_ns;
    close(thip(9.0), 0.36 / 3.0, 1e-9);
    assert!(thip(9e4) > 0.35);
    // Both at once, whatever the order in the bath.
    let expected = 0.36 / 3.0 + 1.0 * (1.0 - 1.0 / 3.0);
    for bath in [[("THIP", 9.0), ("gabazine", 2.0), ("ALLO", 3.0)], [("ALLO", 3.0), ("gabazine", 2.0), ("THIP", 9.0)]] {
        close(modulation(&bath).gaba_a_direct_ns, expected, 1e-9);
    }
}

/// Chloride transport moves the reversal of GABA-A currents and nothing else at rest.
#[test]
fn blockers_of_chloride_transport_move_the_reversal() {
    let without_kcc2 = modulation(&[("VU0463271", 1.0)]);
    assert!((3.0..20.0).contains(&without_kcc2.gaba_reversal_shift_mv), "{}", without_kcc2.gaba_reversal_shift_mv);
    close(without_kcc2.chloride_extrusion, 0.061 / 1.061, 1e-9);
    let without_nkcc1 = modulation(&[("bumetanide", 10.0)]);
    assert!((-5.0..-0.1).contains(&without_nkcc1.gaba_reversal_shift_mv), "{}", without_nkcc1.gaba_reversal_shift_mv);
    assert_eq!(modulation(&[("ALLO", 1.0)]).gaba_reversal_shift_mv, 0.0);
}

/// Each transporter leaves the other's share of uptake; both together multiply.
#[test]
fn blockers_of_uptake_leave_the_other_transporter() {
    let gat1 = modulation(&[("tiagabine", 1e3)]).gaba_uptake;
    let gat3 = modulation(&[("SNAP-5114", 1e4)]).gaba_uptake;
    assert!(gat1 > 0.39 && gat1 < gat3 && gat3 < 0.71, "{gat1} {gat3}");
    close(modulation(&[("tiagabine", 1e3), ("SNAP-5114", 1e4)]).gaba_uptake, gat1 * gat3, 1e-9);
}

/// Zolpidem prefers the perisomatic (α1) synapse, a modulator of all fast IPSCs does not.
#[test]
fn zolpidem_acts_at_the_soma_first() {
    let zolpidem = modulation(&[("zolpidem", 0.05)]);
    assert!(zolpidem.gaba_a_fast_decay > 1.4 && zolpidem.gaba_a_dendritic_decay < 1.1);
    let diazepam = modulation(&[("diazepam", 0.1)]);
    assert_eq!(diazepam.gaba_a_fast_decay, diazepam.gaba_a_dendritic_decay);
    assert!(diazepam.gaba_a_alpha5_gain > 1.5 && diazepam.gaba_a_delta_gain == 1.0);
}

#[test]
fn sulfated_steroids_share_their_block_and_isopregnanolone_adds_independently() {
    let ps = modulation(&[("PS", 13.0)]).gaba_a_use_block;
    let dheas = modulation(&[("DHEAS", 11.0)]).gaba_a_use_block;
    let shared = modulation(&[("PS", 13.0), ("DHEAS", 11.0)]).gaba_a_use_block;
    close(shared, (0.855 + 0.9) / 3.0, 1e-9);
    assert!(shared < 1.0 - (1.0 - ps) * (1.0 - dheas));
    let iso = modulation(&[("ISO", 30.0)]).gaba_a_use_block;
    let with_iso = modulation(&[("PS", 13.0), ("ISO", 30.0)]).gaba_a_use_block;
    close(with_iso, 1.0 - (1.0 - ps) * (1.0 - iso), 1e-12);
}

#[test]
fn cgp_55845_displaces_baclofen() {
    let silenced = modulation(&[("baclofen", 3.8)]).release_gain;
    close(silenced, 0.5, 1e-9);
    let rescued = modulation(&[("baclofen", 3.8), ("CGP", 2.0)]).release_gain;
    assert!(rescued > 0.99);
}

#[test]
fn every_law_in_use_is_stated() {
    let mixture = settled(&[("ALLO", 0.1), ("THDOC", 0.1), ("ISO", 1.0), ("diazepam", 0.1), ("APV", 50.0)], &[]);
    let laws = bath::words(&mixture.laws());
    for part in [
        "ALLO and THDOC compete for the neurosteroid site",
        "independent",
        "ISO antagonises only the potentiated part",
        "non-competitively",
        "APV blocks NMDA receptors by occupancy",
    ] {
        assert!(laws.contains(part), "`{part}` is not in:\n{laws}");
    }
    let alone = bath::words(&settled(&[("ISO", 1.0)], &[]).laws());
    assert!(!alone.contains("compete for") && !alone.contains("independent"));
    assert!(settled(&[], &[]).laws().is_empty());
}
