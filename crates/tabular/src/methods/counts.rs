//! Counts and proportions of animals by mixed models: ratios of rates and of odds.

use crate::fault::Fault;
use crate::mixed::nested::nested;
use crate::outcome::{Found, Kind, Outcome, Row};
use crate::question::{Method, Question};
use crate::table::data::Data;
use crate::words::{n_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::design::Design;
use statistics::glmm::{CountData, CountFit, Family, LikelihoodRatio, Quadrature, fit, likelihood_ratio};
use statistics::{Comparison, StatisticsError};
use std::collections::{BTreeMap, BTreeSet};

/// Nodes of the adaptive quadrature.
const NODES: usize = 15;
/// Counts that vary more than this many times as their distribution says are warned of.
const OVERDISPERSED: f64 = 1.5;

/// What the table holds for the model.
struct Counted {
    names: Vec<String>,
    level: Vec<usize>,
    animal: Vec<usize>,
    /// Animal and condition of each row, where animals are under several conditions.
    nested: Option<Vec<usize>>,
    counts: Vec<f64>,
    size: Option<Vec<f64>>,
    family: Family,
}

/// Poisson, negative-binomial and binomial models with random animals.
pub(crate) fn counts(table: &Table, question: &Question) -> Found {
    let (data, counted) = read(table, question)?;
    let refused = data.refused(question.method, &counted.names);
    counted.require_events(&data, question.method)?;
    let (full, test) = counted.fitted().map_err(&refused)?;
    let mut outcome = Outcome { units: counted.units(), ..Outcome::default() };
    outcome.title = format!("{} mixed model, random {}", capital(full.family.name()), counted.random_words());
    let others = counted.names.len() - 1;
    // One family of comparisons: p and limits by Bonferroni, which belong together.
    let level = 1.0 - (1.0 - question.level) / others as f64;
    let ratio = if counted.family == Family::Binomial { "odds ratio" } else { "rate ratio" };
    let mut told = Vec::new();
    for k in 1..=others {
        let weights: Vec<f64> = (0..=others).map(|j| f64::from(u8::from(j == k))).collect();
        let c = full.contrast(&weights, level).map_err(&refused)?;
        let term = format!("{} / {}", counted.names[k], counted.names[0]);
        let p = (c.p * others as f64).min(1.0);
        told.push(words(&term, ratio, &c, p, others, question.level));
        outcome.rows.push(ratio_row(&term, ratio, &c, (others > 1).then_some(p)));
    }
    outcome.rows.push(Row {
        statistic: Some(test.statistic),
        df: Some(test.df),
        p: Some(test.p),
        kind: Some(Kind::ChiSquared),
        ..Row::new("all groups alike (likelihood ratio, for many animals)")
    });
    details(&mut outcome, &full);
    let n = n_words(&outcome.units, "animal");
    outcome.sentence = format!("{} ({}; {n}).", told.join("; "), outcome.title);
    Ok((data, outcome))
}

fn read(table: &Table, question: &Question) -> Result<(Data, Counted), Fault> {
    let mut asked = question.clone();
    let proportions = question.method == Method::Proportions;
    if proportions && question.negative_binomial {
        return Err(Fault::asked("--negative-binomial does not apply to proportions; it is an option of counts"));
    }
    if asked.response.is_empty() {
        asked.response = crate::table::roles::response(table, question)?;
    }
    asked.response.extend(question.size.clone());
    let (data, nested) = nested(table, &asked, 1)?;
    let family = match (proportions, question.negative_binomial) {
        (true, _) => Family::Binomial,
        (false, true) => Family::NegativeBinomial,
        (false, false) => Family::Poisson,
    };
    let size = question.size.as_ref().map(|_| data.records.iter().map(|record| record.values[1]).collect());
    let groups: BTreeSet<(usize, usize)> = nested.animal.iter().copied().zip(nested.level.iter().copied()).collect();
    let animals: BTreeSet<usize> = nested.animal.iter().copied().collect();
    let within = groups.len() > animals.len();
    let cells = nested.names.len();
    // Single trials cannot vary beyond their mean, and neither can single counts whose
    // distribution has a variance of its own.
    let single = groups.len() == data.records.len();
    let told_apart = !single || (family == Family::Poisson || (proportions && question.size.is_some()));
    let own = within && told_apart;
    let of_condition = nested.animal.iter().zip(&nested.level).map(|(a, g)| a * cells + g).collect();
    let counted = Counted {
        names: nested.names,
        level: nested.level,
        animal: nested.animal,
        nested: own.then_some(of_condition),
        counts: nested.response,
        size,
        family,
    };
    Ok((data, counted))
}

impl Counted {
    /// Refuses a group in which nothing, or everything, happened: no ratio exists.
    fn require_events(&self, data: &Data, method: Method) -> Result<(), Fault> {
        for (k, name) in self.names.iter().enumerate() {
            let rows = || (0..self.counts.len()).filter(|row| self.level[*row] == k);
            let events: f64 = rows().map(|row| self.counts[row]).sum();
            let trials: f64 = rows().map(|row| self.size.as_ref().map_or(1.0, |size| size[row])).sum();
            let why = if events == 0.0 {
                "no event"
            } else if self.family == Family::Binomial && events >= trials {
                "an event in every trial"
            } else {
                continue;
            };
            let source = StatisticsError::Undefined {
                what: "ratio of the groups".to_owned(),
                why: format!("group \"{name}\" has {why}, so the ratio is 0 or infinite"),
            };
            return Err(data.refused(method, &self.names)(source));
        }
        Ok(())
    }

    /// The model and the test of its groups.
    fn fitted(&self) -> Result<(CountFit, LikelihoodRatio), StatisticsError> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let (groups, alike) = (Design::treatment(&self.level, &names)?, Design::intercept(self.level.len())?);
        let quadrature = if self.nested.is_some() { Quadrature::Laplace } else { Quadrature::Nodes(NODES) };
        let by = |design: &Design| {
            let data = CountData {
                family: self.family,
                counts: &self.counts,
                size: self.size.as_deref(),
                fixed: design,
                cluster: &self.animal,
                nested: self.nested.as_deref(),
            };
            fit(&data, quadrature)
        };
        let full = by(&groups)?;
        let test = likelihood_ratio(&full, &by(&alike)?)?;
        Ok((full, test))
    }

    /// Animals of each group.
    fn units(&self) -> Vec<(String, usize)> {
        let mut animals: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (level, animal) in self.level.iter().zip(&self.animal) {
            animals.entry(*level).or_default().insert(*animal);
        }
        self.names
            .iter()
            .enumerate()
            .map(|(k, name)| (name.clone(), animals.get(&k).map_or(0, BTreeSet::len)))
            .collect()
    }

    fn random_words(&self) -> &'static str {
        if self.nested.is_some() { "animals and animals by group" } else { "animals" }
    }
}

