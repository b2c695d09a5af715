//! The Essential 10 of ARRIVE 2.0 (Percie du Sert et al. 2020), each mapped to
//! what this report says about it.

use crate::figures::scene::Scene;
use crate::sections::exclusions::exclusion_rules;
use serde::Serialize;

/// One item of the checklist.
#[derive(Serialize)]
pub struct Item {
    /// Number of the item.
    pub number: u32,
    /// Its subject.
    pub subject: &'static str,
    /// What the report says.
    pub answer: String,
}

/// The ten items.
pub fn arrive(scene: &Scene) -> Vec<Item> {
    let (manifest, findings) = (&scene.sources.manifest, &scene.sources.findings);
    let simulated = findings.simulated;
    let conditions: Vec<&str> = manifest.conditions.iter().map(|condition| condition.name.as_str()).collect();
    let excluded = match findings.exclusions.len() {
        0 => "No slice was excluded.".to_owned(),
        1 => "One slice was excluded; see the exclusion log.".to_owned(),
        n => format!("{n} slices were excluded; see the exclusion log."),
    };
    let laboratory = |for_simulation: &str, for_laboratory: &str| {
        if simulated { for_simulation.to_owned() } else { for_laboratory.to_owned() }
    };
    let preparation: Vec<String> =
        manifest.preparation.iter().map(|(key, value)| format!("{}: {value}", key.replace('_', " "))).collect();
    let items: [(&'static str, String); 10] = [
        (
            "Study design",
            format!(
                "Groups: {}. Reference: {}. Experimental unit: {}.",
                conditions.join(", "),
                scene.reference(),
                findings.experimental_unit
            ),
        ),
        (
            "Sample size",
            format!("{} Required numbers for a laboratory stand in their own section.", scene.n_sentence()),
        ),
        ("Inclusion and exclusion criteria", format!("{} {excluded}", exclusion_rules(scene))),
        (
            "Randomisation",
            laboratory(
                "Virtual animals are drawn at random from the stated variation; the seed is given.",
                "Not recorded in the study file; to be stated by the laboratory.",
            ),
        ),
        (
            "Blinding",
            manifest.remarks.iter().find(|remark| remark.contains("linded")).cloned().unwrap_or_else(|| {
                laboratory(
                    "Measurement is automatic and sees recordings only, never the parameters of the model.",
                    "Measurement is automatic; blinding of the experimenter is to be stated by the laboratory.",
                )
            }),
        ),
        (
            "Outcome measures",
            format!(
                "{} ({}), {} to {} min after induction.",
                findings.outcome.name,
                findings.outcome.method,
                findings.outcome.window_min[0],
                findings.outcome.window_min[1]
            ),
        ),
        (
            "Statistical methods",
            "See Methods, Statistics; variance components and checks stand in the mixed-model table.".to_owned(),
        ),
        (
            "Experimental animals",
            laboratory(
                &format!("None: in-silico. The model stands for {}.", preparation.join("; ")),
                &preparation.join("; "),
            ),
        ),
        ("Experimental procedures", "See Figure 1 and Methods.".to_owned()),
        (
            "Results",
            "Every group with its mean, SD and interval; every comparison with effect size, interval and exact p."
                .to_owned(),
        ),
    ];
    items.into_iter().zip(1..).map(|((subject, answer), number)| Item { number, subject, answer }).collect()
}
