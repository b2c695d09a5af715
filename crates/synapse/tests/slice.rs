//! One slice from the outside: what must hold whatever the parameters.

use synapse::{
    Modulation, Parameters, Pulse, PulseKind, RawSweep, SimulationFailure, SliceIdentity, SliceOutcome, SweepWindow,
    simulate_slice,
};

const WINDOW: SweepWindow = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
const SLICE: SliceIdentity = SliceIdentity { seed: 11, animal: 3, slice: 8 };

fn protocol(induction: &[f64], before: u32, after: u32) -> Vec<Pulse> {
    let pulse = |t_ms: f64, kind| Pulse { t_ms, kind };
    let mut pulses: Vec<Pulse> = (0..before).map(|k| pulse(100.0 + 20_000.0 * f64::from(k), PulseKind::Test)).collect();
    let start = 20_000.0 * f64::from(before);
    pulses.extend(induction.iter().map(|t| pulse(start + t, PulseKind::Induction)));
    let end = start + induction.last().copied().unwrap_or(0.0);
    pulses.extend((1..=after).map(|k| pulse(end + 20_000.0 * f64::from(k), PulseKind::Test)));
    pulses
}

fn tetanus() -> Vec<f64> {
    (0..100).map(|k| 10.0 * f64::from(k)).collect()
}

fn theta_burst() -> Vec<f64> {
    (0..40).map(|k| 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4)).collect()
}

fn run(
    parameters: &Parameters,
    identity: SliceIdentity,
    pulses: &[Pulse],
    drug: Modulation,
) -> (SliceOutcome, Vec<RawSweep>) {
    let mut sweeps = Vec::new();
    let outcome = simulate_slice(parameters, identity, pulses, &|_| drug, &WINDOW, &mut |sweep| sweeps.push(sweep))
        .expect("a valid protocol");
    (outcome, sweeps)
}

fn depth_mv(sweep: &RawSweep) -> f64 {
    let first = ((sweep.stimulus_ms[0] + 2.5) * 10.0) as usize;
    -sweep.field_mv[first..first + 150].iter().copied().fold(f64::INFINITY, f64::min)
}

/// Mean fEPSP amplitude of the last `n` sweeps against the `n` before induction, % change.
fn potentiation(sweeps: &[RawSweep], n: usize) -> f64 {
    let induction = sweeps.iter().position(|sweep| sweep.kind == PulseKind::Induction).expect("an induction sweep");
    let mean = |part: &[RawSweep]| part.iter().map(depth_mv).sum::<f64>() / part.len() as f64;
    100.0 * (mean(&sweeps[sweeps.len() - n..]) / mean(&sweeps[induction - n..induction]) - 1.0)
}

#[test]
fn the_same_slice_gives_the_same_bytes_and_another_slice_others() {
    let pulses = protocol(&theta_burst(), 4, 4);
    let parameters = Parameters::default();
    let (first, sweeps) = run(&parameters, SLICE, &pulses, Modulation::default());
    let (again, same) = run(&parameters, SLICE, &pulses, Modulation::default());
    assert_eq!(first, again);
    assert_eq!(sweeps, same);
    let (other, _) = run(&parameters, SliceIdentity { slice: 9, ..SLICE }, &pulses, Modulation::default());
    assert_ne!(first.state_hash, other.state_hash);
}

