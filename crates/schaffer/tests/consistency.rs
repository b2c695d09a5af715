//! Report, figures' data and terminal of every shipped experiment, made small, walked
//! against the findings and the plan: each p, interval and difference is one of the
//! findings, each compound and condition is named, nothing is said that is not so.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;
mod walk;

use program::Command;
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use walk::{Known, drawn_words, every_number, prose, strange_cells, unknown_numbers, wrong_counts, wrong_tenses};

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");

fn experiments() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments")
}

/// The experiment with three animals of one slice and vector figures only; `more` is
/// put in place of what it names.
fn small(file: &Path, more: &[(&str, &str)]) -> String {
    let text = fs::read_to_string(file).unwrap();
    let set = |text: String, key: &str, value: &str| {
        Regex::new(&format!(r"(?m)^{key}\s*=.*$")).unwrap().replace_all(&text, format!("{key} = {value}")).into_owned()
    };
    let text = set(set(text, "animals", "3"), "slices_per_animal", "1");
    let mut text = set(text, "formats", r#"["svg"]"#);
    if !text.contains("formats") {
        let section = if text.contains("[report]") { "" } else { "\n[report]\n" };
        text = if section.is_empty() {
            text.replace("[report]", "[report]\nformats = [\"svg\"]")
        } else {
            format!("{text}{section}formats = [\"svg\"]\n")
        };
    }
    if !text.contains("[prediction]") {
        // The prediction is walked where a design asks for each kind of it.
        let kinds = ["gamsa-2x2", "allopregnanolone-hfs-tbs"];
        let draws = if kinds.iter().any(|kind| file.ends_with(format!("{kind}.toml"))) { 8 } else { 0 };
        text.push_str(&format!("\n[prediction]\ndraws = {draws}\n"));
    }
    more.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

/// What a run left and said.
struct Told {
    name: String,
    folder: PathBuf,
    terminal: String,
    markdown: String,
    page: String,
    /// The page without its evidence.
    page_claims: String,
    findings: Value,
    manifest: toml::Value,
}

impl Told {
    fn of(name: &str, folder: &Path, terminal: String) -> Self {
        let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
        Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            terminal,
            markdown: read("report.md"),
            page: words_of(&read("report.html")),
            page_claims: words_of(
                &Regex::new(r#"(?s)<section id="evidence">.*?</section>"#).unwrap().replace(&read("report.html"), ""),
            ),
            findings: serde_json::from_str(&read("findings.json")).unwrap(),
            manifest: toml::from_str(&read("manifest.toml")).unwrap(),
        }
    }

    fn list(&self, key: &str) -> &[Value] {
        self.findings[key].as_array().map_or(&[], Vec::as_slice)
    }

    fn conditions(&self) -> &[toml::Value] {
        self.manifest["conditions"].as_array().unwrap()
    }

    /// The text of the section with this heading.
    fn section(&self, title: &str) -> &str {
        let start = self.markdown.find(&format!("## {title}\n")).unwrap_or_else(|| panic!("{}: {title}", self.name));
        let rest = &self.markdown[start + 3..];
        &rest[..rest.find("\n## ").unwrap_or(rest.len())]
    }

    /// The first paragraph.
    fn answer(&self) -> &str {
        let end = self.markdown.find("\n## ").unwrap();
        self.markdown[..end].rsplit("\n\n").find(|text| text.trim().len() > 40).unwrap()
    }
}

/// The words of a page: without style, drawings and tags.
fn words_of(html: &str) -> String {
    const ESCAPES: [(&str, &str); 6] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    let without = |text: String, pattern: &str| Regex::new(pattern).unwrap().replace_all(&text, " ").into_owned();
    let text = without(html.to_owned(), r"(?s)<style.*?</style>");
    let text = without(text, r"(?s)<svg.*?</svg>");
    ESCAPES.iter().fold(without(text, r"(?s)<[^>]*>"), |text, (escape, letter)| text.replace(escape, letter))
}

fn run(name: &str, text: &str) -> Told {
    carried_out("run", name, text)
}

/// What `schaffer run` or `schaffer patch` makes of the experiment file `text`.
fn carried_out(command: &str, name: &str, text: &str) -> Told {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consistency");
    fs::create_dir_all(&scratch).unwrap();
    let file = scratch.join(format!("{name}.toml"));
    fs::write(&file, text).unwrap();
    let folder = scratch.join(name);
    let mut run = Command::new(BINARY);
    let done = run.arg(command).arg(&file).args(["--overwrite", "--out"]).arg(&folder).assert().success();
    let output = done.get_output();
    let terminal = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    Told::of(name, &folder, terminal)
}

fn analyse(name: &str, study: &Path) -> Told {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consistency").join(name);
    let mut run = Command::new(BINARY);
    let done = run.arg("analyse").arg(study).args(["--overwrite", "--out"]).arg(&folder).assert().success();
    let output = done.get_output();
    let terminal = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    Told::of(name, &folder, terminal)
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Number(number) => number.as_f64().unwrap(),
        Value::String(word) if word == "infinity" => f64::INFINITY,
        Value::String(word) if word == "-infinity" => f64::NEG_INFINITY,
        _ => f64::NAN,
    }
}

/// A number as pages print it.
fn spelt(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "–"
        } else if value > 0.0 {
            "∞"
        } else {
            "−∞"
        }
        .to_owned();
    }
    let text = format!("{value:.decimals$}");
    let zero = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if zero { text.trim_start_matches('-').to_owned() } else { text.replace('-', "−") }
}

