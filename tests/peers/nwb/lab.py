"""A laboratory's way from recordings to archives, with other programs at both ends.

    python tests/peers/nwb/lab.py PROGRAM FOLDER

Makes recordings of field potentials and of clamped cells (pynwb), proposes and fills in
a study in the words that people use, analyses and exports it; reads the project of
Prism with `pzfx`, and compares the bridge with the program's own readers.
"""
import json
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pynwb
from pzfx import pzfx_tables, read_pzfx

program, folder = sys.argv[1], Path(sys.argv[2])
root = Path(__file__).parents[3]
rng = np.random.default_rng(13)
WORDS = """species = "C57BL/6J mice"
age = "P42"
sex = "male"
strain = "C57BL/6J"
experimenter = "Ada Lovelace"
institution = "Institute of Physiology"
lab = "Slices"
holding = "-70 mV"
access_resistance = "12 MOhm"
"""


def run(*words):
    return subprocess.run([program, *map(str, words)], check=True, capture_output=True, text=True).stdout


def sweep(gain):
    """An artefact at 5 ms and a response 2 ms later, 50 ms at 20 kHz."""
    ms = np.arange(1000) / 20 - 5
    response = np.where(ms > 2, -gain * (np.exp(-(ms - 2) / 8) - np.exp(-(ms - 2) / 2)), 0.0)
    artefact = np.where((ms >= 0) & (ms < 0.15), 3.0, 0) + np.where((ms >= 0.15) & (ms < 0.3), -2.0, 0)
    return response + artefact + rng.normal(0, 0.01, 1000)


def record(home, unit, factor, offset, conversion):
    home.mkdir(parents=True)
    for animal in range(4):
        condition = ("control", "drug")[animal % 2]
        nwb = pynwb.NWBFile("a slice", f"{home.name} {animal}", datetime(2025, 5, 10 + animal, 9, 30, tzinfo=timezone.utc))
        for number in range(60):
            gain = 1.0 if number < 20 else (1.6, 1.2)[animal % 2]
            nwb.add_acquisition(pynwb.TimeSeries(
                name=f"sweep_{number}", data=factor * sweep(gain) + offset, unit=unit, conversion=conversion,
                starting_time=30.0 * number + (60 if number >= 20 else 0), rate=20000.0))
        with pynwb.NWBHDF5IO(str(home / f"{condition}_m{animal + 1}_s1.nwb"), "w") as io:
            io.write(nwb)


for kind, arguments in {"field": ("volts", 1.0, 0.0, 1e-3), "clamped": ("amperes", 100.0, -20.0, 1e-12),
                        "cell": ("volts", -4.0, -65.0, 1e-3)}.items():
    home, results = folder / f"lab-{kind}", folder / f"results-{kind}"
    record(home, *arguments)
    run("init", home)
    study = home / "study.toml"
    study.write_text(study.read_text().replace("[preparation]\n", "[preparation]\n" + WORDS))
    run("analyse", study, "--out", results)
    run("export", "nwb", results, "--out", folder / "nwb" / kind, "--quiet")
    run("export", "pzfx", results, "--out", folder / "pzfx" / kind, "--quiet")
    (project,) = (folder / "pzfx" / kind).glob("*.pzfx")
    tables = pzfx_tables(str(project))
    assert "time course" in tables and "potentiation nested" in tables, tables
    potentiation = read_pzfx(str(project), table="potentiation")
    slices = (results / "slices.csv").read_text().splitlines()
    column = slices[0].split(",").index("potentiation_percent")
    known = sorted(float(line.split(",")[column]) for line in slices[1:])
    found = sorted(potentiation.to_numpy().ravel().tolist())
    assert np.allclose(found, known), (found, known)

# Files that both Neo and the program read.
golden = root / "crates/exchange/tests/golden/rigs"
bridge = [sys.executable, "-W", "ignore", "-m", "schaffer.neo", "--out", str(folder), "--interval-s", "15"]
names = ["two_channels.wcp"]
subprocess.run(bridge + [str(golden / name) for name in names], check=True, cwd=root / "crates/exchange/bridge",
               capture_output=True)
for name in names:
    own, by_neo = (json.loads(run("inspect", "--stats", "--json", path))
                   for path in (golden / name, (folder / name).with_suffix(".nwb")))
    factor = {"mV": 1e-3, "pA": 1e-12}
    read = {}
    for which, inspected in (("own", own), ("neo", by_neo)):
        for row in inspected["statistics"]:
            channel = inspected["channels"][row["channel"]]
            read[which, channel["name"], row["sweep"]] = row["mean"] * factor.get(channel["unit"], 1.0)
    mine = {key[1:]: mean for key, mean in read.items() if key[0] == "own"}
    assert len(mine) * 2 == len(read), read.keys()
    for key, mean in mine.items():
        assert np.isclose(read[("neo", *key)], mean, rtol=1e-5), (name, key)
print(f"recordings of {folder} exported; Prism tables and the bridge agree")
