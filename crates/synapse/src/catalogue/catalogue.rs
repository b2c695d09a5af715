//! The rows: every rule by name, and [`find`], which gives one.

use crate::catalogue::effective_calcium;
use crate::catalogue::rule::{Attachment, Rule, Usual};
use crate::late_phase::luboeinski_2021 as stc;
use crate::published::narayanan_johnston_2010;
use crate::rules::clopath_2010::parameters::Clopath2010;
use crate::rules::dainauskas_2023::parameters::Dainauskas2023;
use crate::rules::error::RuleError;
use crate::rules::{
    chindemi_2022, clopath_2010, dainauskas_2023, deperrois_2020, gb_calcium, graupner_brunel_2012, shouval_2002,
};
use crate::slice::spines::chosen::ChosenRule;

/// As most rules are run.
const USUAL: Usual = Usual { repetitions: None, pairs: "1 Hz", frequencies: "1 Hz..50 Hz step 1 Hz" };
/// As rules are run that take a second for a frequency.
const SLOW: Usual = Usual { frequencies: "1 Hz,3 Hz,5 Hz,10 Hz,30 Hz", ..USUAL };

const ALL: &[&str] = &["pairs", "bursts", "pulses", "clamp"];
const SPIKES: &[&str] = &["pairs", "bursts", "pulses"];

