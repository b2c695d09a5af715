//! The synapse at rest and in short trains beside what electrodes and imaging have
//! shown: quantities of one mean cell without plasticity, each with its published range.

use crate::verdict::Verdict;
use evidence::Evidence;
use serde::Serialize;
use synapse::patch::{Receptor, steady_current};
use synapse::{Modulation, Parameters, physiology};

/// A quantity of the synapse with what is published of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhysiologyRow {
    /// Identifier.
    pub id: &'static str,
    /// In words.
    pub title: &'static str,
    /// Unit; empty for a ratio.
    pub unit: &'static str,
    /// What the synapse has.
    pub value: f64,
    /// Published range.
    pub range: [f64; 2],
    /// How sure the range is.
    pub evidence: Evidence,
    /// Author, year, place.
    pub source: &'static str,
    /// Inside the range or not.
    pub verdict: Verdict,
}

/// A quantity before it is taken.
struct Quantity {
    id: &'static str,
    title: &'static str,
    unit: &'static str,
    taken: fn(&Parameters) -> f64,
    range: [f64; 2],
    evidence: Evidence,
    source: &'static str,
}

/// All quantities.
const QUANTITIES: [Quantity; 14] = [
    Quantity {
        id: "Y-tonic-slope",
        title: "tonic GABA-A conductance against potential, per capacitance",
        unit: "pS/mV/pF",
        taken: |p| tonic_slope(p),
        range: [0.26, 0.38],
        evidence: Evidence::Measured,
        source: "0.32 (n = 12), CA1 pyramids, J Neurosci 2010 30:7672; range one fifth of it",
    },
    Quantity {
        id: "Y-tonic-current",
        title: "tonic current at -70 mV, 140 mM chloride on both sides",
        unit: "pA",
        taken: |p| -tonic_pa(p, -70.0),
        range: [5.0, 40.0],
        evidence: Evidence::FromMemory,
        source: "several to some tens of pA in CA1 pyramids",
    },
    Quantity {
        id: "Y-tonic-5um",
        title: "the same with 5 uM GABA, over ambient GABA",
        unit: "",
        taken: |p| tonic_pa(&Parameters { ambient_gaba_um: 5.0, ..p.clone() }, -70.0) / tonic_pa(p, -70.0),
        range: [1.5, 6.0],
        evidence: Evidence::FromMemory,
        source: "tonic currents grow with 5 uM GABA in the bath",
    },
    Quantity {
        id: "Y-gaba-b-pulse",
        title: "slow IPSP of GABA-B receptors after one stimulus",
        unit: "mV",
        taken: |p| physiology::gaba_b_ipsp_mv(p, &[0.0]),
        range: [-1.5, 0.0],
        evidence: Evidence::FromMemory,
        source: "small after a stimulus of usual strength",
    },
    Quantity {
        id: "Y-gaba-b-burst",
        title: "slow IPSP of GABA-B receptors after four stimuli at 100 Hz",
        unit: "mV",
        taken: |p| physiology::gaba_b_ipsp_mv(p, &train(4)),
        range: [-8.0, -2.0],
        evidence: Evidence::FromMemory,
        source: "a slow IPSP of several mV",
    },
    Quantity {
        id: "Y-epsp",
        title: "EPSP of the soma after a test pulse",
        unit: "mV",
        taken: |p| epsp_mv(p),
        range: [5.0, 10.0],
        evidence: Evidence::FromMemory,
        source: "5-10 mV at half-maximal stimulation",
    },
    Quantity {
        id: "Y-spikes-theta",
        title: "spikes of the mean cell per burst of a theta burst",
        unit: "",
        taken: |p| f64::from(spikes(p, &theta_burst(), 1_900.0)) / 10.0,
        range: [0.5, 3.0],
        evidence: Evidence::FromMemory,
        source: "cells fire once or a few times a burst",
    },
    Quantity {
        id: "Y-spikes-tetanus",
        title: "spikes of the mean cell in the first 100 ms of a 100 Hz train",
        unit: "",
        taken: |p| f64::from(spikes(p, &train(10), 105.0)),
        range: [1.0, 5.0],
        evidence: Evidence::FromMemory,
        source: "population spikes early in a tetanus",
    },
    Quantity {
        id: "Y-calcium-pulse",
        title: "spine calcium after one release in a test pulse",
        unit: "uM",
        taken: |p| physiology::spine_calcium_um(p)[0],
        range: [0.4, 1.2],
        evidence: Evidence::FromMemory,
        source: "about 0.7 uM at -70 mV, Sabatini et al. 2002 Neuron 33:439",
    },
    Quantity {
        id: "Y-calcium-spike",
        title: "spine calcium after a back-propagating spike",
        unit: "uM",
        taken: |p| physiology::spine_calcium_um(p)[1],
        range: [0.8, 2.0],
        evidence: Evidence::FromMemory,
        source: "1-1.7 uM, Sabatini et al. 2002 Neuron 33:439",
    },
    Quantity {
        id: "Y-ppr-50",
        title: "paired-pulse ratio of release at 50 ms",
        unit: "",
        taken: |p| paired(p, 50.0),
        range: [1.35, 1.65],
        evidence: Evidence::Measured,
        source: "+50 +- 9 %, CA1, PNAS 1996 93:15451",
    },
    Quantity {
        id: "Y-ppr-200",
        title: "paired-pulse ratio of release at 200 ms",
        unit: "",
        taken: |p| paired(p, 200.0),
        range: [1.0, 1.2],
        evidence: Evidence::FromMemory,
        source: "about 1.1: facilitation has gone by 200 ms",
    },
    Quantity {
        id: "Y-nmda-ampa",
        title: "NMDA over AMPA conductance of a mean release",
        unit: "",
        taken: |p| p.nmda_ns / (p.ampa_ns * (1.0 + (p.weight_ratio - 1.0) * p.rho_up)),
        range: [0.3, 0.5],
        evidence: Evidence::FromMemory,
        source: "0.3-0.5 in mature CA1",
    },
    Quantity {
        id: "Y-baseline-allo",
        title: "EPSP of the soma under a doubled tonic conductance and IPSCs prolonged twofold",
        unit: "%",
        taken: |p| baseline_percent(p),
        range: [-30.0, -2.0],
        evidence: Evidence::FromMemory,
        source: "anaesthetics and neurosteroids lower responses of CA1",
    },
];

