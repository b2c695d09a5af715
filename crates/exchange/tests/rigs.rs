//! Files of other recording programs against what other readers make of them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::{ExchangeError, Stated, TraceFile};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/rigs").join(name)
}

fn open(name: &str) -> TraceFile {
    TraceFile::open(&golden(name)).unwrap_or_else(|error| panic!("{error}"))
}

fn truth() -> Value {
    serde_json::from_str(&fs::read_to_string(golden("truth.json")).unwrap()).unwrap()
}

/// Equal to 2e-7 of the size: scale factors are stored in 32 bits, and read as the
/// shortest decimal with those bits.
fn near(what: &str, found: f64, known: f64, size: f64) {
    assert!((found - known).abs() <= 2e-7 * size.max(known.abs()), "{what}: {found}, {known}");
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

/// Compares every channel of every sweep.
fn compare(name: &str, file: &TraceFile, known: &Value) {
    let sweeps = known["sweeps"].as_array().unwrap();
    assert_eq!(file.sweep_count(), sweeps.len(), "{name}");
    for (sweep, channels) in sweeps.iter().enumerate() {
        for (channel, known) in channels.as_array().unwrap().iter().enumerate() {
            let what = format!("{name}, sweep {sweep}, channel {channel}");
            let found = file.statistics(sweep, channel).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(Some(found.n), known["n"].as_u64(), "{what}");
            let size = found.max.abs().max(found.min.abs());
            near(&what, found.mean, known["mean"].as_f64().unwrap(), size);
            near(&what, found.sd, known["sd"].as_f64().unwrap(), size);
            for (found, known) in [(&found.first5, &known["first5"]), (&found.last5, &known["last5"])] {
                for (found, known) in found.iter().zip(numbers(known)) {
                    near(&what, *found, known, size);
                }
            }
        }
    }
}

#[test]
fn every_file_as_other_readers_have_it() {
    let mut compared = 0;
    for (name, known) in truth().as_object().unwrap() {
        let Some(rate_hz) = known["rate_hz"].as_f64() else { continue };
        let file = open(name);
        assert!((file.rate_hz() - rate_hz).abs() <= 1e-6 * rate_hz, "{name}: {} Hz", file.rate_hz());
        let channels: Vec<(&str, &str)> = file.channels().iter().map(|c| (c.name.as_str(), c.unit.as_str())).collect();
        let listed: Vec<(String, String)> = serde_json::from_value(known["channels"].clone()).unwrap();
        assert_eq!(channels.len(), listed.len(), "{name}");
        for (found, known) in channels.iter().zip(&listed) {
            assert_eq!(*found, (known.0.as_str(), known.1.as_str()), "{name}");
        }
        if let Some(started) = known["started"].as_str() {
            assert_eq!(file.started(), Some(started), "{name}");
        }
        if known["starts_s"].is_array() {
            let starts: Vec<f64> = (0..file.sweep_count()).map(|sweep| file.sweep_start_s(sweep)).collect();
            for (found, known) in starts.iter().zip(numbers(&known["starts_s"])) {
                near(name, *found, known, 1e-3);
            }
        } else if file.sweep_count() > 1 {
            assert!(file.remarks().iter().any(|remark| remark.contains("back to back")), "{name}");
        }
        compare(name, &file, known);
        compared += 1;
    }
    assert!(compared >= 14, "{compared}");
}

/// Waves of every version and byte order that no acquisition wrote: their rows have no
/// unit of time until the user states a rate.
#[test]
fn waves_without_a_unit_of_time_ask_for_a_rate() {
    let stated = Stated { rate_hz: Some(1000.0), ..Stated::default() };
    for (name, known) in truth().as_object().unwrap() {
        if !known["rate_hz"].is_null() || known["sweeps"].is_null() {
            continue;
        }
        let error = TraceFile::open(&golden(name)).unwrap_err();
        assert!(matches!(error, ExchangeError::Unstated { .. }), "{error}");
        assert!(error.to_string().contains("SetScale"), "{error}");
        let file = TraceFile::open_stated(&golden(name), &stated).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(file.rate_hz(), 1000.0);
        compare(name, &file, known);
    }
}

/// A packed experiment of Igor Pro itself: every wave of numbers is in it.
#[test]
fn a_packed_experiment_of_igor_pro() {
    let stated = Stated { rate_hz: Some(1000.0), ..Stated::default() };
    let known = &truth()["polar-graphs-demo.pxp"]["waves"];
    let file = TraceFile::open_stated(&golden("polar-graphs-demo.pxp"), &stated).unwrap();
    let mut found = 0;
    for sweep in 0..file.sweep_count() {
        for channel in (0..file.channels().len()).filter(|&channel| file.has(sweep, channel)) {
            let name = &file.channels()[channel].name;
            let of_that_name = known.as_object().unwrap().iter().filter(|(wave, _)| wave.starts_with(name.as_str()));
            let statistics = file.statistics(sweep, channel).unwrap();
            let same = |(_, known): &(&String, &Value)| {
                (statistics.mean - known["mean"].as_f64().unwrap()).abs() < 1e-9
                    && Some(statistics.n) == known["n"].as_u64()
            };
            assert!(of_that_name.filter(same).count() > 0, "{name}");
            found += 1;
        }
    }
    assert_eq!(found, known.as_object().unwrap().len());
}

#[test]
fn what_is_no_sweep_is_refused_in_words() {
    for (name, words) in [
        ("mac-textWave.ibw", "real numbers"),
        ("mac-version3Dependent.ibw", "an end within the first 150 bytes"),
        ("mac-zeroPointWave.ibw", "rate in Hz"),
    ] {
        let error = TraceFile::open(&golden(name)).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains(words), "{error}");
    }
}

