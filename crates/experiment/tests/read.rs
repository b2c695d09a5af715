//! Reading experiment files: defaults, every key, every fault at once.

use experiment::{Plan, read};
use results::plan::{Adjustment, DegreesOfFreedom, FigureFormat, JournalStyle};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const SMALLEST: &str = r#"
format = 1
name = "smallest"
[protocol]
induction = "tbs"
[[condition]]
name = "control"
[design]
animals = 6
"#;

fn plan(text: &str) -> Plan {
    read(text, "test.toml").unwrap_or_else(|faults| panic!("{faults}"))
}

/// The folder of the shipped experiments.
fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments")
}

fn messages(text: &str) -> Vec<String> {
    let faults = read(text, "test.toml").expect_err("faults");
    faults.list().iter().map(|fault| fault.message.clone()).collect()
}

#[test]
fn the_smallest_experiment_has_the_documented_defaults() {
    let plan = plan(SMALLEST);
    assert_eq!((plan.title.as_str(), plan.seed), ("smallest", 1));
    let course = plan.course;
    assert_eq!((course.baseline.min(), course.wash_in.min(), course.follow_up.min()), (20.0, 15.0, 60.0));
    assert_eq!((course.test_interval.s(), course.wash_out), (20.0, false));
    assert_eq!((plan.sweeps.rate.hz(), plan.sweeps.before.ms(), plan.sweeps.after.ms()), (10_000.0, 5.0, 45.0));
    assert_eq!((plan.design.slices_per_animal, plan.design.within_animal), (1, false));
    let analysis = &plan.analysis;
    assert_eq!(analysis.window.map(|end| end.min()), [50.0, 60.0]);
    assert_eq!(analysis.short_term_window.map(|end| end.min()), [1.0, 5.0]);
    assert_eq!((analysis.reference_window.min(), analysis.bin.min()), (10.0, 1.0));
    assert_eq!(analysis.exclude.baseline_drift.map(|limit| limit.percent()), Some(10.0));
    assert_eq!(analysis.exclude.baseline_cv, None);
    let statistics = &plan.statistics;
    assert_eq!(statistics.reference, "control");
    assert_eq!((statistics.adjust, statistics.df), (Adjustment::Dunnett, DegreesOfFreedom::Satterthwaite));
    assert_eq!((statistics.interval.value(), statistics.power.value()), (0.95, 0.8));
    assert_eq!(plan.report.style, JournalStyle::Jneurosci);
    assert_eq!(plan.source, SMALLEST);
}

#[test]
fn a_file_with_keys_in_every_section_is_read() {
    let plan = plan(
        r#"
format = 1
name = "all"
title = "All keys"
seed = 7
[preparation]
species = "mouse"
strain = "C57BL/6J"
sex = "female"
age = "8 weeks"
temperature = "30 °C"
slice_thickness = "350 um"
acsf = "standard"
recovery = "1 h at 32 °C"
notes = "none"
[protocol]
baseline = "10 min"
test = { interval = "30 s" }
wash_in = "5 min"
induction = ["late", "lfs-900"]
follow_up = "2 h"
wash_out = true
[[protocol.train]]
induction = "late"
pulses = 4
frequency = "100 Hz"
bursts = 5
burst_interval = "200 ms"
[[protocol.train]]
induction = "late"
start = "10 min"
pulses = 100
frequency = "100 Hz"
repeats = 2
interval = "1 min"
[recording]
rate = "20 kHz"
before = "10 ms"
after = "90 ms"
range = "5 mV"
[synapse]
rule = "effective_calcium"
changes = [{ parameter = "nmda.glun2b_share", value = 0.5, reason = "juvenile" }]
[[condition]]
name = "vehicle"
[[condition]]
name = "both"
bath = [{ compound = "ISO", concentration = "3 µM" }, { compound = "3α,5α-THP", concentration = "100 nM" }]
scenarios = ["iso-ic50-low"]
[design]
animals = 4
slices_per_animal = 3
assignment = "within-animal"
[analysis]
slope = "10-40 %"
reference_window = "4 min"
window = ["100 min", "120 min"]
short_term = ["20 min", "30 min"]
bin = "5 min"
exclude = { baseline_drift = "off", baseline_cv = "8 %", volley_change = "30 %" }
[statistics]
reference = "both"
adjust = "holm"
df = "satterthwaite"
interval = "90 %"
power = 0.9
equivalence = 5
[report]
style = "nature"
formats = ["png"]
"#,
    );
    assert_eq!(plan.preparation["age"], "8 weeks".parse::<quantity::Age>().expect("age").to_string());
    assert_eq!(plan.preparation.len(), 9);
    let late = &plan.inductions[0];
    assert_eq!((late.name.as_str(), late.len()), ("late", 220));
    assert_eq!(late.pulses_ms()[20..22], [600_000.0, 600_010.0]);
    assert_eq!(late.duration_ms(), 660_990.0);
    assert_eq!(plan.inductions[1].len(), 900);
    assert_eq!(plan.synapse.parameters.get("nmda.glun2b_share"), Some(0.5));
    let bath: Vec<_> =
        plan.conditions[1].bath.iter().map(|entry| (entry.compound.label.as_str(), entry.concentration.um())).collect();
    assert_eq!(bath, [("ISO", 3.0), ("ALLO", 0.1)]);
    assert_eq!(plan.conditions[1].scenario.names(), ["iso-ic50-low"]);
    assert_eq!((plan.slices(), plan.animals()), (2 * 2 * 4 * 3, 4));
    assert_eq!(plan.analysis.exclude.baseline_drift, None);
    assert_eq!(plan.analysis.slope.shares()[1].percent(), 40.0);
    assert_eq!(plan.statistics.interval.value(), 0.9);
    assert_eq!(plan.statistics.equivalence_percent, Some(5.0));
    assert_eq!(plan.report.formats, [FigureFormat::Png]);
}

