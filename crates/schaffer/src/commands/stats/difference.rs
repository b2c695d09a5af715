//! Equivalence and evidence: what a difference says beyond "not zero".

use super::Found;
use super::arguments::{Method, Stats};
use super::data::{Data, Wanted, usage};
use super::groups::{counts, n_words};
use super::outcome::{Outcome, Row, p_words, short};
use super::pairs;
use recording::table::Table;
use statistics::{bayes, equivalence, two_sample};

/// Two one-sided tests, or the Bayes factor; of groups or of pairs.
pub fn difference(table: &Table, arguments: &Stats) -> Found {
    let level = arguments.interval;
    let tost = arguments.method == Method::Tost;
    let (data, names, units, comparison, factor) = if pairs::is_wide(arguments) {
        let (data, pairs) = pairs::pairs(table, arguments)?;
        let refused = data.refused(arguments.method, &pairs.names);
        let c = two_sample::paired(&pairs.first, &pairs.second, level).map_err(&refused)?;
        let n = pairs.first.len();
        let factor = bayes::one_sample_from_t(c.statistic, n as f64, arguments.scale).map_err(&refused)?;
        (data, pairs.names.to_vec(), vec![(String::from("paired"), n)], c, factor)
    } else {
        let data = Data::new(table, arguments, Wanted::GROUPS)?;
        let groups = data.groups(arguments)?;
        groups.require_two(&data, arguments.method)?;
        groups.require_units(&data, arguments.method)?;
        let refused = data.refused(arguments.method, &groups.names);
        let samples = groups.samples().map_err(&refused)?;
        // The prior of the Bayes factor is on a common SD; equivalence needs none.
        let test = if tost { two_sample::welch } else { two_sample::student };
        let c = test(&samples[1], &samples[0], level).map_err(&refused)?;
        let factor = bayes::two_sample(&samples[1], &samples[0], arguments.scale).map_err(&refused)?;
        (data, groups.names.clone(), counts(&groups), c, factor)
    };
    let n = n_words(&units, data.unit_name());
    let term = format!("{} - {}", names[1], names[0]);
    let row = Row::comparison(&term, &comparison);
    if tost {
        let (Some(low), Some(high)) = (arguments.low, arguments.high) else {
            return Err(usage("tost needs the bounds of equivalence: --low X --high X"));
        };
        let refused = data.refused(arguments.method, &names);
        let e = equivalence::tost(&comparison, low, high, 1.0 - level).map_err(&refused)?;
        let mut row = row.with("p_difference", comparison.p);
        row.statistic = Some(if e.p_lower > e.p_upper { e.t_lower } else { e.t_upper });
        (row.p, row.ci_low, row.ci_high) = (Some(e.p), Some(e.ci_low), Some(e.ci_high));
        let row = row
            .with("t_lower", e.t_lower)
            .with("p_lower", e.p_lower)
            .with("t_upper", e.t_upper)
            .with("p_upper", e.p_upper)
            .with("bounds", [low, high])
            .with("equivalent", e.equivalent);
        let told = if e.equivalent { "lay within" } else { "was not shown to lie within" };
        let sentence = format!(
            "The difference {term} ({}; {} % CI {} to {}) {told} {} to {} (TOST, {}; {n}).",
            short(comparison.estimate),
            short(100.0 * (2.0 * level - 1.0)),
            short(e.ci_low),
            short(e.ci_high),
            short(low),
            short(high),
            p_words(e.p)
        );
        let title = "Equivalence by two one-sided t tests".to_owned();
        return Ok((data, Outcome { title, units, rows: vec![row], sentence, ..Outcome::default() }));
    }
    let row = row.with("bf10", factor.bf10).with("ln_bf10", factor.ln_bf10).with("scale", factor.scale);
    let side = if factor.ln_bf10 > 0.0 { "a difference" } else { "no difference" };
    let sentence = format!(
        "The data were {} times as probable under {side} {term} (JZS Bayes factor, Cauchy scale {}; {n}).",
        short(factor.ln_bf10.abs().exp()),
        short(factor.scale)
    );
    Ok((data, Outcome { title: "JZS Bayes factor".to_owned(), units, rows: vec![row], sentence, ..Outcome::default() }))
}
