//! A PostgreSQL server for tests: a cluster in a temporary folder, on a free port of the loopback interface
//! and a socket beside it. It is stopped when the tests end, however they end. For the user root, it runs as
//! the user `postgres`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// The server, started once for all tests of a binary.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    port: u16,
    /// The script [`KEEPER`]: it stops the server when its stdin ends, which happens when this process ends.
    _keeper: Child,
}

/// Starts the server, and prints a line when it runs. When its stdin ends, it stops the server and removes
/// the folder.
const KEEPER: &str = r#"
    bin=$1 folder=$2 port=$3
    "$bin/initdb" -D "$folder/data" -U postgres --auth-local=trust --auth-host=scram-sha-256 \
        -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
    "$bin/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 \
        -c fsync=off -c max_connections=200 >>"$folder/log" 2>&1 &
    server=$!
    until "$bin/pg_isready" -q -h "$folder" -p "$port"; do
        kill -0 $server 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
        sleep 0.1
    done
    echo ready
    cat >/dev/null
    kill -INT $server
    wait $server
    rm -rf "$folder"
"#;

impl Server {
    /// The server of these tests, started at the first call.
    ///
    /// # Panics
    /// If PostgreSQL is not installed or does not start.
    pub fn of_these_tests() -> &'static Self {
        static SERVER: OnceLock<Server> = OnceLock::new();
        SERVER.get_or_init(Self::start)
    }

    fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("tradein-postgres-{}", std::process::id()));
        fs::create_dir(&folder).expect("a folder of this process is new");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = port.expect("the loopback has a free port").port();
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(binaries()).arg(&folder).arg(port.to_string());
        keeper.current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        // The server refuses to run as root.
        if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            let (user, group) = postgres_user();
            chown(&folder, Some(user), Some(group)).expect("root may give folders away");
            keeper.uid(user).gid(group);
        }
        // Signals to the tests, such as Ctrl-C, must not reach it: it ends with its stdin.
        let mut keeper = keeper.process_group(0).spawn().expect("there is a shell");
        let mut line = String::new();
        let stdout = keeper.stdout.take().expect("its stdout is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it says that it runs");
        assert_eq!(line, "ready\n", "PostgreSQL did not start; see above");
        Self { folder, port, _keeper: keeper }
    }

    /// The address of a database over the server's socket, for the superuser.
    pub fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&port={}&user=postgres", self.folder.display(), self.port)
    }

    /// The same over TCP, where a password is required.
    pub fn url_of(&self, user: &str, password: &str, database: &str) -> String {
        format!("postgres://{user}:{password}@127.0.0.1:{}/{database}", self.port)
    }
}

/// The folder of the newest server's programs.
fn binaries() -> PathBuf {
    let version = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debians = installed.filter_map(|entry| Some((version(&entry.path())?, entry.path().join("bin"))));
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let found = debians
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max()
        .map(|(_, folder)| folder)
        .or_else(|| std::env::split_paths(&on_path).find(|folder| folder.join("initdb").is_file()));
    found.expect("PostgreSQL is installed; scripts/bootstrap does that")
}

/// The ids of the user and the group that Debian's package creates.
fn postgres_user() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").expect("there are users");
    let line = users.lines().find(|line| line.starts_with("postgres:")).expect("there is a user postgres");
    let mut fields = line.split(':').skip(2).map(|field| field.parse().expect("users have numbers"));
    let mut number = || fields.next().expect("users have a group");
    (number(), number())
}
