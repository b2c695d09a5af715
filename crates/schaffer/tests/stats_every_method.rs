//! What holds for every method of `schaffer stats`: the order of rows does not matter,
//! the answer has one shape, what does not apply is refused, one animal in a group is
//! no group.

mod program;

use program::schema::refused;
use serde_json::Value;
use std::fs;
use std::process::Command;
use tabular::{Choice, Method, SCHEMA};
use tempfile::TempDir;

/// Which table a method is asked about.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Slices of animals in groups.
    Nested,
    /// Two groups only.
    Two,
    /// One animal of a group under every time.
    Course,
    /// Doses, of one substance or of two.
    Doses,
    /// Two substances against each other.
    Mixture,
    /// P values.
    Family,
    /// Two crossed factors.
    Factors,
    /// Counts of slices of animals, with trials.
    Counts,
    /// z values of looks.
    Looks,
    /// Estimates of cohorts with their errors.
    Cohorts,
}

/// Every method with a table and what it needs beside it.
const CASES: &[(&str, Kind, &[&str])] = &[
    ("welch", Kind::Two, &[]),
    ("student", Kind::Two, &[]),
    ("paired", Kind::Two, &["--response", "y,y2"]),
    ("one-sample", Kind::Nested, &["--against", "3"]),
    ("mann-whitney", Kind::Two, &[]),
    ("wilcoxon", Kind::Two, &["--response", "y,y2"]),
    ("wilcoxon", Kind::Two, &["--against", "3"]),
    ("sign", Kind::Two, &["--response", "y,y2"]),
    ("brunner-munzel", Kind::Two, &[]),
    ("shapiro", Kind::Nested, &[]),
    ("levene", Kind::Nested, &[]),
    ("anova", Kind::Nested, &[]),
    ("welch-anova", Kind::Nested, &[]),
    ("kruskal", Kind::Nested, &[]),
    ("anova2", Kind::Factors, &["--group", "allo,iso"]),
    ("rm-anova", Kind::Course, &["--within", "t"]),
    ("mixed", Kind::Nested, &[]),
    ("mixed", Kind::Course, &["--within", "t", "--means"]),
    ("dunnett", Kind::Nested, &[]),
    ("tukey", Kind::Nested, &[]),
    ("tukey", Kind::Nested, &["--adjust", "holm"]),
    ("games-howell", Kind::Nested, &[]),
    ("yuen", Kind::Two, &[]),
    ("huber", Kind::Two, &[]),
    ("counts", Kind::Counts, &[]),
    ("counts", Kind::Counts, &["--size", "trials", "--negative-binomial"]),
    ("proportions", Kind::Counts, &["--size", "trials"]),
    ("sequential", Kind::Looks, &["--information", "share"]),
    ("meta", Kind::Cohorts, &["--se", "se"]),
    ("bootstrap", Kind::Two, &["--resamples", "500"]),
    ("permutation", Kind::Two, &[]),
    ("permutation", Kind::Two, &["--response", "y,y2"]),
    ("cluster", Kind::Course, &["--within", "t"]),
    ("tost", Kind::Two, &["--low", "-1", "--high", "1"]),
    ("bayes", Kind::Two, &[]),
    ("dose-response", Kind::Doses, &[]),
    ("dose-response", Kind::Doses, &["--group", "group"]),
    ("schild", Kind::Doses, &["--dose", "dose,antagonist"]),
    ("allosteric", Kind::Doses, &["--dose", "dose,antagonist"]),
    ("operational", Kind::Doses, &["--reference", "a"]),
    ("interaction", Kind::Factors, &["--group", "allo,iso"]),
    ("interaction", Kind::Mixture, &["--dose", "d1,d2"]),
    ("synergy", Kind::Mixture, &["--dose", "d1,d2"]),
    ("power", Kind::Two, &["--resamples", "200"]),
    ("power", Kind::Two, &["--animals", "8", "--slices", "2", "--effect-sd", "0.5"]),
    ("ancova", Kind::Nested, &["--covariate", "y2"]),
    ("ancova", Kind::Course, &["--covariate", "t", "--equivalence", "3"]),
    ("input-output", Kind::Course, &["--covariate", "t"]),
    ("adjust", Kind::Family, &[]),
    ("adjust", Kind::Cohorts, &["--response", "share", "--group", "family", "--gates", "serial"]),
];

/// Numbers without a pattern, the same ones always: a linear congruence.
fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5
    }
}

