//! What can be typed after `schaffer stats`, and the question that it asks.

use crate::arguments::words_of_stats::{
    Adjust, Curve, Design, Df, Gates, Likelihood, Slopes, Spending, Sums, Unit, Variances,
};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;
use tabular::{Choice, Method, Question, Random};

/// Arguments of `stats`.
#[derive(Debug, Args)]
pub struct Stats {
    /// The method.
    #[arg(value_name = "METHOD", value_parser = method())]
    pub method: Method,
    /// The table: CSV with a header line.
    #[arg(value_name = "DATA.csv")]
    pub data: PathBuf,
    /// Column of the response [default: response, y, potentiation_percent or
    /// (adjust) p]; two columns for pairs. A title with commas is taken whole.
    #[arg(long, value_name = "COL[,COL]")]
    pub response: Vec<String>,
    /// Column of the group [default: group, condition or treatment]; two columns
    /// for two factors.
    #[arg(long, value_name = "COL[,COL]")]
    pub group: Vec<String>,
    /// Column that names the animal [default: animal, mouse, rat, subject …, if
    /// there is one].
    #[arg(long, value_name = "COL")]
    pub animal: Option<String>,
    /// Column that names the slice inside its animal [default: slice, cell,
    /// neuron …, if there is one].
    #[arg(long, value_name = "COL")]
    pub slice: Option<String>,
    /// Experimental unit [default: animal, else slice, else the row].
    #[arg(long, value_enum)]
    pub unit: Option<Unit>,
    /// Column of the dose [default: dose]; two columns for two substances; a
    /// covariate of numbers in mixed.
    #[arg(long, value_name = "COL[,COL]")]
    pub dose: Vec<String>,
    /// Column of the condition or time within a unit (rm-anova, cluster, mixed).
    #[arg(long, value_name = "COL")]
    pub within: Option<String>,
    /// Whether animals of the same name in several groups are the same animals
    /// [default: as the table shows; asked for where it does not].
    #[arg(long, value_enum)]
    pub design: Option<Design>,
    /// Value that one sample is compared with: each group by itself
    /// [default: 0] (one-sample, wilcoxon, sign).
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub against: Option<f64>,
    /// Group that the others are compared with [default: a usual name of a
    /// control, else the first in the order of names].
    #[arg(long, value_name = "NAME")]
    pub reference: Option<String>,
    /// Denominator degrees of freedom of mixed models [default: kenward-roger].
    #[arg(long, value_enum)]
    pub df: Option<Df>,
    /// Random effects of mixed models, e.g. "animal, animal:condition, animal:slice":
    /// columns of a term between colons; a term without the first column is crossed
    /// with it [default: those of the design].
    #[arg(long, value_name = "TERMS")]
    pub random: Option<Random>,
    /// Variances of mixed models [default: by-group; equal with --df, --random, and
    /// with more than one mean a group].
    #[arg(long, value_enum)]
    pub variances: Option<Variances>,
    /// The effect of --dose varies between animals (mixed).
    #[arg(long)]
    pub random_slope: bool,
    /// Residuals of a slice are correlated along --within, which then holds
    /// numbers: AR(1) (mixed).
    #[arg(long)]
    pub autoregression: bool,
    /// What is maximised (mixed) [default: reml].
    #[arg(long, value_enum)]
    pub likelihood: Option<Likelihood>,
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
    /// Confidence level of intervals [default: 0.95].
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    pub interval: Option<f64>,
    /// Seed of resampling and simulation [default: 0].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Resamples, random arrangements or simulated experiments [default: 10000].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    pub resamples: Option<u32>,
    /// Lower bound of equivalence, unit of the response (tost).
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub low: Option<f64>,
    /// Upper bound of equivalence (tost).
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub high: Option<f64>,
    /// Scale of the Cauchy prior, in SD [default: 0.7071] (bayes).
    #[arg(long, value_name = "R")]
    pub scale: Option<f64>,
    /// Type of the sums of squares [default: 3] (anova2).
    #[arg(long, value_enum)]
    pub sums: Option<Sums>,
    /// Parameters of the curve [default: 4pl] (dose-response).
    #[arg(long, value_enum)]
    pub shape: Option<Curve>,
    /// P value at which a point enters a cluster [default: 0.05] (cluster).
    #[arg(long, value_name = "P", value_parser = level)]
    pub entry: Option<f64>,
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
    /// SD of the belief about the true difference: adds the assurance (power with
    /// --animals).
    #[arg(long, value_name = "X")]
    pub effect_sd: Option<f64>,
    /// Column of the trials (proportions) or of the exposure (counts) [default: 1].
    #[arg(long, value_name = "COL")]
    pub size: Option<String>,
    /// Counts that vary more than Poisson counts: negative binomial (counts).
    #[arg(long)]
    pub negative_binomial: bool,
    /// Column of the standard errors of the cohorts (meta).
    #[arg(long, value_name = "COL")]
    pub se: Option<String>,
    /// Column of the share of the information at each look, 0 to 1 (sequential).
    #[arg(long, value_name = "COL")]
    pub information: Option<String>,
    /// How alpha is spent over the looks [default: obrien-fleming] (sequential).
    #[arg(long, value_enum)]
    pub spending: Option<Spending>,
    /// Order of importance of the outcomes: of rows, or of families named by
    /// --group (adjust).
    #[arg(long, value_enum)]
    pub gates: Option<Gates>,
    /// Forest figure of the cohorts and their mean, as SVG; an existing file is
    /// replaced (meta).
    #[arg(long, value_name = "FILE.svg")]
    pub forest: Option<PathBuf>,
    /// Column of the covariate: volley, baseline, age; of the intensity or volley
    /// (ancova, input-output).
    #[arg(long, value_name = "COL")]
    pub covariate: Option<String>,
    /// Slopes along the covariate, stated and never chosen by their test [default:
    /// equal in ancova, by-group in input-output].
    #[arg(long, value_enum)]
    pub slopes: Option<Slopes>,
    /// Covariate at which means are adjusted [default: its mean] (ancova, input-output).
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub at: Option<f64>,
    /// Bound of equivalence either side of 0, unit of the response: adds two
    /// one-sided tests (mixed, one-sample, ancova).
    #[arg(long, value_name = "BOUND", allow_negative_numbers = true)]
    pub equivalence: Option<f64>,
    /// Leave out rows without a response, and say how many.
    #[arg(long)]
    pub drop_missing: bool,
    /// Add S-values (bits) and what the intervals are compatible with.
    #[arg(long)]
    pub s_values: bool,
    /// Add a line in the form of the American Psychological Association.
    #[arg(long)]
    pub apa: bool,
    /// Print as JSON, every number with all digits.
    #[arg(long)]
    pub json: bool,
}

