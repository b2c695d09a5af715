//! Two factors, and conditions within units.

use super::Found;
use super::arguments::Stats;
use super::data::{Data, Wanted};
use super::fault::StatsFault;
use super::groups::n_words;
use super::outcome::{Outcome, Row, p_words, short};
use recording::table::Table;
use statistics::anova::{self, WithinTerm};
use statistics::mixed::FTest;

fn f_words(term: &str, test: &FTest) -> String {
    format!("{term}: F({}, {}) = {}, {}", short(test.df1), short(test.df2), short(test.f), p_words(test.p))
}

/// Two-way analysis of variance of the units, with HC3 tests beside it.
pub fn two_way(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted { groups: 2, doses: 0, within: false })?;
    data.require_one_group()?;
    let levels = [data.levels(0, arguments)?, data.levels(1, arguments)?];
    let units = data.units();
    let place = |factor: usize| -> Vec<usize> {
        let find = |name: &String| levels[factor].iter().position(|level| level == name).unwrap_or_default();
        units.iter().map(|unit| find(&unit.groups[factor])).collect()
    };
    let (a, b) = (place(0), place(1));
    let y: Vec<f64> = units.iter().map(|unit| unit.values[0]).collect();
    let refused = data.refused(arguments.method, &levels.concat());
    let found = anova::two_way(&y, &a, &b, arguments.sums.into()).map_err(&refused)?;
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
    let cells = cells(&units.iter().map(|unit| unit.groups.join(" ")).collect::<Vec<_>>());
    let n = n_words(&cells, data.unit_name());
    let words: Vec<String> = terms.iter().map(|(name, term)| f_words(name, &term.test)).collect();
    let sentence = format!("Two-way analysis of variance: {} ({n}).", words.join("; "));
    let mut outcome =
        Outcome { title: "Two-way analysis of variance".to_owned(), rows, sentence, ..Outcome::default() };
    outcome.units = cells;
    outcome.details.insert("ss_residual".to_owned(), found.ss_residual.into());
    outcome.details.insert("df_residual".to_owned(), found.df_residual.into());
    Ok((data, outcome))
}

/// How often each name occurs, in the order of appearance.
fn cells(names: &[String]) -> Vec<(String, usize)> {
    let mut cells: Vec<(String, usize)> = Vec::new();
    for name in names {
        match cells.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => cells.push((name.clone(), 1)),
        }
    }
    cells
}

/// Rows of units by condition, in groups: `rows[g][unit][condition]`.
pub struct Within {
    /// Names of the groups; one empty name without groups.
    pub names: Vec<String>,
    /// Conditions in the order of the table.
    pub conditions: Vec<String>,
    /// Values.
    pub rows: Vec<Vec<Vec<f64>>>,
}

/// Reads one value for each unit and condition.
pub fn within(table: &Table, arguments: &Stats) -> Result<(Data, Within), StatsFault> {
    let grouped = !arguments.group.is_empty() || (arguments.method == super::Method::Cluster);
    let data = Data::new(table, arguments, Wanted { groups: usize::from(grouped), doses: 0, within: true })?;
    if data.unit.is_none() {
        return Err(super::data::usage("conditions within units need --animal or --slice"));
    }
    let names = if grouped { data.groups(arguments)?.names } else { vec![String::new()] };
    let (mut conditions, mut labels): (Vec<String>, Vec<(usize, String)>) = (Vec::new(), Vec::new());
    let mut values: Vec<Vec<(usize, f64)>> = Vec::new();
    for unit in data.units() {
        let condition = unit.within.clone().unwrap_or_default();
        let place = conditions.iter().position(|known| *known == condition).unwrap_or_else(|| {
            conditions.push(condition);
            conditions.len() - 1
        });
        let group = unit.groups.first().and_then(|name| names.iter().position(|n| n == name)).unwrap_or(0);
        let slice = if data.unit_name() == "slice" { unit.slice.clone() } else { None };
        let label = (group, [unit.animal.clone(), slice].into_iter().flatten().collect::<Vec<_>>().join(" "));
        let row = labels.iter().position(|known| *known == label).unwrap_or_else(|| {
            labels.push(label);
            values.push(Vec::new());
            values.len() - 1
        });
        values[row].push((place, unit.values[0]));
    }
    let mut rows = vec![Vec::new(); names.len()];
    for ((group, unit), values) in labels.into_iter().zip(values) {
        let mut row = Vec::with_capacity(conditions.len());
        for (place, condition) in conditions.iter().enumerate() {
            let own: Vec<f64> = values.iter().filter(|(p, _)| *p == place).map(|(_, value)| *value).collect();
            let [value] = own.as_slice() else {
                let (column, condition, found) = (data.within.clone(), condition.clone(), own.len());
                return Err(StatsFault::Incomplete { column, unit, condition, found });
            };
            row.push(*value);
        }
        rows[group].push(row);
    }
    Ok((data, Within { names, conditions, rows }))
}

fn corrected(name: &str, term: &WithinTerm) -> Row {
    Row::f(name, &term.test)
        .with("ss", term.ss)
        .with("p_greenhouse_geisser", term.p_greenhouse_geisser)
        .with("p_huynh_feldt", term.p_huynh_feldt)
}

/// Repeated measures, with groups as a split plot.
pub fn repeated(table: &Table, arguments: &Stats) -> Found {
    let (data, within) = within(table, arguments)?;
    let refused = data.refused(arguments.method, &within.conditions);
    let found = anova::mixed(&within.rows).map_err(&refused)?;
    let mut rows = Vec::new();
    if let Some((ss, test)) = &found.between {
        rows.push(Row::f(&data.group[0], test).with("ss", *ss));
    }
    rows.push(corrected(&data.within, &found.within));
    if let Some(term) = &found.interaction {
        rows.push(corrected(&format!("{} x {}", data.group[0], data.within), term));
    }
    let mut outcome = Outcome { title: "Repeated-measures analysis of variance".to_owned(), ..Outcome::default() };
    outcome.units = within.names.iter().cloned().zip(within.rows.iter().map(Vec::len)).collect();
    let n = n_words(&outcome.units, data.unit_name());
    let words = f_words(&data.within, &found.within.test);
    outcome.sentence = format!(
        "Repeated-measures analysis of variance, {words}, Greenhouse-Geisser {} (epsilon = {}; {n}).",
        p_words(found.within.p_greenhouse_geisser),
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
