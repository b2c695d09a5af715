//! One picture of each part of the model, computed by the code that the slice
//! runs: what the pages of the documentation show. Everything at the default
//! parameters, without variation between slices.

use crate::kernel::draws::{lognormal, lognormal_sigma};
use crate::kernel::lanes::WIDTH;
use crate::kernel::random::{SliceIdentity, Stream, normal_quantile};
use crate::kernel::stepping::Excitable;
use crate::late_phase::luboeinski_2021::{SET, simulate};
use crate::late_phase::protocols::protocol;
use crate::modulation::Modulation;
use crate::parameters::table::Parameters;
use crate::preparation::bath::{in_bath, nmda_calcium_factor, release_factor};
use crate::pulse::Given;
use crate::pulse::{Pulse, PulseKind, SweepWindow};
use crate::receptors::voltage::{alpha5_rectification, magnesium_block, peak_factor, tonic_rectification};
use crate::slice::cell::cell::Cell;
use crate::slice::circuit::Circuit;
use crate::slice::engine::Engine;
use crate::slice::field::Electrode;
use crate::slice::plasticity::Plasticity;
use crate::slice::release::{Terminals, Volley};
use crate::slice::simulate::simulate_slice;

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it shows.
    pub label: String,
    /// Points in order.
    pub points: Vec<(f64, f64)>,
}

/// Curves with their axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Illustration {
    /// What is shown.
    pub title: &'static str,
    /// Horizontal axis with its unit.
    pub across: &'static str,
    /// Vertical axis with its unit.
    pub up: &'static str,
    /// A level to compare with.
    pub reference: Option<f64>,
    /// The curves.
    pub curves: Vec<Curve>,
}

/// Parts with a picture, by the names of their pages.
pub const PARTS: [&str; 11] =
    ["release", "ampa", "nmda", "gaba-a", "gaba-b", "cell", "calcium", "induction", "late-phase", "field", "variation"];

/// The picture of a part.
pub fn of(part: &str) -> Option<Illustration> {
    let (title, across, up, reference, curves) = match part {
        "release" => {
            ("Ten pulses: mean release relative to the first", "Pulse", "Release / first", Some(1.0), release())
        }
        "ampa" => ("AMPA conductance of one release", "Time (ms)", "Conductance (nS)", None, ampa()),
        "nmda" => ("Share of NMDA receptors free of magnesium", "Potential (mV)", "Unblocked", None, block()),
        "gaba-a" => {
            ("Outward rectification of GABA-A receptors", "Potential (mV)", "Share conducting", None, rectification())
        }
        "gaba-b" => (
            "Suppression of GABA release by the autoreceptor",
            "Time after the last IPSC (ms)",
            "Suppression",
            None,
            autoreceptor(),
        ),
        "cell" => ("First two bursts of a theta burst", "Time (ms)", "Potential (mV)", None, cell()),
        "calcium" => {
            ("Calcium of the spine with the most of it", "Time (ms)", "Calcium above rest (µM)", None, calcium())
        }
        "induction" => (
            "Effective calcium of the spine nearest to its threshold",
            "Time (ms)",
            "Effective calcium / depression threshold",
            Some(1.0),
            induction(),
        ),
        "late-phase" => ("Strong and weak tetanus", "Time (h)", "Weight / initial", Some(1.0), late()),
        "field" => (
            "A test pulse as the electrode sees it",
            "Time after the stimulus (ms)",
            "Field potential (mV)",
            Some(0.0),
            field(),
        ),
        "variation" => (
            "Spines and slices differ: quantiles of lognormal factors",
            "Share below (%)",
            "Factor on the mean",
            Some(1.0),
            variation(),
        ),
        _ => return None,
    };
    Some(Illustration { title, across, up, reference, curves })
}

/// Release and calcium entry against extracellular calcium.
pub fn of_calcium_outside() -> Illustration {
    let curve = |label: &str, law: fn(f64) -> f64| Curve {
        label: label.to_owned(),
        points: (2..=40).map(|k| 0.1 * f64::from(k)).map(|mm| (mm, law(mm))).collect(),
    };
    Illustration {
        title: "What extracellular calcium does, relative to 2 mM",
        across: "Calcium outside (mM)",
        up: "Factor",
        reference: Some(1.0),
        curves: vec![
            curve("release probability", release_factor),
            curve("calcium share of the NMDA current", nmda_calcium_factor),
            curve("current of calcium channels", |mm| mm / 2.0),
        ],
    }
}

fn named(label: impl Into<String>, points: Vec<(f64, f64)>) -> Curve {
    Curve { label: label.into(), points }
}

fn stream() -> Stream {
    Stream::of_slice(SliceIdentity { seed: 1, animal: 1, slice: 1 })
}

