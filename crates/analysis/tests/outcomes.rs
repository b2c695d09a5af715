//! Outcomes beside the slope, on synthetic slices whose values are known.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::conclude::conclude;
use analysis::{Measured, measure};
use quantity::Time;
use recording::{Phase, SliceRecording, Sweep};
use results::plan::{AnalysisPlan, Change, ControlBy, ControlPathway, Measure, Moment, OutcomeOrder, OutcomePlan};
use support::{Dice, Shape, close, condition, key, manifest, plan, slice};

fn outcome(measure: Measure) -> OutcomePlan {
    OutcomePlan {
        name: measure.to_string(),
        measure,
        interval: None,
        reference: None,
        window: None,
        change: measure.usual_change(),
        stage: None,
    }
}

fn with(outcomes: Vec<OutcomePlan>) -> AnalysisPlan {
    let mut plan = plan();
    plan.rig.outcomes = outcomes;
    plan.exclude.volley_change = None;
    plan
}

/// Makes a slice anew, sweep by sweep: the potential (mV) at a time (ms after the first
/// stimulus) of a sweep at a time (min from induction).
fn remade(seed: u64, stimulus_ms: &[f64], noise: f64, mv: impl Fn(f64, f64) -> f64) -> SliceRecording {
    let mut dice = Dice(seed);
    let mut recording = slice(key("control", "A1", 1), Shape::default(), seed, |_| 1.0);
    let induction_s = recording.induction_s.unwrap();
    for sweep in recording.sweeps.iter_mut().filter(|sweep| sweep.phase != Phase::Induction) {
        let minutes = (sweep.start_s - induction_s) / 60.0;
        let length = 500 + (stimulus_ms[stimulus_ms.len() - 1] * 10.0) as usize;
        sweep.stimulus_ms = stimulus_ms.iter().map(|at| 5.0 + at).collect();
        sweep.samples = (0..length)
            .map(|i| {
                let t = i as f64 / 10.0 - 5.0;
                ((0.4 + mv(minutes, t) + noise * dice.normal()) / sweep.scale).round().clamp(-32768.0, 32767.0) as i16
            })
            .collect();
    }
    recording
}

/// A response of two exponentials after an artefact, negative-going, of gain 1.
fn response(t: f64) -> f64 {
    if t < 0.0 {
        return 0.0;
    }
    let artefact = if t < 0.15 {
        3.0
    } else if t < 0.3 {
        -3.0
    } else {
        0.0
    };
    let synaptic = if t < 2.0 { 0.0 } else { (-(t - 2.0) / 8.0).exp() - (-(t - 2.0) / 1.5).exp() };
    artefact - 1.2 * synaptic
}

#[test]
fn a_paired_pulse_ratio_of_1_6_at_20_ms_is_read_as_1_6_and_its_fall_to_1_3() {
    for (interval, noise, seed) in [(20.0, 0.0, 1), (20.0, 0.03, 2), (50.0, 0.03, 3), (30.0, 0.06, 4)] {
        let pulses = |minutes: f64, t: f64| {
            let (gain, ratio) = if minutes < 0.0 { (1.0, 1.6) } else { (1.5, 1.3) };
            gain * (response(t) + ratio * response(t - interval))
        };
        let recording = remade(seed, &[0.0, interval], noise, pulses);
        let plan = with(vec![outcome(Measure::PairedPulseRatio), outcome(Measure::PairedPulseRatioOfAmplitudes)]);
        let measured = measure(&recording, &plan);
        for found in &measured.slice.outcomes {
            // Three standard errors of 30 sweeps, and 1 % of the method.
            let bound = 0.01 + 2.0 * noise;
            close(found.before, 1.6, bound, &format!("before, {interval} ms, noise {noise}"));
            close(found.after, 1.3, bound, &format!("after, {interval} ms, noise {noise}"));
            assert!((found.change + 0.3).abs() < 0.02 + 3.0 * noise, "{found:?}");
            assert_eq!(found.n_sweeps, [30, 31]);
        }
        let pulses = &measured.slice.pulses[0];
        assert!(
            (pulses.interval_ms - interval).abs() < 1e-9 && (pulses.before[1] / 1.6 - 1.0).abs() < 0.01 + 2.0 * noise,
            "{pulses:?}"
        );
    }
}

