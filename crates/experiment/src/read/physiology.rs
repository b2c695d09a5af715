//! The keys that say what the animals bring along; they may stand in
//! `[preparation]` for all conditions, and in a `[[condition]]` for one.

use super::synapse::read_changes;
use crate::plan::animals::{Animals, ChlorideSetting, Physiology};
use crate::plan::plan::{ParameterChange, SynapsePlan};
use crate::plan::solution::{Solution, of_age};
use form::{At, Fault, Section, unknown};
use pharmacology::chloride::{Chloride, gaba_reversal_mv};
use pharmacology::dosing::{Dosing, Route};
use pharmacology::expression::History;
use pharmacology::{Bound, Endogenous, Library, Prepared, StateChange};
use quantity::{Age, Concentration, Time, Voltage};

/// Highest plasma concentration that is taken, µM.
const HIGHEST_PLASMA_UM: f64 = 100.0;

/// Ages that are taken, postnatal days.
const AGE_D: std::ops::RangeInclusive<f64> = 1.0..=1_096.0;

/// Share of GluN2B, which depends on age.
const GLUN2B: &str = "nmda.glun2b_share";

/// Chloride inside a living cell, mM.
const CHLORIDE_MM: std::ops::RangeInclusive<f64> = 1.0..=60.0;

/// Reads the keys; what is not said is taken from `before`.
pub(super) fn read(section: &mut Section<'_>, library: &Library, before: &Physiology) -> Physiology {
    let mut physiology = before.clone();
    if let Some(name) = section.text("state") {
        match library.state(&name) {
            Ok(state) => {
                physiology.state = Some(state.name.clone());
                // A condition in a state with an age of its own is not held to
                // the age of the other conditions.
                let aged = state.chloride_age.is_some() || state.receptors.iter().any(|one| one.parameter == GLUN2B);
                physiology.age = physiology.age.filter(|_| !aged);
            }
            Err(error) => {
                let known: Vec<&str> = error.known.iter().map(String::as_str).collect();
                section.page.note(unknown(name.span.clone(), "state", &name, &known));
            }
        }
    }
    if let Some(age) = section.quantity::<Age>("age") {
        if AGE_D.contains(&age.postnatal_days()) {
            physiology.age = Some(age.value);
        } else {
            section.page.note(
                Fault::at(age.span.clone(), "`age` is no age of an animal whose slices are studied")
                    .found(format!("found {}", age.value))
                    .accepts(format!("accepted: P{} to P{} (3 years)", AGE_D.start(), AGE_D.end())),
            );
        }
    }
    let bounds = [("low", Bound::Low), ("centre", Bound::Centre), ("high", Bound::High)];
    if let Some(bound) = section.choice("state_bound", &bounds) {
        physiology.bound = bound;
    }
    if section.has("chloride") {
        physiology.chloride = read_chloride(section);
    }
    if section.has("history") {
        physiology.history = read_history(section);
    }
    if section.has("dosing") {
        physiology.dosing = read_dosing(section, library);
    }
    physiology
}

fn read_chloride(section: &mut Section<'_>) -> Option<ChlorideSetting> {
    let mut table = section.section("chloride", "`chloride`")?;
    let age = table.quantity::<Age>("age").map(|age| ChlorideSetting::Age(age.value));
    let inside = table.quantity::<Concentration>("inside").and_then(|inside| {
        let fits = CHLORIDE_MM.contains(&(inside.um() / 1000.0));
        if !fits {
            table.page.note(
                Fault::at(inside.span.clone(), "`inside` is no chloride of a living cell")
                    .found(format!("found {}", inside.value))
                    .accepts(format!("accepted: {} to {} mM", CHLORIDE_MM.start(), CHLORIDE_MM.end())),
            );
        }
        fits.then_some(ChlorideSetting::Inside(inside.value))
    });
    let reversal = table.quantity::<Voltage>("reversal").map(|mv| ChlorideSetting::Reversal(mv.value));
    let given: Vec<ChlorideSetting> = [age, inside, reversal].into_iter().flatten().collect();
    if let [_, second, ..] = given.as_slice() {
        let fault = Fault::at(table.span.clone(), "`chloride` says more than one thing")
            .found(format!("{second:?} as well"))
            .remedy("keep one of `age`, `inside` and `reversal`");
        table.page.note(fault);
    }
    if !["age", "inside", "reversal"].iter().any(|key| table.has(key)) {
        table.missing("age", "age = \"P7\", inside = \"15 mM\" or reversal = \"-50 mV\"");
    }
    table.close();
    given.first().copied()
}

