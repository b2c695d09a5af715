//! Whether an animal that occurs under several groups is one animal: stated, plain
//! from the table, or asked for. It is never guessed.

use crate::fault::Fault;
use crate::question::{Design, Designs, Question};
use crate::table::data::Data;
use crate::table::order::natural;
use std::collections::{BTreeMap, BTreeSet};

impl Data {
    /// Settles the design: names that restart in each group become names of
    /// different animals; what is not plain is asked for.
    pub(super) fn settle_design(&mut self, question: &Question) -> Result<(), Fault> {
        let (Some(column), false) = (self.animal.clone(), self.group.is_empty()) else { return Ok(()) };
        match (question.design, question.method.designs()) {
            (Some(Design::BetweenAnimals), _) => {
                self.qualify_animals();
                return Ok(());
            }
            (Some(Design::WithinAnimal), _) if self.shared().is_empty() => {
                return Err(Fault::NoSharedAnimal { column, group: self.group.join(" and ") });
            }
            (Some(Design::WithinAnimal), _) => {
                self.design = Design::WithinAnimal;
                return Ok(());
            }
            (None, Designs::Between) => return self.require_one_group(),
            (None, Designs::Within | Designs::Apart) => return Ok(()),
            (None, Designs::Either) => {}
        }
        let shared = self.shared();
        if shared.is_empty() {
            return Ok(());
        }
        if question.random.is_some() {
            // Stated random effects say who belongs to whom.
            self.design = Design::WithinAnimal;
            return Ok(());
        }
        let numbered = shared.iter().all(|name| name.parse::<u32>().is_ok());
        if !self.is_crossed() || numbered {
            let mut groups: Vec<String> = self.records.iter().map(|r| r.groups.join(" ")).collect();
            groups.sort_by(|a, b| natural(a, b));
            groups.dedup();
            let animals = self.animal_names().len();
            return Err(Fault::DesignUnclear { column, shared, animals, groups, numbered });
        }
        self.design = Design::WithinAnimal;
        self.notes.push(String::from(
            "the same names of animals stand under several groups: they are taken as the same animals (within-animal \
             design); if names restart in each group, say --design between-animals",
        ));
        Ok(())
    }

    /// Animals that occur under several groups, in natural order.
    fn shared(&self) -> Vec<String> {
        let mut groups: BTreeMap<&String, BTreeSet<&[String]>> = BTreeMap::new();
        for record in &self.records {
            if let Some(animal) = &record.animal {
                groups.entry(animal).or_default().insert(&record.groups);
            }
        }
        let several = groups.into_iter().filter(|(_, groups)| groups.len() > 1);
        let mut names: Vec<String> = several.map(|(animal, _)| animal.clone()).collect();
        names.sort_by(|a, b| natural(a, b));
        names
    }

    /// Whether of each factor every animal has all levels, or every animal just one.
    fn is_crossed(&self) -> bool {
        (0..self.group.len()).all(|factor| {
            let mut own: BTreeMap<&Option<String>, BTreeSet<&String>> = BTreeMap::new();
            for record in &self.records {
                own.entry(&record.animal).or_default().insert(&record.groups[factor]);
            }
            let all = own.values().flatten().collect::<BTreeSet<_>>().len();
            own.values().all(|levels| levels.len() == 1) || own.values().all(|levels| levels.len() == all)
        })
    }

    fn animal_names(&self) -> BTreeSet<String> {
        self.records.iter().filter_map(|r| r.animal.clone()).collect()
    }

    /// Makes the animals of each group different ones.
    fn qualify_animals(&mut self) {
        for record in &mut self.records {
            if let Some(animal) = &mut record.animal {
                *animal = format!("{animal} ({})", record.groups.join(" "));
            }
        }
    }

    /// Refuses an animal in two groups.
    pub(crate) fn require_one_group(&self) -> Result<(), Fault> {
        let Some(column) = &self.animal else { return Ok(()) };
        let mut by_row: Vec<_> = self.records.iter().collect();
        by_row.sort_by_key(|record| record.row);
        let mut first = BTreeMap::new();
        for record in by_row {
            let groups = first.entry(&record.animal).or_insert(&record.groups);
            if **groups != record.groups {
                return Err(Fault::AnimalInTwoGroups {
                    column: column.clone(),
                    row: record.row,
                    animal: record.animal.clone().unwrap_or_default(),
                    first: groups.join(" "),
                    second: record.groups.join(" "),
                });
            }
        }
        Ok(())
    }
}
