//! Tables that went wrong in November 2026, each with the value that is right; see
//! `golden/statistics/reports/README.md`.

mod program;

use program::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn command(method: &str, file: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("stats").arg(method).arg(file).args(options);
    command
}

fn report(name: &str) -> String {
    format!("tests/golden/statistics/reports/{name}.csv")
}

fn json(method: &str, file: &str, options: &[&str]) -> Value {
    let assert = command(method, file, &[options, &["--json"]].concat()).assert().success();
    serde_json::from_slice(&assert.get_output().stdout).expect("JSON")
}

fn page(method: &str, file: &str, options: &[&str]) -> String {
    let assert = command(method, file, options).assert().success();
    String::from_utf8_lossy(&assert.get_output().stdout).into_owned()
}

fn refused(code: i32, method: &str, file: &str, options: &[&str]) -> String {
    let assert = command(method, file, options).assert().code(code);
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

/// A table of a test's own.
struct Own {
    _folder: TempDir,
    path: String,
}

fn own(text: &str) -> Own {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("t.csv");
    fs::write(&path, text).expect("a table");
    Own { path: path.display().to_string(), _folder: folder }
}

#[track_caller]
fn near(value: &Value, expected: f64, within: f64) {
    let found = value.as_f64().unwrap_or_else(|| panic!("no number: {value}"));
    assert!((found - expected).abs() <= within, "{found}, not {expected}");
}

#[test]
fn clusters_take_time_from_the_column() {
    let sorted = json("cluster", &report("cl_sorted"), &["--within", "t"]);
    assert_eq!(sorted, json("cluster", &report("cl_moved"), &["--within", "t"]));
    assert_eq!(sorted["results"].as_array().map(Vec::len), Some(1));
    let cluster = &sorted["results"][0];
    assert_eq!((&cluster["first"], &cluster["last"]), (&Value::from(1.0), &Value::from(3.0)));
    near(&cluster["p"], 2.0 / 70.0, 1e-12);
    // Names do not say what is next to what; a missing row is named, never filled by its neighbour.
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(report("cl_sorted"))).expect("a table");
    let named = own(&table.replace(",0,", ",early,"));
    assert!(refused(65, "cluster", &named.path, &["--within", "t"]).contains("\"early\" is not a finite number"));
    let holed = own(&table.replace("d,d3,2,9\n", ""));
    let told = refused(65, "cluster", &holed.path, &["--within", "t"]);
    assert!(told.contains("column \"t\": animal d3 has 0 values under \"2\""), "{told}");
}

/// The same four animals under both conditions: all 16 sign patterns, of which two (all
/// as observed, all flipped) reach the mass.
#[test]
fn clusters_within_animals_flip_signs_of_differences() {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(report("cl_sorted"))).expect("a table");
    let same = own(&table
        .replace("d,d1,0,0", "d,d1,0,1.5")
        .replace("d,d4,4,1", "d,d4,4,3")
        .replace("d,d", "d,m")
        .replace("c,c", "c,m"));
    let found = json("cluster", &same.path, &["--within", "t"]);
    assert_eq!(found["details"]["arrangements"], 16);
    assert_eq!((&found["results"][0]["first"], &found["results"][0]["last"]), (&1.0.into(), &3.0.into()));
    near(&found["results"][0]["p"], 2.0 / 16.0, 1e-12);
    let sentence = found["sentence"].as_str().unwrap_or_default();
    assert!(sentence.contains("signs of the differences of animals flipped"), "{sentence}");
    assert!(!sentence.contains("exchanged"), "{sentence}");
    assert!(found["warnings"].to_string().contains("--design between-animals"), "{found}");
    let apart = json("cluster", &same.path, &["--within", "t", "--design", "between-animals"]);
    near(&apart["results"][0]["p"], 2.0 / 70.0, 1e-12);
}

