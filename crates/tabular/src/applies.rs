//! Which methods have a use for what was stated: what does not apply is refused,
//! never ignored.

use crate::choice::Choice;
use crate::fault::Fault;
use crate::question::{Design, Designs, Likelihood, Method, Question};

impl Choice {
    /// Whether a method has a use for it.
    pub fn applies_to(self, method: Method) -> bool {
        use Method as M;
        let substances = matches!(method, M::Schild | M::Allosteric | M::Synergy);
        // One row a cohort, a look or a p value: no animals, no groups of them.
        let of_rows = matches!(method, M::Adjust | M::Sequential | M::Meta);
        match self {
            Choice::Response => true,
            Choice::Animal | Choice::Slice => !of_rows,
            Choice::Group => method != M::Sequential && !substances,
            Choice::Design => !of_rows && !substances,
            // The models take slices of animals as they are.
            Choice::Unit => {
                !of_rows
                    && !matches!(method, M::Mixed | M::Power | M::Counts | M::Proportions | M::Ancova | M::InputOutput)
            }
            Choice::Dose => {
                substances || matches!(method, M::DoseResponse | M::Operational | M::Interaction | M::Mixed)
            }
            Choice::Within => matches!(method, M::RmAnova | M::Cluster | M::Mixed),
            Choice::Against => matches!(method, M::OneSample | M::Wilcoxon | M::Sign),
            Choice::Reference => has_reference(method),
            Choice::Df => matches!(method, M::Mixed | M::Interaction | M::Power | M::Ancova | M::InputOutput),
            Choice::Variances => matches!(method, M::Mixed | M::Interaction),
            Choice::Random
            | Choice::RandomSlope
            | Choice::Autoregression
            | Choice::Likelihood
            | Choice::Profile
            | Choice::Means
            | Choice::Pairs => method == M::Mixed,
            Choice::Adjust => matches!(method, M::Adjust | M::Tukey | M::GamesHowell | M::Mixed),
            Choice::Interval => has_interval(method),
            Choice::Seed | Choice::Resamples => {
                matches!(method, M::Bootstrap | M::Permutation | M::Cluster | M::Power)
            }
            Choice::Low | Choice::High => method == M::Tost,
            Choice::Scale => method == M::Bayes,
            Choice::Sums => method == M::Anova2,
            Choice::Shape => matches!(method, M::DoseResponse | M::InputOutput),
            Choice::Entry => method == M::Cluster,
            Choice::Effect | Choice::SdAnimal | Choice::SdSlice | Choice::Animals | Choice::Slices => {
                method == M::Power
            }
            Choice::EffectSd => method == M::Power,
            Choice::Size => matches!(method, M::Counts | M::Proportions),
            Choice::NegativeBinomial => method == M::Counts,
            Choice::Se | Choice::Forest => method == M::Meta,
            Choice::Information | Choice::Spending => method == M::Sequential,
            Choice::Gates => method == M::Adjust,
            Choice::Covariate | Choice::Slopes | Choice::At => matches!(method, M::Ancova | M::InputOutput),
            Choice::Equivalence => matches!(method, M::Mixed | M::OneSample | M::Ancova),
        }
    }
}

/// Methods of differences from a group; tests of all groups at once have none.
fn has_reference(method: Method) -> bool {
    use Method as M;
    !matches!(
        method,
        M::OneSample
            | M::Shapiro
            | M::Levene
            | M::Anova
            | M::WelchAnova
            | M::Kruskal
            | M::Anova2
            | M::RmAnova
            | M::Schild
            | M::Allosteric
            | M::Interaction
            | M::Synergy
            | M::Adjust
            | M::Sequential
            | M::Meta
    )
}

/// Methods that give an interval, or plan at the level that belongs to it.
fn has_interval(method: Method) -> bool {
    use Method as M;
    !matches!(
        method,
        M::Shapiro
            | M::Levene
            | M::Anova
            | M::WelchAnova
            | M::Kruskal
            | M::Anova2
            | M::RmAnova
            | M::Permutation
            | M::Cluster
            | M::Adjust
    )
}

