//! The compounds that can be named in an experiment: built-in records, and
//! those of a user's folder on top.

use crate::compound::Compound;
use crate::embedded;
use crate::error::{LibraryError, RecordFault, ScenarioError, UnknownCompound};
use crate::naming::{folded, similar};
use crate::record::RawScenarios;
use crate::record_check::Reading;
use crate::scenario::{PotencyOverride, Scenario, ScenarioRecord};
use crate::target::Target;
use quantity::Concentration;
use std::collections::BTreeMap;

/// File name under which a user's folder may hold scenarios of its own.
const SCENARIO_FILE: &str = "scenarios.toml";

/// Compounds and scenarios.
#[derive(Clone, Debug, PartialEq)]
pub struct Library {
    compounds: Vec<Compound>,
    scenarios: Vec<ScenarioRecord>,
}

/// What a name led to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found<'a> {
    /// The compound.
    pub compound: &'a Compound,
    /// What to tell whoever used a wrong or loose name.
    pub remark: Option<&'a str>,
}

/// A compound and where it was read.
struct Read {
    compound: Compound,
    file: String,
    of_user: bool,
}

impl Library {
    /// The built-in compounds and scenarios.
    pub fn embedded() -> Self {
        Self::with_folder(&[]).expect("invariant: the embedded records are checked by the tests")
    }

    /// The built-in library with a user's records on top, given as pairs of file
    /// name and text. A record with the name of a built-in compound replaces it;
    /// `scenarios.toml` adds scenarios.
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
        for (file, text) in files.iter().filter(|(name, _)| *name != SCENARIO_FILE) {
            read_compound(file, text, true, &names, &mut reads, &mut faults);
        }
        let reads = replaced(reads, &mut faults);
        check_identities(&reads, &mut faults);
        if faults.is_empty() {
            let mut compounds: Vec<Compound> = reads.into_iter().map(|r| r.compound).collect();
            compounds.sort_by_key(|compound| folded(&compound.name));
            Ok(Self { compounds, scenarios })
        } else {
            Err(LibraryError { faults })
        }
    }

    /// All compounds, in the order of [`Library::names`].
    pub fn compounds(&self) -> &[Compound] {
        &self.compounds
    }

    /// All names, sorted without regard to case and punctuation.
    pub fn names(&self) -> Vec<&str> {
        self.compounds.iter().map(|c| c.name.as_str()).collect()
    }

    /// All scenarios.
    pub fn scenarios(&self) -> &[ScenarioRecord] {
        &self.scenarios
    }

    /// The compound of this name, label, synonym or stereochemical key. Case,
    /// spaces and punctuation do not matter; Greek and Latin letters are alike.
    ///
    /// # Errors
    /// [`UnknownCompound`] with similar names and the list of known ones.
    pub fn find(&self, name: &str) -> Result<&Compound, UnknownCompound> {
        self.lookup(name).map(|found| found.compound)
    }

    /// As [`Library::find`], with the remark that belongs to a wrong or loose name.
    ///
    /// # Errors
    /// As [`Library::find`].
    pub fn lookup(&self, name: &str) -> Result<Found<'_>, UnknownCompound> {
        let asked = folded(name);
        let named = |text: &String| folded(text) == asked;
        for compound in &self.compounds {
            if identity_names(compound).iter().any(|n| folded(n) == asked) {
                return Ok(Found { compound, remark: None });
            }
            if let Some(misnomer) = compound.misnomers.iter().find(|m| named(&m.name)) {
                return Ok(Found { compound, remark: Some(&misnomer.remark) });
            }
        }
        Err(self.unknown(name, &asked))
    }

    fn unknown(&self, name: &str, asked: &str) -> UnknownCompound {
        let confusion = self
            .compounds
            .iter()
            .flat_map(|compound| &compound.confusions)
            .find(|confusion| folded(&confusion.name) == asked)
            .map(|confusion| confusion.because.clone());
        let mut all = Vec::new();
        for compound in &self.compounds {
            all.push(compound.name.clone());
            all.push(compound.label.clone());
            all.extend(compound.synonyms.iter().cloned());
        }
        UnknownCompound {
            asked: name.to_owned(),
            suggestions: similar(name, &all),
            known: self.compounds.iter().map(|c| format!("{} ({})", c.name, c.label)).collect(),
            confusion,
        }
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

/// Drops built-in records that a user's record of the same name replaces.
fn replaced(reads: Vec<Read>, faults: &mut Vec<RecordFault>) -> Vec<Read> {
    let (user, built_in): (Vec<Read>, Vec<Read>) = reads.into_iter().partition(|r| r.of_user);
    let mut kept = Vec::new();
    for read in built_in {
        let name = folded(&read.compound.name);
        match user.iter().find(|u| folded(&u.compound.name) == name) {
            None => kept.push(read),
            Some(own) if own.compound.stereo_key == read.compound.stereo_key => {}
            Some(own) => faults.push(clash(
                own,
                format!(
                    "identity clash: `{}` has the stereochemical key {}, this record says {}; \
                     a different molecule needs a different name",
                    read.compound.name, read.compound.stereo_key, own.compound.stereo_key
                ),
            )),
        }
    }
    kept.extend(user);
    kept
}

/// Every name that stands for the compound without a remark.
fn identity_names(compound: &Compound) -> Vec<&str> {
    let mut names = vec![compound.name.as_str(), compound.label.as_str(), compound.stereo_key.as_str()];
    names.extend(compound.synonyms.iter().map(String::as_str));
    names
}

/// No two records may claim one identity.
fn check_identities(reads: &[Read], faults: &mut Vec<RecordFault>) {
    let mut claimed: BTreeMap<String, &Read> = BTreeMap::new();
    for read in reads {
        let compound = &read.compound;
        let registers = [
            ("CAS", &compound.identifiers.cas),
            ("PubChem", &compound.identifiers.pubchem),
            ("ChEBI", &compound.identifiers.chebi),
        ];
        let mut claims: Vec<(String, String)> = identity_names(compound)
            .into_iter()
            .chain(compound.misnomers.iter().map(|m| m.name.as_str()))
            .map(|name| (folded(name), format!("`{name}`")))
            .collect();
        for (register, number) in registers {
            claims.extend(number.iter().map(|n| (format!("{register} {n}"), format!("{register} {n}"))));
        }
        for (key, shown) in claims {
            match claimed.get(&key) {
                Some(other) if other.compound.name != compound.name || other.file != read.file => {
                    faults.push(clash(
                        read,
                        format!(
                            "identity clash: {shown} of `{}` already stands for `{}` ({})",
                            compound.name, other.compound.name, other.file
                        ),
                    ));
                }
                Some(_) => {}
                None => {
                    claimed.insert(key, read);
                }
            }
        }
    }
}

fn clash(read: &Read, problem: String) -> RecordFault {
    RecordFault { file: read.file.clone(), line: 1, column: 1, problem }
}