#[test]
fn two_intervals_in_one_slice_are_told_apart() {
    let mut recording = remade(5, &[0.0, 50.0], 0.01, |_, t| response(t) + 1.4 * response(t - 50.0));
    let short = remade(6, &[0.0, 25.0], 0.01, |_, t| response(t) + 1.8 * response(t - 25.0));
    for (k, sweep) in recording.sweeps.iter_mut().enumerate().filter(|(k, _)| k % 2 == 1) {
        *sweep = Sweep { index: sweep.index, ..short.sweeps[k].clone() };
    }
    let at = |ms: f64| OutcomePlan { interval: Some(Time::from_ms(ms)), ..outcome(Measure::PairedPulseRatio) };
    let measured = measure(&recording, &with(vec![at(25.0), at(50.0)]));
    let found: Vec<f64> = measured.slice.outcomes.iter().map(|value| value.before).collect();
    close(found[0], 1.8, 0.02, "25 ms");
    close(found[1], 1.4, 0.02, "50 ms");
    assert_eq!(measured.slice.pulses.iter().map(|train| train.interval_ms.round()).collect::<Vec<_>>(), [25.0, 50.0]);
}

#[test]
fn every_pulse_of_a_train_and_its_steady_state_are_read() {
    let at: Vec<f64> = (0..6).map(|k| 25.0 * f64::from(k)).collect();
    let (before, after) = ([1.0, 1.5, 1.6, 1.4, 1.2, 1.0], [1.0, 1.1, 1.0, 0.8, 0.7, 0.6]);
    let train = |minutes: f64, t: f64| {
        let gains = if minutes < 0.0 { before } else { after };
        at.iter().zip(gains).map(|(at, gain)| gain * response(t - at)).sum::<f64>()
    };
    let measured = measure(&remade(7, &at, 0.01, train), &with(vec![outcome(Measure::SteadyState)]));
    let pulses = &measured.slice.pulses[0];
    for k in 0..6 {
        assert!((pulses.before[k] - before[k]).abs() < 0.04, "{pulses:?}");
        assert!((pulses.after[k] - after[k]).abs() < 0.04, "{pulses:?}");
    }
    let found = measured.slice.outcomes[0];
    close(found.before, 1.1, 0.03, "steady state before");
    close(found.after, 0.65, 0.05, "steady state after");
}

#[test]
fn spike_volley_area_and_coastline_follow_what_was_made() {
    let shape = |minutes: f64| {
        let spike = if minutes < 0.0 { (1.2, 6.2, 0.4) } else { (2.4, 5.8, 0.4) };
        let volley = if minutes < 0.0 { 0.2 } else { 0.16 };
        Shape { slope: 0.5, rise: 4.0, spike, volley, ..Shape::default() }
    };
    let recording = remade(8, &[0.0], 0.002, |minutes, t| shape(minutes).at(t));
    let measured = measure(
        &recording,
        &with(vec![
            outcome(Measure::SpikeAmplitude),
            outcome(Measure::SpikeLatency),
            outcome(Measure::Volley),
            outcome(Measure::VolleyMatchedSlope),
        ]),
    );
    let [spike, latency, volley, matched] = measured.slice.outcomes[..] else { panic!("four outcomes") };
    assert!(spike.before > 0.6 && (spike.after / spike.before - 2.0).abs() < 0.4, "{spike:?}");
    assert!((latency.change + 0.4).abs() < 0.15 && (latency.before - 6.2).abs() < 0.3, "{latency:?}");
    assert!((volley.change + 20.0).abs() < 2.0, "{volley:?}");
    // The slope did not change, the volley fell by a fifth.
    assert!((matched.change - 25.0).abs() < 4.0, "{matched:?}");
}

