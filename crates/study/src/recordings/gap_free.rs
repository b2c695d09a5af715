//! Records without gaps: one long sweep in which the stimuli recur is cut into a sweep
//! for each, and a train into one.

use crate::error::StudyError;
use analysis::gap_free;
use exchange::TraceFile;

/// Shortest record that is taken for one without gaps, s.
const SHORTEST_S: f64 = 5.0;
/// Pulses closer than this belong to one sweep (pairs, trains, 1 Hz), s.
const TOGETHER_S: f64 = 2.5;
/// Fewest sweeps that make a record one without gaps.
const FEWEST: usize = 3;
/// Before the first and after the last pulse of a sweep, s.
const AROUND_S: [f64; 2] = [0.02, 0.1];
/// Longest stretch of a train that is kept, s.
const LONGEST_S: f64 = 30.0;
/// Words in the name of a channel that marks the pulses.
const MARKS: [&str; 6] = ["ttl", "stim", "trig", "sync", "digital", "marker"];

/// A stretch of the record around the pulses of one sweep.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// First sample.
    pub from: usize,
    /// Sample after the last.
    pub to: usize,
    /// Pulses after the first sample of the piece, ms.
    pub stimulus_ms: Vec<f64>,
}

/// The pieces of a record; `None` for a file with sweeps of its own. `stated` are
/// pulses after the first sample of the record, ms; values of the channel times `factor`
/// are mV or pA.
pub(super) fn pieces(
    file: &TraceFile,
    (channel, factor): (usize, f64),
    stated: Option<&[f64]>,
) -> Result<Option<Vec<Piece>>, StudyError> {
    let rate_hz = file.rate_hz();
    let length = file.sweep_len(0);
    let noted = file.note(0).is_some_and(|note| !note.stimulus_ms.is_empty());
    if file.sweep_count() != 1 || noted || (length as f64) < SHORTEST_S * rate_hz {
        return Ok(None);
    }
    let at = match (stated, marks(file, channel)?) {
        (Some(stated), _) => stated.iter().map(|ms| (ms * rate_hz / 1000.0).round() as usize).collect(),
        (None, Some(edges)) => edges,
        (None, None) => {
            let mut values = Vec::new();
            file.read_sweep(0, channel, &mut values)?;
            values.iter_mut().for_each(|value| *value *= factor);
            gap_free::stimuli(&values, rate_hz)
        }
    };
    let pieces = cut(&at, length, rate_hz);
    Ok((pieces.len() >= FEWEST).then_some(pieces))
}

/// Rising edges of another channel that marks the pulses by its name and its two levels.
fn marks(file: &TraceFile, own: usize) -> Result<Option<Vec<usize>>, StudyError> {
    for (place, channel) in file.channels().iter().enumerate() {
        let name = channel.name.to_lowercase();
        if place == own || !MARKS.iter().any(|word| name.contains(word)) {
            continue;
        }
        let mut values = Vec::new();
        file.read_sweep(0, place, &mut values)?;
        if let Some(edges) = gap_free::edges(&values) {
            return Ok(Some(edges));
        }
    }
    Ok(None)
}

/// Pulses that come together make a piece.
fn cut(at: &[usize], length: usize, rate_hz: f64) -> Vec<Piece> {
    let together = (TOGETHER_S * rate_hz) as usize;
    let samples = |s: f64| (s * rate_hz).round() as usize;
    at.chunk_by(|a, b| b - a <= together)
        .filter_map(|group| {
            let (first, last) = (*group.first()?, *group.last()?);
            let from = first.saturating_sub(samples(AROUND_S[0]));
            let to = (last + samples(AROUND_S[1])).min(from + samples(LONGEST_S)).min(length);
            let stimulus_ms = group.iter().map(|at| 1000.0 * (at - from) as f64 / rate_hz).collect();
            (from < to).then_some(Piece { from, to, stimulus_ms })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_pulses_pairs_and_trains_become_sweeps() {
        let rate_hz = 1000.0;
        let mut at: Vec<usize> = (0..5).map(|k| 5_000 + 10_000 * k).collect();
        at.extend([55_000, 55_050]);
        at.extend((0..40).map(|k| 65_000 + 1000 * k));
        let pieces = cut(&at, 120_000, rate_hz);
        assert_eq!(pieces.len(), 7);
        assert_eq!(pieces[0], Piece { from: 4980, to: 5100, stimulus_ms: vec![20.0] });
        assert_eq!(pieces[5].stimulus_ms, [20.0, 70.0]);
        assert_eq!((pieces[6].stimulus_ms.len(), pieces[6].to - pieces[6].from), (40, 30_000));
        assert!(cut(&[5], 4, rate_hz).len() == 1, "the record ends early");
    }
}
