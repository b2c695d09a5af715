//! `schaffer receptors`: receptors under a bath on a virtual clamp; and receptor-level
//! outcomes as a scoreboard, for `schaffer validate --receptors` too.

use crate::arguments::records::Receptors;
use crate::failure::Failure;
use crate::output::{print, print_json};
use crate::words::receptors::{Scoreboard, in_words, page};
use laboratory::library;
use pharmacology::{BathCompound, HIGHEST_UM, Library, ReceptorMix};
use quantity::Concentration;
use std::path::Path;
use validation::receptors::{outcomes, responses, scores};

/// Prints every receptor under the bath, or the scoreboard without one.
pub fn clamp(arguments: &Receptors) -> Result<(), Failure> {
    if arguments.bath.is_empty() {
        return scoreboard(arguments.library.as_deref(), arguments.json);
    }
    let (library, _) = library(arguments.library.as_deref())?;
    let mut bath: Vec<BathCompound> = Vec::new();
    for text in &arguments.bath {
        let entry = entry(&library, text)?;
        if bath.iter().any(|other| other.compound.name == entry.compound.name) {
            return Err(Failure::faulty_input(format!("{} is in the bath twice", entry.compound.name)));
        }
        bath.push(entry);
    }
    let scenario = library.scenario(&arguments.scenario).map_err(|error| Failure::faulty_input(error.to_string()))?;
    let alpha4_delta = arguments.alpha4_delta.unwrap_or(0.0);
    if !(0.0..=1.0).contains(&alpha4_delta) {
        return Err(Failure::faulty_input(format!("--alpha4-delta is a share from 0 to 1; found {alpha4_delta}")));
    }
    let mix = ReceptorMix { alpha4_delta, depolarising: arguments.depolarising };
    let all = responses(bath, scenario, mix);
    if arguments.json { print_json(&all) } else { print(&in_words(&all)) }
}

/// A compound and its concentration: the longest end of the text that is a
/// concentration, and a name before it.
fn entry(library: &Library, text: &str) -> Result<BathCompound, Failure> {
    let spaces = || text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(place, _)| text.split_at(place));
    let split = spaces().find_map(|(name, rest)| {
        let concentration = rest.trim().parse::<Concentration>().ok()?;
        Some((name.trim(), concentration))
    });
    let Some((name, concentration)) = split else {
        // A known name with something else behind it: say what is wrong with that.
        let known = spaces().find(|(name, _)| library.lookup(name.trim()).is_ok());
        let fault = known.and_then(|(_, rest)| rest.trim().parse::<Concentration>().err());
        let what = fault.map_or("it holds no concentration".to_owned(), |fault| fault.to_string());
        let remedy = "write a compound and its concentration, e.g. \"PS 100 uM\"";
        return Err(Failure::faulty_input(format!("\"{text}\": {what}; {remedy}")));
    };
    let found = library.lookup(name).map_err(|unknown| Failure::faulty_input(unknown.to_string()))?;
    if !(concentration.um() > 0.0 && concentration.um() <= HIGHEST_UM) {
        let accepted = "accepted: above 0 and up to 10 mM";
        return Err(Failure::faulty_input(format!("\"{text}\": found {concentration}; {accepted}")));
    }
    Ok(BathCompound { compound: found.compound.clone(), concentration })
}

/// Prints the receptor section; `folder` holds records and outcomes of the user.
pub fn scoreboard(folder: Option<&Path>, json: bool) -> Result<(), Failure> {
    let (library, own) = library(folder)?;
    let read = outcomes(&library, &own.files()).map_err(|error| Failure::faulty_input(error.to_string()))?;
    let board = Scoreboard::new(scores(&library, &read));
    if json { print_json(&board) } else { print(&page(&board.receptors)) }
}