/// What chance adds to a slice and its sweeps is the same with a drug and without:
/// the noise of every sample, the gain of every sweep, the spines that are potentiated
/// to begin with. Release is compared draw by draw in the release of the synapse itself.
#[test]
fn a_drug_shifts_no_random_draw() {
    let pulses = protocol(&tetanus(), 3, 3);
    let drug = Modulation { nmda_2a_gain: 0.2, gaba_a_fast_gain: 0.5, release_gain: 0.8, ..Modulation::default() };
    // The electrode acts back on nothing: without a draw of it the slice is the same.
    let recorded = |drug: Modulation, changes: &[(&str, f64)]| {
        let mut parameters = Parameters::default();
        changes.iter().for_each(|(path, value)| parameters.set(path, *value).unwrap());
        run(&parameters, SLICE, &pulses, drug)
    };
    let chance = |drug: Modulation| {
        let (outcome, whole) = recorded(drug, &[]);
        let noiseless = recorded(drug, &[("field.noise", 0.0)]).1;
        let noise = whole.iter().zip(&noiseless).map(|(a, b)| apart(&a.field_mv, &b.field_mv)).collect::<Vec<_>>();
        // The artefact knows no gain, and everything else does.
        let bare = [("field.noise", 0.0), ("field.artefact", 0.0)];
        let varied = recorded(drug, &bare).1;
        let level = recorded(drug, &[bare[0], bare[1], ("field.sweep_cv", 0.0)]).1;
        let gains = varied.iter().zip(&level).map(|(a, b)| depth_mv(a) / depth_mv(b)).collect::<Vec<_>>();
        let before = outcome.mechanism.iter().find(|row| row.name == "potentiated spines before").unwrap().value;
        (noise, gains, before, whole)
    };
    let ((noise, gains, before, free), (noise_drugged, gains_drugged, before_drugged, drugged)) =
        (chance(Modulation::default()), chance(drug));
    assert_eq!(before, before_drugged);
    assert_eq!((noise.len(), gains.len()), (7, 7));
    for sweep in 0..7 {
        assert!((depth_mv(&free[sweep]) / depth_mv(&drugged[sweep]) - 1.0).abs() > 0.02, "the drug does something");
        let sd = (noise[sweep].iter().map(|x| x * x).sum::<f64>() / noise[sweep].len() as f64).sqrt();
        assert!((sd / Parameters::default().get("field.noise").unwrap() - 1.0).abs() < 0.15, "{sd} mV");
        assert!(apart(&noise[sweep], &noise_drugged[sweep]).iter().all(|x| x.abs() < 1e-12));
        assert!((gains[sweep] - 1.0).abs() > 1e-4, "no two sweeps have one gain: {gains:?}");
        assert!((gains[sweep] - gains_drugged[sweep]).abs() < 1e-9, "{gains:?} {gains_drugged:?}");
    }
}

/// One trace minus another.
fn apart(one: &[f64], other: &[f64]) -> Vec<f64> {
    assert_eq!(one.len(), other.len());
    one.iter().zip(other).map(|(a, b)| a - b).collect()
}

#[test]
fn sweeps_have_the_planned_length_and_trains_share_one() {
    let (_, sweeps) = run(&Parameters::default(), SLICE, &protocol(&theta_burst(), 2, 2), Modulation::default());
    assert_eq!(sweeps.len(), 5);
    assert_eq!(sweeps[0].field_mv.len(), 500);
    assert_eq!(sweeps[2].stimulus_ms.len(), 40);
    assert_eq!(sweeps[2].field_mv.len(), 500 + 18_300);
    assert_eq!(sweeps[0].start_ms, 95.0);
    assert!((sweeps[0].stimulus_ms[0] - 5.0).abs() < 1e-9);
}

#[test]
fn tetanus_and_theta_burst_potentiate_and_nmda_block_prevents_it() {
    let mut parameters = Parameters::default();
    for spec in Parameters::specs().iter().filter(|spec| spec.path.starts_with("variation.")) {
        parameters.set(spec.path, 0.0).unwrap();
    }
    let blocked =
        Modulation { nmda_2a_gain: 0.005, nmda_2b_gain: 0.005, nmda_2ab_gain: 0.005, ..Modulation::default() };
    for induction in [tetanus(), theta_burst()] {
        let pulses = protocol(&induction, 15, 90);
        let (_, sweeps) = run(&parameters, SLICE, &pulses, Modulation::default());
        assert!(potentiation(&sweeps, 15) > 20.0, "{}", potentiation(&sweeps, 15));
        let (_, sweeps) = run(&parameters, SLICE, &pulses, blocked);
        assert!(potentiation(&sweeps, 15).abs() < 8.0, "{}", potentiation(&sweeps, 15));
    }
}

#[test]
fn test_pulses_alone_change_little() {
    let mut parameters = Parameters::default();
    parameters.set("field.drift", 0.0).unwrap();
    let pulses = protocol(&[], 180, 0);
    let (_, sweeps) = run(&parameters, SLICE, &pulses, Modulation::default());
    let mean = |part: &[RawSweep]| part.iter().map(depth_mv).sum::<f64>() / part.len() as f64;
    let change = 100.0 * (mean(&sweeps[165..]) / mean(&sweeps[15..30]) - 1.0);
    assert!(change.abs() < 6.0, "{change}");
}

#[test]
fn pulses_out_of_order_are_refused() {
    let mut pulses = protocol(&[], 3, 0);
    pulses.swap(1, 2);
    let result =
        simulate_slice(&Parameters::default(), SLICE, &pulses, &|_| Modulation::default(), &WINDOW, &mut |_| ());
    assert!(matches!(result, Err(SimulationFailure::PulseOrder { index: 2, .. })), "{result:?}");
}

