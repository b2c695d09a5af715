//! Steps between neighbouring samples: what makes one of them part of a stimulus
//! artefact.

/// Steps of this many medians stand out.
pub(crate) const NOISE_STEPS: f64 = 12.0;
/// Steps of this share of the largest one belong to an artefact.
pub(crate) const SHARE_OF_LARGEST: f64 = 0.3;
/// Artefact edges closer than this are one stimulus, ms.
pub(crate) const APART_MS: f64 = 3.0;

/// Median of the steps that are not zero: a coarse converter has many zeros.
pub(crate) fn median_step(steps: &[f64]) -> Option<f64> {
    let mut moving: Vec<f64> = steps.iter().copied().filter(|step| *step > 0.0).collect();
    if moving.is_empty() {
        return None;
    }
    let middle = moving.len() / 2;
    Some(*moving.select_nth_unstable_by(middle, f64::total_cmp).1)
}
