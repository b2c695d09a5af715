"""What all scripts share: the population, the protocol, the reference, the marks."""

import csv
import math
import resource
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[2] / "crates/synapse/tests/golden/b1"
END_MS = 4_840_000.0
MINUTES = range(81)
TEST_PULSES = [10_000.0 + 20_000.0 * k for k in range(60)] + [1_240_000.0 + 20_000.0 * k for k in range(180)]
TRAIN_PULSES = [1_200_000.0 + 20_000.0 * r + 10.0 * j for r in range(2) for j in range(100)]
RHO_MARK, END_MARK, EPSP_MARK_MV = 2e-3, 1e-3, 0.02


def fraction(x):
    return x - math.floor(x)


def population(n):
    """(gAMPA, gNMDA, gGABA) in nS of the first n synapses."""
    return [
        (
            2 * (0.8 + 0.4 * fraction(0.5 + k * 0.5698402909980532)),
            0.1 + 0.8 * fraction(0.5 + k * 0.6180339887498949),
            2 ** (2 * fraction(0.5 + k * 0.7548776662466927) - 1),
        )
        for k in range(n)
    ]


def cpu_s():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def reference():
    with open(GOLDEN / "population100.csv", newline="") as file:
        return list(csv.DictReader(file))


def errors(rho_end, rho_minutes, epsp):
    """Largest differences from the reference; missing values (None) are left out.

    rho_end[k], rho_minutes[k][minute], epsp[k][test pulse]."""
    worst = {"rho_end": 0.0, "rho": 0.0, "epsp": 0.0}
    for k, row in enumerate(reference()):
        found = [("rho_end", rho_end[k], "rho_end")] if rho_end else []
        found += [("rho", rho_minutes[k][m], f"rho_{m}min") for m in MINUTES if rho_minutes[k][m] is not None]
        found += [("epsp", value, f"epsp_{p}") for p, value in enumerate(epsp[k]) if f"epsp_{p}" in row]
        for kind, value, name in found:
            if value is not None:
                worst[kind] = max(worst[kind], abs(value - float(row[name])))
    return worst
