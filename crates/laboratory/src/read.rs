//! The experiment file and the records that it rests on.

use crate::error::LaboratoryError;
use experiment::{Plan, UserFolder, folder_named_in};
use pharmacology::Library;
use std::path::Path;

/// Reads and checks an experiment file with the records that it names, or with those
/// of the folder `records` in their place.
///
/// # Errors
/// [`LaboratoryError::Source`] and [`LaboratoryError::Faulty`] for the file,
/// [`LaboratoryError::Records`] for the folder.
pub fn read_plan(path: &Path, records: Option<&Path>) -> Result<Plan, LaboratoryError> {
    Ok(read_with_library(path, records)?.0)
}

/// As [`read_plan`], with the library that the plan was read with.
pub(crate) fn read_with_library(path: &Path, records: Option<&Path>) -> Result<(Plan, Library), LaboratoryError> {
    let text = experiment::read_text(path)?;
    let named = records.map(Path::to_path_buf).or_else(|| folder_named_in(&text, path));
    let (library, _) = library(named.as_deref())?;
    let plan = experiment::read_with(&text, &form::shown(path).to_string(), &library)?;
    Ok((plan, library))
}

/// The built-in records with those of a folder on top, and the folder itself.
///
/// # Errors
/// [`LaboratoryError::Records`].
pub fn library(records: Option<&Path>) -> Result<(Library, UserFolder), LaboratoryError> {
    let own = match records {
        Some(folder) => UserFolder::read(folder)?,
        None => UserFolder::default(),
    };
    Ok((own.library()?, own))
}
