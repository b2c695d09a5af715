//! Linear regression against the certified values of NIST StRD
//! (<https://www.itl.nist.gov/div898/strd/lls/lls.shtml>), 15 digits.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "prints the digits reached")]

use statistics::StatisticsError;
use statistics::design::Design;
use statistics::linear::{LinearFit, fit};

/// Columns of a data file of `tests/golden/nist`.
fn columns(name: &str) -> Vec<Vec<f64>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/nist");
    let text = std::fs::read_to_string(format!("{folder}/{name}.csv")).unwrap();
    let rows: Vec<Vec<f64>> =
        text.lines().skip(1).map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    (0..rows[0].len()).map(|j| rows.iter().map(|row| row[j]).collect()).collect()
}

fn polynomial(x: &[f64], degree: i32) -> Design {
    let columns: Vec<(String, Vec<f64>)> =
        (0..=degree).map(|k| (format!("x^{k}"), x.iter().map(|v| v.powi(k)).collect())).collect();
    let columns: Vec<(&str, Vec<f64>)> = columns.iter().map(|(name, c)| (name.as_str(), c.clone())).collect();
    Design::from_columns(&columns).unwrap()
}

/// Digits that agree: −log₁₀ of the relative error, 15 at most.
fn digits(ours: f64, certified: f64) -> f64 {
    let error = if certified == 0.0 { ours.abs() } else { ((ours - certified) / certified).abs() };
    if error == 0.0 { 15.0 } else { (-error.log10()).clamp(0.0, 15.0) }
}

/// Least digits of the coefficients, their errors, and of the rest; printed.
fn compare(name: &str, ours: &LinearFit, certified: &[f64], errors: &[f64], sigma: f64, r_squared: f64) -> [f64; 3] {
    let least = |list: &mut dyn Iterator<Item = f64>| list.fold(15.0, f64::min);
    let b = least(&mut ours.coefficients.iter().zip(certified).map(|(o, c)| digits(*o, *c)));
    let se = least(&mut errors.iter().enumerate().map(|(k, c)| digits(ours.se(k), *c)));
    let rest = digits(ours.sigma, sigma).min(digits(ours.r_squared, r_squared));
    println!("| {name} | {b:.1} | {se:.1} | {rest:.1} |");
    [b, se, rest]
}

#[test]
fn norris_longley_and_filip() {
    let data = columns("Norris");
    let ours = fit(&polynomial(&data[1], 1), &data[0]).unwrap();
    let b = [-0.262_323_073_774_029, 1.002_116_818_020_45];
    let se = [0.232_818_234_301_152, 0.429_796_848_199_937e-3];
    let found = compare("Norris", &ours, &b, &se, 0.884_796_396_144_373, 0.999_993_745_883_712);
    assert!(found[0] > 12.0 && found[1] > 13.0 && found[2] > 13.0, "{found:?}");

    let data = columns("Longley");
    let named = ["x1", "x2", "x3", "x4", "x5", "x6"];
    let mut design = Design::intercept(16).unwrap();
    for (name, column) in named.iter().zip(&data[1..]) {
        design = design.with_column(name, column).unwrap();
    }
    let ours = fit(&design, &data[0]).unwrap();
    let b = [
        -3_482_258.634_595_82,
        15.061_872_271_373_3,
        -0.358_191_792_925_910e-1,
        -2.020_229_803_816_83,
        -1.033_226_867_173_59,
        -0.511_041_056_535_807e-1,
        1_829.151_464_613_55,
    ];
    let se = [
        890_420.383_607_373,
        84.914_925_774_766_9,
        0.334_910_077_722_432e-1,
        0.488_399_681_651_699,
        0.214_274_163_161_675,
        0.226_073_200_069_370,
        455.478_499_142_212,
    ];
    let found = compare("Longley", &ours, &b, &se, 304.854_073_561_965, 0.995_479_004_577_296);
    assert!(found[0] > 13.0 && found[1] > 11.0 && found[2] > 13.0, "{found:?}");

    let data = columns("Filip");
    let ours = fit(&polynomial(&data[1], 10), &data[0]).unwrap();
    let b = [
        -1_467.489_614_229_80,
        -2_772.179_591_933_42,
        -2_316.371_081_608_93,
        -1_127.973_940_983_72,
        -354.478_233_703_349,
        -75.124_201_739_375_7,
        -10.875_318_035_534_3,
        -1.062_214_985_889_47,
        -0.670_191_154_593_408e-1,
        -0.246_781_078_275_479e-2,
        -0.402_962_525_080_404e-4,
    ];
    let se = [
        298.084_530_995_537,
        559.779_865_474_950,
        466.477_572_127_796,
        227.204_274_477_751,
        71.647_866_087_592_7,
        15.289_717_874_740_0,
        2.236_911_598_160_33,
        0.221_624_321_934_227,
        0.142_363_763_154_724e-1,
        0.535_617_408_889_821e-3,
        0.896_632_837_373_868e-5,
    ];
    let found = compare("Filip", &ours, &b, &se, 0.334_801_051_324_544e-2, 0.996_727_416_185_620);
    // The powers of x themselves are rounded to doubles; the condition number is 1.8e15.
    assert!(found[0] > 7.0 && found[1] > 7.0 && found[2] > 8.0, "{found:?}");
}

