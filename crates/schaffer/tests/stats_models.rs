//! Mixed models, curves, substances and resampling at the command, against R,
//! Python and SciPy.

mod program;

use program::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn found(method: &str, file: &str, options: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(root()).arg("stats").arg(method).arg(file).args(options).arg("--json");
    serde_json::from_slice(&command.assert().success().get_output().stdout).expect("JSON")
}

fn data(name: &str) -> String {
    format!("tests/golden/statistics/data/{name}.csv")
}

fn reference(side: &str, name: &str) -> Value {
    let path = root().join(format!("tests/golden/statistics/{side}/{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).expect("a reference")).expect("JSON")
}

/// The row of a term.
fn row<'v>(found: &'v Value, term: &str) -> &'v Value {
    let rows = found["results"].as_array().expect("results");
    rows.iter().find(|row| row["term"] == term).unwrap_or_else(|| panic!("no \"{term}\" in {found}"))
}

fn number(value: &Value, pointer: &str) -> f64 {
    value.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {pointer} in {value}"))
}

#[track_caller]
fn close(ours: f64, truth: f64, tolerance: f64) {
    assert!((ours - truth).abs() <= tolerance * (1.0 + truth.abs()), "{ours} against {truth}");
}

/// Five bins of every slice after time 0, as the reference makes them.
fn bins(folder: &TempDir) -> String {
    let text = fs::read_to_string(root().join(data("d_timecourse"))).expect("data");
    let mut sums: BTreeMap<(String, usize), (f64, f64)> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (time, value) = (cells[3].parse::<f64>().expect("a time"), cells[4].parse::<f64>());
        if let (true, Ok(value)) = (time >= 0.0, value) {
            let sum = sums.entry((cells[..3].join(","), time as usize / 10)).or_default();
            *sum = (sum.0 + value, sum.1 + 1.0);
        }
    }
    let mut table = String::from("group,animal,slice,bin,y\n");
    for ((slice, bin), (sum, n)) in &sums {
        table.push_str(&format!("{slice},{bin},{:?}\n", sum / n));
    }
    let path = folder.path().join("bins.csv");
    fs::write(&path, table).expect("a file");
    path.display().to_string()
}

#[test]
fn bins_of_slices_of_animals() {
    let folder = TempDir::new().expect("a folder");
    let table = bins(&folder);
    let r = reference("R", "d_timecourse");
    let python = reference("python", "d_timecourse");
    let ours = found("mixed", &table, &["--within", "bin", "--means", "--random", "animal-slice"]);
    let under = "/lmm_group_x_bin_two_level";
    for (place, term) in ["group", "bin", "group x bin"].iter().enumerate() {
        let own = row(&ours, term);
        let truth = |key: &str| number(&python, &format!("{under}/anova3_Kenward-Roger/{key}/{place}"));
        close(number(own, "/statistic"), truth("F"), 1e-5);
        close(number(own, "/df_denominator"), truth("den_df"), 1e-5);
        close(number(own, "/df"), truth("num_df"), 0.0);
    }
    let variance = |name: &str| number(&ours, &format!("/details/{name}")).powi(2);
    close(variance("sd_slice"), number(&python, &format!("{under}/varcomp/slice:animal")), 1e-6);
    close(variance("sd_animal"), number(&python, &format!("{under}/varcomp/animal")), 1e-6);
    // Control and drug are ±1 in the reference: twice its coefficient.
    let difference = row(&ours, "drug - control");
    close(number(difference, "/estimate"), -2.0 * number(&python, &format!("{under}/Kenward-Roger/estimate/1")), 1e-7);
    let first = row(&ours, "mean control, 0");
    close(number(first, "/estimate"), number(&r, "/lme_ar1/estimate/(Intercept)"), 1e-3);

    let ours = found("mixed", &table, &["--within", "bin", "--autoregression", "--random", "animal-slice"]);
    close(number(&ours, "/details/autocorrelation"), number(&r, "/lme_ar1/phi"), 1e-4);
    close(number(&ours, "/details/log_likelihood_reml"), number(&r, "/lme_ar1/logLik_REML"), 1e-8);
    close(number(&ours, "/details/sd_residual"), number(&r, "/lme_ar1/sigma"), 1e-4);
}

