//! Receptors, channels, short-term plasticity and the field.

use crate::table::rows;
use synapse::kinetics::autoreceptor::{Autoreceptor, CA1};
use synapse::kinetics::magnesium::MagnesiumBlock;
use synapse::kinetics::rodrigues_2023::{self as rodrigues, Subunit};
use synapse::kinetics::tsodyks_markram_1997::{TsodyksMarkram, releases};
use synapse::kinetics::{destexhe_1998, destexhe_sejnowski_1995, response, saudargiene_2015, schulz_2018};
use synapse::receptors::{alpha5_rectification, magnesium_block, tonic_rectification};
use synapse::volume_conductor::{line_uv, point_uv, two_pole_uv};

#[test]
fn magnesium_blocks() {
    for row in rows(include_str!("../golden/published/mg_block_and_rectification.csv")) {
        let v = row.number("V_mV");
        row.close("JS90_mg1", MagnesiumBlock::JahrStevens1990.unblocked(v, 1.0), 1e-9);
        row.close("JS90_mg1.3", MagnesiumBlock::JahrStevens1990.unblocked(v, 1.3), 1e-9);
        row.close("VCR03", MagnesiumBlock::VargasCaballeroRobinson2003.unblocked(v, 1.0), 1e-9);
        row.close("Schulz18", MagnesiumBlock::Schulz2018.unblocked(v, 1.0), 1e-9);
        // What the synapse itself runs.
        row.close("JS90_mg1", magnesium_block(v, 1.0), 1e-9);
        row.close("JS90_mg1.3", magnesium_block(v, 1.3), 1e-9);
        row.close("GABAArect", alpha5_rectification(v), 1e-9);
        row.close("tonic_rect", tonic_rectification(v), 1e-9);
    }
    for block in
        [MagnesiumBlock::JahrStevens1990, MagnesiumBlock::VargasCaballeroRobinson2003, MagnesiumBlock::Schulz2018]
    {
        assert_eq!(block.unblocked(-70.0, 0.0), 1.0);
    }
}

#[test]
fn first_order_receptors() {
    for row in rows(include_str!("../golden/published/receptor_first_order_destexhe.csv")) {
        let receptor = match row.text("receptor") {
            "AMPA" => destexhe_1998::AMPA,
            "NMDA" => destexhe_1998::NMDA,
            "GABA-A" | "GABAA" => destexhe_1998::GABA_A,
            "NR2A" => destexhe_1998::GLUN2A,
            "NR2B" => destexhe_1998::GLUN2B,
            "NR2CD" => destexhe_1998::GLUN2CD,
            other => panic!("unknown receptor {other}"),
        };
        let found = receptor.bound_at(row.number("t_ms"), &[0.0], 1.0, 1.0, 1.0);
        row.close("R", found, 1e-10);
    }
}

/// Kit's release rule: nothing within a pulse or its dead time, and two spikes
/// bind more than one.
#[test]
fn spikes_within_the_dead_time_release_nothing() {
    let at = |spikes: &[f64]| destexhe_1998::AMPA.bound_at(10.0, spikes, 1.0, 1.0, 1.0);
    assert_eq!(at(&[0.0, 0.5]), at(&[0.0]));
    assert_eq!(at(&[0.0, 1.5]), at(&[0.0]));
    assert!(at(&[0.0, 2.5]) > at(&[0.0]));
}

#[test]
fn four_models_of_gaba_b() {
    for row in rows(include_str!("../golden/published/gabab_kinetics.csv")) {
        let (n, f) = (row.number("n_spikes") as u32, row.number("f_hz"));
        let spikes: Vec<f64> = (0..n).map(|k| 10.0 + 1000.0 * f64::from(k) / f).collect();
        let end = f64::max(2010.0, 1000.0 * f64::from(n) / f + 1500.0);
        let mut times: Vec<f64> = (0..).map(f64::from).take_while(|t| *t < end).collect();
        times.push(end);
        let course = match row.text("model") {
            "dest98_min" => destexhe_1998::GABA_B.course(&spikes, &times),
            "dest95_desens" => destexhe_sejnowski_1995::GABA_B.course(&spikes, &times),
            "saud15" => saudargiene_2015::GABA_B.course(&spikes, &times),
            "schulz18" => schulz_2018::gaba_b_course(&spikes, &times),
            other => panic!("unknown model {other}"),
        };
        let found = response(&times, &course, 10.0);
        row.close("peak", found.peak, 1e-5 * found.peak);
        row.close("t_peak_ms", found.peak_ms, 1e-9);
        row.close("integral_ms", found.integral_ms, 1e-5 * found.integral_ms);
    }
}

