//! The stepping kernel, shared by every model of this crate.
//!
//! A model is stepped in windows of activity: from a stimulus, event by event,
//! with steps that grow with the time since the latest event (the coarse tail),
//! until nothing can cross a threshold any more. The gap up to the next stimulus
//! is then passed in closed form. Events fall on their exact times: the step
//! before an event is shortened to end there.

use crate::kernel::lanes::exp;

/// Interval at which a window is looked at and may be closed, ms.
const STRETCH_MS: f64 = 10.0;
/// Time after an event before which a window stays open, ms.
const LEAST_OPEN_MS: f64 = 60.0;
/// Slowest decay by which what is left in a window fades during a gap, ms.
const RESIDUE_MS: f64 = 250.0;
/// Residue, relative to a threshold, that a gap may leave behind.
const RESIDUE: f64 = 5e-3;
/// Share of a threshold above which no gap begins.
const NEAR: f64 = 0.9;

/// A model that can be stepped. Times in ms.
pub(crate) trait Excitable {
    /// What one step size needs: decay factors and the like.
    type Factors;
    /// What comes from outside.
    type Stimulus;

    /// Step sizes, each with the time since the latest event up to which it is
    /// used; the last up to infinity.
    const LADDER: &'static [(f64, f64)];

    /// Factors of a step size.
    fn factors(&self, dt_ms: f64) -> Self::Factors;

    /// When a stimulus is given.
    fn at_ms(stimulus: &Self::Stimulus) -> f64;

    /// A stimulus is given; `true` if it acts at once, and so counts as an event.
    fn stimulate(&mut self, stimulus: &Self::Stimulus) -> bool;

    /// Time of the next event that stimuli or the model itself have set off;
    /// infinite if there is none.
    fn next_event_ms(&self) -> f64;

    /// The event that is due happens.
    fn meet_event(&mut self, now_ms: f64);

    /// Whether the smallest step is needed whatever the latest event.
    fn delicate(&self, now_ms: f64) -> bool;

    /// One step; `true` if something in it counts as an event.
    fn step(&mut self, factors: &Self::Factors, from_ms: f64, to_ms: f64) -> bool;

    /// A window of activity begins.
    fn open_window(&mut self, now_ms: f64);

    /// A window of activity is over.
    fn close_window(&mut self, now_ms: f64);

    /// Nothing happens between the two times.
    fn pass_gap(&mut self, from_ms: f64, until_ms: f64);

    /// Whether somebody still looks on, so that the window must stay open.
    fn watched(&self, now_ms: f64) -> bool;

    /// How near the model is to a threshold: 1 at the threshold.
    fn closeness(&self) -> f64;

    /// Distance of the membrane from its steady state, mV.
    fn unrest_mv(&self) -> f64;
}

/// Where a run stands, and the factors of every step size.
pub(crate) struct Stepper<M: Excitable> {
    /// Present time, ms.
    pub(crate) now_ms: f64,
    /// Time of the latest event, ms.
    pub(crate) event_ms: f64,
    in_window: bool,
    /// Factor on all step sizes; below 1 only to test convergence.
    scale: f64,
    /// Whether gaps are passed in closed form; `false` only to test that.
    skipping: bool,
    levels: Vec<M::Factors>,
}

impl<M: Excitable> Stepper<M> {
    /// A run that begins at time 0.
    pub(crate) fn new(model: &M) -> Self {
        let mut stepper =
            Self { now_ms: 0.0, event_ms: 0.0, in_window: false, scale: 1.0, skipping: true, levels: Vec::new() };
        stepper.prepare(model);
        stepper
    }

    /// The same with all step sizes multiplied by `scale`.
    #[cfg(test)]
    pub(crate) fn scaled(mut self, model: &M, scale: f64) -> Self {
        self.scale = scale;
        self.prepare(model);
        self
    }

    /// The same with every gap stepped through.
    #[cfg(test)]
    pub(crate) fn without_skipping(mut self) -> Self {
        self.skipping = false;
        self
    }

    /// Computes the factors of all step sizes, after the model has changed.
    pub(crate) fn prepare(&mut self, model: &M) {
        self.levels.clear();
        self.levels.extend(M::LADDER.iter().map(|(dt_ms, _)| model.factors(dt_ms * self.scale)));
    }

    /// Puts the clock to a time without letting it pass.
    pub(crate) fn set_clock(&mut self, now_ms: f64) {
        self.now_ms = now_ms;
        self.event_ms = now_ms;
    }

