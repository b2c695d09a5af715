//! The two-compartment cell of the rule (Pinsky & Rinzel 1994 type), explicit
//! Euler; uF, mS/cm², mV.
//!
//!   3 V_s' = −0.1(V_s+65) − 30 m²h(V_s−60) − 17 n(V_s+75) + 3(V_d−V_s) + 2 I
//!            + 6 s²(V_s−80) − 0.8 q(V_s+75) − 15 c k(V_s+75)
//!   3 V_d' = −0.1(V_d+65) + 5 s²(V_d−80) − 0.8 q(V_d+75) − 5 c k(V_d+75) + 3(V_s−V_d) − 2 I_syn
//!
//! The calcium terms carry the sign of the public code, and both compartments use
//! the dendritic gate s.

use crate::kernel::lanes::exp;
use crate::rules::dainauskas_2023::parameters::REST_MV;

/// eˣ − 1; the series below 0.01 loses nothing.
fn minus_one(x: f64) -> f64 {
    if x.abs() < 0.01 { x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x / 24.0))) } else { exp(x) - 1.0 }
}

/// State of the cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neuron {
    soma: f64,
    dendrite: f64,
    h: f64,
    n: f64,
    s: f64,
    c: [f64; 2],
    q: [f64; 2],
    calcium: [f64; 2],
}

impl Neuron {
    pub(super) fn at_rest() -> Self {
        Self {
            soma: REST_MV,
            dendrite: REST_MV,
            h: 0.999,
            n: 0.001,
            s: 0.009,
            c: [0.007; 2],
            q: [0.010; 2],
            calcium: [0.2; 2],
        }
    }

    pub(super) fn dendrite_mv(&self) -> f64 {
        self.dendrite
    }

    /// One step under an injected current, the synaptic current and the NMDA
    /// current of the step before.
    pub(super) fn step(&mut self, dt: f64, injected: f64, synaptic: f64, nmda: f64) {
        let old = *self;
        let (vs, vd) = (old.soma, old.dendrite);
        let m = {
            let al = 0.32 * (-46.9 - vs) / minus_one((-46.9 - vs) / 4.0);
            let be = 0.28 * (vs + 19.9) / minus_one((vs + 19.9) / 5.0);
            al / (al + be)
        };
        let share = |calcium: f64| (calcium / 250.0).min(1.0);
        // Soma first, dendrite second in pairs.
        let soma = -0.1 * (vs + 65.0) - 30.0 * m * m * old.h * (vs - 60.0) - 17.0 * old.n * (vs + 75.0)
            + 3.0 * (vd - vs)
            + 2.0 * injected
            + 6.0 * old.s * old.s * (vs - 80.0)
            - 0.8 * old.q[0] * (vs + 75.0)
            - 15.0 * old.c[0] * share(old.calcium[0]) * (vs + 75.0);
        let dendrite = -0.1 * (vd + 65.0) + 5.0 * old.s * old.s * (vd - 80.0)
            - 0.8 * old.q[1] * (vd + 75.0)
            - 5.0 * old.c[1] * share(old.calcium[1]) * (vd + 75.0)
            + 3.0 * (vs - vd)
            - 2.0 * synaptic;
        self.soma += dt * soma / 3.0;
        self.dendrite += dt * dendrite / 3.0;
        self.calcium[0] += dt * (-0.13 * 6.0 * old.s * old.s * (vs - 80.0) - 0.075 * old.calcium[0]);
        self.calcium[1] += dt * (-0.13 * (5.0 * old.s * old.s * (vd - 80.0) + 0.06 * nmda) - 0.075 * old.calcium[1]);
        let gate = |x: f64, al: f64, be: f64| x + dt * (al - (al + be) * x);
        self.h = gate(old.h, 0.128 * exp((-43.0 - vs) / 18.0), 4.0 / (1.0 + exp((-20.0 - vs) / 5.0)));
        self.n = gate(old.n, 0.016 * (-24.9 - vs) / minus_one((-24.9 - vs) / 5.0), 0.25 * exp(-1.0 - 0.025 * vs));
        self.s = gate(old.s, 1.6 / (1.0 + exp(-0.072 * (vd - 5.0))), 0.02 * (vd + 8.9) / minus_one((vd + 8.9) / 5.0));
        for (k, v) in [vs, vd].into_iter().enumerate() {
            let (al, be) = calcium_potassium(v);
            self.c[k] = gate(old.c[k], al, be);
            self.q[k] = gate(old.q[k], (2e-5 * old.calcium[k]).min(0.01), 0.001);
        }
    }
}

/// Rates of the fast calcium-dependent potassium gate; the mean of both branches at −10 mV.
fn calcium_potassium(v: f64) -> (f64, f64) {
    let fall = 2.0 * exp((-53.5 - v) / 27.0);
    let rise = exp((v + 50.0) / 11.0 - (v + 53.5) / 27.0) / 18.975;
    if v < -10.0 {
        (rise, fall - rise)
    } else if v > -10.0 {
        (fall, 0.0)
    } else {
        (0.5 * (rise + fall), 0.5 * (fall - rise))
    }
}
