//! Stimulation protocols of the tagging literature (Clopath et al. 2008 PLoS
//! Comput Biol 4:e1000248, table; names of Sajikumar & Frey): strong and weak,
//! tetanus and low frequency.

use crate::rules::error::RuleError;

/// A protocol: bursts of pulses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StcProtocol {
    /// Name.
    pub name: &'static str,
    /// In words.
    pub title: &'static str,
    /// Trains, seconds from one to the next.
    trains: (u32, f64),
    /// Bursts of a train, seconds from one to the next.
    bursts: (u32, f64),
    /// Pulses of a burst, seconds from one to the next.
    pulses: (u32, f64),
}

/// All protocols.
const PROTOCOLS: &[StcProtocol] = &[
    new("STET", "strong tetanus: 3 trains of 100 pulses at 100 Hz every 10 min", (3, 600.0), (1, 0.0), (100, 0.01)),
    new("WTET", "weak tetanus: 21 pulses at 100 Hz", (1, 0.0), (1, 0.0), (21, 0.01)),
    new("SLFS", "strong low-frequency: 900 bursts of 3 pulses at 20 Hz every 1 s", (1, 0.0), (900, 1.0), (3, 0.05)),
    new("WLFS", "weak low-frequency: 900 pulses at 1 Hz", (1, 0.0), (900, 1.0), (1, 0.0)),
    new("TBS", "theta burst: 10 bursts of 4 pulses at 100 Hz every 200 ms", (1, 0.0), (10, 0.2), (4, 0.01)),
    new("3xTBS", "3 theta bursts every 10 min", (3, 600.0), (10, 0.2), (4, 0.01)),
    new("HFS1", "one train of 100 pulses at 100 Hz", (1, 0.0), (1, 0.0), (100, 0.01)),
];

const fn new(
    name: &'static str,
    title: &'static str,
    trains: (u32, f64),
    bursts: (u32, f64),
    pulses: (u32, f64),
) -> StcProtocol {
    StcProtocol { name, title, trains, bursts, pulses }
}

impl StcProtocol {
    /// Presynaptic spikes, s; the first at 10 s.
    pub fn spikes_s(&self) -> Vec<f64> {
        let mut spikes = Vec::new();
        for train in 0..self.trains.0 {
            for burst in 0..self.bursts.0 {
                for pulse in 0..self.pulses.0 {
                    spikes.push(
                        10.0 + f64::from(train) * self.trains.1
                            + f64::from(burst) * self.bursts.1
                            + f64::from(pulse) * self.pulses.1,
                    );
                }
            }
        }
        spikes
    }
}

/// The protocol of a name.
///
/// # Errors
/// An unknown name.
pub fn protocol(name: &str) -> Result<&'static StcProtocol, RuleError> {
    PROTOCOLS.iter().find(|protocol| protocol.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
        RuleError::UnknownProtocol {
            asked: name.to_owned(),
            known: PROTOCOLS.iter().map(|protocol| protocol.name.to_owned()).collect(),
        }
    })
}
