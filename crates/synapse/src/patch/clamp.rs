//! Voltage clamp of one receptor or channel: what a receptor pharmacologist
//! records. The cell is held at a potential; a brief pulse of transmitter, a
//! lasting application of agonist, or a voltage step gives the current.

use crate::modulation::Modulation;
use crate::parameters::table::Parameters;
use crate::receptors::voltage::{magnesium_block, peak_factor};
use crate::slice::inhibition::tonic::tonic_conductance_ns;

/// Sampling, ms.
const STEP_MS: f64 = 0.05;

/// What carries the current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receptor {
    /// AMPA.
    Ampa,
    /// GluN2A.
    Glun2a,
    /// GluN2B.
    Glun2b,
    /// GluN2C.
    Glun2c,
    /// GluN2D.
    Glun2d,
    /// Fast GABA-A IPSC.
    GabaFast,
    /// Slow (α5) GABA-A IPSC.
    GabaSlow,
    /// Tonic GABA-A conductance, direct gating included.
    GabaTonic,
    /// Postsynaptic GABA-B.
    GabaB,
    /// T-type calcium channels.
    TType,
    /// L-type calcium channels.
    LType,
    /// R-type calcium channels.
    RType,
    /// I_h.
    Ih,
    /// Release of glutamate, read as the AMPA current of the first pulse.
    Release,
    /// Facilitation, read as second over first AMPA current at 50 ms.
    Facilitation,
}

/// An evoked current.
#[derive(Clone, Debug, PartialEq)]
pub struct Evoked {
    /// Time between samples, ms.
    pub step_ms: f64,
    /// Current, pA.
    pub pa: Vec<f64>,
}

impl Evoked {
    /// Largest deflection, pA, with its sign.
    pub fn peak_pa(&self) -> f64 {
        self.pa.iter().copied().fold(0.0, |peak: f64, pa| if pa.abs() > peak.abs() { pa } else { peak })
    }

    /// Charge over peak after the peak: the weighted decay time constant, ms.
    pub fn decay_ms(&self) -> f64 {
        let peak = self.peak_pa();
        let from = self.pa.iter().position(|pa| *pa == peak).unwrap_or(0);
        // The trapezoid rule gives the end points half their weight.
        let area: f64 = self.pa[from..].iter().sum::<f64>() - 0.5 * peak;
        if peak == 0.0 { 0.0 } else { area * self.step_ms / peak }
    }
}

/// Rise, decay (ms) and conductance (nS) of a receptor under a drug.
fn kinetics(receptor: Receptor, p: &Parameters, drug: &Modulation) -> [f64; 3] {
    match receptor {
        Receptor::Glun2a => [p.glun2a_rise_ms, p.glun2a_decay_ms, p.nmda_ns * drug.nmda_2a_gain],
        // 2C and 2D have no conductance in the synapse; their currents are
        // recorded from expressed receptors with the kinetics of 2B.
        Receptor::Glun2b => [p.glun2b_rise_ms, p.glun2b_decay_ms, p.nmda_ns * drug.nmda_2b_gain],
        Receptor::Glun2c => [p.glun2b_rise_ms, p.glun2b_decay_ms, p.nmda_ns * drug.nmda_2c_gain],
        Receptor::Glun2d => [p.glun2b_rise_ms, p.glun2b_decay_ms, p.nmda_ns * drug.nmda_2d_gain],
        Receptor::GabaFast => [
            p.gaba_fast_rise_ms,
            p.gaba_fast_decay_ms * drug.gaba_a_fast_decay,
            p.gaba_fast_soma_ns * drug.gaba_a_fast_gain,
        ],
        Receptor::GabaSlow => {
            [p.gaba_slow_rise_ms, p.gaba_slow_decay_ms * drug.gaba_a_slow_decay, p.gaba_slow_ns * drug.gaba_a_slow_gain]
        }
        Receptor::Release => [p.ampa_rise_ms, p.ampa_decay_ms, p.ampa_ns * drug.ampa_gain * release(p, drug)],
        _ => [p.ampa_rise_ms, p.ampa_decay_ms, p.ampa_ns * drug.ampa_gain],
    }
}

/// Release probability of the first pulse under a drug.
fn release(p: &Parameters, drug: &Modulation) -> f64 {
    (p.release_probability * drug.release_gain).min(1.0)
}

/// The current after a brief pulse of transmitter at `hold_mv` with the reversal
/// `reversal_mv`; NMDA receptors without magnesium, as in expression systems. A
/// use-dependent blocker builds up within the current:
/// D' = k·a·(m − D) − D/τ, a the open share.
pub fn evoked_current(receptor: Receptor, p: &Parameters, drug: &Modulation, hold_mv: f64, reversal_mv: f64) -> Evoked {
    let [rise_ms, decay_ms, ns] = kinetics(receptor, p, drug);
    let norm = peak_factor(rise_ms, decay_ms);
    let gaba = matches!(receptor, Receptor::GabaFast | Receptor::GabaSlow);
    let shift = if receptor == Receptor::GabaSlow { drug.gaba_a_slow_shift_mv } else { 0.0 };
    let samples = (20.0 * decay_ms / STEP_MS) as usize;
    let mut blocked = 0.0;
    let pa = (0..samples).map(|k| {
        let t_ms = k as f64 * STEP_MS;
        let open = norm * (libm::exp(-t_ms / decay_ms) - libm::exp(-t_ms / rise_ms));
        if gaba && drug.gaba_a_use_block > 0.0 {
            let on = p.use_block_per_ms * open;
            let rate = on + 1.0 / p.use_block_recovery_ms;
            let end = on * drug.gaba_a_use_block / rate;
            blocked = end + (blocked - end) * libm::exp(-rate * STEP_MS);
        }
        ns * open * (1.0 - blocked) * (hold_mv - reversal_mv - shift)
    });
    Evoked { step_ms: STEP_MS, pa: pa.collect() }
}

