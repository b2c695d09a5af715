//! What the reader asked for, put to the sources: the order of conditions, colours,
//! errors and limits that this results folder can show.

use crate::error::ReportError;
use crate::options::{Errors, FigureOptions, LimitedAxis};
use crate::sources::folder::Sources;

/// Puts the conditions into the order that was asked for.
///
/// # Errors
/// A wish that this folder cannot meet: a condition or a figure that is not there.
pub(crate) fn arrange(sources: &mut Sources, options: &FigureOptions) -> Result<(), ReportError> {
    let names: Vec<String> = sources.manifest.conditions.iter().map(|plan| plan.name.clone()).collect();
    if let Some(unknown) = options.colours.iter().find(|colour| !names.contains(&colour.condition)) {
        return Err(no_condition("--colours", &unknown.condition, &names));
    }
    for (k, colour) in options.colours.iter().enumerate() {
        if options.colours[..k].iter().any(|earlier| earlier.condition == colour.condition) {
            return Err(ReportError::Asked(format!("`--colours` names the condition \"{}\" twice", colour.condition)));
        }
    }
    drawable(sources, options)?;
    let Some(order) = &options.order else { return Ok(()) };
    let order = places(order, &names)?;
    let rank = |name: &str| order.iter().position(|&place| names[place] == name);
    sources.manifest.conditions.sort_by_key(|plan| rank(&plan.name));
    let inductions: Vec<String> = sources.manifest.inductions.iter().map(|plan| plan.name.clone()).collect();
    let key = |induction: &str, condition: &str| (inductions.iter().position(|i| i == induction), rank(condition));
    let findings = &mut sources.findings;
    findings.groups.sort_by_key(|one| key(&one.induction, &one.condition));
    findings.time_courses.sort_by_key(|one| key(&one.induction, &one.condition));
    findings.averaged_sweeps.sort_by_key(|one| key(&one.induction, &one.condition));
    Ok(())
}

/// Whether the figures that errors and limits are for can be drawn.
fn drawable(sources: &Sources, options: &FigureOptions) -> Result<(), ReportError> {
    let findings = &sources.findings;
    let refused = |text: &str| Err(ReportError::Asked(text.to_owned()));
    let courses = &findings.time_courses;
    if courses.is_empty() && (options.bands || options.errors.is_some()) {
        return refused("these findings hold no time course, for which `--bands` and `--errors` are");
    }
    let other = options.errors.is_some_and(|errors| errors != Errors::Sem);
    if other && courses.iter().any(|course| course.spread.is_none()) {
        return refused(
            "these findings are of an older program and hold the SEM only; `schaffer analyse RESULTS_DIR` adds SD and \
             confidence intervals",
        );
    }
    for (k, limits) in options.limits.iter().enumerate() {
        let there = match limits.axis {
            LimitedAxis::Course => !courses.is_empty(),
            LimitedAxis::Outcome => !findings.groups.is_empty(),
            LimitedAxis::Difference => !findings.estimation.is_empty(),
        };
        let name = limits.axis.name();
        if !there {
            return refused(&format!("`--limits {name}`: this report draws no such axis"));
        }
        if options.limits[..k].iter().any(|earlier| earlier.axis == limits.axis) {
            return refused(&format!("`--limits` gives the ends of \"{name}\" twice"));
        }
    }
    Ok(())
}

/// Places of the conditions in the order asked for. A name may hold commas: the longest
/// name that fits is taken.
fn places(order: &str, names: &[String]) -> Result<Vec<usize>, ReportError> {
    let mut places: Vec<usize> = Vec::new();
    let mut rest = order.trim();
    while !rest.is_empty() {
        let fits = |name: &String| {
            rest.strip_prefix(name.as_str()).map(str::trim_start).is_some_and(|r| r.is_empty() || r.starts_with(','))
        };
        let longest = (0..names.len()).filter(|&k| fits(&names[k])).max_by_key(|&k| names[k].len());
        let Some(place) = longest else {
            return Err(no_condition("--order", rest.split(',').next().unwrap_or(rest).trim(), names));
        };
        if places.contains(&place) {
            return Err(ReportError::Asked(format!("`--order` names the condition \"{}\" twice", names[place])));
        }
        places.push(place);
        rest = rest[names[place].len()..].trim_start().trim_start_matches(',').trim_start();
    }
    let rest: Vec<usize> = (0..names.len()).filter(|place| !places.contains(place)).collect();
    places.extend(rest);
    Ok(places)
}

fn no_condition(option: &str, name: &str, names: &[String]) -> ReportError {
    ReportError::Asked(format!("`{option}`: there is no condition \"{name}\"; there are: {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_names_conditions_that_may_hold_commas() {
        let names: Vec<String> = ["control", "ISO", "ISO, 3 µM"].map(String::from).into();
        assert_eq!(places("ISO, 3 µM, control", &names).unwrap(), [2, 0, 1]);
        assert_eq!(places("ISO,control", &names).unwrap(), [1, 0, 2]);
        assert!(places("ISO, ISO", &names).unwrap_err().to_string().contains("twice"));
        let fault = places("ALLO", &names).unwrap_err().to_string();
        assert!(fault.contains("\"ALLO\"") && fault.contains("control, ISO"), "{fault}");
    }
}
