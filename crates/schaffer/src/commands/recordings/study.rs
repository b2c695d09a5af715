//! `schaffer init`, `schaffer lint` and `schaffer recover`.

use crate::arguments::recordings::{Init, Lint, Recover};
use crate::failure::Failure;
use crate::output::{complain, headed, page, print, print_json};
use crate::progress::Steps;
use exchange::Stated;
use laboratory::cores;
use results::Entry;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use study::StudyFile;
use study::lint::LintFault;

/// Prints a proposed study file.
pub fn init(arguments: &Init) -> Result<(), Failure> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        return Err(Failure::no_input(format!("there is no folder {}", folder.display())));
    }
    let text = study::propose(folder)?;
    if arguments.print {
        return page(&text);
    }
    let path = Entry::Study.within(folder);
    if path.exists() {
        return Err(Failure::output(format!("{} exists: see a proposal with --print", path.display())));
    }
    recording::atomic::write(&path, text.as_bytes()).map_err(|fault| Failure::output(fault.to_string()))?;
    print(&format!("proposed: {}\nnext: review it, then schaffer analyse {}", path.display(), path.display()))
}

/// Looks through recordings, tables or a study.
pub fn lint(arguments: &Lint) -> Result<(), Failure> {
    let mut faults: Vec<LintFault> = Vec::new();
    let mut plain: Vec<PathBuf> = Vec::new();
    for path in &arguments.files {
        if !path.exists() && path != Path::new(form::STANDARD_INPUT) {
            return Err(Failure::no_input(format!("there is no file {}", path.display())));
        }
        if path.extension().is_some_and(|ending| ending == "toml") {
            let (file, text) = StudyFile::read(path)?;
            study::check(&file, &text, path)?;
            let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
            faults.extend(watched(|looked| study::lint::study(&file, &folder, looked))?);
        } else {
            plain.push(path.clone());
        }
    }
    let rate = arguments.rate.as_ref().map(|text| text.parse::<quantity::Frequency>()).transpose();
    let rate_hz = rate.map_err(|fault| Failure::usage(format!("--rate: {fault}")))?.map(|rate| rate.hz());
    let stated = Stated { unit: arguments.unit.clone(), rate_hz, ..Stated::default() };
    faults.extend(watched(|looked| study::lint::files(&plain, &stated, looked))?);
    if arguments.json {
        print_json(&faults)?;
    } else {
        faults.iter().for_each(|fault| complain(&fault.to_string()));
    }
    match faults.len() {
        0 => Ok(()),
        _ if arguments.json => Err(Failure::reported()),
        1 => Err(Failure::faulty_input("1 fault")),
        n => Err(Failure::faulty_input(format!("{n} faults"))),
    }
}

/// Looks through files and shows how many are done.
fn watched<T>(look: impl FnOnce(&dyn Fn(usize)) -> T) -> T {
    let steps = OnceCell::new();
    let found = look(&|left| {
        if let Some(begun) = steps.get() {
            Steps::done(begun);
        } else {
            steps.get_or_init(|| Steps::new("looking through recordings", left, "files"));
        }
    });
    if let Some(begun) = steps.get() {
        Steps::finish(begun);
    }
    found
}

/// Generates slices of known potentiation and says what the analysis makes of them.
pub fn recover(arguments: &Recover) -> Result<(), Failure> {
    let jobs = arguments.jobs.map_or_else(cores, usize::from);
    let steps = Steps::new("simulating and measuring", arguments.data_sets as usize, "data sets");
    let found = study::recovery::recover(arguments.data_sets as usize, arguments.seed, jobs, &|| steps.done());
    steps.finish();
    if arguments.json {
        return print_json(&found);
    }
    let head =
        ["true %", "data sets", "slices", "excluded", "bias ± SE, points", "95 % interval holds"].map(str::to_owned);
    let rows = found.iter().map(|group| {
        [
            format!("{}", group.true_percent),
            group.data_sets.to_string(),
            group.slices.to_string(),
            group.excluded.to_string(),
            format!("{:+.2} ± {:.2}", group.bias, group.bias_se),
            format!("{:.1} %", 100.0 * group.coverage),
        ]
    });
    print(&headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>()))
}
