//! A study of recordings of WinWCP from the proposal to the archive: outcome, date and
//! the words about the animal.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod program;

use exchange::nwb;
use program::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Sweeps before and after induction, and samples of each at 20 kHz.
const SWEEPS: [u32; 2] = [20, 40];
const POINTS: u32 = 1024;

fn schaffer(words: &[&str]) {
    Command::new(env!("CARGO_BIN_EXE_schaffer")).args(words).assert().success();
}

/// Noise that is the same on every machine, −0.5 to 0.5.
fn noise(seed: u64) -> f64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
}

/// An artefact 5 ms after the first sample and a response of that size 2 ms later.
fn sample(gain: f64, point: u32, seed: u64) -> f64 {
    let ms = f64::from(point) / 20.0 - 5.0;
    let artefact = match ms {
        0.0..0.15 => 3.0,
        0.15..0.3 => -2.0,
        _ => 0.0,
    };
    let response = if ms > 2.0 { -gain * ((-(ms - 2.0) / 8.0).exp() - (-(ms - 2.0) / 2.0).exp()) } else { 0.0 };
    artefact + response + 0.02 * noise(seed)
}

/// A file of WinWCP: a sweep every 30 s, a pause of 2 min for the induction, then
/// responses of `gain` times the size.
fn wcp(path: &Path, day: usize, gain: f64, (unit, factor): (&str, f64)) {
    let records = SWEEPS[0] + SWEEPS[1];
    let header = format!(
        "VER=9\r\nRTIME={day:02}/02/2025 09:12:33\r\nADCMAX=32767\r\nNC=1\r\nNBA=2\r\nNBD=4\r\nNR={records}\r\n\
         DT=5E-005\r\nYO0=0\r\nYU0={unit}\r\nYN0=Response\r\nYG0={}\r\n",
        1.0 / factor
    );
    let mut bytes = header.into_bytes();
    bytes.resize(1024, 0);
    for record in 0..records {
        let after = record >= SWEEPS[0];
        let start_s = f32::from(u8::try_from(record).unwrap()) * 30.0 + if after { 90.0 } else { 0.0 };
        let at = bytes.len();
        bytes.extend(b"ACCEPTEDTEST");
        for number in [1.0, start_s, 5e-5, 5.0] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.resize(at + 1024, 0);
        for point in 0..POINTS {
            let seed = u64::from(record * POINTS + point) + 1_000_000 * day as u64;
            let code = (sample(if after { gain } else { 1.0 }, point, seed) * 32767.0 / 5.0).round() as i16;
            bytes.extend(code.to_le_bytes());
        }
    }
    fs::write(path, bytes).unwrap();
}

/// Four slices, two of each condition: +60 % and +20 %; analysed and exported.
fn study(folder: &Path, name: &str, unit: (&str, f64)) -> std::path::PathBuf {
    let home = folder.join(name);
    fs::create_dir(&home).unwrap();
    for (place, condition) in ["control", "drug", "control", "drug"].into_iter().enumerate() {
        let gain = if condition == "control" { 1.6 } else { 1.2 };
        wcp(&home.join(format!("{condition}_m{}_s1.wcp", place + 1)), place + 1, gain, unit);
    }
    let (home, results) = (home.display().to_string(), folder.join(format!("{name}-results")));
    schaffer(&["init", &home]);
    let file = format!("{home}/study.toml");
    let words = "[preparation]\nspecies = \"C57BL/6J mice\"\nage = \"P42\"\nsex = \"male\"\nholding = \"-70 mV\"\n";
    fs::write(&file, fs::read_to_string(&file).unwrap().replacen("[preparation]\n", words, 1)).unwrap();
    schaffer(&["analyse", &file, "--out", &results.display().to_string()]);
    results
}

/// A text of an NWB file.
fn text(value: &nwb::Value) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn contrast(results: &Path) -> f64 {
    let findings: Value = serde_json::from_str(&fs::read_to_string(results.join("findings.json")).unwrap()).unwrap();
    let contrasts = findings["contrasts"].as_array().unwrap();
    contrasts[0]["estimate"].as_f64().unwrap()
}

#[test]
fn field_potentials_of_winwcp() {
    let folder = tempfile::tempdir().unwrap();
    let results = study(folder.path(), "fields", ("mV", 1.0));
    let points = contrast(&results);
    assert!((points + 40.0).abs() < 4.0, "drug − control: {points} points for −40");
    let out = folder.path().join("nwb");
    schaffer(&["export", "nwb", &results.display().to_string(), "--out", &out.display().to_string()]);
    let objects = nwb::objects(&out.join("induction/control/m3-s1.nwb")).unwrap();
    let said = |path: &str| text(objects[path].first.as_ref().unwrap());
    // The recording's own date, not that of the export; the words in the forms of archives.
    assert!(said("/session_start_time").starts_with("2025-02-03T09:12:33"), "{}", said("/session_start_time"));
    assert_eq!(said("/general/subject/age"), "P42D");
    assert_eq!(said("/general/subject/species"), "Mus musculus");
    assert_eq!(said("/general/subject/sex"), "M");
    assert!(objects.contains_key("/acquisition/ElectricalSeriesFEPSP/data"));
}

#[test]
fn currents_of_winwcp_are_a_voltage_clamp_series() {
    let folder = tempfile::tempdir().unwrap();
    let results = study(folder.path(), "currents", ("pA", 100.0));
    let points = contrast(&results);
    assert!((points + 40.0).abs() < 4.0, "drug − control: {points} points for −40");
    let out = folder.path().join("nwb");
    schaffer(&["export", "nwb", &results.display().to_string(), "--out", &out.display().to_string()]);
    let objects = nwb::objects(&out.join("induction/drug/m2-s1.nwb")).unwrap();
    let series = &objects["/acquisition/VoltageClampSeries"];
    assert!(text(&series.attrs["stimulus_description"]).ends_with("holding: -70 mV"));
    let data = &objects["/acquisition/VoltageClampSeries/data"];
    assert_eq!(text(&data.attrs["unit"]), "amperes");
    let cell = &objects["/general/intracellular_ephys/patch_electrode/cell_id"].first;
    assert_eq!(text(cell.as_ref().unwrap()), "drug-m2-s1");
    let measured = objects["/processing/icephys/epsc_measures/epsc_amplitude"].values.as_ref().unwrap();
    // Responses of some 50 pA.
    assert!(measured.mean > 3e-11 && measured.mean < 9e-11, "{}", measured.mean);
}

#[test]
fn lint_names_what_is_not_read() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exchange/tests/golden/rigs/bundle.dat");
    let finished = Command::new(env!("CARGO_BIN_EXE_schaffer")).arg("lint").arg("--json").arg(file).assert();
    let faults: Vec<Value> = serde_json::from_slice(&finished.get_output().stdout).unwrap();
    let left_out = faults.iter().find(|fault| fault["rule"] == "left-out").unwrap();
    assert!(left_out["found"].as_str().unwrap().contains("1 of 4 sweeps are left out"), "{left_out}");
}
