//! Names in a sentence.

/// Names in a row, by commas; by semicolons where one of them has a comma itself, as
/// "luteal, ALLO pulses": a reader must see where a name ends.
pub fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let separator = if names.iter().any(|name| name.as_ref().contains(", ")) { "; " } else { ", " };
    names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn names_with_commas_are_told_apart() {
        assert_eq!(listed(&["control", "ISO 3 µM"]), "control, ISO 3 µM");
        assert_eq!(listed(&["luteal", "luteal, ALLO pulses"]), "luteal; luteal, ALLO pulses");
        assert_eq!(listed::<&str>(&[]), "");
    }
}
