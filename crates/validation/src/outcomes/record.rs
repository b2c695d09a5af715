//! Published outcomes as records: `data/*.toml`, and files of a user's folder.

use crate::error::ValidationError;
use evidence::Evidence;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// What a record may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Parameters were set on it.
    Calibration,
    /// Kept aside: no parameter was set on it.
    Validation,
}

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Change of the fEPSP slope in the outcome window, %.
    #[default]
    Potentiation,
    /// Second over first fEPSP slope of the pulses of the induction.
    PairedPulseRatio,
}

impl Quantity {
    /// Unit in which it is printed.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Potentiation => "%",
            Self::PairedPulseRatio => "",
        }
    }
}

/// One group of slices.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arm {
    /// Name, unique in the record.
    pub name: String,
    /// `[preparation]` of the experiment file.
    #[serde(default, skip_serializing_if = "toml::Table::is_empty")]
    pub preparation: toml::Table,
    /// `[protocol]` of the experiment file.
    pub protocol: toml::Table,
    /// `bath` of the condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bath: Vec<toml::Table>,
    /// `changes` of `[synapse]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<toml::Table>,
    /// `late_phase` of `[synapse]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_phase: Option<String>,
    /// Outcome window after induction; 50 to 60 min unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<[String; 2]>,
}

/// What the publication reports; one form per entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The arm, for a value or a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arm: Option<String>,
    /// Published mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Its standard error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sem: Option<f64>,
    /// Accepted distance from the mean; without it twice the joint standard error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
    /// Lower end of the range reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// Upper end of the range reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Arms from the largest outcome to the smallest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<String>>,
    /// Two arms of the same virtual animals: first minus second is above 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<[String; 2]>,
    /// Published size of that difference, points; without it only the direction is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<f64>,
    /// Two pairs of arms: first minus second is larger in the first pair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differences: Option<[[String; 2]; 2]>,
}

/// A published outcome.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Identifier, unique.
    pub id: String,
    /// In words.
    pub title: String,
    /// Calibration or validation.
    pub role: Role,
    /// Author, year, place.
    pub source: String,
    /// How sure the outcome is.
    pub evidence: Evidence,
    /// Species, age, temperature as published.
    #[serde(default)]
    pub preparation: String,
    /// Slices or animals as published; 0 if not visible.
    #[serde(default)]
    pub n: u32,
    /// What to bear in mind.
    #[serde(default)]
    pub note: String,
    /// What is compared.
    #[serde(default)]
    pub quantity: Quantity,
    /// Groups.
    #[serde(rename = "arm")]
    pub arms: Vec<Arm>,
    /// Published results.
    #[serde(rename = "expect")]
    pub expectations: Vec<Expectation>,
    /// File it came from.
    #[serde(skip)]
    pub file: String,
}

/// A file of records.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    outcome: Vec<Spanned<Record>>,
}

/// Files that are built in.
const FILES: [(&str, &str); 5] = [
    ("calibration.toml", include_str!("../../data/calibration.toml")),
    ("validation.toml", include_str!("../../data/validation.toml")),
    ("preparations.toml", include_str!("../../data/preparations.toml")),
    ("signs.toml", include_str!("../../data/signs.toml")),
    ("protocols.toml", include_str!("../../data/protocols.toml")),
];

/// The records that are built in.
///
/// # Errors
/// None in a released program: the tests read every file.
pub fn embedded() -> Result<Vec<Record>, ValidationError> {
    let mut all = Vec::new();
    for (file, text) in FILES {
        all.extend(read(file, text)?);
    }
    Ok(all)
}

/// The built-in records and those of a user's files, given as name and text; a
/// user's record replaces a built-in one with the same identifier.
///
/// # Errors
/// A file that cannot be understood, or an identifier used twice.
pub fn with_folder(files: &[(String, String)]) -> Result<Vec<Record>, ValidationError> {
    let mut all = embedded()?;
    let built_in = all.len();
    for (file, text) in files {
        for record in read(file, text)? {
            match all.iter().position(|other| other.id == record.id) {
                Some(place) if place < built_in => all[place] = record,
                Some(place) => {
                    let what = format!("outcome \"{}\" is already in {}", record.id, all[place].file);
                    return Err(ValidationError::Record { file: file.clone(), what });
                }
                None => all.push(record),
            }
        }
    }
    Ok(all)
}

/// Reads one file of records.
///
/// # Errors
/// The file is not TOML, a key is unknown or missing, an expectation says
/// nothing that can be checked or names no arm.
pub fn read(file: &str, text: &str) -> Result<Vec<Record>, ValidationError> {
    let fault = |what: String| ValidationError::Record { file: file.to_owned(), what };
    let parsed: File = toml::from_str(text).map_err(|error| fault(error.to_string().trim_end().to_owned()))?;
    let mut records: Vec<Record> = Vec::new();
    for entry in parsed.outcome {
        let line = 1 + text[..entry.span().start.min(text.len())].matches('\n').count();
        let mut record = entry.into_inner();
        record.file = file.to_owned();
        check(&record).map_err(|what| fault(format!("line {line}: outcome \"{}\": {what}", record.id)))?;
        if records.iter().any(|other| other.id == record.id) {
            return Err(fault(format!("line {line}: outcome \"{}\" stands twice", record.id)));
        }
        records.push(record);
    }
    Ok(records)
}

