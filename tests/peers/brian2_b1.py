"""B1 in Brian2, C++ stand-alone: fixed-step fourth-order Runge-Kutta from the first
train to one minute later, at rest before. Prints JSON; the time is that of the
generated program."""

import json
import sys
import tempfile

import brian2 as b2
import numpy as np

import b1

DT_MS = float(sys.argv[1]) if len(sys.argv) > 1 else 0.1
START_MS, MIDDLE_MS, END_MS = 1_200_000.0, 1_240_000.0, 1_260_000.0
RHO_START = 0.002555904345

b2.set_device("cpp_standalone", directory=tempfile.mkdtemp(prefix="b1-brian2-"), build_on_run=False)
b2.defaultclock.dt = DT_MS * b2.ms


def peak(tr, td):
    tp = tr * td / (td - tr) * np.log(td / tr)
    return 1 / (np.exp(-tp / td) - np.exp(-tp / tr))


equations = """
dAr/dt = -Ar / (0.5*ms) : 1
dAd/dt = -Ad / (3*ms) : 1
dNr/dt = -Nr / (3*ms) : 1
dNd/dt = -Nd / (80*ms) : 1
dGr/dt = -Gr / (1*ms) : 1
dGd/dt = -Gd / (10*ms) : 1
inmda = gN * (Nd - Nr) * v / (1 + exp(-0.062 * v) / 3.57) : 1
dv/dt = -(5 * (v + 70) + gA * (Ad - Ar) * v + inmda + gG * (Gd - Gr) * (v + 70)) / 100 / ms : 1
dc/dt = (-c / 20 - 0.002 * inmda) / ms : 1
drho/dt = (-rho * (1 - rho) * (0.5 - rho) + 321.808 * (1 - rho) * int(c > 1.3) - 200 * rho * int(c > 1.0)) / (150000*ms) : 1
gA : 1
gN : 1
gG : 1
highest : 1
"""
synapses = b1.population(100)
group = b2.NeuronGroup(100, equations, method="rk4")
group.v, group.rho, group.highest = -70, RHO_START, -70
group.gA = [peak(0.5, 3) * ampa for ampa, _, _ in synapses]
group.gN = [peak(3, 80) * nmda for _, nmda, _ in synapses]
group.gG = [peak(1, 10) * gaba for _, _, gaba in synapses]
group.run_regularly("highest = clip(v, highest, 1000)", dt=DT_MS * b2.ms)
pulses = [t - START_MS for t in b1.TRAIN_PULSES] + [MIDDLE_MS - START_MS]
source = b2.SpikeGeneratorGroup(1, np.zeros(len(pulses), dtype=int), np.array(pulses) * b2.ms)
excite = b2.Synapses(source, group, on_pre="Ar += 1 + 0.5*rho; Ad += 1 + 0.5*rho; Nr += 1; Nd += 1")
inhibit = b2.Synapses(source, group, on_pre="Gr += 1; Gd += 1", delay=2 * b2.ms)
excite.connect()
inhibit.connect()
b2.run((MIDDLE_MS - START_MS) * b2.ms)
group.highest = -70
b2.run((END_MS - MIDDLE_MS) * b2.ms)
b2.device.build(run=True, with_output=False)
rho_minutes = [[None] * 81 for _ in synapses]
for k, rho in enumerate(np.asarray(group.rho)):
    rho_minutes[k][21] = float(rho)
epsp = [[None] * 60 + [float(v + 70)] for v in np.asarray(group.highest)]
result = b1.errors(None, rho_minutes, epsp)
print(json.dumps({"cpu_s": b2.device._last_run_time, "segment_s": 60.0, **result}))
