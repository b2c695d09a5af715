//! Published rules, receptors and channels against their reference values.

mod chindemi;
mod clopath;
mod graupner_brunel;
mod kinetics;
mod late_phase;
mod narayanan_johnston;
mod oracle;
mod other_rules;
mod shouval;
mod table;
