//! A page as blocks without a format, and its two formats: HTML and Markdown.

pub(crate) mod figure;
pub(crate) mod table;
pub(crate) mod templates;