/// Keys of the glossary by section, as `[section]` or `[[section]]`; the top has none.
fn glossary() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(shipped().join("README.md")).expect("README");
    let glossary = text.split("## Glossary").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a glossary");
    let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut heading, mut section) = (String::new(), None);
    for line in glossary.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            heading = quoted(title).into_iter().next().unwrap_or_default();
        } else if let Some(head) = line.strip_prefix("| key of ") {
            section = quoted(head).into_iter().next();
        } else if line.starts_with("| key |") {
            section = Some(heading.clone());
        } else if !line.starts_with('|') {
            section = None;
        } else if let (Some(section), Some(cell)) = (&section, line.split(" | ").next()) {
            // A list of tables has a header of its own: `[[protocol.train]]` is the key `train`.
            let own = quoted(cell).into_iter().map(|key| match key.strip_prefix("[[") {
                Some(nested) => nested.trim_end_matches(']').rsplit('.').next().unwrap_or_default().to_owned(),
                None => key,
            });
            keys.entry(section.clone()).or_default().extend(own);
        }
    }
    keys
}

/// What a section says of a key that it does not know, and all keys that it then lists.
fn unknown(section: &str, key: &str) -> Option<Vec<String>> {
    // A table within one of a list begins with an entry of that list.
    let above = ["condition", "protocol.train"].into_iter().find(|list| section.contains(&format!("[{list}.")));
    let above = above.map(|list| format!("[[{list}]]\n")).unwrap_or_default();
    let faults = read(&format!("{above}{section}\n{key} = 1\n"), "test.toml").expect_err("faults");
    let fault = faults.list().iter().find(|fault| fault.message.starts_with(&format!("unknown key `{key}`")))?;
    Some(fault.accepted.rsplit(": ").next().expect("a list").split(", ").map(str::to_owned).collect())
}

#[test]
fn the_glossary_has_every_key_and_no_other() {
    let glossary = glossary();
    assert!(glossary.len() >= 11, "{:?}", glossary.keys());
    let preparation = &glossary["[preparation]"];
    for (section, keys) in &glossary {
        for key in keys {
            assert_eq!(unknown(section, key), None, "{section}: `{key}` stands in the glossary and is not read");
        }
        // At the top stand the sections, too; a condition takes keys of the preparation.
        let told = |key: &String| match section.as_str() {
            "" => glossary.keys().any(|other| other.trim_matches(['[', ']']) == key),
            "[[condition]]" => preparation.contains(key),
            _ => false,
        };
        for key in &unknown(section, "no_such_key").expect("a fault") {
            assert!(keys.contains(key) || told(key), "{section}: `{key}` is read and not in the glossary");
        }
    }
}

#[test]
fn all_faults_are_reported_in_the_order_of_the_file() {
    let text = SMALLEST.replace("tbs", "tsb").replace("animals = 6", "animals = 0\ncolour = 1");
    assert_eq!(
        messages(&text),
        [
            "unknown induction protocol \"tsb\"",
            "`animals` must be a whole number from 1 to 10000",
            "unknown key `colour` in [design]",
        ]
    );
}

