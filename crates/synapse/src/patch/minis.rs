//! Voltage clamp: spontaneous IPSCs and EPSCs, tonic current and noise.
//!
//! I(t) = Σ g_k s(t − t_k)·(V − E) + g_ton r_ton(V)(V − E_GABA) + I_leak + noise
//!
//! Events come as Poisson processes whose times and sizes are keyed by the cell,
//! the kind and the number of the event: a drug changes what an event does, never
//! which event it is. The space clamp is ideal.

use crate::kernel::draws::{lognormal, lognormal_sigma};
use crate::kernel::random::Purpose;
use crate::modulation::Modulation;
use crate::patch::channels::ih;
use crate::patch::parameters::{
    IH_NS, IH_REVERSAL_MV, MINI_AMPA_CV, MINI_AMPA_HZ, MINI_AMPA_NS, MINI_GABA_CV, MINI_GABA_HZ, MINI_GABA_NS,
    NOISE_PA, PatchCell,
};
use crate::receptors::voltage::peak_factor;

/// What the pipette sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holding {
    /// Holding potential, mV.
    pub mv: f64,
    /// Reversal of GABA-A currents with the solution in the pipette, mV.
    pub gaba_reversal_mv: f64,
}

/// A stretch of recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MiniWindow {
    /// Number of the stretch; draws of different stretches are independent.
    pub number: u32,
    /// Length, ms.
    pub length_ms: f64,
    /// Sampling rate, Hz.
    pub rate_hz: f64,
}

/// One kind of event.
struct Kind {
    purpose: [Purpose; 2],
    rate_per_ms: f64,
    peak_ns: f64,
    cv: f64,
    rise_ms: f64,
    decay_ms: f64,
    driving_mv: f64,
}

/// Current of a stretch, pA (inward negative).
pub fn spontaneous_current(cell: &PatchCell, drug: &Modulation, holding: &Holding, window: &MiniWindow) -> Vec<f64> {
    let p = &cell.p;
    let samples = (window.length_ms * window.rate_hz / 1000.0).round() as usize;
    let gaba_driving = holding.mv - holding.gaba_reversal_mv;
    let open = 1.0 - drug.gaba_a_use_block * resting_use();
    let held = p.soma_leak_ns + p.dendrite_leak_ns;
    let steady = held * (holding.mv - p.leak_reversal_mv)
        + IH_NS * drug.ih_gain * ih(holding.mv).steady * (holding.mv - IH_REVERSAL_MV)
        + open * cell.tonic_ns(drug, holding.mv) * gaba_driving;
    let mut current = vec![steady; samples];
    let inhibitory = Kind {
        purpose: [Purpose::MiniInterval, Purpose::MiniSize],
        rate_per_ms: cell.rate * MINI_GABA_HZ / 1000.0,
        peak_ns: cell.inhibition * MINI_GABA_NS * drug.gaba_a_fast_gain * open,
        cv: MINI_GABA_CV,
        rise_ms: p.gaba_fast_rise_ms,
        decay_ms: p.gaba_fast_decay_ms * drug.gaba_a_fast_decay,
        driving_mv: gaba_driving,
    };
    let excitatory = Kind {
        purpose: [Purpose::MiniExcitatoryInterval, Purpose::MiniExcitatorySize],
        rate_per_ms: cell.rate * MINI_AMPA_HZ / 1000.0,
        peak_ns: cell.excitation * MINI_AMPA_NS * drug.ampa_gain,
        cv: MINI_AMPA_CV,
        rise_ms: p.ampa_rise_ms,
        decay_ms: p.ampa_decay_ms,
        driving_mv: holding.mv,
    };
    for kind in [inhibitory, excitatory] {
        add_events(&mut current, cell, &kind, window);
    }
    let mut noise = vec![0.0; samples];
    cell.stream.fill_normal(Purpose::MiniNoise, window.number, &mut noise);
    current.iter_mut().zip(noise).for_each(|(pa, z)| *pa += NOISE_PA * z);
    current
}