/// The settled current under a lasting application of agonist (all receptors
/// active), or for channels at the potential where they are open; pA. For
/// [`Receptor::Facilitation`] the paired-pulse ratio at 50 ms.
pub fn steady_current(receptor: Receptor, p: &Parameters, drug: &Modulation, hold_mv: f64, reversal_mv: f64) -> f64 {
    let driving = hold_mv - reversal_mv;
    match receptor {
        Receptor::GabaFast | Receptor::GabaSlow => {
            let [_, _, ns] = kinetics(receptor, p, drug);
            // D' = 0 at full activation.
            let on = p.use_block_per_ms;
            let blocked = on * drug.gaba_a_use_block / (on + 1.0 / p.use_block_recovery_ms);
            ns * (1.0 - blocked) * driving
        }
        Receptor::GabaTonic => {
            // Receptors of synapses are recorded apart from the tonic ones.
            tonic_conductance_ns(p, &Modulation { gaba_a_gamma2_ns: 0.0, ..*drug }, hold_mv) * driving
        }
        Receptor::GabaB => p.gaba_b_ns * drug.gaba_b_post_gain * (hold_mv - p.potassium_reversal_mv),
        Receptor::TType => p.t_type_ns * drug.t_type_gain * (hold_mv - p.channel_calcium_reversal_mv),
        Receptor::LType => p.l_type_ns * drug.l_type_gain * (hold_mv - p.channel_calcium_reversal_mv),
        Receptor::RType => p.r_type_ns * drug.r_type_gain * (hold_mv - p.channel_calcium_reversal_mv),
        Receptor::Ih => super::parameters::IH_NS * drug.ih_gain * (hold_mv - super::parameters::IH_REVERSAL_MV),
        Receptor::Facilitation => paired_pulse_ratio(p, drug, 50.0),
        _ => {
            let [_, _, ns] = kinetics(receptor, p, drug);
            ns * magnesium_block(hold_mv, 0.0) * driving
        }
    }
}

/// Second over first release, Tsodyks & Markram: u₁ = U, u₂ = u₁e^(−Δ/τ_F) +
/// f·U(1 − u₁e^(−Δ/τ_F)), x₂ = 1 − u₁e^(−Δ/τ_D), f the gain on the increment.
pub fn paired_pulse_ratio(p: &Parameters, drug: &Modulation, interval_ms: f64) -> f64 {
    let u = release(p, drug);
    let kept = u * libm::exp(-interval_ms / p.facilitation_ms);
    let second = kept + drug.facilitation_gain * u * (1.0 - kept);
    second.min(1.0) * (1.0 - u * libm::exp(-interval_ms / p.recovery_ms)) / u
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measured_decay_is_the_time_constant() {
        let p = Parameters::default();
        for factor in [1.0, 2.5] {
            let drug = Modulation { gaba_a_fast_decay: factor, ..Modulation::default() };
            let evoked = evoked_current(Receptor::GabaFast, &p, &drug, 0.0, -70.0);
            let expected = p.gaba_fast_decay_ms * factor;
            // Charge over peak holds the rounded top of the current too.
            assert!((evoked.decay_ms() / expected - 1.0).abs() < 0.12, "{} vs {expected}", evoked.decay_ms());
            assert!((evoked.peak_pa() / (p.gaba_fast_soma_ns * 70.0) - 1.0).abs() < 2e-3);
        }
    }

    #[test]
    fn use_dependent_block_speeds_the_decay_and_hardly_lowers_the_peak() {
        let p = Parameters::default();
        let plain = evoked_current(Receptor::GabaFast, &p, &Modulation::default(), 0.0, -70.0);
        let drug = Modulation { gaba_a_use_block: 0.5, ..Modulation::default() };
        let blocked = evoked_current(Receptor::GabaFast, &p, &drug, 0.0, -70.0);
        assert!(blocked.peak_pa() > 0.85 * plain.peak_pa());
        assert!(blocked.decay_ms() < 0.9 * plain.decay_ms());
        let settled = steady_current(Receptor::GabaFast, &p, &drug, 0.0, -70.0);
        assert!((settled / (p.gaba_fast_soma_ns * 70.0) - 0.51).abs() < 0.01);
    }

    #[test]
    fn the_paired_pulse_ratio_is_that_of_the_calibrated_release() {
        let ratio = steady_current(Receptor::Facilitation, &Parameters::default(), &Modulation::default(), 0.0, 0.0);
        assert!((1.4..1.6).contains(&ratio), "{ratio}");
    }
}
