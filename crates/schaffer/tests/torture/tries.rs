//! How often something is tried, and with which chances.

/// Tries of a test: `all` of them in `just torture`, `few` in the usual tests.
pub fn tries(few: usize, all: usize) -> usize {
    let share = std::env::var("TORTURE").ok().map(|text| text.parse::<f64>().expect("TORTURE is a number, 1 for all"));
    share.map_or(few, |share| ((all as f64 * share).ceil() as usize).max(1))
}

/// xorshift64* (Vigna 2016): the tries of a seed are the same everywhere.
pub struct Dice(u64);

impl Dice {
    /// The dice of a test, by its name and `TORTURE_SEED`.
    pub fn of(test: &str) -> Self {
        let seed = std::env::var("TORTURE_SEED").ok().map_or(1, |text| text.parse::<u64>().expect("TORTURE_SEED"));
        // FNV-1a of the name.
        let hash = test
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self((hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end.max(1)
    }

    /// A number in [0, 1).
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn pick<'t, T>(&mut self, choices: &'t [T]) -> &'t T {
        &choices[self.below(choices.len())]
    }
}
