//! Fields of the format by hand: files made up for the purpose, with known values.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod build;

use build::{Image, abf1, abf2};
use exchange::abf::{Abf, Mode, SampleKind};
use std::path::Path;

fn open(image: &Image) -> Abf {
    Abf::from_bytes("made.abf", image.0.clone()).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(image: &Image) -> String {
    Abf::from_bytes("made.abf", image.0.clone()).expect_err("a fault").to_string()
}

fn real(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/abf").join(name)).unwrap()
}

/// 100 mV at the amplifier's 0.001 V/mV is 0.1 V; at signal gain 2, programmable
/// gain 5 and telegraphed gain 10 the converter sees 10 V and gives 32768.
#[test]
fn all_gains_and_both_offsets() {
    let mut image = abf1(true, &[3], 1, &[0, 16_384, -32_768]);
    image.f32(1050 + 12, 2.0).f32(730 + 12, 5.0).i16(4512 + 6, 1).f32(4576 + 12, 10.0);
    image.f32(986 + 12, 7.5).f32(1114 + 12, 2.5).i16(1410, 1);
    let trace = open(&image).channel(0, 0).unwrap();
    for (found, known) in trace.iter().zip([5.0, 55.0, -95.0]) {
        assert!((found - known).abs() < 1e-5, "{found}");
    }
    // Not enabled: the telegraphed gain does not count.
    image.i16(4512 + 6, 0);
    assert!((open(&image).channel(0, 0).unwrap()[1] - 505.0).abs() < 1e-4);
    // No signal conditioner: neither do its gain and offset.
    image.i16(1410, 0);
    assert!((open(&image).channel(0, 0).unwrap()[1] - 1_007.5).abs() < 1e-3);
    // A basic header has no telegraph fields: those bytes are samples.
    let mut codes = vec![1_i16; 4_000];
    codes[0] = 16_384;
    let basic = open(&abf1(false, &[3], 1, &codes));
    assert!((basic.channel(0, 0).unwrap()[0] - 5_000.0).abs() < 1e-3);
    assert_eq!(basic.guid(), None);
}

#[test]
fn sixteen_channels_in_the_order_of_sampling() {
    let inputs: Vec<i16> = (0..16).rev().collect();
    let codes: Vec<i16> = (0..16 * 6).collect();
    let abf = open(&abf1(true, &inputs, 2, &codes));
    assert_eq!((abf.channels().len(), abf.sweep_count(), abf.rate_hz()), (16, 2, 20_000.0));
    assert_eq!(abf.channels()[0].name, "IN 15");
    assert_eq!(abf.codes(1, 5).unwrap().unwrap(), [53, 69, 85]);
    assert_eq!(abf.date(), Some("2024-02-29T01:01:01.007"));
    assert_eq!(abf.sweep(1).unwrap().start_s, 3.0 / 20_000.0);
}

#[test]
fn float_samples_are_values_already() {
    let mut image = abf1(true, &[0], 1, &[]);
    image.i16(100, 1).i32(10, 3).f32(922, f32::NAN);
    for (place, value) in [1.5_f32, f32::NAN, -7.25].into_iter().enumerate() {
        image.f32(6_144 + 4 * place, value);
    }
    let abf = open(&image);
    assert_eq!(abf.sample_kind(), SampleKind::Float32);
    assert_eq!(abf.codes(0, 0).unwrap(), None);
    let trace = abf.channel(0, 0).unwrap();
    assert!(trace[0] == 1.5 && trace[1].is_nan() && trace[2] == -7.25);
    // As 16-bit samples they would need the scale.
    assert!(refused(image.i16(100, 0)).contains("byte 922: the scale of a channel"));

    let mut two = abf2(&real("18807005.abf"), 400, 2);
    two.i16(30, 1).i32(240, 4).put(244, &200_u64.to_le_bytes());
    let (start, synch) = (6_656, 7_680);
    two.i32(synch + 4, 100).i32(synch + 12, 100);
    two.f32(start + 4 * 150, 0.125);
    assert_eq!(open(&two).channel(1, 0).unwrap()[50], 0.125);
}

#[test]
fn tags_count_in_synch_units_or_else_in_samples() {
    let mut image = abf1(true, &[0, 1], 1, &[0; 200]);
    image.i32(44, 13).i32(48, 1).put(13 * 512, &[0; 64]).i32(13 * 512, 4_000).put(13 * 512 + 4, b"wash in");
    // 25 µs from sample to sample of either channel.
    assert!((open(&image).tags()[0].time_s - 0.1).abs() < 1e-9);
    image.f32(130, 100.0);
    assert!((open(&image).tags()[0].time_s - 0.4).abs() < 1e-9);
    assert_eq!(open(&image).tags()[0].comment, "wash in");
}

#[test]
fn holding_user_lists_and_points_to_ignore() {
    let mut image = abf1(true, &[0], 1, &[11, 12, 13, 14]);
    image.f32(1394, -70.0).f32(1398, f32::NAN).f32(1402, 3e30).f32(1406, 1e-30);
    image.i16(3360, 1).i16(3368, 35).put(3376, b"10, 20,40");
    image.i32(10, 3).i16(14, 1);
    let abf = open(&image);
    let holding: Vec<Option<f64>> = abf.outputs().iter().map(|output| output.holding).collect();
    assert_eq!(holding, [Some(-70.0), None, None, Some(0.0)]);
    assert_eq!((abf.user_lists().len(), abf.user_lists()[0].parameter), (1, 35));
    assert_eq!(abf.user_lists()[0].values, [10.0, 20.0, 40.0]);
    assert_eq!(abf.codes(0, 0).unwrap().unwrap(), [12, 13, 14]);
}

#[test]
fn odd_files_are_remarked_upon() {
    let mut gap_free = abf2(&real("18807005.abf"), 400, 2);
    gap_free.i16(512, 3);
    let abf = open(&gap_free);
    assert_eq!((abf.mode(), abf.sweep_count(), abf.sweep(0).unwrap().points), (Mode::GapFree, 1, 400));
    assert!(abf.remarks()[0].contains("paused: 2 pieces"));
    let uneven = open(&abf1(true, &[0, 1], 2, &[0; 11]));
    assert_eq!(uneven.sweep(1).unwrap().points, 2);
    assert_eq!(uneven.remarks().len(), 2, "{:?}", uneven.remarks());
}

/// Each lie of a header: what is said about it.
#[test]
fn lies_are_named_with_place_and_expectation() {
    let one = abf1(true, &[0, 1], 2, &[0; 400]);
    let two = abf2(&real("18807005.abf"), 400, 2);
    type Lie = fn(&mut Image) -> &mut Image;
    let lies: [(&Image, Lie, &str); 21] = [
        (&one, |i| i.put(0, b" FBA"), "byte 0: the signature is \" FBA\": expected \"ABF \" or \"ABF2\" in little"),
        (&one, |i| i.put(0, b"\x89HDF"), "HDF5"),
        (&one, |i| i.f32(4, 1e30), "byte 4: fFileVersionNumber"),
        (&one, |i| i.i16(8, 6), "byte 8: nOperationMode is 6: expected 1 to 5"),
        (
            &one,
            |i| i.i32(10, 401),
            "byte 6144: the data section of 401 samples is 802 bytes long: expected an end within the 6944 bytes",
        ),
        (&one, |i| i.i32(10, -1), "byte 10: lActualAcqLength is -1"),
        (&one, |i| i.i32(10, 1), "byte 10: the number of samples is 1: expected 2 or more"),
        (&one, |i| i.i32(16, i32::MAX), "byte 16: lActualEpisodes is 2147483647: expected at most 200"),
        (&one, |i| i.i32(40, 3), "byte 40: lDataSectionPtr"),
        (&one, |i| i.i32(40, i32::MAX), "byte 1099511627264: the data section"),
        (&one, |i| i.i32(44, 2).i32(48, i32::MAX), "byte 1024: the section of 2147483647 entries (lNumTagEntries)"),
        (&one, |i| i.i32(92, 2).i32(96, 1), "byte 16: lActualEpisodes is 2: expected at most 1"),
        (&one, |i| i.i16(100, 2), "byte 100: nDataFormat is 2"),
        (&one, |i| i.i16(120, 17), "byte 120: nADCNumChannels is 17: expected 1 to 16"),
        (&one, |i| i.f32(122, f32::NAN), "byte 122: fADCSampleInterval is NaN: expected a number above zero"),
        (&one, |i| i.i16(412, -1), "byte 412: nADCSamplingSeq[1] is -1: expected 0 to 15"),
        (&two, |i| i.put(7, &[3]), "byte 4: fFileVersionNumber is 3.6.0.0: expected 2.x"),
        (&two, |i| i.put(100, &u64::MAX.to_le_bytes()), "byte 100: ADCSection entries is -1"),
        (&two, |i| i.i32(92, i32::MAX), "ADCSection is 128 bytes long: expected an end within"),
        (&two, |i| i.i32(240, 4), "byte 240: entry size of DataSection is 4: expected 2 as nDataFormat is 0"),
        (&two, |i| i.i32(60, 99), "byte 60: uCreatorNameIndex is 99: expected 0 to 20"),
    ];
    for (image, lie, said) in lies {
        let mut image = image.clone();
        let error = refused(lie(&mut image));
        assert!(error.starts_with("made.abf: byte ") && error.contains(said), "{said}\nbut: {error}");
    }
    // Every length of file but the whole is refused, with its place.
    for image in [&one, &two] {
        for length in (0..image.0.len() - 512).step_by(97) {
            let error = refused(&Image(image.0[..length].to_vec()));
            assert!(error.starts_with("made.abf: byte "), "{length}: {error}");
        }
    }
}
