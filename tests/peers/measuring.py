"""Speed of measuring a two-pathway ABF experiment: pyABF with a NumPy loop against
`schaffer measure`, side by side on the same file.

    pip install pyabf numpy
    python3 tests/peers/measuring.py target/release/schaffer [FILE.abf]

Without a file, 1,080 sweeps of 2,000 samples at 20 kHz are written first.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
import pyabf
import pyabf.abfWriter

RATE, STIMULUS, SAMPLES, SWEEPS = 20_000, 400, 2000, 1080


def write(path):
    """Interleaved pathways; odd sweeps are potentiated from sweep 240 on."""
    rng = np.random.default_rng(1)
    t = (np.arange(SAMPLES) - STIMULUS) / RATE * 1000
    s = np.clip(t - 2.5, 0, None)
    shape = -s / 3 * np.exp(1 - s / 3)
    volley = -0.15 * np.exp(-0.5 * ((t - 1.2) / 0.2) ** 2)
    data = np.empty((SWEEPS, SAMPLES))
    for k in range(SWEEPS):
        size = 0.6 * (1.45 if k % 2 == 1 and k >= 240 else 1.0)
        data[k] = size * shape + volley + 0.01 * rng.standard_normal(SAMPLES)
        data[k, STIMULUS : STIMULUS + 4] += 3.0
    pyabf.abfWriter.writeABF1(data, path, RATE, units="mV")


def measure(y):
    """Baseline, peak, 20-80 % least-squares slope and area of one sweep."""
    t = (np.arange(len(y)) - STIMULUS) * 1000 / RATE
    baseline = y[(t >= -10) & (t <= -0.2)].mean()
    window = np.where((t >= 2.2) & (t <= 20))[0]
    peak = window[np.argmin(y[window])]
    amplitude = y[peak] - baseline
    low, high = baseline + 0.2 * amplitude, baseline + 0.8 * amplitude
    k = peak
    while y[k] < high:
        k -= 1
    j = k
    while y[j] < low:
        j -= 1
    part = np.arange(j + 1, k + 1)
    slope = np.polyfit(t[part], y[part], 1)[0]
    inside = (t >= 1.2) & (t <= 20)
    area = np.trapezoid(y[inside] - baseline, t[inside])
    return baseline, amplitude, slope, area


T = (np.arange(SAMPLES) - STIMULUS) * 1000 / RATE
AT = {name: slice(*np.searchsorted(T, [low - 1e-9, high + 1e-9])) for name, low, high in
      [("baseline", -10, -0.2), ("peak", 2.2, 20), ("area", 1.2, 20)]}


def measure_lean(y):
    """The same four numbers as fast as NumPy does them one sweep at a time: windows
    looked up once, crossings found without a loop, slope in closed form."""
    baseline = y[AT["baseline"]].mean()
    peak = AT["peak"].start + y[AT["peak"]].argmin()
    amplitude = y[peak] - baseline
    rise = y[: peak + 1][::-1]
    k = (rise >= baseline + 0.2 * amplitude).argmax()
    h = (rise >= baseline + 0.8 * amplitude).argmax()
    part = slice(peak - k + 1, peak - h + 1)
    t, v = T[part], y[part]
    t = t - t.mean()
    slope = (t * v).sum() / (t * t).sum()
    inside = y[AT["area"]]
    area = (inside.sum() - 0.5 * (inside[0] + inside[-1])) * 1000 / RATE - baseline * (T[AT["area"]][-1] - T[AT["area"]][0])
    return baseline, amplitude, slope, area


def best(runs, call):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = call()
        times.append(time.perf_counter() - start)
    return min(times), result


def main():
    program = sys.argv[1]
    made = len(sys.argv) < 3
    path = os.path.join(tempfile.mkdtemp(), "two-pathway.abf") if made else sys.argv[2]
    if made:
        write(path)
    stimulus = str(STIMULUS * 1000 / RATE)

    def numpy_loop():
        abf = pyabf.ABF(path)
        rows = []
        for sweep in abf.sweepList:
            abf.setSweep(sweep)
            rows.append(measure(abf.sweepY.astype(float)))
        return rows

    def preloaded():
        abf = pyabf.ABF(path)
        length = abf.sweepPointCount
        return [measure(abf.data[0, k * length : (k + 1) * length].astype(float)) for k in range(abf.sweepCount)]

    def lean():
        abf = pyabf.ABF(path)
        length = abf.sweepPointCount
        return [measure_lean(abf.data[0, k * length : (k + 1) * length].astype(float)) for k in range(abf.sweepCount)]

    def ours():
        command = [program, "measure", path, "--csv", "--stimulus", stimulus]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def values():
        command = [program, "measure", path, "--json", "--stimulus", stimulus, "--search", "1.2..20"]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)[0]["rows"]

    theirs_s, rows = best(3, numpy_loop)
    preloaded_s, _ = best(3, preloaded)
    lean_s, lean_rows = best(5, lean)
    assert np.allclose(lean_rows, rows, rtol=1e-9, atol=1e-9), "the lean loop measures something else"
    ours_s, _ = best(5, ours)
    found = values()
    amplitude = max(abs(row["amplitude"] - one[1]) for row, one in zip(found, rows))
    slope = max(abs(row["slopes"][0]["value"] - one[2]) / abs(one[2]) for row, one in zip(found, rows))
    print(f"file {path}: {len(rows)} sweeps")
    print(f"pyABF + NumPy loop  {theirs_s:.3f} s")
    print(f"pyABF data array    {preloaded_s:.3f} s, without setSweep")
    print(f"lean array loop     {lean_s:.3f} s, windows and slope without repeated work")
    print(f"schaffer measure    {ours_s:.3f} s, process start and CSV output included")
    print(f"ratio               {theirs_s / ours_s:.0f} ({preloaded_s / ours_s:.0f} to the array, {lean_s / ours_s:.0f} to the lean loop)")
    print(f"largest difference: amplitude {amplitude:.2e} mV, slope {100 * slope:.3f} %")


if __name__ == "__main__":
    main()