/// Calls `see` for every value with its key, but for the long lists behind figures.
fn walk(key: &str, value: &Value, see: &mut impl FnMut(&str, &Value)) {
    const DRAWN: [&str; 8] =
        ["time_courses", "excluded_courses", "averaged_sweeps", "slices", "animals", "at", "density", "curve"];
    if DRAWN.contains(&key) {
        return;
    }
    see(key, value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(key, item, see)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| walk(name, field, see)),
        _ => {}
    }
}

/// Every p of the findings, as it is spelt.
fn p_values(told: &Told) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk("", &told.findings, &mut |key, value| {
        if ["p", "p_adjusted", "lack_of_fit_p"].contains(&key) || key.ends_with("_p") {
            found.insert(statistics::spelling::p_value(number(value)));
        }
        // Why there is no curve is a sentence with the p of a test that nothing else rests on.
        if let ("no_fit_reason", Some(text)) = (key, value.as_str()) {
            let given = Regex::new(r"p = [0-9.]*[0-9]").unwrap();
            found.extend(given.find_iter(text).map(|hit| hit.as_str().to_owned()));
        }
    });
    found
}

/// What is predicted, if anything is.
fn prediction(told: &Told) -> Value {
    let text = fs::read_to_string(told.folder.join("prediction.json"));
    text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
}

/// Every interval of the findings and of the prediction in one to five decimals, `low, high`.
fn intervals(told: &Told) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk("", &prediction(told), &mut |key, value| {
        if let (true, Some([low, high])) = (key.starts_with("central_"), value.as_array().map(Vec::as_slice)) {
            found.insert(format!("{}, {}", spelt(number(low), 1), spelt(number(high), 1)));
        }
    });
    walk("", &told.findings, &mut |_, value| {
        // Findings of whole-cell recordings have both ends beside the estimate.
        let ends = |low: &str, high: &str| value.get(low).zip(value.get(high));
        if let Some((low, high)) = ends("low", "high").or_else(|| ends("ci_low", "ci_high")) {
            for decimals in 1..=5 {
                found.insert(format!("{}, {}", spelt(number(low), decimals), spelt(number(high), decimals)));
            }
        }
    });
    found
}

