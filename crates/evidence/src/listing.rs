//! Names in a sentence.

/// Names in a row, by commas; by semicolons where one of them has a comma or an "and"
/// itself, as "luteal, ALLO pulses": a reader must see where a name ends.
pub fn listed<T: AsRef<str>>(names: &[T]) -> String {
    listed_with(names, names, 0)
}

/// What is said of each name, in a row as [`listed`] joins the names, and how many more
/// there are.
pub fn listed_with<T: AsRef<str>, S: AsRef<str>>(names: &[T], said: &[S], more: usize) -> String {
    let compound = |name: &T| [", ", "; ", " and "].iter().any(|word| name.as_ref().contains(word));
    let apart = names.iter().any(compound);
    let list = said.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(if apart { "; " } else { ", " });
    match (more, apart) {
        (0, _) => list,
        (more, true) => format!("{list}; and {more} more"),
        (more, false) => format!("{list} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::{listed, listed_with};

    #[test]
    fn names_with_commas_are_told_apart() {
        assert_eq!(listed(&["control", "ISO 3 µM"]), "control, ISO 3 µM");
        assert_eq!(listed(&["luteal", "luteal, ALLO pulses"]), "luteal; luteal, ALLO pulses");
        assert_eq!(listed(&["ALLO and ISO", "PS"]), "ALLO and ISO; PS");
        assert_eq!(listed::<&str>(&[]), "");
    }

    #[test]
    fn what_is_said_of_names_is_told_apart_as_they_are() {
        let said = ["PS +1.0 [−2.0, 4.0]", "ISO −3.0 [−5.0, −1.0]"];
        assert_eq!(listed_with(&["PS", "ISO"], &said, 0), "PS +1.0 [−2.0, 4.0], ISO −3.0 [−5.0, −1.0]");
        assert_eq!(listed_with(&["PS", "ISO"], &said, 2), "PS +1.0 [−2.0, 4.0], ISO −3.0 [−5.0, −1.0] and 2 more");
        let said = ["PS, late +1.0", "ALLO and ISO −3.0"];
        assert_eq!(
            listed_with(&["PS, late", "ALLO and ISO"], &said, 2),
            "PS, late +1.0; ALLO and ISO −3.0; and 2 more"
        );
    }
}
