//! Condition, animal and slice from the name of a file and its folder.

use std::path::Path;

/// What a name seems to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guess {
    /// Condition; `unknown` if the name has no word for it.
    pub condition: String,
    /// Animal.
    pub animal: String,
    /// Number of the slice.
    pub slice: u32,
    /// Whether animal or slice were really in the name.
    named: bool,
}

impl Guess {
    /// Whether two files belong to one slice. Names without animal and slice
    /// stay apart.
    pub fn same_slice(&self, other: &Self) -> bool {
        self.named && self == other
    }
}

/// Words for parts of one recording, not for a condition.
const STAGES: [&str; 14] = [
    "base",
    "baseline",
    "pre",
    "post",
    "ltp",
    "tet",
    "tetanus",
    "hfs",
    "tbs",
    "induction",
    "fepsp",
    "rec",
    "data",
    "wide",
];
/// Words for a control.
const CONTROLS: [&str; 8] = ["control", "ctrl", "ctr", "con", "vehicle", "veh", "sham", "wt"];
/// Letters or words before the number of an animal.
const ANIMALS: [&str; 6] = ["m", "mouse", "rat", "animal", "a", "r"];
/// Letters or words before the number of a slice.
const SLICES: [&str; 3] = ["s", "slice", "sl"];

/// Whether a condition is a control by its name.
pub(super) fn is_control(name: &str) -> bool {
    CONTROLS.contains(&name.to_lowercase().as_str())
}

/// Guesses from a path relative to the folder; `place` numbers what has no name.
pub(super) fn guess(path: &Path, place: usize) -> Guess {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let (mut animal, mut slice, mut words) = (None, None, Vec::new());
    for token in tokens(&stem) {
        let letters: String = token.chars().take_while(|c| !c.is_ascii_digit()).collect::<String>().to_lowercase();
        let rest = &token[letters.len().min(token.len())..];
        let number = rest.parse::<u32>().ok();
        match number {
            Some(n) if SLICES.contains(&letters.as_str()) && n > 0 && slice.is_none() => slice = Some(n),
            Some(_) if ANIMALS.contains(&letters.as_str()) && animal.is_none() => animal = Some(token.to_owned()),
            // Dates and running numbers say nothing about the condition.
            _ if token.chars().all(|c| c.is_ascii_digit()) => {}
            _ if STAGES.contains(&token.to_lowercase().as_str()) => {}
            _ => words.push(token.to_owned()),
        }
    }
    let parent = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let condition = words.join(" ");
    let condition = if condition.is_empty() { parent.unwrap_or_else(|| "unknown".to_owned()) } else { condition };
    let condition = if is_control(&condition) { "control".to_owned() } else { condition };
    let named = animal.is_some() || slice.is_some();
    Guess {
        condition,
        animal: animal.unwrap_or_else(|| format!("A{:02}", place + 1)),
        slice: slice.unwrap_or(1),
        named,
    }
}

/// Condition of a table from its name.
pub(super) fn table_condition(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let words: Vec<&str> = tokens(&stem).filter(|token| !STAGES.contains(&token.to_lowercase().as_str())).collect();
    match words.iter().find(|word| is_control(word)) {
        Some(_) => "control".to_owned(),
        None if words.is_empty() => "unknown".to_owned(),
        None => words.join(" "),
    }
}

fn tokens(stem: &str) -> impl Iterator<Item = &str> {
    stem.split(['_', '-', ' ', '.']).filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_laboratory() {
        let read = |name: &str| guess(Path::new(name), 4);
        let one = read("APV 50uM/2024-03-01_m3_slice2_post.abf");
        assert_eq!((one.condition.as_str(), one.animal.as_str(), one.slice), ("APV 50uM", "m3", 2));
        let two = read("20240301_ctrl_rat12.abf");
        assert_eq!((two.condition.as_str(), two.animal.as_str(), two.slice), ("control", "rat12", 1));
        let none = read("0001.abf");
        assert_eq!((none.condition.as_str(), none.animal.as_str(), none.named), ("unknown", "A05", false));
        assert_eq!(table_condition(Path::new("CA3-CA1_control_wide.csv")), "control");
    }
}