/// Share of full activation at which resting receptors build up use-dependent
/// block: that of the block under ambient transmitter. A choice of the model.
fn resting_use() -> f64 {
    0.5
}

fn add_events(current: &mut [f64], cell: &PatchCell, kind: &Kind, window: &MiniWindow) {
    let per_ms = window.rate_hz / 1000.0;
    let norm = peak_factor(kind.rise_ms, kind.decay_ms);
    let sigma = lognormal_sigma(kind.cv);
    let mut t_ms = 0.0;
    for number in 0.. {
        let draw = cell.stream.uniform(kind.purpose[0], window.number, number);
        t_ms += -libm::log(draw) / kind.rate_per_ms;
        if t_ms >= window.length_ms {
            return;
        }
        let size = lognormal(sigma, cell.stream.normal(kind.purpose[1], window.number, number));
        let peak_pa = kind.peak_ns * size * kind.driving_mv;
        let first = (t_ms * per_ms).ceil() as usize;
        let last = ((t_ms + 10.0 * kind.decay_ms) * per_ms) as usize;
        for (k, sample) in current.iter_mut().enumerate().take(last).skip(first) {
            let since_ms = k as f64 / per_ms - t_ms;
            let shape = libm::exp(-since_ms / kind.decay_ms) - libm::exp(-since_ms / kind.rise_ms);
            *sample += peak_pa * norm * shape;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SliceIdentity;
    use crate::parameters::table::Parameters;

    const HOLDING: Holding = Holding { mv: -70.0, gaba_reversal_mv: 0.0 };

    fn cell() -> PatchCell {
        PatchCell::new(&Parameters::default(), SliceIdentity { seed: 5, animal: 1, slice: 2 })
    }

    #[test]
    fn the_mean_current_is_that_of_campbells_theorem() {
        // Mean = steady + Σ rate · charge; the noise averages out.
        let window = MiniWindow { number: 0, length_ms: 200_000.0, rate_hz: 2_000.0 };
        let (cell, drug) = (cell(), Modulation::default());
        let current = spontaneous_current(&cell, &drug, &HOLDING, &window);
        let mean = current.iter().sum::<f64>() / current.len() as f64;
        let p = &cell.p;
        let charge = |rise: f64, decay: f64| peak_factor(rise, decay) * (decay - rise);
        let steady = (p.soma_leak_ns + p.dendrite_leak_ns) * (-70.0 - p.leak_reversal_mv)
            + IH_NS * ih(-70.0).steady * (-70.0 - IH_REVERSAL_MV)
            + cell.tonic_ns(&drug, -70.0) * -70.0;
        let gaba = cell.rate * MINI_GABA_HZ / 1000.0
            * cell.inhibition
            * MINI_GABA_NS
            * -70.0
            * charge(p.gaba_fast_rise_ms, p.gaba_fast_decay_ms);
        let ampa = cell.rate * MINI_AMPA_HZ / 1000.0
            * cell.excitation
            * MINI_AMPA_NS
            * -70.0
            * charge(p.ampa_rise_ms, p.ampa_decay_ms);
        let expected = steady + gaba + ampa;
        assert!((mean - expected).abs() < 0.04 * (gaba + ampa).abs() + 0.1, "{mean} vs {expected}");
    }

    #[test]
    fn a_drug_changes_events_and_never_their_times() {
        let window = MiniWindow { number: 3, length_ms: 5_000.0, rate_hz: 5_000.0 };
        let plain = spontaneous_current(&cell(), &Modulation::default(), &HOLDING, &window);
        let doubled = Modulation { gaba_a_fast_gain: 2.0, ..Modulation::default() };
        let larger = spontaneous_current(&cell(), &doubled, &HOLDING, &window);
        let silent = Modulation { gaba_a_fast_gain: 0.0, ..Modulation::default() };
        let without = spontaneous_current(&cell(), &silent, &HOLDING, &window);
        for ((a, b), c) in plain.iter().zip(&larger).zip(&without) {
            assert!(((b - c) - 2.0 * (a - c)).abs() < 1e-9);
        }
    }
}
