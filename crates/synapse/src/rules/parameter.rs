//! Parameters of rules: a name with unit, range and meaning, and the sets of
//! values that were published.

use crate::rules::error::RuleError;
use evidence::Evidence;

/// One parameter of a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleParameter {
    /// Name, ending in its unit.
    pub name: &'static str,
    /// Unit; `1` for numbers without one.
    pub unit: &'static str,
    /// Lowest accepted value.
    pub low: f64,
    /// Highest accepted value.
    pub high: f64,
    /// What it is.
    pub meaning: &'static str,
}

/// A published set of values.
#[derive(Clone, Copy, Debug)]
pub struct NamedSet {
    /// Name used on the command line.
    pub name: &'static str,
    /// What the set was fitted to.
    pub title: &'static str,
    /// Author, year, place: of every value of the set.
    pub source: &'static str,
    /// How sure the values are.
    pub evidence: Evidence,
    /// The values in the order of the parameters of the rule.
    pub values: fn() -> Vec<f64>,
}

/// Completes and checks values that a user names, on top of `base` (or nothing).
///
/// # Errors
/// Unknown names, values outside their range, and parameters without a value.
pub(crate) fn completed(
    rule: &'static str,
    specs: &'static [RuleParameter],
    base: Option<Vec<f64>>,
    named: &[(String, f64)],
) -> Result<Vec<f64>, RuleError> {
    let mut values: Vec<Option<f64>> = match base {
        Some(values) => values.into_iter().map(Some).collect(),
        None => vec![None; specs.len()],
    };
    for (name, value) in named {
        let Some(place) = specs.iter().position(|spec| spec.name == name) else {
            return Err(RuleError::UnknownParameter {
                rule,
                asked: name.clone(),
                known: specs.iter().map(|spec| spec.name.to_owned()).collect(),
            });
        };
        let spec = &specs[place];
        if !(spec.low..=spec.high).contains(value) {
            return Err(RuleError::OutOfRange {
                rule,
                parameter: spec.name,
                value: *value,
                low: spec.low,
                high: spec.high,
                unit: spec.unit,
            });
        }
        values[place] = Some(*value);
    }
    let missing: Vec<String> =
        specs.iter().zip(&values).filter(|(_, value)| value.is_none()).map(|(spec, _)| spec.name.to_owned()).collect();
    if missing.is_empty() {
        Ok(values.into_iter().flatten().collect())
    } else {
        Err(RuleError::MissingParameter { rule, missing })
    }
}

/// Declares the parameters of a rule: a struct with one field each, and its table.
macro_rules! rule_parameters {
    ($(#[$about:meta])* $name:ident { $(
        $field:ident $unit:literal in $low:literal..$high:literal, $meaning:literal;
    )* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            $( #[doc = concat!($meaning, ". Unit: ", $unit, ".")] pub $field: f64, )*
        }

        impl $name {
            /// Name, unit, range and meaning of every parameter, in order.
            pub const TABLE: &'static [$crate::rules::RuleParameter] = &[
                $( $crate::rules::RuleParameter {
                    name: stringify!($field), unit: $unit, low: $low, high: $high, meaning: $meaning,
                }, )*
            ];

            /// The values in the order of [`Self::TABLE`].
            pub fn values(&self) -> Vec<f64> {
                vec![$( self.$field, )*]
            }

            /// Parameters from values in the order of [`Self::TABLE`]; values that
            /// are absent are not numbers.
            pub fn from_values(values: &[f64]) -> Self {
                let mut values = values.iter().copied();
                Self { $( $field: values.next().unwrap_or(f64::NAN), )* }
            }
        }
    };
}
pub(crate) use rule_parameters;
