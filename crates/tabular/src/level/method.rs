//! The methods that are watched: one entry each.

use crate::choice::Choice;
use crate::level::draw::EC50;
use crate::level::scenario::Kind;
use crate::outcome::Row;
use crate::question::{Method, Question, Unit, Variances};
use statistics::DfMethod;

/// A method as a person would ask for it, the row of its answer that is judged, and
/// what is true of it.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) question: fn() -> Question,
    /// Whether a row is the one that is judged: the first that is.
    pub(crate) row: fn(&Row) -> bool,
    pub(crate) truth: f64,
}

fn first(_: &Row) -> bool {
    true
}

fn usual() -> Question {
    Question::new(Method::Mixed)
}

fn stated(df: DfMethod) -> Question {
    Question { df, variances: Some(Variances::Equal), stated: vec![Choice::Df], ..usual() }
}

fn in_time() -> Question {
    Question { within: Some("time".to_owned()), ..usual() }
}

fn interaction(row: &Row) -> bool {
    row.term.contains(" x ")
}

/// All of them, the usual method of each design first.
pub(crate) const ALL: [Entry; 13] = [
    Entry { name: "mixed (usual)", kind: Kind::Between, question: usual, row: first, truth: 0.0 },
    Entry {
        name: "mixed --variances equal --df kenward-roger",
        kind: Kind::Between,
        question: || stated(DfMethod::KenwardRoger),
        row: first,
        truth: 0.0,
    },
    Entry {
        name: "welch (means of animals)",
        kind: Kind::Between,
        question: || Question { unit: Some(Unit::Animal), ..Question::new(Method::Welch) },
        row: first,
        truth: 0.0,
    },
    Entry {
        name: "mann-whitney (means of animals)",
        kind: Kind::Between,
        question: || Question { unit: Some(Unit::Animal), ..Question::new(Method::MannWhitney) },
        row: |row| row.p.is_some(),
        truth: f64::NAN,
    },
    Entry {
        name: "bootstrap (means of animals)",
        kind: Kind::Between,
        question: || Question { resamples: 1000, ..Question::new(Method::Bootstrap) },
        row: first,
        truth: 0.0,
    },
    Entry { name: "mixed (usual)", kind: Kind::Within, question: usual, row: first, truth: 0.0 },
    Entry {
        name: "mixed --random animal",
        kind: Kind::Within,
        question: || Question { random: "animal".parse().ok(), ..usual() },
        row: first,
        truth: 0.0,
    },
    Entry {
        name: "paired (means of animals)",
        kind: Kind::Within,
        question: || Question::new(Method::Paired),
        row: first,
        truth: 0.0,
    },
    Entry {
        name: "mixed --within time (usual)",
        kind: Kind::Course,
        question: in_time,
        row: interaction,
        truth: f64::NAN,
    },
    Entry {
        name: "mixed --within time --random animal",
        kind: Kind::Course,
        question: || Question { random: "animal".parse().ok(), ..in_time() },
        row: interaction,
        truth: f64::NAN,
    },
    Entry {
        name: "mixed --within time --autoregression",
        kind: Kind::Course,
        question: || Question { autoregression: true, ..in_time() },
        row: interaction,
        truth: f64::NAN,
    },
    Entry {
        name: "rm-anova --within time (Greenhouse-Geisser)",
        kind: Kind::Course,
        question: || Question { within: Some("time".to_owned()), ..Question::new(Method::RmAnova) },
        row: interaction,
        truth: f64::NAN,
    },
    Entry {
        name: "dose-response, EC50",
        kind: Kind::Dose,
        question: || Question::new(Method::DoseResponse),
        row: |row| row.term == "ec50",
        truth: EC50,
    },
];
