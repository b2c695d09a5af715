//! Jobs on an experiment small enough for seconds: what they tell, when they stop, and
//! what they leave on disk.

mod bench;

use analysis::power::PowerQuestion;
use bench::{files, setting, word};
use experiment::{RunError, RunEvent};
use laboratory::{
    Event, LaboratoryError, PatchRequest, PowerRequest, PowerSource, Reanalysed, RunFinished, RunRequest,
    SensitivityRequest, Setting, StudyRequest,
};
use report::RenderOptions;
use results::{Entry, FolderError, Mode};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;
use validation::sensitivity::Method;

/// A report as the plan has it, on one thread.
fn drawn(beside: Option<&Path>) -> RenderOptions {
    RenderOptions { beside: beside.map(Path::to_path_buf), threads: 1, ..RenderOptions::default() }
}

const EXPERIMENT: &str = r#"
format = 1
name = "small"
seed = 3
[protocol]
baseline = "2 min"
wash_in = "0 s"
follow_up = "6 min"
induction = "hfs-1x100"
[[condition]]
name = "control"
[[condition]]
name = "APV"
bath = [{ compound = "D-APV", concentration = "50 uM" }]
[prediction]
draws = 8
[design]
animals = 2
slices_per_animal = 1
assignment = "between-animal"
[analysis]
reference_window = "2 min"
window = ["4 min", "6 min"]
short_term = ["1 min", "3 min"]
[statistics]
reference = "control"
[report]
formats = ["svg"]
[patch]
cells_per_animal = 1
baseline = "1 min"
drug = "1 min"
wash_out = "1 min"
steps = ["0 pA", "100 pA"]
step = "100 pA"
stretch = "1 s"
"#;

/// Slices of the experiment.
const SLICES: usize = 4;

/// A folder with the experiment, for results beside it.
struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("small.toml"), EXPERIMENT).expect("written");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn request(&self, out: &str) -> RunRequest {
        RunRequest { out: Some(self.path(out)), ..RunRequest::of(self.path("small.toml")) }
    }

    fn run(&self, out: &str) -> RunFinished {
        laboratory::run(&self.request(out), &setting(2), &|_| ()).expect("a run")
    }
}

/// The words with "figures" for "N drawings" and the N steps after it.
fn drawing_counted(told: &[String]) -> Vec<String> {
    let mut told = told.to_vec();
    if let Some(at) = told.iter().position(|word| word.ends_with(" drawings")) {
        let figures: usize = told[at].trim_end_matches(" drawings").parse().expect("a count");
        assert!(figures > 0, "{told:?}");
        let steps: Vec<String> = told.drain(at..=at + figures).skip(1).collect();
        assert!(steps.iter().all(|word| word == "step"), "{steps:?}");
        told.insert(at, "figures".to_owned());
    }
    told
}

#[test]
fn a_run_tells_its_stages_in_order_and_leaves_a_report() {
    let bench = Bench::new();
    let told = Mutex::new(Vec::new());
    let finished = laboratory::run(&bench.request("out"), &setting(2), &|event: Event<'_>| {
        told.lock().expect("words").push(word(&event));
    });
    let finished = finished.expect("a run");
    let mut expected = vec![
        "4 slices, 0 kept",
        "ahead",
        "slice",
        "slice",
        "slice",
        "slice",
        "Record",
        "Begun(Measure)",
        "4 slices",
        "step",
        "step",
        "step",
        "step",
        "Measure",
        "Begun(Compare)",
        "Compare",
        "16 draws",
    ];
    expected.extend(["simulated"; 16]);
    expected.extend(["Predict", "Begun(Draw)", "figures", "Draw"]);
    assert_eq!(drawing_counted(&told.lock().expect("words")), expected);
    assert_eq!((finished.recorded.slices, finished.recorded.kept), (SLICES, 0));
    assert_eq!(finished.report, Entry::Report.within(&finished.out));
    assert!(finished.report.is_file() && Entry::Prediction.within(&finished.out).is_file());
    let log = fs::read_to_string(Entry::RunLog.within(&finished.out)).expect("a log");
    for line in finished.times.table().lines() {
        assert!(log.contains(line), "the log lacks `{line}`");
    }
}

