//! Faults within one channel that was stimulated.

use crate::error::StudyError;
use crate::lint::electrical::{dropped, hum};
use crate::lint::fault::{LintFault, Rule, listed};
use crate::lint::shape::{cosine, detrended, norm, projection};
use crate::recordings::sweeps::{INSIDE_MV, factor_of};
use analysis::detect::{Clipping, Detection, JITTER_MS, clipping, detect, stimuli};
use exchange::TraceFile;

/// Sweeps longer than this, samples, are gap-free records: they are not searched.
pub(super) const LONGEST: usize = 1_000_000;
/// Samples near an extreme that make a flat top.
const FLAT: usize = 6;
/// Distance from the extreme, share of the range, that counts as flat.
const FLAT_SHARE: f64 = 0.01;
/// Extremes of different sweeps within this share of the range are one ceiling.
const CEILING: f64 = 0.005;
/// How long after the stimulus a saturated artefact may last, ms.
const AFTER_MS: f64 = 3.0;
/// Longest flat stretch that is an artefact or a response, ms; a longer one is a pulse.
const LONGEST_FLAT_MS: f64 = 6.0;
/// Correlation of detrended responses below which one points the other way.
const OPPOSITE: f64 = -0.8;
/// Plausible evoked amplitudes of field potentials, mV.
const FIELD_MV: [f64; 2] = [0.005, 40.0];
/// A range beyond this is that of a command, mV.
const COMMAND_MV: f64 = 500.0;
/// Share of the early response below which the last sweeps have lost it.
const LOST: f64 = 0.15;
/// Sweeps at the end that must have lost it.
const LOST_SWEEPS: usize = 3;

/// One channel with a stimulus.
pub(super) struct Channel {
    /// Place among the channels of the file.
    pub place: usize,
    /// Its sweeps, in the unit of the file.
    pub sweeps: Vec<Vec<f64>>,
    /// Stimuli and responses that were seen in them.
    pub seen: Detection,
    rate_hz: f64,
    /// Mean response, less its baseline, over the response window.
    pub template: Vec<f64>,
}

impl Channel {
    /// Reads a channel; `None` without a stimulus, or with sweeps that are missing or too long.
    pub fn read(file: &TraceFile, place: usize) -> Result<Option<Self>, StudyError> {
        let mut sweeps = Vec::new();
        for sweep in 0..file.sweep_count() {
            if !file.has(sweep, place) || file.sweep_len(sweep) > LONGEST {
                return Ok(None);
            }
            let mut values = Vec::new();
            file.read_sweep(sweep, place, &mut values)?;
            sweeps.push(values);
        }
        let views: Vec<&[f64]> = sweeps.iter().map(Vec::as_slice).collect();
        let stated: Option<Vec<usize>> = file
            .note(0)
            .filter(|note| !note.stimulus_ms.is_empty())
            .map(|note| note.stimulus_ms.iter().map(|ms| (ms * file.rate_hz() / 1000.0).round() as usize).collect());
        let seen = detect(&views, file.rate_hz(), stated.as_deref());
        if seen.stimuli.is_empty() {
            return Ok(None);
        }
        let mut channel = Self { place, sweeps, seen, rate_hz: file.rate_hz(), template: Vec::new() };
        let responses: Vec<Vec<f64>> = (0..channel.sweeps.len()).filter_map(|k| channel.response(k)).collect();
        let length = responses.iter().map(Vec::len).min().unwrap_or(0);
        channel.template =
            (0..length).map(|i| responses.iter().map(|r| r[i]).sum::<f64>() / responses.len() as f64).collect();
        Ok(Some(channel))
    }

    /// Samples of a sweep from the end of the artefact to 15 ms, less the baseline.
    pub fn response(&self, sweep: usize) -> Option<Vec<f64>> {
        let values = &self.sweeps[sweep];
        let first = *self.seen.stimuli.first()?;
        let at = |ms: f64| first + (ms * self.rate_hz / 1000.0).round() as usize;
        let before =
            values.get(first.saturating_sub((5.0 * self.rate_hz / 1000.0) as usize)..first.saturating_sub(2))?;
        if before.is_empty() {
            return None;
        }
        let baseline = before.iter().sum::<f64>() / before.len() as f64;
        let end = at(15.0).min(values.len());
        let part = values.get(at(self.seen.artefact_ms.max(1.0) + 0.5)..end)?;
        Some(part.iter().map(|value| value - baseline).collect())
    }

