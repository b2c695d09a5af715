//! The animals of a condition, ready for the model.

use crate::plan::animals::{Animals, ChlorideSetting, Physiology};
use crate::plan::solution::{Solution, of_age};
use crate::plan::synapse::{ParameterChange, SynapsePlan};
use form::{Fault, Section};
use pharmacology::chloride::{Chloride, gaba_reversal_mv};
use pharmacology::dosing::Dosing;
use pharmacology::{Endogenous, Library, Prepared, StateChange};
use quantity::{Age, Concentration};

/// Share of GluN2B, which depends on age.
pub(super) const GLUN2B: &str = "nmda.glun2b_share";

/// The animals of a condition: state, age, chloride, history and doses on the
/// parameters of the experiment, the genotype, then the bath and the changes of the condition.
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
    refuse_twice(section, &physiology, solution, own, synapse);
    let mut prepared = match physiology.state.as_ref().and_then(|name| library.state(name).ok()) {
        Some(state) => state.prepared(library, &synapse.parameters, physiology.bound),
        None => Prepared::default(),
    };
    if let Some(age) = physiology.age {
        set_age(&mut prepared, age, physiology.chloride.is_none(), synapse);
    }
    if let Some(chloride) = physiology.chloride {
        set_chloride(&mut prepared, chloride);
    }
    if let Some(history) = &physiology.history {
        prepared.add_history(history, &synapse.parameters, "history of the experiment");
    }
    if let Some(genotype) = physiology.genotype {
        let mut bred = synapse.parameters.clone();
        for change in &prepared.changes {
            // Values out of range are refused below.
            _ = bred.set(&change.parameter, change.value);
        }
        for change in genotype.changes(&bred) {
            prepared.change(&change.parameter, change.value, change.reason);
        }
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

/// Refuses parameters that are set by hand and by another key as well.
fn refuse_twice(
    section: &Section<'_>,
    physiology: &Physiology,
    solution: &Solution,
    own: &[ParameterChange],
    synapse: &SynapsePlan,
) {
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
}

/// Takes the reversal of GABA-A to a stated chloride.
fn set_chloride(prepared: &mut Prepared, chloride: ChlorideSetting) {
    match chloride {
        ChlorideSetting::Age(age) => prepared.set_chloride(&Chloride::of_age(age), &format!("chloride of {age}")),
        ChlorideSetting::Inside(inside) => {
            let mv = gaba_reversal_mv(inside.um() / 1000.0);
            prepared.change("gaba_a.reversal", mv, format!("{inside} chloride inside"));
        }
        ChlorideSetting::Reversal(mv) => {
            prepared.change("gaba_a.reversal", mv.mv(), "GABA reversal of the experiment".to_owned());
        }
    }
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
    prepared.evidence.extend(dosing.compound.evidence_in_plasma());
}
