//! Slices in small.
#![allow(dead_code, reason = "each test file uses a part")]

use recording::{Event, Exposure, Origin, Phase, SliceKey, SliceRecording, Stamp, Sweep};

pub fn stamp() -> Stamp {
    Stamp { origin: Origin::Simulated, plan_sha256: "0".repeat(64), seed: 20_261_121 }
}

pub fn key(induction: &str, condition: &str, animal: &str, slice: u32) -> SliceKey {
    let (induction, condition) = (induction.to_owned(), condition.to_owned());
    SliceKey { induction, condition, animal: animal.to_owned(), slice }
}

/// A slice of `sweeps` sweeps of `length` samples of noise around a response.
pub fn recording(key: SliceKey, sweeps: u32, length: usize) -> SliceRecording {
    let mut state = 1_u32;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // About ±25 µV, triangular, in codes of 0.3 µV.
        ((state >> 25) as i16) + ((state >> 18 & 127) as i16) - 127
    };
    let sweep = |index: u32| Sweep {
        index,
        pathway: String::from(if index.is_multiple_of(2) { "S1" } else { "S2" }),
        phase: Phase::ALL[(index * 4 / sweeps.max(1)) as usize],
        start_s: f64::from(index) * 20.0 + 0.1,
        stimulus_ms: (0..=index % 3).map(|pulse| 5.0 + f64::from(pulse) / 3.0).collect(),
        rate_hz: 10_000.0,
        scale: 10.0 / 32_768.0,
        offset: -0.012_5,
        samples: Vec::new(),
    };
    let mut sweeps: Vec<_> = (0..sweeps).map(sweep).collect();
    for sweep in &mut sweeps {
        let response = |k: usize| (-2000.0 * (-((k as f64 - 120.0) / 40.0).powi(2)).exp()) as i16;
        sweep.samples = (0..length).map(|k| response(k) + noise()).collect();
    }
    SliceRecording {
        key,
        induction_s: Some(2100.0),
        drug_on_s: Some(1200.0),
        sweeps,
        events: vec![Event { time_s: 2100.0, what: String::from("induction: \"hfs\" µ") }],
        exposure: vec![Exposure {
            compound: String::from("isopregnanolone"),
            time_s: vec![0.0, 1200.0, 1260.1],
            tissue_um: vec![0.0, 0.0, 0.1 + 0.2],
        }],
    }
}
