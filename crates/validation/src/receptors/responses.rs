//! Every receptor under a bath of the user's choice, on the virtual clamp.

use crate::receptors::assay::Readout;
use crate::receptors::clamp::{is_evoked, read};
use crate::receptors::read::RECEPTORS;
use evidence::Remark;
use pharmacology::{Application, BathCompound, Exposure, ExposurePlan, ReceptorMix, Scenario};
use serde::Serialize;
use synapse::Modulation;
use synapse::patch::Receptor;

/// A receptor or channel under a bath in equilibrium, relative to no bath.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    /// Name as in the records of outcomes.
    pub receptor: &'static str,
    /// Factor on the largest current after a brief pulse; `None` for what a pulse
    /// of transmitter does not open.
    pub peak: Option<f64>,
    /// Factor on the decay (charge over peak) after a brief pulse.
    pub decay: Option<f64>,
    /// Factor on the current under a lasting application.
    pub steady: Option<f64>,
}

/// What a bath does, and by which laws.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Responses {
    /// Compounds and concentrations, µM.
    pub bath: Vec<(String, f64)>,
    /// Scenarios assumed.
    pub scenarios: Vec<String>,
    /// The receptors.
    pub receptors: Vec<Response>,
    /// The laws in use, in words.
    pub laws: Vec<Remark>,
    /// What the reader must know.
    pub remarks: Vec<Remark>,
}

/// Every receptor under `bath` in equilibrium.
pub fn responses(bath: Vec<BathCompound>, scenario: Scenario, receptors: ReceptorMix) -> Responses {
    let named = bath.iter().map(|entry| (entry.compound.name.clone(), entry.concentration.um())).collect();
    let scenarios = scenario.names().iter().map(|name| (*name).to_owned()).collect();
    let settled = |entry: BathCompound| Application { entry, flows: vec![[f64::NEG_INFINITY, f64::INFINITY]] };
    let bath = bath.into_iter().map(settled).collect();
    let exposure = Exposure::of(ExposurePlan { bath, scenario, receptors, ..ExposurePlan::default() });
    let drug = exposure.modulation(0.0);
    let responses = RECEPTORS.iter().map(|(name, receptor)| response(name, *receptor, &drug));
    Responses {
        bath: named,
        scenarios,
        receptors: responses.collect(),
        laws: exposure.laws(),
        remarks: exposure.remarks(),
    }
}

fn response(name: &'static str, receptor: Receptor, drug: &Modulation) -> Response {
    let factor = |readout| {
        let without = read(receptor, readout, &Modulation::default());
        (without != 0.0).then(|| read(receptor, readout, drug) / without)
    };
    let evoked = is_evoked(receptor);
    let pulse = |readout| if evoked { factor(readout) } else { None };
    let steady = if receptor == Receptor::Release { None } else { factor(Readout::Steady) };
    Response { receptor: name, peak: pulse(Readout::Peak), decay: pulse(Readout::Decay), steady }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pharmacology::Library;
    use quantity::Concentration;

    #[test]
    fn sulfate_at_another_concentration_follows_its_curves_on_every_subunit() {
        let library = Library::embedded();
        let entry = BathCompound {
            compound: library.find("PS").expect("known").clone(),
            concentration: Concentration::from_um(30.0),
        };
        let all = responses(vec![entry], Scenario::default(), ReceptorMix::default());
        let of = |name: &str| all.receptors.iter().find(|one| one.receptor == name).expect("there").clone();
        // 1 + (max − 1)·30/(30 + 34.6), maxima from + 62 and − 35 % at 100 µM.
        let at = |change: f64| 1.0 + change * (134.6 / 100.0) * 30.0 / 64.6;
        assert!((of("glun2a").peak.expect("evoked") - at(0.62)).abs() < 2e-3, "{:?}", of("glun2a"));
        assert!((of("glun2c").peak.expect("evoked") - at(-0.35)).abs() < 2e-3, "{:?}", of("glun2c"));
        assert_eq!(of("ampa").peak, Some(1.0));
        assert!(of("gaba_a_fast").decay.expect("evoked") < 0.9, "the block builds up within the IPSC");
        assert_eq!(of("cav_t").peak, None);
        assert!(!all.laws.is_empty());
    }
}
