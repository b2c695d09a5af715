//! One allosteric law for GABA and the positive modulators of GABA-A receptors.
//!
//! P_open = 1/(1 + L·Πᵢ[(1 + Xᵢ/Kᵢ)/(1 + Xᵢ/(cᵢKᵢ))]^Nᵢ)
//!
//! over GABA and all modulators (Monod, Wyman & Changeux 1965 J Mol Biol 12:88,
//! form; L = 9000 for α1β2γ2L, Mol Pharm table 81502). It holds potentiation and
//! direct gating in one, predicts how both depend on the GABA that is present,
//! and lets modulators at different sites act together without further rules.
//!
//! On the tonic conductance of the synapse it gives the factor
//! P_open(ambient GABA, modulators)/P_open(ambient GABA). Antagonists of
//! potentiation scale the binding energy of a modulator: its term is raised to
//! the share that they leave.

use crate::compound::compound::{Action, Compound};
use crate::compound::scenario::Scenario;
use crate::compound::target::{Mode, Site, Target};

/// Closed over open receptors without any ligand, α1β2γ2L.
/// Measured (Mol Pharm table 81502, L0 = 9000).
pub(crate) const L: f64 = 9000.0;

/// Affinity of GABA for closed over open receptors. From memory: 0.0033 gives an
/// open probability of 0.91 in saturating GABA.
pub(crate) const GABA_C: f64 = 0.0033;

/// GABA sites of a receptor.
const GABA_SITES: f64 = 2.0;

/// K of GABA at α1β2γ2L, µM. Derived: gives the measured EC50 of 34 µM (Mol
/// Pharm table 81502) with the L and c above.
const GABA_K_SYNAPTIC_UM: f64 = 85.7;

/// K of GABA at the receptors behind tonic inhibition, µM. A choice of the model
/// (2–20): high-affinity α5 and δ receptors, half-active at a few µM.
pub(crate) const GABA_K_TONIC_UM: f64 = 5.0;

/// Ambient GABA, µM: geometric mean of 0.2–2.5 µM (Glykys & Mody 2007 J Physiol
/// 582:1163). Derived.
pub(crate) const AMBIENT_GABA_UM: f64 = 0.7;

/// Scenario that keeps separate gains instead.
const SEPARATE: &str = "separate-gains";

/// One ligand of the law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LawLigand {
    /// Concentration, µM.
    pub um: f64,
    /// Dissociation constant at the closed receptor, µM.
    pub k_um: f64,
    /// Affinity of the closed over that of the open receptor.
    pub c: f64,
    /// Equivalent sites.
    pub sites: f64,
}

impl LawLigand {
    /// GABA at receptors with the constant `k_um`.
    pub fn gaba(um: f64, k_um: f64) -> Self {
        Self { um, k_um, c: GABA_C, sites: GABA_SITES }
    }

    /// [(1 + X/K)/(1 + X/(cK))]^N
    fn term(&self) -> f64 {
        let x = self.um / self.k_um;
        if !x.is_finite() {
            return libm::pow(self.c, self.sites);
        }
        libm::pow((1.0 + x) / (1.0 + x / self.c), self.sites)
    }
}

/// Open probability under all ligands.
pub fn open_probability(ligands: &[LawLigand]) -> f64 {
    1.0 / (1.0 + L * ligands.iter().map(LawLigand::term).product::<f64>())
}

/// EC50 of GABA, µM, at receptors of α1β2γ2L under modulators: the concentration
/// of half the largest response, by bisection on a logarithmic scale.
pub fn gaba_ec50_um(modulators: &[LawLigand]) -> f64 {
    let at = |um: f64| {
        let gaba = LawLigand::gaba(um, GABA_K_SYNAPTIC_UM);
        open_probability(&[&[gaba], modulators].concat())
    };
    half_point(at)
}

/// Concentration, µM, half way up a rising curve, by bisection on a logarithmic scale.
fn half_point(at: impl Fn(f64) -> f64) -> f64 {
    let (bottom, top) = (at(0.0), at(f64::INFINITY));
    let (mut low, mut high) = (1e-6_f64, 1e6_f64);
    for _ in 0..100 {
        let middle = (low * high).sqrt();
        if at(middle) < 0.5 * (bottom + top) { low = middle } else { high = middle }
    }
    (low * high).sqrt()
}

