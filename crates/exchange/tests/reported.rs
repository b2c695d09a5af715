//! Files that went wrong, each with its right value or its refusal.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod build;

use build::abf1;
use exchange::abf::Abf;
use exchange::{Stated, TraceFile, inspect};
use std::path::{Path, PathBuf};

fn reported(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/reported").join(name)
}

#[test]
fn a_command_of_the_same_electrode_is_a_stimulus_channel() {
    let file = TraceFile::open(&reported("command-same-electrode.nwb")).unwrap();
    assert_eq!((file.sweep_count(), file.channels().len()), (3, 2));
    let stimuli: Vec<bool> = file.channels().iter().map(|channel| channel.stimulus).collect();
    assert_eq!(stimuli, [false, true]);
    let starts: Vec<f64> = (0..3).map(|sweep| file.sweep_start_s(sweep)).collect();
    assert_eq!(starts, [0.0, 20.0, 40.0]);
    let [response, command] = [0, 1].map(|channel| file.statistics(0, channel).unwrap());
    assert!(response.max > 0.003 && command.max < 1e-9);
}

#[test]
fn a_conversion_that_is_no_number_is_refused() {
    let said = TraceFile::open(&reported("nan-conversion.nwb")).unwrap_err().to_string();
    assert!(said.contains("a conversion of NaN: expected a finite number"), "{said}");
    assert!(inspect(&reported("nan-conversion.nwb"), true).is_err());
}

#[test]
fn nwb_1_is_named_with_a_way_out() {
    let said = TraceFile::open(&reported("nwb1.nwb")).unwrap_err().to_string();
    assert!(said.contains("NWB 1") && said.contains("convert it"), "{said}");
}

#[test]
fn a_signal_gain_counts_with_a_conditioner_only() {
    let found = TraceFile::open(&reported("signal-gain-off.abf")).unwrap().statistics(0, 0).unwrap();
    assert!((found.max - 3.998).abs() < 5e-4, "{}", found.max);
}

#[test]
fn a_micro_sign_is_one_in_each_coding() {
    assert_eq!(TraceFile::open(&reported("micro-sign.abf")).unwrap().channels()[0].unit, "uV");
    for unit in [&b"\xc2\xb5V     "[..], b"\xb5V      ", b"\xe6V      ", b"\xce\xbcV     "] {
        let mut image = abf1(true, &[0], 1, &[1, 2, 3]);
        image.put(602, unit);
        assert_eq!(Abf::from_bytes("made.abf", image.0).unwrap().channels()[0].unit, "uV", "{unit:?}");
    }
}

#[test]
fn whole_sweeps_of_a_truncated_file_are_read_on_request() {
    let path = reported("truncated.abf");
    let said = TraceFile::open(&path).unwrap_err().to_string();
    assert!(said.contains("salvage"), "{said}");
    let asked = Stated { salvage: true, ..Stated::default() };
    let file = TraceFile::open_stated(&path, &asked).unwrap();
    assert_eq!(file.sweep_count(), 7);
    assert!(file.remarks().iter().any(|remark| remark.contains("cut off")), "{:?}", file.remarks());
    let mut values = Vec::new();
    for sweep in 0..7 {
        file.read_sweep(sweep, 0, &mut values).unwrap();
        assert_eq!(values.len(), file.sweep_len(0));
    }
    // Cut anywhere behind the first sweep, what is whole is what a whole file has.
    let codes: Vec<i16> = (0..400).collect();
    let image = abf1(true, &[0, 1], 4, &codes);
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut.abf");
    let whole = Abf::from_bytes("whole.abf", image.0.clone()).unwrap();
    for length in (6_144..image.0.len()).step_by(37) {
        std::fs::write(&cut, &image.0[..length]).unwrap();
        let sweeps = (length - 6_144) / 200;
        match Abf::salvage(&cut) {
            Ok(found) => {
                assert_eq!(found.sweep_count(), sweeps);
                for sweep in 0..sweeps {
                    assert_eq!(found.channel(sweep, 1).unwrap(), whole.channel(sweep, 1).unwrap());
                }
            }
            Err(_) => assert_eq!(sweeps, 0, "{length}"),
        }
    }
}
