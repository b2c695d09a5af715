//! Filling templates.

use crate::error::ReportError;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

/// The style sheet of every page.
pub(crate) const STYLE: &str = include_str!("../../templates/page.css");

/// Fills the HTML `template` with `values`, escaped.
pub(crate) fn fill(name: &'static str, template: &'static str, values: &Value) -> Result<String, ReportError> {
    let fault = |error: minijinja::Error| ReportError::Template(format!("{error:#}"));
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(fault)?;
    environment.set_syntax(syntax);
    environment.add_template(name, template).map_err(fault)?;
    environment.get_template(name).map_err(fault)?.render(values).map_err(fault)
}
