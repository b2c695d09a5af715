//! From a table and a question to the answer.

use crate::applies::refuse_idle;
use crate::covariate;
use crate::fault::Fault;
use crate::methods::doses::{curves, dose, receptor, synergy};
use crate::methods::{
    cohorts, counts, difference, factorial, family, groups, one_sample, pairs, power, resampling, robust,
};
use crate::mixed::{equivalence, mixed, model};
use crate::outcome::{Found, Outcome};
use crate::question::{Method, Question};
use crate::table::roles::{has_groups, told_apart};
use crate::words::counted;
use crate::{apa, surprise};
use recording::table::Table;
use serde_json::Value;

/// What a table says to a question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The method.
    pub method: Method,
    /// What counts as n: `animal`, `slice` or `row`.
    pub unit: &'static str,
    /// Confidence level of the intervals.
    pub level: f64,
    /// Results, warnings and the sentence.
    pub outcome: Outcome,
    /// The page ends in the line in APA form.
    show_apa: bool,
}

impl Answer {
    /// A page: test, units, results, warnings and a sentence for a paper.
    pub fn text(&self) -> String {
        self.outcome.text(self.unit, self.show_apa)
    }

    /// All numbers with all digits, in the shape of [`crate::SCHEMA`].
    pub fn json(&self) -> Value {
        self.outcome.json(self.method.name(), self.unit, self.level)
    }
}

/// Reads the columns that the question names and applies its method.
///
/// # Errors
/// A [`Fault`] names the column and the row that the method cannot use, or says
/// what the question lacks ([`Fault::Question`]).
pub fn answer(table: &Table, question: &Question) -> Result<Answer, Fault> {
    let question = &told_apart(table, question);
    refuse_idle(question)?;
    let (data, mut outcome) = apply(table, question)?;
    outcome.warnings.extend(data.warnings(question.method));
    let level = outcome.level.unwrap_or(question.level);
    let animals = data.animal.as_ref().map(|_| data.animals());
    if let Some(bound) = question.equivalence {
        equivalence::add(&mut outcome, question.method, bound, question.level)?;
    }
    for row in &mut outcome.rows {
        row.model.get_or_insert_with(|| outcome.title.clone());
        row.n_animals = row.n_animals.or(animals);
        row.n_slices = row.n_slices.or_else(|| data.slices());
        row.warnings.extend(outcome.warnings.iter().cloned());
        row.apa = apa::line(row, level);
    }
    if question.s_values {
        surprise::add(&mut outcome, level);
    }
    Ok(Answer { method: question.method, unit: data.unit_name(), level, outcome, show_apa: question.apa })
}

fn apply(table: &Table, question: &Question) -> Found {
    use Method as M;
    let pairs = [M::Paired, M::Wilcoxon, M::Sign, M::Permutation, M::Tost, M::Bayes];
    let most = if pairs.contains(&question.method) { 2 } else { 1 };
    if question.response.len() > most {
        // A column that nobody reads must not vanish in silence.
        let (most, found) = (counted(most, "column"), question.response.join(", "));
        return Err(Fault::asked(format!("--response takes {most} here: {found}")));
    }
    match question.method {
        Method::Welch | Method::Student | Method::MannWhitney | Method::BrunnerMunzel => groups::two(table, question),
        Method::Shapiro | Method::Levene => groups::assumptions(table, question),
        Method::Anova | Method::WelchAnova | Method::Kruskal => groups::several(table, question),
        Method::OneSample => one_sample::one_sample(table, question),
        Method::Wilcoxon | Method::Sign if question.against.is_some() => one_sample::one_sample(table, question),
        Method::Paired | Method::Wilcoxon | Method::Sign => pairs::paired(table, question),
        Method::Tost | Method::Bayes => difference::difference(table, question),
        Method::Anova2 => factorial::two_way(table, question),
        Method::RmAnova => factorial::repeated(table, question),
        Method::Mixed if question.is_extended() || !has_groups(table, question) => model::model(table, question),
        Method::Mixed => mixed::mixed(table, question),
        Method::Dunnett | Method::Tukey | Method::GamesHowell => family::all_pairs(table, question),
        Method::Adjust => family::adjust(table, question),
        Method::Yuen | Method::Huber => robust::two(table, question),
        Method::Counts | Method::Proportions => counts::counts(table, question),
        Method::Meta => cohorts::meta(table, question),
        Method::Sequential => cohorts::sequential(table, question),
        Method::Bootstrap => resampling::bootstrap(table, question),
        Method::Permutation => resampling::permutation(table, question),
        Method::Cluster => resampling::cluster(table, question),
        Method::DoseResponse if !question.group.is_empty() => synergy::compare(table, question),
        Method::DoseResponse => dose::dose_response(table, question),
        Method::Synergy => synergy::synergy(table, question),
        Method::Schild => curves::schild(table, question),
        Method::Allosteric => receptor::allosteric(table, question),
        Method::Operational => receptor::operational(table, question),
        Method::Interaction if question.group.len() == 2 => mixed::interaction(table, question),
        Method::Interaction => curves::interaction(table, question),
        Method::Power => power::power(table, question),
        Method::Ancova | Method::InputOutput => covariate::covariate(table, question),
    }
}
