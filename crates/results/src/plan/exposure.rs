//! When compounds reach a slice: in the bath at stated times, and in the animal
//! before the slices were made.

use serde::{Deserialize, Serialize};

/// When a compound flows, counted from the start of induction; times in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Regimen {
    /// Start of the first flow, negative before induction.
    pub from_min: f64,
    /// Length of each flow; to the end of the recording if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasting_min: Option<f64>,
    /// Number of flows.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: u32,
    /// From the start of one flow to the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_min: Option<f64>,
}

fn once() -> u32 {
    1
}

fn is_once(times: &u32) -> bool {
    *times == 1
}

impl Regimen {
    /// Start and end of the flows that begin before `end_min`, cut there.
    pub fn flows(&self, end_min: f64) -> Vec<[f64; 2]> {
        let start = |k: u32| self.from_min + f64::from(k) * self.every_min.unwrap_or(0.0);
        let flow = |from: f64| [from, self.lasting_min.map_or(end_min, |lasting| end_min.min(from + lasting))];
        (0..self.times).map(start).take_while(|from| *from < end_min).map(flow).collect()
    }
}

/// Doses that the animals of a condition were given before their slices were made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Treatment {
    /// Name of the compound, as the experiment file has it.
    pub compound: String,
    /// Route, level and times in words, e.g. `infusion of 60 h, begun 48 h before slicing, …`.
    pub course: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_end_with_the_recording() {
        let pulses = Regimen { from_min: -60.0, lasting_min: Some(5.0), times: 3, every_min: Some(20.0) };
        assert_eq!(pulses.flows(60.0), [[-60.0, -55.0], [-40.0, -35.0], [-20.0, -15.0]]);
        assert_eq!(pulses.flows(-38.0), [[-60.0, -55.0], [-40.0, -38.0]]);
        let lasting = Regimen { lasting_min: None, times: 1, every_min: None, ..pulses };
        assert_eq!(lasting.flows(60.0), [[-60.0, 60.0]]);
    }
}
