//! Synthesis, dosing, chloride and subunit expression against their equations
//! and their sources.

mod bath;
mod solver;

use bath::close;
use pharmacology::biosynthesis::{Biosynthesis, Drive, ISO_OVER_ALLO, Rates, Region, Steroids};
use pharmacology::chloride::{Chloride, chloride_reversal_mv, gaba_reversal_mv};
use pharmacology::dosing::{Dosing, Route};
use pharmacology::expression::History;
use pharmacology::{Library, coagonist};
use quantity::{Age, Concentration, Time};
use solver::integrated;

const QUIET: Drive = Drive { activity: 1.0, progesterone_um: 0.01, bath: Steroids { dhp: 0.0, allo: 0.0, iso: 0.0 } };

fn steroids([dhp, allo, iso]: [f64; 3]) -> Steroids {
    Steroids { dhp, allo, iso }
}

#[test]
fn synthesis_settles_at_the_measured_ratio() {
    let scheme = Biosynthesis::holding(Region::Ca1, 0.003, 0.003 * ISO_OVER_ALLO, 0.01);
    let steady = scheme.steady(&QUIET);
    close(steady.allo, 0.003, 1e-12);
    close(steady.iso / steady.allo, 0.28, 1e-9);
    // The rates themselves give the ratio, without being told.
    let r = Rates::of(Region::Ca1);
    let ratio = (r.to_iso / (r.from_iso + r.iso_removal)) / (r.to_allo / (r.from_allo + r.allo_removal));
    close(ratio, 0.28, 1e-12);
}

#[test]
fn the_matrix_exponential_agrees_with_an_adaptive_solver() {
    let scheme = Biosynthesis::holding(Region::Ca1, 0.003, 0.000_84, 0.01);
    let drive = Drive { activity: 0.1, progesterone_um: 0.03, bath: Steroids { dhp: 0.02, allo: 0.1, iso: 3.0 } };
    let start = scheme.steady(&QUIET);
    for minutes in [0.5, 7.0, 60.0, 600.0] {
        let exact = scheme.advanced(start, &drive, &scheme.step(minutes));
        let derivative = |_: f64, y: [f64; 3]| {
            let d = scheme.derivative(steroids(y), &drive);
            [d.dhp, d.allo, d.iso]
        };
        let numeric = integrated(&derivative, [start.dhp, start.allo, start.iso], 0.0, minutes, 1e-12);
        close(exact.dhp, numeric[0], 1e-9);
        close(exact.allo, numeric[1], 1e-9);
        close(exact.iso, numeric[2], 1e-9);
    }
    let settled = scheme.advanced(start, &drive, &scheme.step(1e5));
    close(settled.allo, scheme.steady(&drive).allo, 1e-9);
}

#[test]
fn reductase_is_rate_limiting_and_blocking_it_empties_the_pool() {
    let scheme = Biosynthesis::holding(Region::Ca1, 0.003, 0.000_84, 0.01);
    let half = scheme.steady(&Drive { activity: 0.5, ..QUIET });
    close(half.allo, 0.0015, 1e-12);
    let blocked = Drive { activity: 0.0, ..QUIET };
    let after = |minutes| scheme.advanced(scheme.steady(&QUIET), &blocked, &scheme.step(minutes)).allo;
    assert!(after(60.0) < 0.003 && after(60.0) > after(180.0) && after(1e5) < 1e-9);
    // Far below the Km synthesis doubles with progesterone; far above it saturates.
    let at = |um| scheme.steady(&Drive { progesterone_um: um, ..QUIET }).allo;
    assert!(at(0.002) / at(0.001) > 1.98 && at(20.0) / at(10.0) < 1.01);
}

#[test]
fn isopregnanolone_in_the_bath_raises_allopregnanolone_and_the_dentate_loses_it() {
    let scheme = |region| Biosynthesis::holding(region, 0.003, 0.000_84, 0.01);
    let with_iso = Drive { bath: Steroids { iso: 1.0, ..Steroids::default() }, ..QUIET };
    assert!(scheme(Region::Ca1).steady(&with_iso).allo > 0.004, "interconversion through 5α-DHP");
    let dhp = Drive { bath: Steroids { dhp: 0.1, ..Steroids::default() }, ..QUIET };
    let yields = |region| scheme(region).steady(&dhp).allo - 0.003;
    assert!(yields(Region::Ca1) > 4.0 * yields(Region::Dentate));
}

