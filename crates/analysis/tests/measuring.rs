//! Measuring synthetic slices whose slope, volley and potentiation are known.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::{SlopeSource, measure};
use recording::Phase;
use support::{Dice, Shape, key, ltp, percent, plan, slice};

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn the_slope_of_a_clean_ramp_is_exact() {
    let measured = measure(&slice(key("control", "A1", 1), Shape::default(), 1, |_| 1.0), &plan());
    assert_eq!(measured.rows.len(), 285);
    for row in &measured.rows {
        let slope = row.slope_mv_per_ms.unwrap();
        // 16-bit steps of 0.3 µV leave less than 0.1 %.
        assert!((slope / 0.25 - 1.0).abs() < 1e-3, "{slope}");
        let amplitude = row.amplitude_mv.unwrap();
        assert!((amplitude / 0.75 - 1.0).abs() < 0.06, "a cusp loses some height: {amplitude}");
        assert!((row.volley_mv.unwrap() / 0.15 - 1.0).abs() < 0.15, "{:?}", row.volley_mv);
        assert_eq!(row.pop_spike_mv, Some(0.0));
        assert_eq!(row.slope_source, SlopeSource::OwnLevels);
        assert!((row.slope_percent.unwrap() - 100.0).abs() < 0.1);
    }
    assert!(measured.slice.included, "{}", measured.slice.reason);
    assert!(measured.slice.potentiation_percent.abs() < 0.05);
}

#[test]
fn noise_leaves_slope_and_volley_unbiased() {
    let shape = Shape { noise: 0.020, ..Shape::default() };
    let measured = measure(&slice(key("control", "A1", 1), shape, 7, |_| 1.0), &plan());
    let slope = mean(measured.rows.iter().map(|r| r.slope_mv_per_ms.unwrap()));
    // 285 sweeps at about 2.5 % each: standard error 0.15 %.
    assert!((slope / 0.25 - 1.0).abs() < 0.01, "{slope}");
    let clean = measure(&slice(key("control", "A1", 1), Shape::default(), 7, |_| 1.0), &plan());
    let expected = mean(clean.rows.iter().map(|r| r.volley_mv.unwrap()));
    let volley = mean(measured.rows.iter().map(|r| r.volley_mv.unwrap()));
    assert!((volley - expected).abs() < 0.012, "{volley} against {expected}");
    assert!(measured.slice.baseline_cv < 0.05, "{}", measured.slice.baseline_cv);
    assert!(measured.rows.iter().all(|r| r.pop_spike_mv == Some(0.0)));
}

#[test]
fn potentiation_is_recovered_within_two_points_under_noise() {
    for (true_percent, seed) in [(-30.0, 11), (0.0, 12), (30.0, 13), (60.0, 14), (120.0, 15)] {
        let shape = Shape { noise: 0.015, slope: 0.2, ..Shape::default() };
        let gain = move |t: f64| if t < 0.0 { 1.0 } else { 1.0 + true_percent / 100.0 };
        let measured = measure(&slice(key("control", "A1", 1), shape, seed, gain), &plan());
        let found = measured.slice.potentiation_percent;
        assert!((found - true_percent).abs() < 2.0, "{true_percent} found as {found}");
        assert!(measured.slice.included, "{}", measured.slice.reason);
    }
}

#[test]
fn a_positive_going_response_has_the_same_positive_slope() {
    let up = Shape { sign: 1.0, noise: 0.01, ..Shape::default() };
    let measured = measure(&slice(key("control", "A1", 1), up, 3, ltp(50.0)), &plan());
    assert!((measured.slice.baseline_slope_mv_per_ms / 0.25 - 1.0).abs() < 0.01);
    assert!((measured.slice.potentiation_percent - 50.0).abs() < 2.0);
    assert!(measured.slice.note.contains("positive-going"), "{}", measured.slice.note);
}

