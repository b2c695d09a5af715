//! Whole-cell recordings over time, and what figures show of them: means over
//! cells of firing, of average currents and of the course.

use crate::patch::cell::{CellCourse, CellMeasures};
use crate::patch::events::AverageEvent;
use crate::patch::reading::Reading;
use recording::Phase;
use serde::{Deserialize, Serialize};

/// Firing at one current.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FiringPoint {
    /// Condition.
    pub condition: String,
    /// Part of the recording.
    pub phase: Phase,
    /// Injected current, pA.
    pub current_pa: f64,
    /// Firing rate.
    #[serde(flatten)]
    pub rate_hz: Mean,
}

/// The average spontaneous current of a condition in one phase: the mean over its
/// cells of their averages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AverageCurrent {
    /// Condition.
    pub condition: String,
    /// Part of the recording.
    pub phase: Phase,
    /// `sIPSC` or `sEPSC`.
    pub current: String,
    /// Cells with enough isolated events.
    pub n_cells: usize,
    /// The average with its decay.
    pub average: AverageEvent,
}

/// One reading of a condition at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoursePoint {
    /// Condition.
    pub condition: String,
    /// End of the stretch, min.
    pub minute: f64,
    /// What was read.
    pub reading: Reading,
    /// Its mean.
    #[serde(flatten)]
    pub value: Mean,
}

/// Mean over cells.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// Mean.
    pub mean: f64,
    /// Standard error over cells; `None` for one cell. Cells of one animal are
    /// alike, so that it describes and does not test.
    pub sem: Option<f64>,
    /// Cells.
    pub n_cells: usize,
}

impl Mean {
    /// Mean of some values; `None` without any.
    pub fn of(values: &[f64]) -> Option<Self> {
        let n = values.len();
        let mean = values.iter().sum::<f64>() / n.max(1) as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let sem = (n > 1).then(|| (squares / (n - 1) as f64 / n as f64).sqrt());
        (n > 0).then_some(Self { mean, sem, n_cells: n })
    }
}

/// Readings that are followed over time.
pub const FOLLOWED: [Reading; 4] = [Reading::IpscDecayMs, Reading::IpscPa, Reading::IpscHz, Reading::HoldingPa];

/// Firing against current for every condition and phase.
pub(crate) fn firing(cells: &[CellMeasures], conditions: &[String]) -> Vec<FiringPoint> {
    let mut points = Vec::new();
    for (condition, phase, own) in groups(cells, conditions) {
        let mut currents: Vec<f64> =
            own.iter().flat_map(|cell| cell.steps.firing.iter().map(|step| step.current_pa)).collect();
        currents.sort_by(f64::total_cmp);
        currents.dedup();
        for current_pa in currents {
            let steps = own.iter().flat_map(|cell| &cell.steps.firing).filter(|step| step.current_pa == current_pa);
            let rates: Vec<f64> = steps.map(|step| step.rate_hz).collect();
            let Some(rate_hz) = Mean::of(&rates) else { continue };
            points.push(FiringPoint { condition: condition.to_owned(), phase, current_pa, rate_hz });
        }
    }
    points
}

/// Average currents of every condition and phase.
pub(crate) fn averages(cells: &[CellMeasures], conditions: &[String]) -> Vec<AverageCurrent> {
    let mut all = Vec::new();
    for (condition, phase, own) in groups(cells, conditions) {
        for (current, inhibitory) in [("sIPSC", true), ("sEPSC", false)] {
            let of_cell = |cell: &&CellMeasures| {
                if inhibitory { cell.ipsc_average.clone() } else { cell.epsc_average.clone() }
            };
            let averages: Vec<AverageEvent> = own.iter().filter_map(of_cell).collect();
            let Some(first) = averages.first() else { continue };
            let step_ms = first.step_ms;
            let alike: Vec<&AverageEvent> =
                averages.iter().filter(|one| one.step_ms == step_ms && one.pa.len() == first.pa.len()).collect();
            let mean = (0..first.pa.len())
                .map(|k| alike.iter().map(|one| one.pa[k]).sum::<f64>() / alike.len() as f64)
                .collect();
            all.push(AverageCurrent {
                condition: condition.to_owned(),
                phase,
                current: current.to_owned(),
                n_cells: alike.len(),
                average: AverageEvent::of(mean, step_ms),
            });
        }
    }
    all
}

/// The followed readings of every condition over time.
pub(crate) fn course(courses: &[CellCourse], conditions: &[String]) -> Vec<CoursePoint> {
    let mut points = Vec::new();
    for condition in conditions {
        let own: Vec<&CellCourse> = courses.iter().filter(|course| course.key.condition == *condition).collect();
        let mut minutes: Vec<f64> = own.iter().flat_map(|course| course.stretches.iter().map(|s| s.minute)).collect();
        minutes.sort_by(f64::total_cmp);
        minutes.dedup();
        for reading in FOLLOWED {
            for &minute in &minutes {
                let stretches = own.iter().flat_map(|course| &course.stretches).filter(|s| s.minute == minute);
                let values: Vec<f64> = stretches
                    .filter_map(|stretch| match reading {
                        Reading::IpscDecayMs => stretch.ipsc.decay_ms,
                        Reading::IpscPa => stretch.ipsc.amplitude_pa,
                        Reading::IpscHz => Some(stretch.ipsc.rate_hz),
                        _ => Some(stretch.holding_pa),
                    })
                    .collect();
                let Some(value) = Mean::of(&values) else { continue };
                points.push(CoursePoint { condition: condition.clone(), minute, reading, value });
            }
        }
    }
    points
}

/// Cells by condition and phase, in the order of the plan.
fn groups<'a>(
    cells: &'a [CellMeasures],
    conditions: &'a [String],
) -> impl Iterator<Item = (&'a str, Phase, Vec<&'a CellMeasures>)> {
    conditions.iter().flat_map(move |condition| {
        Phase::ALL.into_iter().filter_map(move |phase| {
            let own: Vec<&CellMeasures> =
                cells.iter().filter(|cell| cell.key.condition == *condition && cell.phase == phase).collect();
            (!own.is_empty()).then_some((condition.as_str(), phase, own))
        })
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn means_over_cells_are_those_of_a_textbook() {
        // 1, 2, 3, 4: mean 2.5, SD 1.2910, SEM 0.6455.
        let mean = Mean::of(&[1.0, 2.0, 3.0, 4.0]).unwrap();
        assert_eq!((mean.mean, mean.n_cells), (2.5, 4));
        assert!((mean.sem.unwrap() - 0.645_497_224_367_902_8).abs() < 1e-12);
        assert_eq!(Mean::of(&[7.0]).unwrap().sem, None);
        assert!(Mean::of(&[]).is_none());
    }

    #[test]
    fn the_fit_of_an_average_is_its_exponential() {
        let pa: Vec<f64> = (0..200).map(|k| -20.0 * libm::exp(-f64::from(k) * 0.2 / 9.0)).collect();
        let fit = AverageEvent::of(pa, 0.2).fit.unwrap();
        assert!((fit.decay_ms - 9.0).abs() < 1e-9 && (fit.amplitude_pa + 20.0).abs() < 1e-9, "{fit:?}");
        assert!(fit.from_to_ms[0] > 0.9 && fit.from_to_ms[1] < 14.6, "{fit:?}");
    }
}
