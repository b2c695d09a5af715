//! Seeds in TOML, whose integers end at 2^63 − 1: larger ones are text. For
//! `#[serde(with = "recording::seed")]`.

use serde::{Deserialize, Deserializer, Serializer, de};

/// Writes a seed.
///
/// # Errors
/// Those of the serialiser.
pub fn serialize<S: Serializer>(seed: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    match i64::try_from(*seed) {
        Ok(small) => serializer.serialize_i64(small),
        Err(_) => serializer.collect_str(seed),
    }
}

/// Reads a seed.
///
/// # Errors
/// Anything but a whole number from 0 to 2^64 − 1, as a number or as text.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a seed from 0 to 18446744073709551615")]
    enum Written {
        Number(u64),
        Text(String),
    }
    match Written::deserialize(deserializer)? {
        Written::Number(seed) => Ok(seed),
        Written::Text(text) => text
            .parse()
            .map_err(|_| de::Error::custom(format!("\"{text}\" is no seed: expected 0 to 18446744073709551615"))),
    }
}
