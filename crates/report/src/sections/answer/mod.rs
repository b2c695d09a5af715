//! The answer in one paragraph, in the terms of the design: what was asked, what
//! was found, which interval it is, what was left out, what a laboratory would need.

pub(crate) mod answer;
pub(crate) mod contrasts;
pub(crate) mod design;
pub(crate) mod groups;
pub(crate) mod need;
pub(crate) mod prediction;
pub(crate) mod study;
