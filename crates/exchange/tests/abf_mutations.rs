//! Whatever the bytes are: an answer or an error, no panic, and nothing that is
//! larger than the file allows.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod build;

use build::{Image, abf1, abf2};
use exchange::abf::Abf;
use std::path::Path;

/// Inputs per run.
const INPUTS: usize = 250_000;

/// xorshift64* (Vigna 2016): the inputs of every run are the same.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end.max(1)
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let real = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/abf/18807005.abf")).unwrap();
    let mut tagged = abf1(true, &[0, 5, 7], 2, &[100; 300]);
    tagged.i32(44, 14).i32(48, 2).put(14 * 512, &[b'x'; 128]);
    tagged.i32(92, 15).i32(96, 2).i32(15 * 512, 0).i32(15 * 512 + 4, 150).i32(15 * 512 + 8, 9_000);
    tagged.i32(15 * 512 + 12, 150);
    let mut float = abf1(false, &[0], 1, &[0; 200]);
    float.i16(100, 1).i32(10, 100);
    [tagged, float, abf1(false, &[2], 4, &[-5; 256]), abf2(&real, 300, 3)].map(|Image(bytes)| bytes).to_vec()
}

/// Changes a field, some bytes or the length; mostly in the header.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let header = if dice.below(4) == 0 { bytes.len() } else { bytes.len().min([512, 2_048, 6_144][dice.below(3)]) };
    let at = dice.below(header);
    let values = [0, 1, 2, 16, 17, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 0x8000_0000, dice.next()];
    let value = values[dice.below(values.len())].to_le_bytes();
    let width = [1, 2, 4, 8][dice.below(4)];
    match dice.below(8) {
        0 => bytes.truncate(dice.below(bytes.len() + 1)),
        1 => bytes.extend(std::iter::repeat_n(value[0], dice.below(700))),
        2 => {
            let from = dice.below(bytes.len());
            for step in 0..dice.below(64).min(bytes.len().saturating_sub(at.max(from))) {
                bytes[at + step] = bytes[from + step];
            }
        }
        // A field at its place: all fields have even offsets.
        _ => {
            let at = at & !1;
            for (place, byte) in bytes.iter_mut().skip(at).zip(&value[..width]) {
                *place = *byte;
            }
        }
    }
}

/// Reads what can be read; the numbers must agree with the length of the file.
fn use_up(abf: &Abf, length: usize) {
    let channels = abf.channels().len();
    assert!((1..=16).contains(&channels) && abf.samples() * abf.sample_kind().bytes() <= length as u64);
    assert!(abf.sweep_count() <= length && abf.tags().len() <= length / 64);
    assert!(abf.rate_hz() > 0.0 && abf.outputs().len() <= 16 && abf.user_lists().len() <= 16);
    let points: u64 = (0..abf.sweep_count()).filter_map(|sweep| abf.sweep(sweep)).map(|place| place.points).sum();
    assert!(points * channels as u64 <= abf.samples());
    for sweep in [0, abf.sweep_count() - 1] {
        let place = abf.sweep(sweep).expect("a sweep that is counted");
        let trace = abf.channel(sweep, channels - 1).expect("samples within the file");
        assert_eq!(trace.len() as u64, place.points);
        let statistics = abf.statistics(sweep).expect("samples within the file");
        assert!(statistics.iter().all(|channel| channel.n == place.points && channel.last5.len() <= 5));
    }
    assert!(abf.channel(abf.sweep_count(), 0).is_err() && abf.codes(0, channels).is_err());
}

#[test]
fn no_input_panics_or_outgrows_its_file() {
    let (seeds, mut dice) = (seeds(), Dice(0x5c4a_ffe7_2026));
    for seed in &seeds {
        use_up(&Abf::from_bytes("seed", seed.clone()).expect("an intact seed"), seed.len());
    }
    let (mut read, mut refused) = (0, 0);
    for input in 0..INPUTS {
        let mut bytes = seeds[input % seeds.len()].clone();
        for _ in 0..=dice.below(4) {
            mutate(&mut bytes, &mut dice);
        }
        let length = bytes.len();
        match Abf::from_bytes("mutant", bytes) {
            Ok(abf) => {
                use_up(&abf, length);
                read += 1;
            }
            Err(error) => {
                assert!(error.to_string().starts_with("mutant: byte "), "{error}");
                refused += 1;
            }
        }
    }
    // The harness would be blind if all mutants went one way.
    assert!(read > INPUTS / 10 && refused > INPUTS / 10, "{read} read, {refused} refused");
}
