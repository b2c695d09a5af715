//! The rows of a table: which columns are what, and what is one unit.

use crate::fault::Fault;
use crate::question::{Design, Method, Question, Unit};
use crate::table::columns::{
    differing_names, included, labels, names, no_column, numbers, refuse_column_of_sweeps, required,
};
use crate::table::roles;
use crate::words::counted;
use recording::table::{Table, TableError};
use std::collections::BTreeMap;

/// Which columns a method reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Numbers of columns of the group.
    pub(crate) groups: usize,
    /// Numbers of columns of the dose.
    pub(crate) doses: usize,
    /// Whether a condition or time within the unit is needed.
    pub(crate) within: bool,
}

impl Wanted {
    /// A response in groups.
    pub(crate) const GROUPS: Wanted = Wanted { groups: 1, doses: 0, within: false };
    /// A response only.
    pub(crate) const RESPONSE: Wanted = Wanted { groups: 0, doses: 0, within: false };
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    /// Row, from 1, without the header.
    pub(crate) row: usize,
    /// Responses.
    pub(crate) values: Vec<f64>,
    /// The largest number in size that went into each response.
    pub(crate) scales: Vec<f64>,
    /// Groups, one of each factor.
    pub(crate) groups: Vec<String>,
    /// Doses.
    pub(crate) doses: Vec<f64>,
    /// Condition or time within the unit.
    pub(crate) within: Option<String>,
    /// The animal.
    pub(crate) animal: Option<String>,
    /// The slice.
    pub(crate) slice: Option<String>,
}

/// The rows of a table with the names of their columns, in an order of their own
/// that does not depend on that of the table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Data {
    /// The rows.
    pub(crate) records: Vec<Record>,
    /// Columns of the responses.
    pub(crate) response: Vec<String>,
    /// Columns of the groups.
    pub(crate) group: Vec<String>,
    /// Columns of the doses.
    pub(crate) dose: Vec<String>,
    /// Column of the condition within.
    pub(crate) within: String,
    /// Column of the animal.
    pub(crate) animal: Option<String>,
    /// Column of the slice.
    pub(crate) slice: Option<String>,
    /// The unit; `None` is the row.
    pub(crate) unit: Option<Unit>,
    /// Whether animals that occur under several groups are the same animals.
    pub(crate) design: Design,
    /// Rows left out for want of a response.
    pub(crate) dropped: usize,
    /// What the reader must know of how the table was read.
    pub(crate) notes: Vec<String>,
}

impl Data {
    /// Reads the columns that are wanted.
    pub(crate) fn new(table: &Table, question: &Question, wanted: Wanted) -> Result<Data, Fault> {
        let mut data = Data::named(table, question, wanted)?;
        data.read(table, question.drop_missing, wanted)?;
        if data.records.is_empty() {
            return Err(Fault::Empty { column: data.response[0].clone() });
        }
        data.refuse_negative_doses(question.method)?;
        data.refuse_percent(question.method)?;
        data.refuse_sweeps(table)?;
        data.settle_design(question)?;
        data.sort();
        Ok(data)
    }

    /// Says which columns are what, and what the unit is; no row is read yet.
    fn named(table: &Table, question: &Question, wanted: Wanted) -> Result<Data, Fault> {
        if question.reference.is_some() && wanted.groups != 1 {
            return Err(Fault::asked("--reference names a group of one column of groups; there is none here"));
        }
        let response = roles::response(table, question)?;
        let listed = |given: &[String], option: &str, standard: &str, count: usize| match (given.len(), count) {
            (_, 0) => Ok(Vec::new()),
            (0, 1) => Ok(vec![standard.to_owned()]),
            (given_count, _) if given_count == count => Ok(given.to_vec()),
            _ => Err(Fault::asked(format!("--{option} takes {} here, separated by a comma", counted(count, "column")))),
        };
        let usual_group = roles::usual_group(table).unwrap_or("group");
        let group = listed(&question.group, "group", usual_group, wanted.groups)?;
        let dose = listed(&question.dose, "dose", "dose", wanted.doses)?;
        let within = match (&question.within, wanted.within) {
            (Some(name), true) => name.clone(),
            (None, true) => return Err(Fault::asked("name the column of the condition or time with --within")),
            _ => String::new(),
        };
        let (animal, slice) = (roles::animal(table, question)?, roles::slice(table, question)?);
        let unit = unit(table, question, animal.as_ref(), slice.as_ref())?;
        Ok(Data { response, group, dose, within, animal, slice, unit, ..Data::default() })
    }