/// Every number of the findings in one decimal.
fn tenths(told: &Told) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk("", &told.findings, &mut |_, value| {
        if value.is_number() {
            found.insert(spelt(number(value), 1));
            found.insert(spelt(number(value).abs(), 1));
        }
    });
    found
}

/// Where `pattern` says what is not in `known`; the first group is compared.
fn strangers(text: &str, pattern: &str, known: &BTreeSet<String>) -> Vec<String> {
    let captures = Regex::new(pattern).unwrap();
    let all = captures.captures_iter(text).map(|found| found[1].to_owned());
    all.filter(|one| !known.contains(one)).collect()
}

fn numbers_are_of_the_findings(told: &Told) {
    let (p, intervals, tenths) = (p_values(told), intervals(told), tenths(told));
    let name = &told.name;
    for (place, text) in [("report.md", &told.markdown), ("report.html", &told.page), ("terminal", &told.terminal)] {
        let stray = strangers(text, r"(p = [0-9.]*[0-9])", &p);
        assert!(stray.is_empty(), "{name}, {place}: p values that no finding has: {stray:?}");
        let stray = strangers(text, r"\[(−?[0-9.∞]+, −?[0-9.∞]+)\]", &intervals);
        assert!(stray.is_empty(), "{name}, {place}: intervals that no finding has: {stray:?}");
    }
    let answer = told.answer();
    for pattern in [r"by ([0-9.]+|−[0-9.]+) % of baseline", r"difference \+?(−?[0-9.]+) percentage"] {
        let stray = strangers(answer, pattern, &tenths);
        assert!(stray.is_empty(), "{name}: {stray:?} in {answer}");
    }
    let ends: BTreeSet<String> = intervals.iter().map(|ends| ends.replace(", ", " to ")).collect();
    let stray = strangers(answer, r"CI (−?[0-9.]+ to −?[0-9.]+)", &ends);
    assert!(stray.is_empty(), "{name}: {stray:?} in {answer}");
}

fn intervals_and_p_agree(told: &Told) {
    let level = number(&told.findings["interval"]);
    for contrast in told.list("contrasts") {
        let (low, high) = (number(&contrast["ci"]["low"]), number(&contrast["ci"]["high"]));
        let (estimate, p) = (number(&contrast["estimate"]), number(&contrast["p_adjusted"]));
        assert!(low <= estimate && estimate <= high, "{}: {contrast}", told.name);
        assert_eq!(low > 0.0 || high < 0.0, p < 1.0 - level, "{}: {contrast}", told.name);
        let line = format!(
            "{} − {}: {}",
            contrast["condition"].as_str().unwrap(),
            contrast["reference"].as_str().unwrap(),
            if estimate > 0.0 { format!("+{}", spelt(estimate, 1)) } else { spelt(estimate, 1) }
        );
        let said = told.terminal.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&line), "{}: the terminal does not say {line}\n{}", told.name, told.terminal);
    }
}

/// Conditions and compounds of the plan are named, and none that is not there.
fn names_are_of_the_plan(told: &Told) {
    let methods = told.section("Methods").to_lowercase();
    let mut drugs = 0;
    for condition in told.conditions() {
        let name = condition["name"].as_str().unwrap();
        assert!(told.markdown.contains(name), "{}: {name} is nowhere", told.name);
        for given in ["bath", "treatments"] {
            for entry in condition.get(given).and_then(toml::Value::as_array).into_iter().flatten() {
                drugs += 1;
                let compound = entry["compound"].as_str().unwrap().to_lowercase();
                assert!(methods.contains(&compound), "{}: the methods do not name {compound}", told.name);
            }
        }
        let animals = condition.get("animals").and_then(toml::Value::as_str).unwrap_or_default().to_lowercase();
        assert!(methods.contains(&animals), "{}: the methods do not say {animals}", told.name);
    }
    for induction in told.manifest["inductions"].as_array().unwrap() {
        let name = induction["name"].as_str().unwrap();
        assert!(told.markdown.contains(name) && told.page.contains(name), "{}: {name} is nowhere", told.name);
    }
    let inductions = told.manifest["inductions"].as_array().unwrap();
    let lists =
        told.markdown.lines().filter(|line| line.contains("Sweeps averaged") || line.starts_with("![Differences"));
    for list in lists.filter(|_| inductions.len() > 1) {
        let named = |one: &toml::Value| list.contains(&format!("{}: ", one["name"].as_str().unwrap()));
        assert!(inductions.iter().any(named), "{}: groups of which induction? {list}", told.name);
    }
    assert_eq!(methods.contains("no drug was applied"), drugs == 0 && simulated(told), "{}", told.name);
}

