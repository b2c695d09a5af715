//! What the literature claims of neurosteroids, and what stands here for each
//! claim: a test, a scenario, a state, or a limit that is stated.

use crate::compound::vocabulary::vocabulary;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What stands for a claim.
    Status {
        Modelled = "modelled", "part of the model, with a test";
        State = "state", "a physiological state";
        Scenario = "scenario", "contested: a scenario that can be switched on";
        Limit = "limit", "a stated limit of the model";
    }
}

/// One claim or system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// `S01`–`S27` for quantitative claims, `F01`–`F28` for systems.
    pub id: String,
    /// The claim.
    pub claim: String,
    /// What stands for it.
    pub status: Status,
    /// In words; may be empty.
    pub answer: String,
    /// Where: `test:`, `experiment:`, `scenario:`, `state:`, `compound:`,
    /// `outcome:`, `parameter:`, `key:` or `command:` and a name.
    pub refs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClaims {
    claim: Vec<RawClaim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClaim {
    id: String,
    claim: String,
    status: String,
    answer: String,
    refs: Vec<String>,
}

/// All claims, in the order of their ids.
pub fn claims() -> Vec<Claim> {
    let raw: RawClaims = toml::from_str(include_str!("../data/claims.toml"))
        .expect("invariant: the embedded claims are read by the tests");
    let claim = |raw: RawClaim| Claim {
        status: Status::parse(&raw.status).unwrap_or(Status::Limit),
        id: raw.id,
        claim: raw.claim,
        answer: raw.answer,
        refs: raw.refs,
    };
    raw.claim.into_iter().map(claim).collect()
}

/// The claims as a page in Markdown.
pub fn page() -> String {
    let claims = claims();
    let count = |status: Status| claims.iter().filter(|claim| claim.status == status).count();
    let mut page = format!(
        "# Claims and systems\n\n\
         What guides and encyclopaedic pages on neurosteroids claim (S) or name (F), and what stands here for each: \
         {} modelled, {} as physiological states, {} as scenarios, {} stated limits. \
         Printed by `schaffer states --claims`.\n\n\
         | id | claim | stands as | how | where |\n|---|---|---|---|---|\n",
        count(Status::Modelled),
        count(Status::State),
        count(Status::Scenario),
        count(Status::Limit)
    );
    for claim in &claims {
        let cell = |text: &str| text.replace('|', "\\|");
        let refs: Vec<String> = claim.refs.iter().map(|r| format!("`{r}`")).collect();
        let row = [
            claim.id.clone(),
            cell(&claim.claim),
            claim.status.name().to_owned(),
            cell(&claim.answer),
            refs.join(", "),
        ];
        page.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    page
}
