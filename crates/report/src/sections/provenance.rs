//! Where the page comes from: program, commit, seed and hashes.

use crate::document::document::{Block, Section, Term};
use crate::figures::scene::Scene;
use results::Manifest;

/// What is needed to make the page again.
pub(crate) fn section(scene: &Scene) -> Option<Section> {
    let sources = scene.sources;
    let manifest = &sources.manifest;
    let code = |name, value: String| Term { name, value, code: true };
    let mut terms = vec![
        Term { name: "Program", value: manifest.program.clone(), code: false },
        code("Commit", commit(manifest).to_owned()),
    ];
    if sources.findings.simulated {
        terms.push(code("Seed", manifest.seed.to_string()));
    }
    terms.push(code("Input, SHA-256", manifest.input_sha256.clone()));
    terms.push(code("manifest.toml, SHA-256", sources.hashes[0].clone()));
    terms.push(code("findings.json, SHA-256", sources.hashes[1].clone()));
    Some(Section::new("provenance", "Provenance", vec![Block::Terms(terms)]))
}

/// Commit of the program, `unknown` if it was built outside a repository.
pub(crate) fn commit(manifest: &Manifest) -> &str {
    if manifest.commit.is_empty() { "unknown" } else { &manifest.commit }
}