fn release() -> Vec<Curve> {
    let p = Parameters::default();
    let train = |hz: f64| {
        let mut terminals = Terminals::new(&p, p.release_probability, &stream());
        let mut volley = Volley::default();
        let mut means: Vec<f64> = Vec::new();
        for pulse in 0..10_u32 {
            let now_ms = f64::from(pulse) * 1_000.0 / hz;
            terminals.fire(now_ms, pulse, &Modulation::default(), &stream(), &mut volley);
            means.push(volley.expected.iter().sum());
        }
        (1..).map(f64::from).zip(means.iter().map(|mean| mean / means[0])).collect()
    };
    [100.0, 20.0, 5.0].map(|hz| named(format!("{hz} Hz"), train(hz))).to_vec()
}

fn ampa() -> Vec<Curve> {
    let course = |celsius: f64| {
        let p = in_bath(&Parameters { bath_celsius: celsius, ..Parameters::default() });
        let norm = p.ampa_ns * peak_factor(p.ampa_rise_ms, p.ampa_decay_ms);
        let at = |t: f64| norm * (libm::exp(-t / p.ampa_decay_ms) - libm::exp(-t / p.ampa_rise_ms));
        (0..=250).map(|k| 0.1 * f64::from(k)).map(|t| (t, at(t))).collect()
    };
    [32.0, 24.0].map(|celsius| named(format!("{celsius} °C"), course(celsius))).to_vec()
}

fn potentials() -> impl Iterator<Item = f64> {
    (-90..=20).map(f64::from)
}

fn block() -> Vec<Curve> {
    let curve = |mm: f64| potentials().map(|v| (v, magnesium_block(v, mm))).collect();
    [0.5, 1.3, 2.0].map(|mm| named(format!("{mm} mM magnesium"), curve(mm))).to_vec()
}

fn rectification() -> Vec<Curve> {
    let curve = |law: fn(f64) -> f64| potentials().map(|v| (v, law(v))).collect();
    vec![named("slow IPSC (α5)", curve(alpha5_rectification)), named("tonic", curve(tonic_rectification))]
}

/// Takes a slice through pulses at `pulses_ms` and looks at it every `every_ms`.
fn watched(pulses_ms: &[f64], until_ms: f64, every_ms: f64, mut look: impl FnMut(f64, &Circuit)) {
    let p = Parameters::default();
    let mut engine = Engine::new(&p, &Plasticity::default(), 1.0, stream(), Electrode::absent(&p, stream()));
    let (circuit, stepper) = (&mut engine.circuit, &mut engine.stepper);
    circuit.open_window(0.0);
    let mut next = 0;
    let mut now_ms = 0.0;
    while now_ms < until_ms {
        while next < pulses_ms.len() && pulses_ms[next] <= now_ms {
            circuit.stimulate(&Given {
                pulse: Pulse { t_ms: pulses_ms[next], kind: PulseKind::Induction },
                number: next as u32,
            });
            stepper.event_ms = pulses_ms[next];
            next += 1;
        }
        look(now_ms, circuit);
        now_ms += every_ms;
        stepper.advance_to(circuit, now_ms);
    }
}

/// Bursts of four pulses at 100 Hz every 200 ms, from 10 ms on.
fn bursts(count: i32) -> Vec<f64> {
    (0..4 * count).map(|k| 10.0 + 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4)).collect()
}

fn autoreceptor() -> Vec<Curve> {
    let after = |count: u32| {
        let mut cell = Cell::new(&Parameters::default());
        let factors = cell.factors(0.5);
        for k in 0..count {
            let now_ms = 10.0 * f64::from(k);
            cell.inhibit(1.0, now_ms);
            if k + 1 < count {
                (0..20).for_each(|step| _ = cell.step(&factors, now_ms + 0.5 * f64::from(step)));
            }
        }
        let mut points = Vec::new();
        for step in 0..2_400_u32 {
            let t_ms = 0.5 * f64::from(step);
            if step.is_multiple_of(20) {
                points.push((t_ms, cell.suppression()));
            }
            cell.step(&factors, t_ms);
        }
        points
    };
    vec![named("after one IPSC", after(1)), named("after four at 100 Hz", after(4))]
}

fn cell() -> Vec<Curve> {
    let (mut dendrite, mut soma) = (Vec::new(), Vec::new());
    watched(&bursts(2), 300.0, 0.25, |t_ms, circuit| {
        dendrite.push((t_ms, circuit.cell.dendrite_mv));
        soma.push((t_ms, circuit.cell.soma_mv));
    });
    vec![named("dendrite", dendrite), named("soma (reset after a spike)", soma)]
}

