//! The numbers that are read off a cell.

use crate::measure::spread::mean_if_any;
use crate::patch::cell::CellMeasures;
use serde::{Deserialize, Serialize};

/// One number of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Resting potential, mV.
    RestMv,
    /// Input resistance, MΩ.
    InputResistanceMohm,
    /// Mean firing rate over the steps above zero, Hz.
    FiringHz,
    /// Rate of IPSCs, Hz.
    IpscHz,
    /// Amplitude of IPSCs, pA.
    IpscPa,
    /// Decay of IPSCs, ms.
    IpscDecayMs,
    /// Rate of EPSCs, Hz.
    EpscHz,
    /// Amplitude of EPSCs, pA.
    EpscPa,
    /// Decay of EPSCs, ms.
    EpscDecayMs,
    /// Holding current while IPSCs are recorded, pA.
    HoldingPa,
    /// Tonic current, pA.
    TonicPa,
}

impl Reading {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::RestMv,
        Self::InputResistanceMohm,
        Self::FiringHz,
        Self::IpscHz,
        Self::IpscPa,
        Self::IpscDecayMs,
        Self::EpscHz,
        Self::EpscPa,
        Self::EpscDecayMs,
        Self::HoldingPa,
        Self::TonicPa,
    ];

    /// Name with its unit, for tables.
    pub fn title(self) -> &'static str {
        match self {
            Self::RestMv => "rest, mV",
            Self::InputResistanceMohm => "input resistance, MΩ",
            Self::FiringHz => "firing over the steps, Hz",
            Self::IpscHz => "sIPSC rate, Hz",
            Self::IpscPa => "sIPSC amplitude, pA",
            Self::IpscDecayMs => "sIPSC decay, ms",
            Self::EpscHz => "sEPSC rate, Hz",
            Self::EpscPa => "sEPSC amplitude, pA",
            Self::EpscDecayMs => "sEPSC decay, ms",
            Self::HoldingPa => "holding current, pA",
            Self::TonicPa => "tonic current, pA",
        }
    }

    /// The number of a cell, if it could be measured.
    pub(crate) fn of(self, cell: &CellMeasures) -> Option<f64> {
        match self {
            Self::RestMv => cell.steps.rest_mv,
            Self::InputResistanceMohm => cell.steps.input_resistance_mohm,
            Self::FiringHz => {
                let above: Vec<f64> =
                    cell.steps.firing.iter().filter(|step| step.current_pa > 0.0).map(|step| step.rate_hz).collect();
                mean_if_any(&above)
            }
            Self::IpscHz => Some(cell.ipsc.rate_hz),
            Self::IpscPa => cell.ipsc.amplitude_pa,
            Self::IpscDecayMs => cell.ipsc.decay_ms,
            Self::EpscHz => Some(cell.epsc.rate_hz),
            Self::EpscPa => cell.epsc.amplitude_pa,
            Self::EpscDecayMs => cell.epsc.decay_ms,
            Self::HoldingPa => cell.holding_pa,
            Self::TonicPa => cell.tonic_pa,
        }
    }
}
