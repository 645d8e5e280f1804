//! A Redis server for one test: on a free port of the loopback interface, without files. It is killed when it
//! is dropped, and when the test's process ends, however that ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::url::FleetUrl;

/// Starts the server, and prints its process id. When its stdin ends, it kills the server.
const KEEPER: &str = r#"
    redis-server "$@" --save '' --appendonly no --bind 127.0.0.1 --logfile /dev/null &
    server=$!
    echo $server
    cat >/dev/null
    kill -KILL $server 2>/dev/null
    wait $server
"#;
/// How long the server may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running Redis server.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    arguments: Vec<String>,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    keeper: Child,
    server: u32,
}

impl RedisServer {
    /// Starts a server.
    ///
    /// # Panics
    /// If Redis is not installed or does not start.
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// Starts a server with more arguments, such as `--requirepass`.
    ///
    /// # Panics
    /// If Redis is not installed or does not start.
    pub fn with(arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = port.expect("the loopback has a free port").port();
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let mut server = Self { port, arguments, running: None };
        server.start_again();
        server
    }

    /// Starts it again at the same port, empty.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start_again(&mut self) {
        self.kill();
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper", "--port"]).arg(self.port.to_string()).args(&self.arguments);
        let mut keeper = keeper
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // The shell reports there that the server was killed.
            .stderr(Stdio::null())
            .spawn()
            .expect("there is a shell");
        let mut line = String::new();
        let stdout = keeper.stdout.take().expect("its stdout is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it prints the process id");
        let server = line.trim().parse().expect("a process id is a number");
        self.running = Some(Running { keeper, server });
        let end = Instant::now() + PATIENCE;
        while self.try_to_say("PING").is_none() {
            // It ends at once if it cannot have the port.
            assert!(is_running(server), "redis-server does not start; scripts/bootstrap installs it");
            assert!(Instant::now() < end, "redis-server does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Kills it, as `kill -9` does. Nothing that it had is kept.
    pub fn kill(&mut self) {
        if let Some(Running { mut keeper, server }) = self.running.take() {
            signal("KILL", server);
            // The keeper ends with its stdin.
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
    }

    /// Lets it hang (SIGSTOP): connections are accepted by the system, and nothing is answered.
    pub fn hang(&self) {
        self.running.iter().for_each(|running| signal("STOP", running.server));
    }

    /// Lets it go on after [`Self::hang`].
    pub fn go_on(&self) {
        self.running.iter().for_each(|running| signal("CONT", running.server));
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its address, without user and password.
    ///
    /// # Panics
    /// Never: the address is well formed.
    pub fn url(&self) -> FleetUrl {
        format!("redis://127.0.0.1:{}", self.port).parse().expect("it is an address")
    }

    /// Sends one command over a connection of its own, and returns the first line of the answer, such as
    /// `+OK` or `:1`, or what a string contains.
    ///
    /// # Panics
    /// If the server does not answer.
    pub fn say(&self, command: &str) -> String {
        self.try_to_say(command).expect("the server answers")
    }

    fn try_to_say(&self, command: &str) -> Option<String> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        (&stream).write_all(format!("{command}\r\n").as_bytes()).ok()?;
        let mut reader = BufReader::new(&stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some(length) = line.strip_prefix('$').and_then(|length| length.trim().parse().ok()) else {
            return (!line.is_empty()).then(|| line.trim_end().to_owned());
        };
        let mut text = vec![0; length];
        reader.read_exact(&mut text).ok()?;
        String::from_utf8(text).ok()
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn is_running(process: u32) -> bool {
    std::path::Path::new("/proc").join(process.to_string()).exists()
}

fn signal(name: &str, process: u32) {
    // Fails if the process has ended already, which is what is wanted.
    let _ =
        Command::new("kill").args([&format!("-{name}"), &process.to_string()]).stderr(Stdio::null()).status();
}
