//! What a spine keeps between windows, and the constants of its receptors and
//! channels under one drug.

use crate::kernel::lanes::exp;
use crate::kinetics::constants::TWO_FARADAY_OF_SPINES;
use crate::kinetics::magnesium::JAHR_STEVENS_MM;
use crate::modulation::Modulation;
use crate::parameters::table::Parameters;
use crate::preparation::laws::CHANNEL_GATES;
use crate::receptors::channels::{
    L_ACTIVATION, L_LOW_ACTIVATION, R_ACTIVATION, R_INACTIVATION, T_ACTIVATION, T_INACTIVATION,
};
use crate::receptors::voltage::peak_factor;

/// What a spine keeps between windows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Spine {
    /// AMPA and NMDA traces: AMPA rise/decay, GluN2A rise/decay, GluN2B rise/decay.
    pub(crate) traces: [f64; 6],
    /// Calcium-dependent inactivation of its NMDA receptors.
    pub(crate) inactivation: f64,
    /// Synaptic state ρ, 0–1.
    pub(crate) rho: f64,
    /// Short-term potentiation, 0–1.
    pub(crate) stp: f64,
    /// Consolidation of the potentiated state, 0–1.
    pub(crate) consolidated: f64,
    /// What consolidation leaves of the rate of depression, 0–1.
    pub(crate) labile: f64,
    /// Expressed weight.
    pub(crate) weight: f64,
    /// Depression threshold, µM ms.
    pub(crate) theta_d: f64,
    /// Potentiation threshold, µM ms.
    pub(crate) theta_p: f64,
    /// Potentiation rate.
    pub(crate) gamma_p: f64,
    /// Largest effective calcium since it was last reset, µM ms.
    pub(crate) peak_effective: f64,
    /// Calcium by source (NMDA, T, R, L) since it was last reset, µM.
    pub(crate) by_source: [f64; 4],
}

/// Constants of the spines under one drug.
#[derive(Clone, Debug)]
pub(crate) struct SpineConstants {
    pub(crate) neck_ns: f64,
    pub(crate) ampa_norm_ns: f64,
    pub(crate) glun2a_norm_ns: f64,
    pub(crate) glun2b_norm_ns: f64,
    pub(crate) magnesium: f64,
    pub(crate) per_pa: f64,
    pub(crate) nmda_share: f64,
    pub(crate) nmda_reversal_mv: f64,
    pub(crate) reversal_mv: f64,
    pub(crate) t_ns: f64,
    pub(crate) r_ns: f64,
    pub(crate) l_ns: f64,
    pub(crate) rest_influx: [f64; 3],
    pub(crate) l_low_ns: f64,
    /// Low-threshold L-type current at the rest without drugs, pA: a drug that
    /// moves the resting potential moves resting calcium through these channels.
    pub(crate) l_low_rest: f64,
    /// Calcium above rest (µM) that this leaves under the drug.
    pub(crate) resting_um: f64,
    pub(crate) calcium_decay_ms: f64,
    pub(crate) inactivation_per_um: f64,
    pub(crate) inverse_saturation: f64,
    pub(crate) effective_decay_ms: f64,
    pub(crate) rho_time_ms: f64,
    pub(crate) gamma_d: f64,
    pub(crate) stp_threshold: f64,
    pub(crate) stp_rate_per_ms: f64,
    pub(crate) rest_mv: f64,
    pub(crate) tau: [f64; 6],
    pub(crate) inactivation_ms: f64,
    /// Factor on the rates of channel gates at the temperature of the bath.
    pub(crate) gate_speed: f64,
}

/// Decay factors of the spines for one step size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpineFactors {
    pub(crate) dt_ms: f64,
    pub(crate) traces: [f64; 6],
    pub(crate) t_m: f64,
    pub(crate) r_m: f64,
    pub(crate) l_m: f64,
    pub(crate) calcium: f64,
    pub(crate) inactivation: f64,
    pub(crate) effective: f64,
}

