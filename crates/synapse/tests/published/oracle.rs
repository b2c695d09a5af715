//! A slow and obviously right integrator: adaptive Runge–Kutta of Dormand & Prince
//! 5(4) at a tight tolerance, on equations written out anew, against which rules and
//! kinetics are compared.

use synapse::kinetics::rodrigues_2023::{Subunit, nmda};
use synapse::kinetics::{destexhe_1998, destexhe_sejnowski_1995};
use synapse::published::narayanan_johnston_2010::{
    NarayananJohnston2010, PAPER, resting_leak_mv, snapshots, steady_state,
};
use synapse::rules::Protocol;
use synapse::rules::graupner_brunel_2012::{GraupnerBrunel2012, HIPPOCAMPAL_CULTURES, segment_exact};
use synapse::rules::shouval_2002::{PAPER_SET, simulate};

/// y from `from` to `to` with error below `tolerance` (absolute and relative) per step.
fn integrate<const N: usize>(
    slope: &impl Fn(f64, &[f64; N]) -> [f64; N],
    mut y: [f64; N],
    from: f64,
    to: f64,
    tolerance: f64,
) -> [f64; N] {
    const C: [f64; 7] = [0.0, 0.2, 0.3, 0.8, 8.0 / 9.0, 1.0, 1.0];
    const A: [[f64; 6]; 7] = [
        [0.0; 6],
        [0.2, 0.0, 0.0, 0.0, 0.0, 0.0],
        [3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0, 0.0],
        [44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0, 0.0],
        [19_372.0 / 6_561.0, -25_360.0 / 2_187.0, 64_448.0 / 6_561.0, -212.0 / 729.0, 0.0, 0.0],
        [9_017.0 / 3_168.0, -355.0 / 33.0, 46_732.0 / 5_247.0, 49.0 / 176.0, -5_103.0 / 18_656.0, 0.0],
        [35.0 / 384.0, 0.0, 500.0 / 1_113.0, 125.0 / 192.0, -2_187.0 / 6_784.0, 11.0 / 84.0],
    ];
    const ERROR: [f64; 7] =
        [71.0 / 57_600.0, 0.0, -71.0 / 16_695.0, 71.0 / 1_920.0, -17_253.0 / 339_200.0, 22.0 / 525.0, -1.0 / 40.0];
    let (mut t, mut h) = (from, 1e-3_f64.min(to - from));
    while t < to {
        h = h.min(to - t);
        let mut k = [[0.0; N]; 7];
        for stage in 0..7 {
            let mut at = y;
            for (earlier, weight) in k.iter().zip(A[stage]) {
                at.iter_mut().zip(earlier).for_each(|(value, slope)| *value += h * weight * slope);
            }
            k[stage] = slope(t + C[stage] * h, &at);
            if stage == 6 {
                let mut ratio: f64 = 0.0;
                for i in 0..N {
                    let error: f64 = h * k.iter().zip(ERROR).map(|(slope, weight)| slope[i] * weight).sum::<f64>();
                    ratio = ratio.max(error.abs() / (tolerance * (1.0 + y[i].abs().max(at[i].abs()))));
                }
                if ratio <= 1.0 || h < 1e-9 {
                    t = if to - t - h < 1e-12 { to } else { t + h };
                    y = at;
                }
                h *= (0.9 * ratio.max(1e-8).powf(-0.2)).clamp(0.2, 5.0);
            }
        }
    }
    y
}

#[test]
fn the_oracle_knows_a_circle() {
    let turned = integrate(&|_, y: &[f64; 2]| [-y[1], y[0]], [1.0, 0.0], 0.0, 20.0, 1e-12);
    assert!((turned[0] - 20.0_f64.cos()).abs() < 1e-9 && (turned[1] - 20.0_f64.sin()).abs() < 1e-9);
}

