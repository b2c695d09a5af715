//! Groups beside a covariate, against R 4.2: lm and emmeans; lme4, lmerTest, pbkrtest and emmeans.
#![allow(clippy::unwrap_used, reason = "a test ends where a fit fails")]

use statistics::covariate::{Covariance, CovariateData, CovariateModel, Fitted, Slopes, fit};
use statistics::{DfMethod, StatisticsError};

const VOLLEY: &str = include_str!("data/covariates/volley.csv");
const INPUT_OUTPUT: &str = include_str!("data/covariates/input_output.csv");
/// `mtcars` of R (Henderson & Velleman 1981, Biometrics 37:391).
const MPG: [f64; 32] = [
    21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4,
    33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4,
];
const CYLINDERS: [usize; 32] =
    [6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4];
const WEIGHT: [f64; 32] = [
    2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2,
    1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
];

const EQUAL: CovariateModel =
    CovariateModel { slopes: Slopes::Equal, slopes_vary: false, at: None, df: DfMethod::KenwardRoger, level: 0.95 };

/// Fits a table whose first columns are group and animal and whose last are covariate and response.
fn fitted(table: &str, model: &CovariateModel) -> Covariance {
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let number = |back: usize| -> Vec<f64> { rows.iter().map(|r| r[r.len() - back].parse().unwrap()).collect() };
    let group: Vec<usize> = rows.iter().map(|r| usize::from(r[0] == "drug")).collect();
    let cluster: Vec<usize> = rows.iter().map(|r| r[1][1..].parse().unwrap()).collect();
    let (covariate, response) = (number(2), number(1));
    let data =
        CovariateData { response: &response, covariate: &covariate, group: &group, cluster: &cluster, nested: None };
    fit(&data, model).unwrap()
}

/// To the five digits that R prints.
fn close(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 5e-5 * wanted.abs(), "{found} for {wanted}");
}

#[test]
fn slices_in_animals_as_lmer_and_emmeans() {
    // m <- lmer(y ~ group + volley + (1 | animal)); emmeans(m, "group", lmer.df = "kenward-roger")
    let found = fitted(VOLLEY, &EQUAL);
    close(found.at, 0.555348837209);
    let means = [
        [123.333633433, 2.8838398823, 11.9775527984, 117.048979821, 129.618287045],
        [140.466111369, 2.87306984679, 11.800475423, 134.194470762, 146.737751977],
    ];
    for (c, wanted) in found.means.iter().zip(means) {
        [c.estimate, c.se, c.df, c.ci_low, c.ci_high].into_iter().zip(wanted).for_each(|(a, b)| close(a, b));
    }
    // pairs(e, reverse = TRUE)
    let c = found.differences[0].comparison;
    let wanted = [17.1324779362, 4.07123297998, 11.8967315122, 8.25347583722, 26.0114800352, 0.00123686477149];
    [c.estimate, c.se, c.df, c.ci_low, c.ci_high, c.p].into_iter().zip(wanted).for_each(|(a, b)| close(a, b));
    // anova(m, ddf = "Kenward-Roger")
    close(found.equal_means.unwrap().f, 17.70877);
    // anova(lmer(y ~ group * volley + (1 | animal)), ddf = "Kenward-Roger")
    let test = found.equal_slopes.unwrap();
    close(test.f, 3.10754);
    close(test.df2, 29.64417351);
    close(test.p, 0.088239);
    // The same with Satterthwaite.
    let found = fitted(VOLLEY, &CovariateModel { df: DfMethod::Satterthwaite, ..EQUAL });
    let c = found.differences[0].comparison;
    let wanted = [17.1324779362, 4.06892636788, 11.2848198588, 0.00138050150227];
    [c.estimate, c.se, c.df, c.p].into_iter().zip(wanted).for_each(|(a, b)| close(a, b));
    let test = found.equal_slopes.unwrap();
    close(test.f, 3.17384);
    close(test.df2, 29.14113289);
}

#[test]
fn slopes_of_each_group_and_means_at_a_stated_volley() {
    // mi <- lmer(y ~ group * volley + (1 | animal)); emtrends(mi, "group", var = "volley")
    let found = fitted(VOLLEY, &CovariateModel { slopes: Slopes::ByGroup, at: Some(0.5), ..EQUAL });
    let wanted = [[32.8606197147, 6.18014835593, 30.1147037136], [47.0407999823, 5.14899042518, 28.9713428293]];
    for (c, wanted) in found.slopes.iter().zip(wanted) {
        [c.estimate, c.se, c.df].into_iter().zip(wanted).for_each(|(a, b)| close(a, b));
    }
    // pairs(emmeans(mi, "group", at = list(volley = 0.5)), reverse = TRUE)
    let c = found.differences[0].comparison;
    let wanted = [16.533872482, 3.94915952122, 11.9952571367, 0.00126248289669];
    [c.estimate, c.se, c.df, c.p].into_iter().zip(wanted).for_each(|(a, b)| close(a, b));
}

