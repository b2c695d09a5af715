//! Physical quantities with units: text, number and type.
//!
//! Every type holds one `f64` in a fixed unit and reads and prints text such as
//! `3 µM`, `100 Hz`, `20 min`, `-70 mV` or `40 %`. A number without a unit, a
//! unit of another dimension, a number that is not finite and a value that
//! cannot exist (a negative concentration) are [`QuantityError`]s that point at
//! the faulty bytes.
//!
//! Reading is exact: a decimal prefix shifts the decimal exponent of the text
//! before it becomes a float, so `300 nM` and `0.3 µM` are the same number.
//! Printing is its inverse: `text.parse()` returns the printed value bit by bit.
//!
//! The constructors (`from_um`, `from_s`, …) take numbers of the program and
//! check nothing; text from a user goes through [`str::parse`]. Use
//! [`Time::checked`] and its siblings for computed numbers that may be invalid.

mod count;
mod define;
mod dimension;
mod error;
mod number;
mod pattern;
mod text;
mod types;
mod unit;

pub use count::{counted, plural};
pub use error::{Fault, QuantityError};
pub use types::{
    Age, Concentration, Conductance, Current, Fraction, Frequency, Length, Slope, Temperature, Time, Voltage,
};
