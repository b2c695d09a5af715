//! NWB files of many layouts against what h5py and NumPy read from them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::{ExchangeError, TraceFile, nwb};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/nwb").join(name)
}

fn open(name: &str) -> TraceFile {
    TraceFile::open(&golden(name)).unwrap_or_else(|error| panic!("{error}"))
}

fn near(found: f64, known: f64) -> bool {
    (found - known).abs() <= 1e-12 * known.abs().max(1e-300)
}

fn channels(file: &TraceFile) -> Vec<(&str, &str)> {
    file.channels().iter().map(|channel| (channel.name.as_str(), channel.unit.as_str())).collect()
}

fn starts(file: &TraceFile) -> Vec<f64> {
    (0..file.sweep_count()).map(|sweep| file.sweep_start_s(sweep)).collect()
}

#[test]
fn every_data_set_of_every_file() {
    let truth: Value = serde_json::from_str(&fs::read_to_string(golden("truth.json")).unwrap()).unwrap();
    let mut compared = 0;
    for (name, known) in truth.as_object().unwrap() {
        let objects = nwb::objects(&golden(name)).unwrap();
        for (path, known) in known.as_object().unwrap() {
            let found = &objects[path];
            let shape: Vec<u64> = serde_json::from_value(known["shape"].clone()).unwrap();
            assert_eq!(found.shape.as_ref(), Some(&shape), "{name}{path}");
            let Some(dtype) = known.get("dtype") else { continue };
            assert_eq!(found.dtype.as_deref(), dtype.as_str(), "{name}{path}");
            let values = found.values.as_ref().unwrap();
            assert_eq!(Some(values.n), known["n"].as_u64(), "{name}{path}");
            let numbers = [values.mean, values.sd, values.min, values.max];
            for (key, found) in ["mean", "sd", "min", "max"].into_iter().zip(numbers) {
                let known = known[key].as_f64().unwrap();
                assert!((found - known).abs() <= 1e-12 * known.abs().max(1e-9), "{name}{path} {key}: {found}, {known}");
            }
            for (key, found) in [("first5", &values.first5), ("last5", &values.last5)] {
                let known: Vec<f64> = serde_json::from_value(known[key].clone()).unwrap();
                assert_eq!(found, &known, "{name}{path} {key}");
            }
            compared += 1;
        }
    }
    assert!(compared > 80, "{compared}");
}

/// conversion 1e-7, channel_conversion 1, 2, 4 and offset 1e-5 in the file.
#[test]
fn one_series_of_three_channels_with_trials() {
    for name in ["field_rate.nwb", "latest.nwb"] {
        let (file, objects) = (open(name), nwb::objects(&golden(name)).unwrap());
        assert_eq!((file.format(), file.version(), file.rate_hz()), ("NWB", "2.11.0", 10_000.0));
        assert_eq!(file.started(), Some("2024-03-01T09:30:00+01:00"));
        assert_eq!(file.protocol(), Some("P-field_rate"));
        assert_eq!(channels(&file), [("es[0]", "V"), ("es[1]", "V"), ("es[2]", "V")]);
        assert_eq!((starts(&file), file.sweep_len(0)), (vec![5.0], 2000));
        let stored = objects["/acquisition/es/data"].values.as_ref().unwrap();
        let mut trace = Vec::new();
        for (channel, factor) in [1e-7, 2e-7, 4e-7].into_iter().enumerate() {
            file.read_sweep(0, channel, &mut trace).unwrap();
            assert!(near(trace[0], stored.first5[channel] * factor + 1e-5));
            assert_eq!(trace.len(), 2000);
        }
        let found: Vec<f64> = file.note(0).unwrap().stimulus_ms.iter().map(|time| time.round()).collect();
        assert_eq!(found, [10.0, 60.0, 110.0, 160.0]);
    }
}

#[test]
fn series_that_differ_by_a_number_are_sweeps() {
    let file = open("field_sweeps.nwb");
    assert_eq!(channels(&file), [("sweep[0]", "V"), ("sweep[1]", "V")]);
    // By the clock of the file, not by the alphabet.
    assert_eq!(starts(&file), (0..12).map(|k| 30.0 * f64::from(k)).collect::<Vec<_>>());
    assert_eq!(file.note(10).unwrap().name.as_deref(), Some("sweep_10"));
}

