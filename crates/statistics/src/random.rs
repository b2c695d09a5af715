//! Counter-based random streams: draw i of stream (seed, index) is a pure
//! function of the three numbers, so neither thread nor order can change it.
//!
//! draw i = mix(key + i γ), key = mix(mix(seed) + index γ), with the mixing
//! function and γ of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA, 453).

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// One stream of random words.
#[derive(Debug, Clone)]
pub struct Stream {
    state: u64,
}

impl Stream {
    /// Stream number `index` under `seed`.
    pub fn new(seed: u64, index: u64) -> Stream {
        let base = mix(seed.wrapping_add(GAMMA));
        Stream { state: mix(base.wrapping_add(index.wrapping_mul(GAMMA))) }
    }

    /// The next 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number in `0..count`; bias below `count` / 2⁶⁴. `count` must not be 0.
    #[inline]
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// A number in the half-open interval [0, 1), multiples of 2⁻⁵³.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Brings `items` into random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

#[inline]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitmix64_reference_sequence() {
        // First outputs of SplitMix64 from state 0 (reference C program of Vigna).
        let mut stream = Stream { state: 0 };
        assert_eq!(stream.bits(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(stream.bits(), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn draws_cover_the_range_evenly() {
        let mut counts = [0_u32; 7];
        for index in 0..7000 {
            let mut stream = Stream::new(5, index);
            for _ in 0..10 {
                counts[stream.below(7)] += 1;
            }
        }
        // 70 000 draws over 7 cells: SD of a count is 93.
        assert!(counts.iter().all(|c| c.abs_diff(10_000) < 420), "{counts:?}");
    }
}