/// Concentration, µM, at which a ligand alone opens half of what it can open, at
/// receptors of α1β2γ2L; the first of `ligands`. NaN without one.
pub fn direct_ec50_um(ligands: &[LawLigand]) -> f64 {
    let Some(ligand) = ligands.first() else { return f64::NAN };
    let at = |um: f64| open_probability(&[LawLigand { um, ..*ligand }]);
    half_point(at)
}

/// Open probability under saturating ligand (the first of `ligands`) alone. NaN without one.
pub fn direct_efficacy(ligands: &[LawLigand]) -> f64 {
    let saturating = |ligand: &LawLigand| open_probability(&[LawLigand { um: f64::INFINITY, ..*ligand }]);
    ligands.first().map_or(f64::NAN, saturating)
}

/// A modulator of the bath in the law.
#[derive(Clone, Debug, PartialEq)]
struct Modulator {
    compound: usize,
    site: Site,
    k_um: f64,
    c: f64,
    sites: f64,
}

/// The modulators of a bath that the law covers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CoagonistLaw {
    modulators: Vec<Modulator>,
}

impl CoagonistLaw {
    pub(crate) fn new(compounds: &[&Compound], scenario: &Scenario) -> Self {
        if scenario.holds(SEPARATE) {
            return Self::default();
        }
        let modulators = compounds.iter().enumerate().filter_map(|(compound, entry)| {
            let law = entry.allostery.as_ref()?;
            let (k_um, c, sites) = (law.k.value.um(), law.c.value, law.sites.value);
            Some(Modulator { compound, site: law.site, k_um, c, sites })
        });
        Self { modulators: modulators.collect() }
    }

    /// True if the law stands for this action.
    pub(crate) fn replaces(&self, compound: &Compound, action: &Action, scenario: &Scenario) -> bool {
        let covered = match action.target {
            Target::GabaATonic => action.mode == Mode::Pam,
            Target::GabaADirect => action.mode == Mode::Agonist,
            _ => false,
        };
        covered && compound.allostery.is_some() && !scenario.holds(SEPARATE)
    }

    /// Indices of the compounds that act through the law.
    pub(crate) fn compounds(&self) -> impl Iterator<Item = usize> + '_ {
        self.modulators.iter().map(|modulator| modulator.compound)
    }

    /// Factor on the tonic conductance; `spared` is the share of a site's
    /// potentiation that antagonists leave.
    pub(crate) fn tonic_factor(&self, concentrations_um: &[f64], spared: impl Fn(Site) -> f64) -> f64 {
        if self.modulators.is_empty() {
            return 1.0;
        }
        let gaba = LawLigand::gaba(AMBIENT_GABA_UM, GABA_K_TONIC_UM).term();
        let product: f64 = self
            .modulators
            .iter()
            .map(|m| {
                let ligand = LawLigand { um: concentrations_um[m.compound], k_um: m.k_um, c: m.c, sites: m.sites };
                libm::pow(ligand.term(), spared(m.site))
            })
            .product();
        (1.0 + L * gaba) / (1.0 + L * gaba * product)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaba_alone_has_the_measured_ec50() {
        assert!((gaba_ec50_um(&[]) - 34.0).abs() < 0.5, "{}", gaba_ec50_um(&[]));
    }

    #[test]
    fn the_law_is_bounded_and_rises_with_every_potentiator() {
        let gaba = LawLigand::gaba(1.0, GABA_K_TONIC_UM);
        let steroid = |um| LawLigand { um, k_um: 1.0, c: 0.1, sites: 2.0 };
        let mut last = open_probability(&[gaba]);
        for um in [0.01, 0.1, 1.0, 10.0, 1e3, f64::INFINITY] {
            let open = open_probability(&[gaba, steroid(um)]);
            assert!(open > last && open < 1.0, "{um}");
            last = open;
        }
    }
}
