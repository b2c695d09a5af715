"""B1 as a compiled scalar loop: exact traces, exponential midpoint, gaps in
closed form, one step size. Prints JSON."""

import json
import math

import numba
import numpy as np

import b1

DT, WINDOW = 0.1, 120.0


@numba.njit(fastmath=False)
def drift(rho, t):
    u = rho - 0.5
    room = 0.25 - u * u
    if u == 0.0 or room <= 0.0:
        return rho
    y = u * u / room * math.exp(t / 300_000.0)
    size = math.sqrt(0.25 * y / (1.0 + y))
    return 0.5 + (size if u > 0 else -size)


@numba.njit(fastmath=False)
def synapse(gA, gN, gG, times, tests, rho_minutes, epsp):
    tau = np.array([0.5, 3.0, 3.0, 80.0, 1.0, 10.0])
    decay = np.exp(-0.5 * DT / tau)
    peak = np.empty(3)
    for j in range(3):
        tr, td = tau[2 * j], tau[2 * j + 1]
        tp = tr * td / (td - tr) * math.log(td / tr)
        peak[j] = 1.0 / (math.exp(-tp / td) - math.exp(-tp / tr))
    ec = math.exp(-DT / 20.0)
    x = np.zeros(6)
    v, c, rho, now, minute, test = -70.0, 0.0, 0.1, 0.0, 0, 0
    for n in range(len(times) + 1):
        t = times[n] if n < len(times) else 4_840_000.0
        while minute <= 80 and 60_000.0 * minute <= t:
            rho_minutes[minute] = drift(rho, 60_000.0 * minute - now)
            minute += 1
        gap = t - now
        rho = drift(rho, gap)
        if gap > 0.0:
            for j in range(6):
                x[j] *= math.exp(-gap / tau[j])
            c *= math.exp(-gap / 20.0)
            v = -70.0 + (v + 70.0) * math.exp(-gap * 0.05)
        now = t
        if n == len(times):
            break
        w = 1.0 + 0.5 * rho
        x[0] += w
        x[1] += w
        x[2] += 1.0
        x[3] += 1.0
        start_v, highest = v, v
        # From the trains on the window is longer: calcium outlasts the pulse.
        window = WINDOW if tests[n] else (10.0 if n + 1 < len(times) and times[n + 1] - t < 50.0 else 3_000.0)
        steps = int(round(window / DT))
        for step in range(steps):
            if step == int(round(2.0 / DT)):
                x[4] += 1.0
                x[5] += 1.0
            for j in range(6):
                x[j] *= decay[j]
            a = gA * peak[0] * (x[1] - x[0])
            m = gN * peak[1] * (x[3] - x[2])
            g = gG * peak[2] * (x[5] - x[4])
            open0 = m / (1.0 + math.exp(-0.062 * v) / 3.57)
            total = 5.0 + a + open0 + g
            half = -70.0 * (5.0 + g) / total
            half += (v - half) * math.exp(-0.5 * DT * total / 100.0)
            open1 = m / (1.0 + math.exp(-0.062 * half) / 3.57)
            total = 5.0 + a + open1 + g
            target = -70.0 * (5.0 + g) / total
            v = target + (v - target) * math.exp(-DT * total / 100.0)
            before = c
            c = c * ec - 0.002 * 20.0 * (1.0 - ec) * open1 * half
            for j in range(6):
                x[j] *= decay[j]
            if v > highest and step * DT < 100.0:
                highest = v
            top = max(c, before)
            if top > 1.0:
                span = abs(c - before) + 1e-300
                p = 321.808 * min(max((top - 1.3) / span, 0.0), 1.0)
                d = 200.0 * min(max((top - 1.0) / span, 0.0), 1.0)
                goal = p / (p + d)
                rho = goal + (rho - goal) * math.exp(-(p + d) * DT / 150_000.0)
        # The drift of the window is left to the next gap's clock.
        rho = drift(rho, window)
        now = t + window
        if tests[n]:
            epsp[test] = highest - start_v
            test += 1
    return rho


pulses = sorted([(t, True) for t in b1.TEST_PULSES] + [(t, False) for t in b1.TRAIN_PULSES])
times = np.array([t for t, _ in pulses])
tests = np.array([test for _, test in pulses])
minutes, epsps = np.zeros((100, 81)), np.zeros((100, 240))
synapses = b1.population(100)
synapse(*synapses[0], times, tests, minutes[0], epsps[0])
start = b1.cpu_s()
rho_end = [synapse(*synapses[k], times, tests, minutes[k], epsps[k]) for k in range(100)]
used = b1.cpu_s() - start
result = b1.errors(rho_end, minutes.tolist(), epsps.tolist())
print(json.dumps({"cpu_s": used, "potentiated": sum(x > 0.5 for x in rho_end), **result}))
