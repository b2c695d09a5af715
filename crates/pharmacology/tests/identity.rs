//! Names, identities, predictions and the evidence of the built-in records.

mod bath;

use bath::{flowing, modulation, settled};
use evidence::{Evidence, Remark, RemarkKind};
use pharmacology::{BathCompound, Exposure, Library, Scenario, ScenarioError};
use std::collections::BTreeSet;

#[test]
fn isopregnanolone_is_not_epipregnanolone() {
    let library = Library::embedded();
    let iso = library.find("isopregnanolone").expect("known");
    let epi = library.find("epipregnanolone").expect("known");
    assert_eq!((iso.label.as_str(), iso.stereo_key.as_str()), ("ISO", "3b5a"));
    assert_eq!((epi.label.as_str(), epi.stereo_key.as_str()), ("EPI", "3b5b"));

    let iso = modulation(&[("ISO", 10.0)]);
    assert_eq!((iso.t_type_gain, iso.l_type_gain, iso.r_type_gain), (1.0, 1.0, 1.0));
    let epi = modulation(&[("EPI", 2.0)]);
    bath::close(epi.t_type_gain, 0.5, 1e-12);
    let epi = modulation(&[("EPI", 3.3)]);
    bath::close(epi.l_type_gain, 0.5, 1e-12);
    bath::close(epi.r_type_gain, 0.5, 1e-12);
}

#[test]
fn calcium_block_by_isopregnanolone_is_a_named_scenario() {
    let exposure = settled(&[("ISO", 2.0)], &["iso-blocks-calcium-channels"]);
    bath::close(exposure.modulation(0.0).t_type_gain, 0.5, 1e-12);
    assert!(bath::words(&exposure.remarks()).contains("iso-blocks-calcium-channels"));
    let rows = exposure.evidence();
    let row = rows.iter().find(|r| r.subject == "ISO, cav_t, IC50").expect("a row");
    assert_eq!(row.tag, Evidence::ModelChoice);
    assert!(!settled(&[("ISO", 2.0)], &[]).evidence().iter().any(|r| r.subject.contains("cav_")));
}

#[test]
fn names_are_found_as_people_write_them() {
    let library = Library::embedded();
    for (asked, label) in [
        ("ALLO", "ALLO"),
        ("Allopregnanolone", "ALLO"),
        ("3α,5α-THP", "ALLO"),
        ("3a,5a thp", "ALLO"),
        ("brexanolone", "ALLO"),
        ("allopregnenolone", "ALLO"),
        ("sepranolone", "ISO"),
        ("UC 1010", "ISO"),
        ("3b5a", "ISO"),
        ("3β,5β-THP", "EPI"),
        ("pregnenolone_sulfate", "PS"),
        ("d-ap5", "APV"),
        ("cgp55845", "CGP"),
        ("SR 95531", "SR95531"),
        ("gaboxadol", "THIP"),
    ] {
        let found = library.find(asked).unwrap_or_else(|e| panic!("{asked}: {e}"));
        assert_eq!(found.label, label, "{asked}");
    }
}

#[test]
fn a_misspelt_name_is_understood_with_a_remark() {
    let library = Library::embedded();
    let found = library.lookup("allopregnenolone").expect("understood");
    assert_eq!(found.compound.label, "ALLO");
    assert!(found.remark.expect("a remark").contains("misspelling"));
    assert_eq!(library.lookup("ALLO").expect("known").remark, None);
}

#[test]
fn an_unknown_name_brings_suggestions_and_the_list() {
    let library = Library::embedded();
    let error = library.find("isopregnalone").expect_err("no such compound");
    assert_eq!(error.suggestions.first().map(String::as_str), Some("isopregnanolone"));
    assert!(error.known.contains(&"epipregnanolone (EPI)".to_owned()));
    assert_eq!(error.known.len(), library.names().len());
    assert!(error.to_string().contains("did you mean isopregnanolone"));
    let error = library.find("UC1011").expect_err("another compound");
    assert!(error.to_string().contains("3β,20β-dihydroxy-5α-pregnane"));
    assert!(library.find("").is_err());
    assert!(library.find("xyzzy").expect_err("unknown").suggestions.is_empty());
}

