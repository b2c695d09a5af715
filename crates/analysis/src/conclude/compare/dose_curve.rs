//! The curve of a dose series, or why there is none. Animals that give one dose are
//! independent values; animals that give several get a nonlinear mixed model.

use crate::conclude::cells::Cell;
use crate::conclude::comparing::Setting;
use crate::findings::doses::{DoseFit, DosePhases, DoseTurn};
use crate::findings::interval::Interval;
use crate::words::number;
use statistics::dose_response::{
    NoLogistic, NotIdentifiedReason, OtherFit, OtherParameter, OtherShape, Shape, Verdict, judge,
};
use statistics::nested_curve::{self, Form, NestedData, NestedFit, NestedVerdict};
use statistics::spelling::p_value;

/// Points of the drawn curve.
const CURVE_POINTS: usize = 101;

/// What a dose series has: a curve with an EC50, or the reason why not, perhaps with
/// a bell or two phases instead.
pub(crate) struct Curve {
    pub fit: Option<DoseFit>,
    pub reason: String,
    pub turn: Option<DoseTurn>,
    pub phases: Option<DosePhases>,
}

impl Curve {
    fn none(reason: String) -> Curve {
        Curve { fit: None, reason, turn: None, phases: None }
    }
}

/// The curve through cells of ascending dose, µM.
pub(crate) fn curve(cells: &[(f64, &Cell)], setting: &Setting) -> Curve {
    let mut names: Vec<&str> = cells.iter().flat_map(|(_, c)| c.animals.iter().map(|a| a.name)).collect();
    let total = names.len();
    names.sort_unstable();
    names.dedup();
    if names.len() < total { nested(cells, &names, setting) } else { independent(cells, setting) }
}

fn independent(cells: &[(f64, &Cell)], setting: &Setting) -> Curve {
    let (mut dose, mut y) = (Vec::new(), Vec::new());
    for (um, cell) in cells {
        for value in cell.animal_means() {
            dose.push(*um);
            y.push(value);
        }
    }
    match judge(Shape::FourParameter, &dose, &y, setting.level) {
        Ok(Verdict::Ec50(fit)) => {
            let grid = grid(cells);
            let low = fit.ec50.profile_low.unwrap_or(f64::NEG_INFINITY);
            let high = fit.ec50.profile_high.unwrap_or(f64::INFINITY);
            let fit = DoseFit {
                ec50_um: fit.ec50.estimate,
                ec50_ci_um: Interval { low, high },
                hill: fit.curve.hill,
                bottom: fit.curve.baseline,
                top: fit.curve.plateau,
                curve: grid.iter().map(|d| fit.curve.response(*d)).collect(),
                curve_dose_um: grid,
                lack_of_fit_p: fit.lack_of_fit.as_ref().map_or(f64::NAN, |f| f.p),
                model: "four-parameter logistic on the means of animals".to_owned(),
            };
            Curve { fit: Some(fit), reason: String::new(), turn: None, phases: None }
        }
        Ok(Verdict::NoLogistic(no)) => refused(cells, &no),
        Ok(Verdict::NotIdentified(not)) => Curve::none(match not.reason {
            NotIdentifiedReason::NoTrend => format!(
                "no curve fits better than a constant of {} % (best curve: {})",
                number(not.mean, 1),
                p_value(not.trend.p)
            ),
            reason => words(reason).to_owned(),
        }),
        Err(error) => Curve::none(format!("no curve: {error}")),
    }
}

fn words(reason: NotIdentifiedReason) -> &'static str {
    match reason {
        NotIdentifiedReason::NoTrend => "potentiation does not change with concentration",
        NotIdentifiedReason::Singular => {
            "several curves fit equally well: the doses do not show both plateaus and the slope between them"
        }
        NotIdentifiedReason::HalfEffectUnbounded => "the data do not bound the half-effective concentration",
    }
}

fn missed(p: Option<f64>) -> String {
    let told = p.map_or_else(String::new, |p| format!(" (lack of fit, {})", p_value(p)));
    format!("a logistic curve does not describe the doses{told}, so there is no EC50")
}

fn refused(cells: &[(f64, &Cell)], no: &NoLogistic) -> Curve {
    let reason = missed(no.lack_of_fit.map(|test| test.p));
    let turn = no.other.as_ref().and_then(|other| turn(cells, other));
    let phases = no.other.as_ref().and_then(|other| phases(cells, other));
    let reason = match (&turn, &phases) {
        (Some(_), _) => format!("{reason}; a bell-shaped curve does"),
        (_, Some(_)) => format!("{reason}; a curve of two phases does"),
        _ => reason,
    };
    Curve { fit: None, reason, turn, phases }
}

