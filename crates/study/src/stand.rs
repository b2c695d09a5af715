//! From a study to the experiment file of the model that stands for it. The
//! protocol of the model is stated in `[fit]`; times that it leaves out are those
//! of the recordings.

use crate::file::file::{BathPart, ConditionPart, SlicePart, StudyFile};
use crate::file::fit::FitPart;
use crate::median::median;
use results::Manifest;
use results::plan::AnalysisPlan;
use toml::{Table, Value};

/// Virtual animals per group, unless stated.
const ANIMALS: u32 = 12;

/// Time of wash-in where neither `[fit]` nor the slices say it, min.
const WASH_IN_MIN: f64 = 15.0;

/// Shortest drug-free baseline of the model, min.
const BASELINE_MIN: f64 = 5.0;

/// An experiment made of a study.
#[derive(Clone, Debug)]
pub struct Stand {
    /// The experiment file without `[synapse]`, with all conditions of the study.
    pub experiment: Table,
    /// What was assumed.
    pub assumed: Vec<String>,
}

fn text(text: impl Into<String>) -> Value {
    Value::String(text.into())
}

fn minutes(min: f64) -> Value {
    // Whole milliseconds print without rounding noise.
    let s = (min * 60_000.0).round() / 1000.0;
    text(format!("{s} s"))
}

/// The experiment that stands for a study; `manifest` is that of its analysis.
pub fn stand(file: &StudyFile, fit: &FitPart, manifest: &Manifest, seed: u64) -> Stand {
    let mut assumed = Vec::new();
    let interval_s = test_interval_s(file, manifest);
    let wash_in = wash_in_min(file, fit, &mut assumed);
    let protocol = protocol(fit, manifest, interval_s, wash_in);
    let design = &manifest.design;
    let mut table = Table::new();
    table.insert("format".to_owned(), Value::Integer(1));
    table.insert("name".to_owned(), text(format!("{}-fitted", shortened(&manifest.name))));
    table.insert("title".to_owned(), text(format!("{}: fitted model", manifest.title)));
    table.insert("seed".to_owned(), Value::Integer(i64::try_from(seed).unwrap_or(i64::MAX)));
    if !fit.preparation.is_empty() {
        table.insert("preparation".to_owned(), Value::Table(fit.preparation.clone()));
    }
    table.insert("protocol".to_owned(), Value::Table(protocol));
    table.insert("condition".to_owned(), Value::Array(conditions(file)));
    let within = if design.within_animal { "within-animal" } else { "between-animal" };
    let design = Table::from_iter([
        ("animals".to_owned(), Value::Integer(i64::from(fit.animals.unwrap_or(ANIMALS)))),
        ("slices_per_animal".to_owned(), Value::Integer(i64::from(design.slices_per_animal.clamp(1, 5)))),
        ("assignment".to_owned(), text(within)),
    ]);
    table.insert("design".to_owned(), Value::Table(design));
    table.insert("analysis".to_owned(), Value::Table(analysis(&manifest.analysis, interval_s)));
    let statistics = Table::from_iter([("reference".to_owned(), text(&manifest.statistics.reference))]);
    table.insert("statistics".to_owned(), Value::Table(statistics));
    if let Some(rule) = manifest.analysis.slope.beyond_levels() {
        assumed.push(format!(
            "The recordings were measured by \"{rule}\", the model by 20–80 % of the rising phase: both are changes \
             against the slice's own baseline."
        ));
    }
    if file.slice.is_empty() {
        assumed.push(
            "The recordings come as a table of measured values; the model's fEPSP slope stands for them.".to_owned(),
        );
    }
    Stand { experiment: table, assumed }
}

/// A name that leaves room for an ending.
fn shortened(name: &str) -> String {
    name.chars().take(48).collect()
}

