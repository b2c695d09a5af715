//! `[patch]`: the settings of the virtual whole-cell rig; every key has a default.

use crate::plan::patch::PatchPlan;
use form::{At, Fault, Section};
use quantity::{Concentration, Current, Time, Voltage};
use std::fmt::Display;
use std::ops::RangeInclusive;

/// Most current steps of one series.
const MOST_STEPS: f64 = 100.0;

/// Reads the section.
pub(super) fn read(top: &mut Section<'_>) -> PatchPlan {
    let mut plan = PatchPlan::default();
    let Some(mut section) = top.section("patch", "[patch]") else { return plan };
    if let Some(cells) = section.count("cells_per_animal", 1..=1000) {
        plan.cells_per_animal = u32::try_from(cells.value).unwrap_or(u32::MAX);
    }
    for (key, place) in [("baseline", 0), ("drug", 1), ("wash_out", 2)] {
        let Some(time) = section.quantity::<Time>(key) else { continue };
        if within(&section, key, &time, time.min(), 1.0..=120.0, "1 to 120 min") {
            *[&mut plan.baseline, &mut plan.drug, &mut plan.wash_out][place] = time.value;
        }
    }
    if let Some(hold) = section.quantity::<Voltage>("hold")
        && within(&section, "hold", &hold, hold.mv(), -120.0..=60.0, "-120 to 60 mV")
    {
        plan.hold = hold.value;
    }
    if let Some(chloride) = section.quantity::<Concentration>("chloride")
        && within(&section, "chloride", &chloride, chloride.um() / 1000.0, 1.0..=160.0, "1 to 160 mM in the pipette")
    {
        plan.chloride = chloride.value;
    }
    if let Some(stretch) = section.quantity::<Time>("stretch")
        && within(&section, "stretch", &stretch, stretch.s(), 1.0..=300.0, "1 s to 300 s of voltage clamp")
    {
        plan.stretch = stretch.value;
    }
    if let Some(every) = section.quantity::<Time>("every")
        && within(&section, "every", &every, every.min(), 0.1..=60.0, "0.1 to 60 min")
    {
        plan.every = every.value;
        if plan.every.ms() < plan.stretch.ms() {
            let fault = Fault::at(every.span.clone(), "`every` is shorter than a stretch of voltage clamp")
                .found(format!("found {} between stretches of {}", every.value, plan.stretch))
                .accepts("accepted: `stretch` and above");
            section.page.note(fault);
        }
    }
    read_steps(&mut section, &mut plan);
    section.close();
    plan
}

/// Reads `steps = ["-100 pA", "300 pA"]` and `step = "50 pA"`.
fn read_steps(section: &mut Section<'_>, plan: &mut PatchPlan) {
    if let Some(steps) = section.pair::<Current>("steps") {
        let [first, last] = &steps;
        let sound = first.pa() < last.pa() && first.pa() >= -2000.0 && last.pa() <= 2000.0;
        if sound {
            plan.steps = [first.value, last.value];
        } else {
            let fault = Fault::at(first.span.clone(), "`steps` runs from the lowest to the highest current")
                .found(format!("found {} to {}", first.value, last.value))
                .accepts("accepted: within -2 to 2 nA, ascending");
            section.page.note(fault);
        }
    }
    if let Some(step) = section.quantity::<Current>("step") {
        let count = (plan.steps[1].pa() - plan.steps[0].pa()) / step.pa();
        if step.pa() > 0.0 && count <= MOST_STEPS {
            plan.step = step.value;
        } else {
            let fault = Fault::at(step.span.clone(), "`step` does not fit the series of currents")
                .found(format!("found {}", step.value))
                .accepts(format!("accepted: above 0, with at most {MOST_STEPS} steps"));
            section.page.note(fault);
        }
    }
}

/// Notes a value outside its range.
fn within<T: Display>(
    section: &Section<'_>,
    key: &str,
    at: &At<T>,
    value: f64,
    range: RangeInclusive<f64>,
    accepted: &str,
) -> bool {
    let fits = range.contains(&value);
    if !fits {
        section.page.note(
            Fault::at(at.span.clone(), format!("`{key}` is out of range"))
                .found(format!("found {}", at.value))
                .accepts(format!("accepted: {accepted}")),
        );
    }
    fits
}
