//! The time that it takes to take a place at a provider and to give it back, on each engine: by locked files
//! beside an SQLite database, and by rows of a PostgreSQL server on the loopback interface.

use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use records::testing::{Other, Server};
use records::{InstanceId, PlaceAnswer, PlaceAsked, Records};

const TIMES: usize = 2_000;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |hundredths: usize| times[(times.len() * hundredths / 100).min(times.len() - 1)];
    println!("{name:<22} p50 {:>9.1?}  p99 {:>9.1?}", at(50), at(99));
}

async fn measured(name: &str, url: &str) -> Done<()> {
    let records = Records::open(url).await?;
    let most = NonZeroUsize::new(5).ok_or("five is not zero")?;
    let asked = |takes_turn| PlaceAsked {
        provider: "dealer".into(),
        holder: InstanceId::of(1),
        most,
        turns: most,
        takes_turn,
        lease: Duration::from_secs(10),
    };
    for (kind, asked) in [("shopper", asked(false)), ("list", asked(true))] {
        let (mut taking, mut giving) = (Vec::with_capacity(TIMES), Vec::with_capacity(TIMES));
        for _ in 0..TIMES + 10 {
            let start = Instant::now();
            let PlaceAnswer::Taken(place) = records.take_place(&asked).await? else {
                return Err("no place is free".into());
            };
            taking.push(start.elapsed());
            let start = Instant::now();
            records.give_back_place(place).await?;
            giving.push(start.elapsed());
        }
        // By then, files and connections are open.
        report(&format!("{name} {kind} take"), taking.split_off(10));
        report(&format!("{name} {kind} give"), giving.split_off(10));
    }
    records.close().await;
    Ok(())
}

#[tokio::main]
async fn main() -> Done<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::of_these_tests();
    Other::at(&server.url("postgres")).await?.run("CREATE DATABASE measured_places").await?;
    measured("SQLite", &format!("sqlite://{}", folder.path().join("tradein.db").display())).await?;
    measured("PostgreSQL", &server.url("measured_places")).await?;
    Ok(())
}
