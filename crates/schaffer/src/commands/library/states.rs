//! `schaffer states`: physiological states, and the table of claims.

use crate::arguments::records::States;
use crate::failure::Failure;
use crate::output::{columns, document, print, print_json};
use laboratory::library;
use pharmacology::{Bound, Library, PhysiologicalState, claims};
use synapse::Parameters;

/// Lists the states, describes one, or prints the claims.
pub fn states(arguments: &States) -> Result<(), Failure> {
    if arguments.claims {
        return if arguments.json { print_json(&claims::claims()) } else { document(&claims::page()) };
    }
    let (library, _) = library(arguments.library.as_deref())?;
    match &arguments.name {
        None if arguments.json => print_json(&library.states()),
        None => {
            let rows = library.states().iter().map(|state| [state.name.clone(), state.summary.clone()]);
            print(&columns(&rows.collect::<Vec<_>>()))
        }
        Some(name) => {
            let state = library.state(name).map_err(|unknown| Failure::faulty_input(unknown.to_string()))?;
            if arguments.json { print_json(state) } else { print(&describe(state, &library)) }
        }
    }
}

/// A state in words: what it sets, over which range, and on which evidence.
fn describe(state: &PhysiologicalState, library: &Library) -> String {
    let mut lines = vec![format!("{}: {}", state.name, state.title), state.summary.clone(), String::new()];
    let parameters = Parameters::default();
    let ends = [Bound::Low, Bound::Centre, Bound::High].map(|bound| state.prepared(library, &parameters, bound));
    let [low, centre, high] = &ends;
    lines.push("steroids that count at the receptors".to_owned());
    for (place, steroid) in centre.endogenous.iter().enumerate() {
        let um = |ends: &pharmacology::Prepared| {
            ends.endogenous.get(place).map(|steroid| nanomolar(steroid.free.um())).unwrap_or_default()
        };
        lines.push(format!("  {}: {} ({} to {})", steroid.compound.name, um(centre), um(low), um(high)));
    }
    if !centre.changes.is_empty() || centre.alpha4_delta > 0.0 {
        lines.push("receptors".to_owned());
    }
    for change in &centre.changes {
        let at = |ends: &pharmacology::Prepared| {
            let same = ends.changes.iter().find(|other| other.parameter == change.parameter);
            same.map_or(change.value, |same| same.value)
        };
        let before = parameters.get(&change.parameter).unwrap_or_default();
        lines.push(format!(
            "  {} = {:.4} ({:.4} to {:.4}), calibrated {before}: {}",
            change.parameter,
            change.value,
            at(low),
            at(high),
            change.reason
        ));
    }
    if centre.alpha4_delta > 0.0 {
        let shares = [low, centre, high].map(|ends| format!("{:.2}", ends.alpha4_delta));
        lines.push(format!("  α4βδ share of the tonic conductance = {} ({} to {})", shares[1], shares[0], shares[2]));
    }
    lines.push("evidence".to_owned());
    for row in &centre.evidence {
        lines.push(format!("  {}: {} [{}]", row.subject, row.value, row.tag));
        lines.push(format!("      {}", row.source));
    }
    lines.extend(state.limits.iter().map(|limit| format!("note: {limit}")));
    lines.join("\n")
}

/// A concentration in nM with three significant figures.
fn nanomolar(um: f64) -> String {
    let nm = um * 1000.0;
    let places = if nm > 0.0 { (2 - libm::log10(nm).floor() as i32).clamp(0, 6) as usize } else { 0 };
    format!("{nm:.places$} nM")
}
