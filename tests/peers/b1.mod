COMMENT
The B1 synapse with its plasticity. The compartment that it sits in supplies the
membrane and the leak. Thresholds are events (WATCH), so that CVODE meets them
exactly.
ENDCOMMENT

NEURON {
    POINT_PROCESS B1
    NONSPECIFIC_CURRENT i
    RANGE gA, gN, gG, vmax, tracking, peak0, c, rho
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

PARAMETER {
    gA = 2
    gN = 0.5
    gG = 1
}

ASSIGNED {
    v (mV)
    i (nA)
    fA
    fN
    fG
    above_p
    above_d
    vmax
    tracking
    peak0
    t1
    t2
    v1
    v2
}

STATE { Ar Ad Nr Nd Gr Gd c rho }

INITIAL {
    fA = factor(0.5, 3)
    fN = factor(3, 80)
    fG = factor(1, 10)
    Ar = 0  Ad = 0  Nr = 0  Nd = 0  Gr = 0  Gd = 0
    c = 0
    rho = 0.1
    above_p = 0
    above_d = 0
    tracking = 0
    net_send(0, 10)
}

FUNCTION factor(tr, td) {
    LOCAL tp
    tp = tr * td / (td - tr) * log(td / tr)
    factor = 1 / (exp(-tp / td) - exp(-tp / tr))
}

FUNCTION inmda(v) {
    : pA
    inmda = gN * fN * (Nd - Nr) * v / (1 + exp(-0.062 * v) / 3.57)
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = 0.001 * (gA * fA * (Ad - Ar) * v + inmda(v) + gG * fG * (Gd - Gr) * (v + 70))
}

DERIVATIVE states {
    Ar' = -Ar / 0.5
    Ad' = -Ad / 3
    Nr' = -Nr / 3
    Nd' = -Nd / 80
    Gr' = -Gr / 1
    Gd' = -Gd / 10
    c' = -c / 20 - 0.002 * inmda(v)
    rho' = (-rho * (1 - rho) * (0.5 - rho) + 321.808 * (1 - rho) * above_p - 200 * rho * above_d) / 150000
}

: The largest potential after a test pulse: a parabola through three steps.
AFTER SOLVE {
    if (tracking > 0) {
        if (v2 >= v1 && v2 > v && t > t2 && t2 > t1) {
            note(parabola(t1, v1, t2, v2, t, v))
        }
        note(v)
        t1 = t2
        v1 = v2
        t2 = t
        v2 = v
    }
}

PROCEDURE note(x) {
    if (x > vmax) { vmax = x }
}

FUNCTION parabola(ta, va, tb, vb, tc, vc) {
    LOCAL s1, s2, a, b
    s1 = (vb - va) / (tb - ta)
    s2 = (vc - vb) / (tc - tb)
    a = (s2 - s1) / (tc - ta)
    b = s1 + a * (tb - ta)
    parabola = vb - b * b / (4 * a)
}

NET_RECEIVE (w) {
    if (flag == 0) {
        : a pulse; w > 0 marks a test pulse
        Ar = Ar + 1 + 0.5 * rho
        Ad = Ad + 1 + 0.5 * rho
        Nr = Nr + 1
        Nd = Nd + 1
        if (w > 0) {
            tracking = 1
            vmax = v
            peak0 = v
            t1 = t
            t2 = t
            v1 = v
            v2 = v
            net_send(100, 2)
        }
        net_send(2, 1)
    } else if (flag == 1) {
        Gr = Gr + 1
        Gd = Gd + 1
    } else if (flag == 2) {
        tracking = 0
    } else if (flag == 3) {
        above_d = 1
    } else if (flag == 4) {
        above_d = 0
    } else if (flag == 5) {
        above_p = 1
    } else if (flag == 6) {
        above_p = 0
    } else if (flag == 10) {
        WATCH (c > 1.0) 3
        WATCH (c < 1.0) 4
        WATCH (c > 1.3) 5
        WATCH (c < 1.3) 6
    }
}