    /// Takes a model through stimuli in the order of time. `change` may change
    /// the model before a stimulus and says whether it did; `observe` is called
    /// whenever a stretch of a window is over.
    ///
    /// # Errors
    /// The first of `observe`.
    #[inline(always)]
    pub(crate) fn run<E>(
        &mut self,
        model: &mut M,
        stimuli: &[M::Stimulus],
        change: &mut dyn FnMut(&mut M, f64) -> bool,
        observe: &mut dyn FnMut(&mut M, f64) -> Result<(), E>,
    ) -> Result<(), E> {
        for (k, stimulus) in stimuli.iter().enumerate() {
            let at_ms = M::at_ms(stimulus);
            if self.in_window {
                self.advance_to(model, at_ms);
                observe(model, self.now_ms)?;
            }
            if change(model, at_ms) {
                self.prepare(model);
            }
            if !self.in_window {
                self.pass_gap(model, at_ms);
                model.open_window(self.now_ms);
                self.in_window = true;
            }
            if model.stimulate(stimulus) {
                self.event_ms = at_ms;
            }
            let next_ms = stimuli.get(k + 1).map_or(f64::INFINITY, M::at_ms);
            self.play_out(model, next_ms, observe)?;
        }
        Ok(())
    }

    /// Passes a gap in closed form.
    pub(crate) fn pass_gap(&mut self, model: &mut M, until_ms: f64) {
        model.pass_gap(self.now_ms, until_ms);
        self.now_ms = until_ms;
    }

    /// Integrates until the model is quiet or the next stimulus is due.
    #[inline(always)]
    fn play_out<E>(
        &mut self,
        model: &mut M,
        next_ms: f64,
        observe: &mut dyn FnMut(&mut M, f64) -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            let until = (self.now_ms + STRETCH_MS).min(next_ms);
            self.advance_to(model, until);
            observe(model, self.now_ms)?;
            if until >= next_ms {
                return Ok(());
            }
            if self.quiet(model, next_ms) {
                model.close_window(self.now_ms);
                self.in_window = false;
                return Ok(());
            }
        }
    }

    /// Steps to `until_ms`, stopping at every event on the way.
    #[inline(always)]
    pub(crate) fn advance_to(&mut self, model: &mut M, until_ms: f64) {
        loop {
            let event_ms = model.next_event_ms();
            self.step_to(model, until_ms.min(event_ms));
            if event_ms > self.now_ms {
                return;
            }
            model.meet_event(self.now_ms);
            self.event_ms = self.now_ms;
        }
    }

    #[inline(always)]
    fn step_to(&mut self, model: &mut M, stop_ms: f64) {
        while self.now_ms < stop_ms {
            let level = if model.delicate(self.now_ms) { 0 } else { self.level() };
            let from_ms = self.now_ms;
            let dt_ms = M::LADDER[level].0 * self.scale;
            let left_ms = stop_ms - from_ms;
            self.now_ms = if dt_ms < left_ms { from_ms + dt_ms } else { stop_ms };
            let happened = if dt_ms <= left_ms {
                model.step(&self.levels[level], from_ms, self.now_ms)
            } else {
                let shortened = model.factors(left_ms);
                model.step(&shortened, from_ms, self.now_ms)
            };
            if happened {
                self.event_ms = self.now_ms;
            }
        }
    }

    /// The place in the ladder of the present step size.
    #[inline(always)]
    fn level(&self) -> usize {
        let since_ms = self.now_ms - self.event_ms;
        M::LADDER.iter().position(|step| since_ms < step.1).unwrap_or(M::LADDER.len() - 1)
    }

    /// Whether the rest of the interval can be passed in closed form: nothing is
    /// pending or being watched, nothing is near a threshold, and what is left
    /// has faded when the next stimulus comes.
    fn quiet(&self, model: &M, next_ms: f64) -> bool {
        if model.next_event_ms() < f64::INFINITY || model.watched(self.now_ms) {
            return false;
        }
        if self.now_ms - self.event_ms < LEAST_OPEN_MS || !(self.skipping || next_ms == f64::INFINITY) {
            return false;
        }
        let fading = exp(-(next_ms - self.now_ms) / RESIDUE_MS);
        let closeness = model.closeness();
        closeness < NEAR && closeness * fading < RESIDUE && model.unrest_mv() * fading < RESIDUE
    }
}
