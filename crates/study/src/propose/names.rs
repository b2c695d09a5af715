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
    pub named: bool,
}

impl Guess {
    /// Whether two files belong to one slice. Names without animal and slice
    /// stay apart.
    pub fn same_slice(&self, other: &Self) -> bool {
        self.named && self == other
    }
}

/// Words for parts of one recording, not for a condition.
const STAGES: [&str; 26] = [
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
    "long",
    "lfs",
    "theta",
    "train",
    "before",
    "after",
    "followup",
    "follow",
    "depot",
    "test",
    "part",
    "file",
];
/// Words for a file that holds the induction.
const INDUCTIONS: [&str; 7] = ["tet", "tetanus", "hfs", "tbs", "induction", "theta", "train"];
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
            // base1 and base2 are parts of one recording.
            _ if STAGES.contains(&letters.as_str()) && (rest.is_empty() || number.is_some()) => {}
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

/// Whether the name of a file says that it holds the induction.
pub(super) fn is_induction(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    tokens(&stem).any(|token| INDUCTIONS.contains(&token.trim_end_matches(|c: char| c.is_ascii_digit())))
}

/// Words for what comes before the induction, and after it.
const BEFORE: [&str; 4] = ["base", "baseline", "pre", "before"];
const AFTER: [&str; 5] = ["post", "ltp", "after", "followup", "follow"];

/// Where a part of a recording belongs by its name: before the induction, at it, after it.
pub(super) fn stage(path: &Path) -> u8 {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let has = |words: &[&str]| {
        tokens(&stem).any(|token| words.contains(&token.trim_end_matches(|c: char| c.is_ascii_digit())))
    };
    match (has(&INDUCTIONS), has(&BEFORE), has(&AFTER)) {
        (true, ..) => 1,
        (_, true, _) => 0,
        (.., true) => 2,
        _ => 1,
    }
}

/// Conditions of tables from what their names do not share.
pub(super) fn table_conditions(paths: &[&Path]) -> Vec<String> {
    let words = |path: &Path| -> Vec<String> {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        stem.split(['_', ' ', '.']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let all: Vec<Vec<String>> = paths.iter().map(|path| words(path)).collect();
    let shared = |word: &String| all.len() > 1 && all.iter().all(|words| words.contains(word));
    let own: Vec<Vec<String>> = all
        .iter()
        .map(|words| {
            let stage = |word: &String| STAGES.contains(&word.to_lowercase().as_str());
            words.iter().filter(|word| !shared(word) && !stage(word)).cloned().collect()
        })
        .collect();
    let controls = own.iter().filter(|words| words.iter().any(|word| is_control(word))).count();
    let named = own.iter().zip(paths).map(|(words, path)| match words.as_slice() {
        [] => table_condition(path),
        words if controls == 1 && words.iter().any(|word| is_control(word)) => "control".to_owned(),
        words => words.join(" "),
    });
    named.collect()
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
        let parts =
            ["ctrl_m1_s1_base1.abf", "ctrl_m1_s1_base2.abf", "ctrl_m1_s1_hfs.abf", "ctrl_m1_s1_post2.abf"].map(read);
        assert!(parts.iter().all(|part| part.same_slice(&parts[0]) && part.condition == "control"));
        assert!(is_induction(Path::new("a_HFS2.abf")) && !is_induction(Path::new("tetra_base.abf")));
        let pair = ["x_CA3-CA1_control_wide.csv", "x_CA3-CA1_IgG_wide.csv"].map(Path::new);
        assert_eq!(table_conditions(&pair), ["control", "IgG"]);
        let none = read("0001.abf");
        assert_eq!((none.condition.as_str(), none.animal.as_str(), none.named), ("unknown", "A05", false));
        assert_eq!(table_condition(Path::new("CA3-CA1_control_wide.csv")), "control");
    }
}
