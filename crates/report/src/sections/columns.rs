//! Columns that an experiment does not need.

use crate::document::table::Table;
use crate::figures::scene::Scene;

impl Table {
    /// Leaves out the last column.
    pub(crate) fn without_last(mut self) -> Self {
        self.head.pop();
        for row in &mut self.rows {
            row.pop();
        }
        self
    }

    /// Leaves out a column that says the same in every row of a one-protocol experiment.
    pub(crate) fn without_induction(mut self, scene: &Scene) -> Self {
        if scene.inductions().len() < 2 && self.head.first().is_some_and(|title| title == "Induction") {
            self.head.remove(0);
            for row in &mut self.rows {
                row.remove(0);
            }
        }
        self
    }
}
