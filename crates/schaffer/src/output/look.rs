//! How a stream is to look: coloured or not, and how wide.

use clap::ValueEnum;
use std::io::IsTerminal;
use std::sync::OnceLock;

/// Narrowest terminal that text is laid out for, columns.
const NARROWEST: usize = 20;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal that can, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Whatever it is printed on.
    Always,
    /// Not at all.
    Never,
}

static CHOSEN: OnceLock<Colour> = OnceLock::new();

/// Says when to colour, once.
pub fn choose(colour: Colour) {
    let _ = CHOSEN.set(colour);
}

/// A stream that is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The standard output.
    Output,
    /// The standard error output.
    Error,
}

impl Look {
    fn is_terminal(self) -> bool {
        match self {
            Self::Output => std::io::stdout().is_terminal(),
            Self::Error => std::io::stderr().is_terminal(),
        }
    }

    /// Whether the stream takes colours: `--color`, else a terminal that is not dumb, and
    /// no NO_COLOR (<https://no-color.org>).
    pub fn is_coloured(self) -> bool {
        let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        coloured(CHOSEN.get().copied().unwrap_or_default(), self.is_terminal(), variable)
    }

    /// Whether lines can be drawn over again: a terminal that is not dumb.
    pub fn is_redrawn(self) -> bool {
        self.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
    }

    /// Columns that a line may take: COLUMNS, else the terminal's; `None` where a line may
    /// be of any length, as in a pipe.
    pub fn width(self) -> Option<usize> {
        let stated = std::env::var("COLUMNS").ok().and_then(|text| text.trim().parse::<usize>().ok());
        let own = || match self {
            Self::Output => terminal_size::terminal_size_of(std::io::stdout()),
            Self::Error => terminal_size::terminal_size_of(std::io::stderr()),
        };
        let width = stated.filter(|width| *width > 0).or_else(|| own().map(|size| usize::from(size.0.0)));
        // A terminal that does not know its size says 0.
        width.filter(|width| *width > 0).map(|width| width.max(NARROWEST))
    }
}

/// The decision, from what is asked for, where it goes and the environment.
fn coloured(asked: Colour, is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    match asked {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            let refused = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
            is_terminal && !refused && variable("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_goes_before_the_environment_and_that_before_the_terminal() {
        let set =
            |name: &'static str, value: &'static str| move |asked: &str| (asked == name).then(|| value.to_owned());
        let none = |_: &str| None;
        assert!(coloured(Colour::Auto, true, none) && !coloured(Colour::Auto, false, none));
        assert!(!coloured(Colour::Auto, true, set("NO_COLOR", "1")));
        assert!(coloured(Colour::Auto, true, set("NO_COLOR", "")));
        assert!(!coloured(Colour::Auto, true, set("TERM", "dumb")));
        assert!(coloured(Colour::Always, false, set("NO_COLOR", "1")));
        assert!(!coloured(Colour::Never, true, none));
    }
}
