//! Equivalence and evidence: what a difference says beyond "not zero".

use crate::fault::Fault;
use crate::outcome::{Found, Outcome, Row};
use crate::question::{Method, Question};
use crate::table::data::{Data, Wanted};
use crate::table::pairs::{is_paired, pairs};
use crate::words::{n_words, p_words, short};
use recording::table::Table;
use statistics::bayes::{self, BayesFactor};
use statistics::{Comparison, equivalence, two_sample};

/// Two groups or the members of pairs, compared.
struct Compared {
    data: Data,
    names: Vec<String>,
    units: Vec<(String, usize)>,
    comparison: Comparison,
    factor: BayesFactor,
}

/// Two one-sided tests, or the Bayes factor; of groups or of pairs.
pub(crate) fn difference(table: &Table, question: &Question) -> Found {
    let compared = if is_paired(question) { of_pairs(table, question)? } else { of_groups(table, question)? };
    let tost = question.method == Method::Tost;
    let outcome = if tost { equivalent(&compared, question)? } else { evident(&compared) };
    Ok((compared.data, Outcome { units: compared.units, ..outcome }))
}

fn of_pairs(table: &Table, question: &Question) -> Result<Compared, Fault> {
    let (data, pairs) = pairs(table, question)?;
    let refused = data.refused(question.method, &pairs.names);
    let comparison = two_sample::paired(&pairs.first, &pairs.second, question.level).map_err(&refused)?;
    let n = pairs.first.len();
    let factor = bayes::one_sample_from_t(comparison.statistic, n as f64, question.scale).map_err(&refused)?;
    Ok(Compared { data, names: pairs.names.to_vec(), units: vec![(String::from("paired"), n)], comparison, factor })
}

fn of_groups(table: &Table, question: &Question) -> Result<Compared, Fault> {
    let data = Data::new(table, question, Wanted::GROUPS)?;
    let groups = data.groups(question)?;
    groups.require_two(&data, question.method)?;
    let refused = data.refused(question.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    // The prior of the Bayes factor is on a common SD; equivalence needs none.
    let test = if question.method == Method::Tost { two_sample::welch } else { two_sample::student };
    let comparison = test(&samples[1], &samples[0], question.level).map_err(&refused)?;
    let factor = bayes::two_sample(&samples[1], &samples[0], question.scale).map_err(&refused)?;
    Ok(Compared { data, units: groups.counts(), names: groups.names, comparison, factor })
}

impl Compared {
    /// "drug - control".
    fn term(&self) -> String {
        format!("{} - {}", self.names[1], self.names[0])
    }

    /// "n = 8 control, 9 drug animals".
    fn n(&self) -> String {
        n_words(&self.units, self.data.unit_name())
    }
}

/// Two one-sided t tests against the bounds of the question.
fn equivalent(compared: &Compared, question: &Question) -> Result<Outcome, Fault> {
    let (Some(low), Some(high)) = (question.low, question.high) else {
        return Err(Fault::asked("tost needs the bounds of equivalence: --low X --high X"));
    };
    let (level, comparison) = (question.level, &compared.comparison);
    let refused = compared.data.refused(question.method, &compared.names);
    let e = equivalence::tost(comparison, low, high, 1.0 - level).map_err(&refused)?;
    let mut row = Row::comparison(compared.term(), comparison).with("p_difference", comparison.p);
    row.statistic = Some(if e.p_lower > e.p_upper { e.t_lower } else { e.t_upper });
    (row.p, row.ci_low, row.ci_high) = (Some(e.p), Some(e.ci_low), Some(e.ci_high));
    let row = row
        .with("t_lower", e.t_lower)
        .with("p_lower", e.p_lower)
        .with("t_upper", e.t_upper)
        .with("p_upper", e.p_upper)
        .with("bounds", [low, high])
        .with("equivalent", e.equivalent);
    // 90 % if the tests are at 0.05, without the rounding of 2 · 0.95 − 1.
    let limits = (1e9 * (2.0 * level - 1.0)).round() / 1e9;
    let told = if e.equivalent { "lay within" } else { "was not shown to lie within" };
    let sentence = format!(
        "The difference {} ({}; {} % CI {} to {}, the interval that belongs to two one-sided tests at {}) {told} {} to \
         {} (TOST, {}; {}).",
        compared.term(),
        short(comparison.estimate),
        short(100.0 * limits),
        short(e.ci_low),
        short(e.ci_high),
        short(e.alpha),
        short(low),
        short(high),
        p_words(e.p),
        compared.n()
    );
    let title = "Equivalence by two one-sided t tests".to_owned();
    Ok(Outcome { title, rows: vec![row], sentence, level: Some(limits), ..Outcome::default() })
}

/// The Bayes factor for a difference.
fn evident(compared: &Compared) -> Outcome {
    let factor = &compared.factor;
    let row = Row::comparison(compared.term(), &compared.comparison)
        .with("bf10", factor.bf10)
        .with("ln_bf10", factor.ln_bf10)
        .with("log10_bf10", factor.ln_bf10 / std::f64::consts::LN_10)
        .with("scale", factor.scale);
    let (side, other) = if factor.ln_bf10 > 0.0 { ("a difference", "none") } else { ("no difference", "one") };
    let sentence = format!(
        "The data were {} times as probable under {side} {} as under {other} (JZS Bayes factor, Cauchy scale {}; {}).",
        times(factor.ln_bf10.abs()),
        compared.term(),
        short(factor.scale),
        compared.n()
    );
    Outcome { title: "JZS Bayes factor".to_owned(), rows: vec![row], sentence, ..Outcome::default() }
}

/// How many times, from its logarithm; as a power of ten where no number holds it.
fn times(ln_factor: f64) -> String {
    const LARGEST_WRITTEN: f64 = 13.8; // a million
    if ln_factor < LARGEST_WRITTEN {
        return short(libm::exp(ln_factor));
    }
    format!("about 10^{:.0}", ln_factor / std::f64::consts::LN_10)
}
