//! Where the uncertain parameters lie.

pub(crate) mod space;

pub(crate) use space::Space;