/// Interval of the test pulses of one pathway, s.
fn test_interval_s(file: &StudyFile, manifest: &Manifest) -> f64 {
    let stated = file.recording.pathways.as_ref().map_or(1, |names| names.len().max(1));
    let interval = manifest.timeline.test_interval_s * stated as f64;
    if interval >= 1.0 { interval } else { 20.0 }
}

/// Median time from drug to induction where slices say both; none without a drug.
fn wash_in_min(file: &StudyFile, fit: &FitPart, assumed: &mut Vec<String>) -> f64 {
    if file.condition.iter().all(|condition| condition.bath.is_empty()) {
        return 0.0;
    }
    let said = fit.protocol.get("wash_in").and_then(Value::as_str).and_then(|text| text.parse::<quantity::Time>().ok());
    if let Some(said) = said {
        return said.min();
    }
    let of_slice = |slice: &SlicePart| Some(slice.induction?.min() - slice.drug_on?.min());
    let stated: Vec<f64> = file.slice.iter().filter_map(of_slice).filter(|min| *min > 0.0).collect();
    median(&stated).unwrap_or_else(|| {
        assumed.push(format!(
            "Drugs are washed in for {WASH_IN_MIN} min before the induction: neither the slices nor [fit.protocol] say \
             for how long."
        ));
        WASH_IN_MIN
    })
}

/// What `[fit.protocol]` says, completed from the recordings.
fn protocol(fit: &FitPart, manifest: &Manifest, interval_s: f64, wash_in_min: f64) -> Table {
    let mut protocol = fit.protocol.clone();
    let timeline = &manifest.timeline;
    let [_, end] = manifest.analysis.window;
    let before = timeline.baseline_min.max(manifest.analysis.reference_window.min());
    let mut otherwise = |key: &str, value: Value| {
        protocol.entry(key).or_insert(value);
    };
    otherwise("baseline", minutes((before - wash_in_min).max(BASELINE_MIN)));
    otherwise("wash_in", minutes(wash_in_min));
    otherwise("follow_up", minutes(timeline.follow_up_min.max(end.min()) + interval_s / 60.0));
    let test = Table::from_iter([("interval".to_owned(), text(format!("{interval_s} s")))]);
    otherwise("test", Value::Table(test));
    protocol
}

fn conditions(file: &StudyFile) -> Vec<Value> {
    let one = |part: &ConditionPart| {
        let mut table = Table::from_iter([("name".to_owned(), text(part.name.get_ref()))]);
        if !part.bath.is_empty() {
            let entry = |bath: &BathPart| {
                Value::Table(Table::from_iter([
                    ("compound".to_owned(), text(&bath.compound)),
                    ("concentration".to_owned(), text(bath.concentration.to_string())),
                ]))
            };
            table.insert("bath".to_owned(), Value::Array(part.bath.iter().map(entry).collect()));
        }
        Value::Table(table)
    };
    file.condition.iter().map(one).collect()
}

/// Windows of the study; virtual slices are not judged by the quality of a baseline.
fn analysis(plan: &AnalysisPlan, interval_s: f64) -> Table {
    let pair = |[from, to]: [quantity::Time; 2]| Value::Array(vec![minutes(from.min()), minutes(to.min())]);
    let [low, high] = plan.slope.shares().map(percent);
    let off = ["baseline_drift", "baseline_cv", "volley_change"].map(|rule| (rule.to_owned(), text("off")));
    Table::from_iter([
        ("slope".to_owned(), text(format!("{low}-{high} %"))),
        ("reference_window".to_owned(), minutes(plan.reference_window.min())),
        ("window".to_owned(), pair(plan.window)),
        ("short_term".to_owned(), pair(plan.short_term_window)),
        ("bin".to_owned(), minutes(plan.bin.min().max(interval_s / 60.0))),
        ("exclude".to_owned(), Value::Table(Table::from_iter(off))),
    ])
}

fn percent(share: quantity::Fraction) -> f64 {
    (share.percent() * 1e6).round() / 1e6
}
