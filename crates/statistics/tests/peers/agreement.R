# Data sets and what R says of them, for ../agreement.rs. `just peers-r` writes golden/ anew;
# the tests read golden/ and need no R.
suppressPackageStartupMessages({
  library(nlme); library(lme4); library(lmerTest); library(pbkrtest); library(glmmTMB)
})
to <- commandArgs(trailingOnly = TRUE)[1]
options(digits = 15, warn = 1)
found <- data.frame()
say <- function(.set, .call, ...) {
  values <- unlist(list(...))
  found <<- rbind(found, data.frame(set = .set, call = .call, quantity = names(values), value = signif(values, 10)))
}
# What the test reads is what R reads: written and read back.
kept <- function(set, d) {
  path <- file.path(to, paste0(set, ".csv"))
  write.csv(d, path, row.names = FALSE, quote = FALSE)
  read.csv(path, stringsAsFactors = TRUE)
}
RNGversion("4.0.0")

# Slices in animals in three groups: unbalanced, SD of group c three times as large.
nested <- function(seed, animals, sd_animal, sd_slice, shift) {
  set.seed(seed)
  d <- do.call(rbind, lapply(seq_along(animals), function(g) do.call(rbind, lapply(seq_len(animals[g]), function(a) {
    n <- sample(1:4, 1)
    data.frame(group = letters[g], animal = 100 * g + a,
               y = round(100 + shift[g] + rnorm(1, 0, sd_animal[g]) + rnorm(n, 0, sd_slice[g]), 3))
  }))))
  d
}
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5),
                     check.conv.singular = "ignore", calc.derivs = TRUE)
close_lme <- lmeControl(maxIter = 500, msMaxIter = 500, niterEM = 50, msTol = 1e-12, tolerance = 1e-10, opt = "optim",
                        optimMethod = "BFGS")
designs <- list(
  nested_small = list(41, c(4, 5, 3), c(6, 6, 6), c(5, 5, 5), c(0, 8, 12)),
  nested_middle = list(42, c(9, 6, 7), c(8, 8, 8), c(6, 6, 6), c(0, 5, 10)),
  nested_large = list(43, c(30, 24, 18), c(5, 5, 5), c(9, 9, 9), c(0, 2, 4)),
  nested_spread = list(44, c(9, 7, 8), c(4, 6, 12), c(4, 6, 12), c(0, 6, 9)))
for (set in names(designs)) {
  d <- kept(set, do.call(nested, designs[[set]]))
  d$animal <- factor(d$animal)
  m <- lmerTest::lmer(y ~ group + (1 | animal), d, control = tight)
  s <- coef(summary(m, ddf = "Satterthwaite")); k <- coef(summary(m, ddf = "Kenward-Roger"))
  v <- as.data.frame(VarCorr(m))$sdcor
  f <- anova(m, ddf = "Satterthwaite"); r <- KRmodcomp(m, update(m, . ~ 1 + (1 | animal)))$test[1, ]
  say(set, "lmer(y ~ group + (1 | animal))", reml = as.numeric(logLik(m)), sd_animal = v[1], sd_slice = v[2],
      b = s[2, 1], c = s[3, 1], se_b = s[2, 2], se_c = s[3, 2], df_b = s[2, 3], df_c = s[3, 3],
      kr_se_b = k[2, 2], kr_se_c = k[3, 2], kr_df_b = k[2, 3], kr_df_c = k[3, 3])
  say(set, "anova(lmer), Satterthwaite", f = f[1, "F value"], df2 = f[1, "DenDF"])
  say(set, "KRmodcomp", f = r$stat, df2 = r$ddf, scaling = r$F.scaling)
}
d <- read.csv(file.path(to, "nested_spread.csv"), stringsAsFactors = TRUE); d$animal <- factor(d$animal)
m <- lme(y ~ group, random = list(animal = pdDiag(~ group - 1)), weights = varIdent(form = ~ 1 | group), data = d,
         control = close_lme)
ratio <- c(1, exp(coef(m$modelStruct$varStruct)))
animal <- as.numeric(VarCorr(m)[1:3, "StdDev"])
say("nested_spread", "lme(pdDiag(~ group - 1), varIdent(~ 1 | group))", reml = as.numeric(logLik(m)),
    animal_a = animal[1], animal_b = animal[2], animal_c = animal[3], slice_a = m$sigma * ratio[1],
    slice_b = m$sigma * ratio[[2]], slice_c = m$sigma * ratio[[3]], b = fixef(m)[[2]], c = fixef(m)[[3]],
    se_b = sqrt(vcov(m)[2, 2]), se_c = sqrt(vcov(m)[3, 3]))

