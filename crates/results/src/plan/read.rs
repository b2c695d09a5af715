//! `[analysis]` of experiment and study files: one grammar, and one set of usual
//! values.

use crate::plan::analysis::{AnalysisPlan, ExclusionRules};
use crate::plan::moment::Moment;
use crate::plan::outcome::{ControlBy, Measure, OutcomeOrder};
use crate::plan::read_outcomes::{note_turned, read_outcomes};
use crate::plan::rig::{Deflection, RigPlan};
use crate::plan::slope::SlopeRule;
use form::{At, Fault, Page, Section};
use quantity::{Fraction, Time};
use std::ops::Range;

/// Length of the reference and outcome windows where the file is silent, min.
pub const USUAL_WINDOW_MIN: f64 = 10.0;

/// What is done with a control pathway, by its words.
const CONTROLS: [(&str, ControlBy); 2] = [("ratio", ControlBy::Ratio), ("difference", ControlBy::Difference)];

/// What `[analysis]` says; what it leaves open is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stated {
    /// How the slope is taken.
    pub slope: Option<SlopeRule>,
    /// Length of the reference window that ends at induction.
    pub reference_window: Option<At<Time>>,
    /// Outcome window after induction.
    pub window: Option<[At<Time>; 2]>,
    /// Window of short-term potentiation.
    pub short_term: Option<[At<Time>; 2]>,
    /// Bins of the time course.
    pub bin: Option<At<Time>>,
    /// Exclusion rules.
    pub exclude: Option<ExclusionRules>,
    /// What recordings from a rig need beyond simulated ones.
    pub rig: RigPlan,
    /// What is measured, in words, e.g. `EPSP slope`; `None`: read from the recordings.
    pub quantity: Option<String>,
}

/// The course of a recording, in which the windows lie.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The stretch before induction that the usual reference is taken from, min.
    pub before_min: f64,
    /// All that is recorded before induction, min.
    pub available_min: f64,
    /// All that is recorded after it.
    pub follow_up: Time,
    /// The same, min.
    pub follow_up_min: f64,
    /// From one test pulse to the next.
    pub interval: Time,
    /// The same, min.
    pub interval_min: f64,
}

/// Reads `[analysis]` of an experiment.
pub fn read(mut section: Section<'_>) -> Stated {
    let mut stated = common(&mut section);
    stated.reference_window = section.quantity("reference_window");
    stated.exclude = exclude(&mut section, &mut []);
    section.close();
    stated
}

/// Reads `[analysis]` of recordings from a rig: the same, and what only they need.
pub fn read_of_rig(mut section: Section<'_>) -> Stated {
    let mut stated = common(&mut section);
    let reference = section.by_type(
        "reference_window",
        |section| section.quantity("reference_window").map(Ok),
        |section| section.pair::<Moment>("reference_window").map(Err),
    );
    let sides = [("negative", Deflection::Negative), ("positive", Deflection::Positive)];
    let mut rig = RigPlan {
        artefact: section.quantity("artefact").map(|time| time.value),
        response: section.pair("response").map(|ends| ends.map(|end| end.value)),
        polarity: section.choice("polarity", &sides),
        control_pathway: section.text("control_pathway").map(|name| name.value),
        control_by: section.choice("control_by", &CONTROLS).unwrap_or_default(),
        outcome: section.choice("outcome", &Measure::ALL).unwrap_or_default(),
        outcomes: read_outcomes(&mut section),
        outcome_order: section.choice("outcome_order", &OutcomeOrder::ALL).unwrap_or_default(),
        ..RigPlan::default()
    };
    match reference {
        Some(Ok(length)) => stated.reference_window = Some(length),
        Some(Err([from, to])) => {
            note_turned(&section, "reference_window", &from.span, from.value.min(), to.value.min());
            rig.reference = Some([from.value, to.value]);
        }
        None => {}
    }
    let RigPlan { missing_responses, saturated_sweeps, access_change, .. } = &mut rig;
    stated.exclude = exclude(
        &mut section,
        &mut [
            ("missing_responses", missing_responses),
            ("saturated_sweeps", saturated_sweeps),
            ("access_change", access_change),
        ],
    );
    stated.quantity = section.text("quantity").map(|words| words.value);
    for (key, window) in [("window", &stated.window), ("short_term", &stated.short_term)] {
        if let Some([from, to]) = window.as_ref().filter(|[from, to]| from.value >= to.value) {
            let span = from.span.start..to.span.end.max(from.span.end);
            section.page.note(Fault::at(span, format!("`{key}`: expected the earlier time first")));
        }
    }
    if rig.response.is_some_and(|[from, to]| from >= to) {
        section.page.note(Fault::at(section.span.clone(), "`response`: expected the earlier time first"));
    }
    if let Some(bin) = stated.bin.as_ref().filter(|bin| bin.min() <= 0.0) {
        section.page.note(Fault::at(bin.span.clone(), "`bin`: expected a time above zero"));
    }
    stated.rig = rig;
    section.close();
    stated
}

