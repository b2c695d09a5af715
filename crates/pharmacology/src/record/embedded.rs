//! The built-in records, as text.

/// File name and text of every compound.
pub(crate) const COMPOUNDS: &[(&str, &str)] = &[
    ("17pa.toml", include_str!("../../data/compounds/17pa.toml")),
    ("5a-dihydroprogesterone.toml", include_str!("../../data/compounds/5a-dihydroprogesterone.toml")),
    ("allopregnanolone.toml", include_str!("../../data/compounds/allopregnanolone.toml")),
    ("alphaxalone.toml", include_str!("../../data/compounds/alphaxalone.toml")),
    ("anisomycin.toml", include_str!("../../data/compounds/anisomycin.toml")),
    ("baclofen.toml", include_str!("../../data/compounds/baclofen.toml")),
    ("bicuculline.toml", include_str!("../../data/compounds/bicuculline.toml")),
    ("cgp-55845.toml", include_str!("../../data/compounds/cgp-55845.toml")),
    ("cpp.toml", include_str!("../../data/compounds/cpp.toml")),
    ("d-apv.toml", include_str!("../../data/compounds/d-apv.toml")),
    ("dheas.toml", include_str!("../../data/compounds/dheas.toml")),
    ("diazepam.toml", include_str!("../../data/compounds/diazepam.toml")),
    ("dutasteride.toml", include_str!("../../data/compounds/dutasteride.toml")),
    ("epipregnanolone.toml", include_str!("../../data/compounds/epipregnanolone.toml")),
    ("etomidate.toml", include_str!("../../data/compounds/etomidate.toml")),
    ("finasteride.toml", include_str!("../../data/compounds/finasteride.toml")),
    ("gabazine.toml", include_str!("../../data/compounds/gabazine.toml")),
    ("gamma-cyclodextrin.toml", include_str!("../../data/compounds/gamma-cyclodextrin.toml")),
    ("ganaxolone.toml", include_str!("../../data/compounds/ganaxolone.toml")),
    ("golexanolone.toml", include_str!("../../data/compounds/golexanolone.toml")),
    ("h-89.toml", include_str!("../../data/compounds/h-89.toml")),
    ("ifenprodil.toml", include_str!("../../data/compounds/ifenprodil.toml")),
    ("isopregnanolone.toml", include_str!("../../data/compounds/isopregnanolone.toml")),
    ("l-655708.toml", include_str!("../../data/compounds/l-655708.toml")),
    ("mk-801.toml", include_str!("../../data/compounds/mk-801.toml")),
    ("muscimol.toml", include_str!("../../data/compounds/muscimol.toml")),
    ("nbqx.toml", include_str!("../../data/compounds/nbqx.toml")),
    ("nifedipine.toml", include_str!("../../data/compounds/nifedipine.toml")),
    ("pentobarbital.toml", include_str!("../../data/compounds/pentobarbital.toml")),
    ("picrotoxin.toml", include_str!("../../data/compounds/picrotoxin.toml")),
    ("pregnanolone.toml", include_str!("../../data/compounds/pregnanolone.toml")),
    ("pregnenolone-sulfate.toml", include_str!("../../data/compounds/pregnenolone-sulfate.toml")),
    ("pregnenolone.toml", include_str!("../../data/compounds/pregnenolone.toml")),
    ("progesterone.toml", include_str!("../../data/compounds/progesterone.toml")),
    ("ro-25-6981.toml", include_str!("../../data/compounds/ro-25-6981.toml")),
    ("snx-482.toml", include_str!("../../data/compounds/snx-482.toml")),
    ("thdoc.toml", include_str!("../../data/compounds/thdoc.toml")),
    ("thip.toml", include_str!("../../data/compounds/thip.toml")),
    ("triazolam.toml", include_str!("../../data/compounds/triazolam.toml")),
    ("tta-p2.toml", include_str!("../../data/compounds/tta-p2.toml")),
    ("zd7288.toml", include_str!("../../data/compounds/zd7288.toml")),
    ("zuranolone.toml", include_str!("../../data/compounds/zuranolone.toml")),
];

/// The named scenarios.
pub(crate) const SCENARIOS: &str = include_str!("../../data/scenarios.toml");

/// File name and text of every physiological state.
pub(crate) const STATES: &[(&str, &str)] = &[
    ("follicular.toml", include_str!("../../data/states/follicular.toml")),
    ("luteal.toml", include_str!("../../data/states/luteal.toml")),
    ("late-pregnancy.toml", include_str!("../../data/states/late-pregnancy.toml")),
    ("postpartum.toml", include_str!("../../data/states/postpartum.toml")),
    ("menopause.toml", include_str!("../../data/states/menopause.toml")),
    ("male-adult.toml", include_str!("../../data/states/male-adult.toml")),
    ("juvenile.toml", include_str!("../../data/states/juvenile.toml")),
    ("immature.toml", include_str!("../../data/states/immature.toml")),
    ("puberty-female.toml", include_str!("../../data/states/puberty-female.toml")),
    ("ageing.toml", include_str!("../../data/states/ageing.toml")),
    ("acute-stress.toml", include_str!("../../data/states/acute-stress.toml")),
    ("chronic-stress.toml", include_str!("../../data/states/chronic-stress.toml")),
    ("aged-control.toml", include_str!("../../data/states/aged-control.toml")),
    ("alzheimer.toml", include_str!("../../data/states/alzheimer.toml")),
    ("steroid-tolerance.toml", include_str!("../../data/states/steroid-tolerance.toml")),
    ("steroid-withdrawal.toml", include_str!("../../data/states/steroid-withdrawal.toml")),
];

/// File name and text of the published outcomes.
pub(crate) const OUTCOMES: &[(&str, &str)] = &[("receptors.toml", include_str!("../../data/outcomes/receptors.toml"))];
