//! `schaffer verify`: whether a results folder is as it was written.

use crate::arguments::run::Verify;
use crate::failure::Failure;
use crate::output::{print, print_json};
use results::folder::{Entry, Verified, verify as verify_folder};

/// Says what is intact; a folder that is not is a failure.
pub fn verify(arguments: &Verify) -> Result<(), Failure> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        return Err(Failure::no_input(format!("there is no folder {}", folder.display())));
    }
    let verified = verify_folder(folder).map_err(|fault| Failure::faulty_input(fault.to_string()))?;
    match (arguments.quiet, arguments.json) {
        (true, _) => {}
        (false, true) => print_json(&verified)?,
        (false, false) => print(&in_words(&verified))?,
    }
    if verified.is_intact() {
        return Ok(());
    }
    let what = if verified.sealed.is_none() { "not sealed" } else { "not as it was written" };
    Err(Failure::faulty_input(format!("{} is {what}", folder.display())))
}

/// A line for the whole, and one for everything that is wrong.
fn in_words(verified: &Verified) -> String {
    let mut lines = match verified.sealed {
        Some(files) if verified.is_intact() => {
            vec![format!("intact: {files} files and {} slices are as they were written", verified.whole_slices)]
        }
        Some(files) => vec![format!("{files} files are sealed; {} slices are whole", verified.whole_slices)],
        None => vec![format!(
            "not sealed: the job that wrote the folder was stopped before its end; {} slices are whole",
            verified.whole_slices
        )],
    };
    for (kind, paths) in [("missing", &verified.missing), ("changed", &verified.changed)] {
        lines.extend(paths.iter().map(|path| format!("{kind}: {path}")));
    }
    for path in &verified.foreign {
        let slice = path.split('/').any(|part| part == Entry::Recordings.name());
        let what = if slice { "not of this run" } else { "not drawn from these findings" };
        lines.push(format!("{what}: {path}"));
    }
    lines.extend(verified.slices.iter().map(|fault| format!("slice: {fault}")));
    lines.join("\n")
}
