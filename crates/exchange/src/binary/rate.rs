//! Sweeps of several sampling rates: those of the rate that most samples have.

use crate::binary::strided::StridedSweep;
use crate::sweeps::rate::whole_hz;

/// How far two rates may be apart and be the same: intervals are stored in 32 bits.
const SAME: f64 = 1e-6;

/// A sweep with its own sampling rate, Hz.
pub(crate) struct Rated {
    pub rate_hz: f64,
    pub sweep: StridedSweep,
}

/// The rate that most samples have, Hz, the sweeps of that rate, and a remark if
/// others were left out; `None` without a sweep that has samples.
pub(crate) fn most_common(sweeps: Vec<Rated>) -> Option<(f64, Vec<StridedSweep>, Option<String>)> {
    let same = |a: f64, b: f64| (a - b).abs() <= SAME * b.abs();
    let mut rates: Vec<(f64, u64)> = Vec::new();
    for rated in sweeps.iter().filter(|rated| rated.sweep.points > 0) {
        match rates.iter_mut().find(|(rate_hz, _)| same(rated.rate_hz, *rate_hz)) {
            Some((_, points)) => *points = points.saturating_add(rated.sweep.points),
            None => rates.push((rated.rate_hz, rated.sweep.points)),
        }
    }
    // The first of several that are as common.
    let most = rates.iter().map(|(_, points)| *points).max()?;
    let rate_hz = rates.iter().find(|(_, points)| *points == most)?.0;
    let all = sweeps.len();
    let kept: Vec<_> = sweeps.into_iter().filter(|rated| same(rated.rate_hz, rate_hz)).map(|r| r.sweep).collect();
    let rate_hz = whole_hz(rate_hz, SAME);
    let left_out = all - kept.len();
    let remark =
        format!("{left_out} of {all} sweeps are left out: they were not sampled at {rate_hz} Hz, as most were");
    Some((rate_hz, kept, (left_out > 0).then_some(remark)))
}

/// Sets the starts of sweeps that have none: `interval_s` apart if that is stated,
/// else one behind the other, with a remark that says so.
pub(crate) fn back_to_back(sweeps: &mut [StridedSweep], rate_hz: f64, interval_s: Option<f64>) -> Option<String> {
    let mut start_s = 0.0;
    for (place, sweep) in sweeps.iter_mut().enumerate() {
        sweep.start_s = interval_s.map_or(start_s, |interval_s| place as f64 * interval_s);
        start_s += sweep.points as f64 / rate_hz;
    }
    let unsaid = "the file does not say when its sweeps began: they are counted back to back";
    (sweeps.len() > 1 && interval_s.is_none()).then(|| unsaid.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(rate_hz: f64, points: u64) -> Rated {
        Rated { rate_hz, sweep: StridedSweep { points, ..StridedSweep::default() } }
    }

    #[test]
    fn the_rate_of_most_samples_is_kept() {
        let (rate_hz, mut kept, remark) =
            most_common(vec![rated(20_000.001, 10), rated(1000.0, 15), rated(20_000.0, 10)]).unwrap();
        assert_eq!((rate_hz, kept.len()), (20_000.0, 2));
        assert!(remark.unwrap().contains("1 of 3"));
        assert!(back_to_back(&mut kept, rate_hz, None).is_some());
        assert_eq!(kept[1].start_s, 10.0 / 20_000.0);
        assert!(back_to_back(&mut kept, rate_hz, Some(15.0)).is_none());
        assert_eq!(kept[1].start_s, 15.0);
        assert!(most_common(vec![rated(1.0, 0)]).is_none());
    }
}