/// Header and rows of a table.
fn table(kind: Kind) -> (String, Vec<String>) {
    let mut e = noise(11);
    let mut rows = Vec::new();
    let nested = |groups: &[&str], rows: &mut Vec<String>, e: &mut dyn FnMut() -> f64| {
        for (g, group) in groups.iter().enumerate() {
            for animal in 0..5 + g {
                let own = 4.0 * e();
                for slice in 0..1 + (animal + g) % 3 {
                    let y = own + 2.0 * e() + g as f64 + 4.0;
                    rows.push(format!("{group},{group}{animal},s{slice},{y:.1},{:.1}", y + 0.7 + e()));
                }
            }
        }
    };
    let header = match kind {
        Kind::Counts => {
            for (g, group) in ["vehicle", "allo"].iter().enumerate() {
                for animal in 0..6 {
                    for slice in 0..3 {
                        let count = ((4 + 2 * g) as f64 + 6.0 * e() + 3.0 * f64::from(animal % 3)).abs().round();
                        rows.push(format!("{group},{group}{animal},s{slice},{count},20"));
                    }
                }
            }
            "group,animal,slice,y,trials"
        }
        Kind::Looks => {
            for (share, z) in [(0.3, 1.1), (0.6, 2.9), (1.0, 3.3)] {
                rows.push(format!("{z},{share}"));
            }
            "y,share"
        }
        Kind::Cohorts => {
            for k in 0..6 {
                rows.push(format!(
                    "c{k},{:.2},{:.2},{},{:.3}",
                    1.0 + 2.0 * e(),
                    0.4 + 0.2 * e(),
                    1 + k / 3,
                    (0.03 * e()).abs()
                ));
            }
            "group,y,se,family,share"
        }
        Kind::Nested => {
            nested(&["vehicle", "iso", "allo"], &mut rows, &mut e);
            "group,animal,slice,y,y2"
        }
        Kind::Two => {
            nested(&["vehicle", "allo"], &mut rows, &mut e);
            "group,animal,slice,y,y2"
        }
        Kind::Course => {
            for (g, group) in ["vehicle", "allo"].iter().enumerate() {
                for animal in 0..4 {
                    for t in [-5, 0, 10, 100] {
                        let y = f64::from(t) * g as f64 / 10.0 + 3.0 * e();
                        rows.push(format!("{group},{group}{animal},{t},{y:.2}"));
                    }
                }
            }
            "group,animal,t,y"
        }
        Kind::Doses => {
            for (group, antagonist) in [("a", 0.0), ("b", 1.0), ("c", 3.0)] {
                for dose in [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0] {
                    for _ in 0..3 {
                        let effective = dose / (1.0 + antagonist);
                        rows.push(format!(
                            "{group},{dose},{antagonist},{:.3}",
                            100.0 * effective / (effective + 0.5) + e()
                        ));
                    }
                }
            }
            "group,dose,antagonist,y"
        }
        Kind::Mixture => {
            for a in [0.0, 0.5, 1.0, 2.0, 4.0, 8.0] {
                for b in [0.0, 1.0, 2.0, 4.0, 8.0, 16.0] {
                    for _ in 0..3 {
                        let effect = 1.0 - 1.0 / ((1.0 + a / 2.0) * (1.0 + b / 5.0)) + 0.02 * e();
                        rows.push(format!("{a},{b},{effect:.4}"));
                    }
                }
            }
            "d1,d2,y"
        }
        Kind::Family => {
            rows.extend(["0.04", "0.001", "0.3", "0.02", "0.04"].map(str::to_owned));
            "p"
        }
        Kind::Factors => {
            for i in 0..20 {
                let (allo, iso, own) = (i % 2, (i / 2) % 2, 3.0 * e());
                for slice in 0..2 {
                    rows.push(format!("{allo},{iso},m{i},{slice},{:.2}", own + e() + f64::from(2 * allo * iso)));
                }
            }
            "allo,iso,animal,slice,y"
        }
    };
    (header.to_owned(), rows)
}

