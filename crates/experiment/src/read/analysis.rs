//! `[analysis]`, `[statistics]` and `[report]`: fixed in the manifest before
//! the first slice.

use crate::plan::course::Course;
use crate::read::protocol::Protocol;
use form::{At, Fault, Page, Section, unknown};
use quantity::{Fraction, Time};
use results::plan::{
    Adjustment, AnalysisPlan, ControlPathway, DegreesOfFreedom, ExclusionRules, FigureFormat, JournalStyle, LevelFit,
    ReportPlan, RigPlan, SlopeRule, StatisticsPlan,
};

/// Length of the reference and outcome windows where the file is silent, min.
const USUAL_WINDOW_MIN: f64 = 10.0;

/// What `[analysis]` says; what it leaves open is `None`.
#[derive(Default)]
struct Stated {
    slope: Option<SlopeRule>,
    reference: Option<At<Time>>,
    window: Option<[At<Time>; 2]>,
    short_term: Option<[At<Time>; 2]>,
    bin: Option<At<Time>>,
    exclude: Option<ExclusionRules>,
}

/// Reads `[analysis]`. Windows, stated or not, are checked against the course of
/// the recording, if that is sound.
pub(super) fn read_analysis(top: &mut Section<'_>, protocol: Option<&Protocol>) -> Option<AnalysisPlan> {
    let stated = top.section("analysis", "[analysis]").map(read_stated).unwrap_or_default();
    let protocol = protocol?;
    let page = top.page;
    let course = &protocol.course;
    let usual = UsualWindows::of(course);
    let header = &protocol.span;
    let at = |time: Time| At { value: time, span: header.clone() };

    let reference = stated.reference.unwrap_or_else(|| at(usual.reference));
    let window = stated.window.unwrap_or_else(|| usual.window.map(at));
    let short_term = stated.short_term.unwrap_or_else(|| usual.short_term.map(at));
    let bin = stated.bin.unwrap_or_else(|| at(usual.bin));
    check_reference(page, &reference, course);
    check_window(page, "window", &window, course);
    check_window(page, "short_term", &short_term, course);
    check_bin(page, &bin, course);
    Some(AnalysisPlan {
        slope: stated.slope.unwrap_or(SlopeRule::USUAL),
        reference_window: reference.value,
        window: window.map(|end| end.value),
        short_term_window: short_term.map(|end| end.value),
        bin: bin.value,
        exclude: stated.exclude.unwrap_or_else(usual_rules),
        rig: RigPlan::default(),
    })
}

/// Reads the keys of `[analysis]`.
fn read_stated(mut section: Section<'_>) -> Stated {
    let mut stated = Stated::default();
    if let Some(slope) = section.text("slope") {
        stated.slope = parse_slope(&slope);
        if stated.slope.is_none() {
            let accepted =
                "accepted: two shares of the peak, e.g. \"20-80 %\"; the first below the second, both within 0 and 100";
            section.page.note(
                Fault::at(slope.span.clone(), "`slope` is no part of the rising phase")
                    .found(format!("found \"{}\"", slope.value))
                    .accepts(accepted),
            );
        }
    }
    stated.reference = section.quantity("reference_window");
    stated.window = section.pair("window");
    stated.short_term = section.pair("short_term");
    stated.bin = section.quantity("bin");
    if let Some(mut exclude) = section.section("exclude", "`exclude`") {
        let mut rules = usual_rules();
        for (key, rule) in [
            ("baseline_drift", &mut rules.baseline_drift),
            ("baseline_cv", &mut rules.baseline_cv),
            ("volley_change", &mut rules.volley_change),
        ] {
            if let Some(limit) = exclude.quantity_or_off::<Fraction>(key) {
                *rule = limit.map(|limit| limit.value);
            }
        }
        exclude.close();
        stated.exclude = Some(rules);
    }
    section.close();
    stated
}

/// The exclusion rules where the file is silent.
fn usual_rules() -> ExclusionRules {
    ExclusionRules {
        baseline_drift: Some(Fraction::from_percent(10.0)),
        baseline_cv: None,
        volley_change: Some(Fraction::from_percent(20.0)),
    }
}

/// The windows where the file is silent: the last 10 min before induction as
/// reference; the last 10 min of the follow-up as outcome.
struct UsualWindows {
    reference: Time,
    window: [Time; 2],
    short_term: [Time; 2],
    bin: Time,
}

impl UsualWindows {
    fn of(course: &Course) -> Self {
        let before = if course.wash_in.min() > 0.0 { course.wash_in.min() } else { course.baseline.min() };
        let follow_up = course.follow_up.min();
        let minutes = Time::from_min;
        Self {
            reference: minutes(before.min(USUAL_WINDOW_MIN)),
            window: [minutes((follow_up - USUAL_WINDOW_MIN).max(0.0)), course.follow_up],
            short_term: [minutes(1.0_f64.min(follow_up / 5.0)), minutes(5.0_f64.min(follow_up))],
            bin: minutes(1.0_f64.max(course.test_interval.min())),
        }
    }
}

/// Reads "20-80 %".
fn parse_slope(text: &str) -> Option<SlopeRule> {
    let (low, high) = text.strip_suffix('%')?.split_once(['-', '–'])?;
    let share = |text: &str| text.trim().trim_end_matches('%').trim().parse::<f64>().ok();
    let (low, high) = (share(low)?, share(high)?);
    let sound = 0.0 <= low && low < high && high <= 100.0;
    sound.then(|| SlopeRule::Levels { low: low / 100.0, high: high / 100.0, fit: LevelFit::LeastSquares })
}

