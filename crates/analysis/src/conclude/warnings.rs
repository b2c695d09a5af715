//! What the reader must know before trusting a number.

use crate::conclude::cells::{Arm, Cell};
use crate::conclude::compare::pairs::pairs;
use crate::conclude::comparing::{Setting, plain};
use crate::findings::comparisons::{Contrast, ModelFit};
use crate::words::number;
use statistics::spelling::p_value;

/// Animals below which intervals and tests are rough.
const FEW_ANIMALS: usize = 5;
/// Difference in the share of excluded slices that counts as unbalanced.
const UNBALANCED: f64 = 0.25;
/// Mixed model and animal means disagree when estimates are further apart than
/// this many standard errors …
const APART_SE: f64 = 0.5;
/// … or standard errors differ by more than this factor.
const SE_RATIO: f64 = 1.5;

/// Warnings about the whole experiment.
pub(crate) fn on_experiment(arms: &[Arm], strays: usize, planned: usize, setting: &Setting) -> Vec<String> {
    let mut warnings = Vec::new();
    let cells = || arms.iter().flat_map(|a| &a.cells);
    let found: usize = cells().map(|c| c.measured.len()).sum();
    let slices: usize = cells().map(Cell::n_slices).sum();
    let animals = if setting.within { distinct_animals(cells()) } else { cells().map(Cell::n_animals).sum() };
    if setting.simulated {
        warnings.push(
            "In-silico slices: p-values depend on the number of virtual animals that was chosen; \
             effect sizes and variance components come first."
                .to_owned(),
        );
    }
    if slices > animals {
        let kind = if setting.simulated { "virtual " } else { "" };
        warnings.push(format!(
            "The experimental unit is the {kind}animal: {slices} {kind}slices come from {animals} \
             {kind}animals and are not counted as independent."
        ));
    }
    if strays > 0 {
        warnings.push(format!(
            "{strays} slices belong to no induction protocol and condition of the manifest and are left out."
        ));
    }
    if found + strays < planned {
        warnings.push(format!("{} of {planned} planned slices are recorded.", found + strays));
    }
    let positive = |c: &&Cell| c.included().any(|m| m.slice.positive_going);
    let negative = |c: &&Cell| c.included().any(|m| !m.slice.positive_going);
    if cells().any(|c| positive(&c)) && cells().any(|c| negative(&c)) {
        warnings.push("Some slices have positive-going and some negative-going responses.".to_owned());
    }
    if !setting.within {
        warnings.extend(shared_animals(arms));
    }
    warnings
}

fn distinct_animals<'c, 'a: 'c>(cells: impl Iterator<Item = &'c Cell<'a>>) -> usize {
    let mut names: Vec<&str> = cells.flat_map(|c| c.animals.iter().map(|a| a.name)).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Animals that appear in two conditions of an arm although the design is
/// between animals.
fn shared_animals(arms: &[Arm]) -> Vec<String> {
    let mut warnings = Vec::new();
    for arm in arms {
        let total: usize = arm.filled().map(Cell::n_animals).sum();
        let distinct = distinct_animals(arm.filled());
        if distinct < total {
            warnings.push(format!(
                "{}: the design is between animals; {} in more than one condition and {} counted as different animals.",
                arm.induction,
                if total - distinct == 1 {
                    "1 name of an animal occurs".to_owned()
                } else {
                    format!("{} names of animals occur", total - distinct)
                },
                if total - distinct == 1 { "is" } else { "are" }
            ));
        }
    }
    warnings
}

/// Warnings about the groups of one arm.
pub(crate) fn on_groups(arm: &Arm, setting: &Setting) -> Vec<String> {
    let mut warnings = Vec::new();
    let names = |pick: &dyn Fn(&Cell) -> bool| {
        let names: Vec<&str> = arm.cells.iter().filter(|c| pick(c)).map(|c| c.condition.name.as_str()).collect();
        evidence::listed(&names)
    };
    let list = |names: String, text: &dyn Fn(&str) -> String| (!names.is_empty()).then(|| text(&names));
    warnings.extend(list(names(&|c| c.is_empty() && c.measured.is_empty()), &|n| {
        format!("{}: no recording of {n}.", arm.induction)
    }));
    warnings.extend(list(names(&|c| c.is_empty() && !c.measured.is_empty()), &|n| {
        format!("{}: all slices of {n} are excluded.", arm.induction)
    }));
    warnings.extend(list(names(&|c| c.is_one_animal()), &|n| {
        format!(
            "{}: one animal in {n}: without variance between animals there is no interval and no comparison; at least \
             2 are needed.",
            arm.induction
        )
    }));
    warnings.extend(list(names(&|c| c.n_animals() > 1 && c.n_animals() < FEW_ANIMALS), &|n| {
        format!("{}: fewer than {FEW_ANIMALS} animals in {n}; intervals and p-values are rough.", arm.induction)
    }));
    if setting.within {
        warnings.extend(unpaired(arm, setting));
    }
    let share = |c: &Cell| 1.0 - c.n_slices() as f64 / c.measured.len() as f64;
    let shares: Vec<(f64, &str)> =
        arm.cells.iter().filter(|c| !c.measured.is_empty()).map(|c| (share(c), c.condition.name.as_str())).collect();
    let most = shares.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    let least = shares.iter().min_by(|a, b| a.0.total_cmp(&b.0));
    if let (Some(most), Some(least)) = (most, least)
        && most.0 - least.0 >= UNBALANCED
    {
        warnings.push(format!(
            "{}: exclusions are unbalanced: {} % of the slices of {} against {} % of {}.",
            arm.induction,
            number(100.0 * most.0, 0),
            most.1,
            number(100.0 * least.0, 0),
            least.1
        ));
    }
    if arm.cell(setting.reference).is_none_or(Cell::is_empty) && arm.filled().next().is_some() {
        warnings.push(format!(
            "{}: the reference {} has no included slice, so nothing is compared with it.",
            arm.induction, setting.reference
        ));
    }
    warnings
}

