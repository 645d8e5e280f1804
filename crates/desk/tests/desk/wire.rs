//! The way of one desk to its database, which can be cut while the other desks keep theirs.

use std::net::SocketAddr;

use records::testing::Server;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::places::admin;

/// A way to a database of the tests' server. It ends when it is dropped.
pub(crate) struct Wire {
    /// The address of the database by this way.
    pub(crate) url: String,
    is_cut: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Wire {
    pub(crate) async fn to(database: &str) -> Self {
        // Several tests make it. It is theirs all.
        let user = "DO $$ BEGIN CREATE ROLE by_wire LOGIN SUPERUSER PASSWORD 'wire';
            EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$";
        admin().await.run(user).await.unwrap();
        let direct = Server::of_these_tests().url_of("by_wire", "wire", database);
        let (host, path) = direct.rsplit_once('@').unwrap().1.split_once('/').unwrap();
        let server: SocketAddr = host.parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("postgres://by_wire:wire@{}/{path}", listener.local_addr().unwrap());
        let is_cut = watch::Sender::new(false);
        let told = is_cut.clone();
        let task = tokio::spawn(async move {
            while let Ok((desk, _)) = listener.accept().await {
                tokio::spawn(serve(desk, server, told.subscribe()));
            }
        });
        Self { url, is_cut, task }
    }

    /// Ends all connections, and every new one at once.
    pub(crate) fn cut(&self) {
        self.is_cut.send_replace(true);
    }

    pub(crate) fn mend(&self) {
        self.is_cut.send_replace(false);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut desk: TcpStream, server: SocketAddr, mut is_cut: watch::Receiver<bool>) {
    let passing = async {
        let mut upstream = TcpStream::connect(server).await?;
        copy_bidirectional(&mut desk, &mut upstream).await
    };
    tokio::select! {
        biased;
        _ = is_cut.wait_for(|is_cut| *is_cut) => {}
        _ = passing => {}
    }
}
