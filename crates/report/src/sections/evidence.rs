//! What the result rests on: the evidence rows of the manifest, weakest last
//! checked first by the reader, so grouped by how sure they are.

use crate::document::document::{Block, Fold, Section, Summary};
use crate::document::table::{Cells, Table};
use crate::figures::scene::Scene;
use crate::numbers::capitalised;
use evidence::{Evidence, EvidenceRow};
use quantity::counted;
use results::Manifest;

/// More remarks than these are folded away.
const FEW: usize = 4;

/// The remarks and the evidence.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    Some(of(&scene.sources.manifest))
}

/// The remarks and the evidence of a manifest.
pub(crate) fn of(manifest: &Manifest) -> Section {
    let groups = grouped(manifest);
    let remarks = once(&manifest.remarks);
    let mut blocks = Vec::new();
    if groups.is_empty() {
        blocks.push(Block::text("The manifest lists no evidence."));
    } else {
        blocks.push(Block::text(format!(
            "{} in the model and its compounds, by how sure they are; details unfold.",
            counted(manifest.evidence.len(), "statement")
        )));
    }
    if remarks.len() > FEW {
        let title = format!("Remarks on laws, compounds and conditions: {}", remarks.len());
        let remark = "what is assumed, predicted or left out";
        blocks.push(Block::Fold(Fold {
            summary: Summary::Heading { title, remark },
            open: false,
            blocks: vec![Block::List(remarks)],
        }));
    } else {
        blocks.push(Block::List(remarks));
    }
    blocks.extend(groups);
    Section::new("evidence", "What this rests on", vec![Block::Evidence(blocks)])
}

/// Each line once, in the order of the first.
fn once(lines: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in lines {
        if !all.contains(line) {
            all.push(line.clone());
        }
    }
    all
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
        open: false,
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
