//! `schaffer fit`: a study whose truth is known, because the model made it.

mod program;

use program::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");

fn schaffer() -> Command {
    Command::new(BINARY)
}

fn complaint(command: &mut Command, code: i32) -> String {
    let output = command.assert().code(code);
    String::from_utf8_lossy(&output.get_output().stderr).into_owned()
}

/// Slices of a model whose expression is weaker and whose release is likelier than shipped.
const TRUTH: &str = r#"
format = 1
name = "truth"
seed = 77
[protocol]
baseline = "10 min"
wash_in = "5 min"
induction = "hfs-1x100"
follow_up = "20 min"
[synapse]
changes = [
  { parameter = "rule.weight_ratio", value = 3.3, reason = "truth of this test" },
  { parameter = "release.probability", value = 0.095, reason = "truth of this test" },
]
[[condition]]
name = "control"
[[condition]]
name = "D-APV"
bath = [{ compound = "D-APV", concentration = "50 uM" }]
[[condition]]
name = "IgG"
[design]
animals = 6
slices_per_animal = 1
assignment = "between-animal"
[analysis]
reference_window = "5 min"
window = ["15 min", "20 min"]
exclude = { baseline_drift = "off", volley_change = "off" }
[statistics]
reference = "control"
[report]
formats = ["svg"]
"#;

/// The time courses of an experiment as tables with a column for each slice.
fn tables(results: &Path, folder: &Path) {
    let text = fs::read_to_string(results.join("figures/time-course.csv")).expect("time courses");
    let mut of_condition: BTreeMap<String, BTreeMap<String, Vec<(String, String)>>> = BTreeMap::new();
    for line in text.lines().skip(1).filter(|line| line.contains(",slice,")) {
        let cells: Vec<&str> = line.split(',').collect();
        let [_, condition, _, animal, _, time, percent, ..] = cells[..] else { panic!("{line}") };
        let courses = of_condition.entry(condition.to_owned()).or_default();
        courses.entry(animal.to_owned()).or_default().push((time.to_owned(), percent.to_owned()));
    }
    assert_eq!(of_condition.len(), 3);
    for (condition, courses) in of_condition {
        let names: Vec<String> = (0..courses.len()).map(|k| format!("m{k}_percent")).collect();
        let mut table = format!("time_min,{}\n", names.join(","));
        let first = courses.values().next().expect("a slice");
        for (row, (time, _)) in first.iter().enumerate() {
            let values: Vec<&str> = courses.values().map(|course| course[row].1.as_str()).collect();
            writeln!(table, "{time},{}", values.join(",")).expect("text");
        }
        fs::write(folder.join(format!("{condition}.csv")), table).expect("written");
    }
}

/// The study of the tables; the protocol of the model is stated, and what may move.
fn study(folder: &Path, fit: &str) -> PathBuf {
    let mut text = String::from(
        "format = 1\nname = \"known\"\ndesign = \"between-animals\"\n[analysis]\nreference_window = \"5 min\"\nwindow = [\"15 min\", \"20 min\"]\n\
         exclude = { baseline_drift = \"off\", volley_change = \"off\" }\n[report]\nformats = [\"svg\"]\n\
         [[condition]]\nname = \"control\"\n\
         [[condition]]\nname = \"D-APV\"\nbath = [{ compound = \"D-APV\", concentration = \"50 uM\" }]\n\
         [[condition]]\nname = \"IgG\"\nbath = [{ compound = \"immunoglobulin G\", concentration = \"1 uM\" }]\n",
    );
    for condition in ["control", "D-APV", "IgG"] {
        write!(text, "[[table]]\nfile = \"{condition}.csv\"\ncondition = \"{condition}\"\nunit = \"% of baseline\"\n")
            .expect("text");
    }
    let path = folder.join("study.toml");
    fs::write(&path, text + fit).expect("written");
    path
}

const FIT: &str = "[fit]\nparameters = [\"release.probability\", \"rule.weight_ratio\", { parameter = \"field.volley\", low = 0.1, high = 0.25 }]\nanimals = 6\n\
                   [fit.protocol]\ninduction = \"hfs-1x100\"\nwash_in = \"5 min\"\n";

fn fitted(path: &Path, out: &Path, jobs: &str) -> Value {
    let mut command = schaffer();
    command.arg("fit").arg(path).arg("--out").arg(out);
    command.args(["--evaluations", "12", "--draws", "3", "--jobs", jobs, "--json"]);
    let output = command.assert().success();
    serde_json::from_slice(&output.get_output().stdout).expect("JSON")
}

