//! Outcomes beside the primary one: the same slices, windows and measures of their own,
//! the same models; p values adjusted over all outcomes by gatekeeping.

use crate::conclude::cells::{self, Animal, Arm, Cell};
use crate::conclude::compare::contrasts;
use crate::conclude::compare::model::Model;
use crate::conclude::comparing::{Setting, plain};
use crate::conclude::course;
use crate::conclude::groups;
use crate::findings::findings::Findings;
use crate::findings::groups::Group;
use crate::findings::outcomes::{FurtherOutcome, OutcomeContrast, OutcomeGroup};
use crate::measure::measures::{MeasureRow, Measured, SliceRow};
use crate::measure::spread::mean;
use crate::outcomes::value::{OutcomeValue, stretches};
use crate::sweep::clock::Windows;
use crate::words::{number, signed};
use results::Manifest;
use results::plan::{Change, OutcomeOrder, OutcomePlan};
use statistics::gatekeeping::{Gate, gatekeeping};

/// Concludes every further outcome of the plan.
pub(crate) fn conclude(manifest: &Manifest, measured: &[Measured], setting: &Setting, findings: &mut Findings) {
    let rig = &manifest.analysis.rig;
    for (k, outcome) in rig.outcomes.iter().enumerate() {
        let unit = outcome.measure.unit(rig.unit());
        let points = match outcome.change {
            Change::Percent => "percentage points",
            Change::Difference => unit.as_str(),
        };
        let own = Setting { points, equivalence: None, normalise: false, ..*setting };
        let seen: Vec<Measured> = measured.iter().map(|m| seen_by(m, k, outcome, manifest)).collect();
        let (arms, _) = cells::arms(manifest, &seen);
        let found = one(&arms, outcome, k, manifest, &own);
        findings.warnings.extend(lacking(&found));
        findings.outcomes.push(found);
    }
    over_outcomes(rig.outcome_order, findings);
    findings.warnings.extend(unstated(manifest, measured));
}

/// Says that inductions lie before the end of the outcome window which no stage states.
fn unstated(manifest: &Manifest, measured: &[Measured]) -> Option<String> {
    let end_min = manifest.analysis.window[1].min();
    let inside =
        |m: &&Measured| m.slice.unstated_inductions_min.iter().copied().filter(|at| *at < end_min).reduce(f64::min);
    let all: Vec<f64> = measured.iter().collect::<Vec<_>>().iter().filter_map(inside).collect();
    let first = all.iter().copied().reduce(f64::min)?;
    let slices = if all.len() == 1 { "1 slice holds".to_owned() } else { format!("{} slices hold", all.len()) };
    Some(format!(
        "{slices} a further induction, {} min after the first or later, between the reference and the end of the outcome \
         window, and the study states no stage for it: the outcome is the result of both. State it with [[stage]], or end \
         the window before it.",
        plain(first)
    ))
}

fn value(slice: &SliceRow, k: usize) -> Option<&OutcomeValue> {
    slice.outcomes.get(k)
}

/// A slice as the outcome sees it: its change in place of the potentiation, its readings
/// in place of the slopes. A slice without a value does not take part.
fn seen_by(m: &Measured, k: usize, outcome: &OutcomePlan, manifest: &Manifest) -> Measured {
    let mut slice = m.slice.clone();
    let found = value(&slice, k).copied();
    slice.potentiation_percent = found.map_or(f64::NAN, |found| found.change);
    slice.included &= slice.potentiation_percent.is_finite();
    let before = found.map_or(f64::NAN, |found| found.before);
    let of_primary = outcome.measure == manifest.analysis.rig.outcome && outcome.interval.is_none();
    let row = |row: &MeasureRow| {
        let reading = row.readings.get(k + 1).copied().flatten();
        let slope_percent = reading.filter(|_| before > 0.0).map(|reading| 100.0 * reading.alone() / before);
        MeasureRow { slope_percent, readings: Vec::new(), ..row.clone() }
    };
    let rows = if of_primary { Vec::new() } else { m.rows.iter().map(row).collect() };
    Measured {
        rows,
        slice,
        other_pathways: Vec::new(),
        before: m.before.clone(),
        after: m.after.clone(),
        course: Vec::new(),
    }
}

fn one(arms: &[Arm], outcome: &OutcomePlan, k: usize, manifest: &Manifest, setting: &Setting) -> FurtherOutcome {
    let rig = &manifest.analysis.rig;
    let [reference, window] = stretches(outcome, &Windows::of(&manifest.analysis));
    let unit = outcome.measure.unit(rig.unit());
    let change_unit = match outcome.change {
        Change::Percent => "%".to_owned(),
        Change::Difference => unit.clone(),
    };
    let quantity = outcome.measure.of(rig.response());
    let mut found = FurtherOutcome {
        name: outcome.name.clone(),
        definition: definition(
            outcome,
            &quantity,
            [reference.from_min, reference.to_min],
            [window.from_min, window.to_min],
        ),
        quantity,
        unit,
        change_unit,
        reference_min: [reference.from_min, tidy(reference.to_min)],
        window_min: [window.from_min, window.to_min],
        stage_min: outcome.stage.map(results::plan::Moment::min),
        groups: Vec::new(),
        contrasts: Vec::new(),
        time_courses: Vec::new(),
    };
    for arm in arms {
        for cell in &arm.cells {
            let told = group(cell, k, &found, setting);
            found.groups.push(told);
        }
        found.time_courses.extend(course::time_courses(arm, manifest.analysis.bin.min(), setting.level));
        if let Ok(model) = Model::of(arm.filled(), setting) {
            let compared = contrasts::primary(arm, &model, setting).contrasts;
            found.contrasts.extend(compared.into_iter().map(|mut contrast| {
                contrast.sentence = format!("{}: {}", outcome.name, contrast.sentence);
                OutcomeContrast { p_over_outcomes: contrast.p, contrast }
            }));
        }
    }
    if found.time_courses.iter().all(|course| course.time_min.is_empty()) {
        found.time_courses.clear();
    }
    found
}

