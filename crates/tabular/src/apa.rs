//! Results in the form of the Publication Manual of the American Psychological
//! Association, 7th edition, chapter 6: statistics with two decimals, p with three
//! and without a zero before the point, `p < .001` below, intervals in brackets,
//! a minus sign that is one.

use crate::outcome::{Kind, Row};
use serde_json::Value;

/// One row: "t(13.21) = −3.61, p = .003, Δ = −39.60, 95% CI [−62.50, −16.60], g = …".
/// `None` where the row tests and estimates nothing.
pub(crate) fn line(row: &Row, level: f64) -> Option<String> {
    let mut parts: Vec<String> = statistic(row).into_iter().collect();
    // One p for one comparison: that of the family where there is one.
    match (row.p_adjusted, row.p) {
        (Some(p), _) => parts.push(p_value("adjusted p", p)),
        (None, Some(p)) => parts.push(p_value("p", p)),
        (None, None) => {}
    }
    if let Some(estimate) = row.estimate {
        // An adjusted p stands beside limits that are adjusted with it.
        let wide = |name: &str| row.more.get(name).and_then(Value::as_f64).filter(|_| row.p_adjusted.is_some());
        let low = wide("ci_low_simultaneous").or(row.ci_low);
        let limits = interval(low, wide("ci_high_simultaneous").or(row.ci_high), level);
        parts.push(format!("{} = {}{limits}", symbol(row), number(estimate)));
    }
    parts.extend(effects(row, level));
    (row.p.is_some() || row.p_adjusted.is_some() || row.ci_low.is_some()).then(|| parts.join(", "))
}

/// "t(14) = 2.31".
fn statistic(row: &Row) -> Option<String> {
    let value = number(row.statistic?);
    let df = |df: f64| if df.fract() == 0.0 { format!("{df}") } else { format!("{df:.2}") };
    let df1 = row.df.filter(|df| df.is_finite()).map(df);
    let df2 = row.df_denominator.filter(|df| df.is_finite()).map(df);
    Some(match (row.kind?, df1, df2) {
        (Kind::T, Some(df), _) => format!("t({df}) = {value}"),
        (Kind::T, None, _) => format!("z = {value}"),
        (Kind::F, Some(df1), Some(df2)) => format!("F({df1}, {df2}) = {value}"),
        (Kind::F, ..) => format!("F = {value}"),
        (Kind::H, Some(df), _) => format!("H({df}) = {value}"),
        (Kind::H, ..) => format!("H = {value}"),
        (Kind::ChiSquared, Some(df), _) => format!("χ²({df}) = {value}"),
        (Kind::ChiSquared, ..) => format!("χ² = {value}"),
        (Kind::U, ..) => format!("U = {value}"),
        (Kind::V, ..) => format!("V = {value}"),
        (Kind::W, ..) => format!("W = {}", unit_fraction(row.statistic?)),
        (Kind::S, ..) => format!("S = {value}"),
    })
}

/// What is estimated: a probability, a difference, or what the term says.
fn symbol(row: &Row) -> &'static str {
    match row.term.as_str() {
        term if term.starts_with("P(") => "P",
        term if term.contains(" - ") => "Δ",
        _ => "estimate",
    }
}

/// Standardised effects that the row has.
fn effects(row: &Row, level: f64) -> Vec<String> {
    let of = |name: &str| row.more.get(name).and_then(Value::as_f64);
    let mut parts = Vec::new();
    for (name, letter) in [("hedges_g", "g"), ("g_z", "g_z")] {
        if let Some(g) = of(name) {
            let limits = interval(of(&format!("{name}_low")), of(&format!("{name}_high")), level);
            parts.push(format!("{letter} = {}{limits}", number(g)));
        }
    }
    for (name, letter) in [("partial_eta_squared", "η_p²"), ("omega_squared", "ω²")] {
        if let Some(share) = of(name) {
            parts.push(format!("{letter} = {}", unit_fraction(share)));
        }
    }
    parts
}

/// ", 95% CI [−62.50, −16.60]"; nothing without limits.
fn interval(low: Option<f64>, high: Option<f64>, level: f64) -> String {
    let share = (1e9 * 100.0 * level).round() / 1e9;
    let limit = |value: Option<f64>, none: &str| value.map_or_else(|| none.to_owned(), number);
    match (low, high) {
        (None, None) => String::new(),
        (low, high) => format!(", {share}% CI [{}, {}]", limit(low, "−∞"), limit(high, "∞")),
    }
}

/// Two decimals; more where two would leave fewer than two digits, a power of ten
/// for numbers of many digits.
fn number(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        return "undefined".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    let text = match size {
        s if s >= 1e6 || (s > 0.0 && s < 1e-4) => format!("{value:.2e}"),
        s if s > 0.0 && s < 0.1 => format!("{value:.4}"),
        _ => format!("{value:.2}"),
    };
    text.replace('-', "−")
}

/// A number that cannot exceed 1: without the zero before the point.
fn unit_fraction(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.strip_prefix("0.").map_or_else(|| text.clone(), |rest| format!(".{rest}"));
    text.replace("-0.", "−.")
}

/// "p = .031", "p < .001", "p > .999".
fn p_value(name: &str, p: f64) -> String {
    match p {
        p if p.is_nan() => format!("{name} undefined"),
        p if p < 0.001 => format!("{name} < .001"),
        p if p >= 0.9995 => format!("{name} > .999"),
        p => format!("{name} = {}", unit_fraction(p)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_t_test_reads_as_the_manual_wants_it() {
        let row = Row {
            estimate: Some(-39.6),
            statistic: Some(-3.606),
            df: Some(13.21),
            p: Some(0.003_3),
            ci_low: Some(-62.5),
            ci_high: Some(-16.6),
            kind: Some(Kind::T),
            ..Row::new("drug - control")
        }
        .with("hedges_g", -1.75)
        .with("hedges_g_low", -2.9)
        .with("hedges_g_high", -0.6);
        let told = "t(13.21) = −3.61, p = .003, Δ = −39.60, 95% CI [−62.50, −16.60], g = −1.75, 95% CI [−2.90, −0.60]";
        assert_eq!(line(&row, 0.95).unwrap(), told);
    }

    #[test]
    fn tests_without_estimates_and_estimates_without_tests() {
        let f = Row {
            statistic: Some(205.7),
            df: Some(3.0),
            df_denominator: Some(24.0),
            p: Some(1e-12),
            kind: Some(Kind::F),
            ..Row::new("t")
        };
        assert_eq!(
            line(&f.with("partial_eta_squared", 0.9626), 0.95).unwrap(),
            "F(3, 24) = 205.70, p < .001, η_p² = .963"
        );
        assert_eq!(line(&Row { estimate: Some(1.0), ..Row::new("animals per group for 80 %") }, 0.95), None);
        assert_eq!(p_value("p", 1.0), "p > .999");
        assert_eq!(p_value("p", 0.05), "p = .050");
    }
}
