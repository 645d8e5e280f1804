//! Ed25519 keys in the documents that `openssl` writes (RFC 8410): a fixed prefix and 32 bytes.

use secrecy::zeroize::Zeroizing;

/// PKCS#8, version 1, with the algorithm's identifier 1.3.101.112.
const PRIVATE: [u8; 16] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
/// SubjectPublicKeyInfo with the same identifier.
const PUBLIC: [u8; 12] = *b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

/// The PKCS#8 document of a private key.
pub(super) fn private(seed: &[u8; 32]) -> Zeroizing<[u8; 48]> {
    let mut document = Zeroizing::new([0; 48]);
    document[..16].copy_from_slice(&PRIVATE);
    document[16..].copy_from_slice(seed);
    document
}

/// The private key in a PKCS#8 document; `None` if it has another algorithm or form.
pub(super) fn seed_of(document: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let seed = document.strip_prefix(&PRIVATE)?;
    Some(Zeroizing::new(seed.try_into().ok()?))
}

/// The SubjectPublicKeyInfo document of a public key.
pub(super) fn public(point: &[u8; 32]) -> [u8; 44] {
    let mut document = [0; 44];
    document[..12].copy_from_slice(&PUBLIC);
    document[12..].copy_from_slice(point);
    document
}

/// The public key in a SubjectPublicKeyInfo document; `None` if it has another algorithm or form.
pub(super) fn point_of(document: &[u8]) -> Option<[u8; 32]> {
    document.strip_prefix(&PUBLIC)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_back_and_one_of_another_shape_is_not() {
        assert_eq!(*seed_of(&*private(&[7; 32])).unwrap(), [7; 32]);
        assert_eq!(point_of(&public(&[7; 32])).unwrap(), [7; 32]);
        assert!(seed_of(&public(&[7; 32])).is_none() && point_of(&*private(&[7; 32])).is_none());
        assert!(seed_of(&private(&[7; 32])[..47]).is_none() && seed_of(&[]).is_none());
    }
}