#[test]
fn a_stopped_run_that_is_resumed_leaves_the_same_bytes() {
    let bench = Bench::new();
    let whole = bench.run("whole");

    let stop = AtomicBool::new(false);
    let request = bench.request("stopped");
    let stopping = |event: Event<'_>| {
        if let Event::Recording(RunEvent::SliceDone(_)) = event {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let stopped = laboratory::run(&request, &Setting { interrupted: &stop, ..setting(1) }, &stopping);
    let Err(LaboratoryError::Run(RunError::Interrupted { done, slices })) = stopped else { panic!("{stopped:?}") };
    assert!(slices == SLICES && (1..SLICES).contains(&done), "{done} of {slices}");

    let kept = Mutex::new(0);
    let resumed = laboratory::run(&RunRequest { mode: Mode::Resume, ..request }, &setting(2), &|event: Event<'_>| {
        if let Event::Recording(RunEvent::Started { kept: now, .. }) = event {
            *kept.lock().expect("a number") = now;
        }
    });
    let resumed = resumed.expect("the rest of the run");
    assert_eq!((*kept.lock().expect("a number"), resumed.recorded.kept), (done, done));
    assert!(files(&whole.out) == files(&resumed.out), "a resumed run left other bytes");
}

#[test]
fn a_second_run_is_refused_while_and_after_the_first() {
    let bench = Bench::new();
    let request = bench.request("out");
    let second = Mutex::new(None);
    let meddling = |event: Event<'_>| {
        if let Event::Recording(RunEvent::Started { .. }) = event {
            let again = RunRequest { mode: Mode::Overwrite, ..request.clone() };
            *second.lock().expect("an answer") = Some(laboratory::run(&again, &setting(1), &|_| ()).map(drop));
        }
    };
    laboratory::run(&request, &setting(2), &meddling).expect("the first run");
    let while_running = second.into_inner().expect("an answer");
    assert!(
        matches!(while_running, Some(Err(LaboratoryError::Run(RunError::Folder(FolderError::Busy(_)))))),
        "{while_running:?}"
    );
    let afterwards = laboratory::run(&request, &setting(2), &|_| ());
    assert!(
        matches!(afterwards, Err(LaboratoryError::Run(RunError::Folder(FolderError::Exists { resumable: true, .. })))),
        "{afterwards:?}"
    );
    let seed = RunRequest { mode: Mode::Resume, seed: Some(4), ..request };
    let other = laboratory::run(&seed, &setting(2), &|_| ());
    assert!(matches!(other, Err(LaboratoryError::Run(RunError::Folder(FolderError::OtherRun { .. })))), "{other:?}");
}

#[test]
fn findings_and_report_can_be_made_again_from_disk() {
    let bench = Bench::new();
    let finished = bench.run("out");
    let before = files(&finished.out);
    let Reanalysed::Slices(findings) = laboratory::analyse_folder(&finished.out, 1, &|_| {}).expect("findings") else {
        panic!("slices were taken for cells");
    };
    assert_eq!(findings.contrasts, finished.findings.contrasts);
    assert_eq!(laboratory::report(&finished.out, drawn(None), &|_| {}).expect("a page"), finished.report);
    assert!(before == files(&finished.out), "the same findings and figures have other bytes");

    let nowhere = laboratory::report(&bench.path("nowhere"), drawn(None), &|_| {});
    assert!(matches!(nowhere, Err(LaboratoryError::NoFolder(_))), "{nowhere:?}");
    let elsewhere = laboratory::analyse_folder(bench.0.path(), 1, &|_| {});
    assert!(matches!(elsewhere, Err(LaboratoryError::NotResults(_))), "{elsewhere:?}");
    let beside = laboratory::report(&finished.out, drawn(Some(bench.0.path())), &|_| {});
    assert!(matches!(beside, Err(LaboratoryError::NotResults(_))), "{beside:?}");
}

#[test]
fn patched_cells_are_recorded_once_and_drawn_alone() {
    let bench = Bench::new();
    let request = PatchRequest {
        experiment: bench.path("small.toml"),
        records: None,
        out: Some(bench.path("cells")),
        mode: Mode::Fresh,
    };
    let told = Mutex::new(Vec::new());
    let listening = |event: Event<'_>| told.lock().expect("words").push(word(&event));
    let finished = laboratory::patch(&request, &setting(2), &listening).expect("cells");
    let cells = ["4 slices, 0 kept", "slice", "slice", "slice", "slice", "Record"];
    let expected = [&cells[..], &["Begun(Compare)", "Compare", "Begun(Draw)", "figures", "Draw"]].concat();
    assert_eq!(drawing_counted(&told.lock().expect("words")), expected);
    assert!(finished.report.is_file() && !finished.findings.groups.is_empty());
    let again = laboratory::patch(&request, &setting(2), &listening);
    assert!(matches!(again, Err(LaboratoryError::Folder(FolderError::Exists { .. }))), "{again:?}");
    let whole = files(&finished.out);
    let resumed = laboratory::patch(&PatchRequest { mode: Mode::Resume, ..request }, &setting(1), &|_| ());
    assert!(whole == files(&resumed.expect("cells").out), "resumed cells have other bytes");

    let Ok(Reanalysed::Cells(findings)) = laboratory::analyse_folder(&finished.out, 1, &|_| {}) else {
        panic!("cells were taken for slices");
    };
    assert_eq!(findings.groups.len(), finished.findings.groups.len());
    let run = bench.run("slices");
    let beside = laboratory::report(&finished.out, drawn(Some(&run.out)), &|_| {});
    assert!(matches!(beside, Err(LaboratoryError::NothingBeside(_))), "{beside:?}");
}