/// The answer to a table, as JSON or as what is said of it.
fn asked(method: &str, text: &str, options: &[&str]) -> Result<Value, (Option<i32>, String)> {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("t.csv");
    fs::write(&path, text).expect("a table");
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.arg("stats").arg(method).arg(&path).args(options).arg("--json");
    let output = command.output().expect("an end");
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout).expect("JSON"));
    }
    Err((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

fn answered(method: &str, text: &str, options: &[&str]) -> Value {
    asked(method, text, options).unwrap_or_else(|(_, told)| panic!("{method} {options:?}: {told}"))
}

fn joined(header: &str, rows: &[String]) -> String {
    format!("{header}\n{}\n", rows.join("\n"))
}

#[test]
fn every_method_has_a_case() {
    for method in Method::ALL.map(Method::name) {
        assert!(CASES.iter().any(|(name, ..)| *name == method), "{method} is not in CASES");
    }
}

#[test]
fn the_order_of_rows_does_not_matter() {
    for (method, kind, options) in CASES.iter().filter(|(method, ..)| !["adjust", "meta"].contains(method)) {
        let (header, rows) = table(*kind);
        let once = answered(method, &joined(&header, &rows), options);
        for seed in 1..4 {
            let mut e = noise(seed);
            let mut keyed: Vec<(f64, &String)> = rows.iter().map(|row| (e(), row)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut shuffled: Vec<String> = keyed.into_iter().map(|(_, row)| row.clone()).collect();
            // A few rows may fall as they lay.
            if shuffled == rows {
                shuffled.rotate_left(1);
            }
            assert_eq!(answered(method, &joined(&header, &shuffled), options), once, "{method} {options:?}");
        }
    }
    // Cohorts and p values have no names but their rows.
    let (header, mut cohorts) = table(Kind::Cohorts);
    let together = |rows: &[String]| {
        let answer = answered("meta", &joined(&header, rows), &["--se", "se"]);
        answer["results"].as_array().expect("rows")[..4].to_vec()
    };
    let once = together(&cohorts);
    cohorts.rotate_left(2);
    assert_eq!(together(&cohorts), once);
    let (header, mut rows) = table(Kind::Family);
    let pairs = |rows: &[String]| {
        let answer = answered("adjust", &joined(&header, rows), &[]);
        let row = |row: &Value| format!("{} {}", row["p"], row["p_adjusted"]);
        let mut pairs: Vec<String> = answer["results"].as_array().expect("rows").iter().map(row).collect();
        pairs.sort();
        pairs
    };
    let once = pairs(&rows);
    rows.reverse();
    assert_eq!(pairs(&rows), once);
}

#[test]
fn every_answer_has_the_shape_of_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("a schema");
    for (method, kind, options) in CASES {
        let (header, rows) = table(*kind);
        let answer = answered(method, &joined(&header, &rows), options);
        assert_eq!(refused(&schema, &schema, &answer), None, "{method}");
        let rows = answer["results"].as_array().expect("rows");
        assert!(*method == "cluster" || !rows.is_empty(), "{method}");
        let first = rows.first().cloned().unwrap_or(Value::Null);
        for key in ["estimate", "statistic", "p", "ci_low"] {
            let expected = if rows.len() == 1 { first[key].clone() } else { Value::Null };
            assert_eq!(answer[key], expected, "{method} {key}");
        }
        for row in rows {
            assert!(row["model"].as_str().is_some_and(|model| !model.is_empty()), "{method}: {row}");
            for (name, value) in answer["warnings"].as_array().into_iter().flatten().enumerate() {
                assert!(row["warnings"].as_array().is_some_and(|own| own.contains(value)), "{method} {name}");
            }
            if matches!(kind, Kind::Nested | Kind::Two | Kind::Course) {
                assert!(row["n_animals"].is_u64(), "{method}: {row}");
            }
        }
    }
}

#[test]
fn a_faulty_answer_does_not_keep_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("a schema");
    let (header, rows) = table(Kind::Two);
    let good = answered("welch", &joined(&header, &rows), &[]);
    let broken: [(&str, Value); 4] =
        [("p", "0.03".into()), ("p", 1.5.into()), ("warnings", Value::Null), ("hedges_g", "-0.4".into())];
    for (key, value) in broken {
        let mut bad = good.clone();
        bad[key] = value;
        assert!(refused(&schema, &schema, &bad).is_some(), "{key}");
    }
}

/// A value for every option.
fn value_of(choice: Choice) -> Option<&'static str> {
    Some(match choice {
        Choice::RandomSlope
        | Choice::Autoregression
        | Choice::Profile
        | Choice::Means
        | Choice::Pairs
        | Choice::NegativeBinomial => return None,
        Choice::Response => "y",
        Choice::Group => "group",
        Choice::Animal => "animal",
        Choice::Slice => "slice",
        Choice::Unit => "animal",
        Choice::Dose => "dose",
        Choice::Within => "t",
        Choice::Design => "between-animals",
        Choice::Reference => "vehicle",
        Choice::Df => "satterthwaite",
        Choice::Random => "animal",
        Choice::Variances => "equal",
        Choice::Likelihood => "ml",
        Choice::Adjust => "bh",
        Choice::Interval => "0.9",
        Choice::Resamples => "200",
        Choice::Sums => "2",
        Choice::Shape => "3pl",
        Choice::Entry => "0.01",
        Choice::Spending => "pocock",
        Choice::Gates => "serial",
        Choice::Slopes => "equal",
        _ => "3",
    })
}

