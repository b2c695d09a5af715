//! B1, the comparison model: a synapse small enough that any simulator can run
//! it, on the stepping kernel of the full model. Deterministic; every synapse
//! owns one compartment. Units: ms, mV, nS, pF, pA, µM.
//!
//! X' = −X/τ_X for the rising and decaying exponential of AMPA (0.5, 3 ms), NMDA
//! (3, 80 ms) and GABA-A (1, 10 ms); s = f (X_d − X_r), peak-normalised.
//! A pulse adds w = 1 + ½ρ to the AMPA pair and 1 to the NMDA pair, and 2 ms
//! later 1 to the GABA-A pair.
//! C V' = −[g_L (V+70) + g_A s_A V + I_N + g_G s_G (V+70)], C = 100 pF, g_L = 5 nS,
//! I_N = g_N s_N B(V) V with the magnesium block B of Jahr & Stevens 1990, 1 mM.
//! c' = −c/20 − 0.002 I_N.
//! 150 000 ρ' = −ρ(1−ρ)(½−ρ) + 321.808 (1−ρ) H(c−1.3) − 200 ρ H(c−1.0)
//! (Graupner & Brunel 2012 PNAS 109:3991, form and time constant; the rest of the
//! numbers define B1 and describe no tissue).
//!
//! Protocol: 60 test pulses every 20 s from 10 s on, two trains of 100 pulses at
//! 100 Hz at 1 200 and 1 220 s, 180 test pulses every 20 s from 1 240 s on; the
//! end is at 4 840 s.

use crate::kernel::stepping::Stepper;
use crate::published::b1::block::{Block, SYNAPSES};
use crate::published::b1::course;
use crate::published::b1::trajectory::{Conductances, Trajectory};

/// What the integration takes for granted, in words.
pub const SHORTCUTS: [&str; 4] = [
    "gaps between pulses are passed in closed form (traces, calcium and rho)",
    "steps grow with the time since the latest pulse: 0.5 ms to 12 ms, 1 ms to 30 ms, 2 ms to 90 ms, then 4 ms",
    "within a window the cubic drift of rho acts every 50 ms",
    "not used: sharing of states between synapses, test pulses as a function of rho",
];

/// The 15 conditions: five NMDA conductances times three GABA-A conductances.
pub fn conditions() -> Vec<Conductances> {
    let condition = |nmda_ns| [0.5, 1.0, 2.0].map(|gaba_ns| Conductances { ampa_ns: 2.0, nmda_ns, gaba_ns });
    [0.3, 0.55, 0.65, 0.75, 0.9].into_iter().flat_map(condition).collect()
}

/// Synapse `k` of the population, in which no two are alike.
pub fn synapse(k: u64) -> Conductances {
    let fraction = |step: f64| {
        let x = 0.5 + k as f64 * step;
        x - x.floor()
    };
    Conductances {
        ampa_ns: 2.0 * (0.8 + 0.4 * fraction(0.569_840_290_998_053_2)),
        nmda_ns: 0.1 + 0.8 * fraction(0.618_033_988_749_894_9),
        gaba_ns: libm::exp2(2.0 * fraction(0.754_877_666_246_692_7) - 1.0),
    }
}

/// Takes synapses through the protocol.
pub fn simulate(synapses: &[Conductances]) -> Vec<Trajectory> {
    let pulses = course::pulses();
    let mut trajectories = Vec::with_capacity(synapses.len());
    for some in synapses.chunks(SYNAPSES) {
        let mut block = Block::new(some);
        pulp::Arch::new().dispatch(Run { block: &mut block, pulses: &pulses, end_ms: course::END_MS });
        trajectories.extend(block.finish().take(some.len()));
    }
    trajectories
}

/// The run of a block, compiled once for every vector width that the machine may
/// have; the arithmetic, and so every byte of the result, is the same.
struct Run<'a> {
    block: &'a mut Block,
    pulses: &'a [course::Pulse],
    end_ms: f64,
}

impl pulp::WithSimd for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _simd: S) {
        let mut stepper = Stepper::new(self.block);
        let unchanged = &mut |_: &mut Block, _| false;
        let run = stepper.run(self.block, self.pulses, unchanged, &mut |_, _| Ok::<(), std::convert::Infallible>(()));
        match run {
            Ok(()) => stepper.pass_gap(self.block, self.end_ms),
            Err(never) => match never {},
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lanes::WIDTH;

    fn run(population: &[Conductances], prepare: impl Fn(Stepper<Block>, &Block) -> Stepper<Block>) -> Vec<Trajectory> {
        let mut block = Block::new(population);
        let mut stepper = prepare(Stepper::new(&block), &block);
        let observe = &mut |_: &mut Block, _| Ok::<(), ()>(());
        stepper.run(&mut block, &course::pulses(), &mut |_, _| false, observe).unwrap();
        stepper.pass_gap(&mut block, course::END_MS);
        block.finish().take(population.len()).collect()
    }

    /// The widest vectors of this machine against the narrowest that every
    /// machine has.
    #[test]
    fn the_vector_width_changes_no_bit() {
        let population: Vec<Conductances> = (0..WIDTH as u64 + 3).map(synapse).collect();
        assert_eq!(simulate(&population), run(&population, |stepper, _| stepper));
    }

    /// Largest change of ρ at a full minute and of an EPSP.
    fn change(one: &[Trajectory], other: &[Trajectory]) -> (f64, f64) {
        let largest = |pick: fn(&Trajectory) -> &Vec<f64>| {
            let pairs = one.iter().zip(other).flat_map(|(a, b)| pick(a).iter().zip(pick(b)));
            pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        };
        (largest(|course| &course.rho_minutes), largest(|course| &course.epsp_mv))
    }

    /// Passing the gaps in closed form or step by step.
    #[test]
    fn skipping_gaps_changes_nothing() {
        let population = [synapse(2), synapse(78)];
        let (skipped, stepped) = (simulate(&population), run(&population, |stepper, _| stepper.without_skipping()));
        for (skipped, stepped) in skipped.iter().zip(&stepped) {
            assert!((skipped.rho_end - stepped.rho_end).abs() < 1e-9);
            let largest = skipped.epsp_mv.iter().zip(&stepped.epsp_mv).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(largest < 1e-6, "{largest:e}");
        }
    }

    /// Second order: each halving of all steps divides the change of EPSPs by about four.
    #[test]
    fn the_steps_converge() {
        let population = conditions();
        let at = |scale: f64| run(&population, |stepper, block| stepper.scaled(block, scale));
        let (whole, half, quarter) = (at(1.0), at(0.5), at(0.25));
        let (first, second) = (change(&whole, &half), change(&half, &quarter));
        assert!(first.0 < 1e-4 && first.1 < 3e-3, "{first:?}");
        assert!(second.1 < 0.4 * first.1, "{first:?} {second:?}");
    }
}