fn read_history(section: &mut Section<'_>) -> Option<History> {
    let mut table = section.section("history", "`history`")?;
    if !table.has("exposed") {
        table.missing("exposed", "e.g. exposed = \"72 h\", the length of the raised steroid level");
    }
    let days = |time: &At<Time>| time.min() / (24.0 * 60.0);
    let exposed = table.quantity::<Time>("exposed");
    let withdrawn = table.quantity::<Time>("withdrawn");
    table.close();
    Some(History { exposed_d: days(&exposed?), withdrawn_d: withdrawn.as_ref().map(days) })
}

fn read_dosing(section: &mut Section<'_>, library: &Library) -> Vec<Dosing> {
    let tables = section.sections("dosing", "`dosing`");
    let mut doses = Vec::new();
    for mut table in tables {
        let dosing = read_dose(&mut table, library);
        let span = table.span.clone();
        table.close();
        if let Some(dosing) = dosing {
            if let Err(missing) = dosing.free_um() {
                section.page.note(Fault::at(span, missing.to_string()).found("nothing known about it in the body"));
                continue;
            }
            doses.push(dosing);
        }
    }
    doses
}

fn read_dose(table: &mut Section<'_>, library: &Library) -> Option<Dosing> {
    for (key, example) in [
        ("compound", "e.g. compound = \"brexanolone\""),
        ("plasma", "e.g. plasma = \"222 nM\", which an infusion settles at or an oral dose peaks at"),
        ("route", "route = \"infusion\" or route = \"oral\""),
        ("before", "e.g. before = \"60 h\", from the first dose to the slices"),
    ] {
        if !table.has(key) {
            table.missing(key, example);
        }
    }
    let name = table.text("compound");
    let plasma = table.quantity::<Concentration>("plasma");
    let oral = table.choice("route", &[("infusion", false), ("oral", true)]);
    let before = table.quantity::<Time>("before");
    let duration = table.quantity::<Time>("duration");
    let times = table.count("times", 1..=10_000);
    let every = table.quantity::<Time>("every");
    let (name, plasma, oral, before) = (name?, plasma?, oral?, before?);
    let compound = match library.find(&name) {
        Ok(compound) => compound.clone(),
        Err(error) => {
            table.page.note(super::bath::unknown_compound(&name, &error));
            return None;
        }
    };
    if !(plasma.um() > 0.0 && plasma.um() <= HIGHEST_PLASMA_UM) {
        table.page.note(
            Fault::at(plasma.span.clone(), "`plasma` is out of range")
                .found(format!("found {}", plasma.value))
                .accepts(format!("accepted: above 0 and up to {HIGHEST_PLASMA_UM} uM")),
        );
        return None;
    }
    let times = times.map_or(1, |times| u32::try_from(times.value).unwrap_or(u32::MAX));
    if times > 1 && every.is_none() {
        table.missing("every", "every = \"24 h\", from one dose to the next");
        return None;
    }
    let route = match (oral, duration) {
        (true, _) => Route::Oral,
        (false, Some(duration)) => Route::Infusion { duration: duration.value },
        (false, None) => {
            table.missing("duration", "duration = \"60 h\", how long the infusion runs");
            return None;
        }
    };
    let every = every.map_or(Time::from_h(24.0), |every| every.value);
    Some(Dosing { compound, plasma: plasma.value, route, before: before.value, every, times })
}

/// Reads `changes` of a condition.
pub(super) fn read_own_changes(section: &mut Section<'_>, synapse: &SynapsePlan) -> Vec<ParameterChange> {
    let mut own = SynapsePlan { changes: Vec::new(), ..synapse.clone() };
    read_changes(section, &mut own);
    own.changes
}

