use std::path::Path;
use std::process::Output;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::Sandbox;

use crate::house::{client, phone};
use crate::process::Process;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_secret_is_read_on_sighup() {
    let account = Account::new("AHS2025TEST", AppSecret::new("right").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "wrong\n").unwrap();
    let url = partner.base_url();
    let mut server = Process::start(&[
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET_FILE", secret.to_str().unwrap()),
        ("AHS_API_URL", &url),
    ])
    .await;
    let (http, address) = (client(), format!("{}/api/fn/quote", server.base));
    let ask = || async { http.post(&address).form(&phone(&[])).send().await.unwrap().status().as_u16() };
    assert_eq!(ask().await, 502);
    std::fs::write(&secret, "right\n").unwrap();
    server.signal("HUP").await;
    let patience = Instant::now();
    while ask().await != 200 {
        assert!(patience.elapsed() < Duration::from_secs(10), "the new secret is never used");
    }
    assert!(server.is_running());
}

/// The one-line error of a server that cannot start with those variables.
async fn refused(variables: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let started = tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg("serve")
        .env_clear()
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .envs(variables.iter().copied())
        .current_dir(folder.path())
        .kill_on_drop(true)
        .output();
    let Output { status, stderr, .. } =
        tokio::time::timeout(Duration::from_secs(20), started).await.expect("it hangs").unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert!(!status.success(), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secrets_file_that_cannot_be_used_stops_the_start_with_its_name_and_what_is_wrong() {
    const TOKEN: &str = "hush-hush-hush-hush-hush-hush-hush";
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, held: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, held).unwrap();
        path
    };
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(TOKEN.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (path, cause) in [
        (pipe, "it is a pipe"),
        (folder.path().to_owned(), "it is a folder"),
        (folder.path().join("missing"), "there is no such file"),
        (write("empty", b""), "it is empty"),
        (write("large", &[b'x'; 5_000]), "larger than 4096 bytes"),
        (write("utf16", &utf16), "UTF-16"),
        (write("quoted", format!("'{TOKEN}'\n").as_bytes()), "quotes around it"),
        (write("two-lines", format!("{TOKEN}\nmore\n").as_bytes()), "a line break inside"),
        (write("zero-width", format!("{TOKEN}\u{200b}\n").as_bytes()), "U+200B (a zero width space)"),
        (write("no-break", format!("\u{a0}{TOKEN}").as_bytes()), "U+00A0"),
        (write("bidi", format!("\u{202a}{TOKEN}\u{202c}").as_bytes()), "U+202A"),
        (write("zero", format!("{TOKEN}\0").as_bytes()), "NUL"),
    ] {
        for name in ["TRADEIN_OPERATOR_TOKEN_FILE", "AHS_APP_SECRET_FILE"] {
            let named = (name, path.to_str().unwrap());
            let said = match name {
                "AHS_APP_SECRET_FILE" => refused(&[("AHS_APP_ID", "AHS2025TEST"), named]).await,
                _ => refused(&[named]).await,
            };
            assert!(said.contains(name) && said.contains(&path.display().to_string()), "{said}");
            assert!(said.contains(cause) && !said.contains("hush"), "{cause}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secrets_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    std::fs::write(&path, "hush").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        // The superuser can read every file. The error for other users is tested beside the reader.
        return;
    }
    let said =
        refused(&[("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET_FILE", path.to_str().unwrap())]).await;
    assert!(said.contains("there is no permission to read it"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_byte_order_mark_and_line_breaks_of_windows_are_no_part_of_a_secret() {
    let account = Account::new("AHS2025TEST", AppSecret::new("right").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path: &Path = &folder.path().join("secret");
    std::fs::write(path, "\u{feff}right\r\n").unwrap();
    let url = partner.base_url();
    let server = Process::start(&[
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET_FILE", path.to_str().unwrap()),
        ("AHS_API_URL", &url),
    ])
    .await;
    let post = client().post(format!("{}/api/fn/quote", server.base)).form(&phone(&[]));
    assert_eq!(post.send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_that_is_no_utf8_is_not_taken_for_unset() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let started = tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg("serve")
        .env_clear()
        .env("AHS_APP_ID", "AHS2025TEST")
        .env("AHS_APP_SECRET", OsStr::from_bytes(b"hush\xffhush"))
        .current_dir(folder.path())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(Duration::from_secs(20), started).await.expect("it runs").unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("AHS_APP_SECRET cannot be used: character 5 of it was not UTF-8"), "{said}");
}