/// Five pairs at 5 Hz: calcium and weight in one system of equations.
#[test]
fn shouval_by_the_oracle() {
    for dt_ms in [-15.0, 12.0] {
        let (pre, bap): (Vec<f64>, Vec<f64>) =
            (0..5).map(|k| 300.0 + 200.0 * f64::from(k)).map(|t| (t, t + dt_ms + 2.0)).unzip();
        let mut stops: Vec<(f64, bool)> =
            pre.iter().map(|t| (*t, true)).chain(bap.iter().map(|t| (*t, false))).collect();
        stops.push((1300.0, false));
        stops.sort_by(|a, b| a.0.total_cmp(&b.0));
        // a, b, slow and fast part of the EPSP, calcium, weight.
        let mut y = [0.0, 0.0, 0.0, 0.0, 0.0, 0.25];
        let (mut now, mut spike) = (0.0, f64::NEG_INFINITY);
        for (at, is_pre) in stops {
            let slope = |t: f64, y: &[f64; 6]| {
                let u = t - spike;
                let action = 100.0 * (0.75 * (-u / 3.0).exp() + 0.25 * (-u / 25.0).exp());
                let v = -65.0 + (y[2] - y[3]) / 0.6968 + action;
                let influx = -(y[0] + y[1]) / 500.0 * (v - 130.0) / (1.0 + (-0.062 * v).exp() / 3.57);
                let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
                let omega = 0.25 + logistic(80.0 * (y[4] - 0.55)) - 0.25 * logistic(80.0 * (y[4] - 0.35));
                let eta = 1e-3 / (0.1 / (1e-5 + y[4].powi(3)) + 1.0);
                [-y[0] / 50.0, -y[1] / 200.0, -y[2] / 50.0, -y[3] / 5.0, influx - y[4] / 50.0, eta * (omega - y[5])]
            };
            y = integrate(&slope, y, now, at, 1e-11);
            now = at;
            if at >= 1300.0 {
                break;
            }
            if is_pre {
                let opened = 0.5 * (1.0 - y[0] - y[1]);
                y[0] += 0.5 * opened;
                y[1] += 0.5 * opened;
                y[2] += 1.0;
                y[3] += 1.0;
            } else {
                spike = at;
            }
        }
        let (weight, _) = simulate(&PAPER_SET, &Protocol::Pairs { n: 5, frequency_hz: 5.0, dt_ms }).unwrap();
        assert!((weight - y[5]).abs() < 2e-8, "{dt_ms}: {weight} {}", y[5]);
        assert!((weight - 0.25).abs() > 1e-3);
    }
}

/// Five pairs by brute force: ρ over a calcium trace with thresholds.
#[test]
fn graupner_brunel_by_the_oracle() {
    let p: GraupnerBrunel2012 = HIPPOCAMPAL_CULTURES;
    let protocol = Protocol::Pairs { n: 5, frequency_hz: 20.0, dt_ms: 8.0 };
    let events: Vec<(f64, f64)> = (0..5)
        .flat_map(|k| {
            let t = 50.0 * f64::from(k);
            [(t + 8.0, 1.764_44), (t + 10.0, 0.581_56)]
        })
        .collect();
    let slope = |_: f64, y: &[f64; 2]| {
        let up = if y[1] > 1.3 { 113.6545 * (1.0 - y[0]) } else { 0.0 };
        let down = if y[1] > 1.0 { 61.141 * y[0] } else { 0.0 };
        [(up - down) / 33_759.6, -y[1] / 11.9536]
    };
    let (mut y, mut now) = ([0.2, 0.0], 0.0);
    for (at, amplitude) in events {
        y = integrate(&slope, y, now, at, 1e-10);
        y[1] += amplitude;
        now = at;
    }
    y = integrate(&slope, y, now, now + 100.0, 1e-10);
    let exact = segment_exact(&p, &protocol, 0.2).unwrap();
    assert!((exact - y[0]).abs() < 1e-7, "{exact} {}", y[0]);
}

