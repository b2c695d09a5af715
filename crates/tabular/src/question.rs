//! What is asked of a table: method, columns, unit, and how it is to be computed.

use crate::choice::Choice;
use crate::random::Random;
use statistics::DfMethod;
use statistics::adjust::Adjustment;
use statistics::anova::SumsOfSquares;
use statistics::covariate::Slopes;
use statistics::dose_response::Shape;
use statistics::gatekeeping::Gate;
use statistics::sequential::Spending;

/// A question to a table. Columns that are not named have usual names; what was
/// [stated](Question::stated) and does not apply to the method is refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The method.
    pub method: Method,
    /// Columns of the response; none: `response`, `y`, `potentiation_percent` or
    /// (adjust) `p`; two for pairs. A text that is no title is split at its commas.
    pub response: Vec<String>,
    /// Columns of the group; none: `group`, `condition` or `treatment`; two for two factors.
    pub group: Vec<String>,
    /// Column of the animal; none: `animal`, `mouse`, `rat`, `subject` …, if there is one.
    pub animal: Option<String>,
    /// Column of the slice inside its animal; none: `slice`, `cell`, `neuron` …, if there is one.
    pub slice: Option<String>,
    /// Experimental unit; none: animal, else slice, else the row.
    pub unit: Option<Unit>,
    /// Columns of the dose; none: `dose`; two for two substances; a covariate in mixed.
    pub dose: Vec<String>,
    /// Column of the condition or time within a unit.
    pub within: Option<String>,
    /// Whether animals of the same name in several groups are the same animals; none:
    /// as the table shows it, refused where it does not.
    pub design: Option<Design>,
    /// Value that one sample is compared with, unit of the response; none: 0
    /// (one-sample), pairs (wilcoxon, sign).
    pub against: Option<f64>,
    /// Group that the others are compared with; none: the one with a usual name of a
    /// control, else the first in the order of names.
    pub reference: Option<String>,
    /// Denominator degrees of freedom of mixed models.
    pub df: DfMethod,
    /// Random effects of mixed models; none: those of the design.
    pub random: Option<Random>,
    /// Variances of mixed models; none: of each group its own, but equal where `df` or
    /// `random` are stated or the model has more than one mean a group.
    pub variances: Option<Variances>,
    /// The effect of the dose varies between animals (mixed).
    pub random_slope: bool,
    /// Residuals of a slice are AR(1) along `within`, which then holds numbers (mixed).
    pub autoregression: bool,
    /// What is maximised (mixed).
    pub likelihood: Likelihood,
    /// Profile-likelihood intervals of SDs and coefficients (mixed).
    pub profile: bool,
    /// Estimated marginal means with their intervals (mixed).
    pub means: bool,
    /// All pairs by Tukey's test, instead of comparisons with the reference (mixed).
    pub pairs: bool,
    /// Adjustment for several comparisons; none: that of the method.
    pub adjust: Option<Adjustment>,
    /// Confidence level of intervals, between 0 and 1.
    pub level: f64,
    /// Seed of resampling and simulation.
    pub seed: u64,
    /// Resamples, random arrangements or simulated experiments.
    pub resamples: usize,
    /// Lower bound of equivalence, unit of the response (tost).
    pub low: Option<f64>,
    /// Upper bound of equivalence, unit of the response (tost).
    pub high: Option<f64>,
    /// Scale of the Cauchy prior, in SD (bayes).
    pub scale: f64,
    /// Sums of squares (anova2).
    pub sums: SumsOfSquares,
    /// Parameters of the curve (dose-response).
    pub shape: Shape,
    /// P value at which a point enters a cluster (cluster).
    pub entry: f64,
    /// True difference, unit of the response; none: the one found (power).
    pub effect: Option<f64>,
    /// SD between animals; none: the one found (power).
    pub sd_animal: Option<f64>,
    /// SD of slices of one animal; none: the one found (power).
    pub sd_slice: Option<f64>,
    /// Animals of each group of the planned experiment (power).
    pub animals: Option<usize>,
    /// Slices of each animal of the planned experiment (power).
    pub slices: Option<usize>,
    /// SD of the belief about the true difference, unit of the response (power).
    pub effect_sd: Option<f64>,
    /// Column of the trials (proportions) or the exposure (counts); none: 1.
    pub size: Option<String>,
    /// Counts vary more than Poisson counts (counts).
    pub negative_binomial: bool,
    /// Column of the standard errors (meta).
    pub se: Option<String>,
    /// Column of the share of the information, 0 to 1 (sequential).
    pub information: Option<String>,
    /// How alpha is spent; none: the O'Brien-Fleming kind (sequential).
    pub spending: Option<Spending>,
    /// Order of importance of outcomes; families from `group` (adjust).
    pub gates: Option<Gate>,
    /// Column of the covariate: volley, baseline, age (ancova, input-output).
    pub covariate: Option<String>,
    /// Slopes along the covariate; none: equal (ancova), of each group (input-output).
    pub slopes: Option<Slopes>,
    /// Covariate at which means are adjusted; none: its mean (ancova, input-output).
    pub at: Option<f64>,
    /// Bound of equivalence either side of 0, unit of the response (mixed, one-sample, ancova).
    pub equivalence: Option<f64>,
    /// Rows without a response are left out and counted.
    pub drop_missing: bool,
    /// S-values beside p values, and what intervals are compatible with.
    pub s_values: bool,
    /// A line in the form of the American Psychological Association on the page.
    pub apa: bool,
    /// What was stated and not left at its usual value.
    pub stated: Vec<Choice>,
}

