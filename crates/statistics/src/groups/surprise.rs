//! How much information a p value holds against the hypothesis that it tests.
//!
//!   S = −log₂ p, in bits
//!
//! S tosses of a fair coin that all fall heads are as surprising (Shannon 1948;
//! Greenland 2019, Am Stat 73:106; Rafi & Greenland 2020, BMC Med Res Methodol 20:244).

/// S-value of a p value, bits; infinite for p = 0.
pub fn s_value(p: f64) -> f64 {
    // −log₂ 1 is written as 0, not as −0.
    0.0 - libm::log2(p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_twenty_is_a_little_more_than_four_heads() {
        // Rafi & Greenland 2020: p = 0.05 is 4.3 bits, 0.005 is 7.6, 0.25 is 2.
        for (p, bits) in [(0.05, 4.321_928_094_887_363), (0.005, 7.643_856_189_774_724), (0.25, 2.0), (1.0, 0.0)] {
            assert!((s_value(p) - bits).abs() < 1e-12, "{p}");
        }
    }
}
