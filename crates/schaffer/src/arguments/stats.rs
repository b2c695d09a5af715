//! What can be typed after `schaffer stats`, and the question that it asks.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use statistics::DfMethod;
use statistics::adjust::Adjustment;
use statistics::anova::SumsOfSquares;
use statistics::dose_response::Shape;
use std::path::PathBuf;
use tabular::{Method, Question};

/// Arguments of `stats`.
#[derive(Debug, Args)]
pub struct Stats {
    /// The method.
    #[arg(value_name = "METHOD", value_parser = method())]
    pub method: Method,
    /// The table: CSV with a header line.
    #[arg(value_name = "DATA.csv")]
    pub data: PathBuf,
    /// Column of the response [default: response, y or (adjust) p]; two columns for pairs.
    #[arg(long, value_name = "COL[,COL]", value_delimiter = ',')]
    pub response: Vec<String>,
    /// Column of the group [default: group]; two columns for two factors.
    #[arg(long, value_name = "COL[,COL]", value_delimiter = ',')]
    pub group: Vec<String>,
    /// Column that names the animal [default: animal, if there is one].
    #[arg(long, value_name = "COL")]
    pub animal: Option<String>,
    /// Column that names the slice inside its animal [default: slice, if there is one].
    #[arg(long, value_name = "COL")]
    pub slice: Option<String>,
    /// Experimental unit [default: animal, else slice, else the row].
    #[arg(long, value_enum)]
    pub unit: Option<Unit>,
    /// Column of the dose [default: dose]; two columns for two substances; a
    /// covariate of numbers in mixed.
    #[arg(long, value_name = "COL[,COL]", value_delimiter = ',')]
    pub dose: Vec<String>,
    /// Column of the condition or time within a unit (rm-anova, cluster, mixed).
    #[arg(long, value_name = "COL")]
    pub within: Option<String>,
    /// Group that the others are compared with [default: the first in the table].
    #[arg(long, value_name = "NAME")]
    pub reference: Option<String>,
    /// Denominator degrees of freedom of mixed models.
    #[arg(long, value_enum, default_value = "kenward-roger")]
    pub df: Df,
    /// Random effects of mixed models [default: animal; animal-slice if slices
    /// have several rows].
    #[arg(long, value_enum)]
    pub random: Option<Random>,
    /// The effect of --dose varies between animals (mixed).
    #[arg(long)]
    pub random_slope: bool,
    /// Residuals of a slice are correlated along --within, which then holds
    /// numbers: AR(1) (mixed).
    #[arg(long)]
    pub autoregression: bool,
    /// What is maximised (mixed).
    #[arg(long, value_enum, default_value = "reml")]
    pub likelihood: Likelihood,
    /// Profile-likelihood intervals of SDs and coefficients (mixed).
    #[arg(long)]
    pub profile: bool,
    /// Estimated marginal means with their intervals (mixed).
    #[arg(long)]
    pub means: bool,
    /// All pairs by Tukey's test, instead of comparisons with the reference (mixed).
    #[arg(long)]
    pub pairs: bool,
    /// Adjustment for several comparisons.
    #[arg(long, value_enum)]
    pub adjust: Option<Adjust>,
    /// Confidence level of intervals.
    #[arg(long, value_name = "LEVEL", default_value_t = Question::LEVEL, value_parser = level)]
    pub interval: f64,
    /// Seed of resampling and simulation.
    #[arg(long, value_name = "N", default_value = "0")]
    pub seed: u64,
    /// Resamples, random arrangements or simulated experiments.
    #[arg(long, value_name = "N", default_value_t = Question::RESAMPLES, value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    pub resamples: u32,
    /// Lower bound of equivalence, unit of the response (tost).
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub low: Option<f64>,
    /// Upper bound of equivalence (tost).
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub high: Option<f64>,
    /// Scale of the Cauchy prior, in SD (bayes).
    #[arg(long, value_name = "R", default_value_t = statistics::bayes::MEDIUM_SCALE)]
    pub scale: f64,
    /// Sums of squares (anova2).
    #[arg(long, value_enum, default_value = "3")]
    pub sums: Sums,
    /// Parameters of the curve (dose-response).
    #[arg(long, value_enum, default_value = "4pl")]
    pub shape: Curve,
    /// P value at which a point enters a cluster (cluster).
    #[arg(long, value_name = "P", default_value_t = Question::ENTRY, value_parser = level)]
    pub entry: f64,
    /// True difference, unit of the response [default: the one found] (power).
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub effect: Option<f64>,
    /// SD between animals [default: the one found] (power).
    #[arg(long, value_name = "X")]
    pub sd_animal: Option<f64>,
    /// SD of slices of one animal [default: the one found] (power).
    #[arg(long, value_name = "X")]
    pub sd_slice: Option<f64>,
    /// Animals of each group of the planned experiment (power).
    #[arg(long, value_name = "N")]
    pub animals: Option<usize>,
    /// Slices of each animal of the planned experiment (power).
    #[arg(long, value_name = "N")]
    pub slices: Option<usize>,
    /// Leave out rows without a response, and say how many.
    #[arg(long)]
    pub drop_missing: bool,
    /// Print as JSON, every number with all digits.
    #[arg(long)]
    pub json: bool,
}