# Time courses with correlated neighbours.
set.seed(45)
d <- do.call(rbind, lapply(1:14, function(a) {
  t <- sort(sample(1:9, sample(6:9, 1)))
  e <- as.numeric(arima.sim(list(ar = 0.55), 9)) * 3
  data.frame(group = if (a <= 8) "a" else "b", animal = a, t = t,
             y = round(100 + rnorm(1, 0, 5) + (a > 8) * 1.2 * t + e[t], 3))
}))
d <- kept("autoregression", d)
m <- lme(y ~ group * t, random = ~ 1 | animal, correlation = corAR1(form = ~ t | animal), data = d, control = close_lme)
say("autoregression", "lme(y ~ group * t, ~ 1 | animal, corAR1(~ t | animal))", reml = as.numeric(logLik(m)),
    phi = coef(m$modelStruct$corStruct, unconstrained = FALSE)[[1]], sd_animal = as.numeric(VarCorr(m)[1, 2]),
    sigma = m$sigma, interaction = fixef(m)[[4]], se = sqrt(vcov(m)[4, 4]))

# Counts and proportions.
counts <- function(seed, draw) {
  set.seed(seed)
  do.call(rbind, lapply(1:16, function(a) {
    n <- sample(2:6, 1); size <- sample(5:20, n, replace = TRUE)
    data.frame(group = if (a <= 9) "a" else "b", animal = a, size, count = draw(rnorm(1, 0, 0.5) + 0.6 * (a > 9), size))
  }))
}
sets <- list(
  poisson = list(46, function(u, size) rpois(length(size), size / 4 * exp(u))),
  overdispersed = list(47, function(u, size) rnbinom(length(size), mu = size / 2 * exp(u), size = 2)),
  proportion = list(48, function(u, size) rbinom(length(size), size, plogis(-0.5 + u))))
glmer_tight <- glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5), tolPwrss = 1e-13)
for (set in names(sets)) {
  d <- kept(set, do.call(counts, sets[[set]]))
  d$animal <- factor(d$animal)
  form <- if (set == "proportion") cbind(count, size - count) ~ group + (1 | animal) else
    count ~ group + offset(log(size)) + (1 | animal)
  family <- switch(set, poisson = poisson, overdispersed = nbinom2, proportion = binomial)
  m <- glmmTMB(form, d, family = family)
  b <- coef(summary(m))$cond
  say(set, "glmmTMB", loglik = as.numeric(logLik(m)), intercept = b[1, 1], b = b[2, 1], se = b[2, 2],
      sd = attr(VarCorr(m)$cond$animal, "stddev")[[1]], theta = if (set == "overdispersed") sigma(m) else 1)
  if (set != "overdispersed") {
    m <- glmer(form, d, family = family, nAGQ = 15, control = glmer_tight)
    b <- coef(summary(m))
    say(set, "glmer(nAGQ = 15)", intercept = b[1, 1], b = b[2, 1], se = b[2, 2],
        sd = attr(VarCorr(m)$animal, "stddev")[[1]])
  }
}

# Concentration-response curves of animals that give all doses.
set.seed(49)
d <- do.call(rbind, lapply(1:9, function(a) {
  dose <- c(0, 0.03, 0.1, 0.3, 1, 3, 10); e <- rnorm(3, 0, c(6, 5, 0.3))
  h <- ifelse(dose > 0, plogis(1.2 * (log(pmax(dose, 1e-9)) - log(0.4) - e[3])), 0)
  data.frame(animal = a, dose, y = round(150 + e[1] + (-40 + e[2]) * h + rnorm(7, 0, 2.5), 3))
}))
d <- kept("nested_curve", d)
logistic <- function(dose, base, span, le, lh)
  base + span * ifelse(dose > 0, plogis(exp(lh) * (log(pmax(dose, 1e-300)) - le)), 0)
