//! Storing and loading one slice: 285 sweeps of 500 samples.
#![allow(clippy::unwrap_used, reason = "a failed unwrap stops the bench")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::stamp;
use recording::store;

fn main() {
    divan::main();
}

fn slice() -> recording::SliceRecording {
    common::recording(common::key("hfs-2x100", "ISO 3 µM", "A01", 1), 285, 500)
}

/// Encoding, hashing, and waiting for the disk four times.
#[divan::bench]
fn write(bencher: divan::Bencher<'_, '_>) {
    let (results, mut slice) = (tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap(), slice());
    bencher.bench_local(|| {
        slice.key.slice += 1;
        store::write_slice(&results.path().join(slice.key.slice.to_string()), &slice, &stamp(), &[]).unwrap()
    });
}

#[divan::bench]
fn read(bencher: divan::Bencher<'_, '_>) {
    let results = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = results.path().join("slice");
    store::write_slice(&folder, &slice(), &stamp(), &[]).unwrap();
    bencher.bench_local(|| store::read_slice(&folder).unwrap());
}