/// What a record must hold beyond its keys.
fn check(record: &Record) -> Result<(), String> {
    if record.arms.is_empty() || record.expectations.is_empty() {
        return Err("needs at least one [[outcome.arm]] and one [[outcome.expect]]".to_owned());
    }
    let known = |name: &String| {
        let names: Vec<&str> = record.arms.iter().map(|arm| arm.name.as_str()).collect();
        if names.contains(&name.as_str()) {
            Ok(())
        } else {
            Err(format!("unknown arm \"{name}\"; its arms: {}", names.join(", ")))
        }
    };
    for (place, arm) in record.arms.iter().enumerate() {
        if record.arms[..place].iter().any(|other| other.name == arm.name) {
            return Err(format!("arm \"{}\" stands twice", arm.name));
        }
    }
    for expectation in &record.expectations {
        let Expectation { arm, mean, sem, tolerance, low, high, order, difference, size, differences } = expectation;
        match (arm, order, difference, differences) {
            (Some(arm), None, None, None) => known(arm)?,
            (None, Some(order), None, None) if order.len() >= 2 => order.iter().try_for_each(known)?,
            (None, Some(_), None, None) => return Err("`order` needs two arms or more, the largest first".to_owned()),
            (None, None, Some(pair), None) => pair.iter().try_for_each(known)?,
            (None, None, None, Some(pairs)) => pairs.iter().flatten().try_for_each(known)?,
            _ => return Err("an expectation has one of `arm`, `order`, `difference` and `differences`".to_owned()),
        }
        let ranged = low.is_some() || high.is_some();
        if arm.is_some() && mean.is_some() == ranged {
            return Err("an expectation for an arm has either `mean`, or `low` and `high` or one of them".to_owned());
        }
        if mean.is_some() && sem.is_none() && tolerance.is_none() {
            return Err("a `mean` needs its `sem` or a `tolerance`".to_owned());
        }
        if size.is_some() && difference.is_none() {
            return Err("`size` belongs to a `difference`".to_owned());
        }
        if size.is_some_and(|size| size <= 0.0) {
            return Err("`size` must be above 0: the larger arm of a `difference` stands first".to_owned());
        }
        let numbers = [mean, sem, tolerance, low, high, size];
        if numbers.iter().any(|number| number.is_some_and(|number| !number.is_finite())) {
            return Err("numbers must be finite".to_owned());
        }
        if sem.is_some_and(|sem| sem < 0.0) || tolerance.is_some_and(|tolerance| tolerance <= 0.0) {
            return Err("`sem` must not be negative, `tolerance` must be above 0".to_owned());
        }
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            return Err(format!("`low` = {low} lies above `high` = {high}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[[outcome]]
id = "x"
title = "a train"
role = "validation"
source = "somebody 2001"
evidence = "measured"
[[outcome.arm]]
name = "train"
protocol = { induction = "hfs-1x100" }
[[outcome.expect]]
arm = "train"
mean = 60.0
sem = 5.0
"#;

    #[test]
    fn built_in_records_are_sound_and_have_sources() {
        let all = embedded().unwrap();
        assert!(all.len() > 12, "{}", all.len());
        for (place, record) in all.iter().enumerate() {
            assert!(record.source.len() > 10, "{}", record.id);
            assert!(all[..place].iter().all(|other| other.id != record.id), "{}", record.id);
        }
    }

    #[test]
    fn a_users_record_replaces_one_of_its_name_only() {
        let own = GOOD.replace("\"x\"", "\"C3\"");
        let all = with_folder(&[("own.toml".to_owned(), own)]).unwrap();
        assert_eq!(all.len(), embedded().unwrap().len());
        assert_eq!(all.iter().find(|record| record.id == "C3").unwrap().file, "own.toml");
        let twice = [("a.toml".to_owned(), GOOD.to_owned()), ("b.toml".to_owned(), GOOD.to_owned())];
        let error = with_folder(&twice).unwrap_err().to_string();
        assert_eq!(error, "b.toml: outcome \"x\" is already in a.toml");
    }

    #[test]
    fn faulty_records_are_named_with_their_line() {
        let error = |text: String| read("own.toml", &text).unwrap_err().to_string();
        let unknown = error(GOOD.replace("arm = \"train\"", "arm = \"trains\""));
        assert_eq!(unknown, "own.toml: line 2: outcome \"x\": unknown arm \"trains\"; its arms: train");
        let bare = error(GOOD.replace("sem = 5.0", ""));
        assert!(bare.contains("needs its `sem` or a `tolerance`"), "{bare}");
        let key = error(GOOD.replace("sem", "se"));
        assert!(key.contains("unknown field `se`"), "{key}");
        let both = error(GOOD.replace("sem = 5.0", "sem = 5.0\nlow = 2.0"));
        assert!(both.contains("either `mean`"), "{both}");
    }
}
