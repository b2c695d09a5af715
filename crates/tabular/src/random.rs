//! Random effects as they are stated: "animal, animal:condition, animal:slice".

use std::fmt;
use std::str::FromStr;

/// Random effects that were asked for: each term one column, or several crossed ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random {
    /// Columns of each term; `animal` and `slice` are the columns that name them.
    pub terms: Vec<Vec<String>>,
}

impl FromStr for Random {
    type Err = String;

    /// Terms between commas, columns of a term between colons; `animal-slice` stands
    /// for `animal, animal:slice`.
    fn from_str(text: &str) -> Result<Random, String> {
        if text.trim() == "animal-slice" {
            return "animal, animal:slice".parse();
        }
        let terms: Vec<Vec<String>> =
            text.split(',').map(|term| term.split(':').map(|column| column.trim().to_owned()).collect()).collect();
        if terms.iter().flatten().any(String::is_empty) {
            return Err(String::from(
                "expected terms between commas, columns of a term between colons: \"animal, animal:condition\"",
            ));
        }
        for (index, term) in terms.iter().enumerate() {
            if terms[..index].contains(term) {
                return Err(format!("the term {} stands twice", term.join(":")));
            }
        }
        Ok(Random { terms })
    }
}

impl fmt::Display for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms: Vec<String> = self.terms.iter().map(|term| term.join(":")).collect();
        f.write_str(&terms.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read_as_written() {
        let random: Random = "animal, animal:condition,animal : slice".parse().unwrap();
        assert_eq!(random.to_string(), "animal, animal:condition, animal:slice");
        assert_eq!("animal-slice".parse::<Random>().unwrap().to_string(), "animal, animal:slice");
        for wrong in ["", "animal,", "animal::slice", "animal, animal"] {
            assert!(wrong.parse::<Random>().is_err(), "{wrong}");
        }
    }
}
