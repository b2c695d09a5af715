//! Numbers of any size and byte order as `f64`.

use hdf5_reader::error::{ByteOrder, Error, Result};
use hdf5_reader::{Datatype, H5Type, dtype_element_size};

/// A number of an HDF5 file. Whole numbers of 8 bytes are rounded to 53 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number(pub f64);

impl H5Type for Number {
    fn hdf5_type() -> Datatype {
        Datatype::FloatingPoint { size: 8, byte_order: ByteOrder::LittleEndian }
    }

    fn from_bytes(bytes: &[u8], dtype: &Datatype) -> Result<Self> {
        let unfit = || Error::TypeMismatch { expected: String::from("a number"), actual: format!("{dtype:?}") };
        let (size, order) = match dtype {
            Datatype::FixedPoint { size, byte_order, .. } | Datatype::FloatingPoint { size, byte_order } => {
                (usize::from(*size), *byte_order)
            }
            _ => return Err(unfit()),
        };
        let mut low = [0; 8];
        let stored = bytes.get(..size).filter(|_| (1..=8).contains(&size)).ok_or_else(unfit)?;
        low[..size].copy_from_slice(stored);
        if order == ByteOrder::BigEndian {
            low[..size].reverse();
        }
        let bits = u64::from_le_bytes(low);
        Ok(Self(match dtype {
            Datatype::FixedPoint { signed: true, .. } => {
                // Shifted to the top and back, so that the sign is filled in.
                let shift = 64 - 8 * size;
                ((bits << shift).cast_signed() >> shift) as f64
            }
            Datatype::FixedPoint { .. } => bits as f64,
            _ => match size {
                4 => f64::from(f32::from_bits(low_half(bits))),
                8 => f64::from_bits(bits),
                _ => return Err(unfit()),
            },
        }))
    }

    fn element_size(dtype: &Datatype) -> usize {
        // Only numbers are read, whose size is that of their type.
        dtype_element_size(dtype).unwrap_or(0)
    }

    /// The types that samples have, without a decision for each value.
    fn decode_vec(raw: &[u8], dtype: &Datatype, count: usize) -> Option<Result<Vec<Self>>> {
        let little = ByteOrder::LittleEndian;
        let values = match dtype {
            Datatype::FixedPoint { size: 2, signed: true, byte_order } if *byte_order == little => {
                raw.as_chunks::<2>().0.iter().map(|b| Self(f64::from(i16::from_le_bytes(*b)))).collect::<Vec<_>>()
            }
            Datatype::FloatingPoint { size: 4, byte_order } if *byte_order == little => {
                raw.as_chunks::<4>().0.iter().map(|b| Self(f64::from(f32::from_le_bytes(*b)))).collect()
            }
            Datatype::FloatingPoint { size: 8, byte_order } if *byte_order == little => {
                raw.as_chunks::<8>().0.iter().map(|b| Self(f64::from_le_bytes(*b))).collect()
            }
            _ => return None,
        };
        (values.len() == count).then_some(Ok(values))
    }
}

/// The lower half of the bits.
fn low_half(bits: u64) -> u32 {
    u32::try_from(bits & u64::from(u32::MAX)).unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_kind() {
        let fixed = |size, signed, byte_order| Datatype::FixedPoint { size, signed, byte_order };
        let (little, big) = (ByteOrder::LittleEndian, ByteOrder::BigEndian);
        let read = |bytes: &[u8], dtype: &Datatype| Number::from_bytes(bytes, dtype).unwrap().0;
        assert_eq!(read(&[0xfe], &fixed(1, true, little)), -2.0);
        assert_eq!(read(&[0xfe], &fixed(1, false, little)), 254.0);
        assert_eq!(read(&[0xff, 0x01], &fixed(2, true, big)), -255.0);
        assert_eq!(read(&(-7_i32).to_be_bytes(), &fixed(4, true, big)), -7.0);
        assert_eq!(read(&u64::MAX.to_le_bytes(), &fixed(8, false, little)), 18_446_744_073_709_551_615.0);
        let float = |size, byte_order| Datatype::FloatingPoint { size, byte_order };
        assert_eq!(read(&1.5_f32.to_be_bytes(), &float(4, big)), 1.5);
        assert_eq!(read(&(-0.1_f64).to_le_bytes(), &float(8, little)), -0.1);
        assert!(Number::from_bytes(&[0; 2], &float(2, little)).is_err());
        assert!(Number::from_bytes(&[0; 3], &fixed(4, true, little)).is_err());
    }

    #[test]
    fn many_at_once_are_each_as_one() {
        let bytes: Vec<u8> = (0..48).map(|k: u8| k.wrapping_mul(37)).collect();
        let types = [
            Datatype::FixedPoint { size: 2, signed: true, byte_order: ByteOrder::LittleEndian },
            Datatype::FloatingPoint { size: 4, byte_order: ByteOrder::LittleEndian },
            Datatype::FloatingPoint { size: 8, byte_order: ByteOrder::LittleEndian },
        ];
        for dtype in &types {
            let size = Number::element_size(dtype);
            let one: Vec<u64> = bytes.chunks(size).map(|b| Number::from_bytes(b, dtype).unwrap().0.to_bits()).collect();
            let many = Number::decode_vec(&bytes, dtype, 48 / size).unwrap().unwrap();
            assert_eq!(many.iter().map(|number| number.0.to_bits()).collect::<Vec<_>>(), one);
        }
    }
}
