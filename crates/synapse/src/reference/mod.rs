//! Complete published models, kept whole: proof that the numerics carry a stiff
//! model from the first pulse to the last number of its paper.

pub mod narayanan_johnston_2010;
