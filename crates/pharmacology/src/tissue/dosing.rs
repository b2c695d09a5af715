//! Systemic dosing: plasma, and the free concentration in the brain.
//!
//! One compartment with the elimination rate k = ln 2/half-life. An infusion
//! that would settle at the plasma concentration p gives
//!
//! C(t) = p·(1 − e^(−kt)) while it runs, and decays with k afterwards;
//!
//! an oral dose with its peak p at t_p gives p times the Bateman function
//! (e^(−kt) − e^(−qt)) over its own peak, with the absorption rate q from
//! t_p = ln(q/k)/(q − k). Doses add. The brain holds the unbound fraction: steroids
//! cross the barrier freely, and at equilibrium free concentrations are alike.

use crate::compound::compound::{Compound, Systemic};
use quantity::{Concentration, Time};
use thiserror::Error;

/// Absorption after an oral dose where the record has no time to peak, ms. A
/// choice of the model: one hour.
const USUAL_PEAK_MS: f64 = 3_600_000.0;

/// How a dose is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Route {
    /// Infusion for a time; the stated concentration is the one it would settle at.
    Infusion {
        /// How long it runs.
        duration: Time,
    },
    /// By mouth; the stated concentration is the peak of one dose.
    Oral,
}

/// Doses of one compound before the slices are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Dosing {
    /// The compound.
    pub compound: Compound,
    /// The name that it was asked for by, e.g. `brexanolone` for allopregnanolone.
    pub asked: String,
    /// Plasma concentration that one dose stands for.
    pub plasma: Concentration,
    /// How it is given.
    pub route: Route,
    /// From the start of the first dose to the slices.
    pub before: Time,
    /// From one dose to the next.
    pub every: Time,
    /// Number of doses.
    pub times: u32,
}

/// Dosing of a compound about which nothing is known in the body.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "the record of {compound} has no [systemic] section (half-life, unbound fraction): its dosing cannot be followed"
)]
pub struct NoSystemicRecord {
    /// The compound.
    pub compound: String,
}

impl Dosing {
    /// Route, times and level in words, e.g. `infusion of 60 h, begun 48 h before
    /// slicing, 222 nM in plasma where it settles`.
    pub fn course_in_words(&self) -> String {
        let (plasma, before) = (self.plasma, hours(self.before));
        let (route, level) = match self.route {
            Route::Infusion { duration } => (format!("infusion of {} h", hours(duration)), "where it settles"),
            Route::Oral => ("by mouth".to_owned(), "at the peak of a dose"),
        };
        let begun = match self.times {
            1 => format!("begun {before} h before slicing"),
            times => format!("{times} times every {} h, the first {before} h before slicing", hours(self.every)),
        };
        format!("{route}, {begun}, {plasma} in plasma {level}")
    }

    /// Free concentration when the slices are made, µM.
    ///
    /// # Errors
    /// The record says nothing about the compound in the body.
    pub fn free_um(&self) -> Result<f64, NoSystemicRecord> {
        let missing = || NoSystemicRecord { compound: self.compound.name.clone() };
        let body = self.compound.systemic.as_ref().ok_or_else(missing)?;
        Ok(self.plasma_um(body, self.before.ms()) * body.unbound.value.value())
    }

    /// Plasma concentration at `t_ms` after the start of the first dose, µM.
    pub fn plasma_um(&self, body: &Systemic, t_ms: f64) -> f64 {
        let doses = (0..self.times).map(|k| t_ms - f64::from(k) * self.every.ms());
        doses.filter(|since| *since > 0.0).map(|since| self.one_dose(body, since)).sum::<f64>() * self.plasma.um()
    }

    fn one_dose(&self, body: &Systemic, since_ms: f64) -> f64 {
        let k = std::f64::consts::LN_2 / body.half_life.value.ms();
        match self.route {
            Route::Infusion { duration } => {
                let running = since_ms.min(duration.ms());
                (1.0 - libm::exp(-k * running)) * libm::exp(-k * (since_ms - running))
            }
            Route::Oral => {
                let peak_ms = body.peak.as_ref().map_or(USUAL_PEAK_MS, |peak| peak.value.ms());
                let q = absorption_rate(k, peak_ms);
                let bateman = |t: f64| libm::exp(-k * t) - libm::exp(-q * t);
                bateman(since_ms) / bateman(peak_ms)
            }
        }
    }
}

/// Hours to two places.
fn hours(time: Time) -> f64 {
    (time.min() / 60.0 * 100.0).round() / 100.0
}

/// q > k with ln(q/k)/(q − k) = t_p, by bisection; the peak of a drug that is
/// eliminated with k lies before 1/k.
fn absorption_rate(k: f64, peak_ms: f64) -> f64 {
    let (mut low, mut high) = (k * (1.0 + 1e-9), k * 1e9);
    for _ in 0..200 {
        let middle = (low * high).sqrt();
        let peak = libm::log(middle / k) / (middle - k);
        if peak > peak_ms { low = middle } else { high = middle }
    }
    (low * high).sqrt()
}
