//! One `[[target]]` of a compound record.

use crate::compound::compound::Action;
use crate::compound::naming::did_you_mean;
use crate::compound::number::{Maximum, Number};
use crate::compound::target::{Mode, PotencyKind, Ring, Site, Target};
use crate::record::reading::Reading;
use crate::record::record::{RawAction, RawNumber};
use quantity::{Concentration, Conductance, Temperature, Time};
use std::ops::Range;
use toml::Spanned;

/// Rates of a block and delays of an effect, where stated.
struct StateParts {
    rates: [Option<Number<f64>>; 2],
    delays: [Option<Number<Time>>; 2],
}

impl Reading<'_> {
    pub(crate) fn action(&mut self, raw: &Spanned<RawAction>, scenarios: &[&str]) -> Option<Action> {
        let at = raw.span();
        let raw = raw.get_ref();
        let target = self.entry(&raw.name, "target", Target::parse, &Target::names());
        let mode = self.entry(&raw.mode, "mode", Mode::parse, &Mode::names());
        let site = match &raw.site {
            Some(site) => Some(self.entry(site, "site", Site::parse, &Site::names())?),
            None => None,
        };
        let mut antagonises = Vec::new();
        for text in &raw.antagonises {
            antagonises.push(self.entry(text, "site", Site::parse, &Site::names())?);
        }
        let against = match &raw.against {
            Some(ring) => Some(self.entry(ring, "ring junction", Ring::parse, &Ring::names())?),
            None => None,
        };
        self.known_scenarios(raw, scenarios);
        let (potency_kind, potency) = self.potency(raw, &at)?;
        let hill = self.hill(&raw.hill);
        let (target, mode) = (target?, mode?);
        self.required_parts(&at, target, mode, raw.maximum.is_some(), &antagonises);
        let maximum = match &raw.maximum {
            Some(number) => Some(self.maximum(number, target, mode)?),
            None => None,
        };
        let states = self.state_parts(raw, &at, mode)?;
        let [on_rate, resting_activity] = states.rates;
        let [onset, offset] = states.delays;
        let temperature = match &raw.temperature {
            Some(text) => Some(self.quantity::<Temperature>(text.get_ref(), text.span())?),
            None => None,
        };
        Some(Action {
            target,
            mode,
            site,
            antagonises,
            against,
            potency_kind,
            potency,
            hill: hill?,
            maximum,
            preparation: raw.preparation.clone(),
            species: raw.species.clone(),
            temperature,
            scenario: raw.scenario.as_ref().map(|s| s.get_ref().clone()),
            unless: raw.unless.iter().map(|s| s.get_ref().clone()).collect(),
            on_rate,
            resting_activity,
            onset,
            offset,
            note: raw.note.clone(),
        })
    }

    /// Notes scenarios that no record declares.
    fn known_scenarios(&mut self, raw: &RawAction, scenarios: &[&str]) {
        for name in raw.scenario.iter().chain(&raw.unless) {
            if !scenarios.contains(&name.get_ref().as_str()) {
                let hint = did_you_mean(name.get_ref(), scenarios);
                self.fault(
                    name.span(),
                    format!("unknown scenario `{}`{hint}; known: {}", name.get_ref(), scenarios.join(", ")),
                );
            }
        }
    }

    fn required_parts(
        &mut self,
        at: &Range<usize>,
        target: Target,
        mode: Mode,
        has_maximum: bool,
        antagonises: &[Site],
    ) {
        let needs_maximum = matches!(mode, Mode::Pam | Mode::Nam) || (mode == Mode::Agonist && target.is_modelled());
        if needs_maximum && !has_maximum {
            self.fault(at.clone(), format!("mode `{mode}` needs a `maximum`"));
        }
        let is_gamsa = mode == Mode::Gamsa;
        if is_gamsa && has_maximum {
            self.fault(at.clone(), "mode `gamsa` takes no `maximum`: at saturation no potentiation is left".to_owned());
        }
        if is_gamsa != (target == Target::GabaAPotentiation) {
            self.fault(at.clone(), "mode `gamsa` and target `gaba_a_potentiation` belong together".to_owned());
        }
        if is_gamsa == antagonises.is_empty() {
            self.fault(
                at.clone(),
                "`antagonises` lists the sites whose potentiation a `gamsa` reverses, and belongs to it only"
                    .to_owned(),
            );
        }
        if (mode == Mode::UseDependentBlock) && target.is_modelled() && target != Target::GabaAUseDependent {
            self.fault(at.clone(), "use-dependent block is modelled for `gaba_a_use_dependent` only".to_owned());
        }
    }

    /// What makes an action a state variable: rates of a block, delays of an effect.
    fn state_parts(&mut self, raw: &RawAction, at: &Range<usize>, mode: Mode) -> Option<StateParts> {
        let mut rate = |number: &Option<Spanned<RawNumber>>, what: &str| match number {
            Some(number) => self.positive(number, what).map(Some),
            None => Some(None),
        };
        let rates = [rate(&raw.on_rate, "a blocking rate")?, rate(&raw.resting_activity, "an activity")?];
        let mut delay = |number: &Option<Spanned<RawNumber>>| match number {
            Some(number) => self.time_constant(number).map(Some),
            None => Some(None),
        };
        let delays = [delay(&raw.onset)?, delay(&raw.offset)?];
        if mode == Mode::OpenChannelBlock && rates[0].is_none() {
            self.fault(
                at.clone(),
                "mode `open_channel_block` needs an `on_rate` (per uM and s of open time)".to_owned(),
            );
        }
        if delays[0].is_some() != delays[1].is_some() {
            self.fault(at.clone(), "`onset` and `offset` belong together".to_owned());
        }
        Some(StateParts { rates, delays })
    }

    fn potency(&mut self, raw: &RawAction, at: &Range<usize>) -> Option<(PotencyKind, Number<Concentration>)> {
        let mut given = [(PotencyKind::Ec50, &raw.ec50), (PotencyKind::Ic50, &raw.ic50), (PotencyKind::Ki, &raw.ki)]
            .into_iter()
            .filter_map(|(kind, number)| number.as_ref().map(|number| (kind, number)));
        let (Some((kind, number)), None) = (given.next(), given.next()) else {
            self.fault(at.clone(), "exactly one of `ec50`, `ic50` and `ki` is needed".to_owned());
            return None;
        };
        let potency = self.number::<Concentration>(number, "a concentration such as \"21 nM\"")?;
        let low = potency.range.map_or(potency.value, |[low, _]| low);
        if potency.value.um() > 0.0 && low.um() > 0.0 {
            Some((kind, potency))
        } else {
            self.fault(number.get_ref().value.span(), format!("{} must be greater than zero", kind.meaning()));
            None
        }
    }

    fn hill(&mut self, raw: &Spanned<RawNumber>) -> Option<Number<f64>> {
        let number = self.bare(raw)?;
        if number.value > 0.0 && number.value <= 10.0 {
            Some(number)
        } else {
            self.fault(
                raw.get_ref().value.span(),
                format!("a Hill coefficient of {} is out of range; accepted: above 0 to 10", number.value),
            );
            None
        }
    }

    fn maximum(&mut self, raw: &Spanned<RawNumber>, target: Target, mode: Mode) -> Option<Number<Maximum>> {
        let at = raw.get_ref().value.span();
        if target.is_gated() && mode == Mode::Agonist {
            let number = self.number::<Conductance>(raw, "a conductance such as \"2 nS\"")?;
            return Some(Number {
                value: Maximum::Conductance(number.value),
                range: number.range.map(|range| range.map(Maximum::Conductance)),
                source: number.source,
                evidence: number.evidence,
            });
        }
        let number = self.bare(raw)?;
        let (fits, accepted) = match mode {
            Mode::Pam => (number.value > 1.0, "above 1 (1 = no effect)"),
            Mode::Nam => ((0.0..1.0).contains(&number.value), "0 to below 1 (1 = no effect)"),
            Mode::Agonist => (number.value >= 0.0, "0 or above"),
            _ => ((0.0..=1.0).contains(&number.value), "0 to 1"),
        };
        if !fits {
            self.fault(at, format!("a maximum of {} does not fit mode `{mode}`; accepted: {accepted}", number.value));
            return None;
        }
        let kind = if target == Target::GabaAUseDependent { Maximum::Blocked } else { Maximum::Factor };
        Some(Number {
            value: kind(number.value),
            range: number.range.map(|range| range.map(kind)),
            source: number.source,
            evidence: number.evidence,
        })
    }
}
