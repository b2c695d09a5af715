//! From rows to independent values: means of animals, or slices.

use crate::fault::Fault;
use crate::question::{Method, Question, Unit};
use crate::table::data::{Data, Record};
use crate::table::order::controls_first;
use crate::words::counted;
use statistics::{Sample, StatisticsError};
use std::collections::{BTreeMap, BTreeSet};

/// Groups of independent values, the reference first.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    /// Names.
    pub(crate) names: Vec<String>,
    /// Values of the units of each group.
    pub(crate) values: Vec<Vec<f64>>,
    /// The largest number in size that went into each value.
    pub(crate) scales: Vec<Vec<f64>>,
}

impl Data {
    /// One record for each unit (and condition): its mean response. The row is
    /// the first of those averaged.
    pub(crate) fn units(&self) -> Vec<Record> {
        if self.unit != Some(Unit::Animal) {
            return self.records.clone();
        }
        let mut units: Vec<(Record, f64)> = Vec::new();
        let mut places = BTreeMap::new();
        for record in &self.records {
            let doses: Vec<u64> = record.doses.iter().map(|dose| dose.to_bits()).collect();
            let key = (record.animal.clone(), record.groups.clone(), doses, record.within.clone());
            let place = *places.entry(key).or_insert(units.len());
            match units.get_mut(place) {
                None => units.push((record.clone(), 1.0)),
                Some((unit, count)) => {
                    *count += 1.0;
                    unit.slice = None;
                    unit.row = unit.row.min(record.row);
                    for (scale, other) in unit.scales.iter_mut().zip(&record.scales) {
                        *scale = scale.max(*other);
                    }
                    for (mean, value) in unit.values.iter_mut().zip(&record.values) {
                        *mean += (value - *mean) / *count;
                    }
                }
            }
        }
        units.into_iter().map(|(unit, _)| unit).collect()
    }

    /// Values of the units in their groups, `--reference` first.
    pub(crate) fn groups(&self, question: &Question) -> Result<Groups, Fault> {
        self.require_one_group()?;
        let names = self.levels(0, question)?;
        let (mut values, mut scales) = (vec![Vec::new(); names.len()], vec![Vec::new(); names.len()]);
        for unit in self.units() {
            if let Some(place) = names.iter().position(|name| *name == unit.groups[0]) {
                values[place].push(unit.values[0]);
                scales[place].push(unit.scales[0]);
            }
        }
        Ok(Groups { names, values, scales })
    }

    /// The levels of a factor: the reference first, else a usual name of a control,
    /// then in the order of names.
    pub(crate) fn levels(&self, factor: usize, question: &Question) -> Result<Vec<String>, Fault> {
        let distinct: BTreeSet<&String> = self.records.iter().map(|record| &record.groups[factor]).collect();
        let mut levels: Vec<String> = distinct.into_iter().cloned().collect();
        levels.sort_by(|a, b| controls_first(a, b));
        if let (Some(asked), 0, 1) = (&question.reference, factor, self.group.len()) {
            let place = levels.iter().position(|level| level == asked).ok_or_else(|| Fault::NoReference {
                column: self.group[0].clone(),
                asked: asked.clone(),
                levels: levels.clone(),
            })?;
            let reference = levels.remove(place);
            levels.insert(0, reference);
        }
        Ok(levels)
    }