fn simulated(told: &Told) -> bool {
    // Findings of whole-cell recordings leave it to the manifest.
    told.findings["simulated"].as_bool().unwrap_or_else(|| told.manifest["origin"].as_str() == Some("simulated"))
}

/// Bars and sentences have the times of the plan.
fn flows_are_those_of_the_plan(told: &Told) {
    let table = fs::read_to_string(told.folder.join("figures/schematic.csv")).unwrap();
    let methods = told.section("Methods");
    for condition in told.conditions() {
        let entries = condition.get("bath").and_then(toml::Value::as_array).into_iter().flatten();
        for regimen in entries.filter_map(|entry| entry.get("regimen")) {
            let get = |key: &str| {
                let value = regimen.get(key)?;
                value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
            };
            let (from, times) = (get("from_min").unwrap(), get("times").unwrap_or(1.0));
            let Some(lasting) = get("lasting_min") else { continue };
            let last = from + (times - 1.0) * get("every_min").unwrap_or(0.0);
            for start in [from, last] {
                let row = format!(",{start},{},", start + lasting);
                assert!(table.contains(&row), "{}: no bar {row} in\n{table}", told.name);
            }
            let ended = format!("the last ended {} min before induction", -(last + lasting));
            assert!(times < 2.0 || methods.contains(&ended), "{}: {ended} is not said", told.name);
        }
    }
}

fn words_are_whole(told: &Told) {
    let wrong = Regex::new(concat!(
        r"\bNaN\b|\binf\b|– %|by – |p = 0\.0000|\?\.|\.\.\s|",
        r"\b1 (virtual )?(animals|slices|cells|pulses|doses|recordings|concentrations)\b"
    ))
    .unwrap();
    let hyphen = Regex::new(r"[\s(\[|]-[0-9]+\.[0-9]").unwrap();
    for (place, text) in [("report.md", &told.markdown), ("report.html", &told.page), ("terminal", &told.terminal)] {
        let found: Vec<&str> = wrong.find_iter(text).chain(hyphen.find_iter(text)).map(|hit| hit.as_str()).collect();
        assert!(found.is_empty(), "{}, {place}: {found:?}", told.name);
    }
    for text in [&told.markdown, &told.page] {
        assert_eq!(text.contains("virtual"), simulated(told), "{}", told.name);
        assert_eq!(text.contains("In-silico prediction"), simulated(told), "{}", told.name);
    }
    let whole = Regex::new(r"n = (slices|virtual slices) \(N = (animals|virtual animals)\)").unwrap();
    for hit in whole.captures_iter(&told.markdown) {
        assert_eq!(hit[1].starts_with("virtual"), simulated(told), "{}: {}", told.name, &hit[0]);
    }
    for caption in told.markdown.lines().filter(|line| line.starts_with("**Figure ")) {
        let words = caption.split_whitespace().count();
        assert!(words <= 150, "{}: a caption of {words} words: {caption}", told.name);
    }
}