    /// All faults of the channel by itself.
    pub fn faults(&self, file: &TraceFile) -> Vec<LintFault> {
        let found = [self.saturated(file), self.moved(file), self.level(file), self.turned(file), self.lost(file)];
        let mut found: Vec<LintFault> = found.into_iter().flatten().collect();
        if self.seen.response && !self.is_command(file) {
            let size = self.template.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
            let last = self.seen.stimuli.last().copied().unwrap_or(0);
            found.extend(hum(file, self.place, &self.sweeps, last, size));
            found.extend(dropped(file, self.place, &self.sweeps));
        }
        found
    }

    fn fault(&self, file: &TraceFile, rule: Rule, place: &str, found: String) -> LintFault {
        LintFault::new(rule, file.path(), format!("channel {}, {place}", self.place), found)
    }

    /// Sweeps in which the signal reached a ceiling.
    fn saturated(&self, file: &TraceFile) -> Option<LintFault> {
        if self.is_command(file) {
            return None;
        }
        let flat: Vec<Option<(f64, f64)>> = (0..self.sweeps.len()).map(|k| self.flat(k)).collect();
        let levels: Vec<(f64, f64)> = flat.iter().flatten().copied().collect();
        let shared = |level: f64, range: f64| {
            levels.iter().filter(|(other, _)| (other - level).abs() <= CEILING * range).count()
        };
        // A ceiling is the same in every sweep; few sweeps need fewer witnesses.
        let needed = if self.sweeps.len() < 6 { self.sweeps.len().min(2) } else { 3 };
        let hit: Vec<usize> = (0..self.sweeps.len())
            .filter(|k| flat[*k].is_some_and(|(level, range)| shared(level, range) >= needed))
            .collect();
        let level = hit.first().and_then(|k| flat[*k]).map(|(level, _)| level);
        level.map(|level| {
            let (n, all) = (hit.len(), self.sweeps.len());
            let found = format!("the signal saturates in {n} of {all} sweeps (flat near {level})");
            self.fault(file, Rule::Saturated, &listed(&hit), found)
        })
    }