#[test]
fn amplitude_area_and_coastline_scale_with_the_response() {
    let gained = |minutes: f64, t: f64| response(t) * if minutes < 0.0 { 1.0 } else { 1.8 };
    let asked = [Measure::Amplitude, Measure::Area, Measure::Coastline];
    for (noise, bound) in [(0.0, 0.5), (0.01, 2.5)] {
        let plan = with(asked.into_iter().map(outcome).collect());
        let measured = measure(&remade(9, &[0.0], noise, gained), &plan);
        for (value, name) in measured.slice.outcomes.iter().zip(asked) {
            assert!((value.change - 80.0).abs() < bound, "{name} at noise {noise}: {value:?}");
        }
        // ∫ of the response from 1.2 to 20 ms, closed form.
        let area = 1.2 * (8.0 * (1.0 - (-18.0_f64 / 8.0).exp()) - 1.5 * (1.0 - (-18.0_f64 / 1.5).exp()));
        close(measured.slice.outcomes[1].before, area, 0.01, "area");
    }
}

#[test]
fn the_primary_outcome_may_be_another_than_the_slope() {
    let gained = |minutes: f64, t: f64| response(t) * if minutes < 0.0 { 1.0 } else { 1.4 };
    let mut plan = with(vec![outcome(Measure::Slope)]);
    for measure_of in [Measure::Amplitude, Measure::Area] {
        plan.rig.outcome = measure_of;
        let measured = measure(&remade(10, &[0.0], 0.005, gained), &plan);
        assert!((measured.slice.potentiation_percent - 40.0).abs() < 1.0, "{}", measured.slice.potentiation_percent);
        assert!((measured.slice.outcomes[0].change - 40.0).abs() < 1.0 && measured.slice.included);
        let late = measured.rows.last().unwrap();
        assert!((late.slope_percent.unwrap() - 140.0).abs() < 8.0, "{:?}", late.slope_percent);
    }
}

/// LTP of 50 %, then 20 pulses at 1 Hz 40 min later that bring it back to 10 %.
fn chain(condition: &str, animal: &str, late: f64) -> SliceRecording {
    let gain = move |t: f64| {
        if t < 0.0 {
            1.0
        } else if t < 40.0 {
            1.5
        } else {
            late
        }
    };
    let mut recording = slice(key(condition, animal, 1), Shape::default(), 11, gain);
    let start_s = recording.induction_s.unwrap() + 40.0 * 60.0 + 7.0;
    let mut train = Shape::default().sweep(0, Phase::Induction, start_s, &mut Dice(3));
    train.stimulus_ms = (0..20).map(|k| 5.0 + 1000.0 * f64::from(k)).collect();
    recording.sweeps.push(train);
    recording.sweeps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    recording.sweeps.iter_mut().enumerate().for_each(|(k, sweep)| sweep.index = k as u32);
    recording
}

fn depotentiation() -> OutcomePlan {
    OutcomePlan {
        name: "depotentiation".to_owned(),
        reference: Some([Moment::from_min(30.0), Moment::from_min(39.9)]),
        window: Some([Time::from_min(50.0), Time::from_min(60.0)]),
        stage: Some(Moment::from_min(40.0)),
        ..outcome(Measure::Slope)
    }
}

#[test]
fn a_second_induction_is_a_stage_of_its_own() {
    let mut plan = with(vec![depotentiation()]);
    plan.window = [Time::from_min(30.0), Time::from_min(39.0)];
    let measured = measure(&chain("control", "A1", 1.1), &plan);
    assert!((measured.slice.potentiation_percent - 50.0).abs() < 0.5, "{}", measured.slice.potentiation_percent);
    let stage = measured.slice.outcomes[0];
    assert!((stage.change - 100.0 * (1.1 / 1.5 - 1.0)).abs() < 0.5, "{stage:?}");
    assert!(measured.slice.unstated_inductions_min.is_empty());
}