/// All rules.
pub static RULES: &[Rule] = &[
    Rule {
        name: "effective_calcium",
        title: "effective calcium with two thresholds and bistable drift, calibrated to CA1; default of experiments",
        source: "form: Chindemi et al. 2022 Nat Commun 13:3038; constants: docs/calibration.md",
        attachment: Attachment::EffectiveCalcium,
        in_experiments: true,
        protocols: ALL,
        limits: "",
        parameters: &[],
        sets: &[],
        attach: None,
        with_noise: None,
        usual: SLOW,
        takes_step: false,
        build: |_, _| effective_calcium::prepare(),
    },
    Rule {
        name: "gb_calcium",
        title: "Graupner-Brunel thresholds on the simulated calcium of a CA1 spine",
        source: "Graupner & Brunel 2012 PNAS 109:3991; Saudargiene & Graham 2015 Biosystems 130:37",
        attachment: Attachment::Calcium,
        in_experiments: true,
        protocols: ALL,
        limits: "",
        parameters: gb_calcium::GbCalcium::TABLE,
        sets: gb_calcium::SETS,
        attach: Some(|values| ChosenRule::new(gb_calcium::GbCalcium::from_values(values))),
        with_noise: None,
        usual: USUAL,
        takes_step: false,
        build: |values, _| gb_calcium::prepare(values),
    },
    Rule {
        name: "graupner_brunel_2012",
        title: "two thresholds on a calcium transient caused by spikes; closed form",
        source: "Graupner & Brunel 2012 PNAS 109:3991, corrected 2013",
        attachment: Attachment::Spikes,
        in_experiments: true,
        protocols: SPIKES,
        limits: "its calcium does not depend on the membrane potential",
        parameters: graupner_brunel_2012::GraupnerBrunel2012::TABLE,
        sets: graupner_brunel_2012::SETS,
        attach: Some(|values| ChosenRule::new(graupner_brunel_2012::GraupnerBrunel2012::from_values(values))),
        with_noise: Some(|values, protocol, runs, seed| {
            let p = graupner_brunel_2012::GraupnerBrunel2012::from_values(values);
            graupner_brunel_2012::monte_carlo(&p, protocol, runs, seed)
        }),
        usual: USUAL,
        takes_step: false,
        build: |values, _| {
            let values = values.to_vec();
            Ok(Box::new(move |protocol| graupner_brunel_2012::alone::outcome(&values, protocol)))
        },
    },
    Rule {
        name: "shouval_2002",
        title: "NMDA calcium control: one level depresses, a higher one potentiates",
        source: "Shouval, Bear & Cooper 2002 PNAS 99:10831",
        attachment: Attachment::Calcium,
        in_experiments: true,
        protocols: ALL,
        limits: "",
        parameters: shouval_2002::Shouval2002::TABLE,
        sets: shouval_2002::SETS,
        attach: Some(|values| ChosenRule::new(shouval_2002::Shouval2002::from_values(values))),
        with_noise: None,
        usual: USUAL,
        takes_step: false,
        build: |values, _| {
            let values = values.to_vec();
            Ok(Box::new(move |protocol| shouval_2002::outcome(&values, protocol)))
        },
    },
    Rule {
        name: "clopath_2010",
        title: "filtered potentials over thresholds at presynaptic spikes",
        source: "Clopath et al. 2010 Nat Neurosci 13:344",
        attachment: Attachment::Voltage,
        in_experiments: true,
        protocols: SPIKES,
        limits: "its neuron has no voltage clamp",
        parameters: Clopath2010::TABLE,
        sets: clopath_2010::SETS,
        attach: Some(|values| ChosenRule::new(clopath_2010::on_spine::OnSpine::new(Clopath2010::from_values(values)))),
        with_noise: None,
        usual: Usual { repetitions: Some(5), pairs: "10 Hz", ..USUAL },
        takes_step: false,
        build: |values, _| clopath_2010::alone::prepare(values),
    },
    Rule {
        name: "dainauskas_2023",
        title: "GluN2A and GluN2B conductances and potential, two-compartment CA1 cell",
        source: "Dainauskas et al. 2023 Front Synaptic Neurosci 15:1113957, ModelDB 267680",
        attachment: Attachment::Voltage,
        in_experiments: true,
        protocols: ALL,
        limits: "",
        parameters: Dainauskas2023::TABLE,
        sets: dainauskas_2023::SETS,
        attach: Some(|values| {
            ChosenRule::new(dainauskas_2023::on_spine::OnSpine::new(Dainauskas2023::from_values(values)))
        }),
        with_noise: None,
        usual: SLOW,
        takes_step: false,
        build: |values, _| {
            let values = values.to_vec();
            Ok(Box::new(move |protocol| dainauskas_2023::alone::outcome(&values, protocol)))
        },
    },
    Rule {
        name: "deperrois_2020",
        title: "short-term depression in front of a calcium rule; n pairs make a presentation",
        source: "Deperrois & Graupner 2020 PLoS Comput Biol 16:e1008265",
        attachment: Attachment::Spikes,
        in_experiments: true,
        protocols: SPIKES,
        limits: "its calcium does not depend on the membrane potential",
        parameters: deperrois_2020::Deperrois2020::TABLE,
        sets: deperrois_2020::SETS,
        attach: Some(|values| ChosenRule::new(deperrois_2020::Deperrois2020::from_values(values))),
        with_noise: None,
        usual: Usual { repetitions: Some(5), ..USUAL },
        takes_step: false,
        build: |values, _| {
            let values = values.to_vec();
            Ok(Box::new(move |protocol| deperrois_2020::outcome(&values, protocol)))
        },
    },
    Rule {
        name: "chindemi_2022",
        title: "effective calcium of a spine with thresholds of its own, as published",
        source: "Chindemi et al. 2022 Nat Commun 13:3038 (GluSynapse)",
        attachment: Attachment::EffectiveCalcium,
        in_experiments: true,
        protocols: ALL,
        limits: "",
        parameters: chindemi_2022::Chindemi2022::TABLE,
        sets: chindemi_2022::SETS,
        attach: Some(|values| ChosenRule::new(chindemi_2022::Chindemi2022::from_values(values))),
        with_noise: None,
        usual: SLOW,
        takes_step: true,
        build: chindemi_2022::alone::prepare,
    },
    Rule {
        name: "stc_luboeinski_2021",
        title: "early phase, tag, protein and capture in one synapse; the ratio is that after 8 h",
        source: "Luboeinski & Tetzlaff 2021 Commun Biol 4:275",
        attachment: Attachment::Strength,
        in_experiments: false,
        protocols: &["pulses", "STET", "WTET", "SLFS", "WLFS", "TBS", "3xTBS", "HFS1"],
        limits: "its postsynaptic spikes follow the presynaptic ones (--post-spikes)",
        parameters: stc::Stc::TABLE,
        sets: stc::SETS,
        attach: None,
        with_noise: None,
        usual: USUAL,
        takes_step: false,
        build: |values, _| stc::prepare(values),
    },
    Rule {
        name: "narayanan_johnston_2010",
        title: "CA1 dendrite with Na, K and h channels, GHK synapses and the Shouval rule",
        source: "Narayanan & Johnston 2010 J Neurophysiol 104:1020, ModelDB 147538",
        attachment: Attachment::Complete,
        in_experiments: false,
        protocols: &["pulses"],
        limits: "the published model has presynaptic pulses only",
        parameters: narayanan_johnston_2010::NarayananJohnston2010::TABLE,
        sets: narayanan_johnston_2010::SETS,
        attach: None,
        with_noise: None,
        usual: Usual { frequencies: "5 Hz,10 Hz,12.5 Hz,13.5 Hz,15 Hz,20 Hz", ..USUAL },
        takes_step: true,
        build: narayanan_johnston_2010::alone::prepare,
    },
];

