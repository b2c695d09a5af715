//! The presynaptic GABA-B autoreceptor in two kinetic stages:
//!
//!   a_R' = k_b C (1−a_R) − k_u a_R,  a_G' = k_a a_R − k_i a_G,
//!   release × 1 − s a_G²/(a_G² + K²),
//! C: 0.5 mM of GABA decaying with 0.6 ms after a volley. No mechanistic model of
//! the CA1 autoreceptor is published; the rates are choices that place the
//! depression of a second IPSC where Davies, Davies & Collingridge 1990 J Physiol
//! 424:513 and Mott & Lewis 1991 Science 252:1718 have it: 60–80 %, largest
//! 150–250 ms after the first, gone by about 1 s, absent under a GABA-B antagonist
//! (s = 0). After the binding a_G rises and falls with 1/k_u and 1/k_i, and peaks at
//! ln(k_u/k_i)/(k_u − k_i): 158 ms for 140 and 180 ms.
//! The receptor of the slice (`slice/cell/cell.rs`) has the same two stages as exponentials.

/// Rates of the autoreceptor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Autoreceptor {
    /// GABA of a volley, mM.
    pub transmitter_mm: f64,
    /// Its decay, ms.
    pub transmitter_ms: f64,
    /// Binding, /mM/ms.
    pub binding: f64,
    /// Unbinding, /ms.
    pub unbinding: f64,
    /// Activation of the G protein, /ms.
    pub activation: f64,
    /// Its inactivation, /ms.
    pub inactivation: f64,
    /// Half point of the effect.
    pub half: f64,
    /// Largest reduction of release; 0 under an antagonist.
    pub strength: f64,
}

/// The rates of the equations above. Model choice.
pub const CA1: Autoreceptor = Autoreceptor {
    transmitter_mm: 0.5,
    transmitter_ms: 0.6,
    binding: 0.5,
    unbinding: 1.0 / 140.0,
    activation: 0.06,
    inactivation: 1.0 / 180.0,
    half: 0.25,
    strength: 0.85,
};

impl Autoreceptor {
    /// Factor on GABA release at times (ms, in order) after one volley at 0.
    ///
    /// Steps of 0.01 ms while GABA lasts, then exact.
    pub fn release_factor(&self, times_ms: &[f64]) -> Vec<f64> {
        let (mut bound, mut protein, mut now) = (0.0, 0.0, 0.0);
        times_ms
            .iter()
            .map(|&t| {
                while now < t {
                    let long = now > 20.0 * self.transmitter_ms;
                    let h = if long { t - now } else { 0.01_f64.min(t - now) };
                    self.pass(&mut bound, &mut protein, now, h);
                    // Guards against a step that rounding would swallow.
                    now = if t - now - h < 1e-12 { t } else { now + h };
                }
                let square = protein * protein;
                1.0 - self.strength * square / (square + self.half * self.half)
            })
            .collect()
    }

    /// Exact for constant transmitter within the step: two linear stages.
    fn pass(&self, bound: &mut f64, protein: &mut f64, now: f64, h: f64) {
        let transmitter = self.transmitter_mm * libm::exp(-(now + 0.5 * h) / self.transmitter_ms);
        let rate = self.binding * transmitter + self.unbinding;
        let target = self.binding * transmitter / rate;
        let start = *bound;
        let (fast, slow) = (libm::exp(-rate * h), libm::exp(-self.inactivation * h));
        *bound = target + (start - target) * fast;
        let steady = self.activation * target / self.inactivation;
        let transient = self.activation * (start - target) / (self.inactivation - rate);
        *protein = steady + (*protein - steady - transient) * slow + transient * fast;
    }
}
