"""Runs B1 in Schaffer and in its peers, checks all against the reference, prints
CPU times and ratios. Usage: compare.py PATH/TO/schaffer [REPEATS]"""

import csv
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import b1

HERE = Path(__file__).resolve().parent
SCHAFFER = Path(sys.argv[1]).resolve()
REPEATS = int(sys.argv[2]) if len(sys.argv) > 2 else 5


def schaffer(folder):
    table = Path(folder) / "b1.csv"
    subprocess.run([SCHAFFER, "bench", "b1", "--synapses", "100", "--out", table], check=True, capture_output=True)
    rows = list(csv.DictReader(open(table, newline="")))
    rho = [[float(row[f"rho_{m}min"]) for m in b1.MINUTES] for row in rows]
    epsp = [[float(row[f"epsp_{p}"]) for p in range(240)] for row in rows]
    rho_end = [float(row["rho_end"]) for row in rows]
    worst = b1.errors(rho_end, rho, epsp)
    times = []
    for _ in range(REPEATS):
        done = subprocess.run(
            [SCHAFFER, "bench", "b1", "--synapses", "100", "--json"], check=True, capture_output=True, text=True
        )
        summary = json.loads(done.stdout)
        times.append(summary["cpu_s"] or summary["wall_s"])
    return {"cpu_s": min(times), "potentiated": sum(x > 0.5 for x in rho_end), **worst}


def script(name, folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    command = [sys.executable, HERE / name, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or ["no message"])[-1]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def neuron(folder, *arguments):
    compiler = Path(sys.executable).parent / "nrnivmodl"
    shutil.copy(HERE / "b1.mod", folder)
    compiled = subprocess.run([compiler, "b1.mod"], cwd=folder, capture_output=True, text=True)
    if compiled.returncode != 0:
        return {"failed": "nrnivmodl: " + (compiled.stderr.strip().splitlines() or ["no message"])[-1]}
    return script("neuron_b1.py", folder, *arguments)


def missed(result):
    marks = [("rho_end", b1.END_MARK), ("rho", b1.RHO_MARK), ("epsp", b1.EPSP_MARK_MV)]
    over = [name for name, mark in marks if result[name] > mark]
    return over + (["count"] if result.get("potentiated", 28) != 28 else [])


with tempfile.TemporaryDirectory(prefix="b1-") as folder:
    runs = [
        ("Schaffer", schaffer(folder)),
        ("NEURON, CVODE", neuron(folder)),
        ("Numba loop, gaps skipped", script("numba_b1.py", folder)),
        ("Brian2, RK4 0.1 ms, 60 s of 4840 s", script("brian2_b1.py", folder)),
    ]
ours = runs[0][1]["cpu_s"]
print(f"{platform.node()}: {platform.processor() or platform.machine()}, Python {platform.python_version()}")
print(f"{'one slice of 100 synapses':<36} {'CPU s':>9} {'ratio':>8}  {'d rho':>8} {'d EPSP mV':>9}  marks")
failures = 0
for name, result in runs:
    if "failed" in result:
        print(f"{name:<36} failed: {result['failed']}")
        failures += 1
        continue
    over = missed(result)
    failures += bool(over)
    verdict = "met" if not over else "missed: " + ", ".join(over)
    cpu, note = result["cpu_s"], ""
    if "segment_s" in result:
        note = f"; whole protocol at this pace {cpu * b1.END_MS / 1e3 / result['segment_s']:.0f} s"
    print(
        f"{name:<36} {cpu:9.4f} {cpu / ours:8.1f}  {result['rho']:8.1e} {result['epsp']:9.1e}  {verdict}{note}"
    )
sys.exit(1 if failures else 0)
