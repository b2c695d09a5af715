//! What all quantity types share: text, serialisation and checks.

/// Defines a quantity: a number in the unit of storage of its dimension.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $dimension:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            /// Returns `self` if text could have given it: finite, and not below
            /// the smallest value that can exist.
            ///
            /// # Errors
            /// The error of reading the number from text.
            pub fn checked(self) -> Result<Self, $crate::QuantityError> {
                let possible = $dimension.minimum().is_none_or(|(minimum, _)| self.0 >= minimum)
                    && $dimension.maximum().is_none_or(|(maximum, _)| self.0 <= maximum);
                if self.0.is_finite() && possible { Ok(self) } else { self.to_string().parse() }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&$crate::text::print(self.0, $dimension))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::QuantityError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::text::read(text, $dimension).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let sound = self.checked().map_err(serde::ser::Error::custom)?;
                serializer.collect_str(&sound)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let visitor = $crate::define::TextVisitor { dimension: $dimension };
                deserializer.deserialize_any(visitor).map(Self)
            }
        }
    };
}

pub(crate) use quantity;

use crate::dimension::Dimension;
use crate::text;
use serde::de::{Error, Visitor};
use std::fmt;

/// Reads a quantity from a string and refuses bare numbers with a remedy.
pub(crate) struct TextVisitor {
    pub(crate) dimension: Dimension,
}

impl TextVisitor {
    /// A bare number is read as text, which fails for want of a unit or for
    /// what is wrong with the number itself.
    fn refuse<E: Error>(&self, number: &str) -> Result<f64, E> {
        self.visit_text(number)
    }

    fn visit_text<E: Error>(&self, written: &str) -> Result<f64, E> {
        text::read(written, self.dimension).map_err(E::custom)
    }
}

impl Visitor<'_> for TextVisitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, example) = (self.dimension.name(), self.dimension.example());
        write!(f, "{name} with its unit as text, for instance \"{example}\"")
    }

    fn visit_str<E: Error>(self, written: &str) -> Result<f64, E> {
        self.visit_text(written)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<f64, E> {
        self.refuse(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<f64, E> {
        self.refuse(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<f64, E> {
        self.refuse(&number.to_string())
    }
}