#[test]
fn options_without_a_use_are_refused() {
    for method in Method::ALL {
        let (_, kind, options) = CASES.iter().find(|(name, ..)| *name == method.name()).expect("a case");
        let (header, rows) = table(*kind);
        let text = joined(&header, &rows);
        for choice in Choice::ALL.into_iter().filter(|choice| !choice.applies_to(method)) {
            let name = format!("--{}", choice.name());
            let more: Vec<&str> = std::iter::once(name.as_str()).chain(value_of(choice)).collect();
            let (code, told) = asked(method.name(), &text, &[options, more.as_slice()].concat()).expect_err(&name);
            assert_eq!(code, Some(2), "{} {name}: {told}", method.name());
            assert!(told.contains(&format!("{name} does not apply to {}", method.name())), "{told}");
        }
    }
}

/// Columns are named as they are found anyway; names are different already; all
/// arrangements are counted, so none is drawn; the usual design has no other model.
fn changes_nothing(method: Method, choice: Choice) -> bool {
    use Choice as C;
    match choice {
        C::Response | C::Group | C::Animal | C::Slice | C::Unit | C::Dose | C::Within | C::Design | C::Random => true,
        // What it writes is a file: stats_forest.rs.
        C::Forest => true,
        // Where all degrees of freedom are those of animals, both ways of counting them agree.
        C::Df => method == Method::InputOutput,
        C::Seed | C::Resamples => matches!(method, Method::Permutation | Method::Cluster),
        _ => false,
    }
}

#[test]
fn options_that_are_taken_are_used() {
    for method in Method::ALL {
        let (_, kind, options) = CASES.iter().find(|(name, ..)| *name == method.name()).expect("a case");
        let (header, rows) = table(*kind);
        let text = joined(&header, &rows);
        let plain = answered(method.name(), &text, options);
        let taken = Choice::ALL.into_iter().filter(|c| c.applies_to(method) && !changes_nothing(method, *c));
        for choice in taken {
            let name = format!("--{}", choice.name());
            if options.contains(&name.as_str()) {
                continue;
            }
            let value = match choice {
                Choice::Reference => Some("allo"),
                Choice::Slopes if method == Method::Ancova => Some("by-group"),
                _ => value_of(choice),
            };
            let more: Vec<&str> = std::iter::once(name.as_str()).chain(value).collect();
            let with = asked(method.name(), &text, &[options, more.as_slice()].concat());
            assert_ne!(with.ok().as_ref(), Some(&plain), "{} takes {name} and does nothing with it", method.name());
        }
    }
}

#[test]
fn one_animal_is_no_group_whatever_the_method() {
    let compared = ["welch", "student", "mann-whitney", "brunner-munzel", "levene", "anova", "welch-anova", "kruskal"];
    let others = ["dunnett", "tukey", "games-howell", "bootstrap", "permutation", "bayes", "one-sample"];
    let lone = "group,animal,slice,y\na,A,1,1\na,A,2,2\nb,B,1,3\nb,C,1,5\nb,D,1,4\nb,D,2,6\n";
    for method in compared.iter().chain(&others).chain(&["tost"]) {
        let options: &[&str] = if *method == "tost" { &["--low", "-1", "--high", "1"] } else { &[] };
        let (code, told) = asked(method, lone, options).expect_err(method);
        assert_eq!(code, Some(65), "{method}: {told}");
        assert!(told.contains("column \"group\": group \"a\" has 1 animal:"), "{method}: {told}");
    }
    let course = "group,animal,t,y\na,A,0,1\na,A,1,2\nb,B,0,3\nb,B,1,5\nb,C,0,4\nb,C,1,7\n";
    for method in ["cluster", "rm-anova"] {
        let (_, told) = asked(method, course, &["--within", "t"]).expect_err(method);
        assert!(told.contains("column \"group\": group \"a\" has 1 animal:"), "{method}: {told}");
    }
}
