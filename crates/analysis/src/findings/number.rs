//! Numbers in JSON without loss: JSON knows neither NaN nor infinity, so NaN
//! becomes `null` and the infinities the texts `"infinity"` and `"-infinity"`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const INFINITY: &str = "infinity";
const NEGATIVE_INFINITY: &str = "-infinity";

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Number(f64),
    Word(String),
    Missing(()),
}

impl From<f64> for Stored {
    fn from(value: f64) -> Self {
        if value.is_finite() {
            Self::Number(value)
        } else if value.is_nan() {
            Self::Missing(())
        } else {
            Self::Word(if value > 0.0 { INFINITY } else { NEGATIVE_INFINITY }.to_owned())
        }
    }
}

impl Stored {
    fn value<E: serde::de::Error>(self) -> Result<f64, E> {
        match self {
            Self::Number(value) => Ok(value),
            Self::Missing(()) => Ok(f64::NAN),
            Self::Word(word) if word == INFINITY => Ok(f64::INFINITY),
            Self::Word(word) if word == NEGATIVE_INFINITY => Ok(f64::NEG_INFINITY),
            Self::Word(word) => Err(E::custom(format!("`{word}` is no number"))),
        }
    }
}

/// For `#[serde(with = "number")]` on an `f64`.
pub(crate) fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    Stored::from(*value).serialize(serializer)
}

/// For `#[serde(with = "number")]` on an `f64`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Stored::deserialize(deserializer)?.value()
}

/// For `#[serde(with = "number::list")]` on a `Vec<f64>`.
pub(crate) mod list {
    use super::{Deserialize, Deserializer, Serialize, Serializer, Stored};

    pub(crate) fn serialize<S: Serializer>(values: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
        values.iter().map(|v| Stored::from(*v)).collect::<Vec<_>>().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
        Vec::<Stored>::deserialize(deserializer)?.into_iter().map(Stored::value).collect()
    }
}
