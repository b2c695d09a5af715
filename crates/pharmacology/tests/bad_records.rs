//! A museum of records that must be refused, each with its place and its remedy.

use pharmacology::Library;

/// A sound record; the exhibits below damage one line of it.
const SOUND: &str = r#"name = "testosterone"
label = "TESTO"
stereo_key = "17b-d4-3-oxo"
class = "steroid"
summary = "A record for the tests."
synonyms = ["androst-4-en-17b-ol-3-one"]

[[target]]
name = "gaba_a_tonic"
mode = "pam"
site = "steroid"
ec50 = { value = "2 uM", range = ["1 uM", "4 uM"], evidence = "measured", source = "Somebody 1999" }
hill = { value = 1, evidence = "model_choice", source = "one site" }
maximum = { value = 1.5, evidence = "measured", source = "Somebody 1999" }

[kinetics]
wash_in = { value = "5 min", evidence = "model_choice", source = "lipophilic" }
wash_out = { value = "20 min", evidence = "model_choice", source = "lipophilic" }
"#;

fn refused(from: &str, to: &str) -> String {
    assert!(SOUND.contains(from), "the exhibit `{from}` changes nothing");
    let text = SOUND.replacen(from, to, 1);
    Library::with_folder(&[("mine.toml", &text)]).expect_err("must be refused").to_string()
}

#[track_caller]
fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "`{part}` is not in `{message}`");
    }
}

#[test]
fn a_sound_record_joins_the_library() {
    let library = Library::with_folder(&[("mine.toml", SOUND)]).expect("sound");
    assert_eq!(library.find("TESTO").expect("there").name, "testosterone");
    assert_eq!(library.names().len(), Library::embedded().names().len() + 1);
}

#[test]
fn unknown_key() {
    says(&refused("hill =", "hil ="), &["mine.toml:13:1:", "unknown field `hil`", "did you mean `hill`?"]);
}

#[test]
fn missing_key() {
    says(&refused("label = \"TESTO\"\n", ""), &["mine.toml:1:1:", "missing field `label`"]);
    says(&refused("source = \"one site\"", ""), &["mine.toml:13:", "missing field `source`"]);
}

#[test]
fn missing_unit() {
    says(&refused("\"2 uM\"", "2"), &["mine.toml:12:18:", "2 has no unit", "\"21 nM\""]);
    says(&refused("\"2 uM\"", "\"2\""), &["mine.toml:12:18:", "unit"]);
}

#[test]
fn wrong_unit() {
    says(&refused("\"2 uM\"", "\"2 mV\""), &["mine.toml:12:18:", "mV"]);
    says(&refused("\"5 min\"", "\"5 nM\""), &["mine.toml:17:21:", "nM"]);
}

#[test]
fn impossible_numbers() {
    says(&refused("\"2 uM\"", "\"-2 uM\""), &["mine.toml:12:18:", "-2"]);
    says(&refused("\"2 uM\", range = [\"1 uM\", \"4 uM\"]", "\"0 uM\""), &["greater than zero"]);
    says(&refused("\"5 min\"", "\"0 min\""), &["mine.toml:17:21:", "greater than zero"]);
    says(&refused("hill = { value = 1", "hill = { value = -1"), &["mine.toml:13:18:", "-1", "0 to 10"]);
    says(&refused("hill = { value = 1", "hill = { value = nan"), &["finite"]);
    says(&refused("{ value = 1.5", "{ value = 0.5"), &["mine.toml:14:21:", "mode `pam`", "above 1"]);
    says(&refused("{ value = 1.5", "{ value = \"1.5 nS\""), &["without unit"]);
}

#[test]
fn value_outside_its_range() {
    says(&refused("\"2 uM\"", "\"9 uM\""), &["mine.toml:12:34:", "within its range"]);
    says(&refused("[\"1 uM\", \"4 uM\"]", "[\"1 uM\"]"), &["two values"]);
}

#[test]
fn unknown_target_mode_site_and_tag() {
    says(
        &refused("gaba_a_tonic", "gaba_a_tonik"),
        &["mine.toml:9:8:", "unknown target `gaba_a_tonik`", "did you mean `gaba_a_tonic`?", "known:", "glun2b"],
    );
    says(&refused("\"pam\"", "\"pan\""), &["unknown mode `pan`", "did you mean `pam`?", "gamsa"]);
    says(&refused("site = \"steroid\"", "site = \"steriod\""), &["unknown site `steriod`", "`steroid`"]);
    says(&refused("\"measured\"", "\"sure\""), &["unknown evidence tag `sure`", "from_memory"]);
    says(&refused("\"measured\"", "\"calibrated\""), &["unknown evidence tag `calibrated`"]);
    says(&refused("site =", "scenario = \"no-such\"\nsite ="), &["unknown scenario `no-such`", "allo-delta-selective"]);
}