#[test]
fn two_pathways_in_slices_of_animals() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("long.csv");
    let wide = fs::read_to_string(root().join(data("e_paired"))).expect("data");
    let mut long = String::from("animal,slice,path,y\n");
    for line in wide.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        for (group, value) in [("control", cells[2]), ("test", cells[3])] {
            long.push_str(&format!("{},{},{group},{value}\n", cells[0], cells[1]));
        }
    }
    fs::write(&path, long).expect("a file");
    let python = reference("python", "e_paired");
    let r = reference("R", "e_paired");
    let ours =
        found("mixed", &path.display().to_string(), &["--group", "path", "--random", "animal-slice", "--profile"]);
    let own = row(&ours, "test - control");
    let truth = |key: &str| number(&python, &format!("/lmm_long_two_level/Kenward-Roger/{key}/1"));
    close(number(own, "/estimate"), truth("estimate"), 1e-8);
    close(number(own, "/se"), truth("se"), 1e-6);
    close(number(own, "/df"), truth("df"), 1e-5);
    let slices = row(&ours, "SD between slices (profile, ML)");
    close(number(slices, "/ci_high"), number(&r, "/lmm_long_two_level/profile_ci_ML/upr/0"), 2e-3);
    close(
        number(row(&ours, "no variance between slices"), "/statistic"),
        number(&r, "/lmm_long_two_level/LRT_random/0/LRT"),
        1e-5,
    );
}

#[test]
fn profiles_full_likelihood_and_means() {
    let r = reference("R", "a_nested2");
    let ours = found("mixed", &data("a_nested2"), &["--profile", "--means", "--reference", "control"]);
    for (place, term) in ["SD between animals (profile, ML)", "residual SD (profile, ML)"].iter().enumerate() {
        close(number(row(&ours, term), "/ci_low"), number(&r, &format!("/lmm/profile_ci_ML/lwr/{place}")), 1e-3);
        close(number(row(&ours, term), "/ci_high"), number(&r, &format!("/lmm/profile_ci_ML/upr/{place}")), 1e-3);
    }
    let drug = row(&ours, "mean drug");
    for (own, other) in [("estimate", "emmean"), ("se", "se"), ("df", "df"), ("ci_low", "lwr"), ("ci_high", "upr")] {
        close(number(drug, &format!("/{own}")), number(&r, &format!("/lmm/emmeans/kenward-roger/{other}/1")), 1e-5);
    }
    let test = row(&ours, "no variance between animals");
    close(number(test, "/statistic"), number(&r, "/lmm/LRT_random/0/LRT"), 1e-6);
    let ml = found("mixed", &data("a_nested2"), &["--likelihood", "ml"]);
    close(number(&ml, "/details/log_likelihood_ml"), number(&r, "/lmm/ML/logLik"), 1e-8);
    close(number(&ml, "/details/aic"), number(&r, "/lmm/ML/AIC"), 1e-7);
    assert!(ml["warnings"].to_string().contains("REML to test"));
}

#[test]
fn all_pairs_of_a_model() {
    let r = reference("R", "b_factorial");
    let ours = found("mixed", &data("b_factorial"), &["--pairs", "--reference", "control"]);
    let base = "/lmm_group/emmeans/kenward-roger/pairs";
    // R: control - ALLO, control - ISO, …; ours the other way round.
    for (place, term) in ["ALLO - control", "ISO - control", "ALLO_ISO - control"].iter().enumerate() {
        let own = row(&ours, term);
        close(-number(own, "/estimate"), number(&r, &format!("{base}/estimate/{place}")), 1e-6);
        close(number(own, "/p_adjusted"), number(&r, &format!("{base}/p_tukey/{place}")), 1e-4);
        close(number(own, "/df"), number(&r, &format!("{base}/df/{place}")), 1e-4);
    }
    assert_eq!(ours["details"]["p_adjusted_by"], "tukey");
}

#[test]
fn a_covariate_whose_effect_varies_between_animals() {
    // Balanced: the mean slope is tested like one slope per animal.
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("slopes.csv");
    let slopes = [1.9, 3.4, 2.2, 5.1, 0.7, 2.8, 3.9, 1.1];
    let noise = [0.31, -0.27, 0.12, -0.05, 0.22, 0.4, -0.33, 0.08, -0.19, 0.02, 0.35, -0.41];
    let mut text = String::from("group,animal,slice,dose,y\n");
    let mut own = Vec::new();
    for (a, slope) in slopes.iter().enumerate() {
        let mut sum = 0.0;
        for i in 0..4 {
            let z = i as f64 - 1.5;
            let y = 10.0 + (a * 3 % 5) as f64 + slope * z + noise[(5 * a + 3 * i) % 12];
            sum += z * y / 5.0;
            text.push_str(&format!("{},A{a},{i},{z},{y:?}\n", if a % 2 == 0 { "x" } else { "y" }));
        }
        own.push(sum);
    }
    fs::write(&path, text).expect("a file");
    let ours = found("mixed", &path.display().to_string(), &["--dose", "dose", "--random-slope", "--random", "animal"]);
    let slope = row(&ours, "per unit of dose");
    let mean = own.iter().sum::<f64>() / 8.0;
    let sem = (own.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / 56.0).sqrt();
    close(number(slope, "/estimate"), mean, 1e-9);
    close(number(slope, "/se"), sem, 1e-5);
    close(number(slope, "/df"), 7.0, 1e-3);
    assert!(number(&ours, "/details/sd_slope") > 0.5);
}