/// The animals of a condition: state, age, chloride, history and doses on the
/// parameters of the experiment, then the bath and the changes of the condition.
/// What stands later takes the place of what stands before, and a parameter that
/// the user has set by hand keeps the user's value.
pub(super) fn animals(
    section: &Section<'_>,
    physiology: Physiology,
    solution: &Solution,
    own: &[ParameterChange],
    library: &Library,
    synapse: &SynapsePlan,
) -> Animals {
    let by_hand = own.iter().chain(&synapse.changes).any(|change| change.parameter == "gaba_a.reversal");
    if by_hand && physiology.chloride.is_some() {
        section.page.note(
            Fault::at(section.span.clone(), "the reversal of GABA is set twice, by `chloride` and by `changes`")
                .found("two values for gaba_a.reversal")
                .remedy("keep `chloride`, or the change of gaba_a.reversal"),
        );
    }
    for change in solution.changes_stated() {
        if own.iter().chain(&synapse.changes).any(|by_hand| by_hand.parameter == change) {
            section.page.note(
                Fault::at(section.span.clone(), format!("{change} is set twice, by the bath and by `changes`"))
                    .found("two values for one parameter")
                    .remedy(format!("keep the key of the bath, or the change of {change}")),
            );
        }
    }
    let mut prepared = match physiology.state.as_ref().and_then(|name| library.state(name).ok()) {
        Some(state) => state.prepared(library, &synapse.parameters, physiology.bound),
        None => Prepared::default(),
    };
    if let Some(age) = physiology.age {
        set_age(&mut prepared, age, physiology.chloride.is_none(), synapse);
    }
    match physiology.chloride {
        Some(ChlorideSetting::Age(age)) => prepared.set_chloride(&Chloride::of_age(age), &format!("chloride of {age}")),
        Some(ChlorideSetting::Inside(inside)) => {
            let mv = gaba_reversal_mv(inside.um() / 1000.0);
            prepared.change("gaba_a.reversal", mv, format!("{inside} chloride inside"));
        }
        Some(ChlorideSetting::Reversal(mv)) => {
            prepared.change("gaba_a.reversal", mv.mv(), "GABA reversal of the experiment".to_owned());
        }
        None => {}
    }
    if let Some(history) = &physiology.history {
        prepared.add_history(history, &synapse.parameters, "history of the experiment");
    }
    for dosing in &physiology.dosing {
        add_dose(&mut prepared, dosing);
    }
    prepared.changes.extend(solution.changes());
    for change in own {
        prepared.change(&change.parameter, change.value, change.reason.clone());
    }
    let by_hand = |path: &str| synapse.changes.iter().any(|change| change.parameter == path);
    let is_own = |path: &str| own.iter().any(|change| change.parameter == path);
    prepared.changes.retain(|change| is_own(&change.parameter) || !by_hand(&change.parameter));
    let mut parameters = synapse.parameters.clone();
    for StateChange { parameter, value, .. } in &prepared.changes {
        if let Err(error) = parameters.set(parameter, *value) {
            let fault =
                Fault::at(section.span.clone(), error.to_string()).found("follows from state, age and chloride");
            section.page.note(fault);
        }
    }
    Animals { physiology, prepared }
}

/// Takes GluN2B and, unless chloride is stated, GABA-A to an age; the reason says
/// what of a state gives way.
fn set_age(prepared: &mut Prepared, age: Age, with_chloride: bool, synapse: &SynapsePlan) {
    let p = &synapse.parameters;
    for (path, value) in of_age(age, p.glun2b_share, p.gaba_reversal_mv) {
        let chloride = path != GLUN2B;
        if chloride && !with_chloride {
            continue;
        }
        let before = prepared.changes.iter().find(|change| change.parameter == path);
        let reason = match before {
            Some(before) => format!("age {age} of the experiment, in place of {}", before.reason),
            None => format!("age {age}"),
        };
        prepared.change(path, value, reason);
        if chloride {
            prepared.evidence.extend(pharmacology::chloride::evidence());
        }
    }
}

/// Adds what a dose has brought into the tissue.
fn add_dose(prepared: &mut Prepared, dosing: &Dosing) {
    // Doses without a record were refused when they were read.
    let free = Concentration::from_um(dosing.free_um().unwrap_or_default());
    let name = &dosing.compound.name;
    match prepared.endogenous.iter_mut().find(|steroid| steroid.compound.name == *name) {
        Some(steroid) => steroid.free = Concentration::from_um(steroid.free.um() + free.um()),
        None => prepared.endogenous.push(Endogenous { compound: dosing.compound.clone(), free }),
    }
    let body = dosing.compound.evidence().into_iter().filter(|row| row.subject.contains("plasma"));
    prepared.evidence.extend(body);
}
