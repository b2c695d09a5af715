//! Jobs on a study of a few made-up time courses: analysed, refused, fitted.

mod bench;

use bench::{files, setting, word};
use experiment::RunError;
use laboratory::{Event, FitRequest, LaboratoryError, Setting, StudyRequest};
use results::{Entry, FolderError, Mode};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use study::StudyError;
use tempfile::TempDir;
use validation::fit::FitOptions;

/// What the study says of its fit.
const FIT: &str = "[fit]\nparameters = [\"rule.weight_ratio\"]\nanimals = 2\n[fit.protocol]\n\
                   induction = \"hfs-1x100\"\nwash_in = \"0 s\"\n";

/// Writes two groups of three slices, and the study of them.
fn study(folder: &Path, rest: &str) -> PathBuf {
    let mut text = String::from(
        "format = 1\nname = \"made-up\"\ndesign = \"within-animal\"\n[analysis]\nreference_window = \"2 min\"\nwindow = [\"4 min\", \"6 min\"]\n\
         exclude = { baseline_drift = \"off\", volley_change = \"off\" }\n[report]\nformats = [\"svg\"]\n",
    );
    for (condition, percent) in [("control", 140.0), ("D-APV", 102.0)] {
        let mut table = String::from("time_min,a,b,c\n");
        for minute in -2..6 {
            let spread = [-0.5, 0.25, 0.5].map(|part| if minute < 0 { 100.0 + part } else { percent + 8.0 * part });
            writeln!(table, "{minute},{},{},{}", spread[0], spread[1], spread[2]).expect("text");
        }
        fs::write(folder.join(format!("{condition}.csv")), table).expect("written");
        writeln!(text, "[[condition]]\nname = \"{condition}\"").expect("text");
        if condition != "control" {
            text += "bath = [{ compound = \"D-APV\", concentration = \"50 uM\" }]\n";
        }
        let unit = "unit = \"% of baseline\"";
        writeln!(text, "[[table]]\nfile = \"{condition}.csv\"\ncondition = \"{condition}\"\n{unit}").expect("text");
    }
    let path = folder.join("study.toml");
    fs::write(&path, text + rest).expect("written");
    path
}

#[test]
fn a_study_becomes_findings_and_a_report_and_is_not_replaced_unasked() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("out");
    let request = StudyRequest {
        study: study(folder.path(), ""),
        out: Some(out.clone()),
        overwrite: false,
        key: None,
        blinded: None,
    };
    let told = Mutex::new(Vec::new());
    let listening = |event: Event<'_>| told.lock().expect("words").push(word(&event));
    let finished = laboratory::analyse_study(&request, &setting(2), &listening).expect("findings");
    let step = "step".to_owned();
    let mut stages = told.lock().expect("words").clone();
    assert_eq!(stages.iter().filter(|word| **word == step).count(), 12, "six slices and six drawings: {stages:?}");
    stages.retain(|word| *word != step);
    assert_eq!(stages, ["Begun(Measure)", "6 slices", "Compare", "Begun(Draw)", "6 drawings", "Draw"]);
    assert_eq!(finished.findings.contrasts.len(), 1);
    assert_eq!((&finished.out, &finished.report), (&out, &Entry::Report.within(&out)));
    let again = laboratory::analyse_study(&request, &setting(2), &listening);
    let Err(LaboratoryError::Study(StudyError::Folder(FolderError::Exists { .. }))) = again else {
        panic!("{again:?}")
    };
    let before = files(&out);
    laboratory::analyse_study(&StudyRequest { overwrite: true, ..request }, &setting(1), &listening).expect("findings");
    assert!(before == files(&out), "the same study has other bytes");
}

#[test]
fn a_fit_that_is_stopped_and_resumed_leaves_the_same_bytes() {
    let folder = TempDir::new().expect("a folder");
    let request = |out: &str, mode| FitRequest {
        study: study(folder.path(), FIT),
        records: None,
        out: Some(folder.path().join(out)),
        mode,
        animals: None,
        options: FitOptions { evaluations: 5, draws: 2, seed: 1 },
    };
    let told = Mutex::new(Vec::new());
    let listening = |event: Event<'_>| told.lock().expect("words").push(word(&event));
    let whole = laboratory::fit(&request("whole", Mode::Fresh), &setting(2), &listening).expect("a fit");
    let mut stages = told.into_inner().expect("words");
    stages.retain(|word| word != "slice" && word != "simulated" && word != "step");
    let simulations = "Fit { simulations: 9 }";
    let before = ["Begun(Measure)", "6 slices", "Compare", simulations, "Fit", "4 slices, 0 kept", "Record"];
    let after = ["Begun(Measure)", "4 slices", "Compare", "Begun(Draw)", "9 drawings", "Draw"];
    assert_eq!(stages, [&before[..], &after[..]].concat());
    assert!(whole.fitted.is_file() && whole.report.is_file());

    let stop = AtomicBool::new(false);
    let stopping = |event: Event<'_>| {
        if let Event::Recording(experiment::RunEvent::SliceDone(_)) = event {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let setting_stopped = Setting { interrupted: &stop, ..setting(1) };
    let stopped = laboratory::fit(&request("stopped", Mode::Fresh), &setting_stopped, &stopping);
    assert!(matches!(stopped, Err(LaboratoryError::Run(RunError::Interrupted { .. }))), "{stopped:?}");
    let again = laboratory::fit(&request("stopped", Mode::Fresh), &setting(2), &|_| ());
    assert!(matches!(again, Err(LaboratoryError::Folder(FolderError::Exists { resumable: true, .. }))), "{again:?}");
    laboratory::fit(&request("stopped", Mode::Resume), &setting(2), &|_| ()).expect("the rest of the fit");
    let [whole, resumed] = ["whole", "stopped"].map(|name| files(&folder.path().join(name)));
    assert!(whole.keys().eq(resumed.keys()));
    for (name, bytes) in &whole {
        assert!(resumed.get(name) == Some(bytes), "{} differs", name.display());
    }
}

#[test]
fn studies_that_cannot_be_fitted_are_told_apart() {
    let folder = TempDir::new().expect("a folder");
    let told = |rest: &str| {
        let request = FitRequest {
            study: study(folder.path(), rest),
            records: None,
            out: Some(folder.path().join("fit")),
            mode: Mode::Fresh,
            animals: None,
            options: FitOptions { evaluations: 5, draws: 2, seed: 1 },
        };
        laboratory::fit(&request, &setting(1), &|_| ()).map(drop)
    };
    let none = told("");
    assert!(matches!(none, Err(LaboratoryError::NoFit(_))), "{none:?}");
    let blinded = told(&format!("[blinding]\nkey_holder = \"x\"\n{FIT}"));
    assert!(matches!(blinded, Err(LaboratoryError::Blinded(_))), "{blinded:?}");
    let unknown = told(&FIT.replace("weight_ratio", "weight"));
    assert!(matches!(unknown, Err(LaboratoryError::FitParameter { .. })), "{unknown:?}");
    assert!(!folder.path().join("fit").exists());
}