/// Three spikes through the linear schemes of GABA-B.
#[test]
fn gaba_b_by_the_oracle() {
    for scheme in [destexhe_1998::GABA_B, destexhe_sejnowski_1995::GABA_B] {
        let (mut y, mut now) = ([0.0; 3], 0.0);
        let slope = |c: f64| {
            move |_: f64, y: &[f64; 3]| {
                let bound = scheme.k1 * c * (1.0 - y[0] - y[1]) - scheme.k2 * y[0] + scheme.d2 * y[1];
                [bound, scheme.d1 * y[0] - scheme.d2 * y[1], scheme.k3 * y[0] - scheme.k4 * y[2]]
            }
        };
        for spike in [10.0, 20.0, 30.0] {
            y = integrate(&slope(0.0), y, now, spike, 1e-12);
            now = spike + scheme.pulse_ms;
            y = integrate(&slope(scheme.transmitter_mm), y, spike, now, 1e-12);
        }
        y = integrate(&slope(0.0), y, now, 150.0, 1e-12);
        let expected = y[2].powi(4) / (y[2].powi(4) + 100.0);
        let found = scheme.course(&[10.0, 20.0, 30.0], &[150.0])[0];
        assert!((found / expected - 1.0).abs() < 1e-7, "{found} {expected}");
    }
}

/// The NMDA chain by its master equation.
#[test]
fn the_nmda_chain_by_the_oracle() {
    let forward = [0.034, 0.017, 0.127, 0.580, 2.508, 3.449].map(|rate| rate * 7.513_712_269);
    let backward = [0.060, 0.120, 0.161, 2.610, 2.167, 0.662].map(|rate| rate * 4.864_224_083);
    let slope = |glutamate: f64| {
        move |_: f64, p: &[f64; 7]| {
            let mut d = [0.0; 7];
            for k in 0..6 {
                let flow = forward[k] * if k < 2 { glutamate } else { 1.0 } * p[k] - backward[k] * p[k + 1];
                d[k] -= flow;
                d[k + 1] += flow;
            }
            d
        }
    };
    let start = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let bound = integrate(&slope(1000.0), start, 0.0, 1.0, 1e-12);
    let p = integrate(&slope(0.0), bound, 1.0, 10.0, 1e-12);
    let found = &nmda(Subunit::Glun2a, 35.0).after_pulse(1000.0, 1.0, &[10.0])[0];
    assert!((found[5] + found[6] - p[5] - p[6]).abs() < 1e-8);
}