#[test]
fn names_that_restart_are_asked_about() {
    for method in ["mixed", "interaction", "cluster"] {
        let options: &[&str] = match method {
            "interaction" => &["--group", "group,animal"],
            "cluster" => &["--within", "y"],
            _ => &[],
        };
        let told = refused(65, method, &report("reuse"), options);
        assert!(told.contains("--design within-animal") && told.contains("--design between-animals"), "{told}");
    }
    let told = refused(65, "welch", &report("reuse"), &[]);
    assert!(told.contains("animal \"1\" is in the groups") && told.contains("--design between-animals"), "{told}");
    // Welch's t test of 1.5, 1.7, 1.9 and 3.5, 2.8, 3.3 by SciPy.
    let different = json("welch", &report("reuse"), &["--design", "between-animals"]);
    near(&different["p"], 0.0071, 5e-5);
    assert_eq!(different["n_animals"], 6);
    let told = refused(2, "welch", &report("reuse"), &["--design", "within-animal"]);
    assert!(told.contains("welch compares different animals") && told.contains("paired"), "{told}");
    assert_eq!(refused(2, "paired", &report("reuse"), &["--design", "between-animals"]).matches("error").count(), 1);
    let same = json("permutation", &report("reuse"), &["--design", "within-animal"]);
    near(&same["p"], 0.25, 1e-12);
    // One name of several in both groups.
    let shared = own("group,animal,slice,y\na,m1,1,1\na,m1,2,2\na,m2,1,3\na,m2,2,5\nb,m2,3,4\nb,m3,1,6\nb,m3,2,7\n");
    let told = refused(65, "mixed", &shared.path, &[]);
    assert!(told.contains("m2 occurs under several") && told.contains("2 other animals under one only"), "{told}");
}

#[test]
fn repeated_measures_use_the_column_of_groups() {
    let found = json("rm-anova", &report("rm_full"), &["--within", "t"]);
    for (place, f) in [(1, 205.7), (2, 232.6)] {
        let row = &found["results"][place];
        near(&row["statistic"], f, 0.05);
        assert_eq!((&row["df"], &row["df_denominator"]), (&3.0.into(), &24.0.into()));
    }
    let sentence = found["sentence"].as_str().unwrap_or_default();
    for part in ["group: F(1, 8)", "t: F(3, 24) = 205.7", "group x t: F(3, 24) = 232.6"] {
        assert!(sentence.contains(part), "{sentence}");
    }
}

#[test]
fn ties_that_rounding_hides_are_ties() {
    let found = json("wilcoxon", &report("wilcoxon_ties"), &["--response", "before,after"]);
    assert_eq!(found["statistic"], 32.0);
    near(&found["p"], 0.0625, 1e-12);
    for (method, p) in [("mann-whitney", 0.371_429), ("brunner-munzel", 0.305_912), ("kruskal", 0.280_087)] {
        near(&json(method, &report("mean_ties"), &[])["p"], p, 5e-7);
    }
    // 0.1 + 0.2 − 0.3 is no difference.
    let nothing = own(&format!("animal,before,after\na,0.3,{}\nb,1,2\nc,1,4\nd,2,6\n", 0.1 + 0.2));
    for method in ["wilcoxon", "sign"] {
        let found = json(method, &nothing.path, &["--response", "before,after"]);
        assert_eq!(found["zero_differences_left_out"], 1, "{found}");
        near(&found["p"], 0.25, 1e-12);
    }
    // A column of such differences, made elsewhere.
    let made = own(&format!("animal,y\na,{}\nb,0.5\nc,-0.5\nd,{}\ne,0.2\n", 0.1 + 0.2 - 0.3, 106.0 - 105.7));
    let found = json("wilcoxon", &made.path, &["--against", "0"]);
    assert_eq!(found["zero_differences_left_out"], 1, "{found}");
    assert_eq!(found["statistic"], 6.5, "{found}");
}

#[test]
fn missing_animals_are_missing_however_they_are_written() {
    let told = refused(65, "rm-anova", &report("na_animal"), &["--within", "t"]);
    assert!(told.contains("column \"animal\" has no value in row 11"), "{told}");
    for word in ["", "NA", "n/a", "NaN", "nan", "#N/A", "null", ".", "unknown", "None", " NA "] {
        let table = own(&format!("group,animal,y\na,A,1\na,B,2\nb,{word},3\nb,D,4\n"));
        let told = refused(65, "welch", &table.path, &[]);
        assert!(told.contains("column \"animal\" has no value in row 3"), "{word:?}: {told}");
    }
    let table = own("group,animal,y\na,A,1\na,B,2\nN/A,C,3\nb,D,4\n");
    assert!(refused(65, "welch", &table.path, &[]).contains("column \"group\" has no value in row 3"));
}