    /// What counts as n, in words.
    pub(crate) fn unit_name(&self) -> &'static str {
        match self.unit {
            Some(Unit::Animal) => "animal",
            Some(Unit::Slice) => "slice",
            None => "row",
        }
    }

    /// Number of different animals.
    pub(crate) fn animals(&self) -> usize {
        let animals: BTreeSet<_> = self.records.iter().filter_map(|r| r.animal.as_ref()).collect();
        animals.len()
    }

    /// Name of a cell: the group, or "allo 1, iso 0" of two factors.
    pub(crate) fn cell_name(&self, levels: &[String]) -> String {
        if let [level] = levels {
            return level.clone();
        }
        let parts = self.group.iter().zip(levels).map(|(column, level)| format!("{column} {level}"));
        parts.collect::<Vec<_>>().join(", ")
    }

    /// "n = 42 values of 7 animals": where each value counts by itself.
    pub(crate) fn n_of_values(&self, values: usize) -> String {
        let animals = self.animals();
        let of = if animals == 0 { String::new() } else { format!(" of {}", counted(animals, "animal")) };
        format!("n = {}{of}", counted(values, "value"))
    }

    /// Number of different animals in a group; all of them without groups.
    pub(crate) fn animals_of(&self, group: &str) -> usize {
        let own = self.records.iter().filter(|r| r.groups.first().is_none_or(|own| own == group));
        own.filter_map(|r| r.animal.as_ref()).collect::<BTreeSet<_>>().len()
    }

    /// Number of different slices; `None` without a column that names them.
    pub(crate) fn slices(&self) -> Option<usize> {
        self.slice.as_ref()?;
        Some(self.records.iter().map(|r| (&r.animal, &r.slice)).collect::<BTreeSet<_>>().len())
    }

    /// What the reader should know about the unit.
    pub(crate) fn warnings(&self, method: Method) -> Vec<String> {
        let mut warnings = self.notes.clone();
        let animals = self.animals();
        let slices: BTreeSet<_> = self.records.iter().map(|r| (&r.animal, &r.slice)).collect();
        if self.unit == Some(Unit::Slice) && self.animal.is_some() && slices.len() > animals {
            warnings.push(format!(
                "{} of {} are treated as independent: slices of one animal resemble each other and p is too small; use mixed, or --unit animal",
                counted(slices.len(), "slice"),
                counted(animals, "animal")
            ));
        }
        if self.unit.is_none()
            && !matches!(
                method,
                Method::Adjust | Method::Schild | Method::Allosteric | Method::Interaction | Method::Synergy
            )
        {
            warnings.push(String::from(
                "the table names neither animals nor slices: every row is taken as one independent unit (--animal, --slice)",
            ));
        }
        if self.dropped > 0 {
            let verb = if self.dropped == 1 { "is" } else { "are" };
            warnings.push(format!("{} without a response {verb} left out", counted(self.dropped, "row")));
        }
        warnings
    }

    /// Wraps what a method says, with the names that it does not know.
    pub(crate) fn refused(&self, method: Method, names: &[String]) -> impl Fn(StatisticsError) -> Fault + use<> {
        let column = self.response.join(" and ");
        let context = if names.is_empty() { String::new() } else { format!(" (groups {})", names.join(", ")) };
        let names = names.to_vec();
        move |source| {
            // The method counts groups and conditions; the reader knows their names.
            let (context, source) = match source {
                StatisticsError::Of { index, problem, .. } if index < names.len() => {
                    (format!(", \"{}\"", names[index]), problem)
                }
                source => (context.clone(), Box::new(source)),
            };
            Fault::Refused { method: method.name(), column: column.clone(), context, source }
        }
    }
}

impl Groups {
    /// Names and numbers of the units.
    pub(crate) fn counts(&self) -> Vec<(String, usize)> {
        self.names.iter().cloned().zip(self.values.iter().map(Vec::len)).collect()
    }

    /// The groups as samples.
    pub(crate) fn samples(&self) -> Result<Vec<Sample>, StatisticsError> {
        self.values.iter().zip(&self.scales).map(|(values, scales)| Sample::with_scales(values, scales)).collect()
    }

    /// Refuses other than two groups.
    pub(crate) fn require_two(&self, data: &Data, method: Method) -> Result<(), Fault> {
        self.require(data, method, "two", |found| found == 2)
    }

    fn require_units(&self, data: &Data, method: Method) -> Result<(), Fault> {
        match self.values.iter().position(|values| values.len() < 2) {
            None => Ok(()),
            Some(place) => Err(Fault::FewUnits {
                column: data.group[0].clone(),
                group: self.names[place].clone(),
                found: self.values[place].len(),
                unit: data.unit_name(),
                method: method.name(),
            }),
        }
    }

    /// Refuses a number of groups, and a group of one unit: it has no spread of its own,
    /// so nothing says how far its value may be off. One rule for all methods.
    pub(crate) fn require(
        &self,
        data: &Data,
        method: Method,
        needed: &'static str,
        fits: impl Fn(usize) -> bool,
    ) -> Result<(), Fault> {
        let found = self.names.len();
        if fits(found) {
            return self.require_units(data, method);
        }
        let (column, levels) = (data.group[0].clone(), self.names.clone());
        Err(Fault::Groups { column, found, levels, method: method.name(), needed })
    }
}
