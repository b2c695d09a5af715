//! Recordings that are there twice: in one table, across tables, across files.

use crate::error::StudyError;
use crate::lint::channel::LONGEST;
use crate::lint::fault::{LintFault, Rule, listed};
use crate::lint::tables::Course;
use exchange::TraceFile;
use recording::digest::fnv_1a;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Values that two courses must share before they are compared.
const COMMON: usize = 20;
/// Share of identical values from which on two courses are reported.
const PARTLY: f64 = 0.5;
/// Correlation from which on two courses are one with other rounding or scale.
const NEARLY: f64 = 0.9999;
/// Samples of noise compared between sweeps.
const NOISE: usize = 256;
/// Correlation of the steps of the noise from which on two sweeps share it.
const SHARED_NOISE: f64 = 0.98;
/// Correlation of the steps from which on two sweeps have something in common.
const ALIKE: f64 = 0.5;
/// Different values that noise must have before it is compared.
const LEVELS: usize = 12;
/// Correlation with themselves, shifted, from which on steps repeat themselves.
const PERIODIC: f64 = 0.5;
/// Shifts below this are smoothing, samples.
const SHORTEST_LAG: usize = 4;
/// Most sweeps whose noise is compared; beyond it only identical ones are found.
const MOST_SWEEPS: usize = 3000;

/// Duplicates among the courses of all tables.
pub(super) fn courses(all: &[Course]) -> Vec<LintFault> {
    let mut faults = Vec::new();
    for (k, one) in all.iter().enumerate() {
        for other in &all[k + 1..] {
            faults.extend(pair(one, other));
        }
    }
    faults
}

fn pair(one: &Course, other: &Course) -> Option<LintFault> {
    let common: Vec<(f64, f64)> = one
        .value
        .iter()
        .copied()
        .zip(other.value.iter().copied())
        .filter(|(a, b)| a.is_finite() && b.is_finite())
        .collect();
    // Two columns of one recording, such as a value and its normalised form, are
    // no duplicates: in tables of another shape only like columns are compared.
    if !(one.timed && other.timed) && one.title != other.title {
        return None;
    }
    let longer =
        one.value.iter().filter(|v| v.is_finite()).count().max(other.value.iter().filter(|v| v.is_finite()).count());
    let first = common.first()?.0;
    if common.len() < COMMON || 2 * common.len() < longer || common.iter().all(|(a, _)| *a == first) {
        return None;
    }
    let same = common.iter().filter(|(a, b)| a == b).count();
    let (n, place) = (common.len(), format!("column {}", one.name));
    let with = if one.file == other.file {
        format!("column {}", other.name)
    } else {
        format!("column {} of {}", other.name, other.file.display())
    };
    let (rule, found) = if same == n {
        (Rule::Duplicate, format!("identical to {with} in all {n} values: the same recording twice?"))
    } else if same as f64 >= PARTLY * n as f64 {
        (Rule::Duplicate, format!("identical to {with} in {same} of {n} values"))
    } else if one.timed && other.timed && correlation(&common) > NEARLY {
        let (factor, offset) = line(&common);
        let how = format!("{} times its values plus {}", short(factor), short(offset));
        (Rule::NearDuplicate, format!("equal to {with} but for rounding or scale: {how} (r > {NEARLY}, {n} values)"))
    } else {
        return None;
    };
    Some(LintFault::new(rule, &one.file, place, found))
}

/// Factor and summand that make the first of each pair of the second: least squares.
fn line(pairs: &[(f64, f64)]) -> (f64, f64) {
    let n = pairs.len() as f64;
    let (ma, mb) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sab: f64 = pairs.iter().map(|(a, b)| (a - ma) * (b - mb)).sum();
    let sbb: f64 = pairs.iter().map(|(_, b)| (b - mb) * (b - mb)).sum();
    (sab / sbb, ma - sab / sbb * mb)
}

/// A number to four digits, for a sentence.
fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
    if text == "-0" { "0".to_owned() } else { text }
}

/// Pearson's correlation; NaN without variation.
fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (ma, mb) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let (mut sab, mut saa, mut sbb) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        sab += (a - ma) * (b - mb);
        saa += (a - ma) * (a - ma);
        sbb += (b - mb) * (b - mb);
    }
    sab / (saa * sbb).sqrt()
}

/// Where a sweep is.
#[derive(Clone, Debug)]
struct Print {
    file: PathBuf,
    sweep: usize,
    channel: usize,
    /// Steps of the noise, of mean 0 and length 1; empty if there is none.
    noise: Vec<f64>,
    /// Length of the steps before they were made 1.
    size: f64,
}

/// Sweeps of one channel that repeat those of one other.
#[derive(Clone, Debug)]
struct Repeats {
    rule: Rule,
    file: PathBuf,
    channel: usize,
    other_file: PathBuf,
    other_channel: usize,
    /// Each sweep with that which it repeats and the factor between them.
    sweeps: Vec<(usize, usize, f64)>,
}

impl Repeats {
    /// One line for all of them.
    fn fault(&self) -> LintFault {
        let own: Vec<usize> = self.sweeps.iter().map(|(sweep, ..)| *sweep).collect();
        let others: Vec<usize> = self.sweeps.iter().map(|(_, other, _)| *other).collect();
        let file =
            if self.file == self.other_file { String::new() } else { format!(" of {}", self.other_file.display()) };
        let place = match own[..] {
            [one] => format!("sweep {one} of channel {}", self.channel),
            _ => format!("channel {}, {}", self.channel, listed(&own)),
        };
        let at = format!("{} of channel {}{file}", listed(&others), self.other_channel);
        let mut factors: Vec<f64> = self.sweeps.iter().map(|(.., factor)| *factor).collect();
        factors.sort_by(f64::total_cmp);
        let (low, high) = (factors.first().copied().unwrap_or(1.0), factors.last().copied().unwrap_or(1.0));
        let times = match short(low) == short(high) {
            true => format!("{} times its size", short(low)),
            false => format!("{} to {} times its size", short(low), short(high)),
        };
        let found = match self.rule {
            Rule::Duplicate => format!("identical to {at}"),
            _ => format!("the same noise as {at}, {times}: a copy that was scaled or shifted?"),
        };
        LintFault::new(self.rule, &self.file, place, found)
    }
}

