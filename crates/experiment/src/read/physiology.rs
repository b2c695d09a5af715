//! The keys that say what the animals bring along; they may stand in
//! `[preparation]` for all conditions, and in a `[[condition]]` for one.

use crate::plan::animals::{ChlorideSetting, Physiology};
use crate::plan::genotype::{GENOTYPES, Genotype};
use crate::plan::synapse::{ParameterChange, SynapsePlan};
use crate::read::animals::GLUN2B;
use crate::read::compound::unknown_compound;
use crate::read::synapse::read_changes;
use form::{At, Fault, Section, unknown};
use pharmacology::dosing::{Dosing, Route};
use pharmacology::expression::History;
use pharmacology::{Bound, Library};
use quantity::{Age, Concentration, Time, Voltage};

/// Highest plasma concentration that is taken, µM.
const HIGHEST_PLASMA_UM: f64 = 100.0;

/// Ages that are taken, postnatal days.
const AGE_D: std::ops::RangeInclusive<f64> = 1.0..=1_096.0;

/// Chloride inside a living cell, mM.
const CHLORIDE_MM: std::ops::RangeInclusive<f64> = 1.0..=60.0;

/// Reads the keys; what is not said is taken from `before`.
pub(super) fn read(section: &mut Section<'_>, library: &Library, before: &Physiology) -> Physiology {
    let mut physiology = before.clone();
    section.knows("state", library.states().iter().map(|state| state.name.as_str()), false);
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
    let genotypes: Vec<(&str, Option<&'static Genotype>)> = std::iter::once(("wild type", None))
        .chain(GENOTYPES.iter().map(|genotype| (genotype.name, Some(genotype))))
        .collect();
    if let Some(genotype) = section.choice("genotype", &genotypes) {
        physiology.genotype = genotype;
    }
    let bounds = [("low", Bound::Low), ("centre", Bound::Centre), ("high", Bound::High)];
    if let Some(bound) = section.choice("state_bound", &bounds) {
        physiology.bound = bound;
    }
    // Asked for even where they are absent: they are keys of the table.
    let (chloride, history, dosing) = (read_chloride(section), read_history(section), read_dosing(section, library));
    if section.has("chloride") {
        physiology.chloride = chloride;
    }
    if section.has("history") {
        physiology.history = history;
    }
    if section.has("dosing") {
        physiology.dosing = dosing;
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
    table.needs("exposed", "e.g. exposed = \"72 h\", the length of the raised steroid level");
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
        table.needs(key, example);
    }
    table.knows("compound", library.compounds().iter().map(|compound| compound.name.as_str()), false);
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
            table.page.note(unknown_compound(&name, &error));
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
    let asked = name.value.clone();
    Some(Dosing { compound, asked, plasma: plasma.value, route, before: before.value, every, times })
}

/// Reads `changes` of a condition.
pub(super) fn read_own_changes(section: &mut Section<'_>, synapse: &SynapsePlan) -> Vec<ParameterChange> {
    let mut own = SynapsePlan { changes: Vec::new(), ..synapse.clone() };
    read_changes(section, &mut own);
    own.changes
}