    /// Reads the rows of the named columns.
    fn read(&mut self, table: &Table, drop_missing: bool, wanted: Wanted) -> Result<(), Fault> {
        let values = self.response.iter().map(|name| numbers(table, name)).collect::<Result<Vec<_>, _>>()?;
        let groups = self.group.iter().map(|name| labels(table, name)).collect::<Result<Vec<_>, _>>()?;
        let doses = self.dose.iter().map(|name| numbers(table, name)).collect::<Result<Vec<_>, _>>()?;
        let optional = |name: Option<&String>| name.map(|name| names(table, name)).transpose();
        let (animals, slices) = (optional(self.animal.as_ref())?, optional(self.slice.as_ref())?);
        let withins = wanted.within.then(|| labels(table, &self.within)).transpose()?;
        let kept = self.kept(table)?;
        self.records.reserve(table.rows());
        'rows: for index in (0..table.rows()).filter(|index| kept.as_ref().is_none_or(|kept| kept[*index])) {
            let row = index + 1;
            let mut own = Vec::with_capacity(values.len());
            for (column, name) in values.iter().zip(&self.response) {
                match column[index] {
                    Some(value) => own.push(value),
                    None if drop_missing => {
                        self.dropped += 1;
                        continue 'rows;
                    }
                    None => return Err(Fault::NoResponse { column: name.clone(), row }),
                }
            }
            let gap = |column: &str| Fault::Table(TableError::Gap { column: column.to_owned(), row });
            let doses = doses.iter().zip(&self.dose).map(|(column, name)| column[index].ok_or_else(|| gap(name)));
            let name = |column: &Option<Vec<Option<String>>>, title: Option<&String>| match (column, title) {
                (Some(column), Some(title)) => required(title, column[index].as_ref(), index).map(Some),
                _ => Ok(None),
            };
            let groups = groups.iter().zip(&self.group).map(|(c, title)| required(title, c[index].as_ref(), index));
            self.records.push(Record {
                row,
                scales: own.iter().map(|value| value.abs()).collect(),
                values: own,
                groups: groups.collect::<Result<_, _>>()?,
                doses: doses.collect::<Result<_, _>>()?,
                within: name(&withins, Some(&self.within))?,
                animal: name(&animals, self.animal.as_ref())?,
                slice: name(&slices, self.slice.as_ref())?,
            });
        }
        Ok(())
    }

    /// Which rows a column `included` leaves, and a word about those left out.
    pub(crate) fn kept(&mut self, table: &Table) -> Result<Option<Vec<bool>>, Fault> {
        let named = [&self.response, &self.group, &self.dose];
        let Some((column, kept)) = included(table)? else { return Ok(None) };
        if named.into_iter().any(|names| names.contains(&column)) || self.within == column {
            return Ok(None);
        }
        let out = kept.iter().filter(|kept| !**kept).count();
        if out > 0 {
            let verb = if out == 1 { "is" } else { "are" };
            self.notes.push(format!("{} of {} with {column} = false {verb} left out", counted(out, "row"), kept.len()));
        }
        Ok(Some(kept))
    }

    /// Refuses a negative dose where it is the amount of a substance.
    fn refuse_negative_doses(&self, method: Method) -> Result<(), Fault> {
        // A covariate may have any sign; the logarithm of an intensity may not.
        if matches!(method, Method::Mixed | Method::Ancova | Method::InputOutput) {
            return Ok(());
        }
        for record in &self.records {
            for (value, column) in record.doses.iter().zip(&self.dose) {
                if *value < 0.0 {
                    return Err(Fault::NegativeDose { column: column.clone(), row: record.row, value: *value });
                }
            }
        }
        Ok(())
    }

    /// Refuses effects of two substances that are no fractions. Scatter may carry one
    /// beyond 0 and 1; percent may not pass.
    fn refuse_percent(&self, method: Method) -> Result<(), Fault> {
        if !matches!(method, Method::Synergy | Method::Interaction) || self.dose.len() != 2 {
            return Ok(());
        }
        match self.records.iter().find(|record| !(-1.0..=2.0).contains(&record.values[0])) {
            None => Ok(()),
            Some(record) => {
                let (column, row, value) = (self.response[0].clone(), record.row, record.values[0]);
                Err(Fault::NotAFraction { column, row, value })
            }
        }
    }

    /// Refuses a slice with several rows under the same conditions.
    fn refuse_sweeps(&self, table: &Table) -> Result<(), Fault> {
        let Some(column) = &self.slice else { return Ok(()) };
        let mut seen = BTreeMap::new();
        for record in &self.records {
            let doses: Vec<u64> = record.doses.iter().map(|dose| dose.to_bits()).collect();
            let key = (&record.animal, &record.slice, &record.groups, doses, &record.within);
            if let Some(first) = seen.insert(key, record.row) {
                let slice = record.slice.clone().unwrap_or_default();
                let (column, differ) = (column.clone(), differing_names(table, first, record.row));
                return Err(Fault::SliceTwice { column, row: record.row, slice, first, differ });
            }
        }
        Ok(())
    }
}

/// The unit: as asked, else the animal, else the slice, else the row. Sweeps are none.
fn unit(
    table: &Table,
    question: &Question,
    animal: Option<&String>,
    slice: Option<&String>,
) -> Result<Option<Unit>, Fault> {
    for column in [animal, slice].into_iter().flatten() {
        if column.to_lowercase().contains("sweep") {
            return Err(Fault::SweepAsUnit { column: column.clone() });
        }
    }
    let unit = match (question.unit, animal, slice) {
        (Some(Unit::Animal) | None, Some(_), _) => Some(Unit::Animal),
        (Some(Unit::Slice), _, Some(_)) | (None, None, Some(_)) => Some(Unit::Slice),
        (None, None, None) => None,
        (Some(Unit::Animal), ..) => return Err(no_column(table, "animal")),
        (Some(Unit::Slice), ..) => return Err(no_column(table, "slice")),
    };
    if slice.is_none() && unit != Some(Unit::Animal) {
        refuse_column_of_sweeps(table)?;
    }
    Ok(unit)
}
