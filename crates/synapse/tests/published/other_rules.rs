//! Deperrois & Graupner 2020 and Dainauskas et al. 2023.

use crate::table::rows;
use synapse::rules::dainauskas_2023::{CONTROL, Dainauskas2023, simulate};
use synapse::rules::deperrois_2020::{MARKRAM, end_weight};
use synapse::rules::{Anchor, Protocol};

#[test]
fn short_term_depression_in_front_of_a_calcium_rule() {
    for row in rows(include_str!("../golden/published/deperrois2020_std_sHFullSim1.csv")) {
        let protocol = Protocol::Pairs { n: 5, frequency_hz: row.number("f_hz"), dt_ms: row.number("dt_ms") };
        let end = end_weight(&MARKRAM, &protocol.pattern().unwrap()).unwrap();
        row.close("ratio", end / MARKRAM.start_weight, 1e-9);
    }
}

#[test]
fn the_public_run_of_the_nmda_subtype_rule() {
    for row in rows(include_str!("../golden/published/dainauskas2023_public_code_run.csv")) {
        let p = Dainauskas2023 { nr2b_scale: row.number("nr2b_scale"), ..CONTROL };
        let anchor = if row.number("first_post") > 0.5 { Anchor::First } else { Anchor::Last };
        let protocol = Protocol::Bursts {
            n: row.number("n_pairs") as u32,
            frequency_hz: row.number("freq_hz"),
            dt_ms: row.number("dt_ms"),
            post: row.number("n_post") as u32,
            post_interval_ms: 10.0,
            anchor,
        };
        let end = simulate(&p, &protocol).unwrap();
        row.close("weight_end", end.weight, 1e-6);
        row.close("w_ltp", end.potentiation, 1e-6);
        row.close("w_ltd", end.depression, 1e-6);
    }
}

/// The paper's signature: doublets at 5 Hz potentiate at positive Δt and depress at
/// negative; less GluN2B turns potentiation into depression.
#[test]
fn glun2b_decides_between_potentiation_and_depression() {
    let ratio = |nr2b_scale, dt_ms| {
        let doublet = Protocol::Bursts {
            n: 100,
            frequency_hz: 5.0,
            dt_ms,
            post: 2,
            post_interval_ms: 10.0,
            anchor: Anchor::Last,
        };
        simulate(&Dainauskas2023 { nr2b_scale, ..CONTROL }, &doublet).unwrap().weight
    };
    assert!(ratio(1.0, 20.0) > 1.1, "{}", ratio(1.0, 20.0));
    assert!(ratio(1.0, -20.0) < 0.95, "{}", ratio(1.0, -20.0));
    assert!(ratio(0.2, 20.0) < 0.95, "{}", ratio(0.2, 20.0));
}
