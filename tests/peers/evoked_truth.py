"""Reference measures of evoked responses with NumPy, written from the definitions
in crates/analysis/src/sweep/waveform.rs and evoked.rs, not from their code.

    python3 tests/peers/evoked_truth.py crates/schaffer/tests/golden/evoked

writes sweeps.csv (20 kHz, mV, stimulus at 10 ms) and truth.json.
"""
import json
import sys

import numpy as np

RATE, STIMULUS, SAMPLES = 20_000, 200, 1200
DT = 1000 / RATE
WINDOWS = {
    "baseline": [-9, -0.5],
    "peak": [2.5, 20],
    "slope_window": [3, 4.5],
    "search": [1.5, 12],
    "width": 1.0,
    "area": [1.5, 30],
    "trough": [4, 9],
    "around": [2.5, 14],
}
LEVELS = [(0.1, 0.4), (0.2, 0.8), (0.3, 0.7), (0.2, 0.9)]


def sweeps():
    """Twelve sweeps: growing responses, spikes, drift, one without a response."""
    rng = np.random.default_rng(20261121)
    t = (np.arange(SAMPLES) - STIMULUS) * DT
    for k in range(12):
        y = 0.02 * rng.standard_normal(SAMPLES) + 0.001 * k * np.arange(SAMPLES) * DT / 10
        y[STIMULUS] += 2.0
        y[STIMULUS + 2] -= 1.5
        y -= 0.15 * np.exp(-0.5 * ((t - 1.3) / 0.2) ** 2)
        if k != 5:
            s = np.clip(t - 2.0, 0, None)
            y -= (0.2 + 0.1 * k) * s / 3 * np.exp(1 - s / 3)
        if k >= 8:
            y += 0.5 * np.exp(-0.5 * ((t - 6.0) / 0.5) ** 2)
        yield np.round(y, 6)


def select(a, b):
    t = (np.arange(SAMPLES) - STIMULUS) * DT
    return np.where((t >= a - 1e-9) & (t <= b + 1e-9))[0]


def ols(y, index):
    if len(index) < 2:
        return None
    t = (index - STIMULUS) * DT
    return float(np.sum((t - t.mean()) * (y[index] - y[index].mean())) / np.sum((t - t.mean()) ** 2))


def crossing(y, start, level, first):
    """Nearest sample at or before start on the near side of a level, interpolated."""
    for k in range(start, first - 1, -1):
        if -(y[k] - level) <= 0:
            share = (level - y[k]) / (y[k + 1] - y[k]) if y[k + 1] != y[k] else 0.0
            return k, (k - STIMULUS + share) * DT
    return None


def measure(y):
    w = WINDOWS
    base = y[select(*w["baseline"])]
    baseline = float(base.mean())
    peak_index = select(*w["peak"])
    peak = int(peak_index[np.argmin(y[peak_index])])
    amplitude = float(y[peak] - baseline)
    out = {
        "baseline": baseline,
        "baseline_sd": float(base.std(ddof=1)),
        "peak_index": peak,
        "amplitude": amplitude,
        "slopes": {},
    }
    out["slopes"]["window 3-4.5 ms"] = ols(y, select(*w["slope_window"]))
    width = round(w["width"] / DT)
    best = None
    for i in select(*w["search"]):
        if (i + width - STIMULUS) * DT <= w["search"][1] + 1e-9:
            slope = ols(y, np.arange(i, i + width + 1))
            if best is None or -slope > -best:
                best = slope
    out["slopes"]["max 1 ms in 1.5-12 ms"] = best
    first = select(w["search"][0], 1e9)[0]
    for low, high in LEVELS:
        name = f"{low * 100:g}-{high * 100:g} %"
        at_low, at_high = baseline + low * amplitude, baseline + high * amplitude
        high_hit = crossing(y, peak - 1, at_high, first)
        low_hit = crossing(y, high_hit[0], at_low, first) if high_hit else None
        if low_hit is None:
            out["slopes"][name] = out["slopes"][name + " two-point"] = None
            continue
        t_low, t_high = low_hit[1], high_hit[1]
        t = (np.arange(SAMPLES) - STIMULUS) * DT
        out["slopes"][name] = ols(y, np.where((t >= t_low) & (t <= t_high))[0])
        out["slopes"][name + " two-point"] = float((high - low) * amplitude / (t_high - t_low))
    area = y[select(*w["area"])] - baseline
    out["area"] = float(np.sum((area[1:] + area[:-1]) / 2) * DT)
    trough_index = select(*w["trough"])
    trough = int(trough_index[np.argmin(y[trough_index])])
    before = np.arange(select(w["around"][0], 1e9)[0], trough + 1)
    after = np.arange(trough, select(-1e9, w["around"][1])[-1] + 1)
    p1, p2 = int(before[np.argmax(y[before])]), int(after[np.argmax(y[after])])
    line = y[p1] + (y[p2] - y[p1]) * (trough - p1) / (p2 - p1) if p2 != p1 else y[p1]
    out["pop_spike"] = {"amplitude": float(line - y[trough]), "latency_ms": (trough - STIMULUS) * DT}
    return out


def main(folder):
    data = list(sweeps())
    with open(f"{folder}/sweeps.csv", "w") as file:
        file.write("time_ms," + ",".join(f"sweep{k}_mV" for k in range(len(data))) + "\n")
        for i in range(SAMPLES):
            file.write(f"{i * DT:.2f}," + ",".join(f"{y[i]:.6f}" for y in data) + "\n")
    with open(f"{folder}/truth.json", "w") as file:
        json.dump([measure(y) for y in data], file, indent=1)


if __name__ == "__main__":
    main(sys.argv[1])
