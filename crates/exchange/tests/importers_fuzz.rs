//! Damaged files of every format: an answer or an error, but no panic, no endless
//! reading, and no more memory than files of that size need.
//!
//! A run is the same every time. `FUZZ_INPUTS` sets the number of inputs for each
//! importer (`just fuzz 1000000`, which also limits the address space so that a
//! single absurd allocation ends the run), `FUZZ_SEED` gives other inputs; the
//! tests take a few thousand.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod build;

use build::{Image, abf1, abf2};
use exchange::{Stated, TimeCourseTable, TraceFile, inspect};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Inputs for each importer, if `FUZZ_INPUTS` does not say.
const INPUTS: usize = 2_000;
/// What reading one input may take. Test machines are busy.
const SLOWEST: Duration = Duration::from_secs(20);
/// What all inputs may add to the memory that the intact files took, bytes. The
/// largest input has 110 kB, and deflate may hide a thousand times its length.
const GROWTH: u64 = 256 << 20;

/// Files of other recording programs.
const RIGS: [&str; 12] = [
    "two_channels.wcp",
    "graph.axgr",
    "digitized.axgd",
    "axograph_x.axgx",
    "bundle.dat",
    "bundle_2000.dat",
    "bundle_big_endian.dat",
    "two_channels.cfs",
    "one_channel.cfs",
    "one.ibw",
    "columns.ibw",
    "neuromatic.pxp",
];

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

    fn of<'t, T>(&mut self, choices: &'t [T]) -> &'t T {
        &choices[self.below(choices.len())]
    }
}

/// Numbers that headers like to lie with.
const LIES: [u64; 15] = [
    0,
    1,
    2,
    8,
    16,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x0100_0000,
    0x7fff_ffff,
    0xffff_ffff,
    0x7fff_ffff_ffff_ffff,
    u64::MAX,
];

/// Words that text files like to lie with.
const WORDS: [&str; 24] = [
    "",
    "-1",
    "0",
    "1e999",
    "-1e-320",
    "NaN",
    "inf",
    "99999999999999999999",
    "4294967296",
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\u{feff}",
    "µ",
    "time",
    "time_s",
    "sweep",
    "\"AD0\"",
    "--",
    "1,5",
];

/// Bits, bytes, fields, pieces or the length change.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice, text: bool) {
    let length = bytes.len();
    let at = dice.below(length);
    match dice.below(if text { 10 } else { 8 }) {
        0 => bytes.truncate(dice.below(length + 1)),
        1 => {
            for _ in 0..=dice.below(8) {
                let at = dice.below(length);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
        }
        2 => {
            // A piece over another.
            let (from, size) = (dice.below(length), dice.below(200));
            let piece: Vec<u8> = bytes.iter().skip(from).take(size).copied().collect();
            for (place, byte) in bytes.iter_mut().skip(at).zip(piece) {
                *place = byte;
            }
        }
        3 => {
            // A piece goes, and all behind it moves.
            let end = (at + dice.below(64)).min(length);
            bytes.drain(at..end);
        }
        4 => {
            let piece: Vec<u8> = bytes.iter().skip(dice.below(length)).take(dice.below(300)).copied().collect();
            bytes.splice(at..at, piece);
        }
        8 | 9 => {
            let word = dice.of(&WORDS).as_bytes().to_vec();
            let end = (at + dice.below(12)).min(length);
            bytes.splice(at..end, word);
        }
        _ => {
            // A field, mostly of a header: often at the start, often aligned.
            let at = [at, dice.below(length.min(1024)), at & !7, at & !3][dice.below(4)];
            let (lie, width) = (*dice.of(&LIES), *dice.of(&[1, 2, 4, 8]));
            let lie = if dice.below(4) == 0 { dice.next() } else { lie };
            for (place, byte) in bytes.iter_mut().skip(at).zip(&lie.to_le_bytes()[..width]) {
                *place = *byte;
            }
        }
    }
}

/// Panics anywhere but in the thread that is there to end so: the package that
/// reads Parquet panics on some damage, which becomes an error.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Peak of the memory of this process, bytes; 0 where the system does not say.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// Opens, inspects and reads a file in every way that takes its format.
fn read(path: &Path) -> bool {
    let inspected = inspect(path, true);
    if let Err(error) = &inspected {
        let said = error.to_string();
        assert!(said.contains("input.bin"), "an error that does not name its file: {said}");
    }
    let _ = TraceFile::open_stated(path, &Stated { salvage: true, ..Stated::default() });
    inspected.is_ok() | TimeCourseTable::open(path).is_ok()
}

