//! The table of parameters: one row each, with unit, range, evidence, prior and source.

use crate::parameters::prior::Prior;
use crate::parameters::prior::Prior::{Between, Fixed, PlusMinus, Share, TimesTestPulse, Within};
use crate::parameters::spec::ParameterSpec;
use evidence::Evidence;
use evidence::Evidence::{Calibrated, Derived, FromMemory, Measured, ModelChoice};

macro_rules! table {
    ($( $field:ident $path:literal $symbol:literal = $value:literal $unit:literal in $low:literal..$high:literal,
        $evidence:expr, $prior:expr, $meaning:literal, $source:literal; )*) => {
        /// All parameters of the synapse. The name of a field ends in its unit.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Parameters {
            $( #[doc = concat!($meaning, ". Unit: ", $unit, ". Source: ", $source, ".")] pub $field: f64, )*
        }

        impl Default for Parameters {
            fn default() -> Self {
                Self { $( $field: $value, )* }
            }
        }

        impl Parameters {
            pub(crate) fn at(&self, index: usize) -> f64 {
                [$( self.$field, )*][index]
            }

            pub(crate) fn at_mut(&mut self, index: usize) -> &mut f64 {
                let fields = [$( &mut self.$field, )*];
                fields.into_iter().nth(index).expect("an index into the table")
            }
        }

        pub(crate) static SPECS: [ParameterSpec; [$( $path, )*].len()] = [
            $( ParameterSpec {
                path: $path, symbol: $symbol, unit: $unit, default: $value, low: $low, high: $high,
                evidence: $evidence as Evidence, prior: $prior as Prior, meaning: $meaning, source: $source,
            }, )*
        ];
    };
}

