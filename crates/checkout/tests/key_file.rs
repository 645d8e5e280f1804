//! The key file on a disk, and how `openssl` reads it.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use checkout::keys::{KeyFileError, create, read, replace};
use checkout::{KeyRing, PublicKey};
use domain::Moment;

fn moment(seconds: i64) -> Moment {
    Moment::new(jiff::Timestamp::from_second(1_767_074_400 + seconds).unwrap())
}

fn ring() -> KeyRing {
    KeyRing::generate([1; 32], [2; 32], moment(0))
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("signing-keys.pem");
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn kids<'a>(keys: impl Iterator<Item = &'a PublicKey>) -> Vec<String> {
    keys.map(|key| key.kid().to_owned()).collect()
}

fn openssl(arguments: &[&str]) -> Option<Vec<u8>> {
    let output = Command::new("openssl").args(arguments).output();
    let output = output.ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

#[test]
fn keys_are_read_back_as_they_were_written_through_rotations() {
    let (folder, path) = place();
    create(&path, &ring()).unwrap();
    let mut kept = read(&path).unwrap();
    assert_eq!(kids(kept.published(moment(0))), kids(ring().published(moment(0))));
    for (seed, at) in [(3, 100), (4, 200)] {
        let rotated = kept.rotated(moment(1000), [seed; 32], moment(at)).unwrap();
        replace(&path, &rotated).unwrap();
        kept = read(&path).unwrap();
        assert_eq!(kids(kept.published(moment(at))), kids(rotated.published(moment(at))));
        assert_eq!((kept.from(), kept.retired()), (Some(moment(at)), rotated.retired()));
    }
    assert_eq!(names(folder.path()), ["signing-keys.pem"], "nothing is left beside it");
}

#[test]
fn the_file_is_its_owners_alone() {
    let (_folder, path) = place();
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    create(&path, &ring()).unwrap();
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    replace(&path, &ring()).unwrap();
    assert_eq!(mode(), 0o600);
}

#[test]
fn a_file_that_the_superuser_replaces_stays_its_owners() {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let (_folder, path) = place();
    create(&path, &ring()).unwrap();
    if chown(&path, Some(65_534), Some(65_534)).is_err() {
        return println!("only the superuser can try this");
    }
    replace(&path, &ring()).unwrap();
    let about = fs::metadata(&path).unwrap();
    assert_eq!((about.uid(), about.gid(), about.mode() & 0o777), (65_534, 65_534, 0o600));
}

#[test]
fn a_file_that_is_there_is_not_overwritten_by_a_new_one() {
    let (folder, path) = place();
    create(&path, &ring()).unwrap();
    let other = KeyRing::generate([8; 32], [9; 32], moment(0));
    assert_eq!(create(&path, &other).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(kids(read(&path).unwrap().published(moment(0))), kids(ring().published(moment(0))));
    assert_eq!(names(folder.path()).len(), 1);
}

#[test]
fn a_symbolic_link_to_the_file_stays_one() {
    let (folder, path) = place();
    create(&path, &ring()).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    replace(&link, &ring().rotated(moment(9), [3; 32], moment(1)).unwrap()).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(read(&path).unwrap().from(), Some(moment(1)));
}

#[test]
fn openssl_reads_the_file_and_sees_the_current_key() {
    let (_folder, path) = place();
    create(&path, &ring()).unwrap();
    let Some(public) = openssl(&["pkey", "-in", path.to_str().unwrap(), "-pubout", "-outform", "DER"]) else {
        return println!("openssl is not installed");
    };
    use base64::Engine as _;
    let x = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&public[public.len() - 32..]);
    assert_eq!(x, ring().current().public().x());
}

#[test]
fn a_file_that_openssl_wrote_is_a_ring_of_one_key() {
    let (_folder, path) = place();
    let made = openssl(&["genpkey", "-algorithm", "ed25519", "-out", path.to_str().unwrap()]);
    if made.is_none() {
        return println!("openssl is not installed");
    }
    let ring = read(&path).unwrap();
    assert_eq!((ring.published(moment(0)).count(), ring.from()), (1, None));
    assert!(ring.next().is_none());
}

#[test]
fn a_file_that_is_wrong_is_refused_with_its_line_and_without_its_content() {
    let (_folder, path) = place();
    create(&path, &ring()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let current = text.split("\nKey: next").next().unwrap();
    let secret = text.lines().find(|line| line.starts_with("MC4")).unwrap();
    let kid = ring().current().public().kid().to_owned();
    for (wrong, problem) in [
        (String::new(), "no current key"),
        ("no keys here\n".to_owned(), "no current key"),
        (current.replace("-----END PRIVATE KEY-----", ""), "no end"),
        (current.replace("MC4", "M!4"), "not base64"),
        (current.replace(secret, &secret[..60]), "no Ed25519 key"),
        (current.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "without a password"),
        (current.replace("PRIVATE KEY", "PUBLIC KEY"), "Key: previous"),
        (current.replace(&kid, "kid-of-another"), "names another key"),
        (current.replace("From: 2", "From: x"), "no time"),
        (format!("{current}{current}"), "each once"),
        (current.replace("current", "former"), "each once"),
    ] {
        fs::write(&path, wrong).unwrap();
        let error = read(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::Unreadable(_)), "{error}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(problem), "{problem}: {shown}");
        assert!(!shown.contains(&secret[20..40]), "{shown}");
    }
}
