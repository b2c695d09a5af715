//! What is printed, and how it is laid out: colours, the width of the terminal, tables,
//! typography, and the line that says how far the work is.

mod clean;
mod lay;
mod look;
mod pace;
mod print;
pub mod status;
mod table;

pub use look::{Colour, Look, choose};
pub use print::{complain, complain_in_colours, document, page, paint, print, print_json, tell};
pub use table::{columns, headed, rows};