#[test]
fn parts_that_do_not_belong_together() {
    says(
        &refused("ec50 =", "ic50 = { value = \"1 uM\", evidence = \"measured\", source = \"x\" }\nec50 ="),
        &["exactly one"],
    );
    says(&refused("\"gaba_a_tonic\"", "\"gaba_a_potentiation\""), &["belong together"]);
    says(&refused("mode = \"pam\"", "mode = \"gamsa\""), &["belong together", "antagonises"]);
    says(
        &refused("maximum = { value = 1.5, evidence = \"measured\", source = \"Somebody 1999\" }\n", ""),
        &["mine.toml:8:", "needs a `maximum`"],
    );
    says(&refused("source = \"Somebody 1999\"", "source = \" \""), &["source must not be empty"]);
}

#[test]
fn all_faults_are_reported_at_once() {
    let text = SOUND.replace("\"pam\"", "\"pan\"").replace("\"5 min\"", "5");
    let error = Library::with_folder(&[("mine.toml", &text)]).expect_err("two faults");
    assert_eq!(error.faults.len(), 2, "{error}");
    assert_eq!(error.faults[0].line, 10);
    assert_eq!(error.faults[1].line, 17);
}

#[test]
fn not_toml_at_all() {
    let error = Library::with_folder(&[("mine.toml", "name = \"x\"\nlabel = \n")]).expect_err("broken");
    assert_eq!(error.faults[0].line, 2);
    let error = Library::with_folder(&[("empty.toml", "")]).expect_err("empty");
    says(&error.to_string(), &["empty.toml:1:1", "missing field"]);
}

#[test]
fn duplicate_names_and_identity_clashes() {
    let twice = Library::with_folder(&[("a.toml", SOUND), ("b.toml", SOUND)]).expect_err("twice");
    says(&twice.to_string(), &["b.toml", "identity clash", "a.toml"]);

    // A record that calls itself isopregnanolone with the stereochemistry of epipregnanolone.
    let posing = SOUND.replace("\"testosterone\"", "\"isopregnanolone\"").replace("\"17b-d4-3-oxo\"", "\"3b5b\"");
    let error = Library::with_folder(&[("posing.toml", &posing)]).expect_err("posing");
    says(&error.to_string(), &["posing.toml", "identity clash", "3b5a", "3b5b"]);

    for (what, exhibit) in [
        ("synonym", SOUND.replace("androst-4-en-17b-ol-3-one", "Sepranolone")),
        ("label", SOUND.replace("\"TESTO\"", "\"iso\"")),
        ("key", SOUND.replace("\"17b-d4-3-oxo\"", "\"3b5a\"")),
    ] {
        let error = Library::with_folder(&[("mine.toml", &exhibit)]).expect_err(what);
        says(&error.to_string(), &["mine.toml", "identity clash", "isopregnanolone"]);
    }
}

#[test]
fn a_record_of_the_same_molecule_replaces_the_built_in_one() {
    let own = SOUND
        .replace("\"testosterone\"", "\"Isopregnanolone\"")
        .replace("\"TESTO\"", "\"ISO\"")
        .replace("\"17b-d4-3-oxo\"", "\"3b5a\"");
    let library = Library::with_folder(&[("iso.toml", &own)]).expect("an override");
    assert_eq!(library.names().len(), Library::embedded().names().len());
    assert_eq!(library.find("ISO").expect("there").class, "steroid");
}

#[test]
fn a_folder_can_bring_its_own_scenarios() {
    let scenarios = "[[scenario]]\nname = \"testo-weak\"\nmeaning = \"Weak.\"\nsource = \"Somebody 2001\"\n";
    let record = SOUND.replace("site =", "scenario = \"testo-weak\"\nsite =");
    let library =
        Library::with_folder(&[("mine.toml", &record), ("scenarios.toml", scenarios)]).expect("record and scenario");
    assert_eq!(library.scenario(&["testo-weak"]).expect("known").names(), ["testo-weak"]);
    let again = scenarios.replace("testo-weak", "iso-ic50-low");
    let error = Library::with_folder(&[("scenarios.toml", &again)]).expect_err("taken");
    says(&error.to_string(), &["scenarios.toml:2:8", "exists already"]);
}
