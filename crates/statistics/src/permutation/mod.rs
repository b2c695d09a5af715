//! Permutation tests: labels of independent subjects are exchanged, or signs of
//! paired differences flipped. Every arrangement is counted when there are few
//! enough, else a seeded sample of them.
//!
//! What is tested is that the labels mean nothing: groups with equal means but
//! unequal spread are not exchangeable. Exchange what was assigned (subjects,
//! clusters), never the repeated measurements within it.
//!
//! Exact p = #{|T*| ≥ |T|} / #arrangements; sampled p = (1 + #) / (1 + draws)
//! (Phipson & Smyth 2010, Stat Appl Genet Mol Biol 9:39), which is never 0.
//! Values within 1e-9 of the range of the data count as tied.

mod arrangements;
mod cluster_mass;
mod means;

pub use arrangements::Arrangements;
pub use cluster_mass::{Cluster, ClusterMass, cluster_mass, cluster_mass_paired, cluster_mass_welch};
pub use means::{PermutationTest, sign_flip, two_sample};
