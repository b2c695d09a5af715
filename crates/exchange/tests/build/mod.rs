//! ABF files made up field by field, after the published layout of the format.
#![allow(dead_code, reason = "each test file uses a part")]

/// Bytes with little-endian fields.
#[derive(Clone)]
pub struct Image(pub Vec<u8>);

impl Image {
    pub fn zeros(length: usize) -> Self {
        Self(vec![0; length])
    }

    pub fn put(&mut self, at: usize, bytes: &[u8]) -> &mut Self {
        if self.0.len() < at + bytes.len() {
            self.0.resize(at + bytes.len(), 0);
        }
        self.0[at..at + bytes.len()].copy_from_slice(bytes);
        self
    }

    pub fn i16(&mut self, at: usize, value: i16) -> &mut Self {
        self.put(at, &value.to_le_bytes())
    }

    pub fn i32(&mut self, at: usize, value: i32) -> &mut Self {
        self.put(at, &value.to_le_bytes())
    }

    pub fn f32(&mut self, at: usize, value: f32) -> &mut Self {
        self.put(at, &value.to_le_bytes())
    }
}

/// An ABF1 file: `inputs` are the physical inputs of the channels, `codes` the
/// interleaved samples, `sweeps` their number. One code is 10/32768 V, in mV at a
/// gain of 0.001 V/mV.
pub fn abf1(extended: bool, inputs: &[i16], sweeps: i32, codes: &[i16]) -> Image {
    let data = if extended { 6_144 } else { 2_048 };
    let mut image = Image::zeros(data);
    image.put(0, b"ABF ").f32(4, 1.83).i16(8, 5).i32(10, codes.len() as i32).i32(16, sweeps);
    image.i32(20, 20_240_229).i32(24, 3_661).i16(366, 7).i32(40, data as i32 / 512);
    image.i16(120, inputs.len() as i16).f32(122, 50.0 / inputs.len() as f32);
    image.f32(244, 10.0).i32(252, 32_768);
    for (place, input) in inputs.iter().enumerate() {
        image.i16(410 + 2 * place, *input);
    }
    for input in 0..16 {
        image.put(442 + 10 * input, format!("IN {input:<7}").as_bytes()).put(602 + 8 * input, b"mV      ");
        image.f32(730 + 4 * input, 1.0).f32(922 + 4 * input, 0.001).f32(1050 + 4 * input, 1.0);
    }
    for code in codes {
        let at = image.0.len();
        image.i16(at, *code);
    }
    image
}

/// An ABF2 file in small: the sections up to the samples of a real file, its
/// first `samples` samples, then the synch array with `sweeps` equal sweeps and
/// a tag.
pub fn abf2(real: &[u8], samples: usize, sweeps: usize) -> Image {
    let start = u32::from_le_bytes(real[236..240].try_into().expect("four bytes")) as usize * 512;
    let mut image = Image(real[..start + 2 * samples].to_vec());
    image.put(244, &(samples as u64).to_le_bytes()).put(12, &(sweeps as u32).to_le_bytes());
    let blocks = |image: &mut Image| {
        image.0.resize(image.0.len().next_multiple_of(512), 0);
        image.0.len() / 512
    };
    let synch = blocks(&mut image);
    for sweep in 0..sweeps {
        image.i32(512 * synch + 8 * sweep, (sweep * 1000) as i32);
        image.i32(512 * synch + 8 * sweep + 4, (samples / sweeps) as i32);
    }
    section(&mut image, 316, synch, 8, sweeps);
    let tag = blocks(&mut image);
    image.i32(512 * tag, 2_000).put(512 * tag + 4, &[b' '; 56]).put(512 * tag + 4, b"drug").i32(512 * tag + 60, 1);
    section(&mut image, 252, tag, 64, 1);
    image
}

/// An entry of the table of sections.
pub fn section(image: &mut Image, at: usize, block: usize, size: usize, count: usize) {
    image.i32(at, block as i32).i32(at + 4, size as i32).put(at + 8, &(count as u64).to_le_bytes());
}
