//! Tests and estimates on a table of one's own: which columns are what, what
//! counts as one independent unit, which method.
//!
//! A table goes in with a question, an answer comes out: numbers for programs
//! ([`Answer::json`]), a page with a sentence for a paper ([`Answer::text`]).
//! The arithmetic is that of `statistics`; here stands what a table has to hold
//! before it may be asked, and what a reader has to know about the answer.
//!
//! ```
//! use recording::table::Table;
//! use tabular::{Method, Question, answer};
//!
//! let csv = b"animal,group,response\n1,drug,140\n2,drug,150\n3,control,110\n4,control,118\n";
//! let table = Table::from_csv(csv)?;
//! let question = Question { reference: Some("control".to_owned()), ..Question::new(Method::Welch) };
//! let answer = answer(&table, &question)?;
//! assert_eq!(answer.outcome.rows[0].estimate, Some(31.0));
//! assert_eq!(answer.unit, "animal");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod apa;
mod applies;
mod choice;
mod covariate;
mod fault;
pub mod level;
mod methods;
mod mixed;
mod outcome;
mod page;
mod question;
mod random;
mod surprise;
mod table;
mod words;

pub use answer::{Answer, answer};
pub use choice::Choice;
pub use fault::Fault;
pub use outcome::{Kind, Outcome, Row, SCHEMA};
pub use question::{Design, Likelihood, Method, Question, Unit, Variances};
pub use random::Random;
pub use statistics::covariate::Slopes;
