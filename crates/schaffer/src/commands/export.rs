//! `schaffer export`: results for other programs.

use crate::cli::{Export, ExportPrism};
use crate::failure::Failure;
use crate::output::print;
use exchange::prism::PrismError;
use recording::StoreError;

/// Writes the results in the shape asked for.
pub fn export(arguments: &Export) -> Result<(), Failure> {
    match arguments {
        Export::Prism(arguments) => prism(arguments),
    }
}

fn prism(arguments: &ExportPrism) -> Result<(), Failure> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        return Err(Failure::no_input(format!("there is no folder {}", folder.display())));
    }
    let out = arguments.out.clone().unwrap_or_else(|| folder.join("prism"));
    let written = exchange::prism::export(folder, &out).map_err(failure)?;
    if arguments.quiet {
        return Ok(());
    }
    let mut lines: Vec<String> = written.files.iter().map(|file| file.display().to_string()).collect();
    lines.push(format!(
        "{} slices in {} groups; {} left out (excluded.csv)",
        written.slices,
        written.groups.len(),
        written.excluded
    ));
    print(&lines.join("\n"))
}

fn failure(error: PrismError) -> Failure {
    match &error {
        PrismError::Store(StoreError::Unwritable { .. }) | PrismError::Folder { .. } => {
            Failure::output(error.to_string())
        }
        _ => Failure::faulty_input(error.to_string()),
    }
}
