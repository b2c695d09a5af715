//! Synthesis of allopregnanolone and isopregnanolone in the tissue.
//!
//! Progesterone P is reduced by 5α-reductase, the rate-limiting step, to 5α-DHP
//! (D), which 3α-HSD and 3β-HSOR turn into ALLO (A) and ISO (I) and back:
//!
//! D' = v·a(t) + s(t) − (k₃α + k₃β + c_D)·D + k₋₃α·A + k₋₃β·I
//! A' = k₃α·D − (k₋₃α + c_A)·A
//! I' = k₃β·D − (k₋₃β + c_I)·I
//!
//! v is the reduction of progesterone, V·P/(Km + P); a the share of the enzyme
//! that inhibitors leave; s what steroids of the bath add through D (5α-DHP
//! itself, and ALLO and ISO that are oxidised back). Downstream of v all is
//! linear, with constant coefficients, and is advanced by the matrix exponential.

use crate::compound::number::Number;
use crate::compound::rows;
use crate::tissue::linear::{Matrix, applied, exponential};
use evidence::Evidence;
use evidence::EvidenceRow;

/// Which tissue the rates stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// CA1: hardly removes allopregnanolone (Belelli & Herd 2003 J Neurosci).
    Ca1,
    /// Dentate gyrus: 3α-HSOR removes it (same source).
    Dentate,
}

/// Rates of the scheme, per minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// 5α-DHP to ALLO.
    pub to_allo: f64,
    /// ALLO back to 5α-DHP.
    pub from_allo: f64,
    /// 5α-DHP to ISO.
    pub to_iso: f64,
    /// ISO back to 5α-DHP.
    pub from_iso: f64,
    /// Removal of 5α-DHP.
    pub dhp_removal: f64,
    /// Removal of ALLO.
    pub allo_removal: f64,
    /// Removal of ISO.
    pub iso_removal: f64,
}

/// Share of injected ALLO found again as 5α-DHP in rat brain. Measured, seen in
/// an encyclopaedic page only.
const OXIDISED: f64 = 0.41;

/// ISO over ALLO in the steady state. Measured in pregnancy plasma, n = 138,
/// Parízek et al. 2005 J Clin Endocrinol Metab 90:395; range 0.2–0.5.
pub const ISO_OVER_ALLO: f64 = 0.28;

/// Km of 5α-reductase for progesterone, µM. Measured, 130 ± 12 nM, rat hypothalamus.
const REDUCTASE_KM_UM: f64 = 0.13;

/// Progesterone of the tissue where a state gives none, µM. A choice of the
/// model: well below the Km, so that doubling it doubles synthesis.
pub(crate) const PROGESTERONE_UM: f64 = 0.01;

impl Rates {
    /// The rates of a region. The constants of the brain enzymes are not known:
    /// formation within 10 min and removal within an hour are choices of the
    /// model (minutes to hours); the backward rates follow from the 41 % of
    /// ALLO found as 5α-DHP, the rate to ISO from the steady ratio 0.28, and the
    /// slower removal of ISO from Öfverman et al. 2025 (Int J Mol Sci 26:8559).
    pub fn of(region: Region) -> Self {
        let allo_removal = match region {
            Region::Ca1 => 1.0 / 60.0,
            Region::Dentate => 1.0 / 6.0,
        };
        Self::with(1.0 / 10.0, allo_removal, 1.0 / 120.0)
    }

    fn with(to_allo: f64, allo_removal: f64, iso_removal: f64) -> Self {
        let back = OXIDISED / (1.0 - OXIDISED);
        // Oxidation back is the same enzyme in every region.
        let from_allo = back / 60.0;
        let from_iso = back * iso_removal;
        let to_iso = ISO_OVER_ALLO * to_allo * (from_iso + iso_removal) / (from_allo + 1.0 / 60.0);
        Self { to_allo, from_allo, to_iso, from_iso, dhp_removal: 1.0 / 60.0, allo_removal, iso_removal }
    }

    fn matrix(&self) -> Matrix<3> {
        [
            [-(self.to_allo + self.to_iso + self.dhp_removal), self.from_allo, self.from_iso],
            [self.to_allo, -(self.from_allo + self.allo_removal), 0.0],
            [self.to_iso, 0.0, -(self.from_iso + self.iso_removal)],
        ]
    }

    /// The numbers with their sources.
    pub fn evidence() -> Vec<EvidenceRow> {
        let number =
            |value: f64, range, source: &str, evidence| Number { value, range, source: source.to_owned(), evidence };
        let rates = Self::of(Region::Ca1);
        [
            ("5α-reductase, Km for progesterone, µM", number(REDUCTASE_KM_UM, Some([0.118, 0.142]), "130 ± 12 nM, rat hypothalamus", Evidence::Measured)),
            ("ISO over ALLO in the steady state", number(ISO_OVER_ALLO, Some([0.2, 0.5]), "Pregnancy plasma, n = 138, Parízek et al. 2005 J Clin Endocrinol Metab 90:395; about 0.5 by another page", Evidence::Measured)),
            ("share of ALLO found again as 5α-DHP", number(OXIDISED, None, "Rat brain, encyclopaedic page", Evidence::Measured)),
            ("5α-DHP to ALLO, per min", number(rates.to_allo, Some([0.02, 0.5]), "No rate of the brain enzyme known", Evidence::ModelChoice)),
            ("removal of ALLO in CA1, per min", number(rates.allo_removal, Some([1.0 / 240.0, 0.1]), "Minutes to hours; hardly any metabolism in CA1 (Belelli & Herd 2003)", Evidence::ModelChoice)),
            ("removal of ISO, per min", number(rates.iso_removal, Some([1.0 / 480.0, 0.05]), "Slower than that of ALLO (Öfverman et al. 2025 Int J Mol Sci 26:8559)", Evidence::ModelChoice)),
        ]
        .map(|(subject, number)| rows::number(format!("synthesis of neurosteroids, {subject}"), &number, String::new()))
        .to_vec()
    }
}

