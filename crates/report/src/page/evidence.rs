//! What the result rests on: the evidence rows of the manifest, weakest last
//! checked first by the reader, so grouped by how sure they are.

use recording::manifest::{EvidenceRow, EvidenceTag, Manifest};
use serde::Serialize;

/// Evidence of one kind.
#[derive(Serialize)]
pub struct Group<'a> {
    /// Name of the kind.
    pub name: &'static str,
    /// What the kind means.
    pub meaning: &'static str,
    /// Rows of this kind.
    pub count: usize,
    /// The rows.
    pub rows: Vec<&'a EvidenceRow>,
}

/// Kinds with their rows, strongest first; kinds without rows are left out.
pub fn grouped(manifest: &Manifest) -> Vec<Group<'_>> {
    [
        EvidenceTag::Measured,
        EvidenceTag::Derived,
        EvidenceTag::Calibrated,
        EvidenceTag::FromMemory,
        EvidenceTag::ModelChoice,
    ]
    .into_iter()
    .filter_map(|tag| {
        let rows: Vec<&EvidenceRow> = manifest.evidence.iter().filter(|row| row.tag == tag).collect();
        let (name, meaning) = words(tag);
        (!rows.is_empty()).then_some(Group { name, meaning, count: rows.len(), rows })
    })
    .collect()
}

fn words(tag: EvidenceTag) -> (&'static str, &'static str) {
    match tag {
        EvidenceTag::Measured => ("Measured", "seen in the publication named"),
        EvidenceTag::Derived => ("Derived", "computed from other numbers"),
        EvidenceTag::Calibrated => ("Calibrated", "set so that the model meets published outcomes"),
        EvidenceTag::FromMemory => ("From memory", "of the literature; check before quoting"),
        EvidenceTag::ModelChoice => ("Model choice", "no data behind it"),
    }
}
