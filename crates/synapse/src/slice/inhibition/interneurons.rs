//! Interneurons that the Schaffer collaterals recruit, in three classes:
//!
//! - perisomatic (parvalbumin, basket): fire with the first pulse, depress;
//! - dendritic (somatostatin, O-LM and bistratified): a share r₀ fires with the first
//!   pulse, more join while input facilitates, r = r₀ + (1−r₀) f, f += k (1−f), f' = −f/τ_r;
//! - neurogliaform: the slow IPSC; deplete strongly and recover over a second.
//!
//! Each class k releases size_k = S r_k R_k (1−a), with R_k ← R_k (1 − u_k r_k S) and
//! R_k' = (1−R_k)/τ_k; a is the suppression by the autoreceptor. A drug on GABA-A
//! receptors of the interneurons themselves shunts them: S × (1+κ)/(1 + κ t + d/g_I),
//! κ the share of tonic in their leak conductance, t its factor, d what is gated directly
//! and g_I their leak: a potentiator of tonic currents disinhibits as it inhibits.

use crate::kernel::lanes::exp;
use crate::modulation::Modulation;
use crate::parameters::table::Parameters;

/// Leak conductance of an interneuron, nS; 100–200 MΩ. From memory.
const LEAK_NS: f64 = 7.0;

/// Relative IPSC sizes of the classes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Volley {
    pub(crate) perisomatic: f64,
    pub(crate) dendritic: f64,
    pub(crate) neurogliaform: f64,
}

/// Release of the three classes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interneurons {
    recovered: [f64; 3],
    recruited: f64,
    clock_ms: f64,
}

impl Interneurons {
    /// All rested.
    pub(crate) fn rested() -> Self {
        Self { recovered: [1.0; 3], recruited: 0.0, clock_ms: 0.0 }
    }

    /// One volley of relative strength `strength` at `now_ms`; `suppression` by the
    /// autoreceptor.
    pub(crate) fn fire(&mut self, p: &Parameters, strength: f64, now_ms: f64, suppression: f64) -> Volley {
        let elapsed = now_ms - self.clock_ms;
        self.clock_ms = now_ms;
        let recovery_ms = [p.gaba_recovery_ms, p.gaba_recovery_ms, p.slow_recovery_ms];
        for (recovered, tau_ms) in self.recovered.iter_mut().zip(recovery_ms) {
            *recovered = 1.0 - (1.0 - *recovered) * exp(-elapsed / tau_ms);
        }
        self.recruited *= exp(-elapsed / p.recruitment_ms);
        let dendritic = p.dendritic_share + (1.0 - p.dendritic_share) * self.recruited;
        self.recruited += p.recruitment_gain * strength.min(1.0) * (1.0 - self.recruited);
        let recruited = [1.0, dendritic, 1.0];
        let used = [p.gaba_use, p.dendritic_use, p.slow_use];
        let mut size = [0.0; 3];
        for class in 0..3 {
            size[class] = strength * recruited[class] * self.recovered[class] * (1.0 - suppression);
            // What the autoreceptor holds back is not used up.
            self.recovered[class] *= 1.0 - used[class] * recruited[class] * strength.min(1.0) * (1.0 - suppression);
        }
        Volley { perisomatic: size[0], dendritic: size[1], neurogliaform: size[2] }
    }
}

/// Factor on the strength of recruitment under a drug.
pub(crate) fn excitability(p: &Parameters, drug: &Modulation) -> f64 {
    let share = p.interneuron_tonic_share;
    let pools = 0.5 * (drug.gaba_a_alpha5_gain + drug.gaba_a_delta_gain) * drug.gaba_a_tonic_gain;
    (1.0 + share) / (1.0 + share * pools / drug.gaba_uptake + (drug.gaba_a_direct_ns + drug.gaba_a_gamma2_ns) / LEAK_NS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(interval_ms: f64, count: u32) -> Vec<Volley> {
        let mut cells = Interneurons::rested();
        let p = Parameters::default();
        (0..count).map(|k| cells.fire(&p, 1.0, 10_000.0 + interval_ms * f64::from(k), 0.0)).collect()
    }

    /// Perisomatic IPSCs depress within a burst while dendritic inhibition grows: inhibition
    /// moves from the soma to the dendrite (Pouille & Scanziani 2004 Nature 429:717).
    #[test]
    fn inhibition_moves_to_the_dendrite_within_a_burst() {
        let burst = sizes(10.0, 4);
        assert!(burst.windows(2).all(|pair| pair[1].perisomatic < pair[0].perisomatic));
        assert!(burst[1].dendritic > 1.1 * burst[0].dendritic);
        let share = |volley: &Volley| volley.dendritic / volley.perisomatic;
        assert!(share(&burst[3]) > 2.0 * share(&burst[0]));
    }

    #[test]
    fn a_lone_volley_every_twenty_seconds_is_always_the_same() {
        let apart = sizes(20_000.0, 3);
        assert!((apart[0].neurogliaform - apart[2].neurogliaform).abs() < 1e-4);
        assert!((apart[0].dendritic - apart[2].dendritic).abs() < 1e-6);
    }

    #[test]
    fn tonic_inhibition_of_interneurons_disinhibits() {
        let p = Parameters::default();
        assert_eq!(excitability(&p, &Modulation::default()), 1.0);
        assert!(excitability(&p, &Modulation { gaba_a_tonic_gain: 3.0, ..Modulation::default() }) < 1.0);
        assert!(excitability(&p, &Modulation { gaba_a_tonic_gain: 0.0, ..Modulation::default() }) > 1.0);
    }
}