impl Question {
    /// Usual confidence level.
    pub const LEVEL: f64 = 0.95;
    /// Usual number of resamples, random arrangements or simulated experiments.
    pub const RESAMPLES: u32 = 10_000;
    /// Usual p value at which a point enters a cluster.
    pub const ENTRY: f64 = 0.05;

    /// A question with all that is usual.
    pub fn new(method: Method) -> Question {
        Question {
            method,
            response: Vec::new(),
            group: Vec::new(),
            animal: None,
            slice: None,
            unit: None,
            dose: Vec::new(),
            within: None,
            design: None,
            against: None,
            reference: None,
            df: DfMethod::KenwardRoger,
            random: None,
            variances: None,
            random_slope: false,
            autoregression: false,
            likelihood: Likelihood::Reml,
            profile: false,
            means: false,
            pairs: false,
            adjust: None,
            level: Question::LEVEL,
            seed: 0,
            resamples: Question::RESAMPLES as usize,
            low: None,
            high: None,
            scale: statistics::bayes::MEDIUM_SCALE,
            sums: SumsOfSquares::TypeIII,
            shape: Shape::FourParameter,
            entry: Question::ENTRY,
            effect: None,
            sd_animal: None,
            sd_slice: None,
            animals: None,
            slices: None,
            effect_sd: None,
            size: None,
            negative_binomial: false,
            se: None,
            information: None,
            spending: None,
            gates: None,
            covariate: None,
            slopes: None,
            at: None,
            equivalence: None,
            drop_missing: false,
            s_values: false,
            apa: false,
            stated: Vec::new(),
        }
    }

    /// Whether degrees of freedom or random effects were stated: the model that other
    /// programs know by these words has equal variances.
    pub(crate) fn is_stated_classical(&self) -> bool {
        self.stated.contains(&Choice::Df) || self.random.is_some()
    }

    /// Whether degrees of freedom of Kenward and Roger were stated.
    pub(crate) fn is_stated_kenward_roger(&self) -> bool {
        self.stated.contains(&Choice::Df) && self.df == DfMethod::KenwardRoger
    }

    /// Whether a mixed model goes beyond one mean per group and animals.
    pub(crate) fn is_extended(&self) -> bool {
        self.within.is_some()
            || !self.dose.is_empty()
            || self.random.is_some()
            || self.random_slope
            || self.autoregression
            || self.likelihood == Likelihood::Ml
            || self.profile
            || self.means
            || self.pairs
    }
}

/// The methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the methods")]
pub enum Method {
    Welch,
    Student,
    Paired,
    OneSample,
    MannWhitney,
    Wilcoxon,
    Sign,
    BrunnerMunzel,
    Shapiro,
    Levene,
    Anova,
    WelchAnova,
    Kruskal,
    Anova2,
    RmAnova,
    Mixed,
    Dunnett,
    Tukey,
    GamesHowell,
    Yuen,
    Huber,
    Counts,
    Proportions,
    Bootstrap,
    Permutation,
    Cluster,
    Tost,
    Bayes,
    DoseResponse,
    Schild,
    Allosteric,
    Operational,
    Interaction,
    Synergy,
    Power,
    Adjust,
    Sequential,
    Meta,
    Ancova,
    InputOutput,
}

