//! `schaffer stats` on the reference data, against R and Python.

mod program;

use program::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn command(method: &str, file: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(root()).arg("stats").arg(method).arg(file).args(options);
    command
}

fn data(name: &str) -> String {
    format!("tests/golden/statistics/data/{name}.csv")
}

/// The JSON of a call on reference data.
fn found(method: &str, name: &str, options: &[&str]) -> Value {
    let assert = command(method, &data(name), options).arg("--json").assert().success();
    serde_json::from_slice(&assert.get_output().stdout).expect("JSON")
}

fn reference(side: &str, name: &str) -> Value {
    let path = root().join(format!("tests/golden/statistics/{side}/{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).expect("a reference")).expect("JSON")
}

fn number(value: &Value, pointer: &str) -> f64 {
    value.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {pointer} in {value}"))
}

/// Compares quantities: (pointer of ours, pointer of the truth), relative.
fn agree(ours: &Value, truth: &Value, under: &str, tolerance: f64, pairs: &[(&str, &str)]) {
    for (own, other) in pairs {
        let (own_value, other_value) = (number(ours, own), number(truth, &format!("{under}/{other}")));
        let far = (own_value - other_value).abs() / other_value.abs().max(1e-3);
        assert!(far <= tolerance, "{own}: {own_value}, reference {under}/{other} {other_value}");
    }
}

const T_TEST: [(&str, &str); 6] =
    [("/statistic", "stat"), ("/df", "df"), ("/p", "p"), ("/se", "se"), ("/ci_low", "ci/0"), ("/ci_high", "ci/1")];

/// R's tests are of the first minus the second group.
const FIRST_MINUS_SECOND: [&str; 2] = ["--reference", "drug"];

#[test]
fn two_groups_of_animals() {
    let r = reference("R", "a_nested2");
    for (method, key) in [("welch", "welch"), ("student", "student")] {
        let ours = found(method, "a_nested2", &FIRST_MINUS_SECOND);
        agree(&ours, &r, &format!("/animal_means/{key}"), 1e-9, &T_TEST);
        agree(&ours, &r, "/animal_means/effect", 1e-9, &[("/hedges_g", "hedges_g"), ("/hedges_g_low", "g_ci_nct/0")]);
        assert_eq!(ours["unit"], "animal");
        assert_eq!(ours["units"][1]["n"], 8, "{ours}");
        assert_eq!(ours["warnings"], serde_json::json!([]));
    }
    let ours = found("brunner-munzel", "a_nested2", &["--reference", "control"]);
    let keys = [("/df", "df"), ("/p", "p"), ("/estimate", "P_x_lt_y"), ("/t_low", "ci/0"), ("/p_normal", "p_normal")];
    assert_eq!(ours["ci_low"], 0.0, "a probability is not below 0");
    agree(&ours, &r, "/animal_means/brunner_munzel", 1e-9, &keys);
}

/// Exact p by counting all 1,716 arrangements; approximation by hand:
/// z = (|34.5 − 21| − 0.5) / √(3.5 · (14 − 60/156)), which is what SciPy takes under ties.
#[test]
fn ties_say_which_p_is_which() {
    let folder = TempDir::new().expect("a folder");
    let table = |second: &str| {
        let path = folder.path().join("t.csv");
        let rows = |group: &str, values: &str| values.split(' ').map(|v| format!("{group},{v}\n")).collect::<String>();
        let text = format!("group,y\n{}{}", rows("a", "1 2 2 3 4 4"), rows("b", second));
        fs::write(&path, text).expect("a table");
        path.display().to_string()
    };
    let tied = table("2 3 4 5 6 6 7");
    let json = command("mann-whitney", &tied, &["--json"]).assert().success();
    let ours: Value = serde_json::from_slice(&json.get_output().stdout).expect("JSON");
    for (key, expected) in [("/p", 95.0 / 1716.0), ("/p_normal_continuity", 0.05967448644205166)] {
        assert!((number(&ours, key) / expected - 1.0).abs() < 1e-12, "{key} {}", number(&ours, key));
    }
    let text = command("mann-whitney", &tied, &[]).assert().success();
    let text = String::from_utf8_lossy(&text.get_output().stdout).into_owned();
    for expected in
        ["exact p = 0.055", "p normal continuity 0.060", "Values are tied", "SciPy's mannwhitneyu", "0.060:"]
    {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let free = folder.path().join("t.csv");
    fs::write(&free, "group,y\na,1\na,2\na,3\nb,4\nb,5\nb,6.5\n").expect("a table");
    let text = command("mann-whitney", &free.display().to_string(), &[]).assert().success();
    let text = String::from_utf8_lossy(&text.get_output().stdout).into_owned();
    assert!(!text.contains("SciPy"), "both programs count here: {text}");
}

#[test]
fn slices_as_units_are_computed_with_a_warning() {
    let r = reference("R", "a_nested2");
    let options = ["--unit", "slice", "--reference", "drug"];
    let ours = found("welch", "a_nested2", &options);
    agree(&ours, &r, "/slices_naive/welch", 1e-9, &T_TEST);
    let warning = ours["warnings"][0].as_str().expect("a warning");
    assert!(warning.contains("45 slices of 16 animals are treated as independent"), "{warning}");

    let ours = found("mann-whitney", "a_nested2", &options);
    let exact = [("/statistic", "stat"), ("/p", "p"), ("/p_less", "p_less"), ("/p_greater", "p_greater")];
    agree(&ours, &r, "/slices_naive/mw_exact", 1e-12, &exact);
    agree(&ours, &r, "/slices_naive/mw_normal_nocc", 1e-9, &[("/p_normal", "p")]);
    agree(&ours, &r, "/slices_naive/mw_normal_cc", 1e-9, &[("/p_normal_continuity", "p")]);
    let shift = [("/estimate", "estimate"), ("/ci_low", "ci/0"), ("/ci_high", "ci/1")];
    agree(&ours, &r, "/slices_naive/hodges_lehmann", 1e-10, &shift);
}

#[test]
fn assumptions() {
    let r = reference("R", "a_nested2");
    let ours = found("shapiro", "a_nested2", &[]);
    for (place, key) in ["shapiro_x", "shapiro_y", "shapiro_resid"].iter().enumerate() {
        let (w, p) = (format!("/results/{place}/statistic"), format!("/results/{place}/p"));
        agree(&ours, &r, &format!("/animal_means/{key}"), 1e-6, &[(&w, "stat"), (&p, "p")]);
    }
    let ours = found("levene", "a_nested2", &[]);
    for (place, key) in ["brown_forsythe", "levene_mean"].iter().enumerate() {
        let (f, p) = (format!("/results/{place}/statistic"), format!("/results/{place}/p"));
        agree(&ours, &r, &format!("/animal_means/{key}"), 1e-9, &[(&f, "F"), (&p, "p")]);
    }
}

#[test]
fn several_groups() {
    let r = reference("R", "b2_balanced");
    let under = "/animal_means_kgroups";
    let f =
        [("/statistic", "F"), ("/df", "df/0"), ("/df_denominator", "df/1"), ("/p", "p"), ("/omega_squared", "omega2")];
    agree(&found("anova", "b2_balanced", &[]), &r, &format!("{under}/anova"), 1e-9, &f);
    let welch = [("/statistic", "stat"), ("/df_denominator", "df/1"), ("/p", "p")];
    agree(&found("welch-anova", "b2_balanced", &[]), &r, &format!("{under}/welch_anova"), 1e-9, &welch);
    let h = [("/statistic", "stat"), ("/df", "df"), ("/p", "p")];
    agree(&found("kruskal", "b2_balanced", &[]), &r, &format!("{under}/kruskal"), 1e-9, &h);
}

#[test]
fn families_of_comparisons() {
    let (r, python) = (reference("R", "b2_balanced"), reference("python", "b2_balanced"));
    let under = "/animal_means_kgroups";
    // The reference lists ALLO, ISO, ALLO_ISO; here names have their order.
    let (against_control, pairs) = ([0, 2, 1], [0, 2, 1, 4, 3, 5]);
    let check = |ours: &Value, truth: &Value, key: &str, tolerance: f64, fields: &[(&str, &str)], order: &[usize]| {
        assert_eq!(ours["results"].as_array().map(Vec::len), Some(order.len()));
        for (place, theirs) in order.iter().enumerate() {
            let term = ours["results"][place]["term"].as_str().unwrap_or_default();
            if term == "ISO - ALLO_ISO" {
                // The other way round: minus, and the limits change places.
                let (own, theirs) = (format!("/results/{place}/estimate"), format!("{under}/{key}/diff/{theirs}"));
                if let Some(difference) = truth.pointer(&theirs).and_then(Value::as_f64) {
                    assert!((number(ours, &own) + difference).abs() < 1e-9 * difference.abs(), "{term}");
                }
                continue;
            }
            for (own, other) in fields {
                let (own, other) = (format!("/results/{place}/{own}"), format!("{other}/{theirs}"));
                agree(ours, truth, &format!("{under}/{key}"), tolerance, &[(&own, &other)]);
            }
        }
    };
    let dunnett = found("dunnett", "b2_balanced", &["--reference", "control"]);
    let fields = [("statistic", "t"), ("p_adjusted", "p_exact_quadrature")];
    check(&dunnett, &python, "dunnett", 1e-9, &fields, &against_control);
    let tukey = found("tukey", "b2_balanced", &[]);
    let fields = [("estimate", "diff"), ("p_adjusted", "p"), ("ci_low", "lwr"), ("ci_high", "upr")];
    check(&tukey, &python, "tukey", 1e-9, &fields, &pairs);
    let howell = found("games-howell", "b2_balanced", &[]);
    check(&howell, &r, "games_howell", 1e-9, &[("estimate", "diff"), ("se", "se"), ("df", "df")], &pairs);
    let holm = found("tukey", "b2_balanced", &["--adjust", "holm"]);
    check(&holm, &r, "pairwise_t_pooled_holm", 1e-9, &[("p_adjusted", "p")], &pairs);
}

#[test]
fn pairs_of_two_columns() {
    let r = reference("R", "e_paired");
    let columns = ["--response", "control_path,test_path"];
    let ours = found("paired", "e_paired", &columns);
    agree(&ours, &r, "/animal_means/paired_t", 1e-9, &T_TEST);
    agree(&ours, &r, "/animal_means/effect", 1e-9, &[("/d_z", "d_z"), ("/g_z", "g_z"), ("/g_z_high", "g_z_ci_nct/1")]);
    let ours = found("wilcoxon", "e_paired", &columns);
    agree(&ours, &r, "/animal_means/wilcoxon_exact", 1e-12, &[("/statistic", "stat"), ("/p", "p")]);
    agree(&ours, &r, "/animal_means/hl", 1e-9, &[("/estimate", "pseudomedian"), ("/ci_low", "ci/0")]);
    let ours = found("permutation", "e_paired", &columns);
    agree(&ours, &r, "/animal_means/signflip_exact", 1e-12, &[("/p", "p_two_sided"), ("/arrangements", "n_perm")]);
    let ours = found("bayes", "e_paired", &columns);
    agree(&ours, &r, "/animal_means", 1e-6, &[("/bf10", "jzs_bf10")]);
    let bounds = ["--response", "control_path,test_path", "--low", "-15", "--high", "15"];
    let ours = found("tost", "e_paired", &bounds);
    let keys = [("/p_lower", "p_lower"), ("/p", "p"), ("/ci_low", "ci90/0"), ("/t_upper", "t_upper")];
    agree(&ours, &r, "/animal_means/tost_paired", 1e-9, &keys);
}

#[test]
fn pairs_of_two_groups_are_the_same_pairs() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("long.csv");
    let wide = fs::read_to_string(root().join(data("e_paired"))).expect("data");
    let mut long = String::from("animal,slice,group,y\n");
    for line in wide.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        for (group, value) in [("control", cells[2]), ("test", cells[3])] {
            long.push_str(&format!("{},{},{group},{value}\n", cells[0], cells[1]));
        }
    }
    fs::write(&path, long).expect("a file");
    let assert = command("paired", &path.display().to_string(), &["--json"]).assert().success();
    let ours = serde_json::from_slice(&assert.get_output().stdout).expect("JSON");
    agree(&ours, &reference("R", "e_paired"), "/animal_means/paired_t", 1e-9, &T_TEST);
}

#[test]
fn equivalence_evidence_and_permutation() {
    let r = reference("R", "a_nested2");
    let ours = found("tost", "a_nested2", &["--reference", "drug", "--low", "-15", "--high", "15"]);
    let keys = [
        ("/t_lower", "t_lower"),
        ("/p_lower", "p_lower"),
        ("/p_upper", "p_upper"),
        ("/p", "p"),
        ("/ci_high", "ci90/1"),
    ];
    agree(&ours, &r, "/animal_means/tost_welch", 1e-9, &keys);
    agree(&found("bayes", "a_nested2", &[]), &r, "/animal_means", 1e-6, &[("/bf10", "jzs_bf10")]);
    let ours = found("permutation", "a_nested2", &["--reference", "drug"]);
    let keys = [("/estimate", "diff"), ("/p", "p_two_sided"), ("/p_greater", "p_greater"), ("/arrangements", "n_perm")];
    agree(&ours, &r, "/animal_means/permutation_meandiff_exact", 1e-12, &keys);
}

#[test]
fn mixed_models_with_either_degrees_of_freedom() {
    let python = reference("python", "a_nested2");
    for (df, key) in [("kenward-roger", "Kenward-Roger"), ("satterthwaite", "Satterthwaite")] {
        let ours = found("mixed", "a_nested2", &["--reference", "control", "--df", df]);
        let under = format!("/lmm/{key}");
        let keys = [("/estimate", "estimate/1"), ("/se", "se/1"), ("/statistic", "t/1")];
        agree(&ours, &python, &under, 1e-7, &keys);
        agree(&ours, &python, &under, 1e-5, &[("/df", "df/1"), ("/p", "p/1")]);
    }
    let python = reference("python", "b2_balanced");
    let ours = found("mixed", "b2_balanced", &["--reference", "control", "--variances", "equal"]);
    // The reference lists ALLO, ISO, ALLO_ISO; here names have their order.
    for (place, theirs) in [1, 3, 2].into_iter().enumerate() {
        let (own, other) = (format!("/results/{place}/estimate"), format!("estimate/{theirs}"));
        agree(&ours, &python, "/lmm_group/Kenward-Roger", 1e-7, &[(&own, &other)]);
    }
    let overall = [("/results/3/statistic", "F"), ("/results/3/df_denominator", "den_df"), ("/results/3/p", "p")];
    agree(&ours, &python, "/lmm_group/anova3_Kenward-Roger", 1e-5, &overall);
    let ours = found("interaction", "b2_balanced", &["--group", "allo,iso", "--variances", "equal"]);
    let keys = [("/estimate", "estimate"), ("/se", "se"), ("/df", "df"), ("/p", "p")];
    agree(&ours, &python, "/lmm_factorial_sum_contrasts/emmeans_interaction/kenward-roger", 1e-5, &keys);
}

#[test]
fn two_factors() {
    let r = reference("R", "b2_balanced");
    for (sums, key, first) in [("2", "typeII", 0), ("3", "typeIII", 1)] {
        let ours = found("anova2", "b2_balanced", &["--group", "allo,iso", "--sums", sums]);
        for place in 0..3 {
            let other = place + first;
            let own = |name: &str| format!("/results/{place}/{name}");
            let (f, p, ss) = (own("statistic"), own("p"), own("ss"));
            let (rf, rp, rss) = (format!("F/{other}"), format!("p/{other}"), format!("ss/{other}"));
            let under = format!("/twoway_animal_means/{key}");
            agree(&ours, &r, &under, 1e-9, &[(&f, &rf), (&p, &rp), (&ss, &rss)]);
        }
    }
}

#[test]
fn repeated_measures_and_cluster_mass() {
    let r = reference("R", "d_timecourse");
    let folder = TempDir::new().expect("a folder");
    let bins = folder.path().join("bins.csv");
    let cells = |key: &str| r.pointer(&format!("/bins_animal/{key}")).and_then(Value::as_array).expect("bins").clone();
    let (animal, group, bin, y) = (cells("animal"), cells("group"), cells("bin"), cells("y"));
    let mut text = String::from("animal,group,bin,y\n");
    for i in 0..y.len() {
        let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.push_str(&format!("{},{},{},{}\n", word(&animal[i]), word(&group[i]), word(&bin[i]), y[i]));
    }
    fs::write(&bins, text).expect("a file");
    let options = ["--group", "group", "--within", "bin", "--json"];
    let assert = command("rm-anova", &bins.display().to_string(), &options).assert().success();
    let ours: Value = serde_json::from_slice(&assert.get_output().stdout).expect("JSON");
    for place in 0..3 {
        let (f, rf) = (format!("/results/{place}/statistic"), format!("F/{}", place + 1));
        let (p, rp) = (format!("/results/{place}/p"), format!("p/{}", place + 1));
        agree(&ours, &r, "/rm_anova_mixed_5bins", 1e-6, &[(&f, &rf), (&p, &rp)]);
    }
    let keys = [("/details/greenhouse_geisser", "GG_eps/0"), ("/details/mauchly_w", "mauchly_W/0")];
    agree(&ours, &r, "/rm_anova_mixed_5bins", 1e-6, &keys);

    // The reference tests the time after the tetanus only.
    let after = folder.path().join("after.csv");
    let all = fs::read_to_string(root().join(data("d_timecourse"))).expect("data");
    let late = |line: &&str| line.split(',').nth(3).is_some_and(|t| t.parse::<f64>().map_or(true, |t| t >= 0.0));
    fs::write(&after, all.lines().filter(late).collect::<Vec<_>>().join("\n")).expect("a file");
    let options = ["--within", "t", "--reference", "drug", "--json"];
    let assert = command("cluster", &after.display().to_string(), &options).assert().success();
    let ours: Value = serde_json::from_slice(&assert.get_output().stdout).expect("JSON");
    assert_eq!(ours["results"].as_array().map(Vec::len), Some(4));
    for place in 0..4 {
        let (mass, rmass) = (format!("/results/{place}/statistic"), format!("mass/{place}"));
        let (p, rp) = (format!("/results/{place}/p"), format!("p/{place}"));
        agree(&ours, &r, "/cluster_permutation", 1e-9, &[(&mass, &rmass), (&p, &rp)]);
    }
}

#[test]
fn curves_and_antagonists() {
    let python = reference("python", "c_dose");
    let ours = found("dose-response", "c_dose", &[]);
    for place in 0..4 {
        let own = format!("/results/{place}/estimate");
        agree(&ours, &python, "/logEC50_par", 1e-6, &[(&own, &format!("estimate/{place}"))]);
    }
    agree(
        &ours,
        &python,
        "",
        1e-3,
        &[("/results/4/ci_low", "profile_ci/EC50/0"), ("/results/4/estimate", "EC50/estimate")],
    );
    let python = reference("python", "c2_schild");
    let ours = found("schild", "c2_schild", &["--dose", "agonist,antagonist"]);
    for (place, under) in [(4, "/global_slope_1"), (9, "/global_slope_free")] {
        let (own, se) = (format!("/results/{place}/estimate"), format!("/results/{place}/se"));
        agree(&ours, &python, under, 1e-5, &[(&own, "estimate/4"), (&se, "se/4")]);
    }
    let ours = found("interaction", "c3_mixture", &["--response", "effect", "--dose", "d1,d2"]);
    assert!(ours["sentence"].as_str().is_some_and(|s| s.starts_with("Against Bliss independence")));
}

#[test]
fn adjusted_p_values() {
    let r = reference("R", "h_padjust");
    for (method, key) in [("holm", "holm"), ("hochberg", "hochberg"), ("hommel", "hommel"), ("bh", "BH"), ("by", "BY")]
    {
        let ours = found("adjust", "h_pvalues", &["--adjust", method]);
        for place in 0..15 {
            let own = format!("/results/{place}/p_adjusted");
            agree(&ours, &r, "", 1e-12, &[(&own, &format!("{key}/{place}"))]);
        }
    }
}

#[test]
fn resampling_depends_on_the_seed_only() {
    let once = found("bootstrap", "a_nested2", &["--seed", "7"]);
    assert_eq!(once, found("bootstrap", "a_nested2", &["--seed", "7"]));
    assert_ne!(once["results"], found("bootstrap", "a_nested2", &["--seed", "8"])["results"]);
    // 10 000 resamples leave a Monte-Carlo error of a few per cent of the SE; in groups of
    // eight the bootstrap-t interval is about as wide as that of Welch's t.
    let welch = found("welch", "a_nested2", &[]);
    let half = (number(&welch, "/ci_high") - number(&welch, "/ci_low")) / 2.0;
    let own = (number(&once, "/results/0/ci_high") - number(&once, "/results/0/ci_low")) / 2.0;
    assert!(own > 0.8 * half && own < 1.25 * half, "{own} against {half}");
    let warning = once["warnings"][0].as_str().expect("few units");
    assert!(warning.contains("too narrow"), "{warning}");
}

#[test]
fn power_of_a_balanced_plan() {
    let r = reference("R", "i_power");
    let nested = &r["nested_balanced_analytic"];
    let text = |key: &str| {
        let value = &nested[key];
        value.get(30).unwrap_or(value).to_string().replace(".0", "")
    };
    let (effect, n, m) = (text("delta"), text("n"), text("m"));
    let (animal, slice) = (text("sd_animal"), text("sd_slice"));
    let options = ["--effect", &effect, "--animals", &n, "--slices", &m, "--sd-animal", &animal, "--sd-slice", &slice];
    let ours = found("power", "a_nested2", &options);
    let truth = nested["power"].get(30).unwrap_or(&nested["power"]).as_f64().expect("a power");
    assert!((number(&ours, "/results/0/estimate") - truth).abs() < 1e-9, "{ours} {truth}");
}

#[test]
fn the_text_states_unit_test_and_sentence() {
    let assert = command("welch", &data("a_nested2"), &["--reference", "control"]).assert().success();
    let text = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Experimental unit: animal (n: control 8, drug 8)"), "{text}");
    assert!(text.contains("The difference drug − control was −27.77"), "{text}");
}

#[test]
fn missing_values_are_counted_when_left_out() {
    let ours = found("welch", "x08_nan", &["--drop-missing", "--reference", "y"]);
    agree(&ours, &reference("R", "x08_nan"), "/welch", 1e-9, &T_TEST);
    let warnings = ours["warnings"].to_string();
    assert!(warnings.contains("rows without a response are left out"), "{warnings}");
}