fn ratio_row(term: &str, ratio: &str, c: &Comparison, adjusted: Option<f64>) -> Row {
    Row {
        estimate: Some(libm::exp(c.estimate)),
        ci_low: Some(libm::exp(c.ci_low)),
        ci_high: Some(libm::exp(c.ci_high)),
        se: None,
        p_adjusted: adjusted,
        ..Row::comparison(term, c)
    }
    .with("scale", ratio)
    .with("log_ratio", c.estimate)
    .with("log_ratio_se", c.se)
}

fn words(term: &str, ratio: &str, c: &Comparison, p: f64, family: usize, level: f64) -> String {
    let of_family = if family > 1 { "adjusted " } else { "" };
    format!(
        "The {ratio} {term} was {} ({} % CI {} to {}; t({}) = {}, {of_family}{})",
        short(libm::exp(c.estimate)),
        short(100.0 * level),
        short(libm::exp(c.ci_low)),
        short(libm::exp(c.ci_high)),
        short(c.df),
        short(c.statistic),
        p_words(p)
    )
}

fn details(outcome: &mut Outcome, full: &CountFit) {
    let names = [
        ("sd_animal_log", Some(full.sd_cluster)),
        ("sd_animal_by_group_log", full.sd_nested),
        ("theta", full.theta),
        ("dispersion", Some(full.dispersion)),
        ("log_likelihood", Some(full.log_likelihood())),
        ("aic", Some(full.aic())),
    ];
    outcome.details.extend(names.into_iter().filter_map(|(name, v)| Some((name.to_owned(), json!(v?)))));
    if full.is_poisson {
        let told = "the counts vary no more than Poisson counts: theta has no end, and the model is the Poisson one";
        outcome.warnings.push(told.to_owned());
    }
    if full.dispersion > OVERDISPERSED && full.family == Family::Poisson {
        outcome.warnings.push(format!(
            "the counts of one animal vary {} times as much as Poisson counts: --negative-binomial states a model for that",
            short(full.dispersion)
        ));
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
