//! Single parts of the stepping kernel, for benches: each runs a part `count`
//! times and returns a number that depends on all of it.

use crate::kernel::lanes::WIDTH;
use crate::kernel::random::{SliceIdentity, Stream};
use crate::kernel::stepping::Excitable;
use crate::modulation::Modulation;
use crate::parameters::table::Parameters;
use crate::pulse::SweepWindow;
use crate::rules::spine::drift::{Drift, Thresholds, learn};
use crate::slice::circuit::Circuit;
use crate::slice::field::Electrode;
use crate::slice::spines::spine_block::SpineBlock;
use crate::slice::spines::spines::{Spine, SpineConstants};

/// Steps of 0.1 ms of eight spines that have just released.
pub fn spine_steps(count: u32) -> f64 {
    pulp::Arch::new().dispatch(|| {
        let p = Parameters::default();
        let constants = SpineConstants::new(&p, &Modulation::default(), -70.0, -70.0);
        let factors = constants.factors(0.1);
        let mut block = SpineBlock::resting(&constants);
        let silent = block;
        for lane in 0..WIDTH {
            block.place(lane, &Spine { theta_d: 1e3, theta_p: 1e3, ..Spine::default() }, &silent);
            block.release(lane, 1.0, 1.0);
        }
        (0..count).map(|k| block.step(&constants, &factors, -70.0 + f64::from(k % 64))).sum()
    })
}

/// Gaps of 19.9 s of a slice of 100 spines.
pub fn gaps(count: u32) -> f64 {
    let p = Parameters::default();
    let stream = Stream::of_slice(SliceIdentity { seed: 1, animal: 2, slice: 3 });
    let window = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
    let mut circuit = Circuit::new(&p, 1.0, stream, Electrode::new(&p, Vec::new(), &window, 1.0, 0.0, stream));
    (0..count).for_each(|k| circuit.pass_gap(20_000.0 * f64::from(k) + 100.0, 20_000.0 * f64::from(k + 1)));
    circuit.population.spines.iter().map(|spine| spine.rho + spine.weight).sum()
}

/// Steps of the rule, above both thresholds for a part of each, and drifts.
pub fn rule_steps(count: u32) -> f64 {
    let theta = Thresholds { depression: 1.0, potentiation: 1.3, gamma_d: 200.0, gamma_p: 321.808 };
    let drift = Drift::over(200.0, 150_000.0);
    (0..count).fold(0.3, |rho, k| drift.of(learn(rho, 0.9, 1.0 + 0.01 * f64::from(k % 64), theta, 1e-6)))
}