/// The rule of a name.
///
/// # Errors
/// An unknown name.
pub fn find(name: &str) -> Result<&'static Rule, RuleError> {
    RULES.iter().find(|rule| rule.name == name).ok_or_else(|| RuleError::UnknownRule {
        asked: name.to_owned(),
        known: RULES.iter().map(|rule| rule.name.to_owned()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::protocol::{Anchor, Protocol};

    #[test]
    fn every_published_set_lies_within_the_ranges_of_its_parameters() {
        for rule in RULES {
            for set in rule.sets {
                let values = (set.values)();
                assert_eq!(values.len(), rule.parameters.len(), "{}", rule.name);
                for (value, spec) in values.iter().zip(rule.parameters) {
                    let range = spec.low..=spec.high;
                    assert!(range.contains(value), "{} {} {} = {value}", rule.name, set.name, spec.name);
                }
            }
        }
    }

    #[test]
    fn every_rule_runs_every_protocol_it_takes() {
        for rule in RULES {
            let (_, values) = rule.set(None).unwrap();
            let run = rule.prepare(&values, None).unwrap();
            for protocol in [
                Protocol::Pairs { n: 5, frequency_hz: 5.0, dt_ms: 10.0 },
                Protocol::Bursts {
                    n: 5,
                    frequency_hz: 5.0,
                    dt_ms: 10.0,
                    post: 2,
                    post_interval_ms: 10.0,
                    anchor: Anchor::Last,
                },
                Protocol::Pulses { n: 5, frequency_hz: 5.0 },
                Protocol::Clamp { n: 5, frequency_hz: 5.0, voltage_mv: -30.0 },
            ] {
                let outcome = run(&protocol);
                if rule.protocols.contains(&protocol.name()) {
                    let ratio = outcome.unwrap().ratio;
                    assert!(ratio > 0.0 && ratio < 100.0, "{} {protocol:?}: {ratio}", rule.name);
                } else {
                    assert!(matches!(outcome, Err(RuleError::ProtocolNotForRule { .. })), "{}", rule.name);
                }
            }
        }
    }

    #[test]
    fn a_user_set_must_be_complete_or_based_on_another() {
        let rule = find("graupner_brunel_2012").unwrap();
        let named = [("tau_ca_ms".to_owned(), 25.0)];
        let values = rule.custom(Some("DP"), &named).unwrap();
        assert_eq!((values[0], values[1]), (25.0, 1.0));
        let lacking = rule.custom(None, &named).unwrap_err().to_string();
        assert!(lacking.contains("c_pre") && lacking.contains("based_on"), "{lacking}");
        let wrong = rule.custom(Some("DP"), &[("tau_ca".to_owned(), 25.0)]).unwrap_err().to_string();
        assert!(wrong.contains("tau_ca_ms"), "{wrong}");
        assert!(rule.custom(Some("DP"), &[("tau_ca_ms".to_owned(), f64::NAN)]).is_err());
    }
}
