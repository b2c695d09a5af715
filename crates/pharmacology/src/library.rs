//! The compounds that can be named in an experiment: built-in records, and
//! those of a user's folder on top.

use crate::compound::compound::Compound;
use crate::compound::identity::{Read, check_identities, replaced};
use crate::compound::list::{CompoundList, Found};
use crate::compound::naming::similar;
use crate::compound::scenario::{PotencyOverride, Scenario, ScenarioRecord};
use crate::compound::target::Target;
use crate::error::{LibraryError, RecordFault, ScenarioError, UnknownCompound, UnknownState};
use crate::record::embedded;
use crate::record::reading::Reading;
use crate::record::record::RawScenarios;
use crate::state::state::PhysiologicalState;
use quantity::Concentration;
use std::collections::BTreeMap;

/// File name under which a user's folder may hold scenarios of its own.
const SCENARIO_FILE: &str = "scenarios.toml";

/// Folder below a user's folder that holds states.
const STATES: &str = "states/";

/// Folder below a user's folder that holds published outcomes; read elsewhere.
const OUTCOMES: &str = "outcomes/";

/// Compounds, scenarios and physiological states.
#[derive(Clone, Debug, PartialEq)]
pub struct Library {
    compounds: CompoundList,
    scenarios: Vec<ScenarioRecord>,
    states: Vec<PhysiologicalState>,
}

impl Library {
    /// The built-in compounds and scenarios.
    pub fn embedded() -> Self {
        Self::with_folder(&[]).expect("invariant: the embedded records are checked by the tests")
    }

    /// The built-in library with a user's records on top, given as pairs of file
    /// name and text. A record with the name of a built-in compound replaces it;
    /// `scenarios.toml` adds scenarios; files below `states/` are states, files
    /// below `outcomes/` are passed over.
    ///
    /// # Errors
    /// Every fault of every record with its line: wrong shape, unit, range, tag
    /// or name; two records of one name; a record that claims the identity
    /// (name, label, synonym, stereochemical key, register number) of another.
    pub fn with_folder(files: &[(&str, &str)]) -> Result<Self, LibraryError> {
        let mut faults = Vec::new();
        let scenario_files: Vec<(&str, &str)> = std::iter::once((SCENARIO_FILE, embedded::SCENARIOS))
            .chain(files.iter().copied().filter(|(name, _)| *name == SCENARIO_FILE))
            .collect();
        let scenarios = read_scenarios(&scenario_files, &mut faults);
        let names: Vec<&str> = scenarios.iter().map(|s| s.name.as_str()).collect();

        let mut reads = Vec::new();
        for (file, text) in embedded::COMPOUNDS {
            read_compound(file, text, false, &names, &mut reads, &mut faults);
        }
        let of_compounds =
            |name: &str| name != SCENARIO_FILE && !name.starts_with(STATES) && !name.starts_with(OUTCOMES);
        for (file, text) in files.iter().filter(|(name, _)| of_compounds(name)) {
            read_compound(file, text, true, &names, &mut reads, &mut faults);
        }
        let reads = replaced(reads, &mut faults);
        check_identities(&reads, &mut faults);
        if !faults.is_empty() {
            return Err(LibraryError { faults });
        }
        let compounds = CompoundList::new(reads.into_iter().map(|r| r.compound).collect());
        let mut library = Self { compounds, scenarios, states: Vec::new() };
        let own = files.iter().copied().filter(|(name, _)| name.starts_with(STATES));
        library.states = library.read_states(&own.collect::<Vec<_>>(), &mut faults);
        if faults.is_empty() { Ok(library) } else { Err(LibraryError { faults }) }
    }

    /// The built-in states, in the order of their list, then those of the user. A
    /// user's state replaces the built-in one of its name; two of one name clash.
    fn read_states(&self, own: &[(&str, &str)], faults: &mut Vec<RecordFault>) -> Vec<PhysiologicalState> {
        let mut states: Vec<PhysiologicalState> = Vec::new();
        let mut of_user: BTreeMap<String, String> = BTreeMap::new();
        let built_in = embedded::STATES.iter().map(|entry| (entry, false));
        for ((file, text), user) in built_in.chain(own.iter().map(|entry| (entry, true))) {
            let mut reading = Reading::new(file, text);
            let state = reading.state(&self.compounds);
            faults.append(&mut reading.faults);
            let Some(state) = state else { continue };
            if user && let Some(other) = of_user.insert(state.name.clone(), (*file).to_owned()) {
                let problem = format!("two states are named `{}`: the other stands in {other}", state.name);
                faults.push(RecordFault { file: (*file).to_owned(), line: 1, column: 1, problem });
                continue;
            }
            match states.iter_mut().find(|other| other.name == state.name) {
                Some(other) => *other = state,
                None => states.push(state),
            }
        }
        states
    }

    /// All physiological states.
    pub fn states(&self) -> &[PhysiologicalState] {
        &self.states
    }

