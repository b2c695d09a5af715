//! Digests: SHA-256 of files, and hashes of names that keys of random streams
//! follow from.

use sha2::{Digest, Sha256};

/// Offset basis and prime of the 64-bit FNV-1a hash: Fowler, Noll and Vo, IETF
/// draft-eastlake-fnv.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let digest = sha256(bytes);
    let mut text = String::with_capacity(64);
    for byte in digest {
        for nibble in [byte >> 4, byte & 0xf] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

/// FNV-1a, 64 bit, over the texts with a separator after each: the same on
/// every machine and in every version, unlike the hashes of the standard library.
pub fn stable_hash(texts: &[&str]) -> u64 {
    fnv_1a(texts.iter().flat_map(|text| text.bytes().chain([0xff])))
}

/// A seed that depends on the master seed and the names only (FNV-1a), so that
/// another name changes no other seed.
pub fn keyed_seed(seed: u64, names: &[&str]) -> u64 {
    fnv_1a(seed.to_le_bytes().into_iter().chain(names.iter().flat_map(|name| name.bytes().chain([0]))))
}

/// The FNV-1a hash of bytes, 64 bit.
pub fn fnv_1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // Published test vector of the 64-bit FNV-1a hash: "foobar" has
        // 0x85944171f73967e8; with our separator byte one more step follows.
        let published: u64 = 0x8594_4171_f739_67e8;
        let step = (published ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
        assert_eq!(stable_hash(&["foobar"]), step);
    }

    #[test]
    fn neighbouring_texts_do_not_run_together() {
        assert_ne!(stable_hash(&["ab", "c"]), stable_hash(&["a", "bc"]));
        assert_ne!(keyed_seed(1, &["ab", "c"]), keyed_seed(1, &["a", "bc"]));
    }

    /// FIPS 180-2, appendix B.1.
    #[test]
    fn sha256_of_the_standard() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), abc);
    }
}