impl Stats {
    /// What is asked of the table.
    pub fn question(&self) -> Question {
        let usual = Question::new(self.method);
        Question {
            response: self.response.clone(),
            group: self.group.clone(),
            animal: self.animal.clone(),
            slice: self.slice.clone(),
            unit: self.unit.map(Into::into),
            dose: self.dose.clone(),
            within: self.within.clone(),
            design: self.design.map(Into::into),
            against: self.against,
            reference: self.reference.clone(),
            df: self.df.map_or(usual.df, Into::into),
            random: self.random.clone(),
            variances: self.variances.map(Into::into),
            random_slope: self.random_slope,
            autoregression: self.autoregression,
            likelihood: self.likelihood.map_or(usual.likelihood, Into::into),
            profile: self.profile,
            means: self.means,
            pairs: self.pairs,
            adjust: self.adjust.map(Into::into),
            level: self.interval.unwrap_or(usual.level),
            seed: self.seed.unwrap_or(usual.seed),
            resamples: self.resamples.map_or(usual.resamples, |count| count as usize),
            low: self.low,
            high: self.high,
            scale: self.scale.unwrap_or(usual.scale),
            sums: self.sums.map_or(usual.sums, Into::into),
            shape: self.shape.map_or(usual.shape, Into::into),
            entry: self.entry.unwrap_or(usual.entry),
            effect: self.effect,
            sd_animal: self.sd_animal,
            sd_slice: self.sd_slice,
            animals: self.animals,
            slices: self.slices,
            effect_sd: self.effect_sd,
            size: self.size.clone(),
            negative_binomial: self.negative_binomial,
            se: self.se.clone(),
            information: self.information.clone(),
            spending: self.spending.map(Into::into),
            gates: self.gates.map(Into::into),
            covariate: self.covariate.clone(),
            slopes: self.slopes.map(Into::into),
            at: self.at,
            equivalence: self.equivalence,
            drop_missing: self.drop_missing,
            s_values: self.s_values,
            apa: self.apa,
            stated: self.stated(),
            ..usual
        }
    }

