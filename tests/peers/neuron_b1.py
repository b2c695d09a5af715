"""B1 in NEURON: one section per synapse, CVODE with one variable step for all (all
get the same pulses; a step of its own for every synapse takes three times as
long). Prints JSON.

Run in a folder in which `nrnivmodl` has compiled b1.mod."""

import json
import sys

from neuron import h

import b1

TOLERANCE = float(sys.argv[1]) if len(sys.argv) > 1 else 3e-4
synapses = b1.population(100)
h.load_file("stdrun.hoc")

sections, points = [], []
for ampa, nmda, gaba in synapses:
    section = h.Section()
    # 100 pF and 5 nS on 1e-4 cm2.
    section.L = section.diam = (1e4 / 3.141592653589793) ** 0.5
    section.cm = 1
    section.insert("pas")
    section(0.5).pas.g, section(0.5).pas.e = 5e-5, -70
    point = h.B1(section(0.5))
    point.gA, point.gN, point.gG = ampa, nmda, gaba
    sections.append(section)
    points.append(point)




cvode = h.CVode()
cvode.active(True)
cvode.atol(TOLERANCE)
# Thresholds at the time of their crossing, not at the end of the step.
cvode.condition_order(2)
connections = []
for point in points:
    test, train = h.NetCon(None, point), h.NetCon(None, point)
    test.delay = train.delay = 0
    test.weight[0], train.weight[0] = 1, 0
    connections.append((test, train))

rho = [[None] * 81 for _ in points]
epsp = [[] for _ in points]


def minute(m):
    for k, point in enumerate(points):
        rho[k][m] = point.rho


def peak():
    for k, point in enumerate(points):
        epsp[k].append(point.vmax - point.peak0)


h.finitialize(-70)
for m in b1.MINUTES:
    # Just before a pulse of the same instant.
    cvode.event(max(60_000.0 * m - 1e-6, 0.0), (minute, m))
for t in b1.TEST_PULSES:
    cvode.event(t + 101.0, peak)
    for test, _ in connections:
        test.event(t)
for t in b1.TRAIN_PULSES:
    for _, train in connections:
        train.event(t)
start = b1.cpu_s()
cvode.solve(b1.END_MS)
used = b1.cpu_s() - start
rho_end = [point.rho for point in points]
result = b1.errors(rho_end, rho, epsp)
print(json.dumps({"cpu_s": used, "potentiated": sum(x > 0.5 for x in rho_end), **result}))
