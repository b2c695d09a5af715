//! An order of names that does not depend on the order of rows: numbers by size,
//! names as a person lists them, a control before what is compared with it.

use std::cmp::Ordering;

/// Names of groups that others are compared with, as laboratories write them.
const CONTROLS: [&str; 26] = [
    "control",
    "controls",
    "ctrl",
    "ctl",
    "con",
    "vehicle",
    "veh",
    "sham",
    "saline",
    "placebo",
    "untreated",
    "naive",
    "naïve",
    "acsf",
    "dmso",
    "solvent",
    "mock",
    "wt",
    "wildtype",
    "wild-type",
    "wild type",
    "+/+",
    "baseline",
    "before",
    "pre",
    "no drug",
];

/// Whether a name is a usual one of a control.
fn is_control(name: &str) -> bool {
    CONTROLS.contains(&name.trim().to_lowercase().as_str())
}

/// Controls first, then [`natural`].
pub(crate) fn controls_first(a: &str, b: &str) -> Ordering {
    is_control(b).cmp(&is_control(a)).then_with(|| natural(a, b))
}

/// Numbers by size, other names with the numbers in them by size: "d2" before "d10".
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    if let (Ok(x), Ok(y)) = (a.trim().parse::<f64>(), b.trim().parse::<f64>()) {
        return x.total_cmp(&y).then_with(|| a.cmp(b));
    }
    let (mut x, mut y) = (a, b);
    while !x.is_empty() && !y.is_empty() {
        let ((part, rest), (other, other_rest)) = (part(x), part(y));
        let sizes = part.parse::<u64>().ok().zip(other.parse::<u64>().ok());
        let order = match sizes {
            Some((p, o)) => p.cmp(&o),
            None => small(part).cmp(small(other)),
        };
        if order.is_ne() {
            return order;
        }
        (x, y) = (rest, other_rest);
    }
    x.len().cmp(&y.len()).then_with(|| a.cmp(b))
}

fn small(text: &str) -> impl Iterator<Item = char> + use<'_> {
    text.chars().flat_map(char::to_lowercase)
}

/// The digits or the other characters that a text begins with, and the rest.
fn part(text: &str) -> (&str, &str) {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut names: Vec<&str>) -> Vec<&str> {
        names.sort_by(|a, b| controls_first(a, b));
        names
    }

    #[test]
    fn names_have_one_order_whatever_the_rows() {
        assert_eq!(sorted(vec!["30", "-5", "4.5", "0"]), ["-5", "0", "4.5", "30"]);
        assert_eq!(sorted(vec!["d10", "d2", "Drug", "ctl"]), ["ctl", "d2", "d10", "Drug"]);
        assert_eq!(sorted(vec!["ALLO", "Vehicle", "ISO"]), ["Vehicle", "ALLO", "ISO"]);
        assert_eq!(natural("a", "a"), Ordering::Equal);
    }
}
