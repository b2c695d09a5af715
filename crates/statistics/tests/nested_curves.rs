//! Dose–response curves of animals that give several doses.
#![allow(clippy::unwrap_used)]

use statistics::dist::normal;
use statistics::nested_curve::{Form, NestedData, NestedOutcome, NestedParameter, NestedVerdict, fit, judge};
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

fn fitted(table: &Table) -> statistics::nested_curve::NestedFit {
    match fit(&table.data(), Form::Logistic, 0.95).unwrap() {
        NestedOutcome::Fitted(found) => *found,
        other => panic!("{other:?}"),
    }
}

const USUAL: Truth = Truth { animals: 6, repeats: 1, sd: [8.0, 6.0, 0.35], residual: 3.0 };

#[test]
fn the_interval_of_the_ec50_keeps_its_level_where_animals_give_all_doses() {
    // 120 sets: 0.95 has a standard error of 0.02. Ignoring the animals covers 0.99 or more.
    let truth = 0.4f64.ln();
    let (mut held, mut nested, mut plain) = (0, 0.0, 0.0);
    for seed in 1000..1120 {
        let table = simulated(&USUAL, seed);
        let own = fitted(&table).curves.remove(0);
        let (low, high) = (own.location_low.unwrap_or(-99.0), own.location_high.unwrap_or(99.0));
        held += u32::from(low <= truth && truth <= high);
        if seed < 1010 {
            nested += own.location.se;
            let statistics::dose_response::CurveOutcome::Fitted(alone) =
                statistics::dose_response::fit_4pl(&table.dose, &table.y, 0.95).unwrap()
            else {
                panic!()
            };
            plain += alone.parameters[3].se;
        }
    }
    assert!((108..=119).contains(&held), "{held} of 120");
    assert!(plain > 1.1 * nested, "levels of animals are no scatter about the EC50: {plain} {nested}");
}

#[test]
fn rows_in_any_order_give_the_same_curve() {
    let table = simulated(&USUAL, 3);
    let ours = fitted(&table);
    let mut order: Vec<usize> = (0..table.y.len()).collect();
    Stream::new(5, 5).shuffle(&mut order);
    let mixed = Table {
        dose: order.iter().map(|&k| table.dose[k]).collect(),
        y: order.iter().map(|&k| table.y[k]).collect(),
        animal: order.iter().map(|&k| table.animal[k]).collect(),
        curve: vec![0; order.len()],
    };
    let other = fitted(&mixed);
    let (a, b) = (&ours.curves[0], &other.curves[0]);
    assert!((a.location.estimate - b.location.estimate).abs() < 1e-6);
    assert!((a.location.df - b.location.df).abs() < 1e-3 * a.location.df);
}

#[test]
fn a_common_unit_changes_nothing_but_the_scale() {
    let table = simulated(&USUAL, 4);
    let scaled = Table {
        dose: table.dose.iter().map(|x| 1000.0 * x).collect(),
        y: table.y.iter().map(|y| 0.01 * y).collect(),
        animal: table.animal.clone(),
        curve: table.curve.clone(),
    };
    let (a, b) = (fitted(&table), fitted(&scaled));
    let shift = b.curves[0].location.estimate - a.curves[0].location.estimate;
    assert!((shift - 1000f64.ln()).abs() < 1e-5, "{shift}");
    assert!((b.curves[0].top.estimate - 0.01 * a.curves[0].top.estimate).abs() < 1e-5);
}

#[test]
fn two_substances_given_to_the_same_animals_are_compared_within_them() {
    let mut both = simulated(&USUAL, 7);
    let n = both.y.len();
    // The second substance acts at four times the dose.
    for k in 0..n {
        both.dose.push(4.0 * both.dose[k]);
        both.y.push(both.y[k] + [0.4, -0.3, 0.2, -0.5, 0.1][k % 5]);
        both.animal.push(both.animal[k]);
        both.curve.push(1);
    }
    let found = fitted(&both);
    let ratio = found.difference(NestedParameter::Location, 0, 1).unwrap();
    assert!((ratio.estimate - 4f64.ln()).abs() < 0.05, "{ratio:?}");
    // Without the animals in common it would be √2 times that of one curve, or more.
    assert!(ratio.se < 1.2 * found.curves[0].location.se, "animals cancel: {ratio:?}");
    let parallel = found.equal(&[NestedParameter::Baseline, NestedParameter::Top, NestedParameter::Slope]).unwrap();
    assert!(parallel.p > 0.2 && parallel.df1 == 3.0, "{parallel:?}");
    assert!(found.equal(&[NestedParameter::Location]).unwrap().p < 1e-6);
}

#[test]
fn a_bell_in_animals_has_a_peak_and_no_ec50() {
    let mut table = simulated(&USUAL, 9);
    let mut stream = Stream::new(1, 1);
    for (k, y) in table.y.iter_mut().enumerate() {
        let dose = table.dose[k];
        let z = if dose > 0.0 { (dose.ln() - 0.5f64.ln()) / 1.3 } else { f64::INFINITY };
        *y = 100.0 + 5.0 * table.animal[k] as f64 + 45.0 * (-0.5 * z * z).exp() + 2.0 * gauss(&mut stream);
    }
    match judge(&table.data(), Form::Logistic, 0.95).unwrap() {
        NestedVerdict::NoLogistic { bell: Some(bell), .. } => {
            let peak = bell.curves[0].location;
            assert!(peak.ci_low < 0.5f64.ln() && 0.5f64.ln() < peak.ci_high, "{peak:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_animals_and_logarithms_of_doses_are_refused() {
    let table = simulated(&Truth { animals: 2, ..USUAL }, 1);
    assert!(fit(&table.data(), Form::Logistic, 0.95).unwrap_err().to_string().contains("at least 3"));
    let mut table = simulated(&USUAL, 1);
    table.dose[3] = -1.0;
    let told = fit(&table.data(), Form::Logistic, 0.95).unwrap_err().to_string();
    assert!(told.contains("logarithms") && told.len() < 200, "{told}");
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
