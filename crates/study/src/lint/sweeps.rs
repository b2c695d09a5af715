//! Faults within one recording file.

use crate::error::StudyError;
use crate::lint::channel::Channel;
use crate::lint::courses::GAP;
use crate::lint::fault::{LintFault, Rule, listed};
use crate::lint::shape::cosine;
use exchange::TraceFile;

/// All faults of a file.
pub(super) fn file(file: &TraceFile) -> Result<Vec<LintFault>, StudyError> {
    let left_out = |what: &String| LintFault::new(Rule::LeftOut, file.path(), "the file", what.clone());
    let mut faults: Vec<LintFault> = clock(file).into_iter().chain(file.left_out().iter().map(left_out)).collect();
    let mut templates: Vec<Option<Channel>> = Vec::new();
    for channel in 0..file.channels().len() {
        // What was sent is no recording: it may repeat and be flat.
        let sent = file.channels().get(channel).is_some_and(|channel| channel.stimulus);
        let seen = if sent { None } else { Channel::read(file, channel)? };
        if let Some(seen) = &seen {
            faults.extend(seen.faults(file));
        }
        templates.push(seen);
    }
    faults.extend(mixed_up(file, &templates));
    Ok(faults)
}

/// Gaps between sweeps of equal length; one pause is left for the induction.
fn clock(file: &TraceFile) -> Option<LintFault> {
    let n = file.sweep_count();
    let even = (1..n).all(|k| file.sweep_len(k) == file.sweep_len(0));
    if n < 10 || !even {
        return None;
    }
    let starts: Vec<f64> = (0..n).map(|k| file.sweep_start_s(k)).collect();
    let steps: Vec<f64> = starts.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut sorted = steps.clone();
    sorted.sort_by(f64::total_cmp);
    let usual = sorted[sorted.len() / 2];
    let regular = steps.iter().filter(|step| (*step / usual - 1.0).abs() < 0.1).count();
    // Sweeps that start whenever something happens have no usual interval.
    if usual <= 0.0 || 10 * regular < 8 * steps.len() {
        return None;
    }
    let gaps: Vec<usize> = (0..steps.len()).filter(|k| steps[*k] > GAP * usual).collect();
    let back: Vec<usize> = (0..steps.len()).filter(|k| steps[*k] <= 0.0).collect();
    let (list, what) = if back.is_empty() { (&gaps[..], "wait for") } else { (&back[..], "go back by") };
    let largest = list.iter().map(|k| steps[*k].abs()).fold(0.0, f64::max);
    (list.len() > 1 || !back.is_empty()).then(|| {
        let after: Vec<usize> = list.iter().map(|k| k + 1).collect();
        let found = format!("{} sweeps {what} up to {largest:.1} s instead of {usual:.1} s", list.len());
        LintFault::new(Rule::ClockGap, file.path(), listed(&after), found)
    })
}

/// Sweeps in which two channels fit each other's mean better than their own.
fn mixed_up(file: &TraceFile, channels: &[Option<Channel>]) -> Vec<LintFault> {
    let usable: Vec<&Channel> = channels.iter().flatten().filter(|c| c.seen.response && c.sweeps.len() >= 3).collect();
    let mut faults = Vec::new();
    for (k, one) in usable.iter().enumerate() {
        for other in &usable[k + 1..] {
            let unit = |c: &Channel| file.channels().get(c.place).map(|channel| channel.unit.clone());
            // Channels that look alike cannot be told apart.
            if unit(one) != unit(other) || cosine(&one.template, &other.template).abs() > 0.9 {
                continue;
            }
            let swapped = |sweep: &usize| {
                let (Some(a), Some(b)) = (one.response(*sweep), other.response(*sweep)) else { return false };
                let fits = |x: &[f64], y: &[f64]| cosine(x, y);
                fits(&a, &other.template) > fits(&a, &one.template) + 0.2
                    && fits(&b, &one.template) > fits(&b, &other.template) + 0.2
            };
            let hit: Vec<usize> = (0..one.sweeps.len()).filter(swapped).collect();
            if !hit.is_empty() {
                let place = format!("channels {} and {}, {}", one.place, other.place, listed(&hit));
                let found = "each looks like the other one in the other sweeps: exchanged?";
                faults.push(LintFault::new(Rule::ChannelMixUp, file.path(), place, found));
            }
        }
    }
    faults
}
