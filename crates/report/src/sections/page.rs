//! The page: its sections from top to bottom.

use crate::document::document::Document;
use crate::figures::scene::{Figure, Scene};
use crate::sections::answer::answer;
use crate::sections::statistics::statistics;
use crate::sections::{
    arrive, beside, evidence, exclusions, figures, fit, groups, input_output, methods, need, outcomes, prediction,
    provenance,
};
use results::plan::FigureFormat;

/// The page with `figures`, linked in the files of `formats`.
pub(crate) fn document(scene: &Scene, figures: &[Figure], formats: &[FigureFormat]) -> Document {
    let manifest = &scene.sources.manifest;
    let (main, supplement) = figures::sections(figures, formats);
    let sections = [
        answer::section(scene),
        prediction::section(scene),
        need::section(scene),
        Some(main),
        beside::section(scene),
        fit::section(scene),
        groups::section(scene),
        statistics::section(scene),
        outcomes::section(scene),
        input_output::section(scene),
        evidence::section(scene),
        exclusions::section(scene),
        methods::section(scene),
        arrive::section(scene),
        Some(supplement),
        provenance::section(scene),
    ];
    Document {
        title: manifest.title.clone(),
        name: manifest.name.clone(),
        program: manifest.program.clone(),
        sections: sections.into_iter().flatten().collect(),
    }
}
