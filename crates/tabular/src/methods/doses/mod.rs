//! Curves over doses: of one substance or several, of antagonists and modulators, of
//! pairs of substances.

pub(crate) mod curves;
pub(crate) mod dose;
pub(crate) mod dose_nested;
pub(crate) mod receptor;
pub(crate) mod synergy;
