//! What `init` makes of folders of recordings and tables with known content.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::fmt::Write as _;
use std::path::Path;
use tempfile::TempDir;

/// Noise that is the same on every machine, −0.5 to 0.5.
fn noise(seed: u64) -> f64 {
    let mut z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
}

/// A sweep of 60 ms at 10 kHz: artefact at `at_ms`, a response of `size` mV that rises
/// within `rise_ms`.
fn sweep(size: f64, at_ms: f64, rise_ms: f64, seed: u64) -> Vec<f64> {
    let sample = |i: u64| {
        let t = i as f64 / 10.0 - at_ms;
        let artefact = if (0.0..0.3).contains(&t) { 3.0 } else { 0.0 };
        let s = (t - 2.5).max(0.0) / rise_ms;
        artefact - size * s * (1.0 - s).exp() + 0.02 * noise(seed * 1_000_003 + i)
    };
    (0..600).map(sample).collect()
}

/// A file of samples: a column for each sweep.
fn write(folder: &Path, name: &str, sweeps: &[Vec<f64>]) {
    let mut text = String::from("time (ms)");
    (0..sweeps.len()).for_each(|k| write!(text, ",s{k} (mV)").unwrap());
    for i in 0..sweeps[0].len() {
        write!(text, "\n{}", i as f64 / 10.0).unwrap();
        sweeps.iter().for_each(|sweep| write!(text, ",{:.5}", sweep[i]).unwrap());
    }
    std::fs::write(folder.join(name), text + "\n").unwrap();
}

fn many(count: u64, size: f64, at_ms: f64, seed: u64) -> Vec<Vec<f64>> {
    (0..count).map(|k| sweep(size, at_ms, 3.0, seed + k)).collect()
}

fn proposed(folder: &TempDir) -> String {
    study::propose(folder.path()).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Base, tetanus and post files are one slice, in the order of their words, whatever
/// their order in the alphabet.
#[test]
fn parts_of_a_recording_are_one_slice() {
    let folder = tempfile::tempdir().unwrap();
    for (place, name) in ["pre1", "pre2", "hfs", "after1", "after2"].iter().enumerate() {
        write(folder.path(), &format!("ctrl_m1_s2_{name}.csv"), &many(4, 1.0, 10.0, 100 * place as u64));
    }
    let text = proposed(&folder);
    assert_eq!(text.matches("[[slice]]").count(), 1, "{text}");
    let files: Vec<&str> = ["pre1", "pre2", "hfs", "after1", "after2"].to_vec();
    let listed = files.iter().map(|name| format!("\"ctrl_m1_s2_{name}.csv\"")).collect::<Vec<_>>().join(", ");
    assert!(text.contains(&format!("files = [{listed}]")), "{text}");
    assert!(text.contains("slice = 2") && text.contains("seen by the name of its file"), "{text}");
}

#[test]
fn stimuli_at_different_times_are_all_told() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "ctrl_m1_s1_base.csv", &many(4, 1.0, 10.0, 1));
    write(folder.path(), "ctrl_m1_s1_post.csv", &many(4, 1.5, 22.5, 50));
    let text = proposed(&folder);
    assert!(text.contains("#   ctrl_m1_s1_base.csv: 10 ms\n#   ctrl_m1_s1_post.csv: 22.5 ms"), "{text}");
    assert!(!text.contains("\nstimulus ="), "{text}");
}

/// Of four channels the third has responses: a resting one, a trigger and a slow one do not.
#[test]
fn the_channel_with_responses_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("sweep,time (ms),IN 0 (mV),TTL (V),field (mV),bath (mV)");
    for k in 0..6 {
        for (i, value) in sweep(1.0, 10.0, 3.0, k).iter().enumerate() {
            let ttl = if (100..110).contains(&i) { 5.0 } else { 0.0 };
            let [rest, bath] = [77, 99].map(|seed| 0.02 * noise(seed * 10_007 + k * 601 + i as u64));
            write!(text, "\n{k},{},{rest:.5},{ttl},{value:.5},{:.5}", i as f64 / 10.0, 32.0 + bath).unwrap();
        }
    }
    std::fs::write(folder.path().join("ctrl_m1_s1.csv"), text + "\n").unwrap();
    let text = proposed(&folder);
    assert!(text.contains("channel = 2      # review: the one with responses"), "{text}");
}