m <- nlme(y ~ logistic(dose, base, span, le, lh), data = d, fixed = base + span + le + lh ~ 1,
          random = list(animal = pdDiag(base + span + le ~ 1)), start = c(150, -40, log(0.4), log(1.2)), method = "REML",
          control = nlmeControl(maxIter = 500, pnlsMaxIter = 100, msMaxIter = 500, tolerance = 1e-7, pnlsTol = 1e-5,
                                minScale = 1e-12, msTol = 1e-12))
sd <- as.numeric(VarCorr(m)[1:4, "StdDev"])
say("nested_curve", "nlme(pdDiag(base + span + le ~ 1), REML)", base = fixef(m)[[1]], span = fixef(m)[[2]],
    le = fixef(m)[[3]], slope = exp(fixef(m)[[4]]), se_base = sqrt(vcov(m)[1, 1]), se_span = sqrt(vcov(m)[2, 2]), 
    se_le = sqrt(vcov(m)[3, 3]), sd_base = sd[1], sd_span = sd[2], sd_le = sd[3], sigma = sd[4])

# Receptor models by nls.
exact <- nls.control(maxiter = 500, tol = 1e-7, minFactor = 1e-12, nDcentral = TRUE)
agonist <- c(0, 10^seq(-9, -4, by = 0.5))
set.seed(50)
operational <- function(a, base, em, n, lr, lt) { # lr = ln tau/KA
  q <- ifelse(a > 0, lt + log(pmax(a, 1e-300)) - log(a + exp(lt - lr)), -Inf); base + (em - base) * plogis(n * q)
}
d <- rbind(
  data.frame(agonist = "full", a = agonist, y = 5 + 95 * plogis(1.2 * log(agonist / 1e-7))),
  data.frame(agonist = "half", a = agonist, y = operational(agonist, 5, 100, 1.2, log(10 / 1e-6), log(3))),
  data.frame(agonist = "weak", a = agonist, y = operational(agonist, 5, 100, 1.2, log(0.6 / 3e-7), log(0.6))))
d <- d[rep(seq_len(nrow(d)), 2), ]; d$y <- round(d$y + rnorm(nrow(d), 0, 2), 2)
d <- kept("operational", d)
x <- sapply(levels(d$agonist), function(g) as.numeric(d$agonist == g))
m <- nls(y ~ ifelse(x[, "full"] == 1, base + (em - base) * plogis(n * (log(pmax(a, 1e-300)) + lr0)),
                    operational(a, base, em, n, lr0 + dh * x[, "half"] + dw * x[, "weak"],
                                th * x[, "half"] + tw * x[, "weak"])),
         d, start = list(base = 5, em = 100, n = 1.2, lr0 = log(1e7), dh = 0, dw = -1, th = log(3), tw = log(0.6)),
         control = exact)
b <- coef(summary(m)); l10 <- log(10)
say("operational", "nls", rss = deviance(m), baseline = b["base", 1], maximum = b["em", 1], slope = b["n", 1],
    log10_ec50 = -b["lr0", 1] / l10, delta_half = b["dh", 1] / l10, se_delta_half = b["dh", 2] / l10,
    delta_weak = b["dw", 1] / l10, tau_half = b["th", 1] / l10, se_tau_half = b["th", 2] / l10, tau_weak = b["tw", 1] / l10,
    ka_half = (b["th", 1] - b["lr0", 1] - b["dh", 1]) / l10)
ci <- suppressMessages(confint(m, parm = c("dh", "tw"))) / l10
say("operational", "confint(nls)", delta_half_low = ci[1, 1], delta_half_high = ci[1, 2], tau_weak_low = ci[2, 1],
    tau_weak_high = ci[2, 2])

set.seed(51)
d <- expand.grid(a = agonist, b = c(0, 1e-7, 1e-6, 1e-5, 1e-4), repeated = 1:2)
stimulus <- function(a, b, le, lk, la)
  ifelse(a > 0, log(pmax(a, 1e-300)) - le + log1p(b / exp(lk) * exp(la)) - log1p(b / exp(lk)), -Inf)
