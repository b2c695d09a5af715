//! The model in words: what was fitted, and nothing that was not.

use crate::conclude::compare::equal::Equal;
use crate::conclude::compare::model::Model;
use crate::findings::comparisons::{ModelFit, Variances};
use statistics::DfMethod;

/// Root mean square of what is known.
fn root_mean_square(values: impl Iterator<Item = f64>) -> f64 {
    let squares: Vec<f64> = values.filter(|v| v.is_finite()).map(|v| v * v).collect();
    (squares.iter().sum::<f64>() / squares.len() as f64).sqrt()
}

impl Model {
    /// What the model is called.
    fn name(&self) -> &'static str {
        match (self.equal(), self.shape.inside, self.shape.single) {
            (Some(Equal::Pooled(_)), ..) => "one-way analysis of variance on animals",
            (None, true, true) => "paired t test on animals",
            (None, false, true) if self.cells.len() > 1 => "Welch's t test on animals",
            (None, false, true) => "t test on animals",
            _ => "linear mixed model",
        }
    }

    /// Its formula.
    fn formula(&self) -> String {
        let fixed = if self.cells.len() > 1 { "condition" } else { "1" };
        let random = match (self.equal(), self.shape.inside, self.shape.single) {
            (Some(Equal::Pooled(_)), ..) | (None, false, true) => "",
            (_, true, false) => " + (1 | animal) + (1 | animal:condition)",
            _ => " + (1 | animal)",
        };
        format!("potentiation ~ {fixed}{random}")
    }

    /// How it was estimated, and which variances it has.
    fn estimation(&self) -> &'static str {
        match (self.equal(), self.shape.inside, self.shape.single) {
            (Some(Equal::Pooled(_)), ..) => "least squares, equal variances",
            (Some(Equal::Mixed { .. }), ..) => "REML, equal variances in all conditions",
            (None, true, true) => "one slice per animal and condition; each comparison with a variance of its own",
            (None, true, false) => "REML on the differences within animals, each comparison with variances of its own",
            (None, false, true) => "one slice per animal; each condition with a variance of its own",
            (None, false, false) => "REML, each condition with variances of its own",
        }
    }

    /// Degrees of freedom by name; `found` is what a comparison says of itself.
    pub fn df_method(&self, found: DfMethod) -> &'static str {
        match (self.equal(), self.shape.inside, self.shape.single) {
            (None, true, true) => "paired",
            (None, false, true) if self.cells.len() > 1 => "Welch",
            (None, false, true) => "residual",
            _ => found.name(),
        }
    }

    /// The model with its degrees of freedom, as a sentence ends.
    pub fn method(&self, found: DfMethod) -> String {
        let name = self.name();
        match (self.equal(), self.shape.single) {
            (None, true) | (Some(Equal::Pooled(_)), _) => name.to_owned(),
            _ => format!("{name}, {}, {} degrees of freedom", self.estimation(), spelt(found)),
        }
    }

    /// The fit as the findings state it; `variances` are those of the comparisons.
    pub fn stated(&self, induction: &str, variances: Vec<Variances>) -> ModelFit {
        let mut names: Vec<(usize, &str)> = Vec::new();
        for (at, cell) in self.cells.iter().enumerate() {
            names.extend(cell.animals.iter().map(|(name, _)| (if self.shape.inside { 0 } else { at }, name.as_str())));
        }
        names.sort_unstable();
        names.dedup();
        let df = match self.equal() {
            Some(Equal::Mixed { df, fit, .. }) if !fit.singular => *df,
            Some(Equal::Mixed { .. }) => DfMethod::KenwardRoger,
            Some(Equal::Pooled(_)) => DfMethod::Residual,
            None => DfMethod::Satterthwaite,
        };
        let (sd_animal, sd_animal_condition, sd_slice) = match self.equal() {
            Some(model) => model.deviations(),
            None if self.shape.inside => self.descriptive(),
            None => {
                let of = |sd: fn(&Variances) -> f64| root_mean_square(variances.iter().map(sd));
                (of(|v| v.sd_animal), f64::NAN, of(|v| v.sd_slice))
            }
        };
        let change = if sd_animal_condition.is_nan() { 0.0 } else { sd_animal_condition.powi(2) };
        ModelFit {
            induction: induction.to_owned(),
            name: self.name().to_owned(),
            formula: self.formula(),
            method: self.estimation().to_owned(),
            df_method: self.df_method(df).to_owned(),
            sd_animal,
            sd_animal_condition,
            sd_slice,
            icc: sd_animal.powi(2) / (sd_animal.powi(2) + change + sd_slice.powi(2)),
            singular: self.equal().map_or_else(|| variances.iter().any(|v| v.at_zero), Equal::is_singular),
            converged: self.equal().is_none_or(Equal::is_converged),
            log_likelihood: self.equal().map_or(f64::NAN, Equal::log_likelihood),
            variances: if self.equal().is_some() { Vec::new() } else { variances },
            n_slices: self.cells.iter().map(|cell| cell.n_slices()).sum(),
            n_animals: names.len(),
        }
    }
}

/// Two authors are joined by a dash, not a hyphen.
pub(crate) fn spelt(df: DfMethod) -> String {
    df.name().replace("Kenward-Roger", "Kenward–Roger")
}
