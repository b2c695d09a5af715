//! From the text of a record to a [`Compound`]: units, ranges, names and tags
//! are checked; every fault is kept with its place.

use crate::compound::compound::{Allostery, Compound, Confusion, Identifiers, Kinetics, Misnomer, Systemic};
use crate::compound::number::Number;
use crate::compound::target::Site;
use crate::record::reading::Reading;
use crate::record::record::{RawAllostery, RawCompound, RawNumber, RawSystemic};
use quantity::{Concentration, Fraction, Time};
use toml::Spanned;

impl Reading<'_> {
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
        let systemic = raw.systemic.as_ref().and_then(|body| self.systemic(body));
        let allostery = raw.allostery.as_ref().and_then(|law| self.allostery(law));
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
            systemic,
            allostery,
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
        let diffusion = match &raw.kinetics.diffusion_cm2_per_s {
            Some(number) => Some(self.positive(number, "a diffusion coefficient")?),
            None => None,
        };
        Some(Kinetics { wash_in: wash_in?, wash_out: wash_out?, membrane, diffusion })
    }

    fn systemic(&mut self, raw: &RawSystemic) -> Option<Systemic> {
        let half_life = self.time_constant(&raw.half_life);
        let peak = match &raw.peak {
            Some(number) => Some(self.time_constant(number)?),
            None => None,
        };
        let unbound = self.number::<Fraction>(&raw.unbound, "a fraction such as \"1 %\"");
        Some(Systemic { half_life: half_life?, peak, unbound: unbound?, note: raw.note.clone() })
    }

    fn allostery(&mut self, raw: &RawAllostery) -> Option<Allostery> {
        let k = self.number::<Concentration>(&raw.k, "a concentration such as \"23 uM\"");
        let c = self.positive(&raw.c, "c");
        let sites = self.positive(&raw.sites, "the number of sites");
        let site = self.entry(&raw.site, "site", Site::parse, &Site::names());
        let k = k?;
        if k.value.um() <= 0.0 {
            self.fault(raw.k.get_ref().value.span(), "K must be greater than zero".to_owned());
            return None;
        }
        Some(Allostery { k, c: c?, sites: sites?, site: site? })
    }

    /// A number without unit above zero.
    pub(crate) fn positive(&mut self, raw: &Spanned<RawNumber>, what: &str) -> Option<Number<f64>> {
        let number = self.bare(raw)?;
        if number.value > 0.0 {
            return Some(number);
        }
        self.fault(raw.get_ref().value.span(), format!("{what} must be greater than zero"));
        None
    }

    pub(crate) fn time_constant(&mut self, raw: &Spanned<RawNumber>) -> Option<Number<Time>> {
        let number = self.number::<Time>(raw, "a time such as \"5 min\"")?;
        if number.value.ms() > 0.0 {
            Some(number)
        } else {
            self.fault(raw.get_ref().value.span(), "a time constant must be greater than zero".to_owned());
            None
        }
    }
}
