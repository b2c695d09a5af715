//! The methods paragraphs, generated from the manifest: what was planned is
//! what is written.

use crate::document::document::{Block, Section};
use crate::exposure::words::sentences;
use crate::figures::scene::Scene;
use crate::numbers::{capitalised, level, short};
use crate::sections::exclusions::{exclusion_rules, when_fixed};
use crate::sections::prediction::basis;
use crate::sections::provenance::commit;
use quantity::counted;
use results::manifest::Measured;
use results::plan::ControlPathway;

/// All paragraphs.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let mut blocks = vec![
        Block::Paragraph { heading: "Slices and solutions", text: preparation(scene) },
        Block::Paragraph { heading: "Stimulation and drugs", text: stimulation(scene) },
        Block::Paragraph { heading: "Measurement", text: measurement(scene) },
        Block::Paragraph { heading: "Statistics", text: statistics(scene) },
    ];
    if let Some(prediction) = &scene.sources.prediction {
        blocks.push(Block::Paragraph { heading: "Prediction", text: basis(prediction) });
    }
    blocks.push(Block::Paragraph { heading: "Software", text: software(scene) });
    Some(Section::new("methods", "Methods", blocks))
}

fn preparation(scene: &Scene) -> String {
    let manifest = &scene.sources.manifest;
    let details: Vec<String> =
        manifest.preparation.iter().map(|(key, value)| format!("{}: {value}", key.replace('_', " "))).collect();
    if !scene.sources.findings.simulated {
        // Slices and animals of each group stand in its table.
        return if details.is_empty() {
            "The study file says nothing of the preparation.".to_owned()
        } else {
            format!("As the study file states it: {}.", details.join("; "))
        };
    }
    let opening = "Recordings were simulated with a mechanistic model of Schaffer collateral–CA1 synapses; the \
                   preparation below is the one that the model stands for.";
    let details = if details.is_empty() { String::new() } else { format!(" {}.", capitalised(&details.join("; "))) };
    let design = &manifest.design;
    let assignment = if design.within_animal {
        "every animal contributed slices to every condition"
    } else {
        "every animal contributed to one condition only"
    };
    let (per, each) = if design.within_animal { ("", " for every condition") } else { (" per condition", "") };
    format!(
        "{opening}{details} Design: {}{per}, {} from each{each}; {assignment}.",
        counted(design.animals as usize, scene.animal()),
        counted(design.slices_per_animal as usize, "slice")
    )
}

fn stimulation(scene: &Scene) -> String {
    let manifest = &scene.sources.manifest;
    let timeline = &manifest.timeline;
    let protocols: Vec<String> = manifest
        .inductions
        .iter()
        .map(|plan| {
            // A study need not know the pulses.
            if plan.pulses == 0 {
                return format!("{} ({})", plan.name, plan.description);
            }
            let pulses = counted(plan.pulses as usize, "pulse");
            format!("{} ({}; {pulses} in {} s)", plan.name, plan.description, short(plan.duration_s, 2))
        })
        .collect();
    let exposed = sentences(manifest).join(" ");
    if !scene.sources.findings.simulated {
        return format!(
            "Test pulses every {} s: {} min before induction and {} min after it (medians over slices). Induction: {}. \
             {exposed}",
            short(timeline.test_interval_s, 1),
            short(timeline.baseline_min, 1),
            short(timeline.follow_up_min, 1),
            protocols.join("; ")
        );
    }
    let before = if timeline.wash_in_min > 0.0 {
        format!(
            "{} min of baseline, {} more before induction",
            short(timeline.baseline_min, 1),
            short(timeline.wash_in_min, 1)
        )
    } else {
        format!("{} min before induction", short(timeline.baseline_min, 1))
    };
    format!(
        "Test pulses were given every {} s: {before} and {} min after it. Induction: {}. {exposed}",
        short(timeline.test_interval_s, 1),
        short(timeline.follow_up_min, 1),
        protocols.join("; ")
    )
}

fn measurement(scene: &Scene) -> String {
    let (manifest, outcome) = (&scene.sources.manifest, &scene.sources.findings.outcome);
    let plan = &manifest.analysis;
    let rate = short(manifest.rate_hz / 1000.0, 3);
    let (sampled, how) = match manifest.measured() {
        Measured::Here => (format!("Sweeps were sampled at {rate} kHz. "), format!(" ({})", outcome.method)),
        Measured::Partly => (
            format!(
                "Sweeps were sampled at {rate} kHz; some time courses come as tables that were measured elsewhere. "
            ),
            format!(" ({})", outcome.method),
        ),
        Measured::Elsewhere => {
            ("All time courses come as tables that were measured elsewhere. ".to_owned(), String::new())
        }
    };
    format!(
        "{sampled}The {}{how} was expressed as % of its mean in the {}. Outcome: {} between {} and {} min after induction; short-term potentiation between {} and {} min. Time courses show bins of {}. {}",
        scene.quantity(),
        scene.reference_stretch(),
        outcome.name,
        outcome.window_min[0],
        outcome.window_min[1],
        outcome.short_term_window_min[0],
        outcome.short_term_window_min[1],
        plan.bin,
        exclusion_rules(scene)
    )
}

fn statistics(scene: &Scene) -> String {
    let (manifest, findings) = (&scene.sources.manifest, &scene.sources.findings);
    let plan = &manifest.statistics;
    let courses = findings.course_comparisons.first().map_or_else(String::new, |c| {
        let how = if findings.within_animal { "flips the signs of the animals' differences" } else { "exchanges animals" };
        format!(
            " Time courses were compared by a cluster-mass permutation test that {how} (Maris and Oostenveld 2007; bins \
             enter a cluster at p < {}).",
            short(c.entry_p, 3)
        )
    });
    let pathways = match (plan.control_pathway, findings.pathways.is_empty()) {
        (ControlPathway::Normalise, _) => {
            " Potentiation is that of the tetanised pathway as % of the control pathway of the same slice."
        }
        (ControlPathway::Subtract, _) => {
            " The outcome is the change of the tetanised pathway less that of the control pathway of the same slice."
        }
        (ControlPathway::Compare, false) => " Tetanised and control pathway were compared within slices.",
        (ControlPathway::Compare, true) => "",
    };
    let needed = if findings.required.is_empty() {
        String::new()
    } else {
        format!(
            " Sample sizes for a laboratory assume {} power at the effect and the variances found.",
            level(plan.power.value())
        )
    };
    let fixed = when_fixed(scene);
    format!("{}{courses}{pathways} Windows, rules and contrasts were {fixed}.{needed}", findings.methods)
}

fn software(scene: &Scene) -> String {
    let manifest = &scene.sources.manifest;
    let commit = commit(manifest);
    let seed = if scene.sources.findings.simulated { format!(", seed {}", manifest.seed) } else { String::new() };
    format!("{} (commit {commit}{seed}). SHA-256 of the input file: {}.", manifest.program, manifest.input_sha256)
}