#[test]
fn brexanolone_settles_at_its_label_concentration_and_falls_with_its_half_life() {
    let library = Library::embedded();
    let compound = library.find("brexanolone").expect("a formulation of ALLO").clone();
    assert_eq!(compound.name, "allopregnanolone");
    let body = compound.systemic.clone().expect("a record");
    let dosing = |before_h: f64| Dosing {
        compound: compound.clone(),
        asked: "brexanolone".to_owned(),
        plasma: Concentration::from_nm(221.6),
        route: Route::Infusion { duration: Time::from_h(60.0) },
        before: Time::from_h(before_h),
        every: Time::from_h(1000.0),
        times: 1,
    };
    let plasma = |h: f64| dosing(h).plasma_um(&body, h * 3.6e6);
    let words = "infusion of 60 h, begun 48 h before slicing, 221.6 nM in plasma where it settles";
    assert_eq!(dosing(48.0).course_in_words(), words);
    close(plasma(60.0), 0.2216 * (1.0 - (-60.0_f64 * std::f64::consts::LN_2 / 11.3).exp()), 1e-9);
    close(plasma(71.3) / plasma(60.0), 0.5, 1e-9);
    close(dosing(60.0).free_um().expect("recorded"), 0.01 * plasma(60.0), 1e-12);
    // Against the equation C' = k(p − C) while running, C' = −kC afterwards.
    let k = std::f64::consts::LN_2 / 11.3;
    let running = integrated(&|_, [c]: [f64; 1]| [k * (0.2216 - c)], [0.0], 0.0, 60.0, 1e-13);
    let after = integrated(&|_, [c]: [f64; 1]| [-k * c], running, 60.0, 90.0, 1e-13);
    close(plasma(90.0), after[0], 1e-9);
}

#[test]
fn an_oral_dose_peaks_at_its_time_and_repeated_doses_add() {
    let library = Library::embedded();
    let compound = library.find("zuranolone").expect("known").clone();
    let body = compound.systemic.clone().expect("a record");
    let dosing = Dosing {
        compound,
        asked: "zuranolone".to_owned(),
        plasma: Concentration::from_nm(100.0),
        route: Route::Oral,
        before: Time::from_h(49.0),
        every: Time::from_h(24.0),
        times: 3,
    };
    let words = "by mouth, 3 times every 24 h, the first 49 h before slicing, 100 nM in plasma at the peak of a dose";
    assert_eq!(dosing.course_in_words(), words);
    let at = |h: f64| dosing.plasma_um(&body, h * 3.6e6);
    close(at(1.0), 0.1, 1e-9);
    assert!(at(0.9) < 0.1 && at(1.1) < 0.1);
    close(at(25.0), 0.1 + at(25.0 - 1e-9) - 0.1, 1e-6);
    assert!(at(49.0) > at(25.0) && at(25.0) > at(1.0), "doses accumulate");
    let unknown = Dosing { compound: library.find("picrotoxin").expect("known").clone(), ..dosing };
    assert!(unknown.free_um().expect_err("no record").to_string().contains("picrotoxin"));
}

#[test]
fn gaba_reverses_where_it_was_measured_at_each_age() {
    let at = |days: f64| Chloride::of_age(Age::from_postnatal_days(days)).reversal_mv();
    // Zhang et al. 1990: −55 mV at P2–5, −62 mV at P7–13; adult −70 to −75 mV.
    close(at(3.5), -55.0, 2.0);
    close(at(10.0), -62.0, 2.0);
    close(at(60.0), -72.0, 0.5);
    // Mueller et al. 1983, rabbit: −54 mV at P7–10 is more depolarised than this.
    assert!(at(8.0) < -54.0 && at(8.0) > -62.0);
    // Without KCC2 an adult cell is depolarised again.
    let blocked = Chloride { kcc2: 0.0, nkcc1: 0.2 };
    assert!(blocked.reversal_mv() > -65.0);
}