#[test]
fn a_caret_points_into_the_text_of_a_quantity() {
    let text = SMALLEST.replace("induction", "baseline = \"20 mM\"\ninduction");
    let faults = read(&text, "test.toml").expect_err("faults");
    let fault = &faults.list()[0];
    assert_eq!(faults.position(fault), Some((5, 16)));
    assert_eq!(&text[fault.span.clone().expect("span")], "mM");
    assert!(faults.to_string().contains("test.toml:5:16"), "{faults}");
}

#[test]
fn columns_count_characters_and_escapes_do_not_mislead() {
    let text =
        SMALLEST.replace("\"control\"", "\"µµ\"\nbath = [{ compound = \"\\u00b5\", concentration = \"1\\u0020Hz\" }]");
    let faults = read(&text, "test.toml").expect_err("faults");
    let positions: Vec<_> = faults.list().iter().map(|fault| faults.position(fault)).collect();
    assert_eq!(positions, [Some((8, 22)), Some((8, 48))], "{faults}");
}

#[test]
fn shipped_experiments_are_sound_and_have_the_promised_size() {
    let mut sound = 0;
    for entry in std::fs::read_dir(shipped()).expect("experiments").flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "toml") {
            let plan = plan(&experiment::read_text(&entry.path()).expect("file"));
            assert_eq!(Some(plan.name.as_str()), entry.path().file_stem().and_then(|stem| stem.to_str()));
            sound += 1;
        }
    }
    assert!(sound >= 16, "{sound}");
    for (name, conditions, inductions, slices) in [
        ("quick", 2, 1, 6),
        ("isopregnanolone-hfs", 6, 1, 96),
        ("allopregnanolone-hfs-tbs", 5, 2, 240),
        ("gamsa-2x2", 4, 1, 128),
        ("pregnenolone-sulfate", 6, 1, 96),
        ("blockers", 4, 2, 192),
    ] {
        let plan = plan(&experiment::read_text(&shipped().join(format!("{name}.toml"))).expect("file"));
        assert_eq!((plan.conditions.len(), plan.inductions.len(), plan.slices()), (conditions, inductions, slices));
        assert!(plan.describe(2).contains(&format!("{slices} slices")));
    }
}

#[test]
fn the_smallest_experiment_of_the_glossary_is_sound() {
    let glossary = std::fs::read_to_string(shipped().join("README.md")).expect("README");
    let block = glossary.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block");
    assert_eq!(plan(block).slices(), 12);
}

#[test]
fn slices_have_names_that_do_not_depend_on_their_place() {
    let one = plan(SMALLEST);
    let text = SMALLEST.replace("[[condition]]", "[[condition]]\nname = \"first\"\n[[condition]]");
    let two = plan(&text);
    let keys = experiment::slices(&two);
    assert_eq!(keys.len(), 12);
    for key in experiment::slices(&one) {
        assert!(keys.contains(&key), "{key}");
    }
    let mut animals: Vec<_> = keys.iter().map(|key| key.animal.clone()).collect();
    animals.sort();
    animals.dedup();
    assert_eq!(animals.len(), 12, "between-animal: no animal in two conditions");
}

/// A file with the given lines in `[preparation]` and in its only condition.
fn prepared(preparation: &str, condition: &str) -> Plan {
    let text = format!(
        "format = 1\nname = \"x\"\n[preparation]\n{preparation}\n[protocol]\ninduction = \"tbs\"\n[[condition]]\n\
         name = \"one\"\n{condition}\n[design]\nanimals = 2\n"
    );
    read(&text, "x.toml").unwrap_or_else(|faults| panic!("{faults}"))
}

fn value(plan: &Plan, path: &str) -> f64 {
    plan.conditions[0].animals.parameters(&plan.synapse.parameters).get(path).expect(path)
}

#[test]
fn the_reference_preparation_is_the_calibrated_synapse() {
    let plan = prepared("temperature = \"32 degC\"\ncalcium = \"2 mM\"\nmagnesium = \"1.3 mM\"\nage = \"P60\"", "");
    assert_eq!(plan.conditions[0].animals.parameters(&plan.synapse.parameters), synapse::Parameters::default());
    assert_eq!(plan.preparation["extracellular calcium"], "2 mM");
}

