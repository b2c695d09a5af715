//! B1 against reference trajectories of an independent integration; see
//! `golden/README.md`. The tolerances are a tenth or less of what a program must
//! meet to claim the same model: 2e-3 for ρ, 0.02 mV for EPSPs.

use std::collections::BTreeMap;
use synapse::published::b1::{Conductances, MINUTES, TEST_PULSES, Trajectory, conditions, simulate, synapse};

const CONDITIONS: &str = include_str!("golden/b1/conditions15.csv");
const POPULATION: &str = include_str!("golden/b1/population100.csv");

const RHO: f64 = 2e-4;
const EPSP_MV: f64 = 3e-3;

type Row = BTreeMap<String, f64>;

fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let row = |line: &str| {
        names.iter().map(|n| n.to_string()).zip(line.split(',').map(|x| x.parse().expect("a number"))).collect()
    };
    lines.map(row).collect()
}

fn agrees(synapses: &[Conductances], text: &str) {
    let (trajectories, rows) = (simulate(synapses), rows(text));
    assert_eq!(trajectories.len(), rows.len());
    for ((synapse, course), row) in synapses.iter().zip(&trajectories).zip(&rows) {
        let near = |name: &str, value: f64, tolerance: f64| {
            let expected = row[name];
            assert!((value - expected).abs() <= tolerance, "{} {name}: {value}, reference {expected}", row["id"]);
        };
        near("gAMPA_nS", synapse.ampa_ns, 1e-12);
        near("gNMDA_nS", synapse.nmda_ns, 1e-12);
        near("gGABA_nS", synapse.gaba_ns, 1e-12);
        near("rho_end", course.rho_end, 1e-6);
        near("cmax_base_uM", course.peak_baseline_um, 1e-4);
        near("cmax_hfs_uM", course.peak_trains_um, 3e-3);
        near("t_above_p_hfs_ms", course.above_potentiation_ms, 1.0);
        near("t_above_d_hfs_ms", course.above_depression_ms, 1.0);
        near("t_above_d_test_ms", course.above_depression_test_ms, 0.0);
        assert_eq!((course.rho_minutes.len(), course.epsp_mv.len()), (MINUTES, TEST_PULSES));
        course.rho_minutes.iter().enumerate().for_each(|(k, rho)| near(&format!("rho_{k}min"), *rho, RHO));
        for (k, epsp) in course.epsp_mv.iter().enumerate() {
            let name = format!("epsp_{k}");
            if row.contains_key(&name) {
                near(&name, *epsp, EPSP_MV);
            }
        }
    }
}

#[test]
fn the_fifteen_conditions_agree_with_the_reference() {
    agrees(&conditions(), CONDITIONS);
}

#[test]
fn the_population_agrees_with_the_reference() {
    let population: Vec<Conductances> = (0..100).map(synapse).collect();
    agrees(&population, POPULATION);
    let potentiated = |course: &&Trajectory| course.rho_end > 0.5;
    assert_eq!(simulate(&population).iter().filter(potentiated).count(), 28);
}

/// Neither the place in a vector nor the neighbours matter: same bits.
#[test]
fn a_synapse_does_not_depend_on_its_neighbours() {
    let population: Vec<Conductances> = (40..61).map(synapse).collect();
    let together = simulate(&population);
    for (k, alone) in population.iter().enumerate() {
        assert_eq!(simulate(&[*alone])[0], together[k]);
    }
    assert!(simulate(&[]).is_empty());
}

/// Without NMDA receptors there is no calcium, and ρ only drifts.
#[test]
fn without_nmda_receptors_nothing_is_learnt() {
    let course = simulate(&[Conductances { ampa_ns: 2.0, nmda_ns: 0.0, gaba_ns: 1.0 }]).remove(0);
    assert_eq!((course.peak_trains_um, course.above_depression_ms), (0.0, 0.0));
    assert!(course.rho_minutes.windows(2).all(|pair| pair[1] < pair[0]));
    assert!(course.epsp_mv.iter().all(|epsp| (3.0..6.0).contains(epsp)));
}
