//! Recordings of one study that were made with different settings.

use crate::lint::fault::{LintFault, Rule};
use exchange::TraceFile;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Settings of files, in words.
#[derive(Default)]
pub(super) struct Settings {
    files: Vec<(PathBuf, [String; 3])>,
}

/// What the settings are.
const NAMES: [&str; 3] = ["sampling rate", "channels and units", "holding level"];

impl Settings {
    /// Takes note of a file.
    pub fn add(&mut self, file: &TraceFile) {
        let channels: Vec<String> =
            file.channels().iter().map(|channel| format!("{} ({})", channel.name, channel.unit)).collect();
        let holding: Vec<String> = file.holding().iter().flatten().map(f64::to_string).collect();
        let rate = format!("{} Hz", (file.rate_hz() * 1000.0).round() / 1000.0);
        self.files.push((file.path().to_owned(), [rate, channels.join(", "), holding.join(", ")]));
    }

    /// Files of a format that differ from most others in one setting, with both.
    pub fn faults(&self) -> Vec<LintFault> {
        let mut faults = Vec::new();
        let mut folders: BTreeMap<String, Vec<&(PathBuf, [String; 3])>> = BTreeMap::new();
        for file in &self.files {
            let ending = file.0.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
            // Each pathway of WinLTP has an ending of its own.
            let kind = if ending.len() < 3 { "winltp".to_owned() } else { ending };
            folders.entry(kind).or_default().push(file);
        }
        for files in folders.values() {
            for (k, name) in NAMES.iter().enumerate() {
                faults.extend(differing(files, k, name));
            }
        }
        faults
    }
}

fn differing(files: &[&(PathBuf, [String; 3])], setting: usize, name: &str) -> Vec<LintFault> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for (_, own) in files {
        match counts.iter_mut().find(|(known, _)| *known == own[setting]) {
            Some((_, count)) => *count += 1,
            None => counts.push((&own[setting], 1)),
        }
    }
    // The first of those that most files have.
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let Some((usual, count)) = counts.iter().find(|(_, count)| *count == most).copied() else { return Vec::new() };
    let shown = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    let fault = |(path, own): &&&(PathBuf, [String; 3])| {
        let found = format!("{}, in {count} of {} files {}", shown(&own[setting]), files.len(), shown(usual));
        LintFault::new(Rule::Parameters, path, name, found)
    };
    files.iter().filter(|(_, own)| own[setting] != usual).map(|file| fault(&file)).collect()
}
