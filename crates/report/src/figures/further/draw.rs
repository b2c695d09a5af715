//! Time course and change of each further outcome, drawn as those of the primary one.

use crate::error::ReportError;
use crate::figures::potentiation;
use crate::figures::scene::{Figure, Scene};
use crate::figures::time_course::draw as time_course;
use crate::sources::folder::Sources;
use analysis::findings::FurtherOutcome;
use results::plan::{Moment, Signal};

/// Draws every further outcome; the figures belong to the supplement.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let mut figures = Vec::new();
    for outcome in &scene.sources.findings.outcomes {
        let sources = seen_by(scene.sources, outcome);
        let mut own = Scene::new(&sources, scene.style, scene.fonts, scene.options);
        own.further = Some(&outcome.name);
        figures.extend(time_course::draw(&own)?);
        figures.extend(potentiation::draw(&own)?);
    }
    figures.iter_mut().for_each(|figure| figure.supplementary = true);
    Ok(figures)
}

/// The sources with the outcome in place of the primary one.
fn seen_by(sources: &Sources, outcome: &FurtherOutcome) -> Sources {
    let mut own = sources.clone();
    let findings = &mut own.findings;
    findings.groups = outcome.groups.iter().map(|told| told.group.clone()).collect();
    findings.time_courses.clone_from(&outcome.time_courses);
    findings.contrasts = outcome.contrasts.iter().map(|found| found.contrast.clone()).collect();
    findings.course_comparisons.clear();
    findings.outcome.name = format!("change of the {}", outcome.quantity);
    findings.outcome.unit = match outcome.change_unit.as_str() {
        "%" => "% of the reference".to_owned(),
        "" => "difference of the ratio".to_owned(),
        unit => unit.to_owned(),
    };
    findings.outcome.window_min = outcome.window_min;
    let rig = &mut own.manifest.analysis.rig;
    let unit = rig.unit().to_owned();
    rig.signal = Some(Signal { quantity: outcome.quantity.clone(), unit });
    let [from, to] = outcome.reference_min.map(Moment::from_min);
    rig.reference = Some([from, to]);
    own
}
