//! Compounds and the names that lead to them.

use crate::compound::compound::Compound;
use crate::compound::identity::identity_names;
use crate::compound::naming::{folded, similar};
use crate::error::UnknownCompound;

/// Compounds sorted by name, without regard to case and punctuation.
#[derive(Clone, Debug, PartialEq)]
pub struct CompoundList {
    compounds: Vec<Compound>,
}

/// What a name led to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found<'a> {
    /// The compound.
    pub compound: &'a Compound,
    /// What to tell whoever used a wrong or loose name.
    pub remark: Option<&'a str>,
}

impl CompoundList {
    pub(crate) fn new(mut compounds: Vec<Compound>) -> Self {
        compounds.sort_by_key(|compound| folded(&compound.name));
        Self { compounds }
    }

    /// All compounds.
    pub(crate) fn all(&self) -> &[Compound] {
        &self.compounds
    }

    /// The compound of this name, label, synonym or stereochemical key. Case,
    /// spaces and punctuation do not matter; Greek and Latin letters are alike.
    ///
    /// # Errors
    /// [`UnknownCompound`] with similar names and the list of known ones.
    pub fn find(&self, name: &str) -> Result<&Compound, UnknownCompound> {
        self.lookup(name).map(|found| found.compound)
    }

    /// As [`CompoundList::find`], with the remark that belongs to a wrong or loose name.
    ///
    /// # Errors
    /// As [`CompoundList::find`].
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
}
