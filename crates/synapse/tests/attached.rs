//! Attached rules and the late phase in whole slices.

use synapse::late_phase::LatePhaseModel;
use synapse::rules::{RULES, Rule};
use synapse::{
    Modulation, Parameters, Plasticity, Pulse, PulseKind, RawSweep, SliceIdentity, SliceOutcome, SweepWindow,
    simulate_slice_under,
};

const WINDOW: SweepWindow = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
const SLICE: SliceIdentity = SliceIdentity { seed: 11, animal: 3, slice: 8 };

/// Ten test pulses, the induction, then test pulses every `interval_ms`.
fn protocol(induction: &[f64], after: u32, interval_ms: f64) -> Vec<Pulse> {
    let pulse = |t_ms: f64, kind| Pulse { t_ms, kind };
    let mut pulses: Vec<Pulse> = (0..10).map(|k| pulse(100.0 + 20_000.0 * f64::from(k), PulseKind::Test)).collect();
    pulses.extend(induction.iter().map(|t| pulse(200_000.0 + t, PulseKind::Induction)));
    let end = 200_000.0 + induction.last().copied().unwrap_or(0.0);
    pulses.extend((1..=after).map(|k| pulse(end + interval_ms * f64::from(k), PulseKind::Test)));
    pulses
}

/// Trains of 100 pulses at 100 Hz.
fn trains(count: u32, interval_ms: f64) -> Vec<f64> {
    (0..count * 100).map(|k| interval_ms * f64::from(k / 100) + 10.0 * f64::from(k % 100)).collect()
}

fn quiet() -> Parameters {
    let mut parameters = Parameters::default();
    for spec in Parameters::specs().iter().filter(|spec| spec.path.starts_with("variation.")) {
        parameters.set(spec.path, 0.0).expect("a parameter of the table");
    }
    parameters
}

fn run(plasticity: &Plasticity, pulses: &[Pulse], drug: Modulation) -> (SliceOutcome, Vec<RawSweep>) {
    let mut sweeps = Vec::new();
    let outcome =
        simulate_slice_under(plasticity, &quiet(), SLICE, pulses, &|_| drug, &WINDOW, &mut |sweep| sweeps.push(sweep))
            .expect("a valid protocol");
    (outcome, sweeps)
}

fn depth_mv(sweep: &RawSweep) -> f64 {
    let first = ((sweep.stimulus_ms[0] + 2.5) * 10.0) as usize;
    -sweep.field_mv[first..first + 150].iter().copied().fold(f64::INFINITY, f64::min)
}

/// Mean of ten sweeps from `from` on against the ten before induction, % change.
fn change(sweeps: &[RawSweep], from: usize) -> f64 {
    let mean = |part: &[RawSweep]| part.iter().map(depth_mv).sum::<f64>() / part.len() as f64;
    100.0 * (mean(&sweeps[from..from + 10]) / mean(&sweeps[..10]) - 1.0)
}

fn attached(rule: &Rule) -> Option<Plasticity> {
    let (_, values) = rule.set(None).expect("a first set");
    rule.attach.map(|attach| Plasticity { rule: Some(attach(&values)), ..Plasticity::default() })
}

/// % change after a train, after a train with NMDA receptors blocked, and without
/// induction.
fn outcomes(plasticity: &Plasticity) -> [f64; 3] {
    let blocked =
        Modulation { nmda_2a_gain: 0.005, nmda_2b_gain: 0.005, nmda_2ab_gain: 0.005, ..Modulation::default() };
    [(trains(1, 0.0), Modulation::default()), (trains(1, 0.0), blocked), (Vec::new(), Modulation::default())].map(
        |(induction, drug)| {
            let (_, sweeps) = run(plasticity, &protocol(&induction, 90, 20_000.0), drug);
            change(&sweeps, sweeps.len() - 10)
        },
    )
}

/// Every rule runs in a slice and repeats its bytes. Rules that read calcium or
/// NMDA conductances learn from a train, and not without NMDA receptors; those that
/// carry a transient of their own do not know of the block.
#[test]
fn every_attachable_rule_runs_in_a_slice() {
    let mut count = 0;
    for rule in RULES {
        let Some(plasticity) = attached(rule) else { continue };
        count += 1;
        let pulses = protocol(&trains(1, 0.0), 5, 20_000.0);
        let (outcome, sweeps) = run(&plasticity, &pulses, Modulation::default());
        let (again, same) = run(&plasticity, &pulses, Modulation::default());
        assert_eq!((outcome.state_hash, &sweeps), (again.state_hash, &same), "{}", rule.name);
        let [train, blocked, still] = outcomes(&plasticity);
        assert!([train, blocked, still].iter().all(|change| change.abs() < 95.0), "{}", rule.name);
        if matches!(rule.name, "gb_calcium" | "chindemi_2022" | "dainauskas_2023") {
            assert!(train > still + 10.0, "{}: {train} {still}", rule.name);
            assert!(blocked < 0.5 * train, "{}: {blocked} {train}", rule.name);
        }
        // The baseline holds, except where the published thresholds lie close to the
        // calcium of a test pulse: `gb_calcium` then drifts.
        assert!(still.abs() < if rule.name == "gb_calcium" { 15.0 } else { 5.0 }, "{}: {still}", rule.name);
    }
    assert_eq!(count, 7);
}

