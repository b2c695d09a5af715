//! Remarks are told apart by their kind; nothing searches their words.

use syn::visit::{self, Visit};
use syn::{Expr, ExprForLoop, ExprMethodCall, Member, Pat};

use crate::facts::Found;
use crate::ratchet::{self, Findings};
use crate::reader::Reader;
use crate::source::HOUSE;

/// Methods that search a text.
const SEARCHES: [&str; 3] = ["contains", "starts_with", "ends_with"];
/// Names of a remark or of its words.
const ONE: [&str; 4] = ["remark", "warning", "note", "subject"];
/// Names of several.
const SEVERAL: [&str; 4] = ["remarks", "warnings", "notes", "subjects"];

/// Notes a search, and follows closures over several remarks.
pub fn method_call(reader: &mut Reader<'_>, call: &ExprMethodCall) {
    let method = call.method.to_string();
    if SEARCHES.contains(&method.as_str())
        && let Some(name) = remark(reader, &call.receiver)
    {
        let line = call.method.span().start().line;
        reader.facts().searches.push(Found { what: format!("{name}.{method}"), line });
    }
    let over_several = last_name(&call.receiver).is_some_and(|name| SEVERAL.contains(&name.as_str()));
    let before = reader.locals.len();
    if over_several {
        for argument in &call.args {
            if let Expr::Closure(closure) = argument {
                closure.inputs.iter().for_each(|pattern| bind(reader, pattern));
            }
        }
    }
    visit::visit_expr_method_call(reader, call);
    reader.locals.truncate(before);
}

/// Follows a loop over several remarks.
pub fn for_loop(reader: &mut Reader<'_>, the_loop: &ExprForLoop) {
    reader.visit_expr(&the_loop.expr);
    let before = reader.locals.len();
    if last_name(&the_loop.expr).is_some_and(|name| SEVERAL.contains(&name.as_str())) {
        bind(reader, &the_loop.pat);
    }
    reader.visit_pat(&the_loop.pat);
    reader.visit_block(&the_loop.body);
    reader.locals.truncate(before);
}

/// The variables of a pattern stand for remarks from here on.
fn bind(reader: &mut Reader<'_>, pattern: &Pat) {
    match pattern {
        Pat::Ident(pattern) => reader.locals.push(pattern.ident.to_string()),
        Pat::Reference(pattern) => bind(reader, &pattern.pat),
        Pat::Tuple(pattern) => pattern.elems.iter().for_each(|pattern| bind(reader, pattern)),
        Pat::Type(pattern) => bind(reader, &pattern.pat),
        _ => {}
    }
}

/// The name of an expression that holds the words of a remark.
fn remark(reader: &Reader<'_>, expression: &Expr) -> Option<String> {
    let is_one = |name: &str| ONE.contains(&name) || reader.locals.iter().any(|local| local == name);
    let name = last_name(expression)?;
    if is_one(&name) {
        return Some(name);
    }
    // The field of a remark: `remark.text`.
    let Expr::Field(field) = bare(expression) else { return None };
    let owner = last_name(&field.base)?;
    (name == "text" && is_one(&owner)).then(|| format!("{owner}.text"))
}

/// Without references, parentheses and calls that hand the same words on.
fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Reference(inner) => bare(&inner.expr),
        Expr::Paren(inner) => bare(&inner.expr),
        Expr::Unary(inner) => bare(&inner.expr),
        Expr::Try(inner) => bare(&inner.expr),
        Expr::Index(inner) => bare(&inner.expr),
        Expr::MethodCall(call) => bare(&call.receiver),
        other => other,
    }
}

/// The last field or variable of an expression.
fn last_name(expression: &Expr) -> Option<String> {
    match bare(expression) {
        Expr::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        Expr::Field(field) => match &field.member {
            Member::Named(name) => Some(name.to_string()),
            Member::Unnamed(_) => last_name(&field.base),
        },
        _ => None,
    }
}

/// Searches in remarks, by crate.
pub fn searched_remarks() -> Findings {
    let mut findings = Findings::new();
    for house in HOUSE.iter() {
        for (place, file) in house.files.iter().enumerate() {
            for Found { what, line } in &file.facts.searches {
                let shown = format!("{}:{line} `{what}`", house.shown(place));
                findings.entry(house.name.clone()).or_default().push(shown);
            }
        }
    }
    findings
}

#[test]
fn nothing_searches_the_words_of_a_remark() {
    ratchet::hold("searched_remarks");
}
