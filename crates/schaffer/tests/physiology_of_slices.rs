//! The shipped experiments on states and regimens, the table of claims, and what
//! chloride does to calcium.

mod program;

use pharmacology::{Application, BathCompound, Exposure, ExposurePlan, Library, chloride::Chloride, claims};
use program::Command;
use quantity::{Age, Concentration};
use std::fs;
use std::path::{Path, PathBuf};
use synapse::Parameters;
use synapse::patch::{PatchCell, calcium_at_rest};
use validation::receptors::outcomes;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schaffer(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    let assert = command.current_dir(root()).args(arguments).assert().code(0);
    String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8")
}

fn plan(name: &str) -> experiment::Plan {
    let text = fs::read_to_string(root().join("experiments").join(name)).expect("a shipped experiment");
    experiment::read(&text, name).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The synapse of a condition.
fn parameters(plan: &experiment::Plan, place: usize) -> Parameters {
    plan.conditions[place].animals.parameters(&plan.synapse.parameters)
}

#[test]
fn the_shipped_examples_combine_state_regimen_mixture_and_protocol() {
    let luteal = plan("luteal-vs-follicular-tbs.toml");
    let tonic = |plan: &experiment::Plan, place: usize| parameters(plan, place).tonic_ns;
    assert!(tonic(&luteal, 0) < tonic(&luteal, 1) && tonic(&luteal, 1) < tonic(&luteal, 2));
    assert!(!luteal.conditions[3].bath.is_empty() && !luteal.conditions[3].animals.prepared.endogenous.is_empty());

    let postpartum = plan("postpartum-withdrawal.toml");
    let allo = |place: usize| {
        let steroids = &postpartum.conditions[place].animals.prepared.endogenous;
        steroids.iter().find(|steroid| steroid.compound.label == "ALLO").expect("allopregnanolone").free.um()
    };
    assert!(allo(1) > 20.0 * allo(2) && allo(3) > allo(2) + 0.001, "1 % of 222 nM, nearly settled after 48 h");
    assert!(parameters(&postpartum, 2).gaba_fast_decay_ms < Parameters::default().gaba_fast_decay_ms, "α4 is up");

    let pulses = plan("pulse-vs-continuous-allo.toml");
    let flows = pulses.conditions[2].regimens[0].expect("a regimen").flows();
    assert_eq!(flows.len(), 3);
    assert_eq!(flows[2], [3.6e6, 3.9e6]);
    assert_eq!(pulses.conditions[3].scenario.names(), ["pkc-lasting-tonic"]);

    let immature = plan("immature-chloride.toml");
    let reversal = |place: usize| parameters(&immature, place).gaba_reversal_mv;
    assert!(reversal(0) < -71.0 && reversal(2) > -60.0);
    assert!(parameters(&immature, 0).l_type_low_ns == 0.0 && parameters(&immature, 2).l_type_low_ns > 0.0);

    let puberty = plan("puberty-alpha4-delta.toml");
    let receptors = |place: usize| puberty.conditions[place].animals.receptors(&parameters(&puberty, place));
    assert!(receptors(0).alpha4_delta == 0.0 && receptors(3).alpha4_delta > 0.3);
    assert!(!receptors(3).depolarising && receptors(4).depolarising);

    let mixture = plan("luteal-mixture-pulses.toml");
    assert_eq!(mixture.conditions.len(), 5, "both ends of the prior are conditions");
    assert_eq!(mixture.conditions[2].bath.len(), 3);
    assert_eq!(mixture.conditions[3].regimens[0].expect("a regimen").flows().len(), 2);
    assert!(mixture.conditions.iter().all(|condition| !condition.animals.prepared.endogenous.is_empty()));

    let finasteride = plan("finasteride.toml");
    assert!(finasteride.warnings(&finasteride.conditions[1]).is_empty());
    for name in ["luteal-vs-follicular-tbs", "postpartum-withdrawal", "finasteride", "patch-allo"] {
        let words = schaffer(&["check", &format!("experiments/{name}.toml")]);
        assert!(words.contains("expected"), "{words}");
    }
}

/// Calcium through low-threshold L-type channels of a cell at rest while IPSCs
/// open 3 nS on average, pC in 1 s.
fn calcium(age_d: f64, compound: Option<(&str, f64)>) -> f64 {
    let chloride = Chloride::of_age(Age::from_postnatal_days(age_d));
    let parameters = Parameters { gaba_reversal_mv: chloride.reversal_mv(), ..Parameters::default() };
    let library = Library::embedded();
    let bath = compound.into_iter().map(|(name, um)| Application {
        entry: BathCompound {
            compound: library.find(name).expect("known").clone(),
            concentration: Concentration::from_um(um),
        },
        flows: vec![[f64::NEG_INFINITY, f64::INFINITY]],
    });
    let exposure = Exposure::of(ExposurePlan { bath: bath.collect(), ..ExposurePlan::default() });
    let drug = exposure.modulation(0.0);
    // What an IPSC opens on average grows with its decay.
    let phasic_ns = 3.0 * drug.gaba_a_fast_gain * drug.gaba_a_fast_decay;
    calcium_at_rest(&PatchCell::typical(&parameters), &drug, phasic_ns, 1000.0)
}

#[test]
fn allopregnanolone_raises_calcium_in_immature_cells_and_lowers_it_in_mature_ones() {
    let allo = Some(("allopregnanolone", 0.3));
    let iso = Some(("isopregnanolone", 3.0));
    let (young, old) = (5.0, 60.0);
    assert!(calcium(young, allo) > 1.15 * calcium(young, None), "{} {}", calcium(young, allo), calcium(young, None));
    assert!(calcium(old, allo) < calcium(old, None), "{} {}", calcium(old, allo), calcium(old, None));
    let relative = calcium(young, iso) / calcium(young, None);
    assert!((relative - 1.0).abs() < 0.02, "isopregnanolone alone does nothing: {relative}");
}

#[test]
fn the_page_of_claims_is_what_the_program_prints_and_every_reference_exists() {
    let page = fs::read_to_string(root().join("docs/claims.md")).expect("docs/claims.md");
    assert_eq!(page.trim_end(), schaffer(&["states", "--claims"]).trim_end(), "run `just claims`");
    let library = Library::embedded();
    let ids: Vec<String> = outcomes(&library, &[]).expect("built in").into_iter().map(|outcome| outcome.id).collect();
    let glossary = fs::read_to_string(root().join("experiments/README.md")).expect("the glossary");
    let help = schaffer(&["--help"]);
    let all = claims::claims();
    let expected = (1..=27).map(|k| format!("S{k:02}")).chain((1..=28).map(|k| format!("F{k:02}")));
    assert_eq!(all.iter().map(|claim| claim.id.clone()).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    for claim in &all {
        assert!(claim.status == claims::Status::Limit || !claim.refs.is_empty(), "{} stands on nothing", claim.id);
        for reference in &claim.refs {
            let (kind, name) = reference.split_once(':').expect("kind:name");
            let exists = match kind {
                "test" => {
                    let (file, test) = name.split_once("::").expect("file::test");
                    fs::read_to_string(root().join(file)).is_ok_and(|text| text.contains(&format!("fn {test}()")))
                }
                "experiment" => root().join("experiments").join(name).exists(),
                "scenario" => library.scenarios().iter().any(|scenario| scenario.name == name),
                "state" => library.state(name).is_ok(),
                "compound" => library.find(name).is_ok(),
                "outcome" => ids.iter().any(|id| id == name),
                "parameter" => Parameters::specs().iter().any(|spec| spec.path == name),
                "key" => glossary.contains(&format!("`{name}`")),
                "command" => name.strip_prefix("schaffer ").is_some_and(|command| help.contains(command)),
                _ => false,
            };
            assert!(exists, "{}: {reference} leads nowhere", claim.id);
        }
    }
}

#[test]
fn the_scoreboard_is_printed_and_red_rows_say_why() {
    let json: serde_json::Value =
        serde_json::from_str(&schaffer(&["validate", "--receptors", "--json"])).expect("JSON");
    let section = &json["receptors"];
    let rows = section["rows"].as_array().expect("rows");
    let count = |word: &str| section[word].as_u64().expect("a count") as usize;
    assert_eq!(count("pass") + count("near") + count("fail"), rows.len());
    assert!(count("pass") > 60);
    let words = schaffer(&["validate", "--receptors"]);
    for row in rows.iter().filter(|row| row["verdict"] == "fail") {
        let id = row["outcome"]["id"].as_str().expect("an id");
        assert!(words.lines().any(|line| line.starts_with(&format!("{id}: "))), "{id} is red without a word");
    }
}

#[test]
fn records_of_a_folder_are_used_and_their_faults_are_told() {
    let folder = tempfile::TempDir::new().expect("folder");
    let states = folder.path().join("states");
    fs::create_dir(&states).expect("folder");
    let state = fs::read_to_string(root().join("crates/pharmacology/data/states/luteal.toml")).expect("a state");
    fs::write(states.join("mine.toml"), state.replace("name = \"luteal\"", "name = \"my-luteal\"")).expect("file");
    let path = folder.path().to_str().expect("UTF-8");
    assert!(schaffer(&["states", "my-luteal", "--library", path]).contains("Luteal phase"));
    assert!(schaffer(&["states", "--library", path]).lines().count() > 16);

    let refused = |code: i32, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
        let assert = command.current_dir(root()).args(arguments).assert().code(code);
        String::from_utf8(assert.get_output().stderr.clone()).expect("UTF-8")
    };
    let record =
        fs::read_to_string(root().join("crates/pharmacology/data/compounds/isopregnanolone.toml")).expect("ISO");
    // Isopregnanolone with the stereochemistry of epipregnanolone.
    fs::write(folder.path().join("iso.toml"), record.replace("\"3b5a\"", "\"3b5b\"")).expect("file");
    let text = refused(65, &["compounds", "--library", path]);
    assert!(text.contains("iso.toml:1:1: identity clash"), "{text}");
    // Twice the same compound.
    fs::write(folder.path().join("iso.toml"), &record).expect("file");
    fs::write(folder.path().join("iso-again.toml"), &record).expect("file");
    let text = refused(65, &["compounds", "--library", path]);
    assert!(text.contains("keep one of the two records"), "{text}");
    // A target that the model does not know.
    fs::remove_file(folder.path().join("iso-again.toml")).expect("file");
    fs::write(folder.path().join("iso.toml"), record.replace("name = \"cav_t\"", "name = \"cav_x\"")).expect("file");
    let text = refused(65, &["compounds", "--library", path]);
    assert!(text.contains("unknown target `cav_x`"), "{text}");
    let text = refused(66, &["states", "--library", "no/such/folder"]);
    assert!(text.contains("there is no folder no/such/folder"), "{text}");
    refused(2, &["states", "luteal", "--claims"]);
}

#[test]
fn receptors_answer_to_a_bath_of_ones_own() {
    let json = |bath: &[&str]| -> serde_json::Value {
        let arguments: Vec<&str> = [&["receptors", "--json"], bath].concat();
        serde_json::from_str(&schaffer(&arguments)).expect("JSON")
    };
    let factor = |all: &serde_json::Value, receptor: &str, what: &str| {
        let rows = all["receptors"].as_array().expect("rows");
        rows.iter().find(|row| row["receptor"] == receptor).expect("a row")[what].as_f64().expect("a number")
    };
    // Pregnenolone sulfate blocks lasting GABA currents with 13 µM, 85.5 % at most.
    let lasting = |um: &str| 1.0 - factor(&json(&[&format!("PS {um} uM")]), "gaba_a_fast", "steady");
    assert!((lasting("13") / lasting("10000") - 0.5).abs() < 0.02);
    let spared = json(&["PS 50 uM", "--scenario", "ps-gaba-a-82um"]);
    assert!(factor(&spared, "gaba_a_fast", "steady") > 1.0 - lasting("50"));
    // ISO takes back a part of what ALLO adds; the name may hold spaces and digits.
    let allo = factor(&json(&["ALLO 100 nM"]), "gaba_a_fast", "decay");
    let both = factor(&json(&["ALLO 100 nM", "ISO 3 uM"]), "gaba_a_fast", "decay");
    assert!(1.0 < both && both < allo, "{both} {allo}");
    assert!(factor(&json(&["Ro 25-6981 1 uM"]), "glun2b", "peak") < 0.2);
    let every = outcomes(&Library::embedded(), &[]).expect("built in").len();
    assert_eq!(json(&[])["receptors"]["rows"].as_array().map(Vec::len), Some(every));

    for (bath, words) in [
        ("PS -3 uM", "PS -3 uM"),
        ("PS 3 M", "up to 10 mM"),
        ("PS", "holds no concentration"),
        ("Isopregnanolon 3 uM", "unknown compound"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
        let assert = command.current_dir(root()).args(["receptors", bath]).assert().code(65);
        let text = String::from_utf8(assert.get_output().stderr.clone()).expect("UTF-8");
        assert!(text.contains(words), "{bath}: {text}");
    }
}

#[test]
fn a_compound_that_acts_on_nothing_is_warned_about() {
    let folder = tempfile::TempDir::new().expect("folder");
    let path = folder.path().join("x.toml");
    let text = "format = 1\nname = \"x\"\n[protocol]\ninduction = \"tbs\"\n[[condition]]\nname = \"c\"\n\
                bath = [{ compound = \"anisomycin\", concentration = \"20 uM\" }]\n[design]\nanimals = 2\n";
    fs::write(&path, text).expect("file");
    let words = schaffer(&["check", path.to_str().expect("UTF-8")]);
    assert!(words.contains("warning") && words.contains("acts on the late phase only"), "{words}");
    let late = text.replace("[design]", "[synapse]\nlate_phase = \"stc_luboeinski_2021\"\n[design]");
    fs::write(&path, late).expect("file");
    let words = schaffer(&["check", path.to_str().expect("UTF-8")]);
    assert!(!words.contains("late phase only") && words.contains("tag, proteins and capture"), "{words}");
    // A record of one's own, on a channel that the synapse does not have.
    let record = fs::read_to_string(root().join("crates/pharmacology/data/compounds/anisomycin.toml")).expect("record");
    let record = record
        .replace("anisomycin", "tetrodotoxin")
        .replace("\"ANI\"", "\"TTX\"")
        .replace("22862-76-6", "4368-28-9")
        .replace("protein_synthesis", "nav")
        .replace("enzyme_inhibitor", "channel_block");
    fs::create_dir(folder.path().join("mine")).expect("folder");
    fs::write(folder.path().join("mine/ttx.toml"), record).expect("file");
    fs::write(&path, text.replace("anisomycin", "TTX").replace("name = \"x\"", "name = \"x\"\nlibrary = \"mine\""))
        .expect("file");
    let words = schaffer(&["check", path.to_str().expect("UTF-8")]);
    assert!(words.contains("warning") && words.contains("will change nothing"), "{words}");
}

#[test]
fn cells_are_patched_measured_and_compared_with_animals_respected() {
    let folder = tempfile::TempDir::new().expect("folder");
    let path = folder.path().join("x.toml");
    let text = "format = 1\nname = \"x\"\n[protocol]\ninduction = \"tbs\"\n[[condition]]\nname = \"vehicle\"\n\
                [[condition]]\nname = \"ALLO\"\nbath = [{ compound = \"ALLO\", concentration = \"300 nM\" }]\n\
                [patch]\nchloride = \"140 mM\"\nstretch = \"30 s\"\nsteps = [\"-100 pA\", \"100 pA\"]\nstep = \"100 pA\"\n\
                [design]\nanimals = 3\n";
    fs::write(&path, text).expect("file");
    let run = |out: &str| {
        let out = folder.path().join(out);
        let arguments = ["patch", path.to_str().expect("UTF-8"), "--json", "--out", out.to_str().expect("UTF-8")];
        let json: serde_json::Value = serde_json::from_str(&schaffer(&arguments)).expect("JSON");
        (json, fs::read_to_string(out.join("cells.csv")).expect("cells.csv"))
    };
    let (findings, table) = run("one");
    assert_eq!(run("two").1, table, "the same cells for the same seed");
    assert_eq!(table.lines().count(), 1 + 2 * 3 * 3);
    let contrast = |reading: &str| {
        let all = findings["contrasts"].as_array().expect("contrasts");
        let found = all.iter().find(|c| c["reading"] == reading && c["phase"] == "wash_in").expect("a contrast");
        (found["estimate"].as_f64().expect("a number"), found["df"].as_f64().expect("a number"))
    };
    let (decay_ms, df) = contrast("ipsc_decay_ms");
    // × 2.2 at 300 nM after 10 min of wash-in, on 8.6 ms.
    assert!((4.0..12.0).contains(&decay_ms), "{decay_ms}");
    assert!(df <= 4.0 + 1e-6, "six animals in two groups leave four degrees of freedom: {df}");
    assert!(contrast("epsc_decay_ms").0.abs() < 2.0);

    // The drug is followed in and out: every 2.5 min from 2.5 to 25 min.
    let course: Vec<(f64, f64)> = findings["course"]
        .as_array()
        .expect("a course")
        .iter()
        .filter(|point| point["condition"] == "ALLO" && point["reading"] == "ipsc_decay_ms")
        .map(|point| (point["minute"].as_f64().expect("min"), point["mean"].as_f64().expect("ms")))
        .collect();
    assert_eq!(course.len(), 10);
    let at = |minute: f64| course.iter().find(|point| point.0 == minute).expect("a stretch").1;
    assert!(at(7.5) > 1.2 * at(5.0) && at(15.0) > at(7.5) && at(25.0) < at(15.0), "{course:?}");
    let average = findings["averages"].as_array().expect("averages");
    let fit = |phase: &str| {
        let one = average
            .iter()
            .find(|one| one["condition"] == "ALLO" && one["phase"] == phase && one["current"] == "sIPSC")
            .expect("an average");
        one["average"]["fit"]["decay_ms"].as_f64().expect("a fit")
    };
    assert!(fit("wash_in") - fit("baseline") > 4.0);

    // Figures and page, and both arrows again from disk, byte for byte.
    let out = folder.path().join("one");
    let read = |name: &str| fs::read(out.join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let names = ["findings.json", "cells.csv", "report.html", "report.md", "figures/patch-course.svg"];
    let before = names.map(read);
    for figure in ["course", "firing", "sipsc", "sepsc", "tonic"] {
        for extension in ["svg", "png", "csv"] {
            read(&format!("figures/patch-{figure}.{extension}"));
        }
    }
    let page = String::from_utf8(before[2].clone()).expect("UTF-8");
    for words in
        ["10 HEPES", "chloride reverses at", "What this rests on", "concentration–response curve", "patch-sipsc.csv"]
    {
        assert!(page.contains(words), "{words}");
    }
    let path = out.to_str().expect("UTF-8");
    assert!(schaffer(&["analyse", path]).contains("sIPSC decay"));
    schaffer(&["report", path]);
    assert!(names.map(read) == before, "from disk the same bytes");
}