/// A tetanus fades within hours, three spaced ones stay, and anisomycin or a block
/// of protein kinase A take the late part only.
#[test]
fn the_late_phase_needs_spaced_trains_protein_and_kinase() {
    let plasticity = Plasticity { late_phase: Some(LatePhaseModel::default()), ..Plasticity::default() };
    let percent = |count: u32, drug: Modulation| {
        let pulses = protocol(&trains(count, 600_000.0), 480, 60_000.0);
        let (_, sweeps) = run(&plasticity, &pulses, drug);
        let first = sweeps.len() - 480;
        (change(&sweeps, first + 5), change(&sweeps, first + 470))
    };
    let one = percent(1, Modulation::default());
    let three = percent(3, Modulation::default());
    let anisomycin = percent(3, Modulation { protein_synthesis: 0.0, ..Modulation::default() });
    let kinase = percent(3, Modulation { pka: 0.0, ..Modulation::default() });
    assert!(one.0 > 20.0 && one.1 < 0.15 * one.0, "{one:?}");
    assert!(three.0 > 20.0 && three.1 > 0.4 * three.0, "{three:?}");
    for blocked in [anisomycin, kinase] {
        assert!(blocked.0 > 0.8 * three.0 && blocked.1 < 0.2 * three.0, "{blocked:?}");
    }
}

/// Spikes that a current sets off reach a rule of spikes: pairs differ from pulses
/// alone, and the order of the two counts.
#[test]
fn paired_spikes_reach_an_attached_rule() {
    let rule = RULES.iter().find(|rule| rule.name == "graupner_brunel_2012").expect("the rule");
    let plasticity = attached(rule).expect("it can be attached");
    let after = |delay_ms: Option<f64>| {
        let pulses: Vec<f64> = (0..40).map(|k| 1_000.0 * f64::from(k)).collect();
        let mut all = protocol(&pulses, 2, 20_000.0);
        let spikes = pulses.iter().filter_map(|t| Some(200_000.0 + t + delay_ms?));
        all.extend(spikes.map(|t_ms| Pulse { t_ms, kind: PulseKind::PostSpike }));
        all.sort_by(|a, b| a.t_ms.total_cmp(&b.t_ms));
        run(&plasticity, &all, Modulation::default()).0.state_hash
    };
    let hashes = [after(None), after(Some(10.0)), after(Some(-10.0))];
    assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2], "{hashes:?}");
}

/// One short slice under each rule: spikes in pairs and a train. A hash changes with
/// the values and the equations of its rule and with what they read, and with
/// nothing else.
#[test]
fn the_trajectory_under_every_rule_has_its_hash() {
    let mut pulses = protocol(&trains(1, 0.0), 2, 30_000.0);
    let induction = pulses.iter().filter(|pulse| pulse.kind == PulseKind::Induction);
    let spikes: Vec<Pulse> =
        induction.step_by(10).map(|pulse| Pulse { t_ms: pulse.t_ms + 5.0, kind: PulseKind::PostSpike }).collect();
    pulses.extend(spikes);
    pulses.sort_by(|a, b| a.t_ms.total_cmp(&b.t_ms));
    let found: Vec<(&str, u64)> = RULES
        .iter()
        .filter_map(|rule| Some((rule.name, run(&attached(rule)?, &pulses, Modulation::default()).0.state_hash)))
        .collect();
    let expected = [
        ("gb_calcium", 0xe149_190d_d19d_b0b9),
        ("graupner_brunel_2012", 0xe91f_5d92_fd83_8775),
        ("shouval_2002", 0x146b_175a_366a_9b51),
        ("clopath_2010", 0x902d_7e53_95c3_ada7),
        ("dainauskas_2023", 0x1a3e_6b54_de82_5998),
        ("deperrois_2020", 0xe879_69f7_4528_7842),
        ("chindemi_2022", 0xe1c5_9a58_e17e_9fb6),
    ];
    assert_eq!(found, expected, "{found:#018x?}");
}
