//! What is printed for people: findings as lines and tables.

pub mod fit;
pub mod patch;
pub mod power;
pub mod receptors;
pub mod run;
pub mod sensitivity;
pub mod validate;
