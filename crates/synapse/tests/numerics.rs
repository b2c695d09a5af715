//! The numbers of a whole slice: limits, times of events, graded answers.

use synapse::{
    Homeostasis, Modulation, Parameters, Plasticity, Pulse, PulseKind, RawSweep, SliceIdentity, SliceOutcome,
    SweepWindow, simulate_slice, simulate_slice_seen, simulate_slice_under,
};

const WINDOW: SweepWindow = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
const SLICE: SliceIdentity = SliceIdentity { seed: 11, animal: 3, slice: 8 };

/// Ten test pulses, a theta burst, thirty test pulses, all later by `shift_ms`.
fn theta_burst(shift_ms: f64) -> Vec<Pulse> {
    let pulse = |t_ms: f64, kind| Pulse { t_ms: t_ms + shift_ms, kind };
    let test = |t_ms: f64| pulse(t_ms, PulseKind::Test);
    let mut pulses: Vec<Pulse> = (0..10).map(|k| test(100.0 + 20_000.0 * f64::from(k))).collect();
    let burst = |k: u32| 200_000.0 + 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4);
    pulses.extend((0..40).map(|k| pulse(burst(k), PulseKind::Induction)));
    pulses.extend((1..=30).map(|k| test(202_000.0 + 20_000.0 * f64::from(k))));
    pulses
}

/// Parameters without variation and noise, some of them changed.
fn quiet(changes: &[(&str, f64)]) -> Parameters {
    let mut parameters = Parameters::default();
    let still = Parameters::specs().iter().filter(|spec| spec.path.starts_with("variation."));
    for (path, value) in still.map(|spec| (spec.path, 0.0)).chain(changes.iter().copied()) {
        parameters.set(path, value).expect("a parameter of the table in its range");
    }
    parameters
}

fn run(parameters: &Parameters, pulses: &[Pulse], drug: Modulation) -> (SliceOutcome, Vec<RawSweep>) {
    let mut sweeps = Vec::new();
    let outcome = simulate_slice(parameters, SLICE, pulses, &|_| drug, &WINDOW, &mut |sweep| sweeps.push(sweep))
        .expect("a valid protocol");
    (outcome, sweeps)
}

/// Change of the largest field deflection of the last ten sweeps, %.
fn potentiation(sweeps: &[RawSweep]) -> f64 {
    let depth = |sweep: &RawSweep| -sweep.field_mv[75..225].iter().copied().fold(f64::INFINITY, f64::min);
    let mean = |part: &[RawSweep]| part.iter().map(depth).sum::<f64>() / part.len() as f64;
    100.0 * (mean(&sweeps[sweeps.len() - 10..]) / mean(&sweeps[..10]) - 1.0)
}

fn inside(outcome: &SliceOutcome, name: &str) -> f64 {
    outcome.mechanism.iter().find(|value| value.name == name).expect("a value of the mechanism").value
}

/// Conductances of 0 and receptors of the pyramids blocked entirely are the same slice.
/// Those of the interneurons have no part in it.
#[test]
fn no_gaba_a_conductance_is_a_full_block() {
    let alone = ("gaba_a.interneuron_tonic", 0.0);
    let conductances =
        ["gaba_a.fast_soma", "gaba_a.fast_dendrite", "gaba_a.slow", "gaba_a.tonic", "gaba_a.tonic_delta"];
    let without: Vec<(&str, f64)> = conductances.map(|path| (path, 0.0)).into_iter().chain([alone]).collect();
    let blocked = Modulation {
        gaba_a_fast_gain: 0.0,
        gaba_a_dendritic_gain: 0.0,
        gaba_a_slow_gain: 0.0,
        gaba_a_tonic_gain: 0.0,
        ..Modulation::default()
    };
    let pulses = &theta_burst(0.0)[..10];
    let (_, absent) = run(&quiet(&without), pulses, Modulation::default());
    let (_, closed) = run(&quiet(&[alone]), pulses, blocked);
    let (_, control) = run(&quiet(&[alone]), pulses, Modulation::default());
    let distance = |one: &RawSweep, other: &RawSweep| {
        one.field_mv.iter().zip(&other.field_mv).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    };
    assert!(distance(&absent[0], &closed[0]) < 1e-9, "{}", distance(&absent[0], &closed[0]));
    assert!(distance(&absent[0], &control[0]) > 1e-3);
}

#[test]
fn without_nmda_receptors_none_of_the_calcium_is_theirs_and_nothing_is_learnt() {
    let blocked = Modulation { nmda_2a_gain: 0.0, nmda_2b_gain: 0.0, nmda_2ab_gain: 0.0, ..Modulation::default() };
    let (outcome, sweeps) = run(&quiet(&[]), &theta_burst(0.0), blocked);
    assert_eq!(inside(&outcome, "calcium through NMDA receptors"), 0.0);
    assert!(potentiation(&sweeps).abs() < 8.0, "{}", potentiation(&sweeps));
    let (control, _) = run(&quiet(&[]), &theta_burst(0.0), Modulation::default());
    assert!(inside(&control, "calcium through NMDA receptors") > 10.0);
}

