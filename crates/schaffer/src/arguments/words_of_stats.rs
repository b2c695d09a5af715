//! Words that options of `schaffer stats` take.

use clap::ValueEnum;
use statistics::DfMethod;
use statistics::adjust::Adjustment;
use statistics::anova::SumsOfSquares;
use statistics::dose_response::Shape;

/// Who is under which condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Design {
    /// Different animals in each group: names restart.
    BetweenAnimals,
    /// The same animals under several conditions.
    WithinAnimal,
}

/// What counts as one independent value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// The mean of the slices of an animal.
    Animal,
    /// The slice.
    Slice,
}

/// Variances of mixed models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Variances {
    /// The same in all groups.
    Equal,
    /// Of each group (between animals) or comparison (within animals) its own.
    ByGroup,
}

/// What a mixed model maximises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Likelihood {
    /// Restricted likelihood: the default.
    Reml,
    /// Full likelihood: to compare models with different fixed effects.
    Ml,
}

/// Slopes along a covariate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Slopes {
    /// One for all groups.
    Equal,
    /// One of each group.
    ByGroup,
}

impl From<Slopes> for tabular::Slopes {
    fn from(slopes: Slopes) -> Self {
        match slopes {
            Slopes::Equal => tabular::Slopes::Equal,
            Slopes::ByGroup => tabular::Slopes::ByGroup,
        }
    }
}

/// Degrees of freedom of mixed models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Df {
    /// Kenward and Roger 1997.
    KenwardRoger,
    /// Satterthwaite.
    Satterthwaite,
}

impl From<Design> for tabular::Design {
    fn from(design: Design) -> Self {
        match design {
            Design::BetweenAnimals => tabular::Design::BetweenAnimals,
            Design::WithinAnimal => tabular::Design::WithinAnimal,
        }
    }
}

impl From<Unit> for tabular::Unit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Animal => tabular::Unit::Animal,
            Unit::Slice => tabular::Unit::Slice,
        }
    }
}

impl From<Variances> for tabular::Variances {
    fn from(variances: Variances) -> Self {
        match variances {
            Variances::Equal => tabular::Variances::Equal,
            Variances::ByGroup => tabular::Variances::ByGroup,
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

/// How alpha is spent over looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Spending {
    /// Strict at first, nearly all of alpha at the end.
    #[value(name = "obrien-fleming")]
    OBrienFleming,
    /// About the same bound at each look.
    Pocock,
}

impl From<Spending> for statistics::sequential::Spending {
    fn from(spending: Spending) -> Self {
        match spending {
            Spending::OBrienFleming => statistics::sequential::Spending::OBrienFleming,
            Spending::Pocock => statistics::sequential::Spending::Pocock,
        }
    }
}

/// Order of importance of outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Gates {
    /// One outcome after the other, in the order of the rows.
    FixedSequence,
    /// A family after all outcomes of the one before.
    Serial,
    /// A family with what the rejections of the one before hand on.
    Parallel,
}

impl From<Gates> for statistics::gatekeeping::Gate {
    fn from(gates: Gates) -> Self {
        match gates {
            Gates::FixedSequence => statistics::gatekeeping::Gate::FixedSequence,
            Gates::Serial => statistics::gatekeeping::Gate::Serial,
            Gates::Parallel => statistics::gatekeeping::Gate::Parallel,
        }
    }
}
