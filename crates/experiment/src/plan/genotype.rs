//! Genotypes: what a knock-out takes from the receptors, as named changes of parameters.
//! Nothing makes up for the loss: compensation is for an experiment to state.

use crate::plan::synapse::ParameterChange;
use synapse::Parameters;

/// A genotype with its changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Genotype {
    /// Name in the file, e.g. `Gabra5-/-`.
    pub name: &'static str,
    /// What is missing.
    pub meaning: &'static str,
    /// Paths and factors on the parameters of the experiment.
    factors: &'static [(&'static str, f64)],
    /// Author, year, place.
    pub source: &'static str,
}

/// The genotypes that are known.
pub const GENOTYPES: [Genotype; 4] = [
    Genotype {
        name: "Gabra4-/-",
        meaning: "no α4 subunits: no extrasynaptic α4βδ receptors",
        factors: &[("gaba_a.tonic_delta", 0.0)],
        source: "the δ pool of CA1 pyramids is taken as α4βδ; Chandra et al. 2006 PNAS 103:15230 for thalamus and dentate gyrus",
    },
    Genotype {
        name: "Gabra5-/-",
        meaning: "no α5 subunits: tonic current falls to 60 %, no slow dendritic α5 receptors",
        factors: &[("gaba_a.tonic", 0.0), ("gaba_a.slow", 0.5)],
        source: "Glykys & Mody 2006 J Neurophysiol 95:2796 (tonic current, 60 % of the wild type); slow IPSC by α5 in about half, from memory (Zarnowska et al. 2009)",
    },
    Genotype {
        name: "Gabrd-/-",
        meaning: "no δ subunits: no extrasynaptic δ receptors",
        factors: &[("gaba_a.tonic_delta", 0.0)],
        source: "Glykys & Mody 2006 J Neurophysiol 95:2796: the rest of the tonic current without α5 is by δ",
    },
    Genotype {
        name: "Grin2a-/-",
        meaning: "no GluN2A subunits: GluN2B diheteromers at the wild type's GluN2B conductance",
        factors: &[],
        source: "knock-out of Grin2a; no compensation by GluN2B assumed",
    },
];

impl Genotype {
    /// The genotype of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        GENOTYPES.iter().find(|genotype| genotype.name == name)
    }

    /// The changes on the parameters `p`.
    pub(crate) fn changes(&self, p: &Parameters) -> Vec<ParameterChange> {
        let change = |parameter: &str, value: f64| ParameterChange {
            parameter: parameter.to_owned(),
            value,
            reason: format!("genotype {}: {}", self.name, self.source),
        };
        if self.name == "Grin2a-/-" {
            return vec![
                change("nmda.conductance", p.nmda_ns * p.glun2b_share),
                change("nmda.glun2b_share", 1.0),
                change("nmda.triheteromer_share", 0.0),
            ];
        }
        let scaled = |(path, factor): &(&str, f64)| Some(change(path, factor * p.get(path)?));
        self.factors.iter().filter_map(scaled).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_of_a_genotype_fits_the_table() {
        for genotype in GENOTYPES {
            let mut p = Parameters::default();
            let changes = genotype.changes(&p);
            assert!(!changes.is_empty(), "{}", genotype.name);
            for change in changes {
                p.set(&change.parameter, change.value).expect("a parameter of the table in its range");
            }
        }
    }

    /// The conductance of GluN2B stays that of the wild type.
    #[test]
    fn a_knock_out_of_glun2a_leaves_glun2b() {
        let wild = Parameters::default();
        let mut knock_out = wild.clone();
        for change in Genotype::find("Grin2a-/-").expect("known").changes(&wild) {
            knock_out.set(&change.parameter, change.value).expect("in range");
        }
        let glun2b = |p: &Parameters| p.nmda_ns * p.glun2b_share;
        assert!((glun2b(&knock_out) - glun2b(&wild)).abs() < 1e-12);
    }
}