#[test]
fn columns_are_found_by_their_usual_words_and_by_whole_titles() {
    let found = json("welch", &report("comma_title"), &["--response", "slope, mV/ms"]);
    near(&found["estimate"], 3.2 - 5.5 / 3.0, 1e-12);
    for title in ["mouse", "Rat ID", "subject"] {
        let table = own(&format!("group,{title},cell,y\na,A,1,1\na,A,2,2\na,B,1,3\nb,C,1,6\nb,D,1,9\n"));
        let found = json("welch", &table.path, &[]);
        assert_eq!((&found["unit"], &found["n_animals"], &found["n_slices"]), (&"animal".into(), &4.into(), &5.into()));
    }
}

/// The columns of the program's own `slices.csv`.
#[test]
fn slices_that_were_excluded_are_left_out_and_said() {
    let mut text = String::from("induction,condition,animal,slice,pathway,potentiation_percent,included,reason\n");
    let rows = [("vehicle", "v1", "40", "true"), ("vehicle", "v2", "50", "true"), ("vehicle", "v3", "900", "false")];
    let others = [("allo", "a1", "10", "true"), ("allo", "a2", "14", "true"), ("allo", "a3", "", "false")];
    for (condition, animal, y, included) in rows.iter().chain(&others) {
        text.push_str(&format!("tbs,{condition},{animal},1,test,{y},{included},\n"));
    }
    let table = own(&text);
    let found = json("welch", &table.path, &[]);
    near(&found["estimate"], 12.0 - 45.0, 1e-12);
    assert_eq!(found["term"], "allo - vehicle");
    assert!(found["warnings"].to_string().contains("2 rows of 6 with included = false are left out"), "{found}");
    let pathways = "condition,animal,slice,pathway,potentiation_percent\na,A,1,test,5\na,A,1,control,1\nb,B,1,test,2\n";
    let told = refused(65, "welch", &own(pathways).path, &[]);
    assert!(told.contains("the two rows differ in pathway"), "{told}");
    let odd = own("group,y,included\na,1,true\na,2,perhaps\nb,3,true\nb,4,true\n");
    let told = refused(65, "welch", &odd.path, &[]);
    assert!(told.contains("column \"included\", row 2: \"perhaps\" is neither true nor false"), "{told}");
}

#[test]
fn ranks_of_large_groups_go_without_the_shift() {
    let mut text = String::from("group,y\n");
    for i in 0..8000 {
        text.push_str(&format!("a,{}\nb,{}\n", i, i as f64 + 250.5));
    }
    let table = own(&text);
    let found = json("mann-whitney", &table.path, &[]);
    assert_eq!(found["estimate"], Value::Null);
    // U of b over a: b_j = j + 250.5 exceeds a_0 … a_(j+250), at most all 8000.
    let u: f64 = (0..8000).map(|j| f64::from(8000.min(j + 251))).sum();
    near(&found["statistic"], u, 0.0);
    assert!(found["p"].as_f64().is_some_and(|p| p > 0.0 && p < 1e-3), "{found}");
    assert!(found["warnings"].to_string().contains("no shift is given"), "{found}");
}

#[test]
fn evidence_beyond_the_largest_number_is_a_power_of_ten() {
    let rows = |group: &str, base: f64| -> String {
        (0..60).map(|i| format!("{group},{:?}\n", base + 0.001 * f64::from(i % 7))).collect()
    };
    let table = own(&format!("group,y\n{}{}", rows("a", 0.0), rows("b", 1000.0)));
    let found = json("bayes", &table.path, &[]);
    let power = found["log10_bf10"].as_f64().expect("a logarithm");
    assert!(power > 308.0, "{power}");
    let sentence = found["sentence"].as_str().unwrap_or_default();
    assert!(sentence.contains(&format!("about 10^{power:.0} times")), "{sentence}");
    assert!(!sentence.contains("inf"), "{sentence}");
}