#[test]
fn one_value_an_animal_as_lm_and_emmeans() {
    let group: Vec<usize> = CYLINDERS.iter().map(|c| c / 2 - 2).collect();
    let cluster: Vec<usize> = (0..32).collect();
    let data =
        CovariateData { response: &MPG, covariate: &WEIGHT, group: &group, cluster: &cluster, nested: Some(&cluster) };
    // l <- lm(mpg ~ factor(cyl) + wt, mtcars); emmeans(l, "cyl")
    let found = fit(&data, &EQUAL).unwrap();
    assert!(matches!(found.fitted, Fitted::LeastSquares(_)));
    let means = [[23.6775347606, 1.042847413112], [19.4219523587, 0.969364979979], [17.6066750802, 0.902507374067]];
    for (c, wanted) in found.means.iter().zip(means) {
        [c.estimate, c.se, c.df].into_iter().zip([wanted[0], wanted[1], 28.0]).for_each(|(a, b)| close(a, b));
    }
    // car::Anova(l, type = 2); anova(l, lm(mpg ~ factor(cyl) * wt))
    let (means, slopes) = (found.equal_means.unwrap(), found.equal_slopes.unwrap());
    [means.f, means.p, slopes.f, slopes.p, slopes.df2]
        .into_iter()
        .zip([7.28557, 0.0028353, 2.26577, 0.12386, 26.0])
        .for_each(|(a, b)| close(a, b));
    // contrast(e, "dunnett", ref = 1), without its approximate adjustment
    let wanted = [[-4.25558240197, 1.38607284754, -3.07024440275], [-6.07085968049, 1.65228783154, -3.67421436182]];
    for (c, wanted) in found.differences.iter().zip(wanted) {
        let single = c.comparison;
        [single.estimate, single.se, single.statistic].into_iter().zip(wanted).for_each(|(a, b)| close(a, b));
        assert!(c.p_adjusted > single.p && c.p_adjusted < 2.0 * single.p);
    }
    // emtrends(lm(mpg ~ factor(cyl) * wt), "cyl", var = "wt")
    let found = fit(&data, &CovariateModel { slopes: Slopes::ByGroup, ..EQUAL }).unwrap();
    let wanted = [[-5.64702526124, 1.359497690932], [-2.78010593916, 2.8052646074], [-2.19243792645, 0.894284701206]];
    for (c, wanted) in found.slopes.iter().zip(wanted) {
        [c.estimate, c.se].into_iter().zip(wanted).for_each(|(a, b)| close(a, b));
    }
}

#[test]
fn input_output_with_slopes_of_animals() {
    // k <- lmer(y ~ group * x + (x | animal)), x the volley about its mean; emtrends(k, "group", var = "x")
    let model = CovariateModel { slopes: Slopes::ByGroup, slopes_vary: true, ..EQUAL };
    let found = fitted(INPUT_OUTPUT, &model);
    for (c, wanted) in found.slopes.iter().zip([2.01731222087, 2.62663418595]) {
        [c.estimate, c.se, c.df].into_iter().zip([wanted, 0.0784030811476, 10.0]).for_each(|(a, b)| close(a, b));
    }
    let c = found.slope_differences[0].comparison;
    let wanted = [0.609321965083, 0.110878700691, 0.362268824216, 0.85637510595, 0.000263486114315];
    [c.estimate, c.se, c.ci_low, c.ci_high, c.p].into_iter().zip(wanted).for_each(|(a, b)| close(a, b));
    // anova(k, ddf = "Kenward-Roger"): group and group:x
    let (means, slopes) = (found.equal_means.unwrap(), found.equal_slopes.unwrap());
    [means.f, means.p, slopes.f, slopes.df2]
        .into_iter()
        .zip([3.16971, 0.10536404, 30.19934, 10.0])
        .for_each(|(a, b)| close(a, b));
}

#[test]
fn the_unit_of_the_covariate_and_its_origin_change_no_test() {
    let shifted: String = VOLLEY
        .lines()
        .enumerate()
        .map(|(k, line)| {
            let cells: Vec<&str> = line.split(',').collect();
            let volley = cells[3].parse::<f64>().map_or("volley".to_owned(), |v| format!("{}", 1000.0 * v + 7e4));
            if k == 0 {
                format!("{line}\n")
            } else {
                format!("{},{},{},{volley},{}\n", cells[0], cells[1], cells[2], cells[4])
            }
        })
        .collect();
    let (plain, moved) = (fitted(VOLLEY, &EQUAL), fitted(&shifted, &EQUAL));
    close(moved.differences[0].comparison.p, plain.differences[0].comparison.p);
    close(moved.equal_slopes.unwrap().p, plain.equal_slopes.unwrap().p);
    close(1000.0 * moved.slopes[0].estimate, plain.slopes[0].estimate);
}

#[test]
fn what_no_covariate_can_answer_is_refused() {
    let (y, group, cluster) = ([1.0, 2.0, 4.0, 3.0, 6.0, 5.0], [0, 0, 0, 1, 1, 1], [0, 1, 2, 3, 4, 5]);
    let with = |x: &[f64]| {
        fit(&CovariateData { response: &y, covariate: x, group: &group, cluster: &cluster, nested: None }, &EQUAL)
    };
    assert!(matches!(with(&[2.0; 6]), Err(StatisticsError::ZeroVariance { .. })));
    // The covariate is the group.
    assert!(matches!(with(&[1.0, 1.0, 1.0, 2.0, 2.0, 2.0]), Err(StatisticsError::RankDeficient { .. })));
    // One group has one value of it: adjusted means, but no test of slopes.
    let found = with(&[1.0, 2.0, 3.0, 2.5, 2.5, 2.5]).unwrap();
    assert!(found.equal_slopes.is_none() && found.equal_means.is_some());
}
