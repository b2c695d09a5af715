//! What an exposure is made from.

use crate::compound::compound::Compound;
use crate::compound::scenario::Scenario;
use crate::exposure::course::block::Stimulus;
use crate::exposure::course::chamber::Chamber;
use crate::exposure::effect::effects::ReceptorMix;
use crate::tissue::biosynthesis::Region;
use crate::tissue::endogenous::Endogenous;
use quantity::Concentration;
use synapse::Parameters;

/// Highest concentration that is taken for a bath, µM; above it the unit is
/// probably wrong.
pub const HIGHEST_UM: f64 = 10_000.0;

/// One compound in the bath.
#[derive(Clone, Debug, PartialEq)]
pub struct BathCompound {
    /// The compound.
    pub compound: Compound,
    /// Its nominal concentration in the reservoir.
    pub concentration: Concentration,
}

/// One compound that flows at stated times.
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    /// The compound and its nominal concentration.
    pub entry: BathCompound,
    /// On and off times, ms, ascending and apart; −∞ and +∞ are allowed at the ends.
    pub flows: Vec<[f64; 2]>,
}

/// Everything that decides the state of the receptors over a recording.
#[derive(Clone, Debug)]
pub struct ExposurePlan {
    /// What flows when. A compound may stand here once.
    pub bath: Vec<Application>,
    /// Steroids that the tissue brings along.
    pub endogenous: Vec<Endogenous>,
    /// Assumptions in force.
    pub scenario: Scenario,
    /// The chamber and the depth of the cells.
    pub chamber: Chamber,
    /// Region of the slice, for the metabolism of steroids.
    pub region: Region,
    /// Receptors of the preparation.
    pub receptors: ReceptorMix,
    /// Stimuli, for blockers that need open channels.
    pub stimuli: Vec<Stimulus>,
    /// End of the recording, ms.
    pub end_ms: f64,
    /// The synapse, for the open times of its channels.
    pub parameters: Parameters,
}

impl Default for ExposurePlan {
    fn default() -> Self {
        Self {
            bath: Vec::new(),
            endogenous: Vec::new(),
            scenario: Scenario::default(),
            chamber: Chamber::default(),
            region: Region::Ca1,
            receptors: ReceptorMix::default(),
            stimuli: Vec::new(),
            end_ms: 0.0,
            parameters: Parameters::default(),
        }
    }
}
