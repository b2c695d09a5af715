//! What is usual among values that slices or files state each for itself.

/// Middle of some values, the upper of the two middle ones of an even number; `None`
/// without a finite value.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}