impl Method {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Method; 40] = [
        Method::Welch,
        Method::Student,
        Method::Paired,
        Method::OneSample,
        Method::MannWhitney,
        Method::Wilcoxon,
        Method::Sign,
        Method::BrunnerMunzel,
        Method::Shapiro,
        Method::Levene,
        Method::Anova,
        Method::WelchAnova,
        Method::Kruskal,
        Method::Anova2,
        Method::RmAnova,
        Method::Mixed,
        Method::Dunnett,
        Method::Tukey,
        Method::GamesHowell,
        Method::Yuen,
        Method::Huber,
        Method::Counts,
        Method::Proportions,
        Method::Bootstrap,
        Method::Permutation,
        Method::Cluster,
        Method::Tost,
        Method::Bayes,
        Method::DoseResponse,
        Method::Schild,
        Method::Allosteric,
        Method::Operational,
        Method::Interaction,
        Method::Synergy,
        Method::Power,
        Method::Adjust,
        Method::Sequential,
        Method::Meta,
        Method::Ancova,
        Method::InputOutput,
    ];

    /// The name as typed and as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Method::Welch => "welch",
            Method::Student => "student",
            Method::Paired => "paired",
            Method::OneSample => "one-sample",
            Method::MannWhitney => "mann-whitney",
            Method::Wilcoxon => "wilcoxon",
            Method::Sign => "sign",
            Method::BrunnerMunzel => "brunner-munzel",
            Method::Shapiro => "shapiro",
            Method::Levene => "levene",
            Method::Anova => "anova",
            Method::WelchAnova => "welch-anova",
            Method::Kruskal => "kruskal",
            Method::Anova2 => "anova2",
            Method::RmAnova => "rm-anova",
            Method::Mixed => "mixed",
            Method::Dunnett => "dunnett",
            Method::Tukey => "tukey",
            Method::GamesHowell => "games-howell",
            Method::Yuen => "yuen",
            Method::Huber => "huber",
            Method::Counts => "counts",
            Method::Proportions => "proportions",
            Method::Bootstrap => "bootstrap",
            Method::Permutation => "permutation",
            Method::Cluster => "cluster",
            Method::Tost => "tost",
            Method::Bayes => "bayes",
            Method::DoseResponse => "dose-response",
            Method::Schild => "schild",
            Method::Allosteric => "allosteric",
            Method::Operational => "operational",
            Method::Interaction => "interaction",
            Method::Synergy => "synergy",
            Method::Power => "power",
            Method::Adjust => "adjust",
            Method::Sequential => "sequential",
            Method::Meta => "meta",
            Method::Ancova => "ancova",
            Method::InputOutput => "input-output",
        }
    }

    /// The method of that name.
    pub fn named(name: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// Which designs a method can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Designs {
    /// Groups of different animals.
    Between,
    /// Several conditions of the same animals.
    Within,
    /// Either.
    Either,
    /// Each group by itself: who else is in another one does not matter.
    Apart,
}

impl Method {
    /// Which designs the method can take as it reads a column of groups.
    pub(crate) fn designs(self) -> Designs {
        match self {
            Method::Paired | Method::Wilcoxon | Method::Sign => Designs::Within,
            Method::Mixed
            | Method::Interaction
            | Method::Cluster
            | Method::DoseResponse
            | Method::Operational
            | Method::Counts
            | Method::Proportions
            | Method::Ancova
            | Method::InputOutput => Designs::Either,
            Method::OneSample => Designs::Apart,
            _ => Designs::Between,
        }
    }

    /// Whether the method compares conditions of the same animals if the question
    /// says that they are.
    pub(crate) fn pairs_on_request(self) -> bool {
        matches!(self, Method::Permutation | Method::Tost | Method::Bayes)
    }
}

/// Who is under which condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Design {
    /// Each animal under one condition: names that occur under several are of
    /// different animals.
    #[default]
    BetweenAnimals,
    /// Animals under several conditions.
    WithinAnimal,
}

/// What counts as one independent value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The mean of the slices of an animal.
    Animal,
    /// The slice.
    Slice,
}

/// Variances of mixed models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variances {
    /// The same in all groups.
    Equal,
    /// Of each group (between animals) or comparison (within animals) its own.
    ByGroup,
}

/// What a mixed model maximises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likelihood {
    /// Restricted likelihood.
    Reml,
    /// Full likelihood: to compare models with different fixed effects.
    Ml,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_found_by_its_own_name() {
        for method in Method::ALL {
            assert_eq!(Method::named(method.name()), Some(method));
        }
        assert_eq!(Method::named("Welch"), None);
    }
}
