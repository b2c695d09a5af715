//! `[analysis]`, `[statistics]`, `[prediction]` and `[report]`: fixed before the first slice.

use crate::plan::course::Course;
use crate::plan::prediction::{FEWEST_SETS, PredictionPlan};
use crate::plan::solution::Solution;
use crate::read::protocol::Protocol;
use form::{Fault, Section, unknown};
use quantity::Time;
use results::plan::read::{Span, read};
use results::plan::{AnalysisPlan, ReportPlan, StatedStatistics, StatisticsPlan, read_report as look};
use synapse::preparation::delay_factor;

/// Where the peak of a response at 32 °C is looked for after the stimulus, ms.
const USUAL_RESPONSE_MS: [f64; 2] = [2.2, 20.0];

/// Reads `[analysis]`. Windows, stated or not, are checked against the course of
/// the recording, if that is sound; where responses are looked for follows the coldest of
/// the `baths`.
pub(super) fn read_analysis<'a>(
    top: &mut Section<'_>,
    protocol: Option<&Protocol>,
    baths: impl Iterator<Item = &'a Solution>,
) -> Option<AnalysisPlan> {
    let stated = top.section("analysis", "[analysis]").map(read).unwrap_or_default();
    let protocol = protocol?;
    let mut analysis = stated.against(top.page, &span(&protocol.course), &protocol.span);
    follow_the_cold(&mut analysis, baths.filter_map(|bath| Some(bath.temperature?.celsius())));
    Some(analysis)
}

/// Where responses are looked for in the coldest of the baths `celsius`, unless the file
/// says it: conduction and release take longer there, and the EPSP lasts longer.
fn follow_the_cold(analysis: &mut AnalysisPlan, celsius: impl Iterator<Item = f64>) {
    let later = celsius.map(delay_factor).fold(1.0, f64::max);
    if later > 1.0 && analysis.rig.response.is_none() {
        analysis.rig.response = Some(USUAL_RESPONSE_MS.map(|ms| Time::from_ms((10.0 * ms * later).round() / 10.0)));
    }
}

/// What the windows must lie in.
fn span(course: &Course) -> Span {
    Span {
        before_min: if course.wash_in.min() > 0.0 { course.wash_in.min() } else { course.baseline.min() },
        available_min: course.baseline.min() + course.wash_in.min(),
        follow_up: course.follow_up,
        follow_up_min: course.follow_up.min(),
        interval: course.test_interval,
        interval_min: course.test_interval.min(),
    }
}

/// Reads `[statistics]`. `names` are the conditions in the order of the file.
pub(super) fn read_statistics(top: &mut Section<'_>, names: &[String]) -> Option<StatisticsPlan> {
    let absent = !top.has("statistics");
    let section = top.section("statistics", "[statistics]");
    let stated = match section {
        Some(section) => StatedStatistics::read(section),
        None if absent => StatedStatistics::default(),
        None => return None,
    };
    if let Some(reference) = stated.reference.as_ref().filter(|name| !names.is_empty() && !names.contains(&name.value))
    {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut fault = unknown(reference.span.clone(), "reference condition", reference, &known);
        fault.accepted = format!("conditions of this file: {}", known.join(", "));
        top.page.note(fault);
    }
    Some(stated.plan(names.first().map_or("", String::as_str)))
}

/// Reads `[report]`.
pub(super) fn read_report(top: &mut Section<'_>) -> Option<ReportPlan> {
    let absent = !top.has("report");
    match top.section("report", "[report]") {
        Some(section) => Some(look(section)),
        None => absent.then(ReportPlan::default),
    }
}

/// Reads `[prediction]`; every key has a default.
pub(super) fn read_prediction(top: &mut Section<'_>) -> PredictionPlan {
    let mut plan = PredictionPlan::default();
    let Some(mut section) = top.section("prediction", "[prediction]") else { return plan };
    if let Some(draws) = section.count("draws", 0..=2000) {
        if (1..FEWEST_SETS).contains(&draws.value) {
            let fault = Fault::at(draws.span.clone(), "too few draws for an interval")
                .found(format!("found draws = {}", draws.value))
                .accepts(format!("accepted: {FEWEST_SETS} to 2000, or 0 for no prediction"));
            section.page.note(fault);
        }
        plan.draws = u32::try_from(draws.value).unwrap_or(u32::MAX);
    }
    if let Some(animals) = section.count("animals", 2..=100) {
        plan.animals = u32::try_from(animals.value).unwrap_or(u32::MAX);
    }
    section.close();
    plan
}