#[test]
fn unknown_and_exclusive_scenarios_are_errors() {
    let library = Library::embedded();
    let error = library.scenario(&["iso-ic50-hihg"]).expect_err("misspelt");
    assert!(error.to_string().contains("did you mean iso-ic50-high"));
    let error = library.scenario(&["iso-ic50-low", "iso-ic50-high"]).expect_err("exclusive");
    assert!(matches!(error, ScenarioError::Exclusive { .. }));
    let twice = library.scenario(&["iso-ic50-low", "iso-ic50-low"]).expect("fine");
    assert_eq!(twice.names(), ["iso-ic50-low"]);
    for scenario in library.scenarios() {
        for other in &scenario.excludes {
            let other = library.scenarios().iter().find(|s| &s.name == other).expect("exists");
            assert!(other.excludes.contains(&scenario.name), "{} is one-sided", other.name);
        }
    }
}

#[test]
fn every_scenario_changes_some_record() {
    let library = Library::embedded();
    for scenario in library.scenarios() {
        let used =
            library.compounds().iter().flat_map(|c| &c.targets).any(|action| {
                action.scenario.as_ref() == Some(&scenario.name) || action.unless.contains(&scenario.name)
            });
        // The co-agonist law is a choice of the program, not of a record.
        assert!(used || scenario.name == "separate-gains", "{} does nothing", scenario.name);
    }
}

#[test]
fn predictions_are_flagged() {
    for name in ["ISO", "ganaxolone", "zuranolone"] {
        let remarks = flowing(&[(name, 0.1)], 0.0, None).remarks();
        let prediction = remarks.iter().find(|remark| remark.kind == RemarkKind::Prediction).expect(name);
        assert!(prediction.text.contains("no published CA1 LTP data"), "{name}");
    }
    let remarks = flowing(&[("APV", 50.0)], 0.0, None).remarks();
    assert!(remarks.iter().all(|remark| remark.kind != RemarkKind::Prediction));
}

#[test]
fn compounds_without_a_modelled_target_say_so() {
    // A compound of one's own that acts on a channel the synapse does not have.
    let record = include_str!("../data/compounds/anisomycin.toml")
        .replace("anisomycin", "tetrodotoxin")
        .replace("\"ANI\"", "\"TTX\"")
        .replace("22862-76-6", "4368-28-9")
        .replace("protein_synthesis", "nav")
        .replace("enzyme_inhibitor", "channel_block");
    let library = Library::with_folder(&[("ttx.toml", &record)]).expect("a sound record");
    let compound = library.find("TTX").expect("known").clone();
    assert!(!compound.acts_on_the_synapse());
    let bath = vec![BathCompound { compound, concentration: quantity::Concentration::from_um(1.0) }];
    let exposure = Exposure::new(bath, 0.0, None, &Scenario::default());
    let remarks = exposure.remarks();
    assert!(has(&remarks, RemarkKind::NoEffect) && has(&remarks, RemarkKind::NotModelled), "{remarks:?}");
    let words = bath::words(&remarks);
    assert!(words.contains("will change nothing") && words.contains("known but not modelled"), "{words}");
    assert_eq!(exposure.modulation(3.6e6), synapse::Modulation::default());
    // Inhibitors of protein synthesis and of PKA act on the late phase alone.
    for (name, left) in [("anisomycin", [0.2, 1.0]), ("H-89", [1.0, 0.2])] {
        let exposure = flowing(&[(name, 20.0)], 0.0, None);
        let m = exposure.modulation(3.6e6);
        assert!(m.protein_synthesis <= left[0] && m.pka <= left[1], "{name}: {m:?}");
        let early = synapse::Modulation { protein_synthesis: 1.0, pka: 1.0, ..m };
        assert_eq!(early, synapse::Modulation::default(), "{name}");
        assert!(library.find(name).expect("known").acts_on_the_late_phase_only(), "{name}");
        assert!(!has(&exposure.remarks(), RemarkKind::NoEffect), "{name}");
    }
    // An inhibitor of synthesis acts only on what the tissue makes.
    let exposure = flowing(&[("finasteride", 1.0)], 0.0, None);
    let remarks = exposure.remarks();
    assert!(has(&remarks, RemarkKind::NothingToActOn) && !has(&remarks, RemarkKind::NoEffect), "{remarks:?}");
    assert!(bath::words(&remarks).contains("the slices hold none"), "{remarks:?}");
    assert_eq!(exposure.modulation(3.6e6), synapse::Modulation::default());
    let remarks = flowing(&[("MK-801", 20.0)], 0.0, None).remarks();
    assert!(bath::words(&remarks).contains("builds up with the use"), "{remarks:?}");
    assert!(!has(&remarks, RemarkKind::NoEffect), "{remarks:?}");
}

