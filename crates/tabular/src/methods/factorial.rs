//! Two factors, and conditions within units.

use crate::fault::Fault;
use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::table::data::{Data, Wanted};
use crate::table::within::{cells, within};
use crate::words::{f_words, n_words, p_words, short};
use recording::table::Table;
use statistics::anova::{self, WithinTerm};
use statistics::mixed::FTest;

/// An F test in a sentence, with what it tests.
fn term_words(term: &str, test: &FTest) -> String {
    format!("{term}: {}", f_words(test))
}

/// Two-way analysis of variance of the units, with HC3 tests beside it.
pub(crate) fn two_way(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted { groups: 2, doses: 0, within: false })?;
    data.require_one_group()?;
    let levels = [data.levels(0, question)?, data.levels(1, question)?];
    let units = data.units();
    let place = |factor: usize| -> Vec<usize> {
        let find = |name: &String| levels[factor].iter().position(|level| level == name).unwrap_or_default();
        units.iter().map(|unit| find(&unit.groups[factor])).collect()
    };
    let (a, b) = (place(0), place(1));
    refuse_empty_cell(&data, &levels, &a, &b)?;
    let y: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(question.method, &levels.concat());
    let found = anova::two_way(&y, &a, &b, question.sums).map_err(&refused)?;
    let both = format!("{} x {}", data.group[0], data.group[1]);
    let terms = [(&data.group[0], found.a), (&data.group[1], found.b), (&both, found.interaction)];
    let mut rows: Vec<Row> = terms
        .iter()
        .map(|(name, term)| {
            Row::f((*name).clone(), &term.test)
                .with("ss", term.ss)
                .with("partial_eta_squared", term.partial_eta_squared)
        })
        .collect();
    if let Ok(robust) = anova::two_way_robust(&y, &a, &b) {
        let tests = [(&data.group[0], robust.a), (&data.group[1], robust.b), (&both, robust.interaction)];
        rows.extend(tests.iter().map(|(name, test)| Row::f(format!("{name} (HC3, type III)"), test)));
    }
    let cells = cells(&units.iter().map(|unit| data.cell_name(&unit.groups)).collect::<Vec<_>>());
    let n = n_words(&cells, data.unit_name());
    let words: Vec<String> = terms.iter().map(|(name, term)| term_words(name, &term.test)).collect();
    let sentence = format!("Two-way analysis of variance: {} ({n}).", words.join("; "));
    let mut outcome =
        Outcome { title: "Two-way analysis of variance".to_owned(), rows, sentence, ..Outcome::default() };
    outcome.units = cells;
    outcome.details.insert("ss_residual".to_owned(), found.ss_residual.into());
    outcome.details.insert("df_residual".to_owned(), found.df_residual.into());
    Ok((data, outcome))
}

/// Names the combination of both factors that no row has.
fn refuse_empty_cell(data: &Data, levels: &[Vec<String>; 2], a: &[usize], b: &[usize]) -> Result<(), Fault> {
    for (i, first) in levels[0].iter().enumerate() {
        for (j, second) in levels[1].iter().enumerate() {
            if !a.iter().zip(b).any(|(a, b)| (*a, *b) == (i, j)) {
                return Err(Fault::Incomplete {
                    column: data.group.join(" and "),
                    unit: "the table".to_owned(),
                    condition: data.cell_name(&[first.clone(), second.clone()]),
                    found: 0,
                });
            }
        }
    }
    Ok(())
}

fn corrected(name: &str, term: &WithinTerm) -> Row {
    Row::f(name, &term.test)
        .with("ss", term.ss)
        .with("p_greenhouse_geisser", term.p_greenhouse_geisser)
        .with("p_huynh_feldt", term.p_huynh_feldt)
}

/// A test within units in a sentence, with the p that allows for unequal correlations.
fn within_words(term: &str, found: &WithinTerm) -> String {
    format!("{}, Greenhouse-Geisser {}", term_words(term, &found.test), p_words(found.p_greenhouse_geisser))
}

/// Repeated measures, with groups as a split plot.
pub(crate) fn repeated(table: &Table, question: &Question) -> Found {
    let (data, within) = within(table, question)?;
    let refused = data.refused(question.method, &within.conditions);
    let found = anova::mixed(&within.rows).map_err(&refused)?;
    let mut rows = Vec::new();
    if let Some((ss, test)) = &found.between {
        rows.push(Row::f(&data.group[0], test).with("ss", *ss));
    }
    rows.push(corrected(&data.within, &found.within));
    if let Some(term) = &found.interaction {
        rows.push(corrected(&format!("{} x {}", data.group[0], data.within), term));
    }
    let design = if within.names.len() > 1 { " of groups (split plot)" } else { "" };
    let title = format!("Repeated-measures analysis of variance{design}");
    let mut outcome = Outcome { title, ..Outcome::default() };
    outcome.units = within.counts();
    let n = n_words(&outcome.units, data.unit_name());
    let mut words: Vec<String> = found.between.iter().map(|(_, test)| term_words(&data.group[0], test)).collect();
    words.push(within_words(&data.within, &found.within));
    if let Some(term) = &found.interaction {
        words.push(within_words(&format!("{} x {}", data.group[0], data.within), term));
    }
    outcome.sentence = format!(
        "{}: {} (epsilon = {}; {n}).",
        outcome.title,
        words.join("; "),
        short(found.sphericity.greenhouse_geisser)
    );
    let mut detail = |name: &str, value: f64| outcome.details.insert(name.to_owned(), value.into());
    detail("greenhouse_geisser", found.sphericity.greenhouse_geisser);
    detail("huynh_feldt", found.sphericity.huynh_feldt);
    detail("ss_error_within", found.ss_error_within);
    detail("ss_error_between", found.ss_error_between);
    if let Some(mauchly) = found.sphericity.mauchly {
        detail("mauchly_w", mauchly.w);
        detail("mauchly_p", mauchly.p);
    }
    outcome.rows = rows;
    Ok((data, outcome))
}
