//! The answer in one paragraph: effect sizes with intervals first, the largest
//! first, p-values last.

use crate::document::document::{Block, Section};
use crate::figures::scene::Scene;
use crate::numbers::{brackets, capitalised, difference, level, p_value, plain, range, short};
use analysis::findings::{Contrast, Equivalence, Group};

/// Contrasts named in the paragraph.
const NAMED: usize = 3;

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
    if !findings.warnings.is_empty() {
        let lines = findings.warnings.clone();
        blocks.push(Block::Notice { anchor: "warnings", title: "Before you trust a number", lines });
    }
    Some(Section::new("answer", "", blocks).called("Answer"))
}

/// The paragraph.
pub(crate) fn paragraph(scene: &Scene) -> String {
    let findings = &scene.sources.findings;
    let mut sentences: Vec<String> = Vec::new();
    let many = scene.inductions().len() > 1;
    for induction in scene.inductions() {
        if let Some(group) = scene.group(induction, scene.reference()) {
            sentences.push(reference(scene, group, many));
        }
    }
    let mut contrasts: Vec<&Contrast> = findings.contrasts.iter().filter(|c| c.estimate.is_finite()).collect();
    contrasts.sort_by(|a, b| b.estimate.abs().total_cmp(&a.estimate.abs()));
    let clear = |contrast: &&Contrast| contrast.ci.low > 0.0 || contrast.ci.high < 0.0;
    let (excluding, including): (Vec<&Contrast>, Vec<&Contrast>) = contrasts.iter().copied().partition(clear);
    for contrast in excluding.iter().take(NAMED) {
        sentences.push(sentence(scene, contrast, many));
    }
    if excluding.len() > NAMED {
        let rest: Vec<String> = excluding[NAMED..].iter().map(|contrast| brief(contrast, many)).collect();
        sentences.push(format!("Smaller differences whose interval excludes zero: {}.", rest.join(", ")));
    }
    if !including.is_empty() {
        let list: Vec<String> = including.iter().map(|contrast| brief(contrast, many)).collect();
        let opening = if excluding.is_empty() {
            "No condition differed clearly from the reference; every interval includes zero"
        } else {
            "The intervals of the other differences include zero"
        };
        sentences.push(format!("{opening}: {}.", list.join(", ")));
        sentences.extend(equivalence(scene, &including, many));
    }
    sentences.extend(animals_needed(scene, &contrasts, many));
    sentences.join(" ")
}

fn reference(scene: &Scene, group: &Group, many: bool) -> String {
    let place = if many { format!("Under {}, ", group.induction) } else { String::new() };
    let name = if many { group.condition.clone() } else { capitalised(&group.condition) };
    format!(
        "{place}{name} potentiated by {} % of baseline ({} CI {}; n = {} {}, N = {} {}).",
        plain(group.mean, 1),
        scene.level(),
        range(group.ci, 1),
        group.n_slices,
        scene.slices(),
        group.n_animals,
        scene.animals()
    )
}

fn sentence(scene: &Scene, contrast: &Contrast, many: bool) -> String {
    let direction = if contrast.estimate < 0.0 { "less" } else { "more" };
    let place = if many { format!(" under {}", contrast.induction) } else { String::new() };
    let adjusted =
        if contrast.adjust == "none" { String::new() } else { format!("{}-adjusted ", capitalised(&contrast.adjust)) };
    format!(
        "{} potentiated {direction} than {}{place}: difference {} percentage points ({} CI {}), Hedges g {} {}, {adjusted}{}.",
        capitalised(&contrast.condition),
        contrast.reference,
        difference(contrast.estimate, 1),
        scene.level(),
        range(contrast.ci, 1),
        plain(contrast.hedges_g, 2),
        brackets(contrast.hedges_g_ci, 2),
        p_value(contrast.p_adjusted)
    )
}

fn brief(contrast: &Contrast, many: bool) -> String {
    let place = if many { format!(" under {}", contrast.induction) } else { String::new() };
    format!("{}{place} {} {}", contrast.condition, difference(contrast.estimate, 1), brackets(contrast.ci, 1))
}

/// What a laboratory would need for the largest difference.
fn animals_needed(scene: &Scene, contrasts: &[&Contrast], many: bool) -> Option<String> {
    let largest = contrasts.first()?;
    let need = scene
        .sources
        .findings
        .required
        .iter()
        .find(|need| need.induction == largest.induction && need.condition == largest.condition)?;
    let place = if many { format!(" under {}", need.induction) } else { String::new() };
    let count = need.animals_per_group.map_or_else(|| "more than 1,000".to_owned(), |n| n.to_string());
    Some(format!(
        "To see the largest of these differences ({}{place}) with {} power, a laboratory would need {count} animals per \
         group with {} {} each.",
        need.condition,
        level(need.power),
        need.slices_per_animal,
        if need.slices_per_animal == 1 { "slice" } else { "slices" }
    ))
}

/// Equivalence is more than "not significant": it has its own test.
fn equivalence(scene: &Scene, contrasts: &[&Contrast], many: bool) -> Option<String> {
    let tested: Vec<&Equivalence> = scene
        .sources
        .findings
        .equivalence
        .iter()
        .filter(|test| contrasts.iter().any(|c| c.induction == test.induction && c.condition == test.condition))
        .collect();
    let bound = short(tested.first()?.bound, 2);
    let equivalent: Vec<String> = tested
        .iter()
        .filter(|test| test.equivalent)
        .map(|test| if many { format!("{} under {}", test.condition, test.induction) } else { test.condition.clone() })
        .collect();
    if equivalent.is_empty() {
        return Some(format!(
            "Equivalence within the planned ±{bound} percentage points was shown for none of these, so they do not \
             show the absence of an effect."
        ));
    }
    Some(format!(
        "Practically equivalent to {} within the planned ±{bound} percentage points (two one-sided tests): {}.",
        scene.reference(),
        equivalent.join(", ")
    ))
}
