#!/bin/sh
# Counts the instructions of the benches: the same on a busy machine as on an idle
# one. Needs valgrind. Valgrind knows no AVX-512: counts are those of the AVX2 path.
set -eu
command -v valgrind >/dev/null || { echo "valgrind is not installed" >&2; exit 69; }
built=$(cargo bench --workspace --bench '*' --no-run 2>&1 | sed -n 's/.*Executable.*(\(.*\))$/\1/p')

# count LABEL BINARY BENCH FUNCTION: instructions within FUNCTION while BENCH runs once.
count() {
    binary=$(printf '%s\n' "$built" | grep "/$2-" | tail -n 1)
    n=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
        "--toggle-collect=$4" "$binary" --test "$3" 2>&1 | sed -n 's/.*Collected : \([0-9]*\).*/\1/p')
    printf '%-34s %15s\n' "$1" "${n:-no count}"
}

printf '%-34s %15s\n' part instructions
count "slice, theta burst, 100 min" slice theta_burst 'slice::theta_burst'
count "1000 steps of eight spines" slice spine_steps 'slice::spine_steps'
count "100 gaps of 100 spines" slice gaps 'slice::gaps'
count "1000 steps of the rule" slice rule_steps 'slice::rule_steps'
count "B1, 100 synapses" slice b1_100_synapses 'slice::b1_100_synapses'
count "slopes of one recording" slope slopes 'analysis::measure::measure::measure_by'
count "mixed models, 100 and 100000 rows" mixed_models reml_fit 'statistics::mixed::model::fit'
