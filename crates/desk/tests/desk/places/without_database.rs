//! While the database does not answer, each instance keeps to its share of the places.

use std::sync::Arc;

use desk::Desk;
use provider::testing::InMemory;
use records::testing::Other;

use crate::house::until;

use super::house::*;

async fn each_keeps_to_its_share_until_the_records_are_back(
    desks: &[Desk],
    provider: &Arc<InMemory>,
    database: &mut Other,
    ends: &str,
) {
    provider.hold(true);
    let asked = shoppers(desks, 3);
    until(async || provider.at_once() == 3).await;
    assert!(desks.iter().all(|desk| desk.state().keeps_to_share));
    provider.hold(false);
    let late = Late::provider(provider);
    assert_eq!(answers(asked).await, ["price"; 9]);
    assert_eq!(provider.most_at_once(), 3, "one each");
    drop(late);
    database.run(ends).await.unwrap();
    until(async || desks.iter().all(|desk| !desk.state().keeps_to_share)).await;
    provider.hold(true);
    let asked = shoppers(&desks[..1], 6);
    until(async || provider.at_once() == 5).await;
    provider.hold(false);
    assert_eq!(answers(asked).await, ["price"; 6]);
    assert_eq!(provider.most_at_once(), 5);
}

#[tokio::test]
async fn without_the_database_each_keeps_to_its_share_and_all_is_exact_again_when_it_is_back() {
    let (provider, name) = (dealer(FIVE), database().await);
    let desks = three_in_touch(&on_server(&name), &provider).await;
    let mut admin = admin().await;
    admin.run(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    admin.run(&end).await.unwrap();
    let back = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
    each_keeps_to_its_share_until_the_records_are_back(&desks, &provider, &mut admin, &back).await;
    for desk in &desks {
        desk.all_recorded().await;
    }
    let mut other = Other::at(&on_server(&name)).await.unwrap();
    assert_eq!(other.number("SELECT sum(used - returned) FROM quota").await.unwrap(), 15);
    assert_eq!(provider.calls().len(), 15);
}

#[tokio::test]
async fn with_a_database_that_hangs_each_keeps_to_its_share() {
    let (provider, name) = (dealer(FIVE), database().await);
    let desks = three_in_touch(&on_server(&name), &provider).await;
    let mut other = Other::at(&on_server(&name)).await.unwrap();
    other.run("BEGIN; LOCK TABLE places, quota, trial").await.unwrap();
    each_keeps_to_its_share_until_the_records_are_back(&desks, &provider, &mut other, "ROLLBACK").await;
}
