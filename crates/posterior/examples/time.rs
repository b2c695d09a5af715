//! scratch
use posterior::*;
fn main() {
    let space = Space::of_the_synapse();
    let d = space.coordinates(&synapse::Parameters::default());
    let mut draws = Vec::new();
    let mut k = 0u64;
    while draws.len() < 60 {
        let mut st = statistics::random::Stream::new(3, k);
        k += 1;
        let u: Vec<f64> = d.iter().map(|x| x + 0.25 * statistics::dist::normal::quantile(st.unit())).collect();
        if space.parameters(&u).is_some() {
            draws.push(Draw { u, eta: vec![0.0; Outputs::that_set().unwrap().names().len()], weight: 1.0 });
        }
    }
    let c = Campaign { draws, surface_sd: vec![0.0; 21], simulated: 60 };
    let e = Extent { first: 1, waves: vec![], draws: 60, animals: 4, seed: 1 };
    std::fs::write("crates/posterior/data/posterior.toml", Posterior::of(&c, &e).unwrap().to_text().unwrap()).unwrap();
}
