//! What an experiment can find and what it needs, as tables.

use crate::output::{columns, headed};
use analysis::power::{ComparisonPower, PowerAnswer};

/// All comparisons with their tables, sentences and notes.
pub fn page(answer: &PowerAnswer, source: &str) -> String {
    let mut page = format!(
        "Power of {} ({} animals), two-sided alpha {}, power asked for {}\nEffect, variances and slices from {source}\n",
        answer.name,
        if answer.within_animal { "within" } else { "between" },
        level(answer.alpha),
        percent(answer.power),
    );
    for comparison in &answer.comparisons {
        page.push('\n');
        page.push_str(&section(comparison, answer.within_animal));
    }
    for note in &answer.notes {
        page.push_str(&format!("\nNote: {note}"));
    }
    page
}

/// The level without superfluous zeros.
fn level(alpha: f64) -> String {
    format!("{alpha:.4}").trim_end_matches('0').to_owned()
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn animals(count: Option<usize>) -> String {
    count.map_or_else(|| "> 1000".to_owned(), |n| n.to_string())
}

fn section(found: &ComparisonPower, within: bool) -> String {
    let group = if within { "animals in all" } else { "animals per group" };
    let slices: Vec<[String; 2]> =
        found.for_slices.iter().map(|f| [format!("  {}", f.slices_per_animal), animals(f.animals)]).collect();
    let icc: Vec<[String; 3]> =
        found.by_icc.iter().map(|f| [format!("  {:.1}", f.icc), percent(f.power), animals(f.animals)]).collect();
    let head = |names: [&str; 2]| [format!("  {}", names[0]), names[1].to_owned()];
    let mut slice_table = vec![head(["slices per animal", group])];
    slice_table.extend(slices);
    let mut icc_table = vec![["  ICC".to_owned(), "power as planned".to_owned(), format!("{group} needed")]];
    icc_table.extend(icc);
    format!(
        "{} - {} ({})\n{}\n{}\n{}\n{}\n",
        found.condition,
        found.reference,
        found.induction,
        columns(&plan_rows(found, group)),
        headed(&slice_table),
        headed(&icc_table),
        found.sentence
    )
}

/// The plan as it stands: effect, SDs, power, animals needed, price.
fn plan_rows(found: &ComparisonPower, group: &str) -> Vec<[String; 2]> {
    let s = &found.simulated;
    let line = |name: &str, value: String| [format!("  {name}"), value];
    let mut rows = vec![
        line("effect", format!("{:+.1} points", found.effect)),
        line(
            if group == "animals in all" { "SD of the difference, slices" } else { "SD between animals, slices" },
            format!("{:.1}, {:.1} points (ICC {:.2})", found.sd_animal, found.sd_slice, found.icc),
        ),
        line(
            "power, closed form",
            format!(
                "{} with {} {group}, slices per animal: {}",
                percent(found.closed_form),
                found.animals,
                found.slices_per_animal
            ),
        ),
        line(
            "power, simulated",
            format!(
                "{} (95 % Monte Carlo {} to {}; {} slices of {} animals, {}, {} experiments)",
                percent(s.power),
                percent(s.low),
                percent(s.high),
                s.slices,
                s.animals,
                s.df_method,
                s.simulations
            ),
        ),
        line(
            "animals needed",
            format!(
                "{} {group} (all comparisons together: at most {})",
                animals(found.animals_needed),
                animals(found.animals_needed_family)
            ),
        ),
    ];
    if let Some(best) = &found.optimum {
        rows.push(line(
            "cheapest design",
            format!(
                "{} {group}, slices per animal: {}; power {}, price {:.0} (animal {}, slice {})",
                best.animals,
                best.slices_per_animal,
                percent(best.power),
                best.cost,
                best.cost_animal,
                best.cost_slice
            ),
        ));
    }
    rows
}
