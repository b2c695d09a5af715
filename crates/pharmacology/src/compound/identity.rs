//! No two records may stand for one compound, and none may take another's name.

use crate::compound::compound::Compound;
use crate::compound::naming::folded;
use crate::error::RecordFault;
use std::collections::BTreeMap;

/// A compound and where it was read.
pub(crate) struct Read {
    pub compound: Compound,
    pub file: String,
    pub of_user: bool,
}

/// Drops built-in records that a user's record of the same name replaces.
pub(crate) fn replaced(reads: Vec<Read>, faults: &mut Vec<RecordFault>) -> Vec<Read> {
    let (user, built_in): (Vec<Read>, Vec<Read>) = reads.into_iter().partition(|r| r.of_user);
    for (place, read) in user.iter().enumerate() {
        let alike = |other: &&Read| folded(&other.compound.name) == folded(&read.compound.name);
        if let Some(other) = user[..place].iter().find(alike) {
            faults.push(clash(
                read,
                format!(
                    "identity clash: `{}` stands in {} as well; keep one of the two records",
                    read.compound.name, other.file
                ),
            ));
        }
    }
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
pub(crate) fn identity_names(compound: &Compound) -> Vec<&str> {
    let mut names = vec![compound.name.as_str(), compound.label.as_str(), compound.stereo_key.as_str()];
    names.extend(compound.synonyms.iter().map(String::as_str));
    names
}

/// No two records may claim one identity.
pub(crate) fn check_identities(reads: &[Read], faults: &mut Vec<RecordFault>) {
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
                Some(other) if folded(&other.compound.name) != folded(&compound.name) => {
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
