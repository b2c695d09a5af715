//! Packages that end with a panic what they should refuse with an error.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// Whether a panic of this thread would be caught just now.
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Does `work` of a package; a panic becomes an error with the words of the panic.
///
/// # Errors
/// The words of the panic.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = CATCHING.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(outer);
    outcome.map_err(|panic| words_of(&*panic))
}

/// Whether a panic of this thread becomes an error ([`caught`]): a program may keep the
/// message that a panic prints from its user.
pub fn is_caught() -> bool {
    CATCHING.try_with(Cell::get).unwrap_or(false)
}

/// The message of a panic.
pub fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_words() {
        assert_eq!(caught(|| u8::try_from(300).map_err(|_| ())), Ok(Err(())));
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| assert!(is_caught())));
        let index = std::hint::black_box(3);
        let words = caught(|| [1, 2][index]);
        std::panic::set_hook(usual);
        assert!(words.is_err_and(|words| words.contains("out of bounds")));
        assert!(!is_caught());
    }
}