/// What was seen of sweeps so far.
#[derive(Debug, Default)]
pub(super) struct Prints {
    by_content: BTreeMap<(usize, u64), Print>,
    noisy: Vec<Print>,
    repeats: Vec<Repeats>,
}

impl Prints {
    /// Compares the sweeps of a file with all before and adds them.
    pub(super) fn add(&mut self, file: &TraceFile) -> Result<(), StudyError> {
        let mut values = Vec::new();
        for channel in (0..file.channels().len()).filter(|channel| !file.channels()[*channel].stimulus) {
            for sweep in 0..file.sweep_count() {
                if !file.has(sweep, channel) || file.sweep_len(sweep) > LONGEST {
                    continue;
                }
                file.read_sweep(sweep, channel, &mut values)?;
                if let Some(print) = print(file, sweep, channel, &values) {
                    self.compare(print, &values);
                }
            }
        }
        Ok(())
    }

    /// A line for each channel that repeats another.
    pub(super) fn faults(&self) -> Vec<LintFault> {
        self.repeats.iter().map(Repeats::fault).collect()
    }

    /// Takes note of a sweep that repeats another.
    fn note(&mut self, rule: Rule, print: &Print, other: &Print, factor: f64) {
        let sweep = (print.sweep, other.sweep, factor);
        let same = |known: &&mut Repeats| {
            known.rule == rule
                && known.file == print.file
                && known.channel == print.channel
                && known.other_file == other.file
                && known.other_channel == other.channel
        };
        match self.repeats.iter_mut().rev().find(same) {
            Some(known) => known.sweeps.push(sweep),
            None => self.repeats.push(Repeats {
                rule,
                file: print.file.clone(),
                channel: print.channel,
                other_file: other.file.clone(),
                other_channel: other.channel,
                sweeps: vec![sweep],
            }),
        }
    }

    fn compare(&mut self, print: Print, values: &[f64]) {
        let key = (values.len(), content(values));
        if let Some(other) = self.by_content.get(&key).cloned() {
            self.note(Rule::Duplicate, &print, &other, 1.0);
            return;
        }
        let alike: Vec<(f64, &Print)> = self
            .noisy
            .iter()
            .filter(|o| o.channel == print.channel || o.file != print.file)
            .filter(|o| o.noise.len() == print.noise.len())
            .map(|o| (o.noise.iter().zip(&print.noise).map(|(a, b)| a * b).sum::<f64>(), o))
            .collect();
        // What most sweeps share is a command or hum, not noise.
        let usual = 4 * alike.iter().filter(|(r, _)| r.abs() > ALIKE).count() > alike.len().max(3);
        // A copy may have been turned over, too.
        let twin = alike.iter().find(|(r, _)| r.abs() > SHARED_NOISE && !usual);
        if let Some((other, factor)) = twin.map(|(r, other)| ((*other).clone(), r.signum() * print.size / other.size)) {
            self.note(Rule::NearDuplicate, &print, &other, factor);
            return;
        }
        if !print.noise.is_empty() && self.noisy.len() < MOST_SWEEPS {
            self.noisy.push(print.clone());
        }
        self.by_content.insert(key, print);
    }
}

/// The print of a sweep; `None` for one without variation, such as a digital
/// channel: equal ones are no fault.
fn print(file: &TraceFile, sweep: usize, channel: usize, values: &[f64]) -> Option<Print> {
    let mut levels: Vec<u64> = values.iter().map(|v| v.to_bits()).collect();
    levels.sort_unstable();
    levels.dedup();
    if levels.len() < LEVELS {
        return None;
    }
    // The last samples: responses and artefacts have ended there.
    let tail = &values[values.len().saturating_sub(NOISE + 1)..];
    let mut steps: Vec<f64> = tail.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut kinds: Vec<i64> = steps.iter().map(|s| (s * 1e9).round() as i64).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mean = steps.iter().sum::<f64>() / steps.len() as f64;
    steps.iter_mut().for_each(|step| *step -= mean);
    let norm = steps.iter().map(|step| step * step).sum::<f64>().sqrt();
    // One jump outweighs all noise: such a tail says nothing about it.
    let jump = steps.iter().any(|step| step.abs() > 0.4 * norm);
    let usable = steps.len() == NOISE && kinds.len() >= LEVELS && norm > 0.0 && !jump && !is_periodic(&steps, norm);
    let noise = if usable { steps.iter().map(|step| step / norm).collect() } else { Vec::new() };
    Some(Print { file: file.path().to_owned(), sweep, channel, noise, size: norm })
}

/// Whether the steps repeat themselves: hum or a command, in which sweeps agree by chance.
fn is_periodic(steps: &[f64], norm: f64) -> bool {
    let alike = |lag: usize| {
        let sum: f64 = steps.iter().zip(&steps[lag..]).map(|(a, b)| a * b).sum();
        sum * steps.len() as f64 / ((steps.len() - lag) as f64 * norm * norm)
    };
    (SHORTEST_LAG..steps.len() / 2).any(|lag| alike(lag) > PERIODIC)
}

/// A number that equal samples share.
fn content(values: &[f64]) -> u64 {
    fnv_1a(values.iter().flat_map(|value| value.to_bits().to_le_bytes()))
}
