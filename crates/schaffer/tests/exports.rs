//! Exports of a small experiment, read back.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod program;

use exchange::{TraceFile, nwb};
use program::Command;
use recording::table::Table;
use results::Results;
use std::fs;
use std::path::Path;

fn schaffer() -> Command {
    Command::new(env!("CARGO_BIN_EXE_schaffer"))
}

/// A small experiment, run once for all checks of this file: a run takes a second.
fn results(folder: &Path) -> std::path::PathBuf {
    let results = folder.join("quick");
    let experiment = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments/quick.toml");
    schaffer().arg("run").arg(experiment).arg("--out").arg(&results).arg("--quiet").assert().success();
    results
}

#[test]
fn every_shape_of_a_small_experiment() {
    let folder = tempfile::tempdir().unwrap();
    let results = results(folder.path());
    slices_as_nwb(&results, folder.path());
    tables(&results, folder.path());
    refusals(folder.path());
}

fn export(shape: &str, results: &Path, out: &Path) {
    schaffer().args(["export", shape]).arg(results).arg("--out").arg(out).assert().success();
}

fn slices_as_nwb(results: &Path, folder: &Path) {
    let (out, again) = (folder.join("nwb"), folder.join("again"));
    export("nwb", results, &out);
    export("nwb", results, &again);
    let mut trace = Vec::new();
    for stored in Results::open(results).unwrap().slices().unwrap() {
        let within = stored.folder.strip_prefix(results.join("recordings")).unwrap();
        let path = |out: &Path| out.join(format!("{}.nwb", within.display()));
        // Nothing but the results is in the file: no clock, no host.
        assert_eq!(fs::read(path(&out)).unwrap(), fs::read(path(&again)).unwrap());
        let (slice, file) = (stored.read().unwrap(), TraceFile::open(&path(&out)).unwrap());
        assert_eq!((file.format(), file.sweep_count()), ("NWB", slice.sweeps.len()));
        assert_eq!((file.channels()[0].unit.as_str(), file.rate_hz()), ("V", slice.sweeps[0].rate_hz));
        for (place, sweep) in slice.sweeps.iter().enumerate() {
            file.read_sweep(place, 0, &mut trace).unwrap();
            assert_eq!(trace.len(), sweep.samples.len());
            for (found, known) in trace.iter().zip(sweep.values()) {
                assert!((found * 1e3 - known).abs() <= 1e-9 * known.abs().max(1.0), "{found} V for {known} mV");
            }
            assert!((file.sweep_start_s(place) - (sweep.start_s - slice.sweeps[0].start_s.min(0.0))).abs() < 1e-9);
            let note = file.note(place).unwrap();
            assert_eq!(note.pathway.as_deref(), Some(sweep.pathway.as_str()));
            assert_eq!(note.phase.as_deref(), Some(sweep.phase.name()));
            assert_eq!(note.condition.as_deref(), Some(stored.key.condition.as_str()));
            assert!((note.stimulus_ms[0] - sweep.stimulus_ms[0]).abs() < 1e-6);
        }
        let objects = nwb::objects(&path(&out)).unwrap();
        let said = |path: &str| serde_json::to_string(&objects[path].first).unwrap();
        assert!(said("/general/subject/description").contains("no animal was used"));
        assert!(said("/general/experiment_description").contains("SIMULATED DATA"));
        let measured = objects["/processing/ecephys/fepsp_measures/fepsp_slope"].values.as_ref().unwrap();
        assert!(measured.n > 70 && measured.mean > 0.0);
    }
}

fn tables(results: &Path, folder: &Path) {
    for shape in ["csv", "parquet", "xlsx"] {
        export(shape, results, &folder.join(shape));
    }
    let known = Table::read_csv(&results.join("slices.csv")).unwrap();
    assert_eq!(Table::read_csv(&folder.join("csv/slices.csv")).unwrap(), known);
    assert_eq!(Table::read_parquet(&folder.join("parquet/slices.parquet")).unwrap(), known);
    let figures = |out: &str| fs::read_dir(folder.join(out)).unwrap().count();
    assert!(figures("csv") > 8 && figures("csv") == figures("parquet"));
    let workbook = fs::read(folder.join("xlsx/tables.xlsx")).unwrap();
    assert!(workbook.starts_with(b"PK"));
    export("xlsx", results, &folder.join("xlsx-again"));
    assert_eq!(fs::read(folder.join("xlsx-again/tables.xlsx")).unwrap(), workbook);
}

fn refusals(folder: &Path) {
    schaffer().args(["export", "nwb"]).arg(folder.join("absent")).assert().code(66);
    let empty = folder.join("empty");
    fs::create_dir(&empty).unwrap();
    for shape in ["nwb", "xlsx", "csv", "parquet"] {
        let refused = schaffer().args(["export", shape]).arg(&empty).assert().code(65);
        let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(said.contains("manifest.toml"), "{said}");
    }
}
