//! The equations that the synapse itself runs, against published reference values.

use crate::kernel::lanes::Lanes;
use crate::kernel::random::{SliceIdentity, Stream};
use crate::kinetics::rodrigues_2023;
use crate::modulation::Modulation;
use crate::parameters::access::Parameters;
use crate::receptors::voltage::{alpha5_rectification, magnesium_block, tonic_rectification};
use crate::slice::release::{Terminals, Volley};
use crate::slice::spines::spines::{L_ACTIVATION, R_ACTIVATION, R_INACTIVATION, T_ACTIVATION, T_INACTIVATION};

/// Header and rows of numbers (and words) of a table with `#` lines before it.
fn rows(text: &str) -> Vec<Vec<(String, String)>> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let header: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    lines.map(|line| header.iter().cloned().zip(line.split(',').map(str::to_owned)).collect()).collect()
}

fn word<'a>(row: &'a [(String, String)], column: &str) -> &'a str {
    &row.iter().find(|(name, _)| name == column).unwrap().1
}

fn number(row: &[(String, String)], column: &str) -> f64 {
    word(row, column).parse().unwrap()
}

#[test]
fn block_and_rectification_of_the_synapse() {
    for row in rows(include_str!("../tests/golden/published/mg_block_and_rectification.csv")) {
        let v = number(&row, "V_mV");
        for (column, found) in [
            ("JS90_mg1", magnesium_block(v, 1.0)),
            ("JS90_mg1.3", magnesium_block(v, 1.3)),
            ("GABAArect", alpha5_rectification(v)),
            ("tonic_rect", tonic_rectification(v)),
        ] {
            assert!((found - number(&row, column)).abs() < 1e-9, "{column} {v}: {found}");
        }
    }
}

#[test]
fn calcium_channel_gates_of_the_synapse() {
    for row in rows(include_str!("../tests/golden/published/rodrigues2023_vgcc_steadystate.csv")) {
        let v = number(&row, "V_mV");
        let at = |gate: (f64, f64, f64)| Lanes::all(v).boltzmann(gate.0, gate.1).0[0];
        for (column, gate) in
            [("T_m", T_ACTIVATION), ("T_h", T_INACTIVATION), ("R_m", R_ACTIVATION), ("R_h", R_INACTIVATION)]
        {
            assert!((at(gate) - number(&row, column)).abs() < 1e-9, "{column} {v}: {}", at(gate));
        }
        // One gate stands for the three-state L-type scheme.
        let open = rodrigues_2023::l_type_open(v);
        assert!((at(L_ACTIVATION) - open).abs() < 0.02, "{v}: {} {open}", at(L_ACTIVATION));
    }
    let (t, r) = (rodrigues_2023::t_type(-40.0), rodrigues_2023::r_type(-40.0));
    assert!((T_ACTIVATION.2 - t.m_ms).abs() < 1e-8 && (R_ACTIVATION.2 - r.m_ms).abs() < 1e-8);
    assert_eq!((T_INACTIVATION.2, R_INACTIVATION.2), (t.h_ms, r.h_ms));
}

/// Without its slower stages the expected release of a site is the map of Tsodyks
/// & Markram.
#[test]
fn release_of_the_synapse_follows_the_map() {
    let drug = Modulation::default();
    let stream = Stream::of_slice(SliceIdentity { seed: 1, animal: 1, slice: 1 });
    for row in rows(include_str!("../tests/golden/published/stp_tsodyks_markram.csv")) {
        let n = number(&row, "n") as u32;
        let (u, facilitation_ms, recovery_ms) =
            if word(&row, "set") == "SC1" { (0.2, 100.0, 50.0) } else { (0.46, 1e-6, 525.0) };
        let parameters = Parameters {
            spines: 8.0,
            release_cv: 0.0,
            facilitation_ms,
            recovery_ms,
            slow_pool_use: 0.0,
            ptp_step: 0.0,
            fibre_failure: 0.0,
            ..Parameters::default()
        };
        let mut terminals = Terminals::new(&parameters, u, &stream);
        let mut volley = Volley::default();
        for k in 0..n {
            let t = f64::from(k) * 1000.0 / number(&row, "f_hz");
            terminals.fire(t, k, &drug, &stream, &mut volley);
        }
        let found = volley.expected[0];
        assert!((found - number(&row, "release")).abs() < 1e-10, "{row:?}: {found}");
    }
}
