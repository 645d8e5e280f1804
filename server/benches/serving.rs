//! The share of a bare axum handler's speed that remains when a cached quote goes through the server
//! function, and how soon a new process answers. Both are compared with a baseline of the same run, since
//! machines differ.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::post;

const FORM: &str = "merchant=demo&device_type=%E6%89%8B%E6%9C%BA&brand=%E8%8B%B9%E6%9E%9C&model=iPhone+14+Pro\
&storage=256GB&condition=%E4%B9%9D%E6%88%90%E6%96%B0&function_status=%E6%AD%A3%E5%B8%B8";
const CONNECTIONS: usize = 8;
const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(700);

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A server process. It ends when this is dropped.
struct Server {
    child: Child,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start() -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_tradein"))
            .arg("serve")
            .env_clear()
            .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
            .env("LEPTOS_SITE_ROOT", concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site"))
            .env("TRADEIN_DATABASE_URL", format!("sqlite://{}/tradein.db", folder.path().display()))
            // Without this, the server would print a token that it made, perhaps when stdout is no longer
            // read.
            .env("TRADEIN_OPERATOR_TOKEN", "token-of-the-bench-which-nobody-uses")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = Vec::new();
        let mut stdout = child.stdout.take().ok_or("no stdout")?;
        while line.last() != Some(&b'\n') {
            let mut byte = [0];
            stdout.read_exact(&mut byte)?;
            line.push(byte[0]);
        }
        let address = String::from_utf8(line)?.trim().trim_start_matches("http://").parse()?;
        Ok(Self { child, address, _folder: folder })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that sends the same request again and again.
struct Asker {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Asker {
    fn connect(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let head = "POST /api/fn/quote HTTP/1.1\r\nhost: bench\r\naccept: application/json\r\n\
                    content-type: application/x-www-form-urlencoded\r\n";
        let request = format!("{head}content-length: {}\r\n\r\n{FORM}", FORM.len()).into_bytes();
        Ok(Self { stream, request, answer: vec![0; 64 * 1024] })
    }

    /// Asks once. Returns the answer's body.
    fn ask(&mut self) -> Outcome<&[u8]> {
        self.stream.write_all(&self.request)?;
        let mut have = 0;
        loop {
            have += self.stream.read(&mut self.answer[have..])?;
            let Some(head) = self.answer[..have].windows(4).position(|window| window == b"\r\n\r\n") else {
                continue;
            };
            let text = std::str::from_utf8(&self.answer[..head])?.to_ascii_lowercase();
            if !text.starts_with("http/1.1 200") {
                return Err(text.into());
            }
            let length =
                text.lines().find_map(|line| line.strip_prefix("content-length: ")).ok_or("no length")?;
            let end = head + 4 + length.trim().parse::<usize>()?;
            if have >= end {
                return Ok(&self.answer[head + 4..end]);
            }
        }
    }
}

/// Requests a second over several connections.
fn rate(address: SocketAddr) -> Outcome<f64> {
    let until = Instant::now() + ROUND;
    let counts = std::thread::scope(|scope| {
        let askers: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(move || -> Outcome<u64> {
                    let mut asker = Asker::connect(address)?;
                    let mut count = 0;
                    while Instant::now() < until {
                        asker.ask()?;
                        count += 1;
                    }
                    Ok(count)
                })
            })
            .collect();
        askers.into_iter().map(|asker| asker.join().map_err(|_| "an asker panicked")?).sum::<Outcome<u64>>()
    })?;
    Ok(counts as f64 / ROUND.as_secs_f64())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn main() -> Outcome<()> {
    let server = Server::start()?;
    let mut first = Asker::connect(server.address)?;
    first.ask()?;
    let bytes = first.ask()?.to_vec();

    // The baseline runs in this process, the server in another; both share the machine with the clients.
    let runtime = tokio::runtime::Runtime::new()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let bare = listener.local_addr()?;
    let body = bytes.clone();
    let router = Router::new()
        .route("/api/fn/quote", post(async move || ([("content-type", "application/json")], body.clone())));
    runtime.spawn(async move { axum::serve(listener, router).await });

    let (mut ratios, mut rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (baseline, own) = (rate(bare)?, rate(server.address)?);
        ratios.push(own / baseline);
        rates.push(own);
    }
    let ratio = median(ratios);
    println!(
        "cached quote / bare axum handler with the same {} bytes: {ratio:.2} (at least 0.6), {:.0} requests/s",
        bytes.len(),
        median(rates)
    );

    let mut starts = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let server = Server::start()?;
        let mut stream = TcpStream::connect(server.address)?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: bench\r\n\r\n")?;
        stream.read_exact(&mut [0; 12])?;
        starts.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let start = median(starts);
    println!(
        "process start to first answer, empty database: {start:.0} ms (at most 300), ratio {:.2}",
        start / 300.0
    );
    Ok(())
}