    /// What was typed beside the method and the table.
    fn stated(&self) -> Vec<Choice> {
        let typed = |choice: &Choice| match choice {
            Choice::Response => !self.response.is_empty(),
            Choice::Group => !self.group.is_empty(),
            Choice::Animal => self.animal.is_some(),
            Choice::Slice => self.slice.is_some(),
            Choice::Unit => self.unit.is_some(),
            Choice::Dose => !self.dose.is_empty(),
            Choice::Within => self.within.is_some(),
            Choice::Design => self.design.is_some(),
            Choice::Against => self.against.is_some(),
            Choice::Reference => self.reference.is_some(),
            Choice::Df => self.df.is_some(),
            Choice::Random => self.random.is_some(),
            Choice::Variances => self.variances.is_some(),
            Choice::RandomSlope => self.random_slope,
            Choice::Autoregression => self.autoregression,
            Choice::Likelihood => self.likelihood.is_some(),
            Choice::Profile => self.profile,
            Choice::Means => self.means,
            Choice::Pairs => self.pairs,
            Choice::Adjust => self.adjust.is_some(),
            Choice::Interval => self.interval.is_some(),
            Choice::Seed => self.seed.is_some(),
            Choice::Resamples => self.resamples.is_some(),
            Choice::Low => self.low.is_some(),
            Choice::High => self.high.is_some(),
            Choice::Scale => self.scale.is_some(),
            Choice::Sums => self.sums.is_some(),
            Choice::Shape => self.shape.is_some(),
            Choice::Entry => self.entry.is_some(),
            Choice::Effect => self.effect.is_some(),
            Choice::SdAnimal => self.sd_animal.is_some(),
            Choice::SdSlice => self.sd_slice.is_some(),
            Choice::Animals => self.animals.is_some(),
            Choice::Slices => self.slices.is_some(),
            Choice::EffectSd => self.effect_sd.is_some(),
            Choice::Size => self.size.is_some(),
            Choice::NegativeBinomial => self.negative_binomial,
            Choice::Se => self.se.is_some(),
            Choice::Information => self.information.is_some(),
            Choice::Spending => self.spending.is_some(),
            Choice::Gates => self.gates.is_some(),
            Choice::Forest => self.forest.is_some(),
            Choice::Covariate => self.covariate.is_some(),
            Choice::Slopes => self.slopes.is_some(),
            Choice::At => self.at.is_some(),
            Choice::Equivalence => self.equivalence.is_some(),
        };
        Choice::ALL.into_iter().filter(typed).collect()
    }
}

/// The name of a method.
fn method() -> impl TypedValueParser<Value = Method> {
    let named = |name: String| Method::named(&name).ok_or("no method of that name");
    PossibleValuesParser::new(Method::ALL.map(Method::name)).try_map(named)
}

/// A number between 0 and 1, both excluded.
fn level(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value < 1.0 => Ok(value),
        _ => Err(String::from("expected a number between 0 and 1")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Command;

    /// Options that change what is shown or read, not what is asked.
    const SHOWN: [&str; 4] = ["drop-missing", "s-values", "apa", "json"];

    #[test]
    fn every_option_is_a_choice_that_methods_take_or_refuse() {
        let command = Stats::augment_args(Command::new("stats"));
        let mut options: Vec<&str> = command.get_arguments().filter_map(|a| a.get_long()).collect();
        options.retain(|option| !SHOWN.contains(option));
        assert_eq!(options.len(), Choice::ALL.len(), "{options:?}");
        for choice in Choice::ALL {
            assert!(options.contains(&choice.name()), "{}", choice.name());
        }
    }
}
