//! Whether the methods keep their level: experiments without an effect are drawn over
//! designs, given to the very methods that a table is given to, and counted.

mod draw;
mod method;
mod scenario;
mod survey;

pub use survey::{Cell, Survey, survey};