/// Without magnesium the block is gone: a lone pulse lets far more calcium in.
#[test]
fn without_magnesium_there_is_no_block() {
    for mv in [-90.0, -70.0, -30.0, 20.0] {
        assert_eq!(synapse::receptors::magnesium_block(mv, 0.0), 1.0);
    }
    let pulse = [Pulse { t_ms: 100.0, kind: PulseKind::Induction }];
    let influx = |changes: &[(&str, f64)]| {
        inside(&run(&quiet(changes), &pulse, Modulation::default()).0, "calcium influx per spine")
    };
    let (with, without) = (influx(&[]), influx(&[("nmda.magnesium", 0.0)]));
    assert!(without > 3.0 * with, "{with} {without}");
}

/// Events fall on their times: the same protocol later by parts of a step changes
/// the outcome by less than 0.2 points.
#[test]
fn a_shift_of_all_times_changes_nothing() {
    let outcome = |shift_ms: f64| potentiation(&run(&quiet(&[]), &theta_burst(shift_ms), Modulation::default()).1);
    let base = outcome(0.0);
    for shift_ms in [0.0137, 0.031, 0.5] {
        assert!((outcome(shift_ms) - base).abs() < 0.2, "{shift_ms}: {} {base}", outcome(shift_ms));
    }
}

/// With 100 spines the answer to a graded block of NMDA receptors is graded.
#[test]
fn potentiation_is_graded_and_not_a_step() {
    let at = |gain: f64| {
        let drug = Modulation { nmda_2a_gain: gain, nmda_2b_gain: gain, nmda_2ab_gain: gain, ..Modulation::default() };
        potentiation(&run(&quiet(&[("spines.number", 100.0)]), &theta_burst(0.0), drug).1)
    };
    let course: Vec<f64> = (0..=10).map(|step| at(f64::from(step) / 10.0)).collect();
    let (none, full) = (course[0], course[10]);
    let between = course.iter().filter(|value| (0.1..0.9).contains(&((*value - none) / (full - none)))).count();
    let largest = course.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
    assert!(between >= 3 && largest < 0.5 * (full - none), "{course:?}");
}

/// The same change by parameter and by drug has the same effect, as thresholds are
/// absolute; under `renormalised` homeostasis that of the parameter is made up for.
#[test]
fn a_change_by_parameter_is_a_change_by_drug() {
    let p = quiet(&[]);
    let scaled = quiet(&[("nmda.conductance", 0.5 * p.get("nmda.conductance").expect("known"))]);
    let drug = Modulation { nmda_2a_gain: 0.5, nmda_2b_gain: 0.5, nmda_2ab_gain: 0.5, ..Modulation::default() };
    let by_drug = potentiation(&run(&p, &theta_burst(0.0), drug).1);
    let by_parameter = potentiation(&run(&scaled, &theta_burst(0.0), Modulation::default()).1);
    let control = potentiation(&run(&p, &theta_burst(0.0), Modulation::default()).1);
    assert!((by_drug - by_parameter).abs() < 1e-6, "{by_drug} {by_parameter}");
    assert!(by_drug < 0.7 * control, "{by_drug} {control}");
    let plasticity = Plasticity { homeostasis: Homeostasis::Renormalised, ..Plasticity::default() };
    let mut sweeps = Vec::new();
    let pulses = theta_burst(0.0);
    simulate_slice_under(&plasticity, &scaled, SLICE, &pulses, &|_| Modulation::default(), &WINDOW, &mut |sweep| {
        sweeps.push(sweep);
    })
    .expect("a valid protocol");
    assert!(potentiation(&sweeps) > by_drug + 0.3 * (control - by_drug), "{} {by_drug}", potentiation(&sweeps));
}

/// With the test pulses of two windows only, sweeps and outcome are those of the whole
/// protocol but for the little that test pulses do.
#[test]
fn a_slice_seen_in_its_windows_is_the_same_slice() {
    let parameters = Parameters::default();
    let pulses = theta_burst(0.0);
    let window = |pulse: &Pulse| pulse.t_ms < 100_000.0 || pulse.t_ms > 600_000.0;
    let mut seen = Vec::new();
    simulate_slice_seen(
        &Plasticity::default(),
        &parameters,
        SLICE,
        &pulses,
        &window,
        &|_| Modulation::default(),
        &WINDOW,
        &mut |sweep| seen.push(sweep),
    )
    .expect("a valid protocol");
    let (_, whole) = run(&parameters, &pulses, Modulation::default());
    let same: Vec<&RawSweep> =
        whole.iter().filter(|sweep| seen.iter().any(|one: &RawSweep| one.start_ms == sweep.start_ms)).collect();
    assert!(seen.len() == same.len() && seen.len() > 10 && seen.len() < whole.len(), "{}", seen.len());
    assert_eq!(seen[0].field_mv, whole[0].field_mv);
    // The post-tetanic trace of test pulses (40 s) comes back within some of them.
    let settled = |sweep: &RawSweep| sweep.kind == PulseKind::Test && !(200_000.0..780_000.0).contains(&sweep.start_ms);
    for (one, other) in seen.iter().zip(same).filter(|(one, _)| settled(one)) {
        let depth = |sweep: &RawSweep| -sweep.field_mv[75..225].iter().copied().fold(f64::INFINITY, f64::min);
        // A test pulse that is left out may have changed one of the hundred spines.
        assert!((depth(one) / depth(other) - 1.0).abs() < 0.025, "{} {}", depth(one), depth(other));
    }
}
