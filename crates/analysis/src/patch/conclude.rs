//! Cells of animals to findings: the change from the baseline in each cell, then
//! groups and contrasts with cells nested in animals.

use crate::patch::cell::{CellCourse, CellMeasures};
use crate::patch::course;
use crate::patch::findings::{PatchCell, PatchContrast, PatchFindings, PatchGroup};
use crate::patch::reading::Reading;
use recording::Phase;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, fit};
use statistics::two_sample::welch;
use statistics::{Comparison, DfMethod, Sample};
use std::collections::BTreeMap;

/// Concludes from cells; `conditions` in the order of the plan, the first or
/// `reference` is compared with. Cells are nested in animals: a random-intercept
/// model by REML with Kenward–Roger degrees of freedom, or Welch's test where
/// every animal has one cell.
pub(crate) fn conclude_patch(
    cells: &[CellMeasures],
    courses: &[CellCourse],
    conditions: &[String],
    reference: &str,
    level: f64,
) -> PatchFindings {
    let mut findings = PatchFindings {
        firing: course::firing(cells, conditions),
        averages: course::averages(cells, conditions),
        course: course::course(courses, conditions),
        cells: cells.iter().filter_map(tonic).collect(),
        ..PatchFindings::default()
    };
    for condition in conditions {
        for phase in Phase::ALL {
            for reading in Reading::ALL {
                findings.groups.extend(group(cells, condition, phase, reading));
            }
        }
    }
    for condition in conditions.iter().filter(|condition| *condition != reference) {
        for phase in [Phase::WashIn, Phase::FollowUp] {
            for reading in Reading::ALL {
                match contrast(cells, [reference, condition], phase, reading, level) {
                    Some(Ok(contrast)) => findings.contrasts.push(contrast),
                    Some(Err(reason)) => {
                        let warning = format!("{condition}, {}: no contrast ({reason}).", reading.title());
                        if !findings.warnings.contains(&warning) {
                            findings.warnings.push(warning);
                        }
                    }
                    None => {}
                }
            }
        }
    }
    findings
}

/// The tonic current of a cell.
fn tonic(cell: &CellMeasures) -> Option<PatchCell> {
    let reading = Reading::TonicPa;
    let value = reading.of(cell)?;
    let key = &cell.key;
    let (condition, animal) = (key.condition.clone(), key.animal.clone());
    Some(PatchCell { condition, animal, cell: key.slice, phase: cell.phase, reading, value })
}

fn group(cells: &[CellMeasures], condition: &str, phase: Phase, reading: Reading) -> Option<PatchGroup> {
    let chosen = cells.iter().filter(|cell| cell.key.condition == condition && cell.phase == phase);
    let values: Vec<(&str, f64)> =
        chosen.filter_map(|cell| Some((cell.key.animal.as_str(), reading.of(cell)?))).collect();
    let mut animals: Vec<&str> = values.iter().map(|(animal, _)| *animal).collect();
    animals.sort_unstable();
    animals.dedup();
    let n = values.len();
    let mean = values.iter().map(|(_, value)| value).sum::<f64>() / n.max(1) as f64;
    let squares: f64 = values.iter().map(|(_, value)| (value - mean).powi(2)).sum();
    let sd = (n > 1).then(|| (squares / (n - 1) as f64).sqrt());
    let sem = sd.map(|sd| sd / (n as f64).sqrt());
    let (condition, n_animals) = (condition.to_owned(), animals.len());
    (n > 0).then_some(PatchGroup { condition, phase, reading, n_cells: n, n_animals, mean, sd, sem })
}

/// `None` if a condition has no cell that was measured in both phases.
fn contrast(
    cells: &[CellMeasures],
    pair: [&str; 2],
    phase: Phase,
    reading: Reading,
    level: f64,
) -> Option<Result<PatchContrast, String>> {
    let (mut changes, mut conditions, mut clusters) = (Vec::new(), Vec::new(), Vec::new());
    let mut animals: BTreeMap<&str, usize> = BTreeMap::new();
    for before in cells.iter().filter(|cell| cell.phase == Phase::Baseline) {
        let Some(place) = pair.iter().position(|condition| *condition == before.key.condition) else { continue };
        let after = cells.iter().find(|cell| cell.phase == phase && cell.key == before.key);
        let change = after.and_then(|after| Some(reading.of(after)? - reading.of(before)?));
        let Some(change) = change else { continue };
        let next = animals.len();
        clusters.push(*animals.entry(before.key.animal.as_str()).or_insert(next));
        changes.push(change);
        conditions.push(place);
    }
    if !(conditions.contains(&0) && conditions.contains(&1)) {
        return None;
    }
    // One cell per animal: the cells are the animals, and Welch's test needs no model.
    if animals.len() == changes.len() {
        let of = |place: usize| {
            let own = changes.iter().zip(&conditions).filter(|(_, c)| **c == place).map(|(change, _)| *change);
            Sample::new(&own.collect::<Vec<_>>())
        };
        let compared = of(0).and_then(|a| of(1).and_then(|b| welch(&b, &a, level)));
        return Some(compared.map(|c| stated(pair, phase, reading, &c)).map_err(|error| error.to_string()));
    }
    let compared = Design::treatment(&conditions, &pair)
        .and_then(|design| fit(&MixedData::new(&changes, &design, &clusters), Method::Reml))
        .and_then(|model| model.contrast(&[0.0, 1.0], DfMethod::KenwardRoger, level));
    Some(compared.map(|c| stated(pair, phase, reading, &c)).map_err(|error| error.to_string()))
}

/// A comparison as a contrast.
fn stated(pair: [&str; 2], phase: Phase, reading: Reading, c: &Comparison) -> PatchContrast {
    PatchContrast {
        condition: pair[1].to_owned(),
        reference: pair[0].to_owned(),
        phase,
        reading,
        estimate: c.estimate,
        ci_low: c.ci_low,
        ci_high: c.ci_high,
        df: c.df,
        p: c.p,
    }
}