/// Reads the keys that every `[analysis]` has, but its exclusion rules.
fn common(section: &mut Section<'_>) -> Stated {
    Stated {
        slope: slope(section),
        window: section.pair("window"),
        short_term: section.pair("short_term"),
        bin: section.quantity("bin"),
        ..Stated::default()
    }
}

/// Reads `slope`, the way in which a slope is taken.
pub fn slope(section: &mut Section<'_>) -> Option<SlopeRule> {
    let text = section.text("slope")?;
    let rule = text.parse::<SlopeRule>();
    if rule.is_err() {
        let accepted = "accepted: two shares of the peak, e.g. \"20-80 %\" or \"20-80 % two-point\", the first below \
                        the second, both within 0 and 100; a window, e.g. \"window 4-7 ms\"; the steepest stretch, e.g. \
                        \"max 1 ms\" or \"max 1 ms in 2.5-12 ms\"";
        section.page.note(
            Fault::at(text.span.clone(), "`slope` is no part of the rising phase")
                .found(format!("found \"{}\"", text.value))
                .accepts(accepted),
        );
    }
    rule.ok()
}

/// Reads `exclude` with `more` rules than the three of every file.
fn exclude(section: &mut Section<'_>, more: &mut [(&'static str, &mut Option<Fraction>)]) -> Option<ExclusionRules> {
    let mut exclude = section.section("exclude", "`exclude`")?;
    let mut rules = ExclusionRules::USUAL;
    let own = [
        ("baseline_drift", &mut rules.baseline_drift),
        ("baseline_cv", &mut rules.baseline_cv),
        ("volley_change", &mut rules.volley_change),
    ];
    for (key, rule) in own.into_iter().chain(more.iter_mut().map(|(key, rule)| (*key, &mut **rule))) {
        if let Some(limit) = exclude.quantity_or_off::<Fraction>(key) {
            *rule = limit.map(|limit| limit.value);
        }
    }
    exclude.close();
    Some(rules)
}

impl Stated {
    /// The plan of a recording with this course: usual values where the file is
    /// silent.
    pub fn plan(&self, course: &Span) -> AnalysisPlan {
        let usual = Usual::of(course);
        let pair = |stated: &Option<[At<Time>; 2]>, usual: [Time; 2]| match stated {
            Some([from, to]) => [from.value, to.value],
            None => usual,
        };
        AnalysisPlan {
            slope: self.slope.unwrap_or(SlopeRule::USUAL),
            reference_window: self.reference_window.as_ref().map_or(usual.reference, |stated| stated.value),
            window: pair(&self.window, usual.window),
            short_term_window: pair(&self.short_term, usual.short_term),
            bin: self.bin.as_ref().map_or(usual.bin, |stated| stated.value),
            exclude: self.exclude.unwrap_or(ExclusionRules::USUAL),
            rig: self.rig.clone(),
        }
    }

    /// [`Self::plan`], with the windows, stated or not, checked against the course;
    /// faults of those that are not stated lie at `header`.
    pub fn against(&self, page: &Page<'_>, course: &Span, header: &Range<usize>) -> AnalysisPlan {
        let plan = self.plan(course);
        let at = |value: Time| At { value, span: header.clone() };
        let pair = |stated: &Option<[At<Time>; 2]>, plan: [Time; 2]| stated.clone().unwrap_or_else(|| plan.map(at));
        let one = |stated: &Option<At<Time>>, plan: Time| stated.clone().unwrap_or_else(|| at(plan));
        check_reference(page, &one(&self.reference_window, plan.reference_window), course);
        check_window(page, "window", &pair(&self.window, plan.window), course);
        check_window(page, "short_term", &pair(&self.short_term, plan.short_term_window), course);
        check_bin(page, &one(&self.bin, plan.bin), course);
        plan
    }
}

/// The windows where the file is silent: the last 10 min before induction as
/// reference; the last 10 min of the follow-up as outcome.
struct Usual {
    reference: Time,
    window: [Time; 2],
    short_term: [Time; 2],
    bin: Time,
}

