//! Families of outcomes in an order of importance.

use crate::adjust::{Adjustment, adjust};
use crate::error::{StatisticsError, require_count, require_range};
use crate::gatekeeping::graph::Graph;
use serde::{Deserialize, Serialize};

/// How a family opens the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// One outcome after the other, each at the full α; the first that fails ends it.
    FixedSequence,
    /// The next family is tested if every outcome of those before it is rejected; Holm
    /// within a family (Maurer, Hothorn & Lehmacher 1995; Bauer et al. 1998).
    Serial,
    /// Each rejection hands its share of α to the next family; the last one is tested by
    /// Holm with what it has received (Dmitrienko, Offen & Westfall 2003).
    Parallel,
}

impl Gate {
    /// All of them.
    pub const ALL: [Gate; 3] = [Gate::FixedSequence, Gate::Serial, Gate::Parallel];

    /// The name as typed on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Gate::FixedSequence => "fixed-sequence",
            Gate::Serial => "serial",
            Gate::Parallel => "parallel",
        }
    }
}

/// Adjusted p values in the order given. `family[i]` from 0 is the place of the family of
/// outcome i in the order of importance; a fixed sequence takes the order of outcomes
/// and no families.
///
/// # Errors
/// No p value, one outside 0 … 1, a family without an outcome, lengths that differ.
pub fn gatekeeping(p: &[f64], family: &[usize], gate: Gate) -> Result<Vec<f64>, StatisticsError> {
    require_count("p values", p.len(), 1)?;
    for value in p {
        require_range("p value", *value, 0.0, 1.0)?;
    }
    if gate == Gate::FixedSequence {
        return Ok(running_maximum(p));
    }
    if family.len() != p.len() {
        let (expected, found) = (p.len(), family.len());
        return Err(StatisticsError::LengthMismatch { what: "families".to_owned(), expected, found });
    }
    let families = members(family)?;
    if gate == Gate::Parallel {
        return parallel(p.len(), &families)?.adjust(p);
    }
    let mut adjusted = vec![0.0; p.len()];
    let mut least = 0.0_f64;
    for members in &families {
        let own: Vec<f64> = members.iter().map(|&i| p[i]).collect();
        for (&i, value) in members.iter().zip(adjust(&own, Adjustment::Holm)?) {
            adjusted[i] = value.max(least);
        }
        least = members.iter().map(|&i| adjusted[i]).fold(least, f64::max);
    }
    Ok(adjusted)
}

fn running_maximum(p: &[f64]) -> Vec<f64> {
    let mut least = 0.0_f64;
    p.iter()
        .map(|p| {
            least = least.max(*p);
            least
        })
        .collect()
}

/// Outcomes of each family.
fn members(family: &[usize]) -> Result<Vec<Vec<usize>>, StatisticsError> {
    let count = family.iter().max().map_or(0, |last| last + 1);
    let families: Vec<Vec<usize>> =
        (0..count).map(|f| (0..family.len()).filter(|&i| family[i] == f).collect()).collect();
    match families.iter().position(Vec::is_empty) {
        Some(level) => Err(StatisticsError::EmptyLevel { what: "families of outcomes".to_owned(), level }),
        None => Ok(families),
    }
}

/// The graph of parallel gates: arrows to every outcome of the next family, Holm in the last.
fn parallel(count: usize, families: &[Vec<usize>]) -> Result<Graph, StatisticsError> {
    let (mut weights, mut arrows) = (vec![0.0; count], vec![vec![0.0; count]; count]);
    for &i in &families[0] {
        weights[i] = 1.0 / families[0].len() as f64;
    }
    for pair in families.windows(2) {
        for &i in &pair[0] {
            for &j in &pair[1] {
                arrows[i][j] = 1.0 / pair[1].len() as f64;
            }
        }
    }
    let last = &families[families.len() - 1];
    for &i in last {
        for &j in last.iter().filter(|j| **j != i) {
            arrows[i][j] = 1.0 / (last.len() as f64 - 1.0);
        }
    }
    Graph::new(&weights, &arrows)
}
