//! Pictures of what a compound does to the receptors and of how it gets there,
//! for the pages of the documentation.

use crate::exposure::exposure::Exposure;
use crate::exposure::plan::{Application, BathCompound, ExposurePlan};
use crate::{Chamber, Depth, Faces, Library};
use quantity::Concentration;
use synapse::illustration::{Curve, Illustration};

/// What an exposure to one compound does, and when.
fn exposed(
    library: &Library,
    name: &str,
    um: f64,
    flows: Vec<[f64; 2]>,
    chamber: Chamber,
    end_ms: f64,
) -> Option<Exposure> {
    let compound = library.find(name).ok()?.clone();
    let entry = BathCompound { compound, concentration: Concentration::from_um(um) };
    let bath = vec![Application { entry, flows }];
    Some(Exposure::of(ExposurePlan { bath, chamber, end_ms, ..ExposurePlan::default() }))
}

/// Factors on GABA-A receptors against the concentration of allopregnanolone.
pub fn of_modulation(library: &Library) -> Illustration {
    let always = || vec![[f64::NEG_INFINITY, f64::INFINITY]];
    let factors = |log_nm: f64| {
        let um = libm::pow(10.0, log_nm) / 1_000.0;
        let exposure = exposed(library, "allopregnanolone", um, always(), Chamber::default(), 0.0)?;
        let state = exposure.modulation(0.0);
        Some([state.gaba_a_fast_decay, state.gaba_a_slow_decay, state.gaba_a_tonic_gain])
    };
    let steps: Vec<f64> = (0..=40).map(|k| 0.1 * f64::from(k)).collect();
    let curve = |label: &str, which: usize| Curve {
        label: label.to_owned(),
        points: steps.iter().filter_map(|&x| Some((x, factors(x)?[which]))).collect(),
    };
    Illustration {
        title: "Allopregnanolone at GABA-A receptors",
        across: "Concentration, log10 (nM)",
        up: "Factor",
        reference: Some(1.0),
        curves: vec![
            curve("decay of the fast IPSC", 0),
            curve("decay of the slow IPSC", 1),
            curve("tonic conductance", 2),
        ],
    }
}

/// Concentration at the receptors while a compound flows from 5 to 25 min.
pub fn of_exposure(library: &Library) -> Illustration {
    let minute = 60_000.0;
    let course = |chamber: Chamber| -> Vec<(f64, f64)> {
        let flows = vec![[5.0 * minute, 25.0 * minute]];
        let Some(exposure) = exposed(library, "allopregnanolone", 0.1, flows, chamber, 60.0 * minute) else {
            return Vec::new();
        };
        (0..=120).map(|k| 0.5 * f64::from(k)).map(|min| (min, 1_000.0 * exposure.tissue_um(0, min * minute))).collect()
    };
    let depth = Some(Depth { below_um: 100.0, thickness_um: 400.0, faces: Faces::Both });
    Illustration {
        title: "Allopregnanolone, 100 nM in the bath from 5 to 25 min",
        across: "Time (min)",
        up: "At the receptors (nM)",
        reference: None,
        curves: vec![
            Curve { label: "first-order wash-in".to_owned(), points: course(Chamber::default()) },
            Curve {
                label: "100 µm below the surface".to_owned(),
                points: course(Chamber { depth, ..Chamber::default() }),
            },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_rise_with_concentration_and_exposure_ends() {
        let library = Library::embedded();
        for curve in of_modulation(&library).curves {
            let (first, last) = (curve.points[0].1, curve.points[curve.points.len() - 1].1);
            assert!(first >= 1.0 && last > first, "{}: {first} {last}", curve.label);
        }
        for curve in of_exposure(&library).curves {
            let at = |min: usize| curve.points[2 * min].1;
            assert!(at(4) == 0.0 && at(24) > 20.0 && at(60) < at(24), "{}", curve.label);
        }
    }
}
