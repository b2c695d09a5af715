//! From concentrations at the receptors to factors on the synapse.
//!
//! Per number of the synapse and binding site, with x = (C/K)^h of each ligand
//! and m its effect at saturation (factor; 0 = complete block):
//!
//! factor = 1 + Σᵢ gᵢ·(mᵢ − 1)·xᵢ / (1 + Σⱼ xⱼ)
//!
//! where j runs over all ligands of the site, a competitor without effect of its
//! own (m = 1) included if it displaces ligand i, and g = 1/(1 + Σ (C_a/IC50_a)^h)
//! over the antagonists of potentiation (GAMSA) for mᵢ > 1, else 1. Sites multiply.
//!
//! Direct gating adds conductance G·x/(1 + Σ x) instead of a factor; ligands of
//! other sites that block it multiply it. Use-dependent block is a fraction,
//! 1 − Π(1 − Σ m·x/(1 + Σ x)); a shift of a reversal potential is an amount in mV.
//!
//! The tonic conductance has a part f of α4βδ receptors, which answer to steroids
//! by the direction of their current:
//!
//! tonic = (1 − f)·(factor of the others) + f·(factor of α4βδ)
//!
//! Drugs on chloride transport move the reversal of GABA-A currents to the balance of
//! what they leave of it (`tissue::chloride`).
//!
//! Modulators with constants in the co-agonist law act on the tonic conductance
//! through it (`coagonist`) instead of through gains.

use crate::compound::compound::Compound;
use crate::compound::curve::occupancy_ratio;
use crate::compound::scenario::Scenario;
use crate::compound::target::{Effector, Factors, Mode, Ring, Site};
use crate::exposure::effect::coagonist::CoagonistLaw;
use crate::tissue::chloride::transport_shift_mv;
use synapse::Modulation;

/// Bindings kept on the stack; larger baths use the heap.
const COMMON_BINDINGS: usize = 32;

/// A distinct x = (C/K)^h; several actions of a compound often share one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Binding {
    compound: usize,
    inverse_k: f64,
    hill: f64,
}

/// One ligand on one number of the synapse.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ligand {
    compound: usize,
    /// Index of its x.
    binding: usize,
    /// m − 1 for factors; nS for direct gating; fraction for use-dependent block.
    effect: f64,
    /// Index into the ring sums: 0 none, 1 5α, 2 5β.
    ring: usize,
    /// Whom it displaces: 0 everybody, else only that ring.
    displaces: usize,
    opens_channels: bool,
}

/// All ligands of one site on one number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub effector: Effector,
    pub site: SiteKey,
    ligands: Vec<Ligand>,
    /// True if antagonists of potentiation act on this site.
    antagonised: bool,
}

/// A named site, or one that belongs to a single compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SiteKey {
    Named(Site),
    OwnOf(usize),
}

#[derive(Clone, Debug, PartialEq)]
struct Antagonist {
    binding: usize,
    sites: Vec<Site>,
}

/// The compiled effects of a bath: flat tables, no names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Effects {
    bindings: Vec<Binding>,
    groups: Vec<Group>,
    antagonists: Vec<Antagonist>,
    law: CoagonistLaw,
}

/// Receptors of the preparation that compounds act on in their own way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReceptorMix {
    /// Share of α4βδ receptors in the tonic conductance, 0–1.
    pub alpha4_delta: f64,
    /// True if GABA depolarises the resting cell: the tonic current is inward.
    pub depolarising: bool,
}

fn ring_index(ring: Option<Ring>) -> usize {
    match ring {
        None => 0,
        Some(Ring::Alpha) => 1,
        Some(Ring::Beta) => 2,
    }
}

impl Effects {
    /// The actions in force under `scenario`.
    pub(crate) fn new(compounds: &[&Compound], scenario: &Scenario) -> Self {
        let mut effects = Self::default();
        for (index, compound) in compounds.iter().enumerate() {
            let ring = ring_index(compound.ring());
            for action in &compound.targets {
                if !action.is_applied() || !scenario.admits(action) {
                    continue;
                }
                if effects.law.replaces(compound, action, scenario) {
                    continue;
                }
                let potency = scenario.potency(&compound.name, action.target).unwrap_or(action.potency.value);
                let binding = effects.binding(Binding {
                    compound: index,
                    inverse_k: 1.0 / potency.um(),
                    hill: action.hill.value,
                });
                if action.mode == Mode::Gamsa {
                    let sites = action.antagonises.clone();
                    effects.antagonists.push(Antagonist { binding, sites });
                    continue;
                }
                let opens_channels = action.target.is_gated() && action.mode == Mode::Agonist;
                let site = action.site.map_or(SiteKey::OwnOf(index), SiteKey::Named);
                for effector in action.target.effectors() {
                    let is_amount =
                        opens_channels || matches!(effector, Effector::GabaAUseBlock | Effector::GabaASlowReversal);
                    let effect = action.saturation() - if is_amount { 0.0 } else { 1.0 };
                    effects.add(
                        *effector,
                        site,
                        Ligand {
                            compound: index,
                            binding,
                            effect,
                            ring,
                            displaces: ring_index(action.against),
                            opens_channels,
                        },
                    );
                }
            }
        }
        effects.law = CoagonistLaw::new(compounds, scenario);
        for group in &mut effects.groups {
            group.antagonised = matches!(group.site, SiteKey::Named(site)
                if effects.antagonists.iter().any(|a| a.sites.contains(&site)));
        }
        effects
    }

