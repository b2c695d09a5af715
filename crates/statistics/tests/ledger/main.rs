//! Every quantity of every reference data set, accounted for: compared at its
//! tolerance with the side that is right, or left out for a stated reason.
//! `cargo nextest run -E 'binary(ledger)' --no-capture` prints the table.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "prints the account of each data set")]

mod book;
mod course;
mod curves;
mod families;
mod marginal;
mod nested;
mod paired;
#[path = "../reference/mod.rs"]
mod reference;
mod tables;
mod two;

use book::Book;

/// Prints the line of a data set and fails on any quantity that differs or that
/// nobody looked at.
fn settle(book: Book) {
    let account = book.close();
    let left: usize = account.exempt.values().sum();
    let all = account.passed + account.failed.len() + account.unseen.len() + left;
    println!("| {} | {all} | {} | {} | {left} |", account.name, account.passed, account.failed.len());
    for (reason, count) in &account.exempt {
        println!("    {count} not applicable: {reason}");
    }
    assert!(account.failed.is_empty(), "{}: {:#?}", account.name, account.failed);
    assert!(account.unseen.is_empty(), "{}: nobody looked at {:#?}", account.name, account.unseen);
    assert!(account.passed > 0, "{}: nothing was compared", account.name);
}

macro_rules! sets {
    ($($name:ident: $check:expr;)*) => {
        $(#[test]
        fn $name() {
            let mut book = Book::open(stringify!($name));
            let check: fn(&mut Book) = $check;
            check(&mut book);
            settle(book);
        })*
    };
}

sets! {
    a_nested2: nested::two_groups;
    b_factorial: families::factorial;
    b2_balanced: families::factorial;
    c_dose: curves::dose;
    c2_schild: curves::schild;
    c3_mixture: curves::mixture;
    d_timecourse: course::course;
    e_paired: paired::paired;
    f_flat: families::flat;
    g_boot: tables::bootstrap;
    h_padjust: tables::adjustments;
    i_power: tables::power;
    i_power_sim: tables::simulated_power;
    j_distributions: tables::distributions;
    x01_n1: two::flat;
    x02_n1_vs_n: two::flat;
    x03_n2: two::flat;
    x04_zero_var_same: two::flat;
    x05_zero_var_diff: two::flat;
    x06_zero_var_one: two::flat;
    x07_ties: two::flat;
    x08_nan: two::flat;
    x09_uneq_var: two::flat;
    x10_outlier: two::flat;
    x11_separated: two::flat;
    x12_offset: two::offset;
    x13_tiny: two::flat;
    x14_huge: two::flat;
    x15_singular: nested::two_groups;
    x16_one_slice: nested::two_groups;
    x17_mostly_one_slice: nested::two_groups;
    x18_icc_high: nested::two_groups;
    x19_two_animals: nested::two_groups;
    x20_hetero_nested: nested::two_groups;
    x21_huge_nested: nested::huge;
    x22_nan_nested: nested::two_groups;
}