#[test]
fn a_population_spike_on_the_peak_does_not_bend_the_slope() {
    for (time, height) in [(5.7, 0.2), (6.2, 0.35), (7.0, 0.35), (8.5, 0.35)] {
        let shape = Shape { spike: (height, time, 0.5), noise: 0.012, ..Shape::default() };
        let measured = measure(&slice(key("control", "A1", 1), shape, 5, ltp(40.0)), &plan());
        let slope = measured.slice.baseline_slope_mv_per_ms;
        assert!((slope / 0.25 - 1.0).abs() < 0.08, "spike at {time} ms: {slope}");
        let found = measured.slice.potentiation_percent;
        assert!((found - 40.0).abs() < 4.0, "spike at {time} ms: {found}");
    }
    // After the peak the spike has two humps, and an amplitude of its own.
    let shape = Shape { spike: (0.35, 8.5, 0.5), noise: 0.012, ..Shape::default() };
    let measured = measure(&slice(key("control", "A1", 1), shape, 5, ltp(40.0)), &plan());
    let spike = mean(measured.rows.iter().map(|r| r.pop_spike_mv.unwrap()));
    assert!((spike / 0.35 - 1.0).abs() < 0.05, "{spike}");
}

#[test]
fn a_spike_that_comes_with_ltp_does_not_pass_for_depression() {
    let mut recording = slice(key("control", "A1", 1), Shape::default(), 5, |_| 1.0);
    let mut dice = Dice(9);
    for sweep in recording.sweeps.iter_mut().filter(|s| s.phase == Phase::FollowUp) {
        let shape = Shape { slope: 0.375, spike: (0.5, 6.2, 0.5), ..Shape::default() };
        *sweep = shape.sweep(sweep.index, Phase::FollowUp, sweep.start_s + 0.005, &mut dice);
    }
    let found = measure(&recording, &plan()).slice.potentiation_percent;
    assert!((found - 50.0).abs() < 4.0, "{found}");
}

#[test]
fn drift_is_found_and_excludes_with_value_and_limit() {
    // 16 % fall over the 20 min before the drug.
    let gain = |t: f64| 1.0 - 0.16 * ((t + 35.0) / 20.0).min(1.0);
    let shape = Shape { noise: 0.003, ..Shape::default() };
    let row = measure(&slice(key("control", "A1", 1), shape, 2, gain), &plan()).slice;
    assert!((row.baseline_drift_percent + 17.07).abs() < 1.0, "{}", row.baseline_drift_percent);
    assert!(!row.included);
    assert!(row.reason.contains("baseline drift −1"), "{}", row.reason);
    assert!(row.reason.contains("exceeds ±10.0 %"), "{}", row.reason);
    let mut lenient = plan();
    lenient.exclude.baseline_drift = None;
    assert!(measure(&slice(key("control", "A1", 1), shape, 2, gain), &lenient).slice.included);
}

#[test]
fn a_lost_volley_excludes_but_stronger_synapses_do_not() {
    let mut recording = slice(key("control", "A1", 1), Shape::default(), 5, ltp(80.0));
    assert!(measure(&recording, &plan()).slice.volley_change_percent.abs() < 3.0);
    let mut dice = Dice(1);
    for sweep in recording.sweeps.iter_mut().filter(|s| s.phase == Phase::FollowUp) {
        let weak = Shape { volley: 0.09, ..Shape::default() };
        *sweep = weak.sweep(sweep.index, Phase::FollowUp, sweep.start_s + 0.005, &mut dice);
    }
    let row = measure(&recording, &plan()).slice;
    assert!((row.volley_change_percent + 40.0).abs() < 2.0, "{}", row.volley_change_percent);
    assert!(row.reason.contains("fibre volley change −"), "{}", row.reason);
}

#[test]
fn a_drug_effect_on_baseline_transmission_is_seen_and_taken_out() {
    let gain = |t: f64| match t {
        t if t < -15.0 => 1.0,
        t if t < 0.0 => 0.8,
        _ => 1.2,
    };
    let row = measure(&slice(key("drug", "A1", 1), Shape::default(), 5, gain), &plan()).slice;
    assert!((row.drug_effect_percent + 20.0).abs() < 0.2, "{}", row.drug_effect_percent);
    assert!((row.potentiation_percent - 50.0).abs() < 0.3, "{}", row.potentiation_percent);
}