#[test]
fn rejected_records_and_other_rates_are_told() {
    assert!(
        open("two_channels.wcp").left_out().iter().any(|remark| remark.contains("rejected") && remark.ends_with(": 2"))
    );
    let bundle = open("bundle.dat");
    assert!(bundle.left_out().iter().any(|remark| remark.contains("1 of 4 sweeps are left out")));
    assert!(bundle.remarks().iter().any(|remark| remark.contains("E-1 / LTP base (3), E-1 / seal (1)")));
    assert_eq!(bundle.note(0).and_then(|note| note.name.as_deref()), Some("E-1 / LTP base"));
}

/// Every file cut anywhere: an error that names the file, or fewer samples, never a
/// panic, and never a sweep that reaches beyond the end.
#[test]
fn cut_files_say_where_they_end() {
    let folder = tempfile::tempdir().unwrap();
    for name in truth().as_object().unwrap().keys() {
        let whole = fs::read(golden(name)).unwrap();
        let path = folder.path().join(name);
        for parts in 0..40 {
            let length = whole.len() * parts / 40;
            fs::write(&path, &whole[..length]).unwrap();
            let stated = Stated { rate_hz: Some(1000.0), ..Stated::default() };
            match TraceFile::open_stated(&path, &stated) {
                Ok(file) => {
                    for sweep in 0..file.sweep_count() {
                        for channel in (0..file.channels().len()).filter(|&channel| file.has(sweep, channel)) {
                            file.statistics(sweep, channel).unwrap();
                        }
                    }
                }
                Err(error) => assert!(error.to_string().contains(name.as_str()), "{error}"),
            }
        }
    }
}

/// Formats that are not read say how they can be.
#[test]
fn other_formats_name_the_command() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content, words) in [
        ("day 3.smrx", &b"\x00\x01S64"[..], "python -m schaffer.neo '"),
        ("x.smr", b"\x09\0(C) CED 87\0\0", "python -m schaffer.neo "),
        ("x.SMR", b"\x05\0\0\0", "pip install ./crates/exchange/bridge"),
        ("x.modat", b"\x00\x01\x02", "as CSV from Mobius"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let error = TraceFile::open(&path).unwrap_err();
        assert!(matches!(error, ExchangeError::NotRead { .. }), "{error}");
        assert!(error.to_string().contains(words) && error.to_string().contains(name), "{error}");
    }
    // A name alone makes no file of Spike2: a table is read as a table.
    let path = folder.path().join("table.smr");
    fs::write(&path, "time_ms,a_mV\n0,1\n0.1,2\n").unwrap();
    assert_eq!(TraceFile::open(&path).unwrap().format(), "CSV");
}