/// Whether a remark of this sort is among them.
fn has(remarks: &[Remark], kind: RemarkKind) -> bool {
    remarks.iter().any(|remark| remark.kind == kind)
}

#[test]
fn every_number_of_every_record_has_a_source_and_a_tag() {
    let library = Library::embedded();
    assert!(library.compounds().len() >= 40);
    let mut labels = BTreeSet::new();
    for compound in library.compounds() {
        assert!(labels.insert(compound.label.clone()), "{} twice", compound.label);
        let rows = compound.evidence();
        assert!(rows.len() >= 2 * compound.targets.len() + 2, "{}", compound.name);
        for row in rows {
            assert!(row.source.chars().count() >= 15, "{}: source `{}`", row.subject, row.source);
            assert_ne!(row.tag, Evidence::Calibrated, "{}", row.subject);
            assert!(!row.value.is_empty());
        }
    }
}

#[test]
fn the_text_of_the_records_holds_no_number_outside_a_sourced_table() {
    // Independent of the reader: every bare TOML number or quantity must stand
    // beside `source` and `evidence`.
    fn walk(file: &str, value: &toml::Value) {
        match value {
            toml::Value::Table(table) => {
                if table.contains_key("value") {
                    assert!(table.contains_key("source") && table.contains_key("evidence"), "{file}");
                    return;
                }
                for (key, value) in table {
                    let naked = value.is_float() || value.is_integer();
                    assert!(!naked, "{file}: `{key}` is a number without a source");
                    walk(file, value);
                }
            }
            toml::Value::Array(values) => values.iter().for_each(|value| walk(file, value)),
            _ => {}
        }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/compounds");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).expect("the data folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("readable");
        walk(&path.display().to_string(), &toml::Value::Table(text.parse().expect("TOML")));
        files += 1;
    }
    assert_eq!(files, Library::embedded().compounds().len(), "a record is not embedded");
}

#[test]
fn a_compound_prints_as_json_with_units_and_tags() {
    let library = Library::embedded();
    let json = serde_json::to_value(library.find("ISO").expect("known")).expect("serialises");
    assert_eq!(json["stereo_key"], "3b5a");
    assert_eq!(json["targets"][0]["mode"], "gamsa");
    assert_eq!(json["targets"][0]["potency"]["evidence"], "model_choice");
    let potency = json["targets"][0]["potency"]["value"].as_str().expect("text with unit");
    assert_eq!(potency.parse::<quantity::Concentration>().expect("readable").um(), 0.7);
}

#[test]
fn register_numbers_carry_their_check_digit() {
    let mut checked = 0;
    for compound in Library::embedded().compounds() {
        let Some(cas) = &compound.identifiers.cas else { continue };
        let digits: Vec<u32> = cas.chars().filter_map(|c| c.to_digit(10)).collect();
        let (check, body) = digits.split_last().expect("digits");
        let sum: u32 = body.iter().rev().zip(1..).map(|(digit, place)| digit * place).sum();
        assert_eq!(sum % 10, *check, "{}: {cas}", compound.name);
        checked += 1;
    }
    assert!(checked >= 38, "{checked}");
}