#[test]
fn a_known_control_group_is_met_and_a_drug_predicted() {
    let folder = TempDir::new().expect("a folder");
    let truth = folder.path().join("truth.toml");
    fs::write(&truth, TRUTH).expect("written");
    let simulated = folder.path().join("truth");
    schaffer().arg("run").arg(&truth).arg("--out").arg(&simulated).arg("--quiet").assert().success();
    tables(&simulated, folder.path());
    let path = study(folder.path(), FIT);
    let out = folder.path().join("fit");
    let fit = fitted(&path, &out, "2");

    // The shipped model potentiates more than the truth; the fitted one lies within the error.
    let mean = &fit["numbers"][0];
    let of = |key: &str| mean[key].as_f64().expect("number");
    let apart = |key: &str| (of(key) - of("recorded")).abs();
    assert!(apart("fitted") < of("error") && apart("fitted") < apart("before"), "{mean}");
    assert!(fit["misfit"].as_f64() < fit["misfit_before"].as_f64(), "{fit}");
    // The size of the fibre volley moves no slope: these data cannot determine it.
    let parameter = |path: &str| {
        let list = fit["parameters"].as_array().expect("parameters");
        list.iter().find(|p| p["path"] == path).expect("parameter").clone()
    };
    let volley = parameter("field.volley");
    assert!(volley["determined"] == "no" && volley["left_open"].as_f64() > Some(0.9), "{fit}");
    assert!(parameter("rule.weight_ratio")["value"].as_f64() < Some(4.35), "{fit}");

    let predictions = fit["predictions"].as_array().expect("predictions");
    assert_eq!(predictions.len(), 1);
    let drug = &predictions[0];
    assert_eq!((&drug["condition"], &drug["potentiation"]["agrees"]), (&"D-APV".into(), &true.into()), "{drug}");
    assert!(drug["difference"]["value"].as_f64() < Some(-10.0), "{drug}");
    assert!(drug["rests_on"].as_array().is_some_and(|lines| !lines.is_empty()), "{drug}");
    let [low, high] = [0, 1].map(|end| drug["potentiation"]["group"][end].as_f64().expect("end"));
    let [inner_low, inner_high] = [0, 1].map(|end| drug["potentiation"]["model"][end].as_f64().expect("end"));
    assert!(low < inner_low && inner_low < inner_high && inner_high < high, "{drug}");
    assert_eq!(fit["not_predicted"][0]["condition"], "IgG");
    assert!(
        fit["not_predicted"][0]["reason"].as_str().is_some_and(|why| why.contains("no compound \"immunoglobulin G\""))
    );

    let page = fs::read_to_string(out.join("simulated/report.md")).expect("report");
    for expected in
        ["## Simulated beside recorded", "prediction: ", "Not predicted", "Simulated beside recorded: time course"]
    {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    for figure in ["beside-time-course.svg", "beside-potentiation.svg"] {
        let drawing = fs::read_to_string(out.join("simulated/figures").join(figure)).expect("figure");
        assert!(drawing.contains("simulated") && drawing.contains("recorded"), "{figure}");
    }
    // The experiment written, run and analysed from its files has the very mean that was fitted.
    let findings = fs::read_to_string(out.join("simulated/findings.json")).expect("findings");
    let findings: Value = serde_json::from_str(&findings).expect("JSON");
    let simulated_mean = findings["groups"][0]["mean"].as_f64().expect("mean");
    assert!((simulated_mean - of("fitted")).abs() < 1e-9, "{simulated_mean}, {mean}");
    let of_drug = findings["groups"][1]["mean"].as_f64().expect("mean");
    assert!((of_drug - drug["potentiation"]["value"].as_f64().expect("value")).abs() < 1e-9, "{drug}");
    // The fitted experiment is one like any other.
    schaffer().arg("check").arg(out.join("fitted.toml")).assert().success();
    // The other way round: recorded slices with the simulated ones beside them.
    let (recorded, simulated) = (out.join("recorded"), out.join("simulated"));
    schaffer().arg("report").arg(&recorded).arg("--beside").arg(&simulated).assert().success();
    let page = fs::read_to_string(recorded.join("report.md")).expect("report");
    assert!(page.contains("Mean, recorded [CI]") && page.contains("Mean, simulated [CI]"), "{page}");
    schaffer().arg("report").arg(&recorded).assert().success();
    assert!(!recorded.join("figures/beside-potentiation.svg").exists());

    // Another number of threads: the same bytes.
    let again = folder.path().join("again");
    assert_eq!(fitted(&path, &again, "1"), fit);
    for file in ["fitted.toml", "fit.json", "simulated/findings.json", "simulated/report.html"] {
        assert_eq!(fs::read(out.join(file)).expect("file"), fs::read(again.join(file)).expect("file"), "{file}");
    }
    let told = complaint(schaffer().arg("fit").arg(&path).arg("--out").arg(&again), 73);
    assert!(told.contains("--overwrite"), "{told}");
}

#[test]
fn what_cannot_be_fitted_is_told_with_a_remedy() {
    let folder = TempDir::new().expect("a folder");
    let mut table = String::from("time_min,a,b,c\n");
    (-20..20).for_each(|t| writeln!(table, "{t},100.1,99.7,{}", 100.0 + f64::from(t) / 10.0).expect("text"));
    for condition in ["control", "D-APV", "IgG"] {
        fs::write(folder.path().join(format!("{condition}.csv")), &table).expect("written");
    }
    let told = |fit: &str| {
        let path = study(folder.path(), fit);
        complaint(schaffer().arg("fit").arg(&path).arg("--out").arg(folder.path().join("fit")).arg("--overwrite"), 65)
    };
    let protocol = "[fit.protocol]\ninduction = \"hfs-1x100\"\n";
    for (fit, expected) in [
        (String::new(), "there is no [fit]"),
        ("[fit]\nanimals = 4\n".to_owned(), "[fit.protocol] names no induction"),
        (
            format!("[fit]\nparameters = [\"release.probabilty\"]\n{protocol}"),
            "unknown parameter \"release.probabilty\"",
        ),
        (
            format!("[fit]\nparameters = [{{ parameter = \"nmda.magnesium\", low = 2, high = 1 }}]\n{protocol}"),
            "the lower one first",
        ),
        ("[fit.protocol]\ninduction = \"hfs-1x10\"\n".to_owned(), "hfs-1x100"),
        (format!("{protocol}baseline = 5\n"), "baseline"),
        (format!("[fit]\nanimal = 4\n{protocol}"), "unknown key `animal` in [fit]"),
        (format!("[blinding]\nkey_holder = \"x\"\n{protocol}"), "the study is blinded"),
    ] {
        let found = told(&fit);
        assert!(found.contains(expected), "{fit}\n{found}");
    }
}
