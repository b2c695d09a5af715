//! The random factors of a mixed model: those stated, else those of the design.
//!
//! Of the design: animals; slices in them where slices have several rows;
//! animal:condition where the same animals stand in several groups, or slices under
//! several named conditions, so that a condition may act differently in each animal;
//! and slopes of animals along times. What the rows cannot tell from something else is
//! left out of the usual model, and refused in a stated one.

use crate::fault::Fault;
use crate::mixed::nested::numbered;
use crate::question::{Design, Question};
use crate::random::Random;
use crate::table::columns::labels;
use crate::table::data::Data;
use recording::table::Table;
use statistics::mixed::{MixedData, Term};

/// Random factors of the rows, the first one the clusters.
pub(crate) struct Factors {
    /// Name and level of each row.
    pub(crate) list: Vec<(String, Vec<usize>)>,
    /// Whether they were stated.
    pub(crate) stated: bool,
    /// Slopes of the first factor along the times of the column within.
    pub(crate) slopes_in_time: bool,
}

impl Factors {
    /// The factors; `times`: how many times the column within holds; 0 if they are names.
    pub(crate) fn new(table: &Table, data: &Data, question: &Question, times: usize) -> Result<Factors, Fault> {
        if let Some(random) = &question.random {
            let list = random
                .terms
                .iter()
                .map(|term| Ok((term.join(":"), stated_levels(table, data, term)?)))
                .collect::<Result<_, Fault>>()?;
            return Ok(Factors { list, stated: true, slopes_in_time: false });
        }
        let Some(_) = &data.animal else {
            return Err(Fault::asked("a mixed model needs the column of the animal: --animal COL"));
        };
        let levels = |of: &dyn Fn(&crate::table::data::Record) -> String| -> Vec<usize> {
            numbered(data.records.iter().map(of).collect::<Vec<_>>().iter())
        };
        let animal = |r: &crate::table::data::Record| r.animal.clone().unwrap_or_default();
        let mut list = vec![("animal".to_owned(), levels(&animal))];
        if data.design == Design::WithinAnimal {
            list.push(("animal:condition".to_owned(), levels(&|r| format!("{:?}", (animal(r), &r.groups)))));
        }
        if !data.within.is_empty() && times < 3 {
            list.push((format!("animal:{}", data.within), levels(&|r| format!("{:?}", (animal(r), &r.within)))));
        }
        // A slope and a correlation of neighbours are told apart by five times and more.
        let fewest = if question.autoregression { 5 } else { 3 };
        let slices = levels(&|r| format!("{:?}", (animal(r), &r.slice)));
        let several = slices.iter().max().map_or(0, |last| last + 1) < data.records.len();
        if data.slice.is_some() && several {
            list.push(("animal:slice".to_owned(), slices));
        }
        Ok(Factors { list, stated: false, slopes_in_time: times >= fewest })
    }

    /// The model of these factors; the names of those left out.
    pub(crate) fn add<'a>(&'a self, data: MixedData<'a>) -> Result<(MixedData<'a>, Vec<String>), Fault> {
        let mut data = data;
        for (name, level) in &self.list[1..] {
            data = data.with_term(Term::across(name.as_str(), level));
        }
        let slope = data.slope;
        let (mut kept, mut left_out) = data.identified();
        if slope.is_some() && !kept.cluster_varies {
            // Slopes tell rows of one factor apart where intercepts do not.
            kept.cluster_varies = true;
            kept.slope = slope;
        }
        for name in &mut left_out {
            if name == "cluster" {
                name.clone_from(&self.list[0].0);
            }
        }
        if self.stated && !left_out.is_empty() {
            return Err(Fault::asked(format!(
                "--random {}: the rows cannot tell {} from the residual or from an earlier term (one row a level, or the \
                 same levels)",
                Random { terms: self.list.iter().map(|(name, _)| vec![name.clone()]).collect() },
                left_out.join(" and ")
            )));
        }
        Ok((kept, left_out))
    }

    /// "(1 | animal) + (1 | animal:slice)" of the factors kept.
    pub(crate) fn formula(&self, left_out: &[String], slope: Option<&str>) -> String {
        let part = |(index, (name, _)): (usize, &(String, Vec<usize>))| match slope {
            Some(covariate) if index == 0 => format!("({covariate} | {name})"),
            _ => format!("(1 | {name})"),
        };
        let kept = self.list.iter().enumerate().filter(|(_, (name, _))| !left_out.contains(name));
        kept.map(part).collect::<Vec<_>>().join(" + ")
    }
}

/// Levels of a term that was stated: its columns crossed.
fn stated_levels(table: &Table, data: &Data, term: &[String]) -> Result<Vec<usize>, Fault> {
    let mut rows: Vec<Vec<String>> = vec![Vec::new(); data.records.len()];
    for column in term {
        let needs = |role: &str| {
            Fault::asked(format!("--random {} needs the column of the {role}: --{role} COL", term.join(":")))
        };
        let title = match column.as_str() {
            "animal" if data.animal.is_some() || !table_has(table, "animal") => {
                data.animal.as_ref().ok_or_else(|| needs("animal"))?;
                for (row, record) in rows.iter_mut().zip(&data.records) {
                    row.push(record.animal.clone().unwrap_or_default());
                }
                continue;
            }
            "slice" if !table_has(table, "slice") => data.slice.clone().ok_or_else(|| needs("slice"))?,
            "condition" | "group" if !table_has(table, column) => {
                data.group.first().cloned().ok_or_else(|| needs("group"))?
            }
            _ => column.clone(),
        };
        let cells = labels(table, &title)?;
        for (row, record) in rows.iter_mut().zip(&data.records) {
            let cell = cells[record.row - 1].clone();
            row.push(
                cell.ok_or_else(|| Fault::asked(format!("--random: column \"{title}\", row {}: blank", record.row)))?,
            );
        }
    }
    let names: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    Ok(numbered(names.iter()))
}

fn table_has(table: &Table, title: &str) -> bool {
    table.names().any(|name| name == title)
}