#[test]
fn substances_against_bliss_loewe_and_the_better_one() {
    let (r, python) = (reference("R", "c3_mixture"), reference("python", "c3_mixture"));
    let ours = found("synergy", &data("c3_mixture"), &["--response", "effect", "--dose", "d1,d2"]);
    for place in 0..16 {
        let of = |key: &str| number(&r, &format!("/bliss/{key}/{place}"));
        let cell = format!("d1 {}, d2 {}", of("d1"), of("d2"));
        let bliss = row(&ours, &format!("{cell} over Bliss"));
        close(number(bliss, "/estimate"), of("excess"), 1e-10);
        close(number(bliss, "/se"), of("se_delta"), 1e-9);
        close(number(bliss, "/expected"), of("expected"), 1e-10);
        let highest = row(&ours, &format!("{cell} over HSA"));
        close(number(highest, "/estimate"), number(&r, &format!("/hsa_excess/{place}")), 1e-10);
        let index = row(&ours, &format!("{cell} Loewe index"));
        close(number(index, "/estimate"), number(&python, &format!("/loewe_combination_index/{place}")), 1e-6);
        let excess = row(&ours, &format!("{cell} over Loewe"));
        close(number(excess, "/estimate"), number(&r, &format!("/loewe_excess/{place}")), 1e-6);
    }
}

#[test]
fn schild_regression_beside_the_global_fit() {
    let r = reference("R", "c2_schild");
    let ours = found("schild", &data("c2_schild"), &["--dose", "agonist,antagonist"]);
    let line = row(&ours, "slope (regression)");
    close(number(line, "/estimate"), number(&r, "/schild_regression/slope"), 1e-6);
    close(number(line, "/se"), number(&r, "/schild_regression/slope_se"), 1e-5);
    close(number(line, "/ci_low"), number(&r, "/schild_regression/slope_ci/0"), 1e-5);
    close(number(row(&ours, "pa2 (regression)"), "/estimate"), number(&r, "/schild_regression/pA2_xintercept"), 1e-5);
    close(number(row(&ours, "slope = 1"), "/statistic"), number(&r, "/F_slope_eq_1/F"), 1e-5);
}

#[test]
fn games_howell_p_is_that_of_quadrature() {
    let python = reference("python", "f_flat");
    let ours = found("games-howell", &data("f_flat"), &["--reference", "control"]);
    let pairs = python["games_howell"]["pair"].as_array().expect("pairs");
    for (place, pair) in pairs.iter().enumerate() {
        let (b, a) = pair.as_str().and_then(|p| p.split_once('-')).expect("a pair");
        let own = ours["results"]
            .as_array()
            .expect("rows")
            .iter()
            .find(|row| row["term"] == format!("{b} - {a}") || row["term"] == format!("{a} - {b}"));
        let p = number(own.expect("the pair"), "/p_adjusted");
        close(p, number(&python, &format!("/games_howell/p/{place}")), 1e-8);
    }
}

#[test]
fn bootstrap_intervals_are_those_of_scipy() {
    // SciPy 1.17, 400,000 resamples of the animal means, drug - control; and
    // NumPy drawing animals, then slices, 2,000,000 times.
    let options = ["--resamples", "200000", "--reference", "control", "--seed", "5"];
    let ours = found("bootstrap", &data("a_nested2"), &options);
    let truth = [
        ("drug - control (BCa)", -44.036, -11.529),
        ("drug - control (percentile)", -44.045, -11.447),
        ("drug - control (animals, then slices)", -44.915, -10.629),
    ];
    for (term, low, high) in truth {
        let own = row(&ours, term);
        // A limit has a Monte-Carlo error of about 0.03 SE, 0.25 points.
        assert!((number(own, "/ci_low") - low).abs() < 0.25, "{own}");
        assert!((number(own, "/ci_high") - high).abs() < 0.25, "{own}");
    }
    close(number(row(&ours, "drug - control (BCa)"), "/se"), 8.312, 5e-3);
}

#[test]
fn curves_of_groups_are_compared() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("curves.csv");
    let mut text = String::from("group,dose,y\n");
    for (group, ec50) in [("a", 0.3), ("b", 3.0)] {
        for dose in [0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0_f64] {
            for scatter in [-1.0, 0.4, 0.6] {
                text.push_str(&format!("{group},{dose},{:?}\n", 150.0 - 50.0 * dose / (dose + ec50) + scatter));
            }
        }
    }
    fs::write(&path, text).expect("a file");
    let ours = found("dose-response", &path.display().to_string(), &["--group", "group"]);
    close(number(row(&ours, "ec50 a"), "/estimate"), 0.3, 1e-2);
    close(number(row(&ours, "ec50 b"), "/estimate"), 3.0, 2e-2);
    let same = row(&ours, "same EC50");
    // 54 values, 8 parameters apart, 1 saved.
    assert_eq!((number(same, "/df"), number(same, "/df_denominator")), (1.0, 46.0));
    assert!(number(same, "/p") < 1e-10 && number(row(&ours, "one curve for all"), "/p") < 1e-10);
}
