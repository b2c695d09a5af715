//! Two pathways that take turns, seen by the shapes of their responses.

use recording::{Phase, Sweep};

/// Test sweeps that are needed.
const LEAST: usize = 16;
/// Correlation of the difference between the pathways in two stretches of time.
const SAME: f64 = 0.8;
/// The difference after the stimulus over that before it, at least.
const OVER_REST: f64 = 3.0;
/// What is compared, ms around the stimulus.
const BEFORE_MS: f64 = 8.0;
const AFTER_MS: f64 = 20.0;

/// The pathway, 0 or 1 in the order of the sweeps, that changed more over the induction,
/// if even and odd sweeps have responses or artefacts of different shape.
pub(super) struct Turns {
    /// The pathway that changed more; `None` without sweeps after the induction.
    pub changed: Option<usize>,
}

/// Looks for turns among the test sweeps of a slice that names no pathways itself.
pub(super) fn turns(sweeps: &[Sweep], induction_s: Option<f64>) -> Option<Turns> {
    let test: Vec<&Sweep> = sweeps.iter().filter(|sweep| sweep.phase != Phase::Induction).collect();
    let before = |sweep: &&Sweep| induction_s.is_none_or(|at| sweep.start_s < at);
    let early = test.iter().take_while(|sweep| before(sweep)).count();
    let first = test.first()?;
    let stimulus_ms = *first.stimulus_ms.first()?;
    if early < LEAST || test.iter().any(|sweep| sweep.samples.len() != first.samples.len()) {
        return None;
    }
    // Each stretch begins with a sweep of the first pathway.
    let half = (early / 2) & !1;
    let difference = |part: &[&Sweep]| -> Vec<f64> {
        let [even, odd] = [0, 1].map(|turn| mean(part, turn));
        even.iter().zip(&odd).map(|(a, b)| a - b).collect()
    };
    let (one, two) = (difference(&test[..half]), difference(&test[half..early]));
    let at = |ms: f64| ((stimulus_ms + ms).max(0.0) * first.rate_hz / 1000.0).round() as usize;
    let end = at(AFTER_MS).min(one.len());
    let (from, zero) = (at(-BEFORE_MS), at(-0.3));
    let (rest, response) = (one.get(from..zero)?, one.get(zero..end)?);
    let again = two.get(zero..end)?;
    let alike = dot(response, again) / (dot(response, response) * dot(again, again)).sqrt();
    let level = |values: &[f64]| (dot(values, values) / values.len().max(1) as f64).sqrt();
    if !(alike > SAME && level(response) > OVER_REST * level(rest)) {
        return None;
    }
    let late = &test[early..];
    if late.len() < LEAST / 2 {
        return Some(Turns { changed: None });
    }
    // Sizes along the own mean shape before the induction, later over earlier.
    let change = |turn: usize| {
        let shape = mean(&test[..early], turn);
        let shape = shape.get(zero..end).unwrap_or_default().to_vec();
        let later = mean(late, if early % 2 == 0 { turn } else { 1 - turn });
        let later = later.get(zero..end).unwrap_or_default().to_vec();
        (dot(&later, &shape) / dot(&shape, &shape) - 1.0).abs()
    };
    Some(Turns { changed: Some(usize::from(change(1) > change(0))) })
}

/// Mean of every second sweep from `turn` on, less its level before the stimulus.
fn mean(sweeps: &[&Sweep], turn: usize) -> Vec<f64> {
    let chosen: Vec<&&Sweep> = sweeps.iter().skip(turn).step_by(2).collect();
    let length = chosen.first().map_or(0, |sweep| sweep.samples.len());
    let mut sum = vec![0.0; length];
    for sweep in &chosen {
        for (total, code) in sum.iter_mut().zip(&sweep.samples) {
            *total += f64::from(*code) * sweep.scale + sweep.offset;
        }
    }
    let n = chosen.len().max(1) as f64;
    let early = (length / 20).max(1);
    let level = sum.iter().take(early).sum::<f64>() / early as f64;
    sum.iter().map(|total| (total - level) / n).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}