#[test]
fn an_abolished_response_measures_zero_and_is_not_dropped() {
    let shape = Shape { noise: 0.015, ..Shape::default() };
    let gain = |t: f64| if t < 0.0 { 1.0 } else { 0.0 };
    let measured = measure(&slice(key("control", "A1", 1), shape, 8, gain), &plan());
    assert!((measured.slice.potentiation_percent + 100.0).abs() < 2.0, "{:?}", measured.slice);
    let after: Vec<_> = measured.rows.iter().filter(|r| r.time_min > 0.0).collect();
    assert!(after.iter().all(|r| r.kept && r.slope_source == SlopeSource::ReferenceWindow));
    assert!(after.iter().any(|r| r.slope_mv_per_ms.unwrap() < 0.0), "noise goes both ways");
}

#[test]
fn a_slice_without_fepsp_is_excluded_with_the_reason() {
    let shape = Shape { slope: 0.0, noise: 0.015, ..Shape::default() };
    let measured = measure(&slice(key("control", "A1", 1), shape, 4, |_| 1.0), &plan());
    assert!(!measured.slice.included);
    assert!(measured.slice.reason.contains("no fEPSP before induction"), "{}", measured.slice.reason);
    assert!(measured.rows.iter().all(|r| !r.kept && r.reason == "no response"));
}

#[test]
fn an_incomplete_recording_is_excluded_with_the_reason() {
    let mut recording = slice(key("control", "A1", 1), Shape::default(), 5, ltp(50.0));
    let last = recording.induction_s.unwrap() + 53.0 * 60.0;
    recording.sweeps.retain(|s| s.start_s < last);
    let row = measure(&recording, &plan()).slice;
    assert!(!row.included);
    assert!(row.reason.contains("sweeps in the outcome window"), "{}", row.reason);
    assert!(row.reason.contains("incomplete recording: 9 of about 30"), "{}", row.reason);

    recording.sweeps.retain(|s| s.phase == Phase::Baseline);
    recording.induction_s = None;
    assert!(measure(&recording, &plan()).slice.reason.contains("no induction in the recording"));
    recording.sweeps.clear();
    let empty = measure(&recording, &plan());
    assert_eq!(empty.slice.reason, "no test sweeps in the recording");
    assert!(empty.rows.is_empty() && empty.before.mv.is_empty());
}

#[test]
fn faulty_sweeps_are_named_and_left_out() {
    let mut recording = slice(key("control", "A1", 1), Shape::default(), 5, ltp(50.0));
    recording.sweeps[3].stimulus_ms.clear();
    recording.sweeps[4].samples.truncate(60);
    recording.sweeps[5].samples[100..110].fill(i16::MIN);
    recording.sweeps[6].rate_hz = 200.0;
    recording.sweeps[7].samples.clear();
    recording.sweeps[8].rate_hz = f64::NAN;
    recording.sweeps[9].stimulus_ms = vec![1e300];
    let measured = measure(&recording, &plan());
    let reason = |i: usize| measured.rows[i].reason.as_str();
    assert_eq!(reason(3), "no stimulus time");
    assert!(reason(4).contains("sweep ends before"), "{}", reason(4));
    assert!(reason(5).contains("clipped: 10 samples"), "{}", reason(5));
    assert!(reason(6).contains("sampled at 200 Hz"), "{}", reason(6));
    assert!((7..=9).all(|i| !measured.rows[i].kept && !reason(i).is_empty()));
    assert_eq!(measured.rows.iter().filter(|r| !r.kept).count(), 7);
    assert!(measured.slice.included, "{}", measured.slice.reason);
    assert!(measured.slice.note.contains("7 of 285 sweeps left out"), "{}", measured.slice.note);
}

