//! Which channel of a file has the responses.

use crate::error::StudyError;
use crate::recordings::sweeps::factor_of;
use analysis::detect::detect;
use exchange::TraceFile;

/// Sweeps looked at in each channel.
const LOOKED_AT: usize = 12;
/// Different values that a recording has at least; a trigger has two.
const LEVELS: usize = 12;
/// A range beyond this is that of a command or a trigger, mV.
const COMMAND_MV: f64 = 500.0;
/// Where a response is looked for, ms after the stimulus and the end of its artefact.
const WITHIN_MS: f64 = 20.0;

/// The channel whose average response stands out most from its noise; `None` if none
/// has one.
///
/// # Errors
/// [`StudyError::Exchange`].
pub(super) fn with_responses(file: &TraceFile) -> Result<Option<usize>, StudyError> {
    let mut best: Option<(usize, f64)> = None;
    for (place, channel) in file.channels().iter().enumerate() {
        let Some((factor, current)) = factor_of(&channel.unit).filter(|_| !channel.stimulus) else { continue };
        let Some((size, range)) = response(file, place)? else { continue };
        if !current && range * factor > COMMAND_MV {
            continue;
        }
        if best.is_none_or(|(_, most)| size > most) {
            best = Some((place, size));
        }
    }
    Ok(best.map(|(place, _)| place))
}

/// Peak of the average response over the noise, and the range of the channel.
fn response(file: &TraceFile, channel: usize) -> Result<Option<(f64, f64)>, StudyError> {
    let count = file.sweep_count();
    let mut sweeps: Vec<Vec<f64>> = Vec::new();
    for sweep in (0..count).step_by(count.div_ceil(LOOKED_AT).max(1)) {
        if file.has(sweep, channel) {
            let mut values = Vec::new();
            file.read_sweep(sweep, channel, &mut values)?;
            sweeps.push(values);
        }
    }
    let mut levels: Vec<u64> = sweeps.iter().flatten().map(|value| value.to_bits()).collect();
    levels.sort_unstable();
    levels.dedup();
    if levels.len() < LEVELS {
        return Ok(None);
    }
    let views: Vec<&[f64]> = sweeps.iter().map(Vec::as_slice).collect();
    let seen = detect(&views, file.rate_hz(), None);
    let Some(&first) = seen.stimuli.first().filter(|_| seen.response && seen.noise > 0.0) else { return Ok(None) };
    let at = |ms: f64| first + (ms * file.rate_hz() / 1000.0).round() as usize;
    let length = sweeps.iter().map(Vec::len).min().unwrap_or(0);
    let mean = |k: usize| sweeps.iter().map(|values| values[k]).sum::<f64>() / sweeps.len() as f64;
    let rest = (0..first.min(length)).map(mean).sum::<f64>() / first.max(1) as f64;
    let from = at(seen.artefact_ms.max(1.0) + 0.5);
    let size = (from..at(WITHIN_MS).min(length)).map(|k| (mean(k) - rest).abs()).fold(0.0, f64::max);
    let high = sweeps.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = sweeps.iter().flatten().copied().fold(f64::INFINITY, f64::min);
    Ok(Some((size / seen.noise, high - low)))
}
