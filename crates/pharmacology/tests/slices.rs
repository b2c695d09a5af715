//! What drugs do to whole slices where theory fixes the sign: the reversal of the
//! slow IPSC, and depolarising GABA that opens low-threshold L-type channels.

mod bath;

use pharmacology::{Bound, Library};
use synapse::{Modulation, Parameters, Pulse, PulseKind, RawSweep, SliceIdentity, SweepWindow, simulate_slice};

/// One slice through five theta bursts and a test pulse: calcium influx per spine
/// during the bursts (µM; all of it, and through L-type channels), and the sweeps.
fn slice(parameters: &Parameters, drug: Modulation) -> ([f64; 2], Vec<RawSweep>) {
    let pulse = |t_ms, kind| Pulse { t_ms, kind };
    let mut pulses = vec![pulse(100.0, PulseKind::Test)];
    let bursts = (0..20).map(|k| 20_000.0 + 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4));
    pulses.extend(bursts.map(|t_ms| pulse(t_ms, PulseKind::Induction)));
    pulses.push(pulse(40_000.0, PulseKind::Test));
    let window = SweepWindow { before_ms: 5.0, after_ms: 150.0, rate_hz: 10_000.0 };
    let identity = SliceIdentity { seed: 5, animal: 1, slice: 1 };
    let mut sweeps = Vec::new();
    let parameters = Parameters { noise_mv: 0.0, ..parameters.clone() };
    let outcome = simulate_slice(&parameters, identity, &pulses, &|_| drug, &window, &mut |sweep| sweeps.push(sweep))
        .expect("a valid protocol");
    let value = |name: &str| outcome.mechanism.iter().find(|value| value.name == name).expect("measured").value;
    let total = value("calcium influx per spine");
    ([total, total * value("calcium through L-type channels") / 100.0], sweeps)
}

fn of_state(name: &str) -> Parameters {
    let library = Library::embedded();
    let state = library.state(name).expect("known");
    let mut parameters = Parameters::default();
    for change in state.prepared(&library, &parameters, Bound::Centre).changes {
        parameters.set(&change.parameter, change.value).expect("in range");
    }
    parameters
}

/// Blockers of the glutamate receptors: what is left is done by GABA.
const SILENT: [(&str, f64); 2] = [("NBQX", 20.0), ("APV", 100.0)];

/// Calcium influx (all, L-type) of a slice whose glutamate receptors are blocked.
fn by_gaba(parameters: &Parameters, drugs: &[(&str, f64)]) -> [f64; 2] {
    slice(parameters, bath::modulation(&[&SILENT, drugs].concat())).0
}

#[test]
fn allopregnanolone_raises_calcium_in_immature_slices_and_not_in_mature_ones() {
    let (immature, mature) = (of_state("immature"), Parameters::default());
    assert!(immature.l_type_low_ns > 0.0 && mature.l_type_low_ns == 0.0);
    let allo = [("ALLO", 0.3)];
    let [before, through_l] = by_gaba(&immature, &[]);
    let [after, through_l_after] = by_gaba(&immature, &allo);
    assert!(through_l > 0.005 && through_l_after > 1.5 * through_l, "{through_l} {through_l_after}");
    assert!(after > 1.3 * before, "{before} {after}");
    let iso = by_gaba(&immature, &[("ISO", 3.0)]);
    assert!((iso[0] / before - 1.0).abs() < 0.02, "isopregnanolone alone does nothing: {before} {}", iso[0]);

    let [mature_before, _] = by_gaba(&mature, &[]);
    let [mature_after, mature_l] = by_gaba(&mature, &allo);
    assert!(mature_after < 1.02 * mature_before && mature_l < 1e-3, "{mature_before} {mature_after} {mature_l}");
    // It is the chloride, not the channels: mature chloride keeps them shut.
    let mixed = Parameters { l_type_low_ns: immature.l_type_low_ns, ..mature.clone() };
    assert!(by_gaba(&mixed, &allo)[1] < 1e-3);
    // With intact excitation the same conductance shunts: theta bursts bring less calcium.
    let bursts = |drugs: &[(&str, f64)]| slice(&immature, bath::modulation(drugs)).0[0];
    assert!(bursts(&allo) < bursts(&[]));
}

#[test]
fn blockers_of_l_type_channels_stop_the_immature_calcium_as_far_as_they_reach_cav_1_3() {
    let immature = of_state("immature");
    let [_, through_l] = by_gaba(&immature, &[("ALLO", 0.3)]);
    let with = |drug: &str, um: f64| by_gaba(&immature, &[("ALLO", 0.3), (drug, um)])[1] / through_l;
    // One site with an IC50 of 10 µM.
    assert!((with("nifedipine", 10.0) - 0.5).abs() < 0.02, "{}", with("nifedipine", 10.0));
    assert!(with("nifedipine", 100.0) < 0.15);
    assert!(with("TTA-P2", 0.1) > 0.95, "selective for T-type channels at 100 nM");
}

#[test]
fn a_late_depolarising_slow_ipsc_prolongs_the_depolarisation_and_brings_more_calcium() {
    let mature = Parameters::default();
    let thdoc = [("THDOC", 1.0)];
    let [plain, late] = [&[][..], &["late-depolarising-gaba"][..]]
        .map(|scenarios: &[&str]| bath::settled(&thdoc, scenarios).modulation(0.0));
    assert!(plain.gaba_a_slow_shift_mv == 0.0 && late.gaba_a_slow_shift_mv > 5.0, "{late:?}");
    let ([calcium, _], sweeps) = slice(&mature, plain);
    let ([more, _], shifted) = slice(&mature, late);
    assert!(more > 1.02 * calcium, "{calcium} {more}");
    // A dendrite that is depolarised from 30 to 100 ms after the stimulus keeps a negative field.
    let tail = |sweep: &RawSweep| sweep.field_mv[350..1050].iter().sum::<f64>() / 700.0;
    assert!(tail(&shifted[0]) < tail(&sweeps[0]) - 0.005, "{} {}", tail(&sweeps[0]), tail(&shifted[0]));
    let other = bath::settled(&[("ISO", 1.0)], &["late-depolarising-gaba"]).modulation(0.0);
    assert_eq!(other.gaba_a_slow_shift_mv, 0.0);
}
