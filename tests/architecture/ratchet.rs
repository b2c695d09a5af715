//! Counts that may only fall: more than `ratchet.toml` permits is a fault, and
//! so is less, until the number is lowered.

use std::collections::{BTreeMap, BTreeSet};

use crate::{circles, functions, literals, remarks, rooms, surface};

/// What a check finds, by crate or by file; each line counts one.
pub type Findings = BTreeMap<String, Vec<String>>;

/// A check by its name in `ratchet.toml`.
pub type Check = (&'static str, fn() -> Findings);

/// All checks that are counted.
pub const CHECKS: [Check; 12] = [
    ("files_in_circles", circles::files_in_circles),
    ("parts_in_circles", rooms::parts_in_circles),
    ("crowded_roots", rooms::crowded_roots),
    ("crowded_rooms", rooms::crowded_rooms),
    ("faces_outside", rooms::faces_outside),
    ("entry_names", literals::entry_names),
    ("clamp_spellings", literals::clamp_spellings),
    ("strayed_constants", literals::strayed_constants),
    ("written_files", literals::written_files),
    ("searched_remarks", remarks::searched_remarks),
    ("unused_items", surface::unused_items),
    ("long_functions", functions::long_functions),
];

/// The permitted counts of one check.
fn permitted(check: &str) -> BTreeMap<String, usize> {
    let table: toml::Table = include_str!("ratchet.toml").parse().expect("ratchet.toml is TOML");
    let counts = table.get(check).and_then(|value| value.as_table()).cloned().unwrap_or_default();
    let count = |value: toml::Value| value.as_integer().and_then(|count| usize::try_from(count).ok());
    counts.into_iter().map(|(key, value)| (key, count(value).expect("a count"))).collect()
}

/// Fails unless a check finds exactly what is permitted.
pub fn hold(check: &str) {
    let (_, run) = CHECKS.iter().find(|(name, _)| *name == check).expect("a check of that name");
    let (found, permitted) = (run(), permitted(check));
    let mut faults = Vec::new();
    for key in found.keys().chain(permitted.keys()).collect::<BTreeSet<_>>() {
        let lines = found.get(key).map_or(&[][..], Vec::as_slice);
        let limit = permitted.get(key).copied().unwrap_or(0);
        if lines.len() > limit {
            faults.push(format!("{key}: {} found, {limit} permitted:\n  {}", lines.len(), lines.join("\n  ")));
        } else if lines.len() < limit {
            let today = lines.len();
            faults.push(format!("{key}: lower the number in ratchet.toml to {today} (now {limit}, under [{check}])"));
        }
    }
    assert!(faults.is_empty(), "{check}\n{}", faults.join("\n"));
}