    /// The state of this name.
    ///
    /// # Errors
    /// [`UnknownState`] with similar names and the list of known ones.
    pub fn state(&self, name: &str) -> Result<&PhysiologicalState, UnknownState> {
        self.states.iter().find(|state| state.name == name).ok_or_else(|| {
            let known: Vec<String> = self.states.iter().map(|state| state.name.clone()).collect();
            UnknownState { asked: name.to_owned(), suggestions: similar(name, &known), known }
        })
    }

    /// All compounds, in the order of [`Library::names`].
    pub fn compounds(&self) -> &[Compound] {
        self.compounds.all()
    }

    /// All names, sorted without regard to case and punctuation.
    pub fn names(&self) -> Vec<&str> {
        self.compounds.all().iter().map(|c| c.name.as_str()).collect()
    }

    /// The compound of this name, label, synonym or stereochemical key, as
    /// [`CompoundList::find`] takes it.
    ///
    /// # Errors
    /// [`UnknownCompound`] with similar names and the list of known ones.
    pub fn find(&self, name: &str) -> Result<&Compound, UnknownCompound> {
        self.compounds.find(name)
    }

    /// As [`Library::find`], with the remark that belongs to a wrong or loose name.
    ///
    /// # Errors
    /// As [`Library::find`].
    pub fn lookup(&self, name: &str) -> Result<Found<'_>, UnknownCompound> {
        self.compounds.lookup(name)
    }

    /// All scenarios.
    pub fn scenarios(&self) -> &[ScenarioRecord] {
        &self.scenarios
    }

    /// The named scenarios together.
    ///
    /// # Errors
    /// An unknown name, or two scenarios that exclude each other.
    pub fn scenario<S: AsRef<str>>(&self, names: &[S]) -> Result<Scenario, ScenarioError> {
        let mut chosen: BTreeMap<&str, &ScenarioRecord> = BTreeMap::new();
        for name in names {
            let name = name.as_ref();
            let record = self.scenarios.iter().find(|s| s.name == name).ok_or_else(|| {
                let known: Vec<String> = self.scenarios.iter().map(|s| s.name.clone()).collect();
                ScenarioError::Unknown { asked: name.to_owned(), suggestions: similar(name, &known), known }
            })?;
            chosen.insert(&record.name, record);
        }
        for record in chosen.values() {
            if let Some(other) = record.excludes.iter().find(|o| chosen.contains_key(o.as_str())) {
                return Err(ScenarioError::Exclusive { one: record.name.clone(), other: other.clone() });
            }
        }
        Ok(Scenario { records: chosen.into_values().cloned().collect(), potencies: Vec::new() })
    }

    /// `scenario` with the potency of one compound at one target set by hand,
    /// for example to draw the unknown IC50 of isopregnanolone from its prior
    /// ([`crate::Number::log_uniform`]).
    ///
    /// # Errors
    /// The compound has no action on the target.
    pub fn with_potency(
        &self,
        mut scenario: Scenario,
        compound: &Compound,
        target: Target,
        potency: Concentration,
    ) -> Result<Scenario, ScenarioError> {
        if !compound.targets.iter().any(|action| action.target == target) {
            return Err(ScenarioError::NoSuchAction {
                compound: compound.name.clone(),
                target: target.name().to_owned(),
                known: compound.targets.iter().map(|a| a.target.name().to_owned()).collect(),
            });
        }
        scenario.potencies.retain(|p| p.compound != compound.name || p.target != target);
        scenario.potencies.push(PotencyOverride { compound: compound.name.clone(), target, potency });
        Ok(scenario)
    }
}

impl AsRef<CompoundList> for Library {
    fn as_ref(&self) -> &CompoundList {
        &self.compounds
    }
}

fn read_scenarios(files: &[(&str, &str)], faults: &mut Vec<RecordFault>) -> Vec<ScenarioRecord> {
    let mut scenarios: Vec<ScenarioRecord> = Vec::new();
    for (file, text) in files {
        let mut reading = Reading::new(file, text);
        let raw: Option<RawScenarios> = reading.shape();
        for record in raw.into_iter().flat_map(|raw| raw.scenario) {
            let name = record.name.get_ref().clone();
            if scenarios.iter().any(|s| s.name == name) {
                reading.fault(record.name.span(), format!("a scenario `{name}` exists already"));
            }
            scenarios.push(ScenarioRecord {
                name,
                meaning: record.meaning,
                source: record.source,
                excludes: record.excludes.into_iter().map(toml::Spanned::into_inner).collect(),
            });
        }
        faults.append(&mut reading.faults);
    }
    scenarios
}

fn read_compound(
    file: &str,
    text: &str,
    of_user: bool,
    scenarios: &[&str],
    reads: &mut Vec<Read>,
    faults: &mut Vec<RecordFault>,
) {
    let mut reading = Reading::new(file, text);
    if let Some(compound) = reading.compound(scenarios) {
        reads.push(Read { compound, file: file.to_owned(), of_user });
    }
    faults.append(&mut reading.faults);
}