#[test]
fn chloride_balances_its_fluxes() {
    let cell = Chloride::of_age(Age::from_postnatal_days(12.0));
    let flux = |_: f64, [c]: [f64; 1]| {
        let passive = 130.5 * (-68.0_f64 / 26.295).exp();
        [0.0154 * cell.nkcc1 - 0.00419 * cell.kcc2 * (c - 2.5 * 130.5 / 140.0) - (c - passive) / 381.0]
    };
    let settled = integrated(&flux, [30.0], 0.0, 20_000.0, 1e-10);
    close(cell.inside_mm(), settled[0], 1e-3);
}

#[test]
fn the_pipette_of_the_patch_protocol_sets_its_chloride_potential() {
    // 10 mM KCl inside, 130.5 mM outside: −68 mV by Nernst at 34 °C.
    close(chloride_reversal_mv(10.0), -67.6, 0.3);
    // Bicarbonate makes the reversal of GABA more positive than that of chloride.
    assert!(gaba_reversal_mv(10.0) > chloride_reversal_mv(10.0) + 3.0);
}

#[test]
fn alpha4_rises_in_two_to_three_days_is_back_by_six_and_rises_again_on_withdrawal() {
    let during = |days: f64| History { exposed_d: days, withdrawn_d: None }.expression().alpha4;
    close(during(2.5), 2.5, 0.01);
    assert!((2.0..=3.0).contains(&during(2.0)) && (2.0..=3.0).contains(&during(3.0)));
    assert!(during(5.5) < 1.25 && during(0.25) < 1.05);
    let after = |days: f64| History { exposed_d: 20.0, withdrawn_d: Some(days) }.expression();
    close(after(2.5).alpha4, 2.5, 0.01);
    assert!(after(8.0).alpha4 < 1.02);
    close(History { exposed_d: 30.0, withdrawn_d: None }.expression().delta, 0.28 / 0.42, 1e-6);
    close(after(10.0).delta, 1.0, 1e-3);
    close(History { exposed_d: 0.0, withdrawn_d: None }.expression().alpha4, 1.0, 1e-12);
}

#[test]
fn the_chain_of_stages_solves_its_equations() {
    let tau = 2.5 / 6.0;
    let chain = |_: f64, x: [f64; 7]| -> [f64; 7] {
        std::array::from_fn(|i| ((if i == 0 { 1.0 } else { x[i - 1] }) - x[i]) / tau)
    };
    for days in [1.0, 2.5, 4.0] {
        let x = integrated(&chain, [0.0; 7], 0.0, days, 1e-11);
        let expected = 1.0 + 1.5 / 0.160_623_141 * (x[5] - x[6]);
        close(History { exposed_d: days, withdrawn_d: None }.expression().alpha4, expected, 1e-6);
    }
}

#[test]
fn the_co_agonist_law_passes_through_its_table() {
    let library = Library::embedded();
    let ligand = |name: &str, um: f64| {
        let law = library.find(name).expect("known").allostery.clone().expect("constants");
        coagonist::LawLigand { um, k_um: law.k.value.um(), c: law.c.value, sites: law.sites.value }
    };
    // GABA EC50 at α1β2γ2L, Mol Pharm table 81502.
    close(coagonist::gaba_ec50_um(&[ligand("alphaxalone", 1.0)]), 3.3, 0.1);
    close(coagonist::gaba_ec50_um(&[ligand("pentobarbital", 100.0)]), 1.1, 0.05);
    close(coagonist::gaba_ec50_um(&[ligand("pentobarbital", 200.0)]), 0.43, 0.02);
    // Etomidate was fixed by direct gating alone (EC50 36 µM, efficacy 0.4): the
    // shift of GABA by 3.2 µM (× 20) is then a prediction.
    let open = |um| coagonist::open_probability(&[ligand("etomidate", um)]);
    close(open(f64::INFINITY), 0.4, 0.01);
    close(open(36.0), 0.2, 0.01);
    let shift = coagonist::gaba_ec50_um(&[]) / coagonist::gaba_ec50_um(&[ligand("etomidate", 3.2)]);
    assert!((10.0..30.0).contains(&shift), "{shift}");
}
