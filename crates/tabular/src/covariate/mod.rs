//! Responses beside a covariate: straight lines of groups, or a saturating curve where
//! `--shape` states one.

mod lines;
mod read;
mod rows;
mod saturating;

pub(crate) use lines::covariate;
