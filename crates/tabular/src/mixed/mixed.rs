//! One mean a group with slices nested in animals: groups against the reference, and
//! a 2 × 2 interaction. The usual model has variances of each group its own (between
//! animals) or of each comparison its own (within animals); the design decides, never
//! the data.

use crate::fault::Fault;
use crate::mixed::cells::Cells;
use crate::mixed::equal::Equal;
use crate::mixed::nested::{Nested, nested};
use crate::outcome::{Found, Outcome, Row};
use crate::question::{Design, Question, Variances};
use crate::table::data::Data;
use crate::words::{counted, difference_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::adjust::{Adjustment, adjust};
use statistics::clustered::{self, Family};
use statistics::contrasts::AdjustedComparison;
use statistics::{Comparison, DfMethod, StatisticsError};
use std::collections::BTreeSet;

/// What was fitted.
enum Model {
    /// Variances of each group or comparison.
    Own(Cells),
    /// One set of variances.
    Equal(Box<Equal>),
}

impl Model {
    fn new(data: &Data, nested: &Nested, question: &Question) -> Result<Model, Fault> {
        let usual = if question.is_stated_classical() { Variances::Equal } else { Variances::ByGroup };
        let refused = data.refused(question.method, &nested.names);
        match question.variances.unwrap_or(usual) {
            Variances::ByGroup if question.is_stated_kenward_roger() => Err(Fault::asked(
                "--df kenward-roger needs --variances equal: variances of each group have Satterthwaite degrees of freedom",
            )),
            Variances::ByGroup => Ok(Model::Own(Cells::new(data, nested, question.method)?)),
            Variances::Equal => {
                let inside = data.design == Design::WithinAnimal;
                Ok(Model::Equal(Box::new(Equal::new(nested, inside, question.df).map_err(refused)?)))
            }
        }
    }

    fn df(&self) -> DfMethod {
        match self {
            Model::Own(_) => DfMethod::Satterthwaite,
            Model::Equal(model) => model.df,
        }
    }

    fn contrast(&self, weights: &[f64], level: f64) -> Result<Comparison, StatisticsError> {
        match self {
            Model::Own(cells) => cells.combine(weights, level),
            Model::Equal(model) => model.contrast(weights, level),
        }
    }

    /// Every cell minus the first, adjusted for their number.
    fn against_first(&self, k: usize, question: &Question) -> Result<Vec<AdjustedComparison>, StatisticsError> {
        let weights: Vec<Vec<f64>> = (1..k).map(|cell| minus_first(k, cell)).collect();
        let cells = match self {
            Model::Equal(model) => return model.against_first(&weights, question.adjust, question.level),
            Model::Own(cells) => cells,
        };
        let single: Vec<Comparison> =
            weights.iter().map(|w| cells.combine(w, question.level)).collect::<Result<_, _>>()?;
        match question.adjust {
            None => clustered::adjusted(&single, Family::Largest(&cells.correlations()?)),
            Some(Adjustment::Holm) => clustered::adjusted(&single, Family::Holm),
            Some(method) => {
                let plain: Vec<f64> = single.iter().map(|c| c.p).collect();
                let mut found = clustered::adjusted(&single, Family::Alone)?;
                for (c, p) in found.iter_mut().zip(adjust(&plain, method)?) {
                    c.p_adjusted = p;
                }
                Ok(found)
            }
        }
    }

    /// The words of the model in a sentence.
    fn words(&self) -> String {
        match self {
            Model::Own(cells) if cells.inside => {
                "mixed model within animals, variances of the comparison its own, Satterthwaite".to_owned()
            }
            Model::Own(_) => "mixed model, variances of each group its own, Satterthwaite".to_owned(),
            Model::Equal(model) => format!("mixed model, equal variances, {}", model.df.name()),
        }
    }

    /// The model as a formula.
    fn formula(&self, data: &Data) -> String {
        let (response, group) = (&data.response[0], data.group.join(" * "));
        let random = match self {
            Model::Own(cells) if cells.inside => {
                "(1 | animal) + (1 | animal:condition), each comparison its own variances"
            }
            Model::Own(_) => "(1 | animal), each group its own variances of animals and slices",
            Model::Equal(model) if model.random.len() > 1 => "(1 | animal) + (1 | animal:condition)",
            Model::Equal(_) => "(1 | animal)",
        };
        format!("{response} ~ {group} + {random}")
    }

    fn title(&self, what: &str) -> String {
        let variances = match self {
            Model::Own(cells) if cells.inside => "within animals, variances of each comparison",
            Model::Own(_) => "variances of each group",
            Model::Equal(_) => "equal variances",
        };
        format!("{what} (REML, {}, {variances})", self.df().name())
    }
}

fn minus_first(k: usize, cell: usize) -> Vec<f64> {
    (0..k).map(|c| f64::from(u8::from(c == cell)) - f64::from(u8::from(c == 0))).collect()
}

/// Animals and slices of each cell, and what the model found of them.
fn describe(outcome: &mut Outcome, data: &Data, nested: &Nested, model: &Model) -> Result<String, StatisticsError> {
    let mut words = Vec::new();
    for (cell, name) in nested.names.iter().enumerate() {
        let own = || nested.level.iter().zip(&nested.animal).filter(|(level, _)| **level == cell);
        let animals: BTreeSet<_> = own().map(|(_, animal)| animal).collect();
        outcome.units.push((name.clone(), animals.len()));
        words.push(format!("{name}: {}, {}", counted(animals.len(), "animal"), counted(own().count(), "slice")));
    }
    let mut detail = |name: &str, value: serde_json::Value| outcome.details.insert(name.to_owned(), value);
    detail("formula", json!(model.formula(data)));
    detail("observations", json!(nested.response.len()));
    let animals: BTreeSet<_> = nested.animal.iter().collect();
    detail("animals", json!(animals.len()));
    match model {
        Model::Own(cells) => {
            let k = nested.names.len();
            let means = (0..k).map(|cell| cells.mean(cell)).collect::<Result<Vec<_>, _>>()?;
            let mean = |of: &dyn Fn(usize) -> f64| (0..k).map(of).sum::<f64>() / k as f64;
            let (between, within) = (mean(&|c| means[c].between), mean(&|c| means[c].within));
            let sd = |variance: f64| if variance.is_nan() { json!(null) } else { json!(variance.max(0.0).sqrt()) };
            detail("sd_animal", sd(between));
            detail("sd_slice", sd(within));
            let total = between + within;
            detail("icc", if total.is_nan() { json!(null) } else { json!((between / total).max(0.0)) });
            let listed = |of: &dyn Fn(usize) -> f64| (0..k).map(|c| sd(of(c))).collect::<Vec<_>>();
            detail("sd_animal_of_groups", json!(listed(&|c| means[c].between)));
            detail("sd_slice_of_groups", json!(listed(&|c| means[c].within)));
            detail("marginal_means", json!(means.iter().map(|m| m.mean).collect::<Vec<_>>()));
            detail("marginal_means_se", json!(means.iter().map(|m| m.variance.sqrt()).collect::<Vec<_>>()));
        }
        Model::Equal(model) => {
            let fit = &model.fit;
            detail("sd_animal", json!(fit.sd_cluster));
            if let Some(sd) = fit.sd_nested {
                detail("sd_animal_condition", json!(sd));
            }
            detail("sd_slice", json!(fit.sd_residual));
            detail("icc", json!(fit.icc()));
            detail("log_likelihood_reml", json!(fit.log_likelihood));
            detail("singular", json!(fit.singular));
            detail("converged", json!(fit.converged));
            let k = nested.names.len();
            let one = |cell: usize| (0..k).map(|c| f64::from(u8::from(c == cell))).collect::<Vec<_>>();
            let means = (0..k).map(|cell| model.contrast(&one(cell), 0.95)).collect::<Result<Vec<_>, _>>()?;
            detail("marginal_means", json!(means.iter().map(|m| m.estimate).collect::<Vec<_>>()));
            detail("marginal_means_se", json!(means.iter().map(|m| m.se).collect::<Vec<_>>()));
            if fit.singular {
                outcome.warnings.push(format!(
                    "the variance of {} is estimated as zero (singular fit); Kenward-Roger degrees of freedom are used",
                    fit.health.at_zero.join(" and ").replace("cluster", "animals")
                ));
            }
            if !fit.converged {
                outcome.warnings.push(String::from("the fit did not reach its tolerance"));
            }
        }
    }
    Ok(words.join("; "))
}

/// Every group against the reference, with an overall test for several.
pub(crate) fn mixed(table: &Table, question: &Question) -> Found {
    let (data, nested) = nested(table, question, 1)?;
    let refused = data.refused(question.method, &nested.names);
    let k = nested.names.len();
    if k < 2 {
        let (column, levels) = (data.group[0].clone(), nested.names.clone());
        let needed = "at least two groups, or no column of groups (a mean against 0: --group is then left out)";
        return Err(Fault::Groups { column, found: k, levels, method: question.method.name(), needed });
    }
    let model = Model::new(&data, &nested, question)?;
    let mut outcome = Outcome { title: model.title("Mixed model"), ..Outcome::default() };
    let n = describe(&mut outcome, &data, &nested, &model).map_err(&refused)?;
    let found = model.against_first(k, question).map_err(&refused)?;
    let (mut rows, mut sentences) = (Vec::new(), Vec::new());
    for (name, c) in nested.names[1..].iter().zip(&found) {
        let term = format!("{name} - {}", nested.names[0]);
        let mut row = Row::comparison(&term, &c.comparison);
        if k > 2 {
            row.p_adjusted = Some(c.p_adjusted);
            row = row.with("ci_low_simultaneous", c.ci_low_adjusted).with("ci_high_simultaneous", c.ci_high_adjusted);
        }
        sentences.push(difference_words(&format!("The difference {term}"), &model.words(), &c.comparison, &n));
        rows.push(row);
    }
    if k > 2 {
        let overall = overall(&model, &nested, k).map_err(&refused)?;
        rows.push(Row::f(&data.group[0], &overall));
        let method = question.adjust.map_or("dunnett", Adjustment::name);
        outcome.details.insert("p_adjusted_by".to_owned(), json!(method));
        sentences = vec![several_words(&outcome.title, &rows, &n)];
    }
    (outcome.rows, outcome.sentence) = (rows, sentences.join(" "));
    Ok((data, outcome))
}

/// Whether the groups differ at all. Within animals it is that of equal variances.
fn overall(model: &Model, nested: &Nested, k: usize) -> Result<statistics::mixed::FTest, StatisticsError> {
    let weights = joint_weights(nested, k);
    match model {
        Model::Equal(model) => model.fit.f_test(&weights, model.df),
        Model::Own(cells) if cells.inside => {
            Equal::new(nested, true, DfMethod::KenwardRoger)?.fit.f_test(&weights, DfMethod::KenwardRoger)
        }
        Model::Own(cells) => clustered::joint(&(0..k).map(|cell| cells.mean(cell)).collect::<Result<Vec<_>, _>>()?),
    }
}

/// Each group less the mean of the slices of the first and all later groups, in the order
/// of names whatever the reference. The denominator of Satterthwaite depends on the basis of
/// the hypothesis; this is the one of `anova` in lmerTest, the rows of the triangular factor
/// of X'X.
fn joint_weights(nested: &Nested, k: usize) -> Vec<Vec<f64>> {
    let mut order: Vec<usize> = (0..k).collect();
    order.sort_by_key(|&c| &nested.names[c]);
    let count = |cell: usize| nested.level.iter().filter(|own| **own == cell).count() as f64;
    let row = |i: usize| -> Vec<f64> {
        let others: Vec<usize> = order[i + 1..].iter().chain(&order[..1]).copied().collect();
        let total: f64 = others.iter().map(|&cell| count(cell)).sum();
        let mut weights = vec![0.0; k];
        for cell in others {
            weights[cell] = -count(cell) / total;
        }
        weights[order[i]] = 1.0;
        weights
    };
    (1..k).map(row).collect()
}

/// The sentence of several comparisons; n stands once.
fn several_words(title: &str, rows: &[Row], n: &str) -> String {
    let number = |value: Option<f64>| short(value.unwrap_or(f64::NAN));
    let differences = rows.iter().filter(|row| row.estimate.is_some()).map(|row| {
        format!("{} {} (adjusted {})", row.term, number(row.estimate), p_words(row.p_adjusted.unwrap_or(f64::NAN)))
    });
    format!("{title}: {} ({n}).", differences.collect::<Vec<_>>().join("; "))
}

/// Whether the effect of one factor depends on the other (2 × 2).
pub(crate) fn interaction(table: &Table, question: &Question) -> Found {
    let (data, nested) = nested(table, question, 2)?;
    for factor in 0..2 {
        let levels = data.levels(factor, question)?;
        if levels.len() != 2 {
            let (column, method) = (data.group[factor].clone(), question.method.name());
            return Err(Fault::Groups { column, found: levels.len(), levels, method, needed: "two" });
        }
    }
    let refused = data.refused(question.method, &nested.names);
    let model = Model::new(&data, &nested, question)?;
    let c = model.contrast(&[1.0, -1.0, -1.0, 1.0], question.level).map_err(&refused)?;
    let mut outcome = Outcome { title: model.title("Interaction, mixed model"), ..Outcome::default() };
    let n = describe(&mut outcome, &data, &nested, &model).map_err(&refused)?;
    let term = format!("{} x {}", data.group[0], data.group[1]);
    outcome.sentence = difference_words(&format!("The interaction {term}"), &model.words(), &c, &n);
    outcome.rows = vec![Row::comparison(term, &c)];
    Ok((data, outcome))
}