/// What a difference of exponentials cannot do.
#[test]
fn gaba_b_is_steeply_non_linear_in_the_number_of_pulses() {
    let peak = |n: u32| {
        let spikes: Vec<f64> = (0..n).map(|k| 10.0 + 10.0 * f64::from(k)).collect();
        let times: Vec<f64> = (0..600).map(f64::from).collect();
        response(&times, &destexhe_1998::GABA_B.course(&spikes, &times), 10.0).peak
    };
    assert!(peak(4) / peak(1) > 150.0);
    for (n, expected) in [(2, 1.99e-4), (10, 3.77e-2)] {
        assert!((peak(n) / expected - 1.0).abs() < 5e-3, "{n}: {}", peak(n));
    }
}

/// Rectangular pulses that overlap do not add.
#[test]
fn overlapping_transmitter_pulses_do_not_add() {
    let at = |spikes: &[f64]| saudargiene_2015::GABA_B.course(spikes, &[100.0])[0];
    assert_eq!(at(&[10.0, 10.0]), at(&[10.0]));
    let longer = at(&[10.0, 10.5]);
    assert!(longer > at(&[10.0]) && longer < at(&[10.0, 12.0]));
}

#[test]
fn nmda_receptor_chains() {
    for row in rows(include_str!("../golden/published/rodrigues2023_glun2_kinetics.csv")) {
        let subunit = if row.text("subunit") == "GluN2A" { Subunit::Glun2a } else { Subunit::Glun2b };
        let p = &rodrigues::nmda(subunit, 35.0).after_pulse(1000.0, 1.0, &[row.number("t_ms")])[0];
        row.close("p_open", p[5] + p[6], 1e-8);
    }
}

/// GluN2B: slower throughout, tail above 100 ms; GluN2A: peak 0.5487 at 3.5 ms, tail 26.3 ms.
#[test]
fn glun2b_is_slower_than_glun2a() {
    let open = |subunit, times: &[f64]| -> Vec<f64> {
        rodrigues::nmda(subunit, 35.0).after_pulse(1000.0, 1.0, times).iter().map(|p| p[5] + p[6]).collect()
    };
    let times: Vec<f64> = (1..2_000).map(|k| 0.5 * f64::from(k)).collect();
    let (a, b) = (open(Subunit::Glun2a, &times), open(Subunit::Glun2b, &times));
    let peak =
        |course: &[f64]| course.iter().enumerate().max_by(|x, y| x.1.total_cmp(y.1)).map(|(k, g)| (times[k], *g));
    let (at, height) = peak(&a).unwrap();
    assert!((at - 3.5).abs() < 0.3 && (height - 0.5487).abs() < 1e-4, "{at} {height}");
    assert!(peak(&b).unwrap().0 > at);
    let tail = |course: &[f64]| -100.0 / (course[999] / course[799]).ln();
    assert!((tail(&a) - 26.3).abs() < 0.1, "{}", tail(&a));
    assert!(tail(&b) > 100.0, "{}", tail(&b));
}

/// GABA-A and AMPA chains after 1 ms of 1 mM at 35 °C.
#[test]
fn gaba_a_and_ampa_chains() {
    let times = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
    let expected = [0.8784241623, 0.7368240284, 0.4240510476, 0.1691178680, 0.02689876499, 1.082332942e-4];
    for (p, value) in rodrigues::gaba_a(35.0).after_pulse(1000.0, 1.0, &times).iter().zip(expected) {
        assert!((p[3] + p[4] - value).abs() < 1e-9, "{} {value}", p[3] + p[4]);
    }
    let times = [0.2, 0.5, 1.0, 2.0, 5.0];
    let expected = [21.833484, 19.997589, 16.905266, 2.8601227, 0.010731738];
    for (p, value) in rodrigues::ampa(35.0).after_pulse(1000.0, 1.0, &times).iter().zip(expected) {
        let found: f64 = p[13..].iter().zip(rodrigues::AMPA_PS).map(|(p, g)| p * g).sum();
        assert!((found - value).abs() < 1e-6 * (1.0 + value), "{found} {value}");
    }
}

#[test]
fn calcium_channel_gates() {
    for row in rows(include_str!("../golden/published/rodrigues2023_vgcc_steadystate.csv")) {
        let v = row.number("V_mV");
        let (t, r, l) = (rodrigues::t_type(v), rodrigues::r_type(v), rodrigues::l_type_rates(v));
        for (column, found) in
            [("T_m", t.m), ("T_h", t.h), ("R_m", r.m), ("R_h", r.h), ("L_a", l[0]), ("L_b1", l[1]), ("L_b2", l[2])]
        {
            row.close(column, found, 1e-9 * found.max(1e-3));
        }
    }
    let t = rodrigues::t_type(-60.0);
    assert!((t.m_ms - 0.152_608_665).abs() < 1e-9);
    assert!((rodrigues::r_type(-60.0).m_ms - 0.117_685_989).abs() < 1e-9);
}

