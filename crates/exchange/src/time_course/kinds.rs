//! The time course of one recording, and how its values are scaled.

/// How the values of a table are scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Measured values in a unit.
    Raw,
    /// Parts of the baseline, which is about 1.
    Ratio,
    /// Per cent of the baseline, which is about 100.
    Percent,
    /// Change against the baseline in per cent: its mean is about 0, with values of both signs.
    Change,
}

/// Values of one recording at the times of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeCourse {
    /// Title of the column, without its unit.
    pub name: String,
    /// Unit, if the title states one.
    pub unit: Option<String>,
    /// Animal, if a column of the table names it.
    pub animal: Option<String>,
    /// Values; `None` where the recording has none.
    pub values: Vec<Option<f64>>,
}
