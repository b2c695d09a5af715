//! Induction protocols: when each stimulus pulse falls. Named presets stand in
//! `data/protocols.toml`, with their sources.

use crate::plan::pairing::PostSpikes;
use evidence::Evidence;
use quantity::{Frequency, Time};

/// Most pulses that one induction protocol may hold.
pub(crate) const MOST_PULSES: usize = 100_000;

/// Two pulses closer than this overlap: shorter than the refractory period of
/// the Schaffer collaterals (about 1 ms), so the second could not be a stimulus.
pub(crate) const SHORTEST_INTERVAL_MS: f64 = 1.0;

/// A train: `pulses` at `frequency` make a burst, `bursts` of them every
/// `burst_interval` make a train, `repeats` trains follow every `interval`.
/// Intervals run from start to start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Train {
    /// From the start of the induction to the first pulse.
    pub start: Time,
    /// Pulses in one burst.
    pub pulses: u32,
    /// Rate of the pulses within a burst.
    pub frequency: Frequency,
    /// Bursts in one train.
    pub bursts: u32,
    /// From the start of one burst to the start of the next.
    pub burst_interval: Time,
    /// How often the train is given.
    pub repeats: u32,
    /// From the start of one train to the start of the next.
    pub interval: Time,
    /// Spikes of the cell that go with each pulse.
    pub post: Option<PostSpikes>,
}

impl Train {
    /// Pulses of the whole train.
    pub fn len(&self) -> usize {
        self.pulses as usize * self.bursts as usize * self.repeats as usize
    }

    /// Whether the train holds no pulse; never so for a train that was read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Times of all pulses since the start of the induction, ms:
    ///
    /// t(r, b, k) = start + r · interval + b · burst_interval + k · 1000 / f
    pub fn pulses_ms(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.repeats).flat_map(move |repeat| {
            (0..self.bursts).flat_map(move |burst| {
                (0..self.pulses).map(move |pulse| {
                    self.start.ms()
                        + f64::from(repeat) * self.interval.ms()
                        + f64::from(burst) * self.burst_interval.ms()
                        + f64::from(pulse) * 1000.0 / self.frequency.hz()
                })
            })
        })
    }

    /// The train in words.
    pub fn in_words(&self) -> String {
        let mut words = if self.pulses == 1 {
            "1 pulse".to_owned()
        } else {
            format!("{} pulses at {}", self.pulses, self.frequency)
        };
        if self.bursts > 1 {
            words = format!("{} bursts of {words}, one every {}", self.bursts, self.burst_interval);
        }
        if self.repeats > 1 {
            words = format!("{words}, {} times every {}", self.repeats, self.interval);
        }
        if let Some(post) = &self.post {
            words = format!("{words}, {}", post.in_words());
        }
        if self.start.ms() > 0.0 {
            words = format!("{words}, from {} on", self.start);
        }
        words
    }
}

/// One induction protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct Induction {
    /// Name, e.g. `hfs-2x100`.
    pub name: String,
    /// In words.
    pub title: String,
    /// Where the protocol comes from.
    pub source: String,
    /// How sure that is.
    pub evidence: Evidence,
    /// What follows from the source, and what does not; may be empty.
    pub note: String,
    /// Its trains; none for test pulses only.
    pub trains: Vec<Train>,
}

impl Induction {
    /// Times of all pulses since the start of the induction, ms, ascending.
    pub fn pulses_ms(&self) -> Vec<f64> {
        let mut times: Vec<f64> = self.trains.iter().flat_map(Train::pulses_ms).collect();
        times.sort_by(f64::total_cmp);
        times
    }

    /// Times of the spikes that are paired with pulses, ms, ascending. The first
    /// may lie before the first pulse.
    pub fn post_ms(&self) -> Vec<f64> {
        let of = |train: &Train| -> Vec<f64> {
            let Some(post) = train.post else { return Vec::new() };
            train.pulses_ms().flat_map(|pulse_ms| post.times_ms(pulse_ms).collect::<Vec<_>>()).collect()
        };
        let mut times: Vec<f64> = self.trains.iter().flat_map(of).collect();
        times.sort_by(f64::total_cmp);
        times
    }

    /// Number of pulses.
    pub fn len(&self) -> usize {
        self.trains.iter().map(Train::len).sum()
    }

    /// Whether there is no induction at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// From the start of the induction to its last pulse, ms.
    pub fn duration_ms(&self) -> f64 {
        self.pulses_ms().last().copied().unwrap_or(0.0)
    }

    /// Two pulses, or two paired spikes, that overlap, as times since the start, ms.
    pub fn overlap_ms(&self) -> Option<(f64, f64)> {
        // Paired spikes are as far apart as pulses, from each other.
        let close = |times: Vec<f64>| {
            let pair = times.windows(2).find(|pair| pair[1] - pair[0] < SHORTEST_INTERVAL_MS)?;
            Some((pair[0], pair[1]))
        };
        close(self.pulses_ms()).or_else(|| close(self.post_ms()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::presets::presets;

    fn preset(name: &str) -> Induction {
        presets().into_iter().find(|preset| preset.name == name).expect("preset")
    }

    #[test]
    fn hfs_2x100_is_two_trains_20_s_apart() {
        let pulses = preset("hfs-2x100").pulses_ms();
        assert_eq!(pulses.len(), 200);
        assert_eq!(pulses[..3], [0.0, 10.0, 20.0]);
        assert_eq!((pulses[99], pulses[100], pulses[199]), (990.0, 20_000.0, 20_990.0));
    }

    #[test]
    fn theta_burst_is_ten_bursts_of_four_every_200_ms() {
        let pulses = preset("tbs").pulses_ms();
        assert_eq!(pulses.len(), 40);
        assert_eq!(pulses[..5], [0.0, 10.0, 20.0, 30.0, 200.0]);
        assert_eq!(pulses[39], 1830.0);
        assert_eq!(preset("tbs-3x").duration_ms(), 21_830.0);
    }

    #[test]
    fn the_other_presets_have_the_numbers_of_their_names() {
        assert_eq!(preset("hfs-1x100").duration_ms(), 990.0);
        assert_eq!((preset("hfs-4x100").len(), preset("hfs-4x100").duration_ms()), (400, 900_990.0));
        assert_eq!((preset("lfs-900").len(), preset("lfs-900").duration_ms()), (900, 899_000.0));
        assert!(preset("none").is_empty());
    }

    #[test]
    fn no_preset_overlaps_and_every_one_has_a_source() {
        for preset in presets() {
            assert_eq!(preset.overlap_ms(), None, "{}", preset.name);
            assert!(preset.source.len() > 20 && preset.title.len() > 20, "{}", preset.name);
        }
    }

    #[test]
    fn trains_that_run_into_each_other_overlap() {
        let mut tetanus = preset("hfs-2x100");
        tetanus.trains[0].interval = Time::from_ms(500.0);
        assert_eq!(tetanus.overlap_ms(), Some((500.0, 500.0)));
    }
}
