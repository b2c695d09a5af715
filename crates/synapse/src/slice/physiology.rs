//! What an intracellular electrode or an imaging laser would see in the synapse without
//! plasticity: the potential after stimuli, IPSPs, calcium of a spine. For tables of
//! physiology and their tests; animals do not differ here.

use crate::kernel::random::{SliceIdentity, Stream};
use crate::kernel::stepping::Excitable;
use crate::modulation::Modulation;
use crate::parameters::table::Parameters;
use crate::preparation::bath::in_bath;
use crate::pulse::{Given, Pulse, PulseKind};
use crate::slice::engine::Engine;
use crate::slice::field::Electrode;
use crate::slice::plasticity::Plasticity;

/// The mean cell at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Membrane {
    /// Time after the first stimulus, ms.
    pub t_ms: f64,
    /// Potential of the soma, mV.
    pub soma_mv: f64,
    /// Potential of the dendrite, mV.
    pub dendrite_mv: f64,
    /// Spikes so far.
    pub spikes: u32,
}

/// The cell after stimuli at `stimuli_ms` (in order, the first at 0) under a drug in
/// equilibrium, every `look_ms` up to `until_ms`.
pub fn membrane_course(
    p: &Parameters,
    drug: &Modulation,
    stimuli_ms: &[f64],
    until_ms: f64,
    look_ms: f64,
) -> Vec<Membrane> {
    let stream = Stream::of_slice(SliceIdentity { seed: 0, animal: 0, slice: 0 });
    let mut engine = Engine::new(p, &Plasticity::default(), 1.0, stream, Electrode::absent(p, stream));
    let (circuit, stepper) = (&mut engine.circuit, &mut engine.stepper);
    circuit.apply(drug);
    circuit.cell.settle();
    stepper.prepare(circuit);
    circuit.open_window(0.0);
    let mut number = 0;
    let mut stimuli = stimuli_ms.iter().copied().peekable();
    let mut course = Vec::new();
    let looks = (until_ms / look_ms) as u32;
    for look in 0..=looks {
        let until = look_ms * f64::from(look);
        while let Some(at_ms) = stimuli.next_if(|at_ms| *at_ms <= until) {
            if at_ms > stepper.now_ms {
                stepper.advance_to(circuit, at_ms);
            }
            circuit.stimulate(&Given { pulse: Pulse { t_ms: at_ms, kind: PulseKind::Induction }, number });
            number += 1;
        }
        if until > stepper.now_ms {
            stepper.advance_to(circuit, until);
        }
        let cell = &circuit.cell;
        course.push(Membrane {
            t_ms: until,
            soma_mv: cell.soma_mv,
            dendrite_mv: cell.dendrite_mv,
            spikes: circuit.internals.spikes(),
        });
    }
    course
}

/// The slow IPSP of GABA-B receptors after stimuli, mV (negative): the largest difference
/// of the soma with and without them, 20 ms or later after the last stimulus.
pub fn gaba_b_ipsp_mv(p: &Parameters, stimuli_ms: &[f64]) -> f64 {
    let last = stimuli_ms.last().copied().unwrap_or(0.0);
    let course = |gain| {
        let drug = Modulation { gaba_b_post_gain: gain, ..Modulation::default() };
        membrane_course(p, &drug, stimuli_ms, last + 600.0, 2.0)
    };
    let (with, without) = (course(1.0), course(0.0));
    let late = with.iter().zip(&without).filter(|(one, _)| one.t_ms > last + 20.0);
    late.map(|(one, other)| one.soma_mv - other.soma_mv).fold(0.0, f64::min)
}

/// Largest effective calcium, µM ms, that a test pulse leaves in a spine of mean weight that
/// receives one mean vesicle: what thresholds are above or below.
pub fn test_pulse_effective_um_ms(p: &Parameters) -> f64 {
    let stream = Stream::of_slice(SliceIdentity { seed: 0, animal: 0, slice: 0 });
    Engine::peaks(&in_bath(p), 1.0, stream, None).effective_um_ms
}

/// Largest calcium above rest, µM, in a spine of mean weight that receives one mean
/// vesicle in a test pulse, and in one that receives nothing while the soma fires once.
pub fn spine_calcium_um(p: &Parameters) -> [f64; 2] {
    let p = in_bath(p);
    let stream = Stream::of_slice(SliceIdentity { seed: 0, animal: 0, slice: 0 });
    let mut engine = Engine::bare(&p, 1.0, stream, Electrode::absent(&p, stream));
    let mean_weight = 1.0 + (p.weight_ratio - 1.0) * p.rho_up;
    let pulse = engine.witnessed(&p, Some((1.0, mean_weight)), 400).0;
    [pulse, engine.witnessed(&p, None, 400).0]
}
