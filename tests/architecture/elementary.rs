//! Elementary functions give the same bits on every processor.
//!
//! `f64::exp` and its like call the mathematics of the system, which computes with or
//! without fused steps, whatever the processor offers; the last digits of results then
//! depend on the machine. The package `libm` is compiled once for all.

use syn::ExprMethodCall;

use crate::facts::{Facts, Found};
use crate::source::{Crate, HOUSE};

/// Functions of `f64` that the standard library leaves to the system. `sqrt`, `mul_add`
/// and `powi` are rounded as the program says.
const OF_THE_SYSTEM: [&str; 22] = [
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp", "exp2", "exp_m1",
    "hypot", "ln", "ln_1p", "log10", "log2", "powf", "sin_cos", "sinh", "tanh",
];
/// As short names are common elsewhere, these count only if they are called without argument.
const WITHOUT_ARGUMENT: [&str; 3] = ["cos", "sin", "tan"];
/// A file whose numbers have functions of their own under the same names.
const OWN_FUNCTIONS: [&str; 1] = ["kernel/lanes.rs"];

fn is_of_the_system(name: &str) -> bool {
    OF_THE_SYSTEM.contains(&name) || WITHOUT_ARGUMENT.contains(&name)
}

/// Notes a call such as `x.exp()`.
pub fn note(facts: &mut Facts, call: &ExprMethodCall) {
    let name = call.method.to_string();
    if is_of_the_system(&name) && (call.args.is_empty() || !WITHOUT_ARGUMENT.contains(&name.as_str())) {
        facts.elementary.push(Found { what: name, line: call.method.span().start().line });
    }
}

/// Every use in a crate, as a path (`f64::exp`) or as a call.
fn uses(house: &Crate) -> Vec<String> {
    let mut found = Vec::new();
    for (place, file) in house.files.iter().enumerate() {
        let paths = file.facts.long_paths.iter().filter_map(|path| match path.what.as_slice() {
            [.., kind, name] if (kind == "f64" || kind == "f32") && is_of_the_system(name) => Some((name, path.line)),
            _ => None,
        });
        let calls = file.facts.elementary.iter().filter(|_| !OWN_FUNCTIONS.contains(&file.path.as_str()));
        for (name, line) in paths.chain(calls.map(|call| (&call.what, call.line))) {
            found.push(format!("{}:{line} `{name}`", house.shown(place)));
        }
    }
    found
}

#[test]
fn elementary_functions_come_from_libm() {
    let found: Vec<String> = HOUSE.iter().flat_map(uses).collect();
    assert!(found.is_empty(), "write libm::exp(x), libm::log(x) …:\n{}", found.join("\n"));
}

#[test]
fn a_call_of_the_system_is_seen() {
    let mut facts = Facts::default();
    for (text, seen) in
        [("x.exp()", 1), ("(a + b).powf(c)", 2), ("x.sqrt()", 2), ("angle.sin()", 3), ("page.tan(4)", 3)]
    {
        let Ok(syn::Expr::MethodCall(call)) = syn::parse_str(text) else { panic!("{text} is a call") };
        note(&mut facts, &call);
        assert_eq!(facts.elementary.len(), seen, "{text}");
    }
}