impl SpineConstants {
    /// `rest_mv`: potential of the dendrite at rest under this drug;
    /// `undrugged_mv`: the same without drugs.
    pub(crate) fn new(p: &Parameters, drug: &Modulation, rest_mv: f64, undrugged_mv: f64) -> Self {
        let steady = |gate: (f64, f64, f64)| 1.0 / (1.0 + exp((gate.0 - rest_mv) * gate.1));
        let drive = p.channel_calcium_reversal_mv - rest_mv;
        let t_ns = p.t_type_ns * drug.t_type_gain;
        let r_ns = p.r_type_ns * drug.r_type_gain;
        let l_ns = p.l_type_ns * drug.l_type_gain;
        let l_low_ns = p.l_type_low_ns * drug.l_type_low_gain;
        let l_low = |mv: f64| {
            let (half, inverse_slope, _) = L_LOW_ACTIVATION;
            l_low_ns * (p.channel_calcium_reversal_mv - mv) / (1.0 + exp((half - mv) * inverse_slope))
        };
        let per_pa = 1e6 * p.calcium_free / (TWO_FARADAY_OF_SPINES * p.spine_volume_um3);
        Self {
            neck_ns: p.neck_ns,
            ampa_norm_ns: p.ampa_ns * drug.ampa_gain * peak_factor(p.ampa_rise_ms, p.ampa_decay_ms),
            glun2a_norm_ns: p.nmda_ns
                * (1.0 - p.glun2b_share)
                * drug.nmda_2a_gain
                * peak_factor(p.glun2a_rise_ms, p.glun2a_decay_ms),
            glun2b_norm_ns: p.nmda_ns
                * p.glun2b_share
                * drug.glun2b_factor(p.triheteromer_share)
                * peak_factor(p.glun2b_rise_ms, p.glun2b_decay_ms),
            magnesium: p.magnesium_mm / JAHR_STEVENS_MM,
            per_pa,
            nmda_share: p.nmda_calcium_share,
            nmda_reversal_mv: p.nmda_calcium_reversal_mv,
            reversal_mv: p.channel_calcium_reversal_mv,
            t_ns,
            r_ns,
            l_ns,
            rest_influx: [
                t_ns * steady(T_ACTIVATION) * steady(T_INACTIVATION) * drive,
                r_ns * steady(R_ACTIVATION) * steady(R_INACTIVATION) * drive,
                l_ns * steady(L_ACTIVATION) * drive,
            ],
            l_low_ns,
            l_low_rest: l_low(undrugged_mv),
            resting_um: per_pa * p.calcium_decay_ms * (l_low(rest_mv) - l_low(undrugged_mv)),
            calcium_decay_ms: p.calcium_decay_ms,
            inactivation_per_um: p.nmda_inactivation_per_um,
            inverse_saturation: 1.0 / p.sensor_saturation_um,
            effective_decay_ms: p.effective_decay_ms,
            rho_time_ms: p.rho_time_ms,
            gamma_d: p.gamma_depression,
            stp_threshold: p.stp_threshold,
            stp_rate_per_ms: p.stp_rate_per_ms,
            rest_mv,
            tau: [
                p.ampa_rise_ms,
                p.ampa_decay_ms,
                p.glun2a_rise_ms,
                p.glun2a_decay_ms,
                p.glun2b_rise_ms,
                p.glun2b_decay_ms,
            ],
            inactivation_ms: p.nmda_inactivation_ms,
            gate_speed: CHANNEL_GATES.factor(p.bath_celsius),
        }
    }

    pub(crate) fn factors(&self, dt_ms: f64) -> SpineFactors {
        let decay = |tau: f64| exp(-dt_ms / tau);
        SpineFactors {
            dt_ms,
            traces: self.tau.map(decay),
            t_m: decay(T_ACTIVATION.2 / self.gate_speed),
            r_m: decay(R_ACTIVATION.2 / self.gate_speed),
            l_m: decay(L_ACTIVATION.2 / self.gate_speed),
            calcium: decay(self.calcium_decay_ms),
            inactivation: decay(self.inactivation_ms),
            effective: decay(self.effective_decay_ms),
        }
    }

    /// What is left of the traces and of the inactivation after `gap_ms` of rest.
    pub(crate) fn rest_factors(&self, gap_ms: f64) -> ([f64; 6], f64) {
        (self.tau.map(|tau| exp(-gap_ms / tau)), exp(-gap_ms / self.inactivation_ms))
    }
}

impl Spine {
    /// Lets the spine rest; `factors` from [`SpineConstants::rest_factors`].
    pub(crate) fn fade(&mut self, factors: &([f64; 6], f64)) {
        for (trace, factor) in self.traces.iter_mut().zip(factors.0) {
            *trace *= factor;
        }
        self.inactivation *= factors.1;
    }
}

/// Factors of the slow inactivation of T and R channels over `span_ms`.
#[inline(always)]
pub(crate) fn inactivation_factors(span_ms: f64) -> (f64, f64) {
    (exp(-span_ms / T_INACTIVATION.2), exp(-span_ms / R_INACTIVATION.2))
}
