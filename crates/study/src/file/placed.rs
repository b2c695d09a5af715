//! Values with their places, as the parts of a study file keep them.

use form::At;
use toml::Spanned;

/// A value with its place.
pub(super) fn placed<T>(at: At<T>) -> Spanned<T> {
    Spanned::new(at.span, at.value)
}
