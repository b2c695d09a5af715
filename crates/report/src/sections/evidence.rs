//! What the result rests on: the evidence rows of the manifest, weakest last
//! checked first by the reader, so grouped by how sure they are.

use crate::document::document::{Block, Fold, Section, Summary};
use crate::document::table::{Cells, Table};
use crate::figures::scene::Scene;
use crate::numbers::capitalised;
use evidence::{Evidence, EvidenceRow};
use results::Manifest;

/// Groups of evidence with more rows than this are closed when the page opens.
const MANY: usize = 15;

/// The remarks and the evidence.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    Some(of(&scene.sources.manifest))
}

/// The remarks and the evidence of a manifest.
pub(crate) fn of(manifest: &Manifest) -> Section {
    let groups = grouped(manifest);
    let mut blocks = vec![Block::List(manifest.remarks.clone())];
    if groups.is_empty() {
        blocks.push(Block::text("The manifest lists no evidence."));
    }
    blocks.extend(groups);
    Section::new("evidence", "What this rests on", vec![Block::Evidence(blocks)])
}

/// Kinds with their rows, strongest first; kinds without rows are left out.
fn grouped(manifest: &Manifest) -> Vec<Block> {
    [Evidence::Measured, Evidence::Derived, Evidence::Calibrated, Evidence::FromMemory, Evidence::ModelChoice]
        .into_iter()
        .filter_map(|tag| {
            let rows: Vec<&EvidenceRow> = manifest.evidence.iter().filter(|row| row.tag == tag).collect();
            (!rows.is_empty()).then(|| group(tag, &rows))
        })
        .collect()
}

/// Evidence of one kind.
fn group(tag: Evidence, rows: &[&EvidenceRow]) -> Block {
    let title = format!("{}: {}", capitalised(tag.in_words()), rows.len());
    let cells =
        rows.iter().map(|row| vec![row.subject.clone(), row.value.clone(), row.source.clone(), row.note.clone()]);
    let table = Table::new(&["Subject", "Value", "Source", "Note"], cells.collect()).of(Cells::Words);
    Block::Fold(Fold {
        summary: Summary::Heading { title, remark: meaning(tag) },
        open: rows.len() <= MANY,
        blocks: vec![Block::Table(table)],
    })
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
