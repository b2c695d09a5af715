//! The text of a proposed study file.

use crate::file::files;
use crate::median::median;
use crate::propose::found::Found;
use crate::propose::names;
use crate::propose::tables::{self, FoundTable};
use crate::propose::words::{self, quoted, relative, remark};
use results::plan::SlopeRule;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The study file. Writing into a `String` cannot fail.
pub(super) fn text(folder: &Path, slices: &[Found], tables: &[FoundTable], faulty: &[String]) -> String {
    let mut page = String::new();
    let name: String = folder
        .canonicalize()
        .ok()
        .and_then(|p| p.file_name().map(|n| n.to_string_lossy().into_owned()))
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    let _ = writeln!(page, "# Proposed from the content of the folder. Lines marked \"review\" are guesses.");
    let _ = writeln!(
        page,
        "format = 1\nname   = {}\ntitle  = \"\"            # review\n",
        quoted(if name.is_empty() { "study" } else { name })
    );
    write_design(&mut page, slices, tables);
    let _ = writeln!(
        page,
        "[preparation]\n# species = \"rat\"\n# strain = \"Wistar\"\n# sex = \"male\"\n# age = \"P42\"\n# temperature = \"32 degC\"\n"
    );
    for reason in faulty {
        let _ = writeln!(page, "# not read: {}", remark(reason));
    }
    write_recording(&mut page, slices);
    let _ = writeln!(page, "[protocol]\ninduction = \"induction\"      # review, e.g. \"hfs-1x100\"\n");
    write_analysis(&mut page, slices, tables);
    let of_slices = slices.iter().map(|slice| slice.guess.condition.clone());
    let of_tables = tables.iter().flat_map(FoundTable::conditions);
    let mut conditions = tables::once(of_slices.chain(of_tables).map(|condition| words::name(&condition)));
    // A control, if there is one, comes first and so becomes the reference.
    conditions.sort_by_key(|name| !names::is_control(name));
    for condition in &conditions {
        let _ = writeln!(page, "[[condition]]\nname = {}      # review\n", quoted(condition));
    }
    for slice in slices {
        write_slice(&mut page, folder, slice);
    }
    for table in tables {
        tables::write(&mut page, folder, table);
    }
    page
}

/// The design, where a name of an animal occurs in several conditions.
fn write_design(page: &mut String, slices: &[Found], tables: &[FoundTable]) {
    let of_slices = slices.iter().map(|slice| (slice.guess.animal.clone(), slice.guess.condition.clone()));
    let all: Vec<(String, String)> = of_slices.chain(tables.iter().flat_map(FoundTable::animals)).collect();
    let twice = |one: &&(String, String)| all.iter().any(|other| other.0 == one.0 && other.1 != one.1);
    let mut names = tables::once(all.iter().filter(twice).map(|(animal, _)| animal.clone()));
    if names.is_empty() {
        return;
    }
    names.truncate(4);
    let _ = writeln!(
        page,
        "# review: {} occur in several conditions. If names begin anew in each condition: design = \"between-animals\"",
        remark(&names.join(", "))
    );
    let _ = writeln!(page, "design = \"within-animal\"      # review\n");
}

fn write_recording(page: &mut String, slices: &[Found]) {
    let Some(first) = slices.first() else { return };
    let _ = writeln!(page, "[recording]");
    let why = if first.responds { "the one with responses" } else { "no channel has responses" };
    let (place, channels) = (first.channel, remark(&first.channels));
    let _ = writeln!(page, "channel = {place}      # review: {why}; channels: {channels}");
    let stimuli: Vec<String> =
        first.stimuli_ms.iter().map(|ms| quoted(&format!("{} ms", (ms * 1000.0).round() / 1000.0))).collect();
    let apart = slices.iter().any(|slice| !slice.stimuli_of_files.is_empty() || !alike(slice, first));
    if apart {
        let _ = writeln!(
            page,
            "# The stimulus is looked for in each file by its artefact: it is not at one time in all of them."
        );
        for slice in slices {
            for (name, ms) in own_stimuli(slice) {
                let _ = writeln!(page, "#   {}: {}", remark(&name), listed_ms(&ms));
            }
        }
    } else if stimuli.is_empty() {
        let _ = writeln!(page, "# stimulus = [\"5 ms\"]      # no artefact stands out: state it");
    } else {
        let _ = writeln!(page, "stimulus = [{}]      # seen by the artefact", stimuli.join(", "));
    }
    let own: Vec<String> = first.pathways.iter().map(|name| quoted(name)).collect();
    if own.len() > 1 {
        let _ = writeln!(page, "test_pathway = {}      # review: pathways in the files: {}\n", own[0], own.join(", "));
    } else {
        match slices.iter().find_map(|slice| slice.turns.as_ref()) {
            Some(turns) => {
                let why = "even and odd sweeps have responses of different shape";
                let _ = writeln!(page, "pathways = [\"S1\", \"S2\"]      # review: sweeps take turns: {why}");
                if let Some(place) = turns.changed {
                    let _ = writeln!(
                        page,
                        "test_pathway = \"S{}\"      # review: it changed more over the induction",
                        place + 1
                    );
                }
                page.push('\n');
            }
            None => {
                let _ = writeln!(page, "# pathways = [\"test\", \"control\"]      # if sweeps take turns\n");
            }
        }
    }
}

/// Begins of the last stretch of the slices whose induction is known, min after it.
fn usable_stretches(slices: &[Found]) -> Vec<f64> {
    slices.iter().filter(|slice| slice.induction.is_some()).map(|slice| slice.last_stretch_min).collect()
}

