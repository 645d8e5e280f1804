use super::*;

const SHOP: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 1));
const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 2));
const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

fn table(total: usize, per_address: usize) -> Arc<ConnectionTable> {
    Arc::new(ConnectionTable::new(ConnectionLimits { total, per_address: Some(per_address) }))
}

/// Takes a place as the accept loop does, with a task that serves the connection for ever.
async fn connect(table: &Arc<ConnectionTable>, address: IpAddr) -> Option<Arc<ConnectionState>> {
    let place = table.admit(address).await?;
    let (id, state) = (place.id(), Arc::clone(place.state()));
    let task = tokio::spawn(async move {
        let _place = place;
        std::future::pending::<()>().await;
    });
    table.note_task(id, task.abort_handle());
    Some(state)
}

async fn is_full(table: &Arc<ConnectionTable>, address: IpAddr) -> bool {
    timeout(Duration::from_secs(60), table.admit(address)).await.is_err()
}

/// Whether the connection's task has ended; it holds the state besides the caller.
fn is_over(state: &Arc<ConnectionState>) -> bool {
    Arc::strong_count(state) == 1
}

#[tokio::test(start_paused = true)]
async fn the_longest_silent_makes_room_where_all_are_taken() {
    let table = table(3, 3);
    let first = connect(&table, HERE).await.unwrap();
    tokio::time::advance(Duration::from_millis(10)).await;
    let second = connect(&table, HERE).await.unwrap();
    let asks = connect(&table, HERE).await.unwrap();
    asks.request_began();
    let third = connect(&table, HERE).await.unwrap();
    assert!(is_over(&first) && !is_over(&second) && !is_over(&asks) && !is_over(&third));
    let fourth = connect(&table, HERE).await.unwrap();
    assert!(is_over(&second) && !is_over(&asks) && !is_over(&fourth));
}

#[tokio::test(start_paused = true)]
async fn a_place_is_waited_for_where_all_are_at_work() {
    let table = table(2, 2);
    let states = [connect(&table, HERE).await.unwrap(), connect(&table, HERE).await.unwrap()];
    states.iter().for_each(|state| state.request_began());
    assert!(is_full(&table, HERE).await);
    states[0].request_ended();
    assert!(connect(&table, HERE).await.is_some());
    assert!(is_over(&states[0]) && !is_over(&states[1]));
}

#[tokio::test(start_paused = true)]
async fn an_address_makes_room_for_itself_and_takes_none_of_others() {
    let table = table(10, 2);
    let other = connect(&table, OTHER).await.unwrap();
    let first = connect(&table, SHOP).await.unwrap();
    let second = connect(&table, SHOP).await.unwrap();
    tokio::time::advance(Duration::from_secs(1)).await;
    let third = connect(&table, SHOP).await.unwrap();
    assert!(!is_over(&other) && is_over(&first) != is_over(&second) && !is_over(&third));
}

#[tokio::test(start_paused = true)]
async fn an_address_with_all_at_work_is_refused_at_once_and_others_get_in() {
    let table = table(10, 2);
    for _ in 0..2 {
        connect(&table, SHOP).await.unwrap().request_began();
    }
    assert!(connect(&table, SHOP).await.is_none());
    assert!(connect(&table, OTHER).await.is_some());
}

#[tokio::test(start_paused = true)]
async fn this_machine_and_own_proxies_have_no_limit_of_an_address() {
    let local = table(10, 2);
    for _ in 0..10 {
        connect(&local, HERE).await.unwrap().request_began();
    }
    let behind = ConnectionLimits::for_files(1024, true);
    let behind = Arc::new(ConnectionTable::new(behind));
    for _ in 0..600 {
        connect(&behind, SHOP).await.unwrap().request_began();
    }
}

#[tokio::test(start_paused = true)]
async fn what_has_ended_counts_no_longer() {
    let table = table(1, 1);
    for _ in 0..3 {
        let place = table.admit(SHOP).await.unwrap();
        drop(place);
    }
    assert!(table.open().connections.is_empty() && table.open().by_address.is_empty());
}
