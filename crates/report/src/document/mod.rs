//! A page as blocks without a format, and its two formats: HTML and Markdown.
//! Whoever writes a section knows the blocks; only this room knows the formats.

pub(crate) mod document;
pub(crate) mod escape;
pub(crate) mod figure;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod policy;
pub(crate) mod table;
pub(crate) mod templates;
