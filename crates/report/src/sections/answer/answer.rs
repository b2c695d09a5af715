//! The paragraph: the question of the design first, then what is predicted, then groups, differences with
//! their intervals, the largest first, and p values last.

use crate::document::document::{Block, Section};
use crate::figures::scene::Scene;
use crate::sections::answer::{contrasts, design, groups, need, prediction, study};

/// What kind of answer a model gives.
pub(crate) const IN_SILICO: &str = "In-silico prediction. Every slice and animal in this report is virtual: its numbers are \
                         predictions of a model, not data from animals, and its p-values depend on the chosen number \
                         of virtual animals.";

/// The paragraph, whether it is a prediction, and what to know before it.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let findings = &scene.sources.findings;
    let mut blocks = Vec::new();
    if findings.simulated {
        blocks.push(Block::Banner(IN_SILICO.to_owned()));
    }
    blocks.push(Block::Answer(paragraph(scene)));
    let lines: Vec<String> = study::many_left_out(scene).into_iter().chain(findings.warnings.clone()).collect();
    if !lines.is_empty() {
        blocks.push(Block::Notice { anchor: "warnings", title: "Before you trust a number", lines });
    }
    Some(Section::new("answer", "", blocks).called("Answer"))
}

/// The paragraph.
pub(crate) fn paragraph(scene: &Scene) -> String {
    let mut sentences: Vec<String> = design::question(scene).into_iter().collect();
    if groups::none_left(scene) {
        sentences.push(groups::nothing(scene));
        sentences.extend(study::left_out(scene));
        return sentences.join(" ");
    }
    sentences.extend(prediction::sentences(scene));
    sentences.extend(design::head(scene));
    sentences.push(groups::which_interval(scene));
    if scene.inductions().len() > 1 {
        sentences.extend(scene.inductions().into_iter().flat_map(|induction| contrasts::under(scene, induction)));
        sentences.extend(design::between_protocols(scene));
    } else {
        sentences.extend(scene.inductions().first().and_then(|one| groups::reference(scene, one)));
        sentences.extend(contrasts::of_one_induction(scene));
    }
    sentences.extend(contrasts::none_possible(scene));
    sentences.extend(contrasts::equivalence(scene));
    sentences.extend(study::left_out(scene));
    sentences.extend(study::fit(scene));
    sentences.extend(need::animals(scene));
    sentences.join(" ")
}
