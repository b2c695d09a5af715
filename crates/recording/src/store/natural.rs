//! The order in which people number things: `sweep 2` before `sweep 10`.

/// What texts are sorted by so that runs of digits count as numbers; texts that
/// differ in leading zeros only are in their plain order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NaturalKey {
    /// Words, each with the digits behind it: more digits are a larger number, as
    /// many are compared digit by digit.
    parts: Vec<(String, usize, String)>,
    text: String,
}

impl NaturalKey {
    /// The key of a text.
    pub fn of(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(words);
            let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
            let (digits, tail) = tail.split_at(end);
            let digits = digits.trim_start_matches('0');
            parts.push((word.to_owned(), digits.len(), digits.to_owned()));
            rest = tail;
        }
        Self { parts, text: text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn animals_in_the_order_of_their_numbers() {
        let mut animals = ["rat 10", "rat 2", "A10", "A2", "A02", "rat", "A1b", "A1"];
        animals.sort_by_cached_key(|name| NaturalKey::of(name));
        assert_eq!(animals, ["A1", "A1b", "A02", "A2", "A10", "rat", "rat 2", "rat 10"]);
    }
}