/// Any value within its range either runs or fails with the time and the variable.
#[test]
fn extreme_parameters_never_panic_and_never_leave_nan() {
    let pulses = protocol(&theta_burst(), 1, 1);
    for spec in Parameters::specs() {
        for value in [spec.low, spec.high] {
            let mut parameters = Parameters::default();
            parameters.set("spines.number", 16.0).unwrap();
            parameters.set(spec.path, if spec.path == "spines.number" { 24.0 } else { value }).unwrap();
            let mut finite = true;
            let result =
                simulate_slice(&parameters, SLICE, &pulses, &|_| Modulation::default(), &WINDOW, &mut |sweep| {
                    finite &= sweep.field_mv.iter().all(|v| v.is_finite());
                });
            assert!(result.is_err() || finite, "{} = {value}", spec.path);
        }
    }
}

/// The trajectory of one slice, bit for bit: the same on every machine, whatever
/// its vectors. It changes with the parameter table and with the arithmetic of the
/// kernel, and with nothing else.
#[test]
fn the_trajectory_has_its_hash() {
    let (outcome, _) = run(&Parameters::default(), SLICE, &protocol(&theta_burst(), 5, 5), Modulation::default());
    assert_eq!(outcome.state_hash, 0x3fdd_8880_d7b5_c25f, "{:#018x}", outcome.state_hash);
}

/// Warmer, colder, richer or poorer in calcium: other trajectories. Thresholds do
/// not follow the bath, so more calcium outside means more potentiation.
#[test]
fn the_bath_changes_the_slice_and_not_its_thresholds() {
    let mut still = Parameters::default();
    for spec in Parameters::specs().iter().filter(|spec| spec.path.starts_with("variation.")) {
        still.set(spec.path, 0.0).unwrap();
    }
    let pulses = protocol(&theta_burst(), 15, 60);
    let after = |bath: &[(&str, f64)]| {
        let mut parameters = still.clone();
        bath.iter().for_each(|(path, value)| parameters.set(path, *value).unwrap());
        let (outcome, sweeps) = run(&parameters, SLICE, &pulses, Modulation::default());
        (outcome.state_hash, potentiation(&sweeps, 15), depth_mv(&sweeps[3]))
    };
    let reference = after(&[]);
    let poor = after(&[("preparation.calcium", 1.0)]);
    let rich = after(&[("preparation.calcium", 3.0)]);
    assert!(poor.2 < 0.7 * reference.2 && reference.2 < rich.2, "{poor:?} {reference:?} {rich:?}");
    assert!(poor.1 < 15.0 && poor.1 < reference.1 - 20.0, "{poor:?} {reference:?}");
    let blocked = after(&[("nmda.magnesium", 4.0)]);
    assert!(blocked.1 < reference.1 - 10.0, "{blocked:?} {reference:?}");
    for celsius in [24.0, 36.0] {
        assert_ne!(after(&[("preparation.temperature", celsius)]).0, reference.0);
    }
}

/// Pairing with a somatic spike: the spike alone releases nothing, and the causal
/// order brings more calcium through NMDA receptors than the reverse.
#[test]
fn a_somatic_spike_can_be_paired_with_a_pulse() {
    let pairs = |delay_ms: Option<f64>| {
        let mut pulses = protocol(&[], 3, 0);
        for k in 0..20 {
            let t_ms = 60_000.0 + 3_000.0 * f64::from(k);
            pulses.push(Pulse { t_ms, kind: PulseKind::Induction });
            pulses.extend(delay_ms.map(|delay| Pulse { t_ms: t_ms + delay, kind: PulseKind::PostSpike }));
        }
        pulses.sort_by(|a, b| a.t_ms.total_cmp(&b.t_ms));
        let (outcome, sweeps) = run(&Parameters::default(), SLICE, &pulses, Modulation::default());
        assert_eq!(sweeps.iter().map(|sweep| sweep.stimulus_ms.len()).sum::<usize>(), 23);
        let value = |name: &str| outcome.mechanism.iter().find(|row| row.name == name).unwrap().value;
        let nmda = value("calcium influx per spine") * value("calcium through NMDA receptors");
        (nmda, value("spikes during induction"), value("peak dendritic potential"))
    };
    let (alone, causal, reverse) = (pairs(None), pairs(Some(10.0)), pairs(Some(-10.0)));
    assert_eq!((alone.1, causal.1, reverse.1), (0.0, 20.0, 20.0));
    assert!(causal.2 > -20.0 && alone.2 < -40.0, "{causal:?} {alone:?}");
    assert!(causal.0 > 1.05 * reverse.0 && reverse.0 > 0.9 * alone.0, "{causal:?} {reverse:?} {alone:?}");
    let together = pairs(Some(0.0));
    assert_eq!(together.1, 20.0);
}