#[test]
fn wampler_one_to_five() {
    let x: Vec<f64> = (0..21).map(f64::from).collect();
    let design = polynomial(&x, 5);
    let sum = |v: f64, unit: f64| (0..6).map(|k| (unit * v).powi(k)).sum::<f64>();
    // Wampler 1 and 2 are exact polynomials: coefficients 1 and 10⁻ᵏ, no residual.
    for (name, unit) in [("Wampler1", 1.0), ("Wampler2", 0.1)] {
        // The data of Wampler 2 are given to five decimals, which are all there are.
        let y: Vec<f64> = x.iter().map(|v| (1e5 * sum(*v, unit)).round() / 1e5).collect();
        let ours = fit(&design, &y).unwrap();
        let least = (0..6).map(|k| digits(ours.coefficients[k as usize], f64::powi(unit, k))).fold(15.0, f64::min);
        println!("| {name} | {least:.1} | – | – |");
        assert!(least > 9.0, "{name}: {least}");
        assert!(ours.sigma < 1e-8, "{name}: {}", ours.sigma);
    }
    let noise = [
        759.0, -2048.0, 2048.0, -2048.0, 2523.0, -2048.0, 2048.0, -2048.0, 1838.0, -2048.0, 2048.0, -2048.0, 1838.0,
        -2048.0, 2048.0, -2048.0, 2523.0, -2048.0, 2048.0, -2048.0, 759.0,
    ];
    let errors = [
        2_152.326_246_781_70,
        2_363.551_734_696_81,
        779.343_524_331_583,
        101.475_507_550_350,
        5.645_665_121_707_52,
        0.112_324_854_679_312,
    ];
    let sets = [
        ("Wampler3", 1.0, 0.999_995_559_025_820),
        ("Wampler4", 100.0, 0.957_478_440_825_662),
        ("Wampler5", 1e4, 0.224_668_921_574_940e-2),
    ];
    for (name, size, r_squared) in sets {
        let y: Vec<f64> = x.iter().zip(&noise).map(|(v, e)| sum(*v, 1.0) + size * e).collect();
        let ours = fit(&design, &y).unwrap();
        let scaled: Vec<f64> = errors.iter().map(|e| e * size).collect();
        let found = compare(name, &ours, &[1.0; 6], &scaled, 2_360.145_023_792_68 * size, r_squared);
        assert!(found[0] > 9.0 && found[1] > 11.0 && found[2] > 10.0, "{name}: {found:?}");
    }
    // Wampler 3 as published.
    let y: Vec<f64> = x.iter().zip(&noise).map(|(v, e)| sum(*v, 1.0) + e).collect();
    assert_eq!(y[..5], [760.0, -2042.0, 2111.0, -1684.0, 3888.0]);
    assert_eq!(y[20], 3_369_180.0);
}

#[test]
fn a_regression_on_two_groups_is_the_t_test() {
    let y = [3.1, 2.7, 4.4, 3.9, 6.1, 5.2, 7.3];
    let design = Design::treatment(&[0, 0, 0, 0, 1, 1, 1], &["a", "b"]).unwrap();
    let ours = fit(&design, &y).unwrap().contrast(&[0.0, 1.0], 0.95).unwrap();
    let sample = |v: &[f64]| statistics::Sample::new(v).unwrap();
    let t = statistics::two_sample::student(&sample(&y[4..]), &sample(&y[..4]), 0.95).unwrap();
    assert!((ours.statistic - t.statistic).abs() < 1e-12 && (ours.p - t.p).abs() < 1e-12);
    assert!((ours.ci_low - t.ci_low).abs() < 1e-12);
}

#[test]
fn impossible_regressions_are_refused() {
    use StatisticsError as E;
    let design = Design::intercept(4).unwrap().with_column("x", &[1.0, 2.0, 3.0, 4.0]).unwrap();
    assert!(matches!(fit(&design, &[1.0, 2.0, 3.0]), Err(E::LengthMismatch { .. })));
    assert!(matches!(fit(&design, &[1.0, f64::NAN, 3.0, 1.0]), Err(E::NotFinite { index: 1, .. })));
    let twice = design.clone().with_column("2x + 1", &[3.0, 5.0, 7.0, 9.0]).unwrap();
    assert!(matches!(fit(&twice, &[1.0, 2.0, 3.0, 1.0]), Err(E::RankDeficient { column: 2, .. })));
    let zero = Design::intercept(4).unwrap().with_column("zero", &[0.0; 4]).unwrap();
    assert!(matches!(fit(&zero, &[1.0, 2.0, 3.0, 1.0]), Err(E::RankDeficient { column: 1, .. })));
    let short = Design::intercept(2).unwrap().with_column("x", &[1.0, 2.0]).unwrap();
    assert!(matches!(fit(&short, &[1.0, 2.0]), Err(E::TooFew { .. })));
    let exact = fit(&design, &[1.0, 2.0, 3.0, 4.0]).unwrap();
    assert!(exact.contrast(&[1.0], 0.95).is_err() && exact.contrast(&[0.0, 1.0], 1.5).is_err());
}
