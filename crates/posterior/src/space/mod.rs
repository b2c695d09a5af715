//! Where the uncertain parameters lie.

pub(crate) mod space;

pub use space::Space;
