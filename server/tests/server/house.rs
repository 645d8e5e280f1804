use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use checkout::Checkout;
use reqwest::{Client, ClientBuilder, Response, redirect};
use server::listening::Timeouts;
use server::offers::Sender;
use server::reading::Reader;
use server::{Application, Settings};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The operator's token of the tests.
pub(crate) const TOKEN: &str = "token-of-the-operator-in-these-tests";

/// A running server in sandbox mode, with a database of its own.
pub(crate) struct House {
    pub(crate) base: String,
    pub(crate) sandbox: String,
    pub(crate) http: Client,
    /// The address where `/metrics` needs no token; empty if there is none.
    pub(crate) metrics: String,
    pub(crate) checkout: Arc<Checkout>,
    pub(crate) sender: Sender,
    pub(crate) records: records::Records,
    pub(crate) desk: desk::Desk,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
    _folder: TempDir,
}

/// The address of a database in that folder.
pub(crate) fn database(folder: &TempDir) -> String {
    format!("sqlite://{}/tradein.db", folder.path().display())
}

/// The site's files, as made by `scripts/build`.
pub(crate) fn site() -> PathBuf {
    let site = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/site");
    assert!(site.is_dir(), "the site is missing: run scripts/build first");
    site
}

/// A client that follows no redirect and speaks English.
pub(crate) fn client() -> Client {
    builder().build().unwrap()
}

/// The same, with a new connection for each request.
pub(crate) fn forgetful_client() -> Client {
    builder().pool_max_idle_per_host(0).build().unwrap()
}

fn builder() -> ClientBuilder {
    let headers = [("accept-language".parse().unwrap(), "en".parse().unwrap())].into_iter().collect();
    Client::builder().redirect(redirect::Policy::none()).default_headers(headers).no_proxy()
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::with(&[]).await
    }

    pub(crate) async fn with(variables: &[(&str, &str)]) -> Self {
        Self::with_timeouts(variables, Timeouts::default()).await
    }

    /// A server with these timeouts. Its own client keeps no connection open.
    pub(crate) async fn with_timeouts(variables: &[(&str, &str)], timeouts: Timeouts) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut all: HashMap<String, String> = HashMap::from([
            ("LEPTOS_SITE_ADDR".into(), "127.0.0.1:0".into()),
            ("LEPTOS_SITE_ROOT".into(), site().display().to_string()),
            ("TRADEIN_DATABASE_URL".into(), database(&folder)),
            // Where the records are in PostgreSQL, the keys would be in the working directory.
            ("TRADEIN_SIGNING_KEY_FILE".into(), folder.path().join("keys.pem").display().to_string()),
        ]);
        all.extend(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let settings = Settings::read(&|name| all.get(name).cloned()).unwrap();
        let reader = Reader::at(env!("CARGO_BIN_EXE_tradein").into());
        let application = Application::with_reader(&settings, reader).await.unwrap().with_timeouts(timeouts);
        let base = format!("http://{}", application.address());
        let metrics = application.metrics_address().map(|address| format!("http://{address}"));
        let metrics = metrics.unwrap_or_default();
        // Empty if the test has its own partner.
        let sandbox = application.sandbox().map(|running| format!("http://{}", running.address()));
        let sandbox = sandbox.unwrap_or_default();
        let desk = application.desk().clone();
        let checkout = Arc::clone(application.checkout());
        let sender = application.sender().clone();
        let records = records::Records::at(&all["TRADEIN_DATABASE_URL"]).unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(application.run_until(async { drop(stopped.await) }));
        let http = if timeouts == Timeouts::default() { client() } else { forgetful_client() };
        Self { base, sandbox, http, metrics, checkout, sender, records, desk, stop, running, _folder: folder }
    }

    /// Stops the server in good order.
    pub(crate) async fn close(self) {
        drop(self.stop);
        self.running.await.unwrap();
    }

    /// Ends the server at once, as when it is killed: it gives nothing back.
    pub(crate) async fn kill(self) {
        self.running.abort();
        let _ = self.running.await;
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.http.get(format!("{}{path}", self.base)).send().await.unwrap()
    }

    /// Requests a page with the operator's token, which the house must have been opened with.
    pub(crate) async fn operators(&self, path: &str) -> Response {
        self.http.get(format!("{}{path}", self.base)).bearer_auth(TOKEN).send().await.unwrap()
    }

    pub(crate) async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.text().await.unwrap()
    }

    /// Posts a form as a script does.
    pub(crate) async fn call(&self, function: &str, form: &[(&str, &str)]) -> Response {
        let url = format!("{}/api/fn/{function}", self.base);
        self.http.post(url).header("accept", "application/json").form(form).send().await.unwrap()
    }

    /// Posts a form as a browser without JavaScript does. Returns the address that it is redirected to.
    pub(crate) async fn submit(&self, form: &[(&str, &str)]) -> String {
        let url = format!("{}/api/fn/quote", self.base);
        let answer =
            self.http.post(url).header("accept", "text/html,*/*;q=0.8").form(form).send().await.unwrap();
        assert!(answer.status().is_redirection(), "{}", answer.status());
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Presses a button of the form, as a browser without JavaScript does. Returns the address that it is
    /// redirected to.
    pub(crate) async fn press(&self, merchant: &str, form: &[(&str, &str)]) -> String {
        let answer =
            self.http.post(format!("{}/widget/{merchant}", self.base)).form(form).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Calls at the partner so far.
    pub(crate) async fn spent(&self) -> u64 {
        self.stats().await["quota_used"].as_u64().unwrap()
    }

    /// Waits until everything that happened is in the records.
    pub(crate) async fn all_recorded(&self) {
        self.desk.all_recorded().await;
    }

    /// Sets faults in the sandbox.
    pub(crate) async fn set(&self, faults: &'static str) {
        let url = format!("{}/_sandbox/faults", self.sandbox);
        let set = self.http.post(url).header("content-type", "application/json").body(faults);
        assert!(set.send().await.unwrap().status().is_success());
    }

    pub(crate) async fn stats(&self) -> serde_json::Value {
        self.http.get(format!("{}/_sandbox/stats", self.sandbox)).send().await.unwrap().json().await.unwrap()
    }
}

/// A form for a phone in the demo shop, with some answers changed.
pub(crate) fn phone<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("merchant", "demo"),
        ("locale", "en"),
        ("device_type", "手机"),
        ("brand", "苹果"),
        ("model", "iPhone 14 Pro"),
        ("storage", "256GB"),
        ("condition", "九成新"),
        ("function_status", "正常"),
    ];
    form.retain(|(name, _)| others.iter().all(|(other, _)| other != name));
    form.extend_from_slice(others);
    form
}
