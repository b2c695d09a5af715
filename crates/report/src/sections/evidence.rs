//! What the result rests on: the evidence rows of the manifest, weakest last
//! checked first by the reader, so grouped by how sure they are.

use crate::numbers::capitalised;
use evidence::{Evidence, EvidenceRow};
use results::Manifest;
use serde::Serialize;

/// Evidence of one kind.
#[derive(Serialize)]
pub struct Group<'a> {
    /// Name of the kind.
    pub name: String,
    /// What the kind means.
    pub meaning: &'static str,
    /// Rows of this kind.
    pub count: usize,
    /// The rows.
    pub rows: Vec<&'a EvidenceRow>,
}

/// Kinds with their rows, strongest first; kinds without rows are left out.
pub fn grouped(manifest: &Manifest) -> Vec<Group<'_>> {
    [Evidence::Measured, Evidence::Derived, Evidence::Calibrated, Evidence::FromMemory, Evidence::ModelChoice]
        .into_iter()
        .filter_map(|tag| {
            let rows: Vec<&EvidenceRow> = manifest.evidence.iter().filter(|row| row.tag == tag).collect();
            let name = capitalised(tag.in_words());
            (!rows.is_empty()).then(|| Group { name, meaning: meaning(tag), count: rows.len(), rows })
        })
        .collect()
}

fn meaning(tag: Evidence) -> &'static str {
    match tag {
        Evidence::Measured => "seen in the publication named",
        Evidence::Derived => "computed from other numbers",
        Evidence::Calibrated => "set so that the model meets published outcomes",
        Evidence::FromMemory => "of the literature; check before quoting",
        Evidence::ModelChoice => "no data behind it",
    }
}