/// Even and odd sweeps have responses of another rise; the second pathway grows.
#[test]
fn pathways_that_take_turns_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    let part = |from: u64, growth: f64| -> Vec<Vec<f64>> {
        let one = |k: u64| if k.is_multiple_of(2) { sweep(0.8, 10.0, 3.0, k) } else { sweep(growth, 10.0, 5.0, k) };
        (from..from + 40).map(one).collect()
    };
    write(folder.path(), "ctrl_m1_s1_base.csv", &part(0, 1.0));
    write(folder.path(), "ctrl_m1_s1_hfs.csv", &part(200, 1.0)[..2]);
    write(folder.path(), "ctrl_m1_s1_post.csv", &part(100, 1.6));
    let text = proposed(&folder);
    assert!(text.contains("pathways = [\"S1\", \"S2\"]") && text.contains("test_pathway = \"S2\""), "{text}");
    // One pathway that takes no turns.
    let alone = tempfile::tempdir().unwrap();
    write(alone.path(), "ctrl_m1_s1_base.csv", &many(60, 1.0, 10.0, 1));
    assert!(proposed(&alone).contains("# pathways = "));
}

/// A long table with groups and animals: a table for each group, animals by their column,
/// a paired design where animals are in both.
#[test]
fn groups_and_animals_of_a_table_are_seen() {
    let table = |paired: bool| {
        let mut text = String::from("mouse,group,slice,time (min),slope (mV/ms)\n");
        for (place, group) in ["drug", "control"].iter().enumerate() {
            for animal in 0..3 {
                let name = if paired { animal } else { animal + 3 * place };
                for minute in (-10..20).filter(|minute| *minute != 0) {
                    let value = 0.5 + 0.01 * noise((minute + 50) as u64 * 31 + animal as u64);
                    writeln!(text, "m{name},{group},{group}{animal},{minute},{value:.4}").unwrap();
                }
            }
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ltp.csv"), text).unwrap();
        folder
    };
    let folder = table(true);
    let text = proposed(&folder);
    assert!(
        text.contains("where = { group = \"drug\" }") && text.contains("where = { group = \"control\" }"),
        "{text}"
    );
    assert!(text.contains("animal = \"mouse\"") && text.contains("design = \"within-animal\""), "{text}");
    assert!(text.contains("unit = \"mV/ms\"      # review: by the title"), "{text}");
    assert!(!proposed(&table(false)).contains("design ="));
    // What is proposed is a study: both groups with their animals.
    let path = folder.path().join("study.toml");
    std::fs::write(&path, &text).unwrap();
    let (file, text) = study::StudyFile::read(&path).unwrap_or_else(|fault| panic!("{fault}"));
    study::check(&file, &text, &path).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(
        file.table.iter().map(|part| part.condition.get_ref().as_str()).collect::<Vec<_>>(),
        ["drug", "control"]
    );
}

/// Normalised values in each of three ways, and a drift rule that would leave out most.
#[test]
fn units_are_told_by_the_baseline() {
    for (level, unit) in [(1.0, "ratio to baseline"), (100.0, "% of baseline"), (0.0, "% change")] {
        let folder = tempfile::tempdir().unwrap();
        let mut text = String::from("time_min,a,b,c\n");
        for minute in (-12..30).filter(|minute| *minute != 0) {
            let spread = if level == 1.0 { 0.6 } else { 60.0 };
            write!(text, "{minute}").unwrap();
            for column in 0..3 {
                write!(text, ",{:.4}", level + spread * noise((minute + 90) as u64 * 7 + column * 1_013)).unwrap();
            }
            text.push('\n');
        }
        std::fs::write(folder.path().join("x_control.csv"), text).unwrap();
        let page = proposed(&folder);
        assert!(page.contains(&format!("unit = \"{unit}\"")), "{unit}: {page}");
        assert!(page.contains("reference_window = \"12 min\""), "{page}");
    }
}

#[test]
fn a_folder_that_is_not_understood_is_told_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("weights.csv"), "mouse,weight\nm1,20\nm2,21\n").unwrap();
    std::fs::write(folder.path().join("broken.abf"), "ABF2 and no more").unwrap();
    let said = study::propose(folder.path()).unwrap_err().to_string();
    assert!(said.contains("weights.csv: neither sweeps nor a time course: the columns are mouse, weight"), "{said}");
    assert!(said.contains("broken.abf: byte"), "{said}");
}
