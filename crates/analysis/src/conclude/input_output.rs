//! Input–output curves of groups, before and after.
//!
//! Of every curve gain (least squares over its points), half-maximum (interpolated) and
//! largest response are taken, averaged in animals and compared by the model of the
//! plan. Equal slopes are tested in
//!
//! ```text
//! y_aj = β₀ + β_g + (γ + γ_g) x_aj + u_a + v_a x_aj + ε_aj       a animal, g group or time
//! ```
//!
//! with the F test of all γ_g = 0 (Kenward & Roger 1997). Responses of one sign: that of
//! the largest mean deflection points upwards.

use crate::conclude::cells::{self, Arm};
use crate::conclude::compare::contrasts;
use crate::conclude::compare::model::Model;
use crate::conclude::comparing::Setting;
use crate::conclude::groups;
use crate::findings::input_output::{CurveMeasure, EqualSlopes, GroupCurve, InputOutputFindings};
use crate::measure::input_output::{InputOutput, curve};
use crate::measure::measures::{Measured, SliceRow};
use crate::measure::spread::{mean, sem};
use crate::measure::summary::empty_row;
use crate::outcomes::curves::{IoCurve, IoCurves, When};
use crate::sweep::average::AveragedSweep;
use crate::words::number;
use recording::SliceKey;
use results::Manifest;
use statistics::DfMethod;
use statistics::design::Design;
use statistics::mixed::{FTest, Method, MixedData, fit};
use statistics::spelling::p_value;

/// What is read of a curve.
type Pick = fn(&InputOutput) -> f64;

const MEASURES: [(&str, Pick); 3] = [
    ("gain", |curve| curve.gain),
    ("half-maximum", |curve| curve.half_intensity.unwrap_or(f64::NAN)),
    ("largest response", |curve| curve.largest),
];

/// Concludes the curves of a study.
pub(crate) fn conclude(manifest: &Manifest, curves: &IoCurves) -> InputOutputFindings {
    let setting = Setting { points: "", equivalence: None, normalise: false, ..Setting::of(manifest) };
    let all: Vec<IoCurve> = upwards(&curves.curve);
    let mut found = InputOutputFindings {
        input: curves.input.clone(),
        response: curves.response.clone(),
        curves: Vec::new(),
        measures: Vec::new(),
        equal_slopes: Vec::new(),
    };
    for when in [When::Once, When::Before, When::After] {
        let own: Vec<&IoCurve> = all.iter().filter(|curve| curve.when == when).collect();
        if own.is_empty() {
            continue;
        }
        let conditions = || manifest.conditions.iter().map(|condition| condition.name.as_str());
        found.curves.extend(conditions().filter_map(|name| group_curve(name, when, &own)));
        for (name, pick) in MEASURES {
            let values: Vec<(&IoCurve, f64)> =
                own.iter().map(|c| (*c, read(c).map_or(f64::NAN, |c| pick(&c)))).collect();
            found.measures.push(measure(name, words(when), &values, manifest, &setting));
        }
        let level = |curve: &IoCurve| conditions().position(|name| name == curve.condition);
        let of = format!("conditions{}{}", if when == When::Once { "" } else { ", " }, words(when));
        found.equal_slopes.extend(equal_slopes(of, &own, &level, manifest.conditions.len()));
    }
    let percent = Setting { points: "percentage points", ..setting };
    for (name, pick) in MEASURES {
        let changes = changes(&all, pick);
        if !changes.is_empty() {
            found.measures.push(measure(name, "change", &changes, manifest, &percent));
        }
    }
    for condition in &manifest.conditions {
        let own: Vec<&IoCurve> = all.iter().filter(|c| c.condition == condition.name && c.when != When::Once).collect();
        let level = |curve: &IoCurve| Some(usize::from(curve.when == When::After));
        found.equal_slopes.extend(equal_slopes(format!("before and after, {}", condition.name), &own, &level, 2));
    }
    found
}

fn words(when: When) -> &'static str {
    match when {
        When::Before => "before",
        When::After => "after",
        When::Once => "",
    }
}

/// The curves with responses that point upwards.
fn upwards(curves: &[IoCurve]) -> Vec<IoCurve> {
    let values = || curves.iter().flat_map(|curve| &curve.response).filter(|y| y.is_finite());
    let up = values().copied().fold(0.0, f64::max) >= values().map(|y| -y).fold(0.0, f64::max);
    let turned = |curve: &IoCurve| IoCurve { response: curve.response.iter().map(|y| -y).collect(), ..curve.clone() };
    if up { curves.to_vec() } else { curves.iter().map(turned).collect() }
}

fn read(io: &IoCurve) -> Option<InputOutput> {
    let pairs: Vec<(f64, f64)> = io.input.iter().copied().zip(io.response.iter().copied()).collect();
    curve(&pairs)
}

/// Change of a measure within each slice, % of before.
fn changes(all: &[IoCurve], pick: Pick) -> Vec<(&IoCurve, f64)> {
    let same = |a: &IoCurve, b: &IoCurve| (&a.condition, &a.animal, a.slice) == (&b.condition, &b.animal, b.slice);
    all.iter()
        .filter(|curve| curve.when == When::Before)
        .filter_map(|before| {
            let after = all.iter().find(|curve| curve.when == When::After && same(curve, before))?;
            Some((before, 100.0 * (pick(&read(after)?) / pick(&read(before)?) - 1.0)))
        })
        .collect()
}