    /// Whether the channel carries volts: a command or a trigger, not a response.
    fn is_command(&self, file: &TraceFile) -> bool {
        let factor = file.channels().get(self.place).and_then(|channel| factor_of(&channel.unit));
        let values = || self.sweeps.iter().flatten().copied();
        let range = values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min);
        matches!(factor, Some((factor, false)) if range * factor > COMMAND_MV)
    }

    /// Level and range of a flat stretch of a sweep: in the artefact, or where the
    /// signal ran into the end of the converter.
    fn flat(&self, sweep: usize) -> Option<(f64, f64)> {
        let (values, first) = (&self.sweeps[sweep], *self.seen.stimuli.first()?);
        let at = |ms: f64| (ms * self.rate_hz / 1000.0) as usize;
        let from = first.saturating_sub(at(JITTER_MS));
        let artefact = values.get(from..(first + at(AFTER_MS)).min(values.len()))?;
        let before = values.get(from.saturating_sub(at(5.0))..from)?;
        let rest = if before.is_empty() { artefact[0] } else { before.iter().sum::<f64>() / before.len() as f64 };
        // Resting is flat too: the level must be far from it.
        let far = |(level, range): &(f64, f64)| (level - rest).abs() > 0.3 * range;
        if let Some(found) = flat_top(artefact, at(AFTER_MS) * 4 / 5).filter(far) {
            return Some(found);
        }
        let response = values.get(from..(first + at(20.0)).min(values.len()))?;
        let level = match clipping(response) {
            Clipping::None => return None,
            Clipping::Low | Clipping::Both => response.iter().copied().fold(f64::INFINITY, f64::min),
            Clipping::High => response.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        };
        let range = response.iter().map(|value| (value - rest).abs()).fold(0.0, f64::max);
        let length = response.iter().filter(|value| **value == level).count();
        (length <= at(LONGEST_FLAT_MS)).then_some((level, range)).filter(far)
    }

    /// Sweeps in which the stimulus is at another time.
    fn moved(&self, file: &TraceFile) -> Option<LintFault> {
        if self.sweeps.len() < 3 {
            return None;
        }
        let first = *self.seen.stimuli.first()?;
        let limit = JITTER_MS * self.rate_hz / 1000.0;
        let own: Vec<(usize, usize)> = self
            .sweeps
            .iter()
            .enumerate()
            .filter_map(|(k, values)| {
                let seen = stimuli(values, self.rate_hz);
                seen.into_iter().min_by_key(|at| at.abs_diff(first)).map(|at| (k, at))
            })
            .filter(|(_, at)| at.abs_diff(first) as f64 > limit)
            .collect();
        let (_, at) = *own.first()?;
        let ms = |at: usize| (1e5 * at as f64 / self.rate_hz).round() / 100.0;
        let sweeps: Vec<usize> = own.iter().map(|(k, _)| *k).collect();
        let found = format!("stimulus at {} ms, in the other sweeps at {} ms", ms(at), ms(first));
        Some(self.fault(file, Rule::StimulusMoved, &listed(&sweeps), found))
    }

    /// Plausible size of the response for the unit that the file states.
    fn level(&self, file: &TraceFile) -> Option<LintFault> {
        let unit = &file.channels().get(self.place)?.unit;
        let (factor, current) = factor_of(unit)?;
        if current || !self.seen.response {
            return None;
        }
        let mut resting: Vec<f64> =
            self.sweeps.iter().filter_map(|values| values.first()).map(|v| v * factor).collect();
        resting.sort_by(f64::total_cmp);
        if resting[resting.len() / 2].abs() > INSIDE_MV.abs() {
            return None;
        }
        let size = self.template.iter().fold(0.0_f64, |most, value| most.max(value.abs())) * factor;
        (!(FIELD_MV[0]..=FIELD_MV[1]).contains(&size)).then(|| {
            let found = format!(
                "responses of {} {unit}: field potentials have {} to {} mV; another unit or gain?",
                (size / factor * 1e4).round() / 1e4,
                FIELD_MV[0],
                FIELD_MV[1]
            );
            self.fault(file, Rule::Unit, "all sweeps", found)
        })
    }

    /// Sweeps whose response points the other way.
    fn turned(&self, file: &TraceFile) -> Option<LintFault> {
        if !self.seen.response || self.sweeps.len() < 3 {
            return None;
        }
        // Slow drifts of the potential are no response.
        let shape = detrended(&self.template);
        let opposite = |sweep: &usize| {
            self.response(*sweep).is_some_and(|own| {
                let own = detrended(&own[..own.len().min(shape.len())]);
                norm(&own) > 0.5 * norm(&shape) && cosine(&own, &shape) < OPPOSITE
            })
        };
        let hit: Vec<usize> = (0..self.sweeps.len()).filter(opposite).collect();
        (!hit.is_empty()).then(|| {
            let found = "the response points the other way than in the other sweeps".to_owned();
            self.fault(file, Rule::Polarity, &listed(&hit), found)
        })
    }

    /// Whether the last sweeps have lost the response that the first half had.
    fn lost(&self, file: &TraceFile) -> Option<LintFault> {
        let n = self.sweeps.len();
        if n < 2 * LOST_SWEEPS + 2 {
            return None;
        }
        let along = |k: usize| self.response(k).map_or(0.0, |own| projection(&own, &self.template));
        let sizes: Vec<f64> = (0..n).map(along).collect();
        let mut early: Vec<f64> = sizes[..n / 2].to_vec();
        early.sort_by(f64::total_cmp);
        let usual = early[early.len() / 2];
        let gone = sizes.iter().rev().take_while(|size| **size < LOST * usual).count();
        (usual > 0.0 && gone >= LOST_SWEEPS && gone < n).then(|| {
            let hit: Vec<usize> = (n - gone..n).collect();
            let found = format!("no response in the last {gone} of {n} sweeps");
            self.fault(file, Rule::ResponseLost, &listed(&hit), found)
        })
    }
}

/// Level and range of an extreme that is flat, if one is.
fn flat_top(values: &[f64], longest_run: usize) -> Option<(f64, f64)> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = high - low;
    let longest = |level: f64| {
        let mut run = (0, 0);
        for value in values {
            run.0 = if (value - level).abs() <= FLAT_SHARE * range { run.0 + 1 } else { 0 };
            run.1 = run.1.max(run.0);
        }
        run.1
    };
    let flat = |level: f64| range > 0.0 && (FLAT..longest_run.max(FLAT)).contains(&longest(level));
    if flat(low) { Some((low, range)) } else { flat(high).then_some((high, range)) }
}
