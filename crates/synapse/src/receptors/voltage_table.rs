//! Three voltage-dependent factors of the cell in one table, so that a step
//! looks them up once. Linear interpolation at 0.1 mV; error below 2e-5.

use crate::receptors::voltage::{alpha5_rectification, magnesium_block, tonic_rectification};

const LOWEST_MV: f64 = -120.0;
const HIGHEST_MV: f64 = 80.0;
const PER_MV: f64 = 10.0;

/// Factors at one potential.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct VoltageFactors {
    /// Share of NMDA receptors free of magnesium.
    pub(crate) unblocked: f64,
    /// Rectification of slow α5-GABA-A receptors.
    pub(crate) alpha5: f64,
    /// Rectification of the tonic GABA-A conductance.
    pub(crate) tonic: f64,
}

/// The table for one magnesium concentration.
#[derive(Clone, Debug)]
pub(crate) struct VoltageTable {
    rows: Vec<VoltageFactors>,
}

impl VoltageTable {
    pub(crate) fn new(magnesium_mm: f64) -> Self {
        let count = ((HIGHEST_MV - LOWEST_MV) * PER_MV) as usize + 2;
        let rows = (0..count)
            .map(|k| {
                let v = LOWEST_MV + k as f64 / PER_MV;
                VoltageFactors {
                    unblocked: magnesium_block(v, magnesium_mm),
                    alpha5: alpha5_rectification(v),
                    tonic: tonic_rectification(v),
                }
            })
            .collect();
        Self { rows }
    }

    /// Factors at a potential; outside −120…80 mV those of the nearer end.
    #[inline(always)]
    pub(crate) fn at(&self, potential_mv: f64) -> VoltageFactors {
        let position = (potential_mv.clamp(LOWEST_MV, HIGHEST_MV) - LOWEST_MV) * PER_MV;
        let index = (position as usize).min(self.rows.len() - 2);
        let share = position - index as f64;
        let (low, high) = (&self.rows[index], &self.rows[index + 1]);
        VoltageFactors {
            unblocked: low.unblocked + share * (high.unblocked - low.unblocked),
            alpha5: low.alpha5 + share * (high.alpha5 - low.alpha5),
            tonic: low.tonic + share * (high.tonic - low.tonic),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolation_stays_within_the_stated_error() {
        let table = VoltageTable::new(1.3);
        for k in 0..60_000 {
            let v = -110.0 + f64::from(k) * 0.003;
            let factors = table.at(v);
            assert!((factors.unblocked - magnesium_block(v, 1.3)).abs() < 2e-5);
            assert!((factors.alpha5 - alpha5_rectification(v)).abs() < 2e-5);
            assert!((factors.tonic - tonic_rectification(v)).abs() < 2e-5);
        }
        assert!(table.at(f64::NAN).unblocked.is_nan() || table.at(f64::NAN).unblocked >= 0.0);
    }
}
