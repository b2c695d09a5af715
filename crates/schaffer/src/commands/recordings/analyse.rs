//! `schaffer analyse` and `schaffer report`: from disk onward.

use crate::arguments::recordings::Analyse;
use crate::arguments::run::Results;
use crate::commands::setting::unstopped;
use crate::failure::Failure;
use crate::output::print;
use crate::progress::Progress;
use crate::words::patch::summary as summary_of_cells;
use crate::words::run::summary;
use ::report::RenderOptions;
use laboratory::{Event, Reanalysed, Stage, StudyRequest, analyse_folder, analyse_study, cores};
use std::path::Path;

/// Analyses a study of recordings up to its report, or measures and compares the
/// recordings of a results folder again.
pub fn analyse(arguments: &Analyse) -> Result<(), Failure> {
    let input = &arguments.input;
    if !input.exists() && input != Path::new(form::STANDARD_INPUT) {
        return Err(Failure::no_input(format!("there is no file or folder {}", input.display())));
    }
    let progress = Progress::new(arguments.quiet);
    let text = if input.is_dir() {
        progress.show(&Event::Begun(Stage::Measure));
        let found = analyse_folder(input, cores(), &|event| progress.show(&event));
        progress.finish();
        match found? {
            Reanalysed::Slices(findings) => summary(&findings, None),
            Reanalysed::Cells(findings) => summary_of_cells(&findings),
        }
    } else {
        let request = StudyRequest {
            study: input.clone(),
            out: arguments.out.clone(),
            overwrite: arguments.overwrite,
            key: arguments.key.clone(),
            blinded: arguments.blinded.clone(),
        };
        let finished = analyse_study(&request, &unstopped(None), &|event| progress.show(&event));
        progress.finish();
        let finished = finished?;
        format!("{}\nreport: {}", summary(&finished.findings, None), finished.report.display())
    };
    if arguments.quiet { Ok(()) } else { print(&text) }
}

/// Draws the figures and writes the report of a results folder.
pub fn report(arguments: &Results) -> Result<(), Failure> {
    let progress = Progress::new(arguments.quiet);
    progress.show(&Event::Begun(Stage::Draw));
    let (style, figures) = arguments.look.asked();
    let beside = arguments.beside.clone();
    let options = RenderOptions { style, figures, beside, threads: cores(), ..RenderOptions::default() };
    let page = laboratory::report(&arguments.folder, options, &|event| progress.show(&event));
    progress.finish();
    let page = page?;
    if arguments.quiet { Ok(()) } else { print(&format!("report: {}", page.display())) }
}
