//! Complete published models, kept whole: proof that the numerics carry a stiff
//! model from the first pulse to the last number of its paper.

pub mod b1;
pub mod narayanan_johnston_2010;
pub mod volume_conductor;