#[test]
fn a_second_induction_that_nobody_states_is_told() {
    let mut manifest = manifest(&["hfs-2x100"], vec![condition("control", &[])]);
    let told = |manifest: &results::Manifest, measured: &[Measured]| {
        conclude(manifest, measured).warnings.iter().any(|w| w.contains("further induction") && w.contains("[[stage]]"))
    };
    let measured = [measure(&chain("control", "A1", 1.1), &manifest.analysis)];
    let at = &measured[0].slice.unstated_inductions_min;
    assert!(at.len() == 1 && (at[0] - 40.0).abs() < 0.5, "{at:?}");
    assert!(told(&manifest, &measured));
    manifest.analysis.window = [Time::from_min(30.0), Time::from_min(39.0)];
    assert!(!told(&manifest, &measured), "the window ends before it");
}

#[test]
fn the_reference_may_be_a_stated_stretch() {
    // Run-up over the last 10 min before induction: the stretch before it is level.
    let gain = |t: f64| {
        if t < -10.0 {
            1.0
        } else if t < 0.0 {
            1.25
        } else {
            1.5
        }
    };
    let recording = slice(key("control", "A1", 1), Shape::default(), 12, gain);
    let mut plan = plan();
    plan.exclude.baseline_drift = None;
    let usual = measure(&recording, &plan).slice.potentiation_percent;
    assert!((usual - 20.0).abs() < 0.5, "{usual}");
    plan.rig.reference = Some([Moment::from_min(-30.0), Moment::from_min(-11.0)]);
    let stated = measure(&recording, &plan).slice.potentiation_percent;
    assert!((stated - 50.0).abs() < 0.5, "{stated}");
}

/// A slice of two pathways of which only the first was tetanised; both run down by a tenth.
fn two_pathways(condition: &str, animal: &str, gain: f64, seed: u64) -> SliceRecording {
    let shape = Shape { noise: 0.01, ..Shape::default() };
    let mut all = slice(key(condition, animal, 1), shape, seed, move |t| if t < 0.0 { 1.0 } else { gain * 0.9 });
    let control = slice(key(condition, animal, 1), shape, seed + 100, |t| if t < 0.0 { 1.0 } else { 0.9 });
    all.sweeps.extend(control.sweeps.into_iter().filter(|s| s.phase != Phase::Induction).map(|mut sweep| {
        sweep.pathway = "S2".to_owned();
        sweep.start_s += 10.0;
        sweep
    }));
    all.sweeps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    all.sweeps.iter_mut().enumerate().for_each(|(k, sweep)| sweep.index = k as u32);
    all
}

#[test]
fn the_control_pathway_divides_or_is_subtracted() {
    let mut manifest = manifest(&["hfs-2x100"], vec![condition("control", &[])]);
    manifest.analysis.rig.control_pathway = Some("S2".to_owned());
    for (by, use_of, right) in
        [(ControlBy::Ratio, ControlPathway::Normalise, 50.0), (ControlBy::Difference, ControlPathway::Subtract, 45.0)]
    {
        manifest.analysis.rig.control_by = by;
        manifest.statistics.control_pathway = use_of;
        let measured: Vec<Measured> =
            (0..3).map(|k| measure(&two_pathways("control", &format!("A{k}"), 1.5, k), &manifest.analysis)).collect();
        let findings = conclude(&manifest, &measured);
        assert!((findings.groups[0].mean - right).abs() < 1.0, "{by:?}: {}", findings.groups[0].mean);
        let late: Vec<f64> = measured[0]
            .rows
            .iter()
            .filter(|r| r.pathway == "S1" && r.time_min > 20.0 && r.time_min < 50.0)
            .filter_map(|r| r.slope_percent)
            .collect();
        let course = late.iter().sum::<f64>() / late.len() as f64;
        assert!((course - 100.0 - right).abs() < 2.5, "{by:?}: the course is at {course}");
    }
}