/// Whether two slices have their stimuli at the same times, to 0.3 ms.
fn alike(one: &Found, other: &Found) -> bool {
    let (a, b) = (&one.stimuli_ms, &other.stimuli_ms);
    a.is_empty() || (a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.3))
}

/// Stimuli of the files of a slice, or of the slice by its first file.
fn own_stimuli(slice: &Found) -> Vec<(String, Vec<f64>)> {
    if !slice.stimuli_of_files.is_empty() {
        return slice.stimuli_of_files.clone();
    }
    let name = slice.files.first().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    name.map(|name| (name, slice.stimuli_ms.clone())).into_iter().collect()
}

/// Times in ms, to a microsecond.
fn listed_ms(ms: &[f64]) -> String {
    let each: Vec<String> = ms.iter().map(|ms| format!("{} ms", (ms * 1000.0).round() / 1000.0)).collect();
    if each.is_empty() { "no artefact stands out".to_owned() } else { each.join(", ") }
}

fn write_analysis(page: &mut String, slices: &[Found], tables: &[FoundTable]) {
    let usable = slices.iter().filter(|slice| slice.induction.is_some());
    let mut before: Vec<f64> = usable.clone().map(|slice| slice.minutes[0]).collect();
    let mut after: Vec<f64> = usable.map(|slice| slice.minutes[1]).collect();
    let spans: Vec<[f64; 2]> = tables.iter().flat_map(FoundTable::spans_min).collect();
    // A window in which each table has values: the shortest decides.
    let least = |k: usize| spans.iter().map(|span| span[k]).filter(|min| *min > 0.0).reduce(f64::min);
    before.extend(least(0));
    after.extend(least(1));
    let last_stretch = median(&usable_stretches(slices)).unwrap_or(0.0);
    // Published means are those of the whole baseline, and no rule excludes a group.
    let means = slices.is_empty() && tables.iter().all(FoundTable::is_of_means);
    let normalised = slices.is_empty() && tables.iter().all(FoundTable::is_normalised);
    let tidy = |value: f64| (value * 100.0).floor() / 100.0;
    let (Some(before), Some(after)) = (median(&before), median(&after)) else {
        return;
    };
    let _ = writeln!(page, "[analysis]\nslope = \"{}\"", SlopeRule::USUAL);
    if before > 0.0 && after > 0.0 {
        let from = tidy((after - 10.0).max(after / 2.0).max(last_stretch - 0.01).min(after));
        let own = tables.first().and_then(FoundTable::last_ten_min).filter(|own| means && *own >= from);
        let from = own.map_or(from, tidy);
        let reference = tidy(if means || normalised && before <= 30.0 { before } else { before.min(10.0) });
        let _ = writeln!(page, "reference_window = \"{reference} min\"      # review: ends at induction");
        let _ =
            writeln!(page, "window = [\"{from} min\", \"{} min\"]      # review: outcome after induction", tidy(after));
    }
    let (drift, volley) = if means { ("off", "off") } else { ("10 %", "20 %") };
    let (over, all) = tables.iter().map(|table| table.drifting(10.0)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    if !means && 5 * over > all {
        let _ = writeln!(page, "# baseline_drift = \"10 %\" would leave out {over} of {all} recordings of the tables.");
        let _ =
            writeln!(page, "exclude = {{ baseline_drift = \"off\", volley_change = \"{volley}\" }}      # review\n");
        return;
    }
    let _ = writeln!(page, "exclude = {{ baseline_drift = \"{drift}\", volley_change = \"{volley}\" }}\n");
}

/// The files of a slice as a study names them: many sweeps of WinLTP by a pattern,
/// if it fits no other file of their folder.
fn entries(folder: &Path, files: &[PathBuf]) -> Vec<String> {
    let one_by_one = || files.iter().map(|path| relative(folder, path)).collect();
    let Some(first) = files.first().filter(|first| files.len() > 4 && files::is_winltp_sweep(first)) else {
        return one_by_one();
    };
    let series = files::winltp_series(first);
    let mut endings: Vec<String> =
        files.iter().filter_map(|path| Some(path.extension()?.to_string_lossy().into_owned())).collect();
    endings.sort();
    endings.dedup();
    let patterns: Vec<PathBuf> =
        endings.iter().map(|ending| PathBuf::from(format!("{}*.{ending}", series.display()))).collect();
    match files::named(&patterns, Path::new("")) {
        Ok(found) if found.len() == files.len() => patterns.iter().map(|path| relative(folder, path)).collect(),
        _ => one_by_one(),
    }
}

fn write_slice(page: &mut String, folder: &Path, slice: &Found) {
    let files = entries(folder, &slice.files);
    let why = slice.together.map(|why| format!("      # review: {why}")).unwrap_or_default();
    let _ = writeln!(page, "[[slice]]\nfiles = [{}]{why}", files.join(", "));
    let _ = writeln!(page, "condition = {}      # review", quoted(&words::name(&slice.guess.condition)));
    let _ = writeln!(page, "animal = {}      # review", quoted(&words::name(&slice.guess.animal)));
    let _ = writeln!(page, "slice = {}      # review", slice.guess.slice);
    match slice.induction {
        Some((at, by)) => {
            let _ = writeln!(page, "induction = \"{} s\"      # review: seen by {by}", (at * 1000.0).round() / 1000.0);
        }
        None => {
            let _ = writeln!(page, "# induction = \"20 min\"      # not seen: state it, or induction_sweep = 40");
        }
    }
    if let Some(at) = slice.drug_on_s {
        let _ = writeln!(page, "drug_on = \"{at} s\"      # review: seen by a tag");
    }
    if let Some(reason) = &slice.unreadable {
        let _ = writeln!(page, "# {}", remark(reason));
    }
    page.push('\n');
}