/// Refuses what was stated and does not apply.
pub(crate) fn refuse_idle(question: &Question) -> Result<(), Fault> {
    let method = question.method;
    for &choice in &question.stated {
        if !choice.applies_to(method) {
            let takers: Vec<&str> =
                Method::ALL.into_iter().filter(|method| choice.applies_to(*method)).map(Method::name).collect();
            return Err(Fault::asked(format!(
                "--{} does not apply to {}; it is an option of {}",
                choice.name(),
                method.name(),
                takers.join(", ")
            )));
        }
    }
    for &choice in &question.stated {
        if let Some(why) = idle(question, choice) {
            return Err(Fault::asked(format!("--{} does not apply to {} {why}", choice.name(), method.name())));
        }
    }
    let design = match (question.design, method) {
        (Some(Design::BetweenAnimals), Method::Paired | Method::Wilcoxon | Method::Sign) => {
            "compares the same animals: for different animals take welch or mann-whitney"
        }
        (Some(Design::WithinAnimal), other) if !takes_same_animals(other) => {
            "compares different animals: for the same animals take paired, wilcoxon, permutation, rm-anova, cluster \
             or mixed"
        }
        _ => return Ok(()),
    };
    Err(Fault::asked(format!("{} {design}", method.name())))
}

fn takes_same_animals(method: Method) -> bool {
    method.designs() != Designs::Between || method.pairs_on_request()
}

/// Why a choice that the method takes is idle beside the others that were stated.
fn idle(question: &Question, choice: Choice) -> Option<&'static str> {
    let wide = question.response.len() == 2;
    let two_factors = question.method == Method::Interaction && question.group.len() == 2;
    let planned = question.method == Method::Power && question.animals.is_some();
    let gated = question.gates.is_some();
    let saturating = question.stated.contains(&Choice::Shape);
    match choice {
        Choice::Group if question.method == Method::Adjust && !gated => Some("without --gates"),
        Choice::Adjust if gated => Some("with --gates, which adjust by themselves"),
        Choice::EffectSd if !planned => Some("without --animals"),
        Choice::Group | Choice::Reference | Choice::Design if wide => Some("with two columns of responses"),
        Choice::Reference if question.against.is_some() => Some("with --against"),
        Choice::Response if wide && question.against.is_some() => Some("as two columns with --against"),
        Choice::Reference if question.method == Method::DoseResponse && question.group.is_empty() => {
            Some("without --group")
        }
        Choice::Df | Choice::Slopes | Choice::At if question.method == Method::InputOutput && saturating => {
            Some("with --shape: a saturating curve has no straight slope")
        }
        Choice::Dose if two_factors => Some("with two columns of groups"),
        Choice::Unit if two_factors => Some("with two columns of groups: slices are taken within their animals"),
        Choice::Group | Choice::Df | Choice::Variances | Choice::Design
            if question.method == Method::Interaction && !two_factors =>
        {
            Some("without two columns of groups (--group A,B)")
        }
        Choice::Design if question.method == Method::DoseResponse && question.group.is_empty() => {
            Some("without --group")
        }
        Choice::Seed | Choice::Resamples | Choice::Df if planned => Some("with --animals: the power is computed"),
        Choice::Df if question.likelihood == Likelihood::Ml => Some("with --likelihood ml, whose tests are z"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_a_taker_and_but_two_a_method_that_refuses_it() {
        for choice in Choice::ALL {
            let takers = Method::ALL.into_iter().filter(|method| choice.applies_to(*method)).count();
            assert!(takers > 0, "{choice:?}");
            assert!(takers < Method::ALL.len() || choice == Choice::Response, "{choice:?}");
        }
    }

    #[test]
    fn idle_choices_are_refused_by_name() {
        let stated = |method, choice| Question { stated: vec![choice], ..Question::new(method) };
        for method in Method::ALL {
            for choice in Choice::ALL.into_iter().filter(|choice| !choice.applies_to(method)) {
                let told = refuse_idle(&stated(method, choice)).unwrap_err().to_string();
                assert!(told.contains(choice.name()) && told.contains(method.name()), "{told}");
            }
        }
    }
}
