"""Times of the same tasks in SciPy, NumPy and statsmodels, one thread, user CPU.

    python3 -m venv .venv && .venv/bin/pip install numpy scipy statsmodels
    OMP_NUM_THREADS=1 .venv/bin/python tests/peers/statistics_speed.py

Prints one Markdown row a task: median of the user CPU time of several rounds.
The figures of the crate come from `cargo bench -p statistics` on the same
machine, right before or after.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import platform
import resource
import statistics
import warnings

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.regression.mixed_linear_model import MixedLM

RNG = np.random.default_rng(7)
FIRST = [2, 2, 2, 4, 4, 4, 3, 4]
SECOND = [1, 3, 2, 3, 2, 3, 2, 4]


def user_seconds(task, rounds):
    times = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        task()
        times.append(resource.getrusage(resource.RUSAGE_SELF).ru_utime - before)
    return statistics.median(times)


def difference(x, y, axis=-1):
    return np.mean(x, axis=axis) - np.mean(y, axis=axis)


A = RNG.normal(150, 15, 15)
B = RNG.normal(130, 20, 15)


def bca_difference():
    stats.bootstrap((A, B), difference, n_resamples=10_000, method="BCa", vectorized=True, rng=1)


def bca_mean():
    stats.bootstrap((A,), np.mean, n_resamples=10_000, method="BCa", vectorized=True, rng=1)


CLUSTERS = [[RNG.normal(150, 15, m) for m in sizes] for sizes in (FIRST, SECOND)]


def hierarchical():
    def mean(clusters):
        drawn = RNG.integers(0, len(clusters), len(clusters))
        return np.mean([RNG.choice(clusters[k], len(clusters[k])).mean() for k in drawn])

    for _ in range(10_000):
        mean(CLUSTERS[1]) - mean(CLUSTERS[0])


GROUP = np.repeat([0.0, 1.0], [sum(FIRST), sum(SECOND)])
CLUSTER = np.repeat(np.arange(16), FIRST + SECOND)
DESIGN = np.column_stack([np.ones_like(GROUP), GROUP])


def one_fit():
    y = 21 * GROUP + RNG.normal(0, 14, 16)[CLUSTER] + RNG.normal(0, 12, GROUP.size)
    return MixedLM(y, DESIGN, groups=CLUSTER).fit(reml=True)


def nested_power_200():
    return sum(one_fit().pvalues[1] < 0.05 for _ in range(200))


def exact_permutation():
    stats.permutation_test((A[:8], B[:8]), difference, n_resamples=np.inf, vectorized=True)


def main():
    warnings.simplefilter("ignore")
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__},")
    print(f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}\n")
    print("| task | user CPU, s |\n|---|---|")
    for name, task, rounds in [
        ("BCa 10,000, difference of means, n = 15 (SciPy)", bca_difference, 21),
        ("BCa 10,000, mean, n = 15 (SciPy)", bca_mean, 21),
        ("hierarchical bootstrap 10,000 (NumPy loop)", hierarchical, 3),
        ("one REML fit, 45 observations (MixedLM)", one_fit, 15),
        ("200-fold nested power, Wald z (MixedLM)", nested_power_200, 1),
        ("exact permutation 8 against 8 (SciPy)", exact_permutation, 5),
    ]:
        task()
        print(f"| {name} | {user_seconds(task, rounds):.4f} |", flush=True)


if __name__ == "__main__":
    main()
