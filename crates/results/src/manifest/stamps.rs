//! What every slice of a results folder bears, so that it is known for what it is
//! wherever it lies.
//!
//! The plan of a simulated slice is what is done to it: preparation, course, induction and
//! condition. Other conditions of the experiment are no part of it, so that a slice keeps
//! its bytes when the experiment gains one.

use crate::manifest::manifest::Manifest;
use crate::plan::design::{ConditionPlan, InductionPlan, Timeline};
use recording::digest::sha256_hex;
use recording::{Origin, SliceKey, Stamp, StoreError};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The stamps of the slices of a folder.
#[derive(Clone, Debug)]
pub struct Stamps {
    /// By induction and condition.
    groups: BTreeMap<(String, String), Stamp>,
    /// Of every other slice.
    others: Stamp,
}

impl Stamps {
    /// The same for all slices.
    pub fn same(stamp: Stamp) -> Self {
        Self { groups: BTreeMap::new(), others: stamp }
    }

    /// As the manifest in `path` has it.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for a manifest that TOML cannot hold.
    pub fn of(manifest: &Manifest, path: &Path) -> Result<Self, StoreError> {
        let Manifest { origin, seed, .. } = *manifest;
        let stamp = |plan: String| Stamp { origin, plan_sha256: plan, seed };
        let mut stamps = Self::same(stamp(manifest.input_sha256.clone()));
        if origin == Origin::Recorded {
            return Ok(stamps);
        }
        for induction in &manifest.inductions {
            for condition in &manifest.conditions {
                let text = toml::to_string(&Plan {
                    rate_hz: manifest.rate_hz,
                    preparation: &manifest.preparation,
                    timeline: &manifest.timeline,
                    induction,
                    condition,
                });
                let text = text.map_err(|fault| StoreError::invalid(path, fault.to_string()))?;
                let group = (induction.name.clone(), condition.name.clone());
                stamps.groups.insert(group, stamp(sha256_hex(text.as_bytes())));
            }
        }
        Ok(stamps)
    }

    /// The stamp of a slice.
    pub fn stamp(&self, key: &SliceKey) -> &Stamp {
        self.groups.get(&(key.induction.clone(), key.condition.clone())).unwrap_or(&self.others)
    }

    /// The seed of the run.
    pub(crate) fn seed(&self) -> u64 {
        self.others.seed
    }
}

/// The plan of a group.
#[derive(Serialize)]
struct Plan<'m> {
    rate_hz: f64,
    preparation: &'m BTreeMap<String, String>,
    timeline: &'m Timeline,
    induction: &'m InductionPlan,
    condition: &'m ConditionPlan,
}
