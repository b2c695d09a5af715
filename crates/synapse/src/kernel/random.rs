//! Random numbers keyed by what they are for, never drawn on demand: the draw
//! for (seed, animal, slice, purpose, spine, pulse) does not depend on any other
//! draw, so a drug, a thread or an added condition cannot shift it.
//!
//! Generator: Philox4x32-10, Salmon et al. 2011 (SC '11, "Parallel random
//! numbers: as easy as 1, 2, 3"). Normal deviates: inverse distribution function
//! AS 241, Wichura 1988 Appl Stat 37:477, relative error below 1e-15.

/// What a draw is for; the third word of the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Purpose {
    ReleaseProbability = 1,
    Threshold,
    PotentiationRate,
    InitialState,
    Release,
    Refill,
    Quantum,
    AnimalTraits,
    SliceTraits,
    SweepGain,
    RecordingNoise,
    PatchTraits,
    MiniInterval,
    MiniSize,
    MiniExcitatoryInterval,
    MiniExcitatorySize,
    MiniNoise,
    RuleNoise = 100,
}

/// Who a slice is, for its random streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceIdentity {
    /// Master seed of the experiment.
    pub seed: u64,
    /// Key of the animal.
    pub animal: u64,
    /// Key of the slice within the animal.
    pub slice: u64,
}

/// One family of streams: all draws of an animal, or of a slice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stream {
    key: [u32; 2],
}

impl Stream {
    /// Draws shared by all slices of the animal.
    pub(crate) fn of_animal(identity: SliceIdentity) -> Self {
        Self::keyed(mix(mix(identity.seed) ^ identity.animal))
    }

    /// Draws of this slice alone.
    pub(crate) fn of_slice(identity: SliceIdentity) -> Self {
        Self::keyed(mix(mix(mix(identity.seed) ^ identity.animal) ^ identity.slice.rotate_left(17)))
    }

    fn keyed(key: u64) -> Self {
        Self { key: [key as u32, (key >> 32) as u32] }
    }

    /// A number in (0, 1) with 53 random bits.
    pub(crate) fn uniform(&self, purpose: Purpose, first: u32, second: u32) -> f64 {
        let words = philox([first, second, purpose as u32, 0], self.key);
        let bits = (u64::from(words[0]) << 32 | u64::from(words[1])) >> 11;
        (bits as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A standard normal deviate.
    pub(crate) fn normal(&self, purpose: Purpose, first: u32, second: u32) -> f64 {
        normal_quantile(self.uniform(purpose, first, second))
    }

    /// Fills `values` with standard normal deviates (32 random bits each).
    pub(crate) fn fill_normal(&self, purpose: Purpose, first: u32, values: &mut [f64]) {
        for (block, chunk) in values.chunks_mut(4).enumerate() {
            let words = philox([first, block as u32, purpose as u32, 1], self.key);
            for (value, word) in chunk.iter_mut().zip(words) {
                *value = normal_quantile((f64::from(word) + 0.5) / 4_294_967_296.0);
            }
        }
    }
}

/// Finaliser of SplitMix64 (Steele, Lea & Flood 2014), used to spread keys.
fn mix(key: u64) -> u64 {
    let mut z = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let first = u64::from(counter[0]) * 0xd251_1f53;
        let second = u64::from(counter[2]) * 0xcd9e_8d57;
        counter = [
            (second >> 32) as u32 ^ counter[1] ^ key[0],
            second as u32,
            (first >> 32) as u32 ^ counter[3] ^ key[1],
            first as u32,
        ];
        key = [key[0].wrapping_add(0x9e37_79b9), key[1].wrapping_add(0xbb67_ae85)];
    }
    counter
}

/// Quantile of the standard normal distribution for 0 < p < 1.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(r, &CENTRE_UP, &CENTRE_DOWN);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-libm::log(tail)).sqrt();
    let value = if r <= 5.0 { ratio(r - 1.6, &MIDDLE_UP, &MIDDLE_DOWN) } else { ratio(r - 5.0, &TAIL_UP, &TAIL_DOWN) };
    if q < 0.0 { -value } else { value }
}

fn ratio(x: f64, numerator: &[f64; 8], denominator: &[f64; 8]) -> f64 {
    let polynomial = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, &coefficient| sum * x + coefficient);
    polynomial(numerator) / polynomial(denominator)
}

// Coefficients of AS 241 (PPND16), lowest power first.
const CENTRE_UP: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_DOWN: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const MIDDLE_UP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const MIDDLE_DOWN: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const TAIL_UP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_2e-7,
];
const TAIL_DOWN: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_94e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of the Random123 distribution (kat_vectors, philox4x32 10).
    #[test]
    fn philox_gives_the_known_answers() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        assert_eq!(
            philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    /// Quantiles from tables (R 4.2 `qnorm`).
    #[test]
    fn normal_quantiles_match_r() {
        for (p, z) in [(0.975, 1.959_963_984_540_054), (0.6, 0.253_347_103_135_799_7), (1e-10, -6.361_340_902_404_056)]
        {
            assert!((normal_quantile(p) - z).abs() < 1e-13 * z.abs().max(1.0), "{p}");
        }
    }

    #[test]
    fn streams_are_independent_of_each_other_and_have_unit_variance() {
        let identity = SliceIdentity { seed: 1, animal: 2, slice: 3 };
        let stream = Stream::of_slice(identity);
        let other = Stream::of_slice(SliceIdentity { slice: 4, ..identity });
        let mut a = vec![0.0; 40_000];
        let mut b = vec![0.0; 40_000];
        stream.fill_normal(Purpose::RecordingNoise, 0, &mut a);
        other.fill_normal(Purpose::RecordingNoise, 0, &mut b);
        let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
        let variance = mean(&a.iter().map(|x| x * x).collect::<Vec<_>>());
        let covariance = mean(&a.iter().zip(&b).map(|(x, y)| x * y).collect::<Vec<_>>());
        assert!(mean(&a).abs() < 0.02 && (variance - 1.0).abs() < 0.03 && covariance.abs() < 0.02);
    }
}