d$y <- round(5 + 95 * plogis(1.1 * stimulus(d$a, d$b, log(1e-7), log(5e-7), log(0.05))) + rnorm(nrow(d), 0, 2), 2)
d <- kept("allosteric_shift", d[, c("a", "b", "y")])
start <- list(base = 5, em = 100, n = 1.1, le = log(1e-7), lk = log(5e-7), la = log(0.05))
m <- nls(y ~ base + (em - base) * plogis(n * stimulus(a, b, le, lk, la)), d, start = start, control = exact)
m0 <- nls(y ~ base + (em - base) * plogis(n * stimulus(a, b, le, lk, -700)), d, start = start[1:5], control = exact)
b <- coef(summary(m)); ci <- suppressMessages(confint(m, parm = c("lk", "la"))) / l10; f <- anova(m0, m)
say("allosteric_shift", "nls", rss = deviance(m), log10_ec50 = b["le", 1] / l10, log10_kb = b["lk", 1] / l10,
    se_kb = b["lk", 2] / l10, log10_alpha = b["la", 1] / l10, se_alpha = b["la", 2] / l10, kb_low = ci[1, 1],
    kb_high = ci[1, 2], alpha_low = ci[2, 1], alpha_high = ci[2, 2], f = f[2, "F value"])

set.seed(52)
d <- expand.grid(a = agonist, b = c(0, 1e-7, 1e-6, 1e-5, 1e-4), repeated = 1:3)
efficacy <- function(a, b, base, em, n, lr, lk, la, lab, lt) {
  r <- b / exp(lk); ka <- exp(lt - lr)
  q <- lt + log(pmax(a, 1e-300)) + log1p(r * exp(lab)) - log(a * (1 + r * exp(la)) + ka * (1 + r))
  base + (em - base) * ifelse(a > 0, plogis(n * q), 0)
}
d$y <- round(efficacy(d$a, d$b, 5, 100, 1.1, log(1e7), log(1e-6), log(0.5), log(0.01), log(30)) +
             rnorm(nrow(d), 0, 1), 2)
d <- kept("allosteric_efficacy", d[, c("a", "b", "y")])
m <- nls(y ~ efficacy(a, b, base, em, n, lr, lk, la, lab, lt), d, control = exact,
         start = list(base = 5, em = 100, n = 1.1, lr = log(1e7), lk = log(1e-6), la = log(0.5), lab = log(0.01), lt = log(30)))
b <- coef(summary(m))
say("allosteric_efficacy", "nls", rss = deviance(m), log10_tau_over_ka = b["lr", 1] / l10, log10_kb = b["lk", 1] / l10,
    log10_alpha = b["la", 1] / l10, log10_alpha_beta = b["lab", 1] / l10, se_alpha_beta = b["lab", 2] / l10, log10_tau = b["lt", 1] / l10,
    maximum = b["em", 1])

# Published: growth of jaws (Potthoff & Roy 1964), variances by sex.
d <- kept("Orthodont", data.frame(sex = Orthodont$Sex, subject = Orthodont$Subject, age = Orthodont$age,
                                  distance = Orthodont$distance))
m <- lmerTest::lmer(distance ~ sex * age + (1 | subject), d, control = tight)
s <- coef(summary(m, ddf = "Satterthwaite")); k <- coef(summary(m, ddf = "Kenward-Roger"))
say("Orthodont", "lmer(distance ~ sex * age + (1 | subject))", reml = as.numeric(logLik(m)), slope = s[4, 1],
    se = s[4, 2], df = s[4, 3], kr_df = k[4, 3], sex_df = s[2, 3], kr_sex_df = k[2, 3])
# Ticks on grouse (Elston et al. 2001), by brood.
data(grouseticks)
d <- kept("grouseticks", with(grouseticks, data.frame(brood = BROOD, year = YEAR, height = round(cHEIGHT, 6),
                                                      ticks = TICKS)))
d$year <- factor(d$year)
m <- glmmTMB(ticks ~ year + height + (1 | brood), d, family = poisson)
b <- coef(summary(m))$cond
say("grouseticks", "glmmTMB(poisson)", loglik = as.numeric(logLik(m)), year96 = b[2, 1], year97 = b[3, 1],
    height = b[4, 1], se_height = b[4, 2], sd = attr(VarCorr(m)$cond$brood, "stddev")[[1]])
write.csv(found, file.path(to, "r.csv"), row.names = FALSE)
versions <- c(R = as.character(getRversion()), sapply(c("nlme", "lme4", "lmerTest", "pbkrtest", "glmmTMB"),
              function(p) as.character(packageVersion(p))))
writeLines(paste(names(versions), versions), file.path(to, "versions.txt"))
