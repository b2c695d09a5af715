//! The rows in an order of their own, so that sums are the same to the last digit
//! whatever their order in the table.

use crate::table::data::{Data, Record};
use crate::table::order::{controls_first, natural};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

impl Data {
    /// Sorts the rows by group, animal, slice, condition, dose and value.
    pub(super) fn sort(&mut self) {
        let groups = places(self.records.iter().flat_map(|r| r.groups.iter()), controls_first);
        let animals = places(self.records.iter().filter_map(|r| r.animal.as_ref()), natural);
        let slices = places(self.records.iter().filter_map(|r| r.slice.as_ref()), natural);
        let conditions = places(self.records.iter().filter_map(|r| r.within.as_ref()), natural);
        let key = |record: &Record| {
            let optional = |name: &Option<String>, of: &BTreeMap<String, usize>| name.as_ref().map(|name| of[name]);
            let own: Vec<usize> = record.groups.iter().map(|name| groups[name]).collect();
            let within = optional(&record.within, &conditions);
            (own, optional(&record.animal, &animals), optional(&record.slice, &slices), within)
        };
        let mut keyed: Vec<_> = std::mem::take(&mut self.records).into_iter().map(|r| (key(&r), r)).collect();
        keyed.sort_by(|(a, x), (b, y)| {
            a.cmp(b).then_with(|| floats(&x.doses, &y.doses)).then_with(|| floats(&x.values, &y.values))
        });
        self.records = keyed.into_iter().map(|(_, record)| record).collect();
    }
}

/// The place of each name in the order of names.
fn places<'n>(names: impl Iterator<Item = &'n String>, order: fn(&str, &str) -> Ordering) -> BTreeMap<String, usize> {
    let distinct: BTreeSet<&String> = names.collect();
    let mut sorted: Vec<&String> = distinct.into_iter().collect();
    sorted.sort_by(|a, b| order(a, b));
    sorted.into_iter().enumerate().map(|(place, name)| (name.clone(), place)).collect()
}

fn floats(a: &[f64], b: &[f64]) -> Ordering {
    a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