/// The CA1 dendrite of Narayanan & Johnston written out anew, three pulses at 20 Hz:
/// potential, calcium and weight.
#[test]
fn narayanan_johnston_by_the_oracle() {
    let p = NarayananJohnston2010 { step_ms: 0.01, ..PAPER };
    let leak = resting_leak_mv(&p);
    let q = |x: f64, q: f64| x / (1.0 - (-x / q).exp());
    // V, m, h, s, n, a, b, l, four receptor traces, calcium, weight.
    let slope = |_: f64, y: &[f64; 14]| {
        let v = y[0];
        let k = 9.648e4 / (8.315 * 307.16) * 1e-3;
        let relax = |x: f64, target: f64, tau: f64| (target - x) / tau;
        let (am, bm) = (0.4 * q(v + 24.0, 7.2), 0.124 * q(-v - 24.0, 7.2));
        let (ah, bh) = (0.03 * q(v + 45.0, 1.5), 0.01 * q(-v - 45.0, 1.5));
        let c = 1.0 / (1.0 + ((v + 58.0) / 2.0).exp());
        let slow = (2.4 * (v + 60.0) * k).exp() / (3e-4 * (1.0 + (12.0 * (v + 60.0) * k).exp()));
        let al_n = (-3.0 * (v - 13.0) * k).exp();
        let ze = -1.8 - 1.0 / (1.0 + ((v + 40.0) / 5.0).exp());
        let al_a = (ze * (v + 1.0) * k).exp();
        let ih = 0.0378 * 2.2 * (v + 75.0);
        let ghk = |z: f64, inside: f64, outside: f64| {
            let x = 1e-3 * z * 96_485.332_12 * v / (8.314_462_618 * 307.15);
            let e = |x: f64| x / (x.exp() - 1.0);
            1e-3 * z * 96_485.332_12 * (inside * e(-x) - outside * e(x))
        };
        let mono = ghk(1.0, 18.0, 140.0) + ghk(1.0, 140.0, 5.0);
        let block = 1.0 / (1.0 + 2.0 / 3.57 * (-0.062 * v).exp());
        let ampa = 1.0e-6 * 1.869_185_98 * y[13] * (y[9] - y[8]);
        let nmda = 1.5e-6 * 1.435_055_18 * (y[11] - y[10]) * block;
        let density = 100.0 / (std::f64::consts::PI * 50.0);
        let calcium_current = 10.6 * nmda * ghk(2.0, y[12], 2.0) * density;
        let synaptic = (ampa + nmda) * mono * density + calcium_current;
        let current = 0.03 * y[1].powi(3) * y[2] * y[3] * (v - 55.0)
            + 0.005 * y[4] * (v + 90.0)
            + 0.044 * y[5] * y[6] * (v + 90.0)
            + 0.002 * y[7] * (v + 30.0)
            + (v - leak) / 14_000.0
            + synaptic;
        let entry = (-1e4 * calcium_current / (2.0 * 96_485.332_12 * 0.1)).max(0.0) / 18.0;
        let above = 1000.0 * (y[12] - 1e-4);
        let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
        let omega = 0.25 + logistic(80.0 * (above - 0.55)) - 0.25 * logistic(80.0 * (above - 0.35));
        [
            -1000.0 / 1.5 * current,
            relax(y[1], am / (am + bm), (0.5 / (am + bm)).max(0.02)),
            relax(y[2], 1.0 / (1.0 + ((v + 50.0) / 4.0).exp()), (0.5 / (ah + bh)).max(0.5)),
            relax(y[3], c + 0.8 * (1.0 - c), slow.max(10.0)),
            relax(y[4], 1.0 / (1.0 + al_n), ((-2.1 * (v - 13.0) * k).exp() / (0.02 * (1.0 + al_n))).max(2.0)),
            relax(y[5], 1.0 / (1.0 + al_a), ((0.39 * ze * (v + 1.0) * k).exp() / (0.5 * (1.0 + al_a))).max(0.2)),
            relax(y[6], 1.0 / (1.0 + (3.0 * (v + 56.0) * k).exp()), (0.26 * (v + 50.0)).max(2.0)),
            relax(
                y[7],
                1.0 / (1.0 + ((v + 75.0) / 8.0).exp()),
                (0.4 * ih).exp() / (4.5_f64.powf(0.1) * 0.011 * (1.0 + ih.exp())),
            ),
            -y[8] / 2.0,
            -y[9] / 10.0,
            -y[10] / 5.0,
            -y[11] / 50.0,
            entry + (1e-4 - y[12]) / 30.0,
            (omega - y[13]) / (1000.0 + 100.0 / (0.01 + above.powi(3))),
        ]
    };
    let mut y = [0.0; 14];
    y[0] = -65.0;
    y[1..8].copy_from_slice(&steady_state(-65.0));
    y[12] = 1e-4;
    y[13] = 0.25;
    let mut now = 0.0;
    for pulse in [20.0, 70.0, 120.0] {
        y = integrate(&slope, y, now, pulse, 1e-10);
        y[8..12].iter_mut().for_each(|trace| *trace += 1.0);
        now = pulse;
    }
    y = integrate(&slope, y, now, 150.0, 1e-10);
    let found = snapshots(&p, 3, 20.0, 150.0).unwrap();
    let last = found[found.len() - 1];
    assert!((last.t_ms - 150.0).abs() < 1e-9);
    assert!((last.v_mv - y[0]).abs() < 1e-3, "{} {}", last.v_mv, y[0]);
    assert!((last.calcium_mm / y[12] - 1.0).abs() < 1e-4, "{} {}", last.calcium_mm, y[12]);
    assert!((last.weight - y[13]).abs() < 1e-6, "{} {}", last.weight, y[13]);
    assert!(last.calcium_mm > 2e-4);
}
