//! Which part of a protocol is simulated.

/// Which test pulses of a slice are simulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// All.
    #[default]
    Whole,
    /// Those of the reference window and of the outcome window, which the potentiation of
    /// a slice is computed from, and those that lead into them. No draw of chance moves: a
    /// slice differs from the whole by the few spines that test pulses in between change. With
    /// a late phase it is the whole.
    Outcome,
}
