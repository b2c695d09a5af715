//! The figures of outcomes beside the primary one.

mod draw;

pub use draw::draw;