#[test]
fn a_sensitivity_analysis_enters_the_results_of_its_experiment() {
    let bench = Bench::new();
    let mut request = SensitivityRequest {
        experiment: bench.path("small.toml"),
        method: Method::OneAtATime,
        parameters: vec!["rule.weight_ratio".to_owned()],
        animals: None,
        slices_per_animal: None,
        seed: None,
        results: Some(bench.path("out")),
    };
    let told = Mutex::new(Vec::new());
    let listening = |event: Event<'_>| told.lock().expect("words").push(word(&event));
    let early = laboratory::sensitivity(&request, &setting(2), &listening);
    assert!(matches!(early, Err(LaboratoryError::Unfinished { .. })), "{early:?}");
    let out = bench.run("out").out;
    let finished = laboratory::sensitivity(&request, &setting(2), &listening).expect("effects");
    let expected = [
        "1 parameters, 3 simulations",
        "ahead",
        "simulated",
        "simulated",
        "simulated",
        "Vary",
        "Begun(Draw)",
        "figures",
        "Draw",
    ];
    assert_eq!(drawing_counted(&told.lock().expect("words")), expected);
    assert_eq!(finished.report, Some(Entry::Report.within(&out)));
    assert!(Entry::Sensitivity.within(&out).is_file());
    request.parameters = vec!["no.such".to_owned()];
    let unknown = laboratory::sensitivity(&request, &setting(2), &|_| ());
    assert!(matches!(unknown, Err(LaboratoryError::Validation(_))), "{unknown:?}");
}

#[test]
fn power_rests_on_results_or_on_a_simulation_that_is_not_kept() {
    let bench = Bench::new();
    let out = bench.run("out").out;
    let question = PowerQuestion {
        effect: Some(20.0),
        sd_animal: None,
        sd_slice: None,
        sd_effect: None,
        icc: None,
        alpha: None,
        power: None,
        costs: None,
        simulations: 50,
        seed: 1,
    };
    let request = PowerRequest { experiment: bench.path("small.toml"), from: Some(out.clone()), question };
    let of_results = laboratory::power(&request, &setting(2), &|_| ()).expect("an answer");
    assert_eq!(of_results.source, PowerSource::Results(out));
    let told = Mutex::new(Vec::new());
    let simulated = laboratory::power(&PowerRequest { from: None, ..request }, &setting(2), &|event: Event<'_>| {
        if let Event::NoResults { experiment, slices } = event {
            told.lock().expect("words").push(format!("{experiment}, {slices} slices"));
        }
    });
    let simulated = simulated.expect("an answer");
    assert_eq!(simulated.source, PowerSource::Simulated);
    assert_eq!(*told.lock().expect("words"), ["small, 4 slices"]);
    assert_eq!(format!("{:?}", simulated.answer), format!("{:?}", of_results.answer));
}

#[test]
fn input_that_is_missing_or_faulty_is_told_before_anything_is_written() {
    let bench = Bench::new();
    let out = bench.path("out");
    let missing = RunRequest { experiment: bench.path("none.toml"), ..bench.request("out") };
    let missing = laboratory::run(&missing, &setting(1), &|_| ());
    assert!(matches!(missing, Err(LaboratoryError::Source(_))), "{missing:?}");
    fs::write(bench.path("small.toml"), EXPERIMENT.replace("animals = 2", "animals = 0")).expect("written");
    let faulty = laboratory::run(&bench.request("out"), &setting(1), &|_| ());
    assert!(matches!(faulty, Err(LaboratoryError::Faulty(_))), "{faulty:?}");
    let records = RunRequest { records: Some(bench.path("nowhere")), ..bench.request("out") };
    let records = laboratory::run(&records, &setting(1), &|_| ());
    assert!(matches!(records, Err(LaboratoryError::Records(_))), "{records:?}");
    let study = StudyRequest {
        study: bench.path("study.toml"),
        out: Some(out.clone()),
        overwrite: false,
        key: None,
        blinded: None,
    };
    let study = laboratory::analyse_study(&study, &setting(1), &|_| ());
    assert!(matches!(study, Err(LaboratoryError::Study(_))), "{study:?}");
    assert!(!out.exists());
}