#[test]
fn sentences_say_what_was_done() {
    let cells = own(&{
        let mut text = String::from("allo,iso,animal,y\n");
        for (i, (allo, iso)) in [(0, 0), (0, 1), (1, 0), (1, 1)].iter().cycle().take(12).enumerate() {
            text.push_str(&format!("{allo},{iso},m{i},{}\n", (i * 7 % 11) as f64 + f64::from(3 * allo)));
        }
        text
    });
    let told = page("anova2", &cells.path, &["--group", "allo,iso"]);
    assert!(told.contains("n = 3 animals (allo 0, iso 0), 3 animals (allo 0, iso 1)"), "{told}");
    let told = page("interaction", &cells.path, &["--group", "allo,iso"]);
    assert!(told.contains("allo 0, iso 1") && !told.contains("0 1:"), "{told}");
    let apart = own("group,animal,y\na,1,1\na,2,2\na,3,3\na,4,6\nb,5,5\nb,6,7\nb,7,8\nb,8,9\n");
    let told = json("brunner-munzel", &apart.path, &[]);
    assert_eq!(told["ci_high"], 1.0, "{told}");
    let tost = page("tost", &apart.path, &["--low", "-9", "--high", "9"]);
    assert!(tost.contains("90 % CI") && tost.contains("belongs to two one-sided tests at 0.05"), "{tost}");
    assert_eq!(json("tost", &apart.path, &["--low", "-9", "--high", "9"])["level"], 0.9);
    let doses = own("dose,y\n-9,1\n-8,2\n-7,5\n-6,9\n-5,10\n");
    let told = refused(65, "dose-response", &doses.path, &[]);
    assert!(told.contains("row 1: the dose -9 is negative") && told.len() < 250, "{told}");
    let flat = own("group,animal,t,y\na,1,0,1\na,1,1,2\na,2,0,1\na,2,1,3\nb,3,0,1\nb,3,1,4\nb,4,0,1\nb,4,1,5\n");
    let told = refused(65, "cluster", &flat.path, &["--within", "t"]);
    assert!(told.contains("\"0\"") && !told.contains("counted from"), "{told}");
    let constant = own("group,y\na,1\na,1\nb,2\nb,3\n");
    let told = refused(65, "welch-anova", &constant.path, &[]);
    assert!(told.contains("\"a\"") && !told.contains("group 0"), "{told}");
}

/// t = 12.5 / (5.916…/√4) by hand; the exact sign test of 4 of 4 is 2/16.
#[test]
fn one_sample_is_compared_with_a_value() {
    let table = own("condition,animal,slice,y\nx,a,1,105\nx,a,2,115\nx,b,1,120\nx,c,1,105\nx,d,1,115\n");
    let found = json("one-sample", &table.path, &["--against", "100"]);
    near(&found["estimate"], 12.5, 1e-12);
    let sd = (125.0_f64 / 3.0).sqrt();
    near(&found["statistic"], 12.5 / (sd / 2.0), 1e-9);
    assert_eq!((&found["df"], &found["n_animals"], &found["n_slices"]), (&3.0.into(), &4.into(), &5.into()));
    near(&json("sign", &table.path, &["--against", "100"])["p"], 0.125, 1e-12);
    near(&json("wilcoxon", &table.path, &["--against", "100"])["p"], 0.125, 1e-12);
    let groups = own("group,animal,y\nx,a,1\nx,b,2\nx,c,4\ny,d,-1\ny,e,0.5\ny,f,1\n");
    let found = json("one-sample", &groups.path, &[]);
    let p: Vec<f64> = (0..2).map(|i| found["results"][i]["p"].as_f64().expect("p")).collect();
    near(&found["results"][0]["p_adjusted"], (2.0 * p[0]).min(1.0), 1e-12);
    assert!(page("one-sample", &groups.path, &[]).contains("n = 3 animals (x)"));
}

#[test]
fn apa_and_s_values_on_request() {
    let table =
        own("group,animal,y\ncontrol,1,1.5\ncontrol,2,1.7\ncontrol,3,1.9\ndrug,4,3.5\ndrug,5,2.8\ndrug,6,3.3\n");
    let plain = page("welch", &table.path, &[]);
    assert!(!plain.contains("APA") && !plain.contains("bits"), "{plain}");
    let apa = page("welch", &table.path, &["--apa"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(apa.contains("APA: drug − control: t(3.12) = 6.30, p = .007, Δ = 1.50, 95% CI ["), "{apa}");
    let found = json("welch", &table.path, &["--s-values"]);
    let p = found["p"].as_f64().expect("p");
    near(&found["s_value"], -p.log2(), 1e-9);
    assert!(found["sentence"].as_str().is_some_and(|s| s.contains("compatibility interval")), "{found}");
}