#[test]
fn dependence_on_temperature_age_and_calcium() {
    let close = |found: f64, expected: f64| {
        assert!((found / expected - 1.0).abs() < 1e-5, "{found} {expected}");
    };
    close(rodrigues::nmda_forward(35.0), 7.513_712_269);
    close(rodrigues::nmda_forward(25.0), 6.018_38);
    close(rodrigues::nmda_backward(35.0), 4.864_224_083);
    close(rodrigues::nmda_backward(30.0), 4.112_68);
    close(rodrigues::ampa_forward(35.0), 8.476_97);
    close(rodrigues::ampa_backward(25.0), 0.967_965);
    close(rodrigues::channel_backward(25.0), 0.805_778);
    close(rodrigues::channel_forward(25.0), 2.2);
    close(rodrigues::nmda_conductance_ps(2500.0), 75.480_5);
    close(rodrigues::glun2b_ratio(60.0), 0.536_125);
    close(rodrigues::chloride_reversal_mv(60.0), -91.584_5);
}

#[test]
fn tsodyks_markram_maps() {
    for row in rows(include_str!("../golden/published/stp_tsodyks_markram.csv")) {
        let synapse = match row.text("set") {
            "SC1" => TsodyksMarkram { release: 0.2, facilitation_ms: 100.0, recovery_ms: 50.0 },
            _ => TsodyksMarkram { release: 0.46, facilitation_ms: 0.0, recovery_ms: 525.0 },
        };
        let n = row.number("n") as usize;
        let found = releases(&synapse, &vec![1000.0 / row.number("f_hz"); n - 1])[n - 1];
        row.close("u", found[0], 1e-10);
        row.close("R", found[1], 1e-10);
        row.close("release", found[2], 1e-10);
        row.close("release_over_first", found[2] / synapse.release, 1e-10);
    }
}

#[test]
fn fields_of_current_sources() {
    for row in rows(include_str!("../golden/published/field_forward_model.csv")) {
        let (r, z, length) = (row.number("r_um"), row.number("z_um"), row.number("L_um"));
        let found = match row.text("kind") {
            "point" => point_uv(1.0, r),
            "line" => line_uv(1.0, r, z, length),
            _ => two_pole_uv(1.0, r, z, length),
        };
        row.close("V_uV", found, 1e-8);
    }
}

/// The two poles cancel far away faster than each alone.
#[test]
fn two_poles_sum_to_zero_current() {
    let (near, far) = (two_pole_uv(1.0, 1_000.0, 0.0, 200.0), two_pole_uv(1.0, 10_000.0, 0.0, 200.0));
    assert!((far / near).abs() < 2e-3);
    assert!(point_uv(1.0, 10_000.0) / point_uv(1.0, 1_000.0) > 0.09);
}

/// Depression of a second IPSC at times (ms) after the first.
fn depression(receptor: &Autoreceptor) -> Vec<(f64, f64)> {
    let times: Vec<f64> = (1..300).map(|k| 5.0 * f64::from(k)).collect();
    times.iter().copied().zip(receptor.release_factor(&times).iter().map(|factor| 1.0 - factor)).collect()
}

/// Davies et al. 1990; Mott & Lewis 1991.
#[test]
fn ipscs_are_depressed_most_at_150_to_250_ms_and_recover_by_1_s() {
    let course = depression(&CA1);
    let peak = course.iter().copied().fold((0.0, 0.0), |best, point| if point.1 > best.1 { point } else { best });
    assert!((150.0..=250.0).contains(&peak.0), "{peak:?}");
    assert!((0.6..=0.8).contains(&peak.1), "{peak:?}");
    let late = course.iter().find(|point| point.0 >= 1_000.0).unwrap();
    assert!(late.1 < 0.03, "{late:?}");
    let soon = course.iter().find(|point| point.0 >= 20.0).unwrap();
    assert!(soon.1 < 0.5 * peak.1, "{soon:?}");
}

#[test]
fn an_antagonist_abolishes_the_depression() {
    let blocked = Autoreceptor { strength: 0.0, ..CA1 };
    assert!(depression(&blocked).iter().all(|point| point.1 == 0.0));
}

#[test]
fn the_autoreceptor_is_the_same_however_often_it_is_read() {
    let one = CA1.release_factor(&[200.0])[0];
    let many = CA1.release_factor(&(1..=200).map(f64::from).collect::<Vec<_>>())[199];
    assert!((one - many).abs() < 1e-7, "{one} {many}");
}