#[test]
fn several_outcomes_are_compared_and_the_primary_one_opens_the_others() {
    let mut manifest = manifest(&["hfs-2x100"], vec![condition("control", &[]), condition("drug", &[])]);
    manifest.analysis = with(vec![outcome(Measure::Amplitude), depotentiation()]);
    manifest.analysis.window = [Time::from_min(30.0), Time::from_min(39.0)];
    let slices = |late: f64, name: &str| -> Vec<Measured> {
        (0..5)
            .map(|k| {
                let own = late + 0.02 * f64::from(k);
                measure(&chain(name, &format!("{name}{k}"), own), &manifest.analysis)
            })
            .collect()
    };
    let measured: Vec<Measured> = slices(1.1, "control").into_iter().chain(slices(1.5, "drug")).collect();
    let findings = conclude(&manifest, &measured);
    let [amplitude, stage] = &findings.outcomes[..] else { panic!("two outcomes") };
    assert_eq!((amplitude.unit.as_str(), amplitude.change_unit.as_str()), ("mV", "%"));
    assert!(
        amplitude.definition.starts_with("fEPSP amplitude, change in % of the reference"),
        "{}",
        amplitude.definition
    );
    assert_eq!(stage.stage_min, Some(40.0));
    let own = &stage.contrasts[0];
    let right = 100.0 * (1.5 - 1.1) / 1.5;
    assert!((own.contrast.estimate - right).abs() < 0.5, "{}", own.contrast.estimate);
    assert!(own.contrast.sentence.starts_with("depotentiation: drug against control"), "{}", own.contrast.sentence);
    assert!(own.contrast.p < 0.001);
    // LTP itself does not differ: the gate stays shut under serial and parallel gates.
    assert!(findings.contrasts.is_empty() || own.p_over_outcomes >= findings.contrasts[0].p, "{own:?}");
    manifest.analysis.rig.outcome_order = OutcomeOrder::None;
    let alone = conclude(&manifest, &measured);
    let own = &alone.outcomes[1].contrasts[0];
    assert_eq!(own.p_over_outcomes, own.contrast.p);
    assert!(alone.over_outcomes.is_empty());
}

#[test]
fn an_outcome_in_milliseconds_is_told_in_milliseconds() {
    let mut manifest = manifest(&["hfs-2x100"], vec![condition("control", &[]), condition("drug", &[])]);
    manifest.analysis = with(vec![outcome(Measure::SpikeLatency)]);
    let spiking = |name: &str, k: u32, earlier: f64| {
        let mut recording = remade(u64::from(k), &[0.0], 0.002, |minutes, t| {
            let at = if minutes < 0.0 { 6.2 } else { 6.2 - earlier - 0.1 * f64::from(k) };
            Shape { slope: 0.5, rise: 4.0, spike: (1.4, at, 0.4), ..Shape::default() }.at(t)
        });
        recording.key = key(name, &format!("{name}{k}"), 1);
        measure(&recording, &manifest.analysis)
    };
    let measured: Vec<Measured> =
        (0..4).map(|k| spiking("control", k, 0.0)).chain((0..4).map(|k| spiking("drug", k, 0.5))).collect();
    let found = &conclude(&manifest, &measured).outcomes[0];
    assert_eq!((found.unit.as_str(), found.change_unit.as_str()), ("ms", "ms"));
    let contrast = &found.contrasts[0].contrast;
    assert!((contrast.estimate + 0.5).abs() < 0.15, "{contrast:?}");
    assert!(
        contrast.sentence.contains(" ms (95 % CI") && !contrast.sentence.contains("percentage"),
        "{}",
        contrast.sentence
    );
    assert!(found.groups[0].sentence.contains(" ms, change "), "{}", found.groups[0].sentence);
    assert_eq!(outcome(Measure::SpikeLatency).change, Change::Difference);
}
