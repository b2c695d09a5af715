//! Equivalence: two one-sided t tests of the differences that a model found.
//!
//!   p = max(P(T ≥ (Δ + b)/SE), P(T ≤ (Δ − b)/SE)), T with the degrees of freedom of Δ
//!
//! Schuirmann 1987 (J Pharmacokinet Biopharm 15:657). p < α where the interval of level
//! 1 − 2α lies between −b and b: 90 % at α = 0.05. Several differences: Bonferroni, of p
//! and of the level, so that both say the same.

use crate::fault::Fault;
use crate::outcome::{Kind, Outcome};
use crate::question::Method;
use crate::words::{p_words, short};
use serde_json::json;
use statistics::{Alternative, Comparison, DfMethod};

/// Adds the tests to the rows of differences; `level` is that of the other intervals.
///
/// # Errors
/// A bound that is not above 0, a level of 0.5 or less; nothing that is compared.
pub(crate) fn add(outcome: &mut Outcome, method: Method, bound: f64, level: f64) -> Result<(), Fault> {
    if !(bound.is_finite() && bound > 0.0) {
        return Err(Fault::asked(format!("--equivalence takes a bound above 0: {bound}")));
    }
    if level <= 0.5 {
        return Err(Fault::asked(format!("--equivalence needs --interval above 0.5: {level}")));
    }
    let is_difference = |term: &str| method == Method::OneSample || term.contains(" - ");
    let tested: Vec<usize> = (0..outcome.rows.len())
        .filter(|k| {
            let row = &outcome.rows[*k];
            row.kind == Some(Kind::T) && row.se.is_some() && row.df.is_some() && is_difference(&row.term)
        })
        .collect();
    if tested.is_empty() {
        return Err(Fault::asked("--equivalence needs a difference of groups or of one sample from a value"));
    }
    let family = tested.len() as f64;
    let own_level = 1.0 - 2.0 * (1.0 - level) / family;
    let mut words = Vec::new();
    for k in tested {
        let row = &mut outcome.rows[k];
        let (Some(estimate), Some(se), Some(df)) = (row.estimate, row.se, row.df) else { continue };
        let at = |value: f64| Comparison::from_t(value, se, df, own_level, DfMethod::Satterthwaite);
        let above = at(estimate + bound).p_against(Alternative::Greater);
        let below = at(estimate - bound).p_against(Alternative::Less);
        let (p, limits) = ((above.max(below) * family).min(1.0), at(estimate));
        words.push(format!(
            "{}: two one-sided tests {}, {} % CI {} to {}",
            row.term,
            p_words(p),
            short(100.0 * own_level),
            short(limits.ci_low),
            short(limits.ci_high)
        ));
        row.more.insert("equivalence_p".to_owned(), json!(p));
        row.more.insert("equivalence_ci_low".to_owned(), json!(limits.ci_low));
        row.more.insert("equivalence_ci_high".to_owned(), json!(limits.ci_high));
        row.more.insert("equivalence_ci_level".to_owned(), json!(own_level));
        row.more.insert("equivalent".to_owned(), json!(p < 1.0 - level));
    }
    outcome.details.insert("equivalence_bound".to_owned(), json!(bound));
    let adjusted = if family > 1.0 { " (Bonferroni for all of them)" } else { "" };
    outcome.sentence.push_str(&format!(
        " Equivalence within -{bound} to {bound}{adjusted}: {}.",
        words.join("; "),
        bound = short(bound)
    ));
    Ok(())
}