/// The reference window must lie before the induction.
fn check_reference(page: &Page<'_>, reference: &At<Time>, course: &Course) {
    let available = course.baseline.min() + course.wash_in.min();
    let interval = course.test_interval;
    if reference.min() > available || reference.min() < interval.min() {
        page.note(
            Fault::at(reference.span.clone(), "`reference_window` lies outside the recording")
                .found(format!("{} asked for", reference.value))
                .accepts(format!("accepted: {interval} (one test pulse) to {available} min (baseline and wash-in)")),
        );
    }
}

/// A window after induction, counted from its end, must hold a test pulse.
fn check_window(page: &Page<'_>, key: &str, window: &[At<Time>; 2], course: &Course) {
    let [from, to] = window;
    let span = from.span.start..to.span.end.max(from.span.end);
    let (interval, follow_up) = (course.test_interval, course.follow_up);
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
fn check_bin(page: &Page<'_>, bin: &At<Time>, course: &Course) {
    let (interval, follow_up) = (course.test_interval, course.follow_up);
    if bin.min() < interval.min() || bin.min() > follow_up.min() {
        page.note(
            Fault::at(bin.span.clone(), "`bin` is out of range")
                .found(format!("{} asked for", bin.value))
                .accepts(format!("accepted: {interval} (one test pulse) to {follow_up}")),
        );
    }
}

/// Reads `[statistics]`. `names` are the conditions in the order of the file.
pub(super) fn read_statistics(top: &mut Section<'_>, names: &[String]) -> Option<StatisticsPlan> {
    let mut plan = StatisticsPlan {
        reference: names.first().cloned().unwrap_or_default(),
        adjust: Adjustment::Dunnett,
        df: DegreesOfFreedom::KenwardRoger,
        interval: Fraction::from_percent(95.0),
        power: Fraction::from_percent(80.0),
        equivalence_percent: None,
        control_pathway: ControlPathway::Compare,
    };
    let absent = !top.has("statistics");
    let Some(mut section) = top.section("statistics", "[statistics]") else {
        return absent.then_some(plan);
    };
    if let Some(reference) = section.text("reference") {
        if !names.is_empty() && !names.contains(&reference.value) {
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut fault = unknown(reference.span.clone(), "reference condition", &reference, &known);
            fault.accepted = format!("conditions of this file: {}", known.join(", "));
            section.page.note(fault);
        }
        plan.reference = reference.value;
    }
    let adjust = section
        .choice("adjust", &[("dunnett", Adjustment::Dunnett), ("holm", Adjustment::Holm), ("none", Adjustment::None)]);
    plan.adjust = adjust.unwrap_or(plan.adjust);
    let df = section.choice(
        "df",
        &[("kenward-roger", DegreesOfFreedom::KenwardRoger), ("satterthwaite", DegreesOfFreedom::Satterthwaite)],
    );
    plan.df = df.unwrap_or(plan.df);
    plan.interval = share(&mut section, "interval", 0.5..=0.999).unwrap_or(plan.interval);
    plan.power = share(&mut section, "power", 0.5..=0.99).unwrap_or(plan.power);
    plan.equivalence_percent = section.number("equivalence", 0.1..=1_000.0).map(|bound| bound.value);
    section.close();
    Some(plan)
}

/// A share, as a number (0.95) or a text ("95 %").
fn share(section: &mut Section<'_>, key: &'static str, range: std::ops::RangeInclusive<f64>) -> Option<Fraction> {
    let value = section.value(key)?;
    if value.get_ref().is_str() {
        let fraction = section.quantity::<Fraction>(key)?;
        if !range.contains(&fraction.value.value()) {
            section.page.note(
                Fault::at(fraction.span.clone(), format!("`{key}` is out of range"))
                    .found(format!("found {}", fraction.value))
                    .accepts(format!("accepted: {} to {}", range.start(), range.end())),
            );
        }
        return Some(fraction.value);
    }
    section.number(key, range).map(|number| Fraction::from_value(number.value))
}

/// Reads `[report]`.
pub(super) fn read_report(top: &mut Section<'_>) -> Option<ReportPlan> {
    let mut plan = ReportPlan {
        style: JournalStyle::Jneurosci,
        formats: vec![FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png],
    };
    let absent = !top.has("report");
    let Some(mut section) = top.section("report", "[report]") else { return absent.then_some(plan) };
    let style = section.choice(
        "style",
        &[
            ("jneurosci", JournalStyle::Jneurosci),
            ("nature", JournalStyle::Nature),
            ("elife", JournalStyle::Elife),
            ("cell", JournalStyle::Cell),
        ],
    );
    plan.style = style.unwrap_or(plan.style);
    if let Some(names) = section.texts("formats") {
        let choices = [("svg", FigureFormat::Svg), ("pdf", FigureFormat::Pdf), ("png", FigureFormat::Png)];
        plan.formats.clear();
        for name in &names {
            match section.chosen("formats", name, &choices) {
                Some(format) if !plan.formats.contains(&format) => plan.formats.push(format),
                _ => {}
            }
        }
        if names.is_empty() {
            section.missing("formats", "at least one of \"svg\", \"pdf\", \"png\" to the list");
        }
    }
    section.close();
    Some(plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_two_shares_of_the_peak() {
        let method = parse_slope("20-80 %").expect("slope");
        assert_eq!(method, SlopeRule::USUAL);
        assert_eq!(parse_slope("10 % – 40 %").expect("slope").shares()[1].percent(), 40.0);
        for bad in ["80-20 %", "20-80", "20 %", "-5-40 %", "20-120 %", "a-b %"] {
            assert_eq!(parse_slope(bad), None, "{bad}");
        }
    }
}