/// The estimation plot draws the estimate and the interval of the contrast.
fn figures_show_the_same(told: &Told) {
    for estimation in told.list("estimation") {
        let of = |key: &str| estimation[key].as_str().unwrap();
        let contrast = told
            .list("contrasts")
            .iter()
            .find(|one| one["induction"] == estimation["induction"] && one["condition"] == estimation["condition"])
            .unwrap_or_else(|| panic!("{}: {} is drawn and not compared", told.name, of("condition")));
        assert_eq!(estimation["difference"], contrast["estimate"], "{}", told.name);
        assert_eq!(estimation["ci"], contrast["ci"], "{}", told.name);
    }
}

/// Exclusions stand in the first paragraph, and over a tenth as a reason for doubt.
fn exclusions_are_told(told: &Told) {
    let count = |key: &str| told.list("groups").iter().map(|group| number(&group[key])).sum::<f64>();
    let (excluded, kept) = (count("n_excluded"), count("n_slices"));
    let all = excluded + kept;
    let said = format!("{excluded} of {all} ");
    let answered = told.answer().contains(&said) || kept == 0.0;
    assert_eq!(answered, excluded > 0.0, "{}: {}", told.name, told.answer());
    if excluded > 0.1 * all {
        assert!(told.section("Before you trust a number").contains("More than a tenth of the slices"), "{}", told.name);
    }
    let slices = fs::read_to_string(told.folder.join("figures/slices.csv"));
    if let Ok(slices) = slices {
        let drawn: BTreeSet<String> = slices
            .lines()
            .filter(|line| line.contains(",false,"))
            .map(|line| line.split(",false,").next().unwrap().to_owned())
            .collect();
        let excluded = told.list("excluded_courses").iter().filter(|one| one["time_min"] != Value::Array(Vec::new()));
        assert_eq!(drawn.len(), excluded.count(), "{}", told.name);
    }
}

/// Lines of the terminal that are neither of progress nor name the page.
fn said_on_the_terminal(told: &Told) -> String {
    let progress =
        Regex::new(r"^(recording|predicting|measuring|comparing|varying|drawing)[a-z ]*: |^report: ").unwrap();
    told.terminal.lines().filter(|line| !progress.is_match(line)).collect::<Vec<_>>().join("\n")
}

/// What the report, the page and the drawings say that is not in the findings or the plan:
/// numbers in their unit and at their decimals, n of slices and animals, tenses.
fn not_so(told: &Told) -> Vec<String> {
    let mut known = Known::of(&told.findings, &told.manifest);
    if let Ok(rig) = fs::read_to_string(told.folder.join("patch.toml")) {
        known.learn(&serde_json::to_value(toml::from_str::<toml::Value>(&rig).unwrap()).unwrap());
    }
    let mut held = BTreeSet::new();
    let prediction = prediction(told);
    if !prediction.is_null() {
        known.learn(&prediction);
        every_number(&prediction, &mut held);
        // Which parts of the draws are given, and where a share is told no more exactly.
        known.learn(&serde_json::json!([0.5, 0.95, 0.99, 0.01, 0.05]));
    }
    let said = prose(&told.markdown);
    let mut wrong = Vec::new();
    let mut add = |place: &str, what: Vec<String>| wrong.extend(what.into_iter().map(|one| format!("{place}: {one}")));
    add("report.md", unknown_numbers(&said, &known));
    add("report.md, n", wrong_counts(&said, &told.findings));
    add("report.md, tense", wrong_tenses(&said, simulated(told)));
    add("report.html, n", wrong_counts(&told.page, &told.findings));
    add("terminal, n", wrong_counts(&told.terminal, &told.findings));
    add("report.html", unknown_numbers(&prose(&told.page_claims), &known));
    add("report.html, tense", wrong_tenses(&told.page_claims, simulated(told)));
    add("terminal", unknown_numbers(&prose(&said_on_the_terminal(told)), &known));
    every_number(&told.findings, &mut held);
    every_number(&serde_json::to_value(&told.manifest).unwrap(), &mut held);
    for average in told.list("averages") {
        let average = &average["average"];
        let step = number(&average["step_ms"]);
        let points = average["pa"].as_array().map_or(0, Vec::len);
        held.extend((0..points).map(|k| (k as f64 * step).to_bits()));
    }
    if let Ok(table) = fs::read_to_string(told.folder.join("mechanism.csv")) {
        let cells = table.split([',', '\n']).filter_map(|cell| cell.parse::<f64>().ok());
        held.extend(cells.map(f64::to_bits));
    }
    for entry in fs::read_dir(told.folder.join("figures")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = || fs::read_to_string(&path).unwrap();
        match path.extension().and_then(|end| end.to_str()) {
            Some("csv") if name == "schematic.csv" => {}
            Some("csv") => add(&name, strange_cells(&text(), &held)),
            Some("svg") => add(&name, unknown_numbers(&drawn_words(&text()), &known)),
            _ => {}
        }
    }
    wrong
}

