//! Leaving out what a design cannot tell from something else.

use crate::mixed::data::MixedData;
use crate::mixed::grouping::{Levels, factors};

impl<'a> MixedData<'a> {
    /// The same without the random factors that these observations cannot tell from
    /// the residual (every level has one observation) or from an earlier factor (the
    /// same levels), and the names of what was left out. It looks at the labels alone,
    /// never at the response.
    pub fn identified(mut self) -> (Self, Vec<String>) {
        let (levels, _, _) = factors(&self);
        let mut kept: Vec<&Levels> = Vec::new();
        let mut left_out = Vec::new();
        let mut keep = Vec::new();
        for factor in &levels {
            let lost = (factor.is_single() && !factor.slope) || kept.iter().any(|earlier| earlier.is_same_as(factor));
            keep.push(!lost);
            if lost {
                left_out.push(factor.name.clone());
            } else {
                kept.push(factor);
            }
        }
        let mut keep = keep.into_iter();
        if self.cluster_varies && keep.next() == Some(false) {
            self = self.without_clusters();
        }
        self.terms.retain(|_| keep.next() == Some(true));
        (self, left_out)
    }
}
