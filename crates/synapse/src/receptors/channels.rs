//! Gates of the calcium channels of a spine, each as half point (mV), inverse
//! slope (1/mV) and time constant (ms). T and R: Rodrigues et al. 2023 eLife 80152
//! (code, VGCC); L: the steady state of its three-state scheme,
//! o = 1/(1+e^{(9.0−V)/6.0}) within 0.02.

/// T-type, activation.
pub(crate) const T_ACTIVATION: (f64, f64, f64) = (-32.0, 1.0 / 7.0, 0.152_608_665);
/// T-type, inactivation.
pub(crate) const T_INACTIVATION: (f64, f64, f64) = (-70.0, -1.0 / 6.5, 50.0);
/// R-type, activation.
pub(crate) const R_ACTIVATION: (f64, f64, f64) = (3.0, 1.0 / 8.0, 0.117_685_989);
/// R-type, inactivation.
pub(crate) const R_INACTIVATION: (f64, f64, f64) = (-39.0, -1.0 / 9.2, 100.0);
/// L-type: one gate for its three-state scheme.
pub(crate) const L_ACTIVATION: (f64, f64, f64) = (9.0, 1.0 / 6.0, 1.2);
/// Low-threshold L-type: half-activation of the nimodipine-sensitive current of
/// CA3 pyramids in 2 mM calcium, Avery & Johnston 1996 J Neurosci 16:5567; slope
/// and time constant taken from the L-type above.
pub(crate) const L_LOW_ACTIVATION: (f64, f64, f64) = (-30.0, 1.0 / 6.0, 1.2);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lanes::Lanes;
    use crate::kinetics::rodrigues_2023;
    use crate::table::rows;

    /// Open share of the L-type chain in its steady state.
    fn l_type_open(v_mv: f64) -> f64 {
        let [open, first, second] = rodrigues_2023::l_type_rates(v_mv);
        let (to_first, to_second) = (open / first, open / second);
        (to_first + to_second) / (1.0 + to_first + to_second)
    }

    #[test]
    fn steady_states_have_their_published_values() {
        for row in rows(include_str!("../../tests/golden/published/rodrigues2023_vgcc_steadystate.csv")) {
            let v = row.number("V_mV");
            let at = |gate: (f64, f64, f64)| Lanes::all(v).boltzmann(gate.0, gate.1).0[0];
            for (column, gate) in
                [("T_m", T_ACTIVATION), ("T_h", T_INACTIVATION), ("R_m", R_ACTIVATION), ("R_h", R_INACTIVATION)]
            {
                row.close(column, at(gate), 1e-9);
            }
            // One gate stands for the three-state L-type scheme.
            let open = l_type_open(v);
            assert!((at(L_ACTIVATION) - open).abs() < 0.02, "{v}: {} {open}", at(L_ACTIVATION));
        }
        let (t, r) = (rodrigues_2023::t_type(-40.0), rodrigues_2023::r_type(-40.0));
        assert!((T_ACTIVATION.2 - t.m_ms).abs() < 1e-8 && (R_ACTIVATION.2 - r.m_ms).abs() < 1e-8);
        assert_eq!((T_INACTIVATION.2, R_INACTIVATION.2), (t.h_ms, r.h_ms));
    }
}
