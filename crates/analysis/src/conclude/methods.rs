//! How the groups were compared, in the sentences of a methods section: what was
//! fitted is what is written.

use crate::conclude::comparing::{Setting, plain};
use crate::findings::findings::Findings;
use results::plan::Adjustment;

/// The sentences.
pub(crate) fn in_words(findings: &Findings, setting: &Setting) -> String {
    let mut sentences = vec![format!(
        "The experimental unit is the {}; slices are nested in animals, {}.",
        findings.experimental_unit,
        if setting.within {
            "which gave slices to all conditions (within-animal design)"
        } else {
            "and every animal belongs to one condition (between-animal design)"
        }
    )];
    sentences.extend(model(findings));
    if findings.contrasts.is_empty() {
        sentences.push("No conditions were compared.".to_owned());
        return sentences.join(" ");
    }
    let family = findings.contrasts.iter().filter(|c| c.induction == findings.contrasts[0].induction).count();
    sentences.push(adjustment(setting, family));
    sentences.push(if setting.within {
        "Effect sizes are Hedges g: the estimate over the SD of the animals' differences.".to_owned()
    } else {
        "Effect sizes are Hedges g: the estimate over the pooled SD of the animals' means.".to_owned()
    });
    let check = findings.animal_mean_contrasts.first().filter(|mean| mean.model != findings.contrasts[0].model);
    if let Some(first) = check {
        sentences.push(format!("The same comparisons on animal means ({}) are given as a check.", first.df_method));
    }
    if let Some(bound) = setting.equivalence {
        sentences.push(format!(
            "Conditions count as equivalent if the {} % confidence interval of their difference lies within ±{} percentage \
             points (two one-sided tests of the same model).",
            plain(100.0 * (1.0 - 2.0 * (1.0 - setting.level))),
            plain(bound)
        ));
    }
    sentences.join(" ")
}

/// What was fitted.
fn model(findings: &Findings) -> Option<String> {
    let fit = findings.models.first()?;
    let df = fit.df_method.replace("Kenward-Roger", "Kenward–Roger");
    Some(match fit.name.as_str() {
        "linear mixed model" => format!(
            "Potentiation was analysed with the linear mixed model {} ({}; {df} degrees of freedom).",
            fit.formula, fit.method
        ),
        name => format!("Potentiation was analysed by {}{name} ({}).", article(name), fit.method),
    })
}

/// Nothing before a test that is named after a person.
fn article(name: &str) -> &'static str {
    if name.starts_with("Welch") { "" } else { "a " }
}

/// How several comparisons were adjusted, and what their intervals are.
fn adjustment(setting: &Setting, family: usize) -> String {
    let reference = setting.reference;
    let level = setting.interval_name();
    if family < 2 {
        return format!("The contrast against {reference} is two-sided, its interval a {level} of the same model.");
    }
    match setting.adjust {
        Adjustment::Dunnett => format!(
            "The {family} contrasts against {reference} are two-sided and adjusted by the largest |t| of the family \
             (Dunnett's method, each contrast with its own degrees of freedom; Hasler and Hothorn 2008); intervals are \
             simultaneous {level}s of the same model and adjustment."
        ),
        Adjustment::Holm => format!(
            "The {family} contrasts against {reference} are two-sided and adjusted by Holm's method; the interval of each is \
             at the level of its step, so that it leaves out 0 exactly where the adjusted p is below {}.",
            plain_alpha(setting.level)
        ),
        Adjustment::None => format!(
            "The {family} contrasts against {reference} are two-sided and, as planned, not adjusted for their number; \
             intervals are {level}s of the same model."
        ),
    }
}

fn plain_alpha(level: f64) -> String {
    crate::words::number(1.0 - level, 3).trim_end_matches('0').to_owned()
}