/// All numbers whose key is one of `keys`, changed by more than their rounding.
fn perturb(value: &mut Value, keys: &[&str], within: bool) {
    match value {
        Value::Number(number) if within => {
            let was = number.as_f64().unwrap();
            *value = if number.is_f64() { (was * 1.37 + 0.531).into() } else { (was as u64 + 17).into() };
        }
        Value::Array(items) => items.iter_mut().for_each(|item| perturb(item, keys, within)),
        Value::Object(fields) => {
            for (name, field) in fields {
                perturb(field, keys, within || keys.contains(&name.as_str()));
            }
        }
        _ => {}
    }
}

#[test]
fn the_walk_sees_each_kind_of_number_that_is_changed() {
    let told = run("mutants", &small(&experiments().join("quick.toml"), &[]));
    assert_eq!(not_so(&told), Vec::<String>::new());
    // Numbers that stand in several places are changed in all of them.
    let kinds: [&[&str]; 9] = [
        &["mean"],
        &["estimate", "difference", "effect"],
        &["ci"],
        &["se"],
        &["sd", "sd_animal", "sd_mean"],
        &["sem"],
        &["p", "p_adjusted"],
        &["statistic"],
        &["n_slices"],
    ];
    for keys in kinds {
        let mut mutant = Told::of("mutants", &told.folder, told.terminal.clone());
        perturb(&mut mutant.findings, keys, false);
        assert_ne!(mutant.findings, told.findings, "{keys:?} are no keys of the findings");
        assert!(!not_so(&mutant).is_empty(), "{keys:?} changed and nobody saw it");
    }
    // An estimate that the page or the terminal alone has.
    let estimate = spelt(number(&told.list("contrasts")[0]["estimate"]).abs(), 1);
    let other = spelt(number(&told.list("contrasts")[0]["estimate"]).abs() + 371.3, 1);
    for change in [
        (|told, from, to| told.page_claims = told.page_claims.replace(from, to)) as fn(&mut Told, &str, &str),
        |told, from, to| told.terminal = told.terminal.replace(from, to),
    ] {
        let mut mutant = Told::of("mutants", &told.folder, told.terminal.clone());
        change(&mut mutant, &estimate, &other);
        assert!(!not_so(&mutant).is_empty(), "{estimate} became {other} and nobody saw it");
    }
    for (from, to) in [
        ("Recordings were simulated", "Recordings are simulated"),
        ("would need", "will need"),
        ("N = 3 virtual animals", "N = 4 virtual animals"),
        ("control 3 (3)", "control 5 (3)"),
    ] {
        let mut mutant = Told::of("mutants", &told.folder, told.terminal.clone());
        mutant.markdown = mutant.markdown.replace(from, to);
        assert_ne!(mutant.markdown, told.markdown, "{from}");
        assert!(!not_so(&mutant).is_empty(), "{to} and nobody saw it");
    }
}

fn walked(told: &Told) {
    let wrong = not_so(told);
    assert!(wrong.is_empty(), "{}:\n{}", told.name, wrong.join("\n"));
    numbers_are_of_the_findings(told);
    intervals_and_p_agree(told);
    names_are_of_the_plan(told);
    flows_are_those_of_the_plan(told);
    words_are_whole(told);
    figures_show_the_same(told);
    exclusions_are_told(told);
}