/// What counts as one independent value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// The mean of the slices of an animal.
    Animal,
    /// The slice.
    Slice,
}

/// Random effects of mixed models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Random {
    /// Animals.
    Animal,
    /// Animals, and slices in them.
    AnimalSlice,
}

/// What a mixed model maximises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Likelihood {
    /// Restricted likelihood: the default.
    Reml,
    /// Full likelihood: to compare models with different fixed effects.
    Ml,
}

/// Degrees of freedom of mixed models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Df {
    /// Kenward and Roger 1997.
    KenwardRoger,
    /// Satterthwaite.
    Satterthwaite,
}

impl Stats {
    /// What is asked of the table.
    pub fn question(&self) -> Question {
        Question {
            method: self.method,
            response: self.response.clone(),
            group: self.group.clone(),
            animal: self.animal.clone(),
            slice: self.slice.clone(),
            unit: self.unit.map(Into::into),
            dose: self.dose.clone(),
            within: self.within.clone(),
            reference: self.reference.clone(),
            df: self.df.into(),
            random: self.random.map(Into::into),
            random_slope: self.random_slope,
            autoregression: self.autoregression,
            likelihood: self.likelihood.into(),
            profile: self.profile,
            means: self.means,
            pairs: self.pairs,
            adjust: self.adjust.map(Into::into),
            level: self.interval,
            seed: self.seed,
            resamples: self.resamples as usize,
            low: self.low,
            high: self.high,
            scale: self.scale,
            sums: self.sums.into(),
            shape: self.shape.into(),
            entry: self.entry,
            effect: self.effect,
            sd_animal: self.sd_animal,
            sd_slice: self.sd_slice,
            animals: self.animals,
            slices: self.slices,
            drop_missing: self.drop_missing,
        }
    }
}

/// The name of a method.
fn method() -> impl TypedValueParser<Value = Method> {
    let named = |name: String| Method::named(&name).ok_or("no method of that name");
    PossibleValuesParser::new(Method::ALL.map(Method::name)).try_map(named)
}

impl From<Unit> for tabular::Unit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Animal => tabular::Unit::Animal,
            Unit::Slice => tabular::Unit::Slice,
        }
    }
}

impl From<Random> for tabular::Random {
    fn from(random: Random) -> Self {
        match random {
            Random::Animal => tabular::Random::Animal,
            Random::AnimalSlice => tabular::Random::AnimalSlice,
        }
    }
}

impl From<Likelihood> for tabular::Likelihood {
    fn from(likelihood: Likelihood) -> Self {
        match likelihood {
            Likelihood::Reml => tabular::Likelihood::Reml,
            Likelihood::Ml => tabular::Likelihood::Ml,
        }
    }
}

impl From<Df> for DfMethod {
    fn from(df: Df) -> Self {
        match df {
            Df::KenwardRoger => DfMethod::KenwardRoger,
            Df::Satterthwaite => DfMethod::Satterthwaite,
        }
    }
}

/// Adjustments of p values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names are those of the methods")]
pub enum Adjust {
    None,
    Bonferroni,
    Sidak,
    Holm,
    Hochberg,
    Hommel,
    Bh,
    By,
}

impl From<Adjust> for Adjustment {
    fn from(adjust: Adjust) -> Self {
        match adjust {
            Adjust::None => Adjustment::None,
            Adjust::Bonferroni => Adjustment::Bonferroni,
            Adjust::Sidak => Adjustment::Sidak,
            Adjust::Holm => Adjustment::Holm,
            Adjust::Hochberg => Adjustment::Hochberg,
            Adjust::Hommel => Adjustment::Hommel,
            Adjust::Bh => Adjustment::BenjaminiHochberg,
            Adjust::By => Adjustment::BenjaminiYekutieli,
        }
    }
}

/// Types of sums of squares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sums {
    /// Sequential.
    #[value(name = "1")]
    One,
    /// Main effects without regard to the interaction.
    #[value(name = "2")]
    Two,
    /// Main effects of unweighted cell means.
    #[value(name = "3")]
    Three,
}

impl From<Sums> for SumsOfSquares {
    fn from(sums: Sums) -> Self {
        match sums {
            Sums::One => SumsOfSquares::TypeI,
            Sums::Two => SumsOfSquares::TypeII,
            Sums::Three => SumsOfSquares::TypeIII,
        }
    }
}

/// Curves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Curve {
    /// Baseline, plateau, EC50; Hill slope 1.
    #[value(name = "3pl")]
    Three,
    /// Hill slope too.
    #[value(name = "4pl")]
    Four,
    /// Asymmetry too.
    #[value(name = "5pl")]
    Five,
}

impl From<Curve> for Shape {
    fn from(curve: Curve) -> Self {
        match curve {
            Curve::Three => Shape::ThreeParameter,
            Curve::Four => Shape::FourParameter,
            Curve::Five => Shape::FiveParameter,
        }
    }
}

/// A number between 0 and 1, both excluded.
fn level(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value < 1.0 => Ok(value),
        _ => Err(String::from("expected a number between 0 and 1")),
    }
}