/// Number of inputs: as the environment says, or that.
fn count(otherwise: usize) -> usize {
    std::env::var("FUZZ_INPUTS").ok().and_then(|inputs| inputs.parse().ok()).unwrap_or(otherwise)
}

fn run(seeds: &[Vec<u8>], text: bool) {
    run_for(count(INPUTS), seeds, text);
}

fn run_for(inputs: usize, seeds: &[Vec<u8>], text: bool) {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    let path: PathBuf = folder.path().join("input.bin");
    for seed in seeds {
        fs::write(&path, seed).unwrap();
        inspect(&path, true).unwrap_or_else(|error| panic!("an intact seed: {error}"));
    }
    let before = peak();
    std::panic::set_hook(Box::new(|_| {
        if !recording::is_caught() {
            PANICS.fetch_add(1, Ordering::Relaxed);
        }
    }));
    let seed: u64 = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let mut dice = Dice(0x5c4a_ffe7_2026 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let (mut readable, mut slowest) = (0_usize, Duration::ZERO);
    let mut faults = Vec::new();
    for input in 0..inputs {
        let mut bytes = seeds[input % seeds.len()].clone();
        for _ in 0..=dice.below(4) {
            mutate(&mut bytes, &mut dice, text);
        }
        fs::write(&path, &bytes).unwrap();
        let (began, panics) = (Instant::now(), PANICS.load(Ordering::Relaxed));
        match catch_unwind(AssertUnwindSafe(|| read(&path))) {
            Ok(answer) => readable += usize::from(answer),
            Err(_) => faults.push(format!("input {input} panics")),
        }
        let caught = PANICS.load(Ordering::Relaxed) - panics;
        if caught > 0 && faults.len() < 20 {
            faults.push(format!("input {input}: {caught} panics"));
        }
        let taken = began.elapsed();
        if (caught > 0 || taken > SLOWEST) && std::env::var_os("FUZZ_KEEP").is_some() {
            fs::write(format!("/tmp/fuzz-{}-{input}", std::process::id()), &bytes).unwrap();
        }
        slowest = slowest.max(taken);
    }
    let _ = std::panic::take_hook();
    let (growth, panics) = (peak() - before, PANICS.load(Ordering::Relaxed));
    let summary = format!("{inputs} inputs, {readable} readable, slowest {slowest:?}, memory +{} kB", growth / 1024);
    assert!(faults.is_empty(), "{summary}; {panics} panics: {faults:?}");
    assert!(slowest < SLOWEST, "{summary}");
    assert!(growth < GROWTH, "{summary}");
    // The harness would be blind if all inputs went one way.
    assert!(readable > inputs / 100 && readable < inputs * 99 / 100, "{summary}");
    if let Ok(file) = std::env::var("FUZZ_REPORT") {
        let known = fs::read_to_string(&file).unwrap_or_default();
        let name = std::thread::current().name().unwrap_or("?").to_owned();
        fs::write(&file, format!("{known}{name}: {summary}\n")).unwrap();
    }
}

fn golden(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)).unwrap()
}

#[test]
fn abf() {
    let real = golden("abf/18807005.abf");
    let mut tagged = abf1(true, &[0, 5, 7], 2, &[100; 300]);
    tagged.i32(44, 14).i32(48, 2).put(14 * 512, &[b'x'; 128]);
    let mut float = abf1(false, &[0], 1, &[0; 200]);
    float.i16(100, 1).i32(10, 100);
    run(&[tagged, float, abf2(&real, 300, 3)].map(|Image(bytes)| bytes), false);
}

#[test]
fn nwb() {
    run(&["nwb/tiny_old.nwb", "nwb/tiny_new.nwb"].map(golden), false);
}

/// Fewer, since these take longer: links, tables of recordings, many objects.
#[test]
fn nwb_of_pynwb() {
    if std::env::var_os("FUZZ_INPUTS").is_none() {
        let names = ["matlab", "gaps", "links", "latest", "whole_cell"];
        run(&names.map(|name| golden(&format!("nwb/{name}.nwb"))), false);
    }
}

/// WinWCP, AxoGraph, HEKA, CFS and Igor Pro.
#[test]
fn rigs() {
    run_for(count(10_000), &RIGS.map(|name| golden(&format!("rigs/{name}"))), false);
}

/// Multi Channel Systems, in HDF5.
#[test]
fn mcs() {
    run_for(count(2_000), &[golden("rigs/mea.h5")], false);
}

#[test]
fn igor_text() {
    run_for(count(10_000), &[golden("rigs/neuromatic.itx")], true);
}

