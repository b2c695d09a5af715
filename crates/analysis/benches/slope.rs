//! Measuring one recording: 285 sweeps of 500 samples, slope by the default method.
#![allow(clippy::unwrap_used, dead_code, missing_docs, reason = "a failed unwrap stops the bench")]

#[path = "../tests/support/mod.rs"]
mod support;

fn main() {
    divan::main();
}

#[divan::bench]
fn slopes(bencher: divan::Bencher<'_, '_>) {
    let recording = support::slice(support::key("control", "A01", 1), support::Shape::default(), 1, support::ltp(50.0));
    let plan = support::plan();
    bencher.bench_local(|| analysis::measure(divan::black_box(&recording), &plan));
}