/// All quantities for one parameter set.
pub fn physiology(p: &Parameters) -> Vec<PhysiologyRow> {
    let row = |quantity: &Quantity| {
        let Quantity { id, title, unit, taken, range, evidence, source } = *quantity;
        let value = taken(p);
        let verdict = if (range[0]..=range[1]).contains(&value) { Verdict::Pass } else { Verdict::Fail };
        PhysiologyRow { id, title, unit, value, range, evidence, source, verdict }
    };
    QUANTITIES.iter().map(row).collect()
}

/// Pulses at 100 Hz, ms.
fn train(pulses: u32) -> Vec<f64> {
    (0..pulses).map(|k| 10.0 * f64::from(k)).collect()
}

/// Ten bursts of four at 100 Hz every 200 ms, ms.
fn theta_burst() -> Vec<f64> {
    (0..40).map(|k: u32| 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4)).collect()
}

/// Tonic current, pA, with equal chloride on both sides.
fn tonic_pa(p: &Parameters, mv: f64) -> f64 {
    steady_current(Receptor::GabaTonic, p, &Modulation::default(), mv, 0.0)
}

/// Change of the tonic conductance from −70 to 0 mV per mV and per pF of the cell, pS.
fn tonic_slope(p: &Parameters) -> f64 {
    let ns = |mv: f64| steady_current(Receptor::GabaTonic, p, &Modulation::default(), mv, mv - 1.0);
    1000.0 * (ns(0.0) - ns(-70.0)) / 70.0 / (p.soma_capacitance_pf + p.dendrite_capacitance_pf)
}

/// Depolarisation of the soma by a test pulse under a drug, mV.
fn depolarisation_mv(p: &Parameters, drug: &Modulation) -> f64 {
    let course = physiology::membrane_course(p, drug, &[0.0], 60.0, 0.2);
    let rest = course.first().map_or(0.0, |at| at.soma_mv);
    course.iter().map(|at| at.soma_mv - rest).fold(0.0, f64::max)
}

fn epsp_mv(p: &Parameters) -> f64 {
    depolarisation_mv(p, &Modulation::default())
}

/// Change of the EPSP under a potentiator of GABA-A receptors, %.
fn baseline_percent(p: &Parameters) -> f64 {
    let drug = Modulation {
        gaba_a_tonic_gain: 2.0,
        gaba_a_fast_decay: 2.0,
        gaba_a_dendritic_decay: 2.0,
        gaba_a_slow_decay: 2.0,
        ..Modulation::default()
    };
    100.0 * (depolarisation_mv(p, &drug) / epsp_mv(p) - 1.0)
}

/// Spikes of the mean cell up to `until_ms`.
fn spikes(p: &Parameters, stimuli_ms: &[f64], until_ms: f64) -> u32 {
    let course = physiology::membrane_course(p, &Modulation::default(), stimuli_ms, until_ms, 1.0);
    course.last().map_or(0, |at| at.spikes)
}

/// Second over first release at an interval, by Tsodyks & Markram.
fn paired(p: &Parameters, interval_ms: f64) -> f64 {
    synapse::patch::paired_pulse_ratio(p, &Modulation::default(), interval_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quantity_has_a_source_and_a_number() {
        let rows = physiology(&Parameters::default());
        assert!(rows.len() >= 13);
        for row in &rows {
            assert!(row.value.is_finite() && row.range[0] < row.range[1] && row.source.len() > 10, "{row:?}");
        }
    }

    /// What was set by voltage clamp is met: the tonic conductance, and GABA-B.
    #[test]
    fn inhibition_is_of_the_recorded_size() {
        let rows = physiology(&Parameters::default());
        for id in ["Y-tonic-slope", "Y-tonic-current", "Y-tonic-5um", "Y-gaba-b-pulse", "Y-gaba-b-burst"] {
            let row = rows.iter().find(|row| row.id == id).expect("a row");
            assert_eq!(row.verdict, Verdict::Pass, "{row:?}");
        }
    }
}