#[test]
fn time_runs_from_the_end_of_a_long_induction() {
    let mut recording = slice(key("control", "A1", 1), Shape::default(), 5, |_| 1.0);
    let mut last = recording.sweeps.iter().find(|s| s.phase == Phase::Induction).unwrap().clone();
    last.start_s += 900.0;
    let end = last.start_s + last.stimulus_ms[99] / 1000.0;
    recording.sweeps.retain(|s| s.phase != Phase::FollowUp || s.start_s > end);
    recording.sweeps.push(last);
    let measured = measure(&recording, &plan());
    let first_after = measured.rows.iter().find(|r| r.phase == Phase::FollowUp).unwrap();
    assert!(first_after.time_min > 0.0 && first_after.time_min < 0.34, "{}", first_after.time_min);
    let mut short = plan();
    short.window = [quantity::Time::from_min(30.0), quantity::Time::from_min(40.0)];
    assert!(measure(&recording, &short).slice.included);
}

#[test]
fn control_pathways_are_summed_up_apart() {
    let mut recording = slice(key("control", "A1", 1), Shape::default(), 5, ltp(50.0));
    let mut dice = Dice(2);
    let control: Vec<_> = recording
        .sweeps
        .iter()
        .filter(|s| s.phase != Phase::Induction)
        .map(|s| {
            let shape = Shape { slope: 0.18, ..Shape::default() };
            let mut sweep = shape.sweep(s.index + 10_000, s.phase, s.start_s + 10.0, &mut dice);
            sweep.pathway = "S0".to_owned();
            sweep
        })
        .collect();
    // Recorded first, the control pathway still comes second.
    recording.sweeps.splice(0..0, control);
    let measured = measure(&recording, &plan());
    assert_eq!(measured.slice.pathway, "S1");
    assert!((measured.slice.potentiation_percent - 50.0).abs() < 0.3);
    assert_eq!(measured.other_pathways.len(), 1);
    assert!(measured.other_pathways[0].potentiation_percent.abs() < 0.3);
}

#[test]
fn averages_keep_the_artefact_and_show_the_growth() {
    let recording = slice(key("control", "A1", 1), Shape::default(), 5, ltp(60.0));
    let measured = measure(&recording, &plan());
    let depth = |mv: &[f64]| mv[70..].iter().copied().fold(0.0, f64::min);
    let (before, after) = (&measured.before, &measured.after);
    assert_eq!((before.n_sweeps, after.n_sweeps), (30, 31));
    assert!((depth(&before.mv) + 0.75).abs() < 0.01);
    assert!((depth(&after.mv) / depth(&before.mv) - 1.6).abs() < 0.01);
    assert!(before.mv.iter().copied().fold(0.0, f64::max) > 2.0, "artefact");
    assert!(before.time_ms()[50].abs() < 1e-9);
}

#[test]
fn rules_switch_off_and_limits_bind() {
    let shape = Shape { noise: 0.02, slope: 0.1, ..Shape::default() };
    let recording = slice(key("control", "A1", 1), shape, 5, |_| 1.0);
    let mut strict = plan();
    strict.exclude.baseline_cv = Some(percent(1.0));
    let row = measure(&recording, &strict).slice;
    assert!(row.reason.contains("baseline CV"), "{}", row.reason);
    assert!(row.reason.contains("exceeds 1.0 %"), "{}", row.reason);
    let row = measure(&recording, &plan()).slice;
    assert!(row.included, "{}", row.reason);
}

#[test]
fn twenty_seven_thousand_sweeps_take_about_a_second() {
    let shape = Shape { noise: 0.015, ..Shape::default() };
    let recording = slice(key("control", "A1", 1), shape, 5, ltp(50.0));
    let started = std::time::Instant::now();
    let rounds = 20;
    for _ in 0..rounds {
        std::hint::black_box(measure(std::hint::black_box(&recording), &plan()));
    }
    let per_sweep = started.elapsed().as_secs_f64() / f64::from(rounds) / 285.0;
    println!("{:.1} µs a sweep", per_sweep * 1e6);
    // Alone it takes 0.3 s; other work may share the machine.
    assert!(27_000.0 * per_sweep < 3.0, "{} s", 27_000.0 * per_sweep);
}