#[test]
fn the_bath_of_a_condition_takes_the_place_of_the_common_one() {
    let plan =
        prepared("temperature = \"25 degC\"\ncalcium = \"2.5 mM\"", "calcium = \"1.3 mM\"\nmagnesium = \"1 mM\"");
    let found = ["preparation.temperature", "preparation.calcium", "nmda.magnesium"].map(|path| value(&plan, path));
    assert_eq!(found, [25.0, 1.3, 1.0]);
    let manifest = experiment::manifest(&plan, 1, "");
    assert!(manifest.evidence.iter().any(|row| row.subject == "temperature: GABA-A kinetics"));
    assert!(manifest.evidence.iter().any(|row| row.subject.starts_with("calcium outside: ")));
    assert!(manifest.evidence.iter().any(|row| row.subject.starts_with("magnesium outside: ")));
    assert!(manifest.remarks.iter().any(|remark| remark.contains("calibrated for P60")));
    assert!(manifest.remarks.iter().any(|remark| remark.contains("preparation.calcium = 1.3 mM")));
}

/// A state sets GluN2B and chloride; an explicit age takes their place and says so,
/// an explicit chloride that of both, a parameter set by hand that of all.
#[test]
fn age_state_and_chloride_do_not_contradict_each_other() {
    let state = prepared("state = \"immature\"", "");
    let both = prepared("state = \"immature\"\nage = \"P42\"", "");
    assert!(value(&state, "nmda.glun2b_share") > 0.5 && value(&state, "gaba_a.reversal") > -66.0);
    assert!(value(&both, "nmda.glun2b_share") < 0.42 && value(&both, "gaba_a.reversal") < -71.0);
    let remarks = experiment::manifest(&both, 1, "").remarks.join("\n");
    assert!(remarks.contains("age P42 of the experiment, in place of state immature"), "{remarks}");
    let salty = prepared("age = \"P42\"\nchloride = { reversal = \"-60 mV\" }", "");
    assert_eq!(value(&salty, "gaba_a.reversal"), -60.0);
    let of_condition = prepared("age = \"P42\"", "state = \"immature\"");
    assert_eq!(value(&of_condition, "nmda.glun2b_share"), value(&state, "nmda.glun2b_share"));
    let kept = prepared("age = \"P42\"", "state = \"follicular\"");
    assert_eq!(value(&kept, "nmda.glun2b_share"), value(&both, "nmda.glun2b_share"));
    let by_hand =
        prepared("age = \"P10\"", "changes = [{ parameter = \"nmda.glun2b_share\", value = 0.2, reason = \"mine\" }]");
    assert_eq!(value(&by_hand, "nmda.glun2b_share"), 0.2);
    let young = prepared("age = \"P1\"", "");
    assert!(value(&young, "gaba_a.reversal") > -60.0);
}

#[test]
fn pairs_come_with_their_spikes() {
    let text = "format = 1\nname = \"x\"\n[protocol]\n[[protocol.train]]\npulses = 3\nfrequency = \"1 Hz\"\n\
                post = { before = \"20 ms\", spikes = 2, frequency = \"100 Hz\" }\n[[condition]]\nname = \"one\"\n\
                [design]\nanimals = 2\n";
    let plan = read(text, "x.toml").unwrap();
    assert_eq!(plan.inductions[0].post_ms(), [-30.0, -20.0, 970.0, 980.0, 1970.0, 1980.0]);
    let schedule = experiment::Schedule::new(&plan.course, &plan.inductions[0]);
    let spikes = schedule.pulses.iter().filter(|pulse| pulse.kind == synapse::PulseKind::PostSpike).count();
    assert_eq!(spikes, 6);
    assert!(schedule.pulses.windows(2).all(|pair| pair[0].t_ms <= pair[1].t_ms));
}

#[test]
fn a_preparation_beyond_what_outcomes_cover_is_warned_of() {
    let warned = |preparation: &str| -> Vec<String> {
        let plan = plan(&format!("{SMALLEST}[preparation]\n{preparation}\n"));
        plan.warnings(&plan.conditions[0]).iter().map(ToString::to_string).collect()
    };
    assert_eq!(warned("temperature = \"32 degC\"\nage = \"P42\""), Vec::<String>::new());
    let cold = warned("temperature = \"22 degC\"\nage = \"P5\"\ncalcium = \"4 mM\"");
    assert_eq!(cold.len(), 3, "{cold:?}");
    assert!(cold[0].starts_with("The temperature, 22 °C, lies beyond 30 to 36 °C"), "{cold:?}");
    assert!(cold[1].starts_with("Calcium outside, 4 mM") && cold[2].starts_with("The age, P5"), "{cold:?}");
}

#[test]
fn a_prediction_has_the_documented_defaults() {
    let plan = plan(SMALLEST);
    assert_eq!((plan.prediction.draws, plan.prediction.animals), (28, 2));
}
