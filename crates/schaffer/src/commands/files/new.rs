//! `schaffer new`: an experiment or a study to begin with, its keys explained.

use crate::arguments::files::New;
use crate::failure::Failure;
use crate::output::print;
use recording::{StoreError, atomic};
use results::Entry;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const EXPERIMENT: &str = include_str!("../../../templates/experiment.toml");
const STUDY: &str = include_str!("../../../templates/study.toml");
/// Made-up time courses, so that a new study can be tried.
const TABLES: [(&str, &str); 2] = [
    ("example-control.csv", include_str!("../../../templates/example-control.csv")),
    ("example-drug.csv", include_str!("../../../templates/example-drug.csv")),
];

/// Writes the file, or the folder of a study; nothing that exists is replaced.
pub fn new(arguments: &New) -> Result<(), Failure> {
    let (parent, name) = place(&arguments.name)?;
    if arguments.study {
        let folder = parent.join(&name);
        let study = Entry::Study.within(&folder);
        if folder.exists() {
            return Err(exists(&folder));
        }
        atomic::folder(&folder).map_err(|fault| Failure::output(fault.to_string()))?;
        for (file, text) in TABLES {
            write_new(&folder.join(file), text)?;
        }
        write_new(&study, &filled(STUDY, &name, &study))?;
        return next(&study, "analyse");
    }
    let path = parent.join(format!("{name}.toml"));
    write_new(&path, &filled(EXPERIMENT, &name, &path))?;
    next(&path, "run")
}

/// The folder that is written to, and the name, which is also that of a results folder.
fn place(asked: &Path) -> Result<(PathBuf, String), Failure> {
    let name = asked.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.strip_suffix(".toml").unwrap_or(&name).to_owned();
    let legal = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let good = name.starts_with(|first: char| first.is_ascii_alphanumeric()) && name.len() <= 80;
    if !good || !name.chars().all(legal) {
        return Err(Failure::usage(format!(
            "\"{name}\" becomes the name of a folder; accepted: up to 80 letters a-z, A-Z, digits, - _ . beginning \
             with a letter or digit"
        )));
    }
    let parent = asked.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    if !parent.as_os_str().is_empty() && !parent.is_dir() {
        return Err(Failure::no_input(format!("there is no folder {}", parent.display())));
    }
    Ok((parent, name))
}

/// The template with name and path in their places.
fn filled(template: &str, name: &str, path: &Path) -> String {
    template.replace("{name}", &format!("\"{name}\"")).replace("{path}", &path.display().to_string().replace('\n', " "))
}

/// Writes a file that does not exist yet.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    atomic::write_new(path, text.as_bytes()).map_err(|fault| match &fault {
        StoreError::Unwritable { source, .. } if source.kind() == ErrorKind::AlreadyExists => exists(path),
        _ => Failure::output(fault.to_string()),
    })
}

fn exists(path: &Path) -> Failure {
    Failure::output(format!("{} exists; nothing was written", path.display()))
}

fn next(path: &Path, command: &str) -> Result<(), Failure> {
    let path = path.display();
    print(&format!("written: {path}\nnext: schaffer check {path}, then schaffer {command} {path}"))
}
