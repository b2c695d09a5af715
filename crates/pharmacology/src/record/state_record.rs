//! A state record as it stands in TOML, and its check.

use crate::compound::list::CompoundList;
use crate::compound::naming::did_you_mean;
use crate::record::reading::Reading;
use crate::record::record::RawSpread;
use crate::state::state::{Level, Past, PhysiologicalState, ReceptorChange};
use quantity::Age;
use serde::Deserialize;
use synapse::Parameters;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawState {
    name: Spanned<String>,
    title: Spanned<String>,
    summary: Spanned<String>,
    #[serde(default)]
    level: Vec<RawLevel>,
    #[serde(default)]
    receptor: Vec<RawReceptor>,
    alpha4_delta: Option<Spanned<RawSpread>>,
    chloride_age: Option<Spanned<String>>,
    past: Option<RawPast>,
    #[serde(default)]
    limits: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLevel {
    compound: Spanned<String>,
    total: Spanned<RawSpread>,
    effective: Spanned<RawSpread>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReceptor {
    parameter: Spanned<String>,
    factor: Option<Spanned<RawSpread>>,
    value: Option<Spanned<RawSpread>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPast {
    exposed_days: Spanned<f64>,
    withdrawn_days: Option<Spanned<f64>>,
}

impl Reading<'_> {
    /// Checks a whole state against the compounds and parameters that exist.
    pub(crate) fn state(&mut self, compounds: &CompoundList) -> Option<PhysiologicalState> {
        let raw: RawState = self.shape()?;
        let faults_before = self.faults.len();
        for text in [&raw.name, &raw.title, &raw.summary] {
            self.not_blank(text, "this");
        }
        let mut levels = Vec::new();
        for level in &raw.level {
            levels.extend(self.level(level, compounds));
        }
        let mut receptors = Vec::new();
        for change in &raw.receptor {
            receptors.extend(self.receptor(change));
        }
        let alpha4_delta = raw.alpha4_delta.as_ref().and_then(|share| {
            let number = self.bare_spread(share)?;
            let fits = (0.0..=1.0).contains(&number.value);
            if !fits {
                self.fault(share.span(), "the share of α4βδ receptors lies between 0 and 1".to_owned());
            }
            fits.then_some(number)
        });
        let chloride_age = raw.chloride_age.as_ref().and_then(|age| self.quantity::<Age>(age.get_ref(), age.span()));
        let past = raw.past.as_ref().and_then(|past| self.past(past));
        if self.faults.len() > faults_before {
            return None;
        }
        Some(PhysiologicalState {
            name: raw.name.into_inner(),
            title: raw.title.into_inner(),
            summary: raw.summary.into_inner(),
            levels,
            receptors,
            alpha4_delta,
            chloride_age,
            past,
            limits: raw.limits,
        })
    }

    fn level(&mut self, raw: &RawLevel, compounds: &CompoundList) -> Option<Level> {
        let compound = match compounds.find(raw.compound.get_ref()) {
            Ok(compound) => Some(compound.name.clone()),
            Err(unknown) => {
                self.fault(raw.compound.span(), unknown.to_string());
                None
            }
        };
        let total = self.concentration_spread(&raw.total)?;
        let effective = self.bare_spread(&raw.effective)?;
        let highest = effective.range.map_or(effective.value, |[_, high]| high);
        if !(effective.value >= 0.0 && highest <= 1.0) {
            self.fault(raw.effective.span(), "the share that counts lies between 0 and 1".to_owned());
            return None;
        }
        Some(Level { compound: compound?, total, effective })
    }

    fn receptor(&mut self, raw: &RawReceptor) -> Option<ReceptorChange> {
        let path = raw.parameter.get_ref();
        let Some(spec) = Parameters::specs().iter().find(|spec| spec.path == path) else {
            let known: Vec<&str> = Parameters::specs().iter().map(|spec| spec.path).collect();
            let hint = did_you_mean(path, &known);
            self.fault(raw.parameter.span(), format!("unknown parameter `{path}`{hint}"));
            return None;
        };
        let (spread, is_factor) = match (&raw.factor, &raw.value) {
            (Some(factor), None) => (factor, true),
            (None, Some(value)) => (value, false),
            _ => {
                self.fault(raw.parameter.span(), "exactly one of `factor` and `value` is needed".to_owned());
                return None;
            }
        };
        let number = self.bare_spread(spread)?;
        let ends = number.range.unwrap_or([number.value; 2]);
        for end in [number.value, ends[0], ends[1]] {
            let value = if is_factor { spec.default * end } else { end };
            if !(spec.low..=spec.high).contains(&value) {
                let accepted = format!("{} to {} {}", spec.low, spec.high, spec.unit);
                self.fault(spread.span(), format!("{path} = {value} is out of range; accepted: {accepted}"));
                return None;
            }
        }
        Some(ReceptorChange { parameter: path.clone(), number, is_factor })
    }

    fn past(&mut self, raw: &RawPast) -> Option<Past> {
        let mut sound = true;
        for days in std::iter::once(&raw.exposed_days).chain(&raw.withdrawn_days) {
            if !(0.0..=10_000.0).contains(days.get_ref()) {
                self.fault(days.span(), "days lie between 0 and 10000".to_owned());
                sound = false;
            }
        }
        let withdrawn_d = raw.withdrawn_days.as_ref().map(|days| *days.get_ref());
        sound.then_some(Past { exposed_d: *raw.exposed_days.get_ref(), withdrawn_d })
    }
}