#[test]
fn gaps_between_timestamps_part_the_sweeps() {
    let file = open("gaps.nwb");
    assert_eq!((channels(&file), file.rate_hz(), file.sweep_len(5)), (vec![("fepsp", "mV")], 10_000.0, 50));
    assert_eq!(starts(&file), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
    let phases: Vec<_> = (0..6).filter_map(|sweep| file.note(sweep)?.phase.clone()).collect();
    assert_eq!(phases, ["baseline", "baseline", "baseline", "follow_up", "follow_up", "follow_up"]);
    let tags: Vec<_> = file.tags().iter().map(|tag| (tag.time_s, tag.text.as_str())).collect();
    assert_eq!(tags, [(0.0, "start"), (60.0, "HFS")]);
}

#[test]
fn two_pipettes_are_two_channels_of_the_same_sweeps() {
    let file = open("whole_cell.nwb");
    // What was recorded first, then what was sent to the pipettes.
    assert_eq!(channels(&file), [("pipette0", "V"), ("pipette1", "A"), ("pipette0", "A"), ("pipette1", "V")]);
    let sent: Vec<bool> = file.channels().iter().map(|channel| channel.stimulus).collect();
    assert_eq!(sent, [false, false, true, true]);
    assert_eq!((starts(&file), file.holding()), (vec![0.0, 10.0, 20.0], &[Some(1e-11), None, None, None][..]));
    let objects = nwb::objects(&golden("whole_cell.nwb")).unwrap();
    for (sweep, name) in ["stim_0_0", "stim_1_0", "stim_2_0"].into_iter().enumerate() {
        let stored = objects[&format!("/stimulus/presentation/{name}/data")].values.as_ref().unwrap();
        let mut current = Vec::new();
        file.read_sweep(sweep, 2, &mut current).unwrap();
        assert_eq!(current.len(), 100);
        assert!(near(current[0], stored.first5[0] * 1e-12), "{name}");
        assert!(file.has(sweep, 3));
    }
    let phases: Vec<_> = (0..3).filter_map(|sweep| file.note(sweep)?.phase.clone()).collect();
    assert_eq!(phases, ["a", "b", "c"]);
    assert!(file.has(2, 1) && file.statistics(2, 1).unwrap().max < 1e-8);
}

#[test]
fn series_of_the_processing_folder_if_nothing_was_acquired() {
    let file = open("lfp.nwb");
    assert_eq!((file.rate_hz(), file.channels().len(), file.sweep_len(0)), (1000.0, 3, 500));
}

#[test]
fn links_that_lead_nowhere_or_in_circles_do_no_harm() {
    let file = open("links.nwb");
    assert_eq!((channels(&file), starts(&file)), (vec![("a", "V"), ("b", "V")], vec![0.0, 100.0]));
    assert!(file.has(0, 0) && !file.has(0, 1));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    file.read_sweep(0, 0, &mut a).unwrap();
    file.read_sweep(1, 1, &mut b).unwrap();
    assert_eq!(a, b);
    assert!(matches!(file.read_sweep(0, 1, &mut a), Err(ExchangeError::NotRecorded { sweep: 0, channel: 1, .. })));
}

#[test]
fn texts_of_fixed_length_behind_a_user_block() {
    let file = open("matlab.nwb");
    assert_eq!((file.version(), file.started()), ("2.6.0", Some("2020-01-02T03:04:05+00:00")));
    assert_eq!((channels(&file), starts(&file)), (vec![("e0", "A")], vec![0.0, 3.0, 6.0]));
}

#[test]
fn faults_name_the_file_the_place_and_the_expectation() {
    let folder = tempfile::tempdir().unwrap();
    let said = |bytes: &[u8]| {
        let path = folder.path().join("odd.abf");
        fs::write(&path, bytes).unwrap();
        TraceFile::open(&path).unwrap_err().to_string()
    };
    let whole = fs::read(golden("gaps.nwb")).unwrap();
    let cut = said(&whole[..whole.len() / 2]);
    assert!(cut.contains("odd.abf: byte 40: the end of the file is 37616: expected an end within the 18808"), "{cut}");
    assert!(said(&whole[..12]).contains("odd.abf"));
    let mut lying = whole.clone();
    lying[40..48].copy_from_slice(&u64::MAX.to_le_bytes());
    assert!(said(&lying).contains("byte 40"), "{}", said(&lying));
    // HDF5, but not NWB.
    let mut plain = whole;
    let name = b"nwb_version";
    let at = plain.windows(name.len()).position(|part| part == name).unwrap();
    plain[at] = b'x';
    assert!(said(&plain).contains("no attribute \"nwb_version\": expected an NWB file"), "{}", said(&plain));
}
