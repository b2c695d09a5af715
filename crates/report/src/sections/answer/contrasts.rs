//! Differences from the reference in words.

use crate::figures::scene::Scene;
use crate::numbers::{brackets, capitalised, difference, p_value, plain, range, short};
use crate::sections::answer::groups;
use analysis::findings::{Contrast, Equivalence};

/// Differences that get a sentence of their own.
const NAMED: usize = 3;
/// Differences that are listed.
const LISTED: usize = 12;

/// Whether the interval excludes zero.
fn clear(contrast: &Contrast) -> bool {
    contrast.ci.low > 0.0 || contrast.ci.high < 0.0
}

/// Contrasts with an estimate, the largest first.
pub(crate) fn sorted<'s>(scene: &Scene<'s>, wanted: impl Fn(&Contrast) -> bool) -> Vec<&'s Contrast> {
    let found = scene.sources.findings.contrasts.iter();
    let mut contrasts: Vec<&Contrast> = found.filter(|c| c.estimate.is_finite() && wanted(c)).collect();
    contrasts.sort_by(|a, b| b.estimate.abs().total_cmp(&a.estimate.abs()));
    contrasts
}

/// The differences of an experiment with one induction protocol.
pub(crate) fn of_one_induction(scene: &Scene) -> Vec<String> {
    let mut sentences = Vec::new();
    let (excluding, including): (Vec<&Contrast>, Vec<&Contrast>) =
        sorted(scene, |_| true).into_iter().partition(|contrast| clear(contrast));
    sentences.extend(excluding.iter().take(NAMED).map(|contrast| sentence(scene, contrast)));
    if excluding.len() > NAMED {
        sentences.push(format!("Smaller differences whose interval excludes zero: {}.", list(&excluding[NAMED..])));
    }
    if !including.is_empty() {
        let opening = match (excluding.is_empty(), including.len()) {
            (true, 1) => "No clear difference was found; the interval holds zero",
            (true, _) => "No condition differed clearly from the reference; every interval holds zero",
            (false, 1) => "The interval of the other difference holds zero",
            (false, _) => "The intervals of the other differences hold zero",
        };
        sentences.push(format!("{opening}: {}.", list(&including)));
    }
    sentences
}

/// The reference and the differences under one of several induction protocols.
pub(crate) fn under(scene: &Scene, induction: &str) -> Vec<String> {
    let mut sentences: Vec<String> = groups::reference(scene, induction).into_iter().collect();
    let (excluding, including): (Vec<&Contrast>, Vec<&Contrast>) =
        sorted(scene, |contrast| contrast.induction == induction).into_iter().partition(|contrast| clear(contrast));
    let parts: Vec<String> = [(excluding, "Differed from it"), (including, "Did not differ clearly")]
        .into_iter()
        .filter(|(found, _)| !found.is_empty())
        .map(|(found, what)| format!("{what}: {}.", list(&found)))
        .collect();
    sentences.extend(parts);
    sentences
}

fn list(contrasts: &[&Contrast]) -> String {
    let brief = |contrast: &&Contrast| {
        format!("{} {} {}", contrast.condition, difference(contrast.estimate, 1), brackets(contrast.ci, 1))
    };
    let listed = &contrasts[..contrasts.len().min(LISTED)];
    let names: Vec<&str> = listed.iter().map(|contrast| contrast.condition.as_str()).collect();
    let said: Vec<String> = listed.iter().map(brief).collect();
    let more = contrasts.len() - listed.len();
    let place = if more > 0 { " in the table of comparisons" } else { "" };
    format!("{}{place}", evidence::listed_with(&names, &said, more))
}

/// One difference in a sentence, in the terms of what became of both groups.
fn sentence(scene: &Scene, contrast: &Contrast) -> String {
    let mean = |condition: &str| scene.group(&contrast.induction, condition).map_or(f64::NAN, |group| group.mean);
    let (own, reference) = (mean(&contrast.condition), mean(&contrast.reference));
    let lower = contrast.estimate < 0.0;
    let verb = match (own > 0.0, reference > 0.0) {
        (true, true) => format!("potentiated {} than", if lower { "less" } else { "more" }),
        (false, false) => format!("was depressed {} than", if lower { "more" } else { "less" }),
        _ => format!("ended {} than", if lower { "lower" } else { "higher" }),
    };
    let effect = if contrast.hedges_g.is_finite() {
        format!("Hedges g {} {}, ", plain(contrast.hedges_g, 2), brackets(contrast.hedges_g_ci, 2))
    } else {
        String::new()
    };
    let interval = interval_name(scene, contrast);
    let adjusted =
        if contrast.adjust == "none" { String::new() } else { format!("{}-adjusted ", capitalised(&contrast.adjust)) };
    format!(
        "{} {verb} {}: difference {} percentage points ({interval} {}), {effect}{adjusted}{}.",
        capitalised(&contrast.condition),
        contrast.reference,
        difference(contrast.estimate, 1),
        range(contrast.ci, 1),
        p_value(contrast.p_adjusted)
    )
}

/// What the interval of a contrast is called; findings of older programs do not say.
fn interval_name(scene: &Scene, contrast: &Contrast) -> String {
    if contrast.ci_name.is_empty() { format!("{} CI", scene.level()) } else { contrast.ci_name.clone() }
}

/// Comparisons that were planned and could not be made.
pub(crate) fn none_possible(scene: &Scene) -> Option<String> {
    let findings = &scene.sources.findings;
    (findings.contrasts.is_empty() && scene.compares())
        .then(|| "The planned comparison with the reference could not be made; the notes below say why.".to_owned())
}

/// Equivalence is more than "not significant": it has its own test.
pub(crate) fn equivalence(scene: &Scene) -> Option<String> {
    let including = sorted(scene, |contrast| !clear(contrast));
    let tests = scene.sources.findings.equivalence.iter();
    let tested: Vec<&Equivalence> = tests
        .filter(|test| including.iter().any(|c| c.induction == test.induction && c.condition == test.condition))
        .collect();
    let bound = short(tested.first()?.bound, 2);
    let many = scene.inductions().len() > 1;
    let equivalent: Vec<&&Equivalence> = tested.iter().filter(|test| test.equivalent).collect();
    let names: Vec<&str> = equivalent.iter().map(|test| test.condition.as_str()).collect();
    let said: Vec<String> = equivalent
        .iter()
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
        evidence::listed_with(&names, &said, 0)
    ))
}