impl Usual {
    fn of(course: &Span) -> Self {
        let follow_up = course.follow_up_min;
        let minutes = Time::from_min;
        Self {
            reference: minutes(course.before_min.min(USUAL_WINDOW_MIN)),
            window: [minutes((follow_up - USUAL_WINDOW_MIN).max(0.0)), course.follow_up],
            short_term: [minutes(1.0_f64.min(follow_up / 5.0)), minutes(5.0_f64.min(follow_up))],
            bin: minutes(1.0_f64.max(course.interval_min)),
        }
    }
}

/// The reference window must lie before the induction.
fn check_reference(page: &Page<'_>, reference: &At<Time>, course: &Span) {
    let (available, interval) = (course.available_min, course.interval);
    if reference.min() > available || reference.min() < interval.min() {
        page.note(
            Fault::at(reference.span.clone(), "`reference_window` lies outside the recording")
                .found(format!("{} asked for", reference.value))
                .accepts(format!("accepted: {interval} (one test pulse) to {available} min (baseline and wash-in)")),
        );
    }
}

/// A window after induction, counted from its end, must hold a test pulse.
fn check_window(page: &Page<'_>, key: &str, window: &[At<Time>; 2], course: &Span) {
    let [from, to] = window;
    let span = from.span.start..to.span.end.max(from.span.end);
    let (interval, follow_up) = (course.interval, course.follow_up);
    let fault = if to.min() - from.min() < interval.min() {
        Fault::at(span, format!("`{key}` holds no test pulse"))
            .accepts(format!("accepted: the first time before the second, {interval} apart or more"))
    } else if to.min() > follow_up.min() {
        Fault::at(span, format!("`{key}` lies outside the recording"))
            .accepts(format!("accepted: up to {follow_up} after the end of the induction; `follow_up` sets this"))
    } else {
        return;
    };
    page.note(fault.found(format!("{} to {} asked for", from.value, to.value)));
}

/// A bin holds at least one test pulse, and the recording several bins.
fn check_bin(page: &Page<'_>, bin: &At<Time>, course: &Span) {
    let (interval, follow_up) = (course.interval, course.follow_up);
    if bin.min() < interval.min() || bin.min() > follow_up.min() {
        page.note(
            Fault::at(bin.span.clone(), "`bin` is out of range")
                .found(format!("{} asked for", bin.value))
                .accepts(format!("accepted: {interval} (one test pulse) to {follow_up}")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::slope::LevelFit;

    /// What `[analysis]` of a text says, or the messages of its faults.
    fn stated(text: &str, reader: fn(Section<'_>) -> Stated) -> Result<Stated, Vec<String>> {
        let whole = format!("[analysis]\n{text}\n");
        form::read(&whole, "x.toml", |mut top| top.section("analysis", "[analysis]").map(reader))
            .map_err(|faults| faults.list().iter().map(|fault| fault.message.clone()).collect())
    }

    #[test]
    fn every_slope_is_read_and_nonsense_refused() {
        let slope = |text: &str| stated(&format!("slope = \"{text}\""), read).map(|stated| stated.slope);
        let levels = |low, high, fit| Ok(Some(SlopeRule::Levels { low, high, fit }));
        assert_eq!(slope("20-80 %"), Ok(Some(SlopeRule::USUAL)));
        assert_eq!(slope("10 % – 40 %"), levels(0.1, 0.4, LevelFit::LeastSquares));
        assert_eq!(slope("20-90 % two-point"), levels(0.2, 0.9, LevelFit::TwoPoint));
        assert_eq!(slope("window 4-7 ms"), Ok(Some(SlopeRule::Window { from_ms: 4.0, to_ms: 7.0 })));
        for bad in ["80-20 %", "20 %", "-5-40 %", "20-120 %", "a-b %"] {
            assert_eq!(slope(bad), Err(vec!["`slope` is no part of the rising phase".to_owned()]), "{bad}");
        }
    }

    #[test]
    fn only_a_rig_has_artefacts_and_the_usual_rules_hold_where_the_file_is_silent() {
        let text = "artefact = \"1 ms\"\nexclude = { baseline_cv = \"20 %\", access_change = \"30 %\" }";
        let found = stated(text, read_of_rig).expect("sound");
        assert_eq!(found.rig.access_change, Some(Fraction::from_percent(30.0)));
        let rules = ExclusionRules { baseline_cv: Some(Fraction::from_percent(20.0)), ..ExclusionRules::USUAL };
        assert_eq!(found.exclude, Some(rules));
        assert_eq!(stated(text, read).map_err(|faults| faults.len()), Err(2));
        let turned = stated("window = [\"60 min\", \"50 min\"]", read_of_rig);
        assert_eq!(turned, Err(vec!["`window`: expected the earlier time first".to_owned()]));
    }
}
