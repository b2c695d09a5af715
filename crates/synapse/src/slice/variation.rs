//! How animals and slices differ: each trait is a lognormal factor of mean 1,
//! drawn once per animal or slice.

use crate::kernel::draws::{lognormal, lognormal_sigma};
use crate::kernel::random::{Purpose, SliceIdentity, Stream};
use crate::parameters::table::Parameters;

/// The traits of one slice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Traits {
    /// × GABA-A and GABA-B conductances.
    pub(crate) inhibition: f64,
    /// × NMDA conductance.
    pub(crate) nmda: f64,
    /// × potentiation threshold.
    pub(crate) threshold: f64,
    /// × (b − 1), the size of expression.
    pub(crate) weight: f64,
    /// × release probability.
    pub(crate) release: f64,
    /// × number of stimulated fibres.
    pub(crate) stimulus: f64,
    /// Linear drift of the recorded response per hour.
    pub(crate) drift_per_h: f64,
}

impl Traits {
    /// The traits of the slice with this identity.
    pub(crate) fn draw(p: &Parameters, identity: SliceIdentity) -> Self {
        let animal = Stream::of_animal(identity);
        let slice = Stream::of_slice(identity);
        let factor = |stream: &Stream, purpose: Purpose, trait_number: u32, cv: f64| {
            lognormal(lognormal_sigma(cv), stream.normal(purpose, trait_number, 0))
        };
        let of_animal = |number, cv| factor(&animal, Purpose::AnimalTraits, number, cv);
        let of_slice = |number, cv| factor(&slice, Purpose::SliceTraits, number, cv);
        Self {
            inhibition: of_animal(0, p.animal_inhibition_cv) * of_slice(0, p.slice_inhibition_cv),
            nmda: of_animal(1, p.animal_nmda_cv),
            threshold: of_animal(2, p.animal_threshold_cv) * of_slice(1, p.slice_threshold_cv),
            weight: of_animal(3, p.animal_weight_cv) * of_slice(2, p.slice_weight_cv),
            release: of_slice(3, p.slice_release_cv),
            stimulus: of_slice(4, p.slice_stimulus_cv),
            drift_per_h: 0.01 * p.drift_percent_per_h * slice.normal(Purpose::SliceTraits, 5, 0),
        }
    }

    /// The parameters of this slice.
    pub(crate) fn applied_to(&self, p: &Parameters) -> Parameters {
        let mut own = p.clone();
        own.gaba_fast_soma_ns *= self.inhibition;
        own.gaba_fast_dendrite_ns *= self.inhibition;
        own.gaba_slow_ns *= self.inhibition;
        own.gaba_b_ns *= self.inhibition;
        own.tonic_ns *= self.inhibition;
        own.tonic_delta_ns *= self.inhibition;
        own.nmda_ns *= self.nmda;
        own.theta_potentiation_um_ms *= self.threshold;
        own.weight_ratio = 1.0 + (own.weight_ratio - 1.0) * self.weight;
        own.release_probability = (own.release_probability * self.release).min(0.9);
        own
    }
}
