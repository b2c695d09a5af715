//! The experiment file and the records that it rests on.

use crate::failure::Failure;
use experiment::{Plan, UserFolder, folder_named_in};
use pharmacology::Library;
use std::path::Path;

/// Reads and checks an experiment file with the records that it names.
pub fn read_plan(path: &Path) -> Result<Plan, Failure> {
    read_plan_with(path, None)
}

/// As [`read_plan`], with the records of a folder in their place.
pub fn read_plan_with(path: &Path, library: Option<&Path>) -> Result<Plan, Failure> {
    let text = experiment::read_text(path)?;
    let (library, _) = library_for(&text, path, library)?;
    Ok(experiment::read_with(&text, &path.display().to_string(), &library)?)
}

/// The library of an experiment: the folder of the command line, or the one that
/// the file names, on top of the built-in records.
pub fn library_for(text: &str, path: &Path, folder: Option<&Path>) -> Result<(Library, UserFolder), Failure> {
    let named = folder.map(Path::to_path_buf).or_else(|| folder_named_in(text, path));
    library(named.as_deref())
}

/// The built-in records with those of a folder on top.
pub fn library(folder: Option<&Path>) -> Result<(Library, UserFolder), Failure> {
    let own = match folder {
        Some(folder) => UserFolder::read(folder)?,
        None => UserFolder::default(),
    };
    Ok((own.library()?, own))
}
