//! Every shipped experiment, made small, has the same bytes whatever the processor can do:
//! with all that this one offers, with the C library told to do without fused and vector
//! arithmetic, and on an emulated Nehalem (2008), which has none.

use crate::calls;
use crate::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The shipped experiments with two animals of one slice, few spines and vector figures.
fn small(place: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(calls::project("experiments")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ext| ext == "toml"));
    files.sort();
    assert!(files.len() >= 16, "the shipped experiments are not found");
    files.iter().map(|file| made_small(file, place)).collect()
}

fn made_small(file: &Path, place: &Path) -> PathBuf {
    let mut plan: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
    let section = |plan: &mut toml::Table, name: &str| -> toml::Table {
        plan.get(name).and_then(|value| value.as_table().cloned()).unwrap_or_default()
    };
    let mut design = section(&mut plan, "design");
    design.insert("animals".into(), 2.into());
    design.insert("slices_per_animal".into(), 1.into());
    plan.insert("design".into(), design.into());
    let mut synapse = section(&mut plan, "synapse");
    let mut changes = synapse.get("changes").and_then(|value| value.as_array().cloned()).unwrap_or_default();
    let few = "parameter = \"spines.number\"\nvalue = 8\nreason = \"a short test\"";
    changes.push(few.parse::<toml::Table>().unwrap().into());
    synapse.insert("changes".into(), changes.into());
    plan.insert("synapse".into(), synapse.into());
    if !plan.contains_key("prediction") {
        plan.insert("prediction".into(), toml::Table::from_iter([("draws".to_owned(), 0.into())]).into());
    }
    let mut report = section(&mut plan, "report");
    report.insert("formats".into(), vec![toml::Value::from("svg")].into());
    plan.insert("report".into(), report.into());
    let small = place.join(file.file_name().unwrap());
    fs::write(&small, toml::to_string(&plan).unwrap()).unwrap();
    small
}

/// The program on some processor: words before it, and the environment.
#[derive(Clone, Copy)]
struct Processor {
    emulator: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const NATIVE: Processor = Processor { emulator: &[], environment: &[] };
const NO_FUSED: Processor = Processor {
    emulator: &[],
    environment: &[("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX,-AVX512F,-SSE4_1")],
};
const NEHALEM: Processor = Processor { emulator: &["qemu-x86_64", "-cpu", "Nehalem"], environment: &[] };

fn run(file: &Path, out: &Path, processor: Processor) -> tree::Tree {
    let whole_cell = fs::read_to_string(file).unwrap().contains("[patch");
    let (command, quiet): (_, &[&str]) = if whole_cell { ("patch", &[]) } else { ("run", &["-q", "-j", "1"]) };
    let mut words = processor.emulator.to_vec();
    words.extend([calls::BINARY, command]);
    let mut program = Command::new(words[0]);
    program.args(&words[1..]).arg(file).arg("--out").arg(out).args(quiet).stdin(Stdio::null());
    let output = program.envs(processor.environment.iter().copied()).output();
    let output = output.unwrap_or_else(|reason| panic!("{}: {reason}", words[0]));
    assert!(output.status.success(), "{}: {}", file.display(), calls::told(&output));
    tree::of(out)
}

/// Every small experiment natively and on that processor, two at a time.
fn same_bytes_on(processor: Processor) {
    let place = calls::workplace();
    let files = small(place.path());
    let compared = |file: &PathBuf| {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let out = |kind: &str| place.path().join(format!("{name}-{kind}"));
        let (native, other) = (out("native"), out("other"));
        let differ = tree::differences(&run(file, &native, NATIVE), &run(file, &other, processor));
        tree::remove(&native);
        tree::remove(&other);
        (!differ.is_empty()).then(|| format!("{name}: {differ:?}"))
    };
    let (one, two) = files.split_at(files.len() / 2);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let halves = [one, two].map(|half| scope.spawn(|| half.iter().filter_map(compared).collect::<Vec<_>>()));
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn without_fused_arithmetic_the_bytes_are_the_same() {
    same_bytes_on(NO_FUSED);
}

/// Needs `qemu-x86_64` (Debian's qemu-user).
#[test]
#[ignore = "an emulated processor: just processors"]
fn on_a_nehalem_the_bytes_are_the_same() {
    same_bytes_on(NEHALEM);
}
