//! What can be wrong with the numbers that a caller hands in.

/// A refusal, with the faulty value, row or column named.
///
/// A test on impossible data (one value, no variance, a missing value) never
/// yields a number here: it yields one of these.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StatisticsError {
    /// Fewer values (groups, clusters …) than the method needs.
    #[error("{what}: {found} given, at least {needed} needed")]
    TooFew {
        /// What was counted, e.g. "values of the first sample".
        what: String,
        /// How many there are.
        found: usize,
        /// How many the method needs.
        needed: usize,
    },
    /// A value is NaN or infinite.
    #[error("{what}: value {} is {value}, not a finite number", index + 1)]
    NotFinite {
        /// Which vector or column.
        what: String,
        /// Position in that vector, counted from 0.
        index: usize,
        /// The value as text ("NaN", "inf").
        value: String,
    },
    /// All values are equal (to rounding), so no standard error exists.
    #[error("{what}: the values are constant, so no standard error exists")]
    ZeroVariance {
        /// Which sample.
        what: String,
    },
    /// A parameter lies outside its range.
    #[error("{what} is {}, {}", plainly(*value), range_words(*low, *high))]
    OutOfRange {
        /// The parameter.
        what: String,
        /// Its value.
        value: f64,
        /// Lower limit.
        low: f64,
        /// Upper limit.
        high: f64,
    },
    /// Two vectors that belong together differ in length.
    #[error("{what}: {found} values where {expected} are expected")]
    LengthMismatch {
        /// Which vector.
        what: String,
        /// The length it should have.
        expected: usize,
        /// The length it has.
        found: usize,
    },
    /// A factor has one level only, so nothing can be compared.
    #[error("{what} has one level only; a comparison needs at least two")]
    OneLevel {
        /// Which factor.
        what: String,
    },
    /// A group, level or cluster has no observation.
    #[error("{what}: level {level} has no observation")]
    EmptyLevel {
        /// Which factor.
        what: String,
        /// The level, counted from 0.
        level: usize,
    },
    /// A cluster belongs to two groups where the design forbids it.
    #[error("cluster {cluster} belongs to groups {first} and {second}; this design allows one group per cluster")]
    ClusterInTwoGroups {
        /// The cluster, counted from 0.
        cluster: usize,
        /// The group met first.
        first: usize,
        /// The group met later.
        second: usize,
    },
    /// A column of the design is a combination of the columns before it.
    #[error("column {column} (\"{name}\") of the design is a linear combination of earlier columns")]
    RankDeficient {
        /// The column, counted from 0.
        column: usize,
        /// Its name.
        name: String,
    },
    /// Every cluster holds one observation: cluster and residual variance cannot be told apart.
    #[error(
        "every cluster holds one observation, so cluster and residual variance cannot be separated; use a test on the observations themselves"
    )]
    ClustersOfOne,
    /// An iteration did not reach its tolerance.
    #[error("{what} did not converge in {iterations} iterations")]
    NotConverged {
        /// The iteration.
        what: String,
        /// Iterations done.
        iterations: usize,
    },
    /// A fault of one group, point or subject among several.
    #[error("{} {}: {problem}", part.word(), index + 1)]
    Of {
        /// What it is a fault of.
        part: Part,
        /// Which of them, counted from 0.
        index: usize,
        /// The fault.
        problem: Box<StatisticsError>,
    },
    /// The quantity does not exist for these data.
    #[error("{what} is undefined here: {why}")]
    Undefined {
        /// The quantity.
        what: String,
        /// The reason.
        why: String,
    },
}

/// What a fault may be a fault of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A group.
    Group,
    /// A point of a course.
    Point,
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Part::Group => "group",
            Part::Point => "point",
        }
    }
}

impl StatisticsError {
    /// This fault as one of the part with that place, counted from 0.
    pub(crate) fn of(self, part: Part, index: usize) -> StatisticsError {
        StatisticsError::Of { part, index, problem: Box::new(self) }
    }
}

/// A number without the 300 digits of the largest ones.
fn plainly(value: f64) -> String {
    if value != 0.0 && !(1e-4..1e7).contains(&value.abs()) { format!("{value:e}") } else { value.to_string() }
}

/// The range that a parameter has to keep; limits that mean none are not named.
fn range_words(low: f64, high: f64) -> String {
    let above_zero = low > 0.0 && low <= 1e-300;
    let (from, to) = (low <= -1e300, high >= 1e300);
    match (from, to) {
        (true, true) => "not a usable number".to_owned(),
        (true, false) => format!("but must be at most {}", plainly(high)),
        (false, true) if above_zero => "but must be above 0".to_owned(),
        (false, true) => format!("but must be at least {}", plainly(low)),
        (false, false) if above_zero && high < 1.0 && 1.0 - high < 1e-15 => "but must be between 0 and 1".to_owned(),
        (false, false) if above_zero => format!("but must be above 0 and at most {}", plainly(high)),
        (false, false) => format!("but must lie between {} and {}", plainly(low), plainly(high)),
    }
}

/// Refuses the first value that is not finite.
///
/// # Errors
/// [`StatisticsError::NotFinite`] with the position of that value.
pub(crate) fn require_finite(what: &str, values: &[f64]) -> Result<(), StatisticsError> {
    match values.iter().position(|v| !v.is_finite()) {
        Some(index) => {
            Err(StatisticsError::NotFinite { what: what.to_owned(), index, value: values[index].to_string() })
        }
        None => Ok(()),
    }
}

/// Refuses a confidence level or probability outside the open interval (0, 1).
///
/// # Errors
/// [`StatisticsError::OutOfRange`], also for NaN.
pub(crate) fn require_open_unit(what: &str, value: f64) -> Result<(), StatisticsError> {
    require_range(what, value, f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0)
}

/// Refuses a value outside the closed interval `low … high`.
///
/// # Errors
/// [`StatisticsError::OutOfRange`], also for NaN.
pub(crate) fn require_range(what: &str, value: f64, low: f64, high: f64) -> Result<(), StatisticsError> {
    if value >= low && value <= high {
        Ok(())
    } else {
        Err(StatisticsError::OutOfRange { what: what.to_owned(), value, low, high })
    }
}

/// Refuses fewer than `needed` of something.
///
/// # Errors
/// [`StatisticsError::TooFew`].
pub(crate) fn require_count(what: &str, found: usize, needed: usize) -> Result<(), StatisticsError> {
    if found >= needed { Ok(()) } else { Err(StatisticsError::TooFew { what: what.to_owned(), found, needed }) }
}