/// Shipped experiments of field recordings; whole-cell recordings have a test of their own.
fn shipped() -> Vec<PathBuf> {
    let files = fs::read_dir(experiments()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ext| ext == "toml")).collect();
    files.retain(|path| path.file_stem().unwrap() != "patch-allo");
    files.sort();
    files
}

#[test]
fn every_shipped_experiment_says_what_was_found_and_done() {
    let files = shipped();
    assert!(files.len() > 10);
    // Every experiment is walked, whatever another says.
    let walk = |file: &PathBuf| walked(&run(file.file_stem().unwrap().to_str().unwrap(), &small(file, &[])));
    let wrong: Vec<&PathBuf> = files.iter().filter(|file| std::panic::catch_unwind(|| walk(file)).is_err()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_shipped_whole_cell_experiment_says_what_was_found_and_done() {
    let text = small(&experiments().join("patch-allo.toml"), &[]);
    let text = Regex::new(r"(?m)^cells_per_animal\s*=.*$").unwrap().replace(&text, "cells_per_animal = 1");
    let told = carried_out("patch", "patch-allo", &text);
    assert_eq!(not_so(&told), Vec::<String>::new());
    numbers_are_of_the_findings(&told);
    words_are_whole(&told);
    for contrast in told.list("contrasts") {
        assert!(told.markdown.contains(contrast["condition"].as_str().unwrap()), "{contrast}");
    }
    for keys in [["mean"].as_slice(), &["estimate"], &["ci_low", "ci_high"]] {
        let mut mutant = Told::of("patch-allo", &told.folder, told.terminal.clone());
        perturb(&mut mutant.findings, keys, false);
        assert_ne!(mutant.findings, told.findings, "{keys:?} are no keys of the findings");
        assert!(!not_so(&mutant).is_empty(), "{keys:?} changed and nobody saw it");
    }
}

#[test]
fn recorded_studies_claim_nothing_that_nobody_knows() {
    for name in ["study", "ca3-ca3"] {
        let told = analyse(&format!("recorded-{name}"), &experiments().join(format!("recorded-ca3-ca1/{name}.toml")));
        walked(&told);
        for claim in ["20–80 %", "before any slice", "Field potentials were recorded", "Kenward", "No drug was applied"]
        {
            assert!(!told.markdown.contains(claim), "{name}: {claim}");
        }
        assert!(told.markdown.contains("measured elsewhere"), "{name}");
        assert!(!told.markdown.contains("Drug on baseline"), "{name}");
    }
}

#[test]
fn everything_excluded_is_told_without_numbers() {
    let harsh = [(
        r#"exclude          = { baseline_drift = "off", volley_change = "20 %" }"#,
        r#"exclude = { baseline_drift = "0.0001 %" }"#,
    )];
    let told = run("all-excluded", &small(&experiments().join("quick.toml"), &harsh));
    words_are_whole(&told);
    assert!(told.answer().contains("every one of the 6 virtual slices was excluded"), "{}", told.answer());
    assert!(!told.markdown.contains("No comparison was planned"));
    for figure in fs::read_dir(told.folder.join("figures")).unwrap() {
        let path = figure.unwrap().path();
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(!text.contains("00000000"), "{} has an axis of zeros", path.display());
    }
    assert!(told.folder.join("figures/slices.svg").exists(), "excluded slices are drawn");
}

#[test]
fn the_question_of_the_file_opens_the_answer() {
    let asked = [("[statistics]", "[statistics]\nquestion = \"Does isopregnanolone touch potentiation?\"")];
    let told = run("asked", &small(&experiments().join("quick.toml"), &asked));
    assert!(told.answer().contains("Does isopregnanolone touch potentiation?"), "{}", told.answer());
}
