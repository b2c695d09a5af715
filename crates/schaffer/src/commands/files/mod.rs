//! Files for people, editors and shells: scaffolds, schemas, manual pages, completions.

pub mod glossary;
pub mod new;
pub mod schema;
pub mod shell;