/// A million inputs of the same, or as many as `FUZZ_INPUTS` says.
#[test]
#[ignore = "minutes"]
fn torture_rigs() {
    run_for(count(1_000_000), &RIGS.map(|name| golden(&format!("rigs/{name}"))), false);
}

/// A million inputs of Igor text.
#[test]
#[ignore = "minutes"]
fn torture_igor_text() {
    run_for(count(1_000_000), &[golden("rigs/neuromatic.itx")], true);
}

#[test]
fn parquet() {
    let names = ["none", "snappy", "gzip", "zstd", "course"];
    run(&names.map(|name| golden(&format!("parquet/{name}.parquet"))), false);
}

#[test]
fn text_tables() {
    let tables = [
        "time_ms,sweep_1_uV,sweep_2_uV\n0,1,5\n0.1,2,6\n0.2,3,7\n0.3,4,8\n",
        "\u{feff}time (s);\"Vm (mV)\";Im (pA)\r\n0;-70,5;1\r\n0,001;-69;2\r\n0,002;-68;\r\n",
        "sweep\ttime_us\tfield_mV\na\t0\t1\na\t50\t2\nb\t0\t3\nb\t50\t4\n",
        "time_min,a,b (mV/ms)\n-1,0.5,--\n-0.5,0.6,1\n0.5,0.9,2\n",
    ];
    run(&tables.map(|table| table.as_bytes().to_vec()), true);
}

/// Spreadsheets with captions, units, remarks, clocks and codings of their own.
fn sheets() -> Vec<Vec<u8>> {
    let tables = [
        "Experiment 12,,\ntime,s1,s2\n(ms),(mV),(mV)\n0,1,5\n0.1,2,6\n0.2,3,7\n",
        "sep=;\ntime (ms);s1 (mV)\n0,0;1,5\n0,1;2,25\n0,2;-1.234,5\n",
        "# rig 2\ntime,s1 (%)\n00:00:00,100\n00:00:20,\"1,101.5\"\n00:00:40,#N/A\n",
        "Control,,LTP,\ntime (min),s1,s2,s3\n-1,1,2,3\n1,2,3,4\n",
        "sweep (ms),0.0,0.1,0.2,0.3,0.4,0.5,0.6,0.7\na,1,2,3,4,5,6,7,8\nb,1,2,3,4,5,6,7,9\n",
    ];
    let mut seeds: Vec<Vec<u8>> = tables.iter().map(|table| table.as_bytes().to_vec()).collect();
    let wide = "\u{feff}time (ms)\ts1 (µV)\n0\t1\n0.1\t2\n0.2\t3\n";
    seeds.push(wide.encode_utf16().flat_map(u16::to_le_bytes).collect());
    seeds
}

#[test]
fn spreadsheets() {
    run(&sheets(), true);
}

#[test]
fn workbooks() {
    run(&[golden("tables/course.ods"), golden("tables/course.xlsx")], false);
}

/// A million spreadsheets (`FUZZ_INPUTS` says another number).
#[test]
#[ignore = "minutes"]
fn torture_spreadsheets() {
    run_for(count(1_000_000), &sheets(), true);
}

#[test]
fn winltp_and_atf() {
    let files = [
        "\"NumSamples\"\t4\r\n\"SampleInterval_ms\"\t0.05\r\n\"S0_PrePulseDur_ms\"\t5.0\r\n\"AD0\"\t\"AD1\"\r\n\
         \"pA\"\t\"mV\"\r\n1.5\t-70\r\n2.5\t-69.5\r\n-3e-1\t-69\r\n 0\t-68\r\n",
        "\"LTP_ASF\"\t\"2.18V\"\r\n\"DateFileSaved\"\t20000611\r\n\"TimeStartedMidnite_s\"\t50000.0\r\n\"NumSamples\"\t2\r\n\
         \"SampleInterval_ms\"\t0.1\r\n\"Rs_NumSamples\"\t1\r\n\"AD0\"\t\"AD0_Rs\"\r\n\"mV\"\t\"mV\"\r\n0.5\t1\r\n0.25\r\n",
        "ATF\t1.0\r\n2\t3\r\n\"SweepStartTimesMS=0.000,15000.000\"\r\n\"Signals=\"\t\"Vm\"\t\"Vm\"\r\n\
         \"Time (ms)\"\t\"Trace #1 (mV)\"\t\"Trace #2 (mV)\"\r\n0\t-70\t1\r\n0.1\t-70.5\t2\r\n0.2\t-70\t3\r\n",
    ];
    run(&files.map(|file| file.as_bytes().to_vec()), true);
}