fn measure(name: &str, when: &str, values: &[(&IoCurve, f64)], manifest: &Manifest, setting: &Setting) -> CurveMeasure {
    let slices: Vec<Measured> = values.iter().map(|(curve, value)| as_slice(curve, *value, manifest)).collect();
    let (arms, _) = cells::arms(manifest, &slices);
    let mut told =
        CurveMeasure { name: name.to_owned(), when: when.to_owned(), groups: Vec::new(), contrasts: Vec::new() };
    for arm in arms.iter().filter(|arm: &&Arm| arm.filled().next().is_some()) {
        told.groups.extend(arm.filled().map(|cell| groups::summarise(cell, setting.level)));
        if let Ok(model) = Model::of(arm.filled(), setting) {
            told.contrasts.extend(contrasts::primary(arm, &model, setting).contrasts);
        }
    }
    told
}

/// A curve as a slice whose outcome is one number.
fn as_slice(curve: &IoCurve, value: f64, manifest: &Manifest) -> Measured {
    let key = SliceKey {
        induction: manifest.inductions.first().map_or_else(String::new, |induction| induction.name.clone()),
        condition: curve.condition.clone(),
        animal: curve.animal.clone(),
        slice: curve.slice,
    };
    let none = AveragedSweep::default;
    let slice = SliceRow {
        potentiation_percent: value,
        included: value.is_finite(),
        reason: String::new(),
        rules: Vec::new(),
        ..empty_row(&key)
    };
    Measured { rows: Vec::new(), slice, other_pathways: Vec::new(), before: none(), after: none(), course: Vec::new() }
}

fn group_curve(condition: &str, when: When, all: &[&IoCurve]) -> Option<GroupCurve> {
    let own: Vec<&IoCurve> = all.iter().copied().filter(|curve| curve.condition == condition).collect();
    let first = own.first()?;
    let shared = own.iter().all(|curve| curve.input == first.input);
    let mut animals: Vec<&str> = own.iter().map(|curve| curve.animal.as_str()).collect();
    animals.sort_unstable();
    animals.dedup();
    let of_animal = |animal: &str, k: usize| {
        mean(
            &own.iter()
                .filter(|c| c.animal == animal)
                .map(|c| c.response[k])
                .filter(|y| y.is_finite())
                .collect::<Vec<_>>(),
        )
    };
    let column = |k: usize| -> Vec<f64> {
        animals.iter().map(|animal| of_animal(animal, k)).filter(|y| y.is_finite()).collect()
    };
    let input = if shared { first.input.clone() } else { Vec::new() };
    let columns: Vec<Vec<f64>> = (0..input.len()).map(column).collect();
    Some(GroupCurve {
        condition: condition.to_owned(),
        when: words(when).to_owned(),
        n_slices: own.len(),
        n_animals: animals.len(),
        input,
        mean: columns.iter().map(|values| mean(values)).collect(),
        sem: columns.iter().map(|values| sem(values)).collect(),
    })
}

/// Tests equal slopes of the levels of a factor; `None` where a level has fewer than two animals.
fn equal_slopes(
    of: String,
    curves: &[&IoCurve],
    level: &dyn Fn(&IoCurve) -> Option<usize>,
    levels: usize,
) -> Option<EqualSlopes> {
    let enough = |k: usize| {
        let mut animals: Vec<&str> = curves.iter().filter(|c| level(c) == Some(k)).map(|c| c.animal.as_str()).collect();
        animals.sort_unstable();
        animals.dedup();
        animals.len() >= 2
    };
    if levels < 2 || !(0..levels).all(enough) {
        return None;
    }
    let test = interaction(curves, level, levels)?;
    let sentence = format!(
        "Equal slopes ({of}): F({}, {}) = {}, {}; linear mixed model with random intercepts and slopes of animals, \
         Kenward–Roger.",
        number(test.df1, 0),
        number(test.df2, 1),
        number(test.f, 2),
        p_value(test.p)
    );
    Some(EqualSlopes { of, f: test.f, df1: test.df1, df2: test.df2, p: test.p, sentence })
}

fn interaction(curves: &[&IoCurve], level: &dyn Fn(&IoCurve) -> Option<usize>, levels: usize) -> Option<FTest> {
    let mut names: Vec<&str> = curves.iter().map(|curve| curve.animal.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let (mut y, mut x, mut group, mut animal) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for curve in curves {
        let (k, a) = (level(curve)?, names.iter().position(|name| *name == curve.animal)?);
        for (input, response) in curve.input.iter().zip(&curve.response).filter(|(x, y)| x.is_finite() && y.is_finite())
        {
            y.push(*response);
            x.push(*input);
            group.push(k);
            animal.push(a);
        }
    }
    let centre = mean(&x);
    x.iter_mut().for_each(|x| *x -= centre);
    let ones = vec![1.0; x.len()];
    let is = |k: usize| group.iter().map(|g| f64::from(u8::from(*g == k))).collect::<Vec<f64>>();
    let mut columns: Vec<(String, Vec<f64>)> = vec![("intercept".to_owned(), ones), ("input".to_owned(), x.clone())];
    columns.extend((1..levels).map(|k| (format!("group {k}"), is(k))));
    let slope = |k: usize| is(k).iter().zip(&x).map(|(g, x)| g * x).collect::<Vec<f64>>();
    columns.extend((1..levels).map(|k| (format!("slope {k}"), slope(k))));
    let named: Vec<(&str, Vec<f64>)> = columns.iter().map(|(name, column)| (name.as_str(), column.clone())).collect();
    let design = Design::from_columns(&named).ok()?;
    let hypothesis: Vec<Vec<f64>> = (0..levels - 1)
        .map(|k| (0..columns.len()).map(|c| f64::from(u8::from(c == levels + 1 + k))).collect())
        .collect();
    let data = MixedData::new(&y, &design, &animal).with_slope(&x);
    let fitted = fit(&data, Method::Reml).ok().filter(|fitted| fitted.converged)?;
    fitted.f_test(&hypothesis, DfMethod::KenwardRoger).ok()
}
