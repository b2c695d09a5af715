//! Dose–response curves of animals that give several doses.
#![allow(clippy::unwrap_used)]

use statistics::dist::normal;
use statistics::nested_curve::{Form, NestedData, NestedOutcome, fit};
use statistics::random::Stream;

const DOSES: [f64; 7] = [0.0, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

/// A table of simulated animals.
struct Table {
    dose: Vec<f64>,
    y: Vec<f64>,
    animal: Vec<usize>,
    curve: Vec<usize>,
}

struct Truth {
    animals: usize,
    repeats: usize,
    sd: [f64; 3],
    residual: f64,
}

fn gauss(stream: &mut Stream) -> f64 {
    normal::quantile(stream.unit().max(1e-300))
}

/// Falls from 150 to 110 about a dose of 0.4.
fn simulated(truth: &Truth, seed: u64) -> Table {
    let mut stream = Stream::new(20, seed);
    let mut table = Table { dose: vec![], y: vec![], animal: vec![], curve: vec![] };
    for animal in 0..truth.animals {
        let [level, span, location] = truth.sd.map(|sd| sd * gauss(&mut stream));
        for dose in DOSES {
            for _ in 0..truth.repeats {
                let h =
                    if dose > 0.0 { 1.0 / (1.0 + (-1.2 * (dose.ln() - 0.4f64.ln() - location)).exp()) } else { 0.0 };
                table.dose.push(dose);
                table.y.push(150.0 + level + (-40.0 + span) * h + truth.residual * gauss(&mut stream));
                table.animal.push(animal);
                table.curve.push(0);
            }
        }
    }
    table
}

impl Table {
    fn data(&self) -> NestedData<'_> {
        NestedData { dose: &self.dose, response: &self.y, animal: &self.animal, curve: &self.curve, slice: None }
    }
}

#[test]
#[ignore = "simulation: minutes"]
fn coverage() {
    let sets: u64 = std::env::var("SETS").map_or(300, |s| s.parse().unwrap());
    for (animals, sd) in [
        (6, [8.0, 6.0, 0.35]),
        (10, [8.0, 6.0, 0.35]),
        (5, [8.0, 6.0, 0.35]),
        (6, [8.0, 0.0, 0.0]),
        (6, [0.0, 0.0, 0.0]),
        (6, [8.0, 6.0, 0.8]),
    ] {
        let truth = Truth { animals, repeats: 1, sd, residual: 3.0 };
        let (mut wald, mut profile, mut fitted, mut none, mut failed, mut lack, mut less) = (0, 0, 0, 0, 0, 0, 0);
        let mut df = 0.0;
        let start = std::time::Instant::now();
        for seed in 0..sets {
            let table = simulated(&truth, seed);
            match fit(&table.data(), Form::Logistic, 0.95) {
                Ok(NestedOutcome::Fitted(found)) => {
                    fitted += 1;
                    let c = found.curves[0].location;
                    let ln = 0.4f64.ln();
                    wald += u32::from(c.ci_low <= ln && ln <= c.ci_high);
                    let own = &found.curves[0];
                    profile += u32::from(
                        own.location_low.is_none_or(|low| low <= ln) && own.location_high.is_none_or(|high| ln <= high),
                    );
                    df += c.df;
                    lack += u32::from(found.lack_of_fit.is_some_and(|t| t.p < 0.05));
                    less += u32::from(!found.left_out.is_empty());
                }
                Ok(NestedOutcome::NotIdentified { .. }) => none += 1,
                Err(_) => failed += 1,
            }
        }
        let share = |k: u32| f64::from(k) / f64::from(fitted.max(1));
        println!(
            "m {animals} sd {sd:?}: wald {:.3} profile {:.3} df {:.1} lack {:.3} left out {less} of {fitted}; none {none}, failed {failed}; {:.1} ms each",
            share(wald),
            share(profile),
            df / f64::from(fitted.max(1)),
            share(lack),
            1000.0 * start.elapsed().as_secs_f64() / sets as f64
        );
    }
}
