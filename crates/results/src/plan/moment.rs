//! A time relative to induction, which may lie before it.

use quantity::{QuantityError, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A time relative to induction: `-20 min` is 20 minutes before it.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Moment {
    minutes: f64,
}

impl Moment {
    /// A time in minutes, before induction negative.
    pub const fn from_min(minutes: f64) -> Self {
        Self { minutes }
    }

    /// Minutes, before induction negative.
    pub const fn min(self) -> f64 {
        self.minutes
    }
}

impl FromStr for Moment {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let after_sign = text.strip_prefix(['-', '\u{2212}', '\u{2013}']);
        let time: Time = after_sign.unwrap_or(text).trim_start().parse()?;
        let sign = if after_sign.is_some() { -1.0 } else { 1.0 };
        Ok(Self { minutes: sign * time.min() })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} min", self.minutes)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_before_induction_is_negative_and_comes_back() {
        for (text, minutes) in [("-20 min", -20.0), ("\u{2212}90 s", -1.5), ("1 h", 60.0), ("- 5 min", -5.0)] {
            let read: Moment = text.parse().expect(text);
            assert_eq!(read.min(), minutes);
            assert_eq!(read.to_string().parse(), Ok(read));
        }
        assert!("--5 min".parse::<Moment>().is_err() && "5".parse::<Moment>().is_err());
    }
}
