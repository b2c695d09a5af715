//! Parameter sets that users write: TOML with `based_on` and `[parameters]`.

use crate::failure::{Failure, guessed};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use synapse::rules::{Rule, RuleError};
use toml::Spanned;

/// The file as it stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UserSet {
    /// Name in the output; the file's own without one.
    name: Option<String>,
    /// The rule that the set is for; checked if given.
    rule: Option<String>,
    /// Published set that gives the parameters left out.
    based_on: Option<String>,
    /// Values in the unit that the name of the parameter ends in.
    parameters: BTreeMap<String, Spanned<f64>>,
}

/// The file as a kind of file.
const SET: form::FileKind =
    form::FileKind { name: "a parameter set", largest_bytes: 1_000_000, needs: "based_on and [parameters]" };

/// Name and values of the set in a file.
pub fn read(rule: &Rule, path: &Path) -> Result<(String, Vec<f64>), Failure> {
    let shown = form::shown(path);
    let text = form::read_text(path, SET)?;
    let set: UserSet = toml::from_str(&text).map_err(|fault| Failure::faulty_input(format!("{shown}: {fault}")))?;
    if let Some(named) = set.rule.as_ref().filter(|named| *named != rule.name) {
        return Err(Failure::faulty_input(format!("{shown}: the set is for {named}, not for {}", rule.name)));
    }
    if rule.parameters.is_empty() {
        return Err(Failure::faulty_input(format!(
            "{} takes no set of its own: it runs with the parameters of the synapse",
            rule.name
        )));
    }
    let values: Vec<(String, f64)> =
        set.parameters.iter().map(|(name, value)| (name.clone(), *value.get_ref())).collect();
    let found = rule.custom(set.based_on.as_deref(), &values).map_err(|error| {
        let culprit = match &error {
            RuleError::UnknownParameter { asked, .. } => Some(asked.as_str()),
            RuleError::OutOfRange { parameter, .. } => Some(*parameter),
            _ => None,
        };
        let line = culprit
            .and_then(|name| set.parameters.get(name))
            .map(|value| format!(", line {}", 1 + text[..value.span().start].matches('\n').count()))
            .unwrap_or_default();
        Failure::faulty_input(format!("{shown}{line}: {}", guessed(&error)))
    })?;
    let file_name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Ok((set.name.or(file_name).unwrap_or_default(), found))
}