/// Concentrations in the tissue, µM.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Steroids {
    /// 5α-dihydroprogesterone.
    pub dhp: f64,
    /// Allopregnanolone.
    pub allo: f64,
    /// Isopregnanolone.
    pub iso: f64,
}

/// What drives the scheme during a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drive {
    /// Share of 5α-reductase that inhibitors leave, 0–1.
    pub activity: f64,
    /// Progesterone of the tissue, bath included, µM.
    pub progesterone_um: f64,
    /// Steroids of the bath at the tissue, µM.
    pub bath: Steroids,
}

/// The scheme with its supply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Biosynthesis {
    rates: Rates,
    /// V of 5α-reductase, µM/min.
    v_max: f64,
}

/// Exact step of a given length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SynthesisStep {
    /// e^(A·h).
    carry: Matrix<3>,
    /// ∫ e^(A·s) ds over the step, first column: answer to a constant inflow into D.
    inflow: [f64; 3],
}

impl Biosynthesis {
    /// The scheme whose steady state with `progesterone_um` holds `allo_um` and
    /// `iso_um`: V follows from ALLO, the rate to ISO from the ratio.
    pub fn holding(region: Region, allo_um: f64, iso_um: f64, progesterone_um: f64) -> Self {
        let mut rates = Rates::of(region);
        if allo_um > 0.0 {
            let dhp = (rates.from_allo + rates.allo_removal) * allo_um / rates.to_allo;
            rates.to_iso = (rates.from_iso + rates.iso_removal) * iso_um / dhp;
        }
        let unit = Self { rates, v_max: 1.0 };
        let drive = Drive { activity: 1.0, progesterone_um, bath: Steroids::default() };
        let per_unit = unit.steady(&drive).allo;
        Self { rates, v_max: if per_unit > 0.0 { allo_um / per_unit } else { 0.0 } }
    }

    /// Inflow into 5α-DHP, µM/min.
    fn supply(&self, drive: &Drive) -> f64 {
        let reduced = self.v_max * drive.progesterone_um / (REDUCTASE_KM_UM + drive.progesterone_um);
        reduced * drive.activity + self.rates.from_allo * drive.bath.allo + self.rates.from_iso * drive.bath.iso
    }

    /// The steady state, in closed form.
    pub fn steady(&self, drive: &Drive) -> Steroids {
        let r = &self.rates;
        let (supply, bath_dhp) = (self.supply(drive), drive.bath.dhp);
        let allo_per_dhp = r.to_allo / (r.from_allo + r.allo_removal);
        let iso_per_dhp = r.to_iso / (r.from_iso + r.iso_removal);
        // What the bath's 5α-DHP yields comes back into D like the rest.
        let returned = bath_dhp * (r.from_allo * allo_per_dhp + r.from_iso * iso_per_dhp);
        let lost = r.dhp_removal + r.allo_removal * allo_per_dhp + r.iso_removal * iso_per_dhp;
        let dhp = (supply + returned) / lost;
        Steroids { dhp, allo: allo_per_dhp * (dhp + bath_dhp), iso: iso_per_dhp * (dhp + bath_dhp) }
    }

    /// The exact step of `minutes`.
    pub fn step(&self, minutes: f64) -> SynthesisStep {
        let rates = self.rates.matrix();
        // [A b; 0 0] with b the unit inflow into D gives both in one exponential.
        let augmented: Matrix<4> = std::array::from_fn(|i| {
            std::array::from_fn(|j| match (i, j) {
                (3, _) => 0.0,
                (0, 3) => minutes,
                (_, 3) => 0.0,
                _ => rates[i][j] * minutes,
            })
        });
        let whole = exponential(&augmented);
        SynthesisStep {
            carry: std::array::from_fn(|i| std::array::from_fn(|j| whole[i][j])),
            inflow: std::array::from_fn(|i| whole[i][3]),
        }
    }

    /// The concentrations after a step with a constant drive. What the 5α-DHP of
    /// the bath yields directly is part of the drive of A and I and is written
    /// as a shift of D: D + D_bath feeds them.
    pub fn advanced(&self, now: Steroids, drive: &Drive, step: &SynthesisStep) -> Steroids {
        // With D* = D + D_bath constant over the step, A and I follow D*; D itself
        // loses nothing of the bath's share: the inflow makes up for it.
        let bath = drive.bath.dhp;
        let kept = (self.rates.to_allo + self.rates.to_iso + self.rates.dhp_removal) * bath;
        let carried = applied(&step.carry, &[now.dhp + bath, now.allo, now.iso]);
        let supply = self.supply(drive) + kept;
        let [dhp, allo, iso]: [f64; 3] = std::array::from_fn(|i| carried[i] + supply * step.inflow[i]);
        Steroids { dhp: dhp - bath, allo, iso }
    }

    /// The time derivatives, µM/min: the equations at the head, for tests and
    /// for solvers of other kinds.
    pub fn derivative(&self, now: Steroids, drive: &Drive) -> Steroids {
        let r = &self.rates;
        let dhp = now.dhp + drive.bath.dhp;
        Steroids {
            dhp: self.supply(drive) - (r.to_allo + r.to_iso + r.dhp_removal) * now.dhp
                + r.from_allo * now.allo
                + r.from_iso * now.iso,
            allo: r.to_allo * dhp - (r.from_allo + r.allo_removal) * now.allo,
            iso: r.to_iso * dhp - (r.from_iso + r.iso_removal) * now.iso,
        }
    }
}