fn phases(cells: &[(f64, &Cell)], other: &OtherFit) -> Option<DosePhases> {
    if other.shape != OtherShape::TwoPhases {
        return None;
    }
    let of = |wanted| other.parameter(wanted);
    let (first, second) = (of(OtherParameter::LnFirstEc50)?, of(OtherParameter::LnSecondEc50)?);
    let grid = grid(cells);
    Some(DosePhases {
        first_um: libm::exp(first.estimate),
        first_ci_um: dose_limits(first.profile_low, first.profile_high),
        second_um: libm::exp(second.estimate),
        second_ci_um: dose_limits(second.profile_low, second.profile_high),
        bottom: of(OtherParameter::Baseline)?.estimate,
        middle: of(OtherParameter::Middle)?.estimate,
        end: of(OtherParameter::End)?.estimate,
        curve: grid.iter().map(|d| other.response(*d)).collect(),
        curve_dose_um: grid,
    })
}

fn turn(cells: &[(f64, &Cell)], other: &OtherFit) -> Option<DoseTurn> {
    if other.shape != OtherShape::Bell {
        return None;
    }
    let peak = other.parameter(OtherParameter::LnPeakDose)?;
    let (base, height) = (other.parameter(OtherParameter::Baseline)?, other.parameter(OtherParameter::Height)?);
    let grid = grid(cells);
    Some(DoseTurn {
        peak_um: libm::exp(peak.estimate),
        peak_ci_um: dose_limits(peak.profile_low, peak.profile_high),
        peak: base.estimate + height.estimate,
        bottom: base.estimate,
        curve: grid.iter().map(|d| other.response(*d)).collect(),
        curve_dose_um: grid,
    })
}

fn dose_limits(low: Option<f64>, high: Option<f64>) -> Interval {
    Interval { low: low.map_or(f64::NEG_INFINITY, libm::exp), high: high.map_or(f64::INFINITY, libm::exp) }
}

/// Animals with several doses: slices are replicates, animals differ in level, span
/// and EC50.
fn nested(cells: &[(f64, &Cell)], names: &[&str], setting: &Setting) -> Curve {
    let (mut dose, mut response, mut animal) = (Vec::new(), Vec::new(), Vec::new());
    for (um, cell) in cells {
        for own in &cell.animals {
            for value in own.potentiations() {
                dose.push(*um);
                response.push(value);
                animal.push(names.binary_search(&own.name).unwrap_or_default());
            }
        }
    }
    let curve = vec![0; dose.len()];
    let data = NestedData { dose: &dose, response: &response, animal: &animal, curve: &curve, slice: None };
    match nested_curve::judge(&data, Form::Logistic, setting.level) {
        Ok(NestedVerdict::Ec50(fit)) => {
            let own = &fit.curves[0];
            let grid = grid(cells);
            let found = DoseFit {
                ec50_um: libm::exp(own.location.estimate),
                ec50_ci_um: dose_limits(own.location_low, own.location_high),
                hill: own.slope.map_or(1.0, |s| libm::exp(s.estimate)),
                bottom: own.baseline.estimate,
                top: own.top.estimate,
                curve: grid.iter().map(|d| fit.response(0, *d)).collect(),
                curve_dose_um: grid,
                lack_of_fit_p: fit.lack_of_fit.map_or(f64::NAN, |f| f.p),
                model: "four-parameter logistic, nonlinear mixed model with animals as random effects".to_owned(),
            };
            Curve { fit: Some(found), reason: String::new(), turn: None, phases: None }
        }
        Ok(NestedVerdict::NoLogistic { lack_of_fit, bell }) => {
            let reason = missed(lack_of_fit.map(|test| test.p));
            let turn = bell.map(|bell| nested_turn(cells, &bell));
            let reason = if turn.is_some() { format!("{reason}; a bell-shaped curve does") } else { reason };
            Curve { fit: None, reason, turn, phases: None }
        }
        Ok(NestedVerdict::NotIdentified { reason, trend, .. }) => {
            Curve::none(format!("{} (dose means against their mean: {})", words(reason), p_value(trend.p)))
        }
        Err(error) => Curve::none(format!("no curve: {error}")),
    }
}

fn nested_turn(cells: &[(f64, &Cell)], bell: &NestedFit) -> DoseTurn {
    let own = &bell.curves[0];
    let grid = grid(cells);
    DoseTurn {
        peak_um: libm::exp(own.location.estimate),
        peak_ci_um: dose_limits(own.location_low, own.location_high),
        peak: own.top.estimate,
        bottom: own.baseline.estimate,
        curve: grid.iter().map(|d| bell.response(0, *d)).collect(),
        curve_dose_um: grid,
    }
}

/// Doses at which the curve is drawn: a factor of three beyond those tested.
fn grid(cells: &[(f64, &Cell)]) -> Vec<f64> {
    let positive: Vec<f64> = cells.iter().map(|(d, _)| *d).filter(|d| *d > 0.0).collect();
    let low = positive.first().copied().unwrap_or(1.0) / 3.0;
    let high = positive.last().copied().unwrap_or(1.0) * 3.0;
    let step = libm::log(high / low) / (CURVE_POINTS as f64 - 1.0);
    (0..CURVE_POINTS).map(|k| low * libm::exp(step * k as f64)).collect()
}
