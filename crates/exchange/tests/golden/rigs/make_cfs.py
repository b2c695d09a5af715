"""CFS and Igor binary waves, written by Stimfit (Debian: python3-stfio; CFS by the
library of Cambridge Electronic Design that Stimfit carries).

    /usr/bin/python3 make_cfs.py
"""
import json

import numpy as np
import stfio

rng = np.random.default_rng(13)


def recording(channels, sections, points, dt_ms, units):
    made = []
    for unit in units[:channels]:
        sweeps = [stfio.Section(rng.normal(-60, 3, points).round(3)) for _ in range(sections)]
        made.append(stfio.Channel(sweeps))
        made[-1].yunits = unit
    made = stfio.Recording(made)
    made.dt, made.xunits, made.comment = dt_ms, "ms", "slice 3"
    for place, name in enumerate(["Vm", "Im"][:channels]):
        made[place].name = name
    return made


for name, arguments in {
    "two_channels.cfs": (2, 5, 400, 0.05, ["mV", "pA"]),
    "one_channel.cfs": (1, 3, 257, 0.1, ["mV"]),
}.items():
    recording(*arguments).write(name, "cfs")

truth = {}
for name in ("two_channels.cfs", "one_channel.cfs"):
    read = stfio.read(name, "cfs")

    def numbers(values):
        values = np.asarray(values, dtype=float)
        return dict(n=len(values), first5=values[:5].tolist(), last5=values[-5:].tolist(),
                    mean=float(values.mean()), sd=float(values.std()))

    sweeps = [[numbers(channel[section].asarray()) for channel in read] for section in range(len(read[0]))]
    channels = [(channel.name, channel.yunits) for channel in read]
    rate_hz = round(1000 / read.dt, 3)
    truth[name] = dict(rate_hz=rate_hz, channels=channels, started=None, starts_s=None, sweeps=sweeps)
json.dump(truth, open("truth_cfs.json", "w"), indent=1)
