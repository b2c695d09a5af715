//! From the text of a record to a [`Compound`]: units, ranges, names and tags
//! are checked; every fault is kept with its place.

use crate::compound::{Action, Compound, Confusion, Identifiers, Kinetics, Misnomer};
use crate::error::RecordFault;
use crate::naming::did_you_mean;
use crate::number::{Maximum, Number, TAGS};
use crate::record::{RawAction, RawCompound, RawNumber};
use crate::target::{Mode, PotencyKind, Ring, Site, Target};
use quantity::{Concentration, Conductance, Fraction, Temperature, Time};
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;
use synapse::Evidence;
use toml::{Spanned, Value};

/// The text being read and the faults found so far.
pub(crate) struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    pub faults: Vec<RecordFault>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, faults: Vec::new() }
    }

    /// Notes a fault at a byte range.
    pub(crate) fn fault(&mut self, at: Range<usize>, problem: String) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.faults.push(RecordFault {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            problem,
        });
    }

    /// Parses the shape; a fault of shape ends the reading of this file.
    pub(crate) fn shape<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str(self.text) {
            Ok(raw) => Some(raw),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                self.fault(at, with_suggestion(error.message()));
                None
            }
        }
    }

    /// Checks a whole compound; `None` if the shape or any number is wrong.
    pub(crate) fn compound(&mut self, scenarios: &[&str]) -> Option<Compound> {
        let raw: RawCompound = self.shape()?;
        let faults_before = self.faults.len();
        for text in [&raw.name, &raw.label, &raw.stereo_key, &raw.class, &raw.summary] {
            self.not_blank(text, "this");
        }
        let mut targets = Vec::new();
        for action in &raw.target {
            targets.extend(self.action(action, scenarios));
        }
        let kinetics = self.kinetics(&raw);
        let free_fraction = match &raw.free_fraction {
            Some(number) => self.number::<Fraction>(number, "a fraction such as \"40 %\""),
            None => None,
        };
        if self.faults.len() > faults_before {
            return None;
        }
        Some(Compound {
            name: raw.name.into_inner(),
            label: raw.label.into_inner(),
            stereo_key: raw.stereo_key.into_inner(),
            class: raw.class.into_inner(),
            summary: raw.summary.into_inner(),
            synonyms: raw.synonyms.into_iter().map(Spanned::into_inner).collect(),
            misnomers: raw
                .misnomer
                .into_iter()
                .map(|m| Misnomer { name: m.name.into_inner(), remark: m.remark })
                .collect(),
            confusions: raw
                .confusion
                .into_iter()
                .map(|c| Confusion { name: c.name.into_inner(), because: c.because })
                .collect(),
            identifiers: Identifiers {
                cas: raw.identifiers.cas,
                pubchem: raw.identifiers.pubchem,
                chebi: raw.identifiers.chebi,
            },
            targets,
            kinetics: kinetics?,
            free_fraction,
            solubility: raw.solubility,
            remarks: raw.remarks,
            published_ltp_data: raw.published_ltp_data,
        })
    }

    fn kinetics(&mut self, raw: &RawCompound) -> Option<Kinetics> {
        let wash_in = self.time_constant(&raw.kinetics.wash_in);
        let wash_out = self.time_constant(&raw.kinetics.wash_out);
        let membrane = match &raw.kinetics.membrane {
            Some(number) => Some(self.time_constant(number)?),
            None => None,
        };
        Some(Kinetics { wash_in: wash_in?, wash_out: wash_out?, membrane })
    }

    fn time_constant(&mut self, raw: &Spanned<RawNumber>) -> Option<Number<Time>> {
        let number = self.number::<Time>(raw, "a time such as \"5 min\"")?;
        if number.value.ms() > 0.0 {
            Some(number)
        } else {
            self.fault(raw.get_ref().value.span(), "a time constant must be greater than zero".to_owned());
            None
        }
    }

    fn action(&mut self, raw: &Spanned<RawAction>, scenarios: &[&str]) -> Option<Action> {
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
        for name in raw.scenario.iter().chain(&raw.unless) {
            if !scenarios.contains(&name.get_ref().as_str()) {
                let hint = did_you_mean(name.get_ref(), scenarios);
                self.fault(
                    name.span(),
                    format!("unknown scenario `{}`{hint}; known: {}", name.get_ref(), scenarios.join(", ")),
                );
            }
        }
        let (potency_kind, potency) = self.potency(raw, &at)?;
        let hill = self.hill(&raw.hill);
        let (target, mode) = (target?, mode?);
        self.required_parts(&at, target, mode, raw.maximum.is_some(), &antagonises);
        let maximum = match &raw.maximum {
            Some(number) => Some(self.maximum(number, target, mode)?),
            None => None,
        };
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
            note: raw.note.clone(),
        })
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
        if target == Target::GabaADirect && mode == Mode::Agonist {
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

    /// A number without unit.
    fn bare(&mut self, raw: &Spanned<RawNumber>) -> Option<Number<f64>> {
        self.checked(raw, |reading, value, at| {
            let number = match value {
                Value::Float(number) => Some(*number),
                Value::Integer(number) => i32::try_from(*number).ok().map(f64::from),
                _ => None,
            };
            match number.filter(|number| number.is_finite()) {
                Some(number) => Some(number),
                None => {
                    reading.fault(at, format!("found {value}; needed: a finite number without unit"));
                    None
                }
            }
        })
    }

    /// A number with unit, as text.
    fn number<T>(&mut self, raw: &Spanned<RawNumber>, wanted: &str) -> Option<Number<T>>
    where
        T: FromStr + PartialOrd,
        T::Err: Display,
    {
        self.checked(raw, |reading, value, at| match value {
            Value::String(text) => reading.quantity(text, at),
            _ => {
                reading.fault(at, format!("{value} has no unit; write {wanted}"));
                None
            }
        })
    }

    fn quantity<T>(&mut self, text: &str, at: Range<usize>) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(at, format!("{error}"));
                None
            }
        }
    }

    fn checked<T: PartialOrd>(
        &mut self,
        raw: &Spanned<RawNumber>,
        read: impl Fn(&mut Self, &Value, Range<usize>) -> Option<T>,
    ) -> Option<Number<T>> {
        let raw = raw.get_ref();
        let value = read(self, raw.value.get_ref(), raw.value.span());
        let range = match &raw.range {
            None => None,
            Some(range) => match range.get_ref().as_slice() {
                [low, high] => {
                    let low = read(self, low.get_ref(), low.span())?;
                    let high = read(self, high.get_ref(), high.span())?;
                    Some([low, high])
                }
                _ => {
                    self.fault(range.span(), "a range is two values: [low, high]".to_owned());
                    None
                }
            },
        };
        let evidence = self.evidence(&raw.evidence);
        self.not_blank(&raw.source, "the source");
        let value = value?;
        if let (Some([low, high]), Some(span)) = (&range, &raw.range)
            && !(*low <= value && value <= *high)
        {
            self.fault(span.span(), "the value must lie within its range [low, high]".to_owned());
        }
        Some(Number { value, range, source: raw.source.get_ref().clone(), evidence: evidence? })
    }

    fn evidence(&mut self, tag: &Spanned<String>) -> Option<Evidence> {
        let names: Vec<&str> = TAGS.iter().map(|(name, _)| *name).collect();
        let find = |text: &str| TAGS.iter().find(|(name, _)| *name == text).map(|(_, tag)| *tag);
        self.entry(tag, "evidence tag", find, &names)
    }

    fn entry<T>(
        &mut self,
        text: &Spanned<String>,
        what: &str,
        find: impl Fn(&str) -> Option<T>,
        names: &[&str],
    ) -> Option<T> {
        let found = find(text.get_ref());
        if found.is_none() {
            let hint = did_you_mean(text.get_ref(), names);
            self.fault(text.span(), format!("unknown {what} `{}`{hint}; known: {}", text.get_ref(), names.join(", ")));
        }
        found
    }

    fn not_blank(&mut self, text: &Spanned<String>, what: &str) {
        if text.get_ref().trim().is_empty() {
            self.fault(text.span(), format!("{what} must not be empty"));
        }
    }
}

/// Adds a suggestion to serde's "unknown field `x`, expected one of `a`, `b`".
fn with_suggestion(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if !message.starts_with("unknown field") {
        return message.to_owned();
    }
    let asked = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    format!("{message}{}", did_you_mean(asked, &known))
}