/// Animals of a within-animal design that miss the reference or the condition.
fn unpaired(arm: &Arm, setting: &Setting) -> Vec<String> {
    let mut warnings = Vec::new();
    for (cell, reference) in pairs(arm, setting) {
        let has = |cell: &Cell, name: &str| cell.animals.iter().any(|a| a.name == name);
        let alone = |a: &'_ Cell, b: &'_ Cell| -> Vec<String> {
            a.animals.iter().filter(|x| !has(b, x.name)).map(|x| x.name.to_owned()).collect()
        };
        let mut names = alone(cell, reference);
        names.extend(alone(reference, cell));
        if !names.is_empty() {
            let count = if names.len() == 1 { "1 animal".to_owned() } else { format!("{} animals", names.len()) };
            warnings.push(format!(
                "{}: {count} ({}) gave slices to only one of {} and {} and cannot take part in their comparison, which is \
                 within animals.",
                arm.induction,
                names.join(", "),
                cell.condition.name,
                reference.condition.name
            ));
        }
    }
    warnings
}

/// Warnings about the fit of one arm.
pub(crate) fn on_fit(fit: &ModelFit) -> Vec<String> {
    let mut warnings = Vec::new();
    let below: Vec<&str> = fit.variances.iter().filter(|v| v.at_zero).map(|v| v.of.as_str()).collect();
    if !below.is_empty() {
        warnings.push(format!(
            "{}: slices of one animal are no more alike than slices of different animals in {} (variance between animals \
             estimated at or below 0); animals, not slices, still set the degrees of freedom.",
            fit.induction,
            evidence::listed(&below)
        ));
    } else if fit.singular {
        warnings.push(format!(
            "{}: a variance between animals is estimated as 0 (singular fit); {} degrees of freedom.",
            fit.induction,
            fit.df_method.replace("Kenward-Roger", "Kenward–Roger")
        ));
    }
    if !fit.converged {
        warnings.push(format!("{}: the mixed model did not converge; do not rely on it.", fit.induction));
    }
    warnings
}

/// Warns where the mixed model and the test on animal means disagree.
pub(crate) fn on_gaps(primary: &[Contrast], beside: &[Contrast], setting: &Setting) -> Vec<String> {
    let alpha = 1.0 - setting.level;
    primary
        .iter()
        .filter_map(|m| {
            let w = beside.iter().find(|w| w.induction == m.induction && w.condition == m.condition)?;
            let apart = (m.estimate - w.estimate).abs() > APART_SE * m.se.max(w.se);
            let ratio = (m.se / w.se).max(w.se / m.se);
            let sides = (m.p < alpha) != (w.p < alpha);
            (apart || ratio > SE_RATIO || sides).then(|| {
                format!(
                    "{}: {} against {}: the model and the {} test on animal means differ ({} ± {} points, {} \
                     against {} ± {} points, {}; estimate ± SE, not adjusted).",
                    m.induction,
                    m.condition,
                    m.reference,
                    w.df_method,
                    number(m.estimate, 1),
                    number(m.se, 1),
                    p_value(m.p),
                    number(w.estimate, 1),
                    number(w.se, 1),
                    p_value(w.p)
                )
            })
        })
        .collect()
}

/// Warns that averaged sweeps of some slices could not be combined.
pub(crate) fn on_layout(cell: &Cell, other: usize) -> Option<String> {
    (other > 0).then(|| {
        format!(
            "{}: averaged sweeps of {} leave out {other} slices whose sampling differs from the first ({} Hz).",
            cell.induction,
            cell.condition.name,
            plain(cell.included().next().map_or(f64::NAN, |m| m.before.rate_hz))
        )
    })
}
