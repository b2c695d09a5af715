//! Functions that are too long to be read at once.

use syn::{Block, Signature};

use crate::facts::{Facts, Found};
use crate::ratchet::{self, Findings};
use crate::source::HOUSE;

/// Lines of the longest function that needs no reason.
const LONGEST: usize = 60;

/// Notes a function, from `fn` to its closing brace.
pub fn note(facts: &mut Facts, signature: &Signature, block: &Block) {
    let first = signature.fn_token.span.start().line;
    let last = block.brace_token.span.close().end().line;
    facts.functions.push(Found { what: (signature.ident.to_string(), last + 1 - first), line: first });
}

/// Functions above the limit, by crate.
pub fn long_functions() -> Findings {
    let mut findings = Findings::new();
    for house in HOUSE.iter() {
        for (place, file) in house.files.iter().enumerate() {
            for Found { what: (name, lines), line } in &file.facts.functions {
                if *lines > LONGEST {
                    let shown = format!("{}:{line} `{name}` has {lines} lines", house.shown(place));
                    findings.entry(house.name.clone()).or_default().push(shown);
                }
            }
        }
    }
    findings
}

#[test]
fn functions_are_short() {
    ratchet::hold("long_functions");
}