table! {
    // --- preparation ------------------------------------------------------------
    bath_celsius "preparation.temperature" "T" = 32.0 "degC" in 10.0..40.0, ModelChoice, Fixed,
        "Temperature of the bath", "the calibration stands for 32 degC; other temperatures by the coefficients of docs/model/preparation.md";
    bath_calcium_mm "preparation.calcium" "[Ca]" = 2.0 "mM" in 0.1..10.0, ModelChoice, Fixed,
        "Extracellular calcium", "the calibration stands for 2 mM; other concentrations by the laws of docs/model/preparation.md";
    // --- cell -----------------------------------------------------------------
    soma_capacitance_pf "cell.soma_capacitance" "C_s" = 90.0 "pF" in 40.0..200.0, ModelChoice, Within(1.4),
        "Capacitance of the somatic compartment", "two-compartment reduction of a CA1 pyramid, input resistance near 90 MOhm";
    dendrite_capacitance_pf "cell.dendrite_capacitance" "C_d" = 110.0 "pF" in 40.0..250.0, ModelChoice, Within(1.4),
        "Capacitance of the stratum-radiatum dendrite", "two-compartment reduction, as above";
    soma_leak_ns "cell.soma_leak" "g_Ls" = 7.57 "nS" in 1.0..20.0, Calibrated, Within(1.5),
        "Leak conductance of the soma", "two-compartment reduction, as above";
    dendrite_leak_ns "cell.dendrite_leak" "g_Ld" = 5.0 "nS" in 1.0..20.0, ModelChoice, Within(1.5),
        "Leak conductance of the dendrite", "two-compartment reduction, as above";
    axial_ns "cell.axial" "g_c" = 19.1 "nS" in 2.0..60.0, Calibrated, Within(2.0),
        "Conductance between dendrite and soma", "two-compartment reduction, as above";
    leak_reversal_mv "cell.leak_reversal" "E_L" = -68.0 "mV" in -80.0..-55.0, FromMemory, PlusMinus(4.0),
        "Leak reversal, resting potential without tonic inhibition", "CA1 pyramids at 32 degC rest near -68 mV";
    spike_threshold_mv "spike.threshold" "V_T" = -54.0 "mV" in -60.0..-40.0, FromMemory, PlusMinus(4.0),
        "Threshold of the exponential integrate-and-fire soma", "CA1 pyramids in slices";
    spike_slope_mv "spike.slope" "D_T" = 2.0 "mV" in 0.5..5.0, FromMemory, Within(1.6),
        "Sharpness of the spike upstroke", "Fourcaud-Trocme et al. 2003 J Neurosci 23:11628, form of the model";
    spike_reset_mv "spike.reset" "V_r" = -58.0 "mV" in -75.0..-50.0, ModelChoice, PlusMinus(6.0),
        "Potential after a spike", "exponential integrate-and-fire reduction";
    spike_refractory_ms "spike.refractory" "t_ref" = 3.0 "ms" in 1.0..10.0, ModelChoice, Within(2.0),
        "Refractory time", "exponential integrate-and-fire reduction";
    ahp_ns "spike.ahp" "g_AHP" = 6.8 "nS" in 0.0..40.0, Calibrated, Between(3.0, 15.0),
        "After-hyperpolarising conductance added by a spike", "keeps a disinhibited cell from runaway firing";
    ahp_decay_ms "spike.ahp_decay" "tau_AHP" = 40.0 "ms" in 5.0..300.0, FromMemory, Within(1.6),
        "Decay of the after-hyperpolarisation", "medium AHP of CA1 pyramids";
    potassium_reversal_mv "cell.potassium_reversal" "E_K" = -95.0 "mV" in -110.0..-80.0, Derived, PlusMinus(5.0),
        "Potassium reversal", "Nernst, 2.5 mM outside, 32 degC";
    bap_ns "spike.back_propagating" "g_bAP" = 110.0 "nS" in 0.0..250.0, ModelChoice, Within(1.8),
        "Dendritic conductance opened by a back-propagating spike", "sized so that the dendrite reaches about 0 mV on its capacitance";
    bap_decay_ms "spike.back_propagating_decay" "tau_bAP" = 1.0 "ms" in 0.3..4.0, FromMemory, Within(1.6),
        "Duration of the back-propagating spike's conductance", "dendritic spikes of CA1 last 1-2 ms";
    bap_reversal_mv "spike.back_propagating_reversal" "E_bAP" = 50.0 "mV" in 30.0..70.0, Derived, PlusMinus(8.0),
        "Its reversal potential", "sodium reversal";
    bap_use "spike.back_propagating_use" "u_bAP" = 0.13 "1" in 0.0..0.8, Calibrated, Share(0.05, 0.3),
        "Share of the back-propagating reserve that a spike uses", "attenuation in trains, Spruston et al. 1995 Science 268:297";
    bap_recovery_ms "spike.back_propagating_recovery" "tau_res" = 700.0 "ms" in 100.0..5000.0, Calibrated, Between(300.0, 2000.0),
        "Recovery of the reserve (slow sodium inactivation)", "Spruston et al. 1995 Science 268:297";
    // --- glutamate ------------------------------------------------------------
    spines "spines.number" "N" = 100.0 "1" in 8.0..20000.0, ModelChoice, Fixed,
        "Tracked spines per slice; each stands for many like it", "more spines, finer grading";
    neck_ns "spines.neck" "g_n" = 6.0 "nS" in 1.0..40.0, Derived, Within(1.4),
        "Conductance of the spine neck", "inverse of about 170 MOhm within 50-550 MOhm, Rodrigues et al. 2023 eLife 80152";
    ampa_ns "ampa.conductance" "g_A" = 1.2 "nS" in 0.1..2.0, Calibrated, Between(0.6, 1.8),
        "AMPA conductance of one release at weight 1", "120 channels of 15-36 pS, Rodrigues et al. 2023";
    ampa_rise_ms "ampa.rise" "tau_Ar" = 0.5 "ms" in 0.1..2.0, FromMemory, Within(1.6),
        "AMPA rise", "CA1 EPSC at 32-35 degC";
    ampa_decay_ms "ampa.decay" "tau_Ad" = 4.0 "ms" in 1.0..12.0, FromMemory, Within(1.6),
        "AMPA decay", "CA1 EPSC at 32-35 degC";
    nmda_ns "nmda.conductance" "g_N" = 0.639 "nS" in 0.05..1.5, Calibrated, Between(0.3, 1.2),
        "NMDA conductance of one release, without block", "0.3-0.5 of AMPA; Chindemi et al. 2022 Nat Commun 13:3038 uses 0.55";
    glun2b_share "nmda.glun2b_share" "f_2B" = 0.35 "1" in 0.0..1.0, Derived, Share(0.25, 0.5),
        "Share of GluN2B in the NMDA conductance", "ratio 0.54-0.77 at P35-P60, Rodrigues et al. 2023";
    triheteromer_share "nmda.triheteromer_share" "f_2AB" = 0.6 "1" in 0.0..1.0, FromMemory, Share(0.35, 0.8),
        "Share of GluN2A/2B triheteromers in the GluN2B part", "most GluN2B of adult CA1 synapses, Rauner & Kohr 2011 J Biol Chem 286:7558; Tovar et al. 2013 J Neurosci 33:9150";
    glun2a_rise_ms "nmda.glun2a_rise" "tau_2Ar" = 3.0 "ms" in 0.5..10.0, Derived, Within(1.4),
        "GluN2A rise", "GluN2A/B rises 3.9 ms and above at room temperature, PMC6858497 Table 1, faster at 32 degC";
    glun2a_decay_ms "nmda.glun2a_decay" "tau_2Ad" = 55.0 "ms" in 20.0..120.0, Derived, Between(45.0, 87.0),
        "GluN2A decay", "56-87 ms, PMC6858497 Table 1; about 50 ms near 35 degC, Rodrigues et al. 2023";
    glun2b_rise_ms "nmda.glun2b_rise" "tau_2Br" = 8.0 "ms" in 1.0..20.0, FromMemory, Within(1.6),
        "GluN2B rise", "slower than GluN2A throughout, Rodrigues et al. 2023";
    glun2b_decay_ms "nmda.glun2b_decay" "tau_2Bd" = 200.0 "ms" in 100.0..600.0, Derived, Between(155.0, 350.0),
        "GluN2B decay", "155-548 ms, PMC6858497 Table 1; about 250 ms near 35 degC, Rodrigues et al. 2023";
    magnesium_mm "nmda.magnesium" "[Mg]" = 1.3 "mM" in 0.0..4.0, ModelChoice, Fixed,
        "Extracellular magnesium", "artificial cerebrospinal fluids use 1.2-2 mM";
    nmda_inactivation_per_um "nmda.inactivation" "k_In" = 0.857 "1/uM" in 0.0..4.0, Calibrated, Between(0.3, 2.0),
        "Calcium-dependent inactivation of NMDA receptors per uM of calcium above rest", "Legendre et al. 1993 J Neurosci 13:674: about half, over seconds";
    nmda_inactivation_ms "nmda.inactivation_time" "tau_In" = 2000.0 "ms" in 300.0..10000.0, FromMemory, Within(1.6),
        "Time constant of that inactivation", "Legendre et al. 1993";
    // --- release --------------------------------------------------------------
    release_probability "release.probability" "U" = 0.083 "1" in 0.02..0.8, Calibrated, Between(0.05, 0.3),
        "Mean release probability of the first pulse", "with facilitation and recovery gives a paired-pulse ratio near 1.5 at 50 ms (C9) and the share of release lost in trains; 0.05-0.5 over synapses, Dobrunz & Stevens 1997 Neuron 18:995";
    release_cv "release.probability_cv" "CV_U" = 0.35 "1" in 0.0..1.0, FromMemory, Within(1.6),
        "Variation of release probability between spines", "broad distribution, Dobrunz & Stevens 1997 Neuron 18:995";
    facilitation_ms "release.facilitation_time" "tau_F" = 136.0 "ms" in 20.0..800.0, Calibrated, Between(60.0, 500.0),
        "Decay of facilitation", "paired-pulse ratio near 1.5 at 50 ms (C9)";
    recovery_ms "release.recovery_time" "tau_D" = 199.0 "ms" in 20.0..1000.0, Calibrated, Between(80.0, 800.0),
        "Refilling of the release site", "paired-pulse ratio at 50 ms (C9), and release in 100 Hz trains against theta bursts (C1-C3)";
    slow_pool_use "release.slow_pool_use" "eps_2" = 0.003 "1" in 0.0..0.2, Calibrated, Between(0.001, 0.01),
        "Share of the reserve pool that one vesicle takes", "25 + 30 vesicles, Rodrigues et al. 2023";
    slow_pool_ms "release.slow_pool_time" "tau_R2" = 8000.0 "ms" in 1000.0..60000.0, FromMemory, Within(1.6),
        "Refilling of the reserve pool", "seconds to tens of seconds, Rodrigues et al. 2023";
    ptp_step "release.ptp_step" "d_PTP" = 0.008 "1" in 0.0..0.1, FromMemory, Within(1.6),
        "Post-tetanic increment of release per pulse", "post-tetanic potentiation lasts about a minute";
    ptp_ceiling "release.ptp_ceiling" "P_max" = 0.6 "1" in 0.0..3.0, FromMemory, Within(1.6),
        "Ceiling of post-tetanic potentiation", "up to about +60 % after 100 Hz";
    ptp_ms "release.ptp_time" "tau_PTP" = 40000.0 "ms" in 5000.0..200000.0, FromMemory, Within(1.6),
        "Decay of post-tetanic potentiation", "tens of seconds";
    fibre_failure "release.fibre_failure" "f_ax" = 0.3 "1" in 0.0..1.0, Calibrated, Share(0.1, 0.6),
        "Largest share of fibres that fail in a fast train", "high-frequency axonal failure";
    fibre_recovery_ms "release.fibre_recovery" "tau_ax" = 1000.0 "ms" in 100.0..10000.0, FromMemory, Within(1.6),
        "Recovery of the fibres", "high-frequency axonal failure";
    quantal_cv "release.quantal_cv" "CV_q" = 0.29 "1" in 0.0..1.0, FromMemory, Within(1.6),
        "Variation of the effect of one vesicle", "quantal variance at one site";
    // --- inhibition -----------------------------------------------------------
    gaba_reversal_mv "gaba_a.reversal" "E_GABA" = -72.0 "mV" in -90.0..-40.0, FromMemory, PlusMinus(4.0),
        "GABA-A reversal of mature CA1", "-70 to -75 mV; rabbit CA1 -70 mV, Mueller et al. 1983";
    gaba_fast_soma_ns "gaba_a.fast_soma" "g_fs" = 6.1 "nS" in 0.0..40.0, Calibrated, Between(2.0, 15.0),
        "Fast feed-forward IPSC at the soma", "a few nS per test pulse at half-maximal stimulation";
    gaba_fast_dendrite_ns "gaba_a.fast_dendrite" "g_fd" = 7.56 "nS" in 0.0..40.0, Calibrated, Between(2.0, 20.0),
        "Fast feed-forward IPSC at the dendrite", "set so that bursts every 200 ms potentiate far more than bursts every 2 s (C3, C8)";
    gaba_fast_rise_ms "gaba_a.fast_rise" "tau_fr" = 0.8 "ms" in 0.2..3.0, FromMemory, Within(1.6),
        "Rise of the fast IPSC", "CA1 IPSC near 34 degC";
    gaba_fast_decay_ms "gaba_a.fast_decay" "tau_fd" = 8.6 "ms" in 3.0..30.0, Derived, Within(1.4),
        "Decay of the fast IPSC", "18 ms at 24 degC (PMC6774173) with Q10 2.1 (PMID 1357584) to 34 degC";
    gaba_slow_ns "gaba_a.slow" "g_sl" = 13.3 "nS" in 0.0..20.0, Calibrated, Between(3.0, 18.0),
        "Slow (alpha5) IPSC at the dendrite", "Schulz et al. 2018 ModelDB 258867, form; kept below the fast conductance";
    gaba_slow_rise_ms "gaba_a.slow_rise" "tau_sr" = 4.0 "ms" in 1.0..15.0, FromMemory, Within(1.6),
        "Rise of the slow IPSC", "GABA-A slow, Pearce 1993";
    gaba_slow_decay_ms "gaba_a.slow_decay" "tau_sd" = 45.0 "ms" in 20.0..100.0, FromMemory, Between(30.0, 70.0),
        "Decay of the slow IPSC", "30-70 ms component, Pearce 1993";
    inhibition_latency_ms "gaba_a.latency" "d_ff" = 1.8 "ms" in 0.5..6.0, FromMemory, Within(1.6),
        "Delay of feed-forward inhibition after the volley's release", "disynaptic delay";
    gaba_use "gaba_a.depression_use" "u_I" = 0.281 "1" in 0.0..0.8, Calibrated, Share(0.1, 0.5),
        "Depression of the IPSC per pulse", "paired-pulse depression of IPSCs";
    gaba_recovery_ms "gaba_a.depression_recovery" "tau_I" = 250.0 "ms" in 50.0..2000.0, FromMemory, Within(1.6),
        "Recovery from that depression", "paired-pulse depression of IPSCs";
    feedback_fraction "gaba_a.feedback" "f_fb" = 0.47 "1" in 0.0..2.0, Calibrated, Between(0.15, 1.0),
        "Feedback IPSC after a somatic spike, relative to feed-forward", "somewhat weaker than feed-forward inhibition";
    feedback_latency_ms "gaba_a.feedback_latency" "d_fb" = 3.0 "ms" in 1.0..10.0, FromMemory, Within(1.6),
        "Delay of feedback inhibition", "disynaptic delay";
    dendritic_share "gaba_a.dendritic_share" "r_0" = 0.193 "1" in 0.0..1.0, Calibrated, Share(0.08, 0.4),
        "Share of dendritic inhibition that the first pulse recruits", "O-LM and bistratified cells join late, Pouille & Scanziani 2004 Nature 429:717";
    recruitment_gain "gaba_a.recruitment" "k_r" = 0.357 "1" in 0.0..1.0, Calibrated, Share(0.15, 0.65),
        "Share of the rest that a further pulse recruits", "facilitating input of O-LM cells, Pouille & Scanziani 2004";
    recruitment_ms "gaba_a.recruitment_time" "tau_r" = 150.0 "ms" in 20.0..1000.0, ModelChoice, Within(2.0),
        "Decay of that recruitment", "facilitation of excitatory synapses on O-LM cells, 100-200 ms";
    dendritic_use "gaba_a.dendritic_use" "u_D" = 0.381 "1" in 0.0..0.8, Calibrated, Share(0.15, 0.6),
        "Depression of dendritic IPSCs per pulse", "weaker than that of basket cells";
    slow_use "gaba_a.slow_use" "u_N" = 0.387 "1" in 0.0..0.9, Calibrated, Share(0.15, 0.7),
        "Depression of the slow (neurogliaform) IPSC per pulse", "neurogliaform IPSCs fade above 0.1 Hz, Tamas et al. 2003 Science 299:1902";
    slow_recovery_ms "gaba_a.slow_recovery" "tau_N" = 2100.0 "ms" in 100.0..20000.0, Calibrated, Between(700.0, 6000.0),
        "Recovery of the slow IPSC", "seconds, Tamas et al. 2003";
    chloride_volume_um3 "gaba_a.chloride_volume" "v_Cl" = 800.0 "um3" in 50.0..1000000.0, ModelChoice, Within(3.0),
        "Volume that the chloride of dendritic IPSCs fills", "dendrites of the stimulated part of stratum radiatum, about 1 mm of 1 um";
    chloride_recovery_ms "gaba_a.chloride_recovery" "tau_Cl" = 8000.0 "ms" in 100.0..200000.0, FromMemory, Within(1.6),
        "Removal of such chloride by KCC2", "seconds to tens of seconds after a load of mature CA1 dendrites";
    interneuron_tonic_share "gaba_a.interneuron_tonic" "kappa" = 0.1 "1" in 0.0..2.0, ModelChoice, Within(2.5),
        "Tonic GABA-A conductance of interneurons, share of their leak", "half to one nS in 5-10 nS";
    tonic_ns "gaba_a.tonic" "g_5" = 5.7 "nS" in 0.0..40.0, Derived, Within(1.5),
        "Tonic conductance of the alpha5 pool at full rectification, in ambient GABA of 0.7 uM", "0.32 pS/mV per pF (n = 12, J Neurosci 2010 30:7672) at 200 pF, over 11.2 pS/mV per nS of the rectification";
    tonic_delta_ns "gaba_a.tonic_delta" "g_del" = 0.112 "nS" in 0.0..10.0, Derived, Within(2.0),
        "Tonic conductance of the delta pool in ambient GABA of 0.7 uM; it does not rectify", "60 % of the tonic current at -70 mV is left without alpha5, Glykys & Mody 2006 J Neurophysiol 95:2796";
    ambient_gaba_um "gaba_a.ambient" "A" = 0.7 "uM" in 0.0..50.0, Derived, Between(0.2, 2.5),
        "Ambient GABA", "geometric mean of 0.2-2.5 uM, Glykys & Mody 2007 J Physiol 582:1163";
    alpha5_half_um "gaba_a.alpha5_half" "K_5" = 5.0 "uM" in 0.5..50.0, FromMemory, Within(2.0),
        "GABA that half occupies the alpha5 pool", "alpha5 receptors matter once GABA is raised, Scimemi et al. 2005 J Neurosci 25:10016; EC50 of alpha5beta3gamma2 a few uM";
    delta_half_um "gaba_a.delta_half" "K_del" = 0.5 "uM" in 0.05..10.0, FromMemory, Within(2.0),
        "GABA that half occupies the delta pool", "EC50 of delta receptors 0.3-1 uM, Scimemi et al. 2005 for the order";
    ambient_spill_um "gaba_a.spill" "c_amb" = 0.3 "uM" in 0.0..10.0, ModelChoice, Within(3.0),
        "Ambient GABA that one volley of all interneurons adds", "a burst raises tonic current for some hundreds of ms";
    ambient_uptake_ms "gaba_a.uptake" "tau_up" = 150.0 "ms" in 5.0..5000.0, ModelChoice, Within(3.0),
        "Clearance of that GABA by uptake", "GAT-1 and GAT-3, tens to hundreds of ms";
    use_block_per_ms "gaba_a.use_block_rate" "k_ub" = 0.1 "1/ms" in 0.001..2.0, ModelChoice, Within(2.0),
        "Rate at which a use-dependent blocker closes fully activated receptors", "blockers of this kind act within an IPSC";
    use_block_recovery_ms "gaba_a.use_block_recovery" "tau_ub" = 500.0 "ms" in 20.0..5000.0, ModelChoice, Within(2.0),
        "Recovery from use-dependent block", "hundreds of ms to seconds";
    gaba_b_ns "gaba_b.conductance" "g_B" = 12.1 "nS" in 0.0..15.0, Calibrated, Between(4.0, 14.5),
        "Largest post-synaptic GABA-B conductance", "slow IPSP of a few mV to bursts";
    spillover_mm "gaba_b.spillover" "c_sp" = 0.181 "mM" in 0.0..1.0, Calibrated, Between(0.05, 0.5),
        "GABA that one IPSC spills onto GABA-B receptors", "chosen so that one pulse does little and a burst much";
    spillover_ms "gaba_b.uptake" "tau_sp" = 10.0 "ms" in 0.3..100.0, ModelChoice, Within(3.0),
        "Clearance of the spilt GABA", "uptake within tens of ms";
    heteroreceptor_max "gaba_b.heteroreceptor" "h" = 0.35 "1" in 0.0..1.0, FromMemory, Share(0.2, 0.5),
        "Largest suppression of glutamate release by spilt GABA", "heterosynaptic depression by 20-40 % after trains, none after a pulse, Isaacson, Solis & Nicoll 1993 Neuron 10:165";
    autoreceptor_max "gaba_b.autoreceptor_max" "s_auto" = 0.93 "1" in 0.0..1.0, Calibrated, Share(0.7, 0.98),
        "Largest suppression of GABA release by the autoreceptor", "Davies et al. 1991 Nature 349:609";
    autoreceptor_half "gaba_b.autoreceptor_half" "K_auto" = 0.0639 "1" in 0.005..1.0, Calibrated, Between(0.03, 0.15),
        "Activation of half suppression", "set with the time course of the autoreceptor";
    autoreceptor_gain "gaba_b.autoreceptor_gain" "k_auto" = 0.4 "1" in 0.0..1.0, ModelChoice, Share(0.2, 0.65),
        "Receptor activation by one IPSC", "set with the time course of the autoreceptor";
    autoreceptor_first_ms "gaba_b.autoreceptor_first" "tau_a1" = 180.0 "ms" in 20.0..400.0, Derived, Within(1.25),
        "First slow stage", "suppression of a lone IPSC is largest at 200 ms, the middle of the 150-250 ms of Davies et al. 1991, and below 5 % at 1 s";
    autoreceptor_second_ms "gaba_b.autoreceptor_second" "tau_a2" = 220.0 "ms" in 20.0..400.0, Derived, Within(1.25),
        "Second slow stage", "suppression of a lone IPSC is largest at 200 ms, the middle of the 150-250 ms of Davies et al. 1991, and below 5 % at 1 s";
    // --- spine calcium --------------------------------------------------------
    calcium_rest_um "calcium.rest" "Ca_0" = 0.07 "uM" in 0.02..0.2, Measured, Within(1.3),
        "Resting calcium", "Chindemi et al. 2022, 70 nM";
    calcium_decay_ms "calcium.decay" "tau_Ca" = 12.0 "ms" in 5.0..50.0, Measured, Between(10.5, 17.0),
        "Decay of spine calcium", "12-15 ms, Sabatini et al. 2002 Neuron 33:439; Chindemi et al. 2022";
    spine_volume_um3 "calcium.spine_volume" "v" = 0.087 "um3" in 0.01..0.5, Measured, Within(1.5),
        "Volume of the spine head", "Chindemi et al. 2022";
    calcium_free "calcium.free_fraction" "eta" = 0.00482 "1" in 0.001..0.2, Calibrated, Between(0.003, 0.04),
        "Share of calcium left free by the buffers", "Chindemi et al. 2022; binding ratio about 20, Sabatini et al. 2002";
    nmda_calcium_share "calcium.nmda_share" "P_f" = 0.0505 "1" in 0.01..0.2, Derived, Within(1.4),
        "Factor of the NMDA calcium current", "0.6*4*Ca/(4*Ca + 120/1.38) at 2 mM, Chindemi et al. 2022";
    nmda_calcium_reversal_mv "calcium.nmda_reversal" "E_Ca,N" = 40.0 "mV" in 20.0..130.0, Measured, PlusMinus(10.0),
        "Reversal of the NMDA calcium current", "Chindemi et al. 2022";
    channel_calcium_reversal_mv "calcium.channel_reversal" "E_Ca" = 100.0 "mV" in 10.0..140.0, ModelChoice, PlusMinus(20.0),
        "Reversal of calcium channel currents", "constant-field rectification linearised";
    t_type_ns "calcium.t_type" "g_T" = 0.039 "nS" in 0.0..0.1, Calibrated, Between(0.006, 0.07),
        "T-type conductance per spine", "3 channels of 12 pS x 0.28, Rodrigues et al. 2023";
    r_type_ns "calcium.r_type" "g_R" = 0.0257 "nS" in 0.0..0.1, Calibrated, Between(0.01, 0.05),
        "R-type conductance per spine", "3 channels of 17 pS x 0.43, Rodrigues et al. 2023";
    l_type_ns "calcium.l_type" "g_Lca" = 0.0217 "nS" in 0.0..0.1, Calibrated, Between(0.01, 0.045),
        "L-type conductance per spine", "3 channels of 27 pS x 0.25, Rodrigues et al. 2023";
    l_type_low_ns "calcium.l_type_low" "g_L13" = 0.0 "nS" in 0.0..0.02, ModelChoice, Fixed,
        "Low-threshold (CaV1.3-like) L-type conductance per spine; none in the mature default", "at most 3 channels of 27 pS x 0.25, Rodrigues et al. 2023; half-activation -30 mV in CA3 pyramids, Avery & Johnston 1996 J Neurosci 16:5567";
    // --- induction and expression ----------------------------------------------
    effective_decay_ms "rule.effective_decay" "tau_eff" = 113.0 "ms" in 20.0..400.0, Calibrated, Between(45.0, 280.0),
        "Memory of effective calcium", "Chindemi et al. 2022: 278 ms; 48 ms in Graupner & Brunel 2012, hippocampal slices";
    sensor_saturation_um "rule.sensor_saturation" "K_S" = 56.0 "uM" in 1.0..1000.0, Calibrated, Between(10.0, 300.0),
        "Calcium at which the plasticity sensor saturates by half", "calmodulin saturation";
    theta_depression_um_ms "rule.theta_depression" "theta_d" = 10.6 "uM ms" in 1.0..2000.0, Calibrated, TimesTestPulse(0.25, 1.3),
        "Depression threshold, effective calcium", "Chindemi et al. 2022: 1.0-1.13 of the peak of a test pulse";
    theta_potentiation_um_ms "rule.theta_potentiation" "theta_p" = 80.0 "uM ms" in 1.0..20000.0, Calibrated, TimesTestPulse(1.2, 12.0),
        "Potentiation threshold, effective calcium", "Chindemi et al. 2022: 1.16-5.2 of the peak of a test pulse plus a spike term";
    threshold_cv "rule.threshold_cv" "CV_th" = 0.33 "1" in 0.0..0.8, Calibrated, Within(1.5),
        "Variation of thresholds between spines (lognormal)", "spine volumes vary by 0.4-0.7";
    gamma_depression "rule.gamma_depression" "g_d" = 22.6 "1" in 0.1..400.0, Calibrated, Between(6.0, 120.0),
        "Rate of depression in units of 1/tau", "Chindemi et al. 2022: 101; bounded by a stable baseline";
    gamma_potentiation "rule.gamma_potentiation" "g_p" = 380.0 "1" in 1.0..5000.0, Calibrated, Between(150.0, 1700.0),
        "Rate of potentiation in units of 1/tau", "Chindemi et al. 2022: 216; Graupner & Brunel 2012: 1646";
    gamma_potentiation_cv "rule.gamma_potentiation_cv" "CV_gp" = 1.0 "1" in 0.0..1.5, ModelChoice, Within(1.45),
        "Variation of that rate between spines (lognormal)", "CaMKII content varies";
    rho_time_ms "rule.rho_time" "tau" = 70000.0 "ms" in 10000.0..1000000.0, Measured, Within(1.5),
        "Time constant of the synaptic state", "Chindemi et al. 2022";
    rho_up "rule.initial_up" "beta" = 0.25 "1" in 0.0..1.0, Calibrated, Share(0.12, 0.5),
        "Share of spines that start potentiated", "size of depression against potentiation (C2, C4); Graupner & Brunel 2012 fits start at 0.3-0.5 potentiated";
    weight_ratio "rule.weight_ratio" "b" = 4.35 "1" in 1.2..8.0, Calibrated, Between(2.2, 6.8),
        "AMPA conductance of a potentiated relative to a depressed spine", "Graupner & Brunel 2012: 5.28";
    stp_threshold "rule.stp_threshold" "a_s" = 0.6 "1" in 0.1..1.0, ModelChoice, Share(0.35, 0.85),
        "Threshold of short-term potentiation relative to that of lasting potentiation", "weak trains leave short-term potentiation alone, Malenka 1991 Neuron 6:53";
    stp_rate_per_ms "rule.stp_rate" "k_s" = 0.02 "1/ms" in 0.0..1.0, ModelChoice, Within(2.0),
        "Rate at which short-term potentiation sets in above its threshold", "complete within a tetanus";
    stp_ms "rule.stp_time" "tau_s" = 420000.0 "ms" in 30000.0..3600000.0, FromMemory, Between(240000.0, 900000.0),
        "Decay of short-term potentiation", "gone 10-20 min after a tetanus, Malenka 1991 Neuron 6:53; Gustafsson et al. 1989 Eur J Neurosci 1:382";
    stp_size "rule.stp_size" "b_s" = 0.323 "1" in 0.0..5.0, Calibrated, Between(0.1, 1.0),
        "Short-term potentiation of a spine's AMPA conductance, in units of a depressed spine's", "time courses after a tetanus fall by 20-40 points over 20 min";
    consolidation "rule.consolidation" "c" = 0.5 "1" in 0.0..1.0, ModelChoice, Share(0.15, 0.85),
        "Share of the rate of depression that a consolidated spine is spared", "depotentiation fades with the delay after a tetanus";
    consolidation_ms "rule.consolidation_time" "tau_c" = 1800000.0 "ms" in 60000.0..20000000.0, FromMemory, Within(1.6),
        "Time constant of consolidation of a potentiated spine", "depotentiation works within minutes and hardly after an hour, Staubli & Chun 1996 J Neurosci 16:853";
    expression_ms "rule.expression_time" "tau_ex" = 20000.0 "ms" in 1000.0..1000000.0, FromMemory, Between(8000.0, 100000.0),
        "Time constant of expression", "LTP is fully there within about a minute, Gustafsson et al. 1989 Eur J Neurosci 1:382; Chindemi et al. 2022 use 100 s";
    // --- the recording ----------------------------------------------------------
    field_gain_mv_per_na "field.gain" "k_f" = 4.5 "mV/nA" in 0.1..50.0, ModelChoice, Fixed,
        "Field potential in stratum radiatum per nA of axial current of the mean cell", "point source at 50 um gives 5.3 uV/nA and cell; about 900 cells in step";
    noise_mv "field.noise" "s_n" = 0.012 "mV" in 0.0..0.2, FromMemory, Fixed,
        "Recording noise, standard deviation per sample", "field electrodes, 3 kHz filter";
    sweep_cv "field.sweep_cv" "CV_sw" = 0.04 "1" in 0.0..0.5, FromMemory, Fixed,
        "Variation of the response from sweep to sweep", "3-8 % for slices";
    volley_mv "field.volley" "a_v" = 0.16 "mV" in 0.0..2.0, FromMemory, Fixed,
        "Fibre volley amplitude", "0.1-0.3 mV at half-maximal stimulation";
    volley_latency_ms "field.volley_latency" "d_v" = 1.2 "ms" in 0.5..3.0, FromMemory, Fixed,
        "Peak of the fibre volley after the stimulus", "300-500 um at 0.3-0.4 m/s";
    synaptic_delay_ms "field.synaptic_delay" "d_syn" = 2.4 "ms" in 1.0..6.0, FromMemory, Fixed,
        "Stimulus to release", "volley plus synaptic delay";
    artefact_mv "field.artefact" "a_st" = 1.5 "mV" in 0.0..10.0, ModelChoice, Fixed,
        "Stimulus artefact", "a few times the fEPSP";
    population_spike_mv "field.population_spike" "a_ps" = 0.35 "mV" in 0.0..5.0, ModelChoice, Fixed,
        "Largest population spike seen in stratum radiatum (positive)", "small in stratum radiatum";
    population_spike_width_mv "field.population_spike_spread" "s_ps" = 2.5 "mV" in 0.3..8.0, ModelChoice, Fixed,
        "Spread of firing thresholds over the cells", "heterogeneous population";
    drift_percent_per_h "field.drift" "s_dr" = 3.0 "%/h" in 0.0..30.0, ModelChoice, Fixed,
        "Standard deviation over slices of the linear drift of the response", "stable slices drift by less than 5-10 % in 20 min";
    // --- variation ----------------------------------------------------------------
    animal_inhibition_cv "variation.animal_inhibition" "CV_aI" = 0.15 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of inhibitory conductances between animals", "chosen with the other traits so that potentiation varies between slices; published SDs are 18-28 points, ICC 0.2-0.5 from memory";
    animal_nmda_cv "variation.animal_nmda" "CV_aN" = 0.08 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of the NMDA conductance between animals", "chosen with the other traits so that potentiation varies between slices; published SDs are 18-28 points, ICC 0.2-0.5 from memory";
    animal_threshold_cv "variation.animal_threshold" "CV_aT" = 0.08 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of the potentiation threshold between animals", "chosen with the other traits so that potentiation varies between slices; published SDs are 18-28 points, ICC 0.2-0.5 from memory";
    animal_weight_cv "variation.animal_weight" "CV_aW" = 0.25 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of the size of expression (b-1) between animals", "chosen with the other traits so that potentiation varies between slices; published SDs are 18-28 points, ICC 0.2-0.5 from memory";
    slice_inhibition_cv "variation.slice_inhibition" "CV_sI" = 0.2 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of inhibitory conductances between slices", "chosen with the other traits so that potentiation varies between slices; published SDs are 18-28 points, ICC 0.2-0.5 from memory";
    slice_release_cv "variation.slice_release" "CV_sU" = 0.1 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of release probability between slices", "chosen with the other traits so that potentiation varies between slices; published SDs are 18-28 points, ICC 0.2-0.5 from memory";
    slice_stimulus_cv "variation.slice_stimulus" "CV_sS" = 0.12 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of the number of stimulated fibres between slices", "stimulus set to 30-50 % of the maximum";
    slice_threshold_cv "variation.slice_threshold" "CV_sT" = 0.1 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of the potentiation threshold between slices", "chosen with the other traits so that potentiation varies between slices; published SDs are 18-28 points, ICC 0.2-0.5 from memory";
    slice_weight_cv "variation.slice_weight" "CV_sW" = 0.35 "1" in 0.0..1.0, ModelChoice, Fixed,
        "Variation of the size of expression (b-1) between slices", "chosen with the other traits so that potentiation varies between slices; published SDs are 18-28 points, ICC 0.2-0.5 from memory";
}