fn most_calcium(circuit: &Circuit) -> f64 {
    let lanes = |block: usize| (0..WIDTH).map(move |lane| (block, lane));
    let blocks = &circuit.population.blocks;
    (0..blocks.len()).flat_map(lanes).map(|(block, lane)| blocks[block].calcium(lane)).fold(0.0, f64::max)
}

fn calcium() -> Vec<Curve> {
    let course = |pulses: &[f64]| {
        let mut points = Vec::new();
        watched(pulses, 400.0, 1.0, |t_ms, circuit| points.push((t_ms, most_calcium(circuit))));
        points
    };
    vec![named("two theta bursts", course(&bursts(2))), named("test pulse", course(&[10.0]))]
}

fn induction() -> Vec<Curve> {
    let course = |pulses: &[f64]| {
        let mut points = Vec::new();
        watched(pulses, 1_100.0, 2.0, |t_ms, circuit| points.push((t_ms, circuit.internals.closest)));
        points
    };
    let tetanus: Vec<f64> = (0..100).map(|k| 10.0 + 10.0 * f64::from(k)).collect();
    vec![
        named("theta burst", course(&bursts(5))),
        named("100 Hz", course(&tetanus)),
        named("test pulse", course(&[10.0])),
    ]
}

fn late() -> Vec<Curve> {
    let course = |name: &str| {
        let spikes = protocol(name).map(|protocol| protocol.spikes_s()).unwrap_or_default();
        let rows = simulate(&SET, &spikes, false);
        rows.iter().map(|row| (row.t_s / 3_600.0, row.weight)).collect()
    };
    ["STET", "WTET"].map(|name| named(name, course(name))).to_vec()
}

fn field() -> Vec<Curve> {
    let mut p = Parameters::default();
    for spec in Parameters::specs().iter().filter(|spec| spec.path.starts_with("variation.")) {
        // Zero lies in the range of every trait.
        let _ = p.set(spec.path, 0.0);
    }
    let window = SweepWindow { before_ms: 2.0, after_ms: 30.0, rate_hz: 10_000.0 };
    let mut points = Vec::new();
    let pulses = [Pulse { t_ms: 100.0, kind: PulseKind::Test }];
    let identity = SliceIdentity { seed: 1, animal: 1, slice: 1 };
    let done = simulate_slice(&p, identity, &pulses, &|_| Modulation::default(), &window, &mut |sweep| {
        let samples = (0..).map(|k| 0.1 * f64::from(k) - 2.0).zip(sweep.field_mv.iter().copied());
        points.extend(samples);
    });
    if done.is_err() {
        points.clear();
    }
    vec![named("", points)]
}

fn variation() -> Vec<Curve> {
    let p = Parameters::default();
    let quantiles = |cv: f64| {
        let sigma = lognormal_sigma(cv);
        (1..100).map(f64::from).map(|share| (share, lognormal(sigma, normal_quantile(0.01 * share)))).collect()
    };
    [
        ("thresholds of spines", p.threshold_cv),
        ("release probability of spines", p.release_cv),
        ("size of expression, slices", p.slice_weight_cv),
        ("NMDA conductance, animals", p.animal_nmda_cv),
    ]
    .map(|(label, cv)| named(label, quantiles(cv)))
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn largest(curve: &Curve) -> f64 {
        curve.points.iter().map(|point| point.1).fold(f64::MIN, f64::max)
    }

    #[test]
    fn every_part_has_a_picture_with_finite_points() {
        for part in PARTS {
            let picture = of(part).unwrap();
            assert!(!picture.curves.is_empty(), "{part}");
            for curve in &picture.curves {
                assert!(curve.points.len() > 5, "{part} {}", curve.label);
                assert!(curve.points.iter().all(|(x, y)| x.is_finite() && y.is_finite()), "{part} {}", curve.label);
            }
        }
        assert_eq!(of("nothing"), None);
        assert!(of_calcium_outside().curves.iter().all(|curve| curve.points.len() > 30));
    }

    /// What the pages say about the pictures.
    #[test]
    fn the_pictures_show_what_their_pages_say() {
        let suppression = of("gaba-b").unwrap();
        let strongest = suppression.curves[0].points.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert!((150.0..=250.0).contains(&strongest.0), "{strongest:?}");
        let calcium = of("calcium").unwrap();
        assert!(largest(&calcium.curves[0]) > largest(&calcium.curves[1]));
        let induction = of("induction").unwrap();
        assert!(largest(&induction.curves[0]) > 2.0, "{}", largest(&induction.curves[0]));
        let late = of("late-phase").unwrap();
        let end = |curve: &Curve| curve.points.last().unwrap().1;
        assert!(end(&late.curves[0]) > 1.7 && end(&late.curves[1]) < 1.05);
    }
}