/// An end of a window without the slack before induction.
fn tidy(minutes: f64) -> f64 {
    if minutes.abs() < 1e-5 { 0.0 } else { minutes }
}

fn definition(outcome: &OutcomePlan, quantity: &str, reference: [f64; 2], window: [f64; 2]) -> String {
    let interval =
        outcome.interval.map_or_else(String::new, |time| format!(" at an interval of {} ms", plain(time.ms())));
    let change = match outcome.change {
        Change::Percent => "change in % of the reference",
        Change::Difference => "difference from the reference",
    };
    let ends = |[from, to]: [f64; 2]| format!("{} to {} min", plain(from), plain(tidy(to)));
    let stage = outcome.stage.map_or_else(String::new, |at| format!(" (induction at {} min)", plain(at.min())));
    format!("{quantity}{interval}, {change}: reference {}, window {}{stage}", ends(reference), ends(window))
}

fn group(cell: &Cell, k: usize, outcome: &FurtherOutcome, setting: &Setting) -> OutcomeGroup {
    let of_animals = |pick: fn(&OutcomeValue) -> f64| {
        let of = |animal: &Animal| animal.mean_of(|slice| value(slice, k).map_or(f64::NAN, pick));
        mean(&cell.animals.iter().map(of).filter(|v| v.is_finite()).collect::<Vec<f64>>())
    };
    let (before, after) = (of_animals(|v| v.before), of_animals(|v| v.after));
    let nothing = f64::NAN;
    let group = Group {
        stp_mean: nothing,
        stp_sem: nothing,
        drug_effect_mean: nothing,
        drug_effect_sem: nothing,
        ..groups::summarise(cell, setting.level)
    };
    let with = |unit: &str| if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let digits = if outcome.change_unit == "%" { 1 } else { 3 };
    let sentence = format!(
        "{} ({}), {}: {} to {}{}, change {}{} ({} {} to {}; {}).",
        cell.condition.name,
        cell.induction,
        outcome.name,
        number(before, 3),
        number(after, 3),
        with(&outcome.unit),
        signed(group.mean, digits),
        with(&outcome.change_unit),
        setting.interval_name(),
        number(group.ci.low, digits),
        number(group.ci.high, digits),
        setting.counts(cell)
    );
    OutcomeGroup {
        group,
        // A slice that a rule excluded has its reason; one that only lacks the value has none.
        n_without: cell.measured.iter().filter(|m| !m.slice.included && m.slice.reason.is_empty()).count(),
        before,
        after,
        sentence,
    }
}

/// Says which included slices have no value.
fn lacking(outcome: &FurtherOutcome) -> Option<String> {
    let parts: Vec<String> = outcome
        .groups
        .iter()
        .filter(|told| told.n_without > 0)
        .map(|told| {
            format!("{} of {} in {}", told.n_without, told.n_without + told.group.n_slices, told.group.condition)
        })
        .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "Outcome {}: included slices without a value, because a window holds no sweep that has one or the reference \
             is 0: {}.",
            outcome.name,
            parts.join(", ")
        )
    })
}

/// The adjustment as a paper states it.
fn in_words(gate: Gate, further: usize) -> String {
    let others = if further == 1 { "the further outcome is" } else { "the further outcomes are" };
    match gate {
        Gate::Serial => format!(
            "p values over all outcomes: {others} tested if every comparison of the primary outcome is rejected, with              Holm's adjustment (serial gatekeeping, Maurer, Hothorn & Lehmacher 1995)"
        ),
        Gate::Parallel => format!(
            "p values over all outcomes: each rejection of the primary outcome hands its share of α on; {others} tested by              Holm with what they receive (parallel gatekeeping, Dmitrienko, Offen & Westfall 2003)"
        ),
        Gate::FixedSequence => "p values over all outcomes: one comparison after the other in the order stated, each at                                 the full α, until one is not rejected (fixed sequence)"
            .to_owned(),
    }
}

/// Adjusts the p values of all outcomes, the primary one first.
fn over_outcomes(order: OutcomeOrder, findings: &mut Findings) {
    let gate = match order {
        OutcomeOrder::Serial => Gate::Serial,
        OutcomeOrder::Parallel => Gate::Parallel,
        OutcomeOrder::FixedSequence => Gate::FixedSequence,
        OutcomeOrder::None => return,
    };
    let primary = findings.contrasts.len();
    if primary == 0 || findings.outcomes.is_empty() {
        return;
    }
    let mut p: Vec<f64> = findings.contrasts.iter().map(|contrast| contrast.p).collect();
    p.extend(findings.outcomes.iter().flat_map(|outcome| &outcome.contrasts).map(|found| found.contrast.p));
    let family: Vec<usize> = (0..p.len()).map(|k| usize::from(k >= primary)).collect();
    let Ok(adjusted) = gatekeeping(&p, &family, gate) else { return };
    findings.over_outcomes = in_words(gate, findings.outcomes.len());
    let further = findings.outcomes.iter_mut().flat_map(|outcome| &mut outcome.contrasts);
    further.zip(&adjusted[primary..]).for_each(|(found, p)| found.p_over_outcomes = *p);
}