    fn binding(&mut self, wanted: Binding) -> usize {
        let known = self.bindings.iter().position(|binding| *binding == wanted);
        known.unwrap_or_else(|| {
            self.bindings.push(wanted);
            self.bindings.len() - 1
        })
    }

    fn add(&mut self, effector: Effector, site: SiteKey, ligand: Ligand) {
        match self.groups.iter_mut().find(|g| g.effector == effector && g.site == site) {
            Some(group) => group.ligands.push(ligand),
            None => self.groups.push(Group { effector, site, ligands: vec![ligand], antagonised: false }),
        }
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub(crate) fn law(&self) -> &CoagonistLaw {
        &self.law
    }

    /// The modulation at these concentrations at the receptors, µM.
    pub(crate) fn at(&self, concentrations_um: &[f64], mix: ReceptorMix) -> Modulation {
        let mut few = [0.0; COMMON_BINDINGS];
        let mut many;
        let bound = match few.get_mut(..self.bindings.len()) {
            Some(stack) => stack,
            None => {
                many = vec![0.0; self.bindings.len()];
                many.as_mut_slice()
            }
        };
        for (x, binding) in bound.iter_mut().zip(&self.bindings) {
            let concentration = concentrations_um[binding.compound];
            *x = occupancy_ratio(concentration, binding.inverse_k, binding.hill);
        }
        let mut factors = self.combined(bound);
        factors.modulation.gaba_a_tonic_gain *=
            self.law.tonic_factor(concentrations_um, |site| self.spared_at(site, bound));
        if mix.alpha4_delta > 0.0 {
            let own = factors.alpha4_delta[usize::from(mix.depolarising)];
            let tonic = &mut factors.modulation.gaba_a_tonic_gain;
            *tonic = (1.0 - mix.alpha4_delta) * *tonic + mix.alpha4_delta * own;
        }
        if factors.chloride != [1.0; 2] {
            let [nkcc1, kcc2] = factors.chloride;
            factors.modulation.gaba_reversal_shift_mv = transport_shift_mv(nkcc1, kcc2);
            factors.modulation.chloride_extrusion = kcc2;
        }
        factors.modulation
    }

    /// The factors when the ligands have these x.
    fn combined(&self, bound: &[f64]) -> Factors {
        let mut factors = Factors::of(Modulation::default());
        let mut unblocked = 1.0;
        for group in &self.groups {
            let spared = self.spared(group, bound);
            let answer = group.answer(bound, spared);
            let slot = group.effector.slot(&mut factors);
            match group.effector {
                Effector::GabaADirect | Effector::GabaAGamma2Direct => {
                    // Each site blocks what the other sites open; what it opens
                    // itself already went through the competition within the site.
                    let left = 1.0 + answer.change;
                    *slot = *slot * left + answer.opened_ns * unblocked;
                    unblocked *= left;
                }
                Effector::GabaAUseBlock => *slot = 1.0 - (1.0 - *slot) * (1.0 - answer.change),
                Effector::GabaASlowReversal => *slot += answer.change,
                _ => *slot *= 1.0 + answer.change,
            }
        }
        factors
    }

    /// Share of the potentiation at this site that antagonists leave.
    fn spared(&self, group: &Group, bound: &[f64]) -> f64 {
        let SiteKey::Named(site) = group.site else {
            return 1.0;
        };
        if group.antagonised { self.spared_at(site, bound) } else { 1.0 }
    }

    /// Share of the potentiation through a site that antagonists leave.
    fn spared_at(&self, site: Site, bound: &[f64]) -> f64 {
        let antagonists = self.antagonists.iter().filter(|a| a.sites.contains(&site));
        let taken: f64 = antagonists.map(|antagonist| bound[antagonist.binding]).sum();
        1.0 / (1.0 + taken)
    }
}

/// What one site does to one number.
struct Answer {
    change: f64,
    opened_ns: f64,
}

impl Group {
    pub(crate) fn compounds(&self) -> impl Iterator<Item = usize> + '_ {
        self.ligands.iter().map(|ligand| ligand.compound)
    }

    fn answer(&self, bound: &[f64], spared: f64) -> Answer {
        // Sums per ring, because a competitor may displace the ligands of one ring only.
        let mut displacing = [0.0; 3];
        let mut changing = [0.0; 3];
        let mut opening = [0.0; 3];
        for ligand in &self.ligands {
            let x = bound[ligand.binding];
            displacing[ligand.displaces] += x;
            if ligand.opens_channels {
                opening[ligand.ring] += ligand.effect * x;
            } else if ligand.effect > 0.0 && self.effector != Effector::GabaAUseBlock {
                changing[ligand.ring] += spared * ligand.effect * x;
            } else {
                changing[ligand.ring] += ligand.effect * x;
            }
        }
        let mut answer = Answer { change: 0.0, opened_ns: 0.0 };
        for ring in 0..3 {
            let selective = if ring == 0 { 0.0 } else { displacing[ring] };
            let whole = 1.0 + displacing[0] + selective;
            answer.change += changing[ring] / whole;
            answer.opened_ns += opening[ring] / whole;
        }
        answer
    }
}
