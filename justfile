# Schaffer: recipes. `just` alone lists them.

experiment := "experiments/isopregnanolone-hfs.toml"

[private]
default:
    @just --list

# Simulate, measure, compare and report an experiment; a killed or finished run is taken up where it stopped.
run-ltp EXPERIMENT=experiment *ARGS:
    cargo run --release --quiet --package schaffer -- run {{EXPERIMENT}} --resume {{ARGS}}

# What an experiment would do, without running it.
plan EXPERIMENT=experiment:
    cargo run --release --quiet --package schaffer -- check {{EXPERIMENT}}

# Draw the report of a results folder again, e.g. `just report quick`.
report NAME:
    cargo run --release --quiet --package schaffer -- report results/{{NAME}}

# Write the page of claims again.
claims:
    cargo run --release --quiet --package schaffer -- states --claims > docs/claims.md

# Write the schemas of experiment and study files again.
schemas:
    #!/bin/sh
    set -eu
    mkdir -p docs/schemas
    for kind in experiment study; do
        cargo run --release --quiet --package schaffer -- schema $kind > docs/schemas/$kind.schema.json
    done

# Manual pages of all commands into a folder.
man DIR="target/man/man1":
    cargo run --release --quiet --package schaffer -- man {{DIR}}

# Refresh the tables and figures of the pages on the model.
docs:
    cargo run --release --quiet --package schaffer -- docs docs

# All tests, or those of the crates named, rebuilt incrementally: `just test synapse`.
test *CRATES:
    #!/bin/sh
    set -eu
    run="cargo test"
    if command -v cargo-nextest >/dev/null; then
        run="cargo nextest run --no-fail-fast"
    fi
    if [ -z "{{CRATES}}" ]; then
        exec $run --release --workspace
    fi
    # The program is named as well, so that packages get the features that they have
    # in the whole workspace and none is compiled twice; only the targets below are built.
    lib="" bins="" targets=""
    for name in {{CRATES}}; do
        targets="$targets --package $name"
        [ ! -e crates/$name/src/lib.rs ] || lib="--lib"
        [ ! -e crates/$name/src/main.rs ] || bins="--bins"
        [ $name != tests ] || targets="$targets --test architecture"
        for test in crates/$name/tests/*.rs crates/$name/tests/*/main.rs; do
            test=${test%/main.rs}
            [ ! -e "$test" ] || targets="$targets --test $(basename "$test" .rs)"
        done
    done
    CARGO_INCREMENTAL=1 exec $run --release --package schaffer $lib $bins $targets

# Circles of files and rooms, with the names that close them; of all crates, or of one.
structure CRATE="":
    CRATE={{CRATE}} cargo test --package tests --test architecture --quiet -- --ignored --nocapture print_structure

# Slow judgements: every published outcome simulated in slices, compared with crates/schaffer/tests/golden/scoreboard.csv.
judge:
    cargo test --release --workspace --test golden_scoreboard -- --ignored

# How often each method rejects where nothing differs, over designs; the table of docs/statistics.md, an hour.
levels REPLICATES="2000":
    cargo run --release --quiet --package schaffer -- stats check-level --replicates {{REPLICATES}}
    cargo test --release --workspace --test levels -- --ignored

# Write the golden lists of results and scoreboards anew, all or one: `just bless quick`, `just bless scoreboard`.
bless NAME="":
    #!/bin/sh
    set -eu
    tests=crates/schaffer/tests
    for binary in golden_bytes golden_scoreboard; do
        if [ -z "{{NAME}}" ]; then
            BLESS=1 cargo test --release --workspace --test $binary -- --include-ignored
        elif grep -qx 'fn {{NAME}}() {' $tests/$binary.rs; then
            BLESS=1 cargo test --release --workspace --test $binary -- --include-ignored --exact {{NAME}}
            found=yes
        fi
    done
    if [ -n "{{NAME}}" ] && [ -z "${found:-}" ]; then
        echo "no list is called {{NAME}}; there are:" $(ls $tests/golden/bytes/*.sha256 $tests/golden/*.csv | xargs -n1 basename) >&2
        exit 1
    fi
    git status --short -- $tests/golden

# Damaged files for every importer, N each, within 4 GB of address space; minutes to hours.
fuzz N="1000000":
    ulimit -v 4000000; FUZZ_INPUTS={{N}} cargo test --release --package schaffer --package exchange --test importers_fuzz -- --test-threads 2

# Kills, failing disks, two writers, damaged results and mutants in full, and damaged files for
# every importer: hours. SHARE=0.1 takes a tenth.
torture SHARE="1" FUZZ="10000000":
    TORTURE={{SHARE}} cargo test --release --workspace --test torture -- --test-threads 2
    just fuzz {{FUZZ}}

# Every shipped experiment, made small, has the same bytes on an emulated old processor; needs qemu-user.
processors:
    cargo test --release --workspace --test torture -- --ignored processors

# Formatting, lints and documentation, all without warnings.
lint:
    cargo fmt --all --check
    cargo clippy --release --workspace --all-targets --quiet -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --release --workspace --no-deps --quiet

# Everything that has to hold before a change is published.
check: lint test

# Benches of the crates: wall time.
bench *ARGS:
    cargo bench --workspace --bench '*' -- {{ARGS}}

# Instructions of the benches, counted by callgrind: repeatable on a busy machine.
bench-instructions:
    tests/peers/callgrind.sh

# The comparison model in Schaffer, NEURON, Numba and Brian2, checked and timed.
bench-peers:
    #!/bin/sh
    set -eu
    venv="${CARGO_TARGET_DIR:-target}/peers"
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --requirement tests/peers/requirements.txt
    cargo build --release --package schaffer
    "$venv/bin/python" tests/peers/compare.py "${CARGO_TARGET_DIR:-target}/release/schaffer"

# What R says of the data sets of crates/statistics/tests/peers, written anew; needs R with
# nlme, lme4, lmerTest, pbkrtest and glmmTMB.
peers-r:
    cd crates/statistics/tests/peers && Rscript agreement.R golden
    cargo test --release --workspace --test agreement -- --nocapture

# Computing time against the number of synapses and slices, as a figure.
bench-growth DIR="docs/figures":
    cargo run --release --quiet --package schaffer -- bench growth --out {{DIR}}
