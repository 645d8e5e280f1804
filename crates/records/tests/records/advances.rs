//! What instances hold back of a day's calls: used only while an instance does not reach the records, and counted all
//! the same.

use jiff::SignedDuration;
use jiff::civil::{Date, date};
use records::{
    Advance, AdvanceAsked, Begin, Begun, Entry, Instance, InstanceId, Most, Records, SetAside, Spent, Taken,
};

use crate::place::{Place, on_both};
use crate::things::{at, attempt, ended, search};

const DAY: Date = date(2025, 12, 30);
const MOST: Most = Most { calls: 120, searches: 60, reserve: 0 };

fn calls(calls: u32) -> Spent {
    Spent { calls, searches: 0 }
}

fn asked(instance: u64) -> AdvanceAsked {
    let holder = InstanceId::of(instance);
    AdvanceAsked { account: "A".into(), day: DAY, holder, returned: calls(0), most: Some(MOST) }
}

async fn keep(records: &Records, asked: AdvanceAsked) -> Advance {
    records.keep_advance(&asked).await.unwrap().unwrap()
}

async fn run(records: &Records, instance: u64) {
    let id = InstanceId::of(instance);
    let instance = Instance { id, version: "1".into(), fingerprint: String::new() };
    records.note_instance(&instance).await.unwrap();
}

/// Three instances that run, and hold two calls each.
async fn three(records: &Records) -> [Advance; 3] {
    for instance in 1..=3 {
        run(records, instance).await;
    }
    [keep(records, asked(1)).await, keep(records, asked(2)).await, keep(records, asked(3)).await]
}

async fn begin(records: &Records, most: Most) -> Begin {
    records.begin(&attempt("quote"), most, Taken::default()).await.unwrap()
}

/// How many attempts can be made yet.
async fn makes(records: &Records, most: Most) -> u32 {
    let mut made = 0;
    while let Begin::Made(..) = begin(records, most).await {
        made += 1;
    }
    made
}

async fn held(records: &Records) -> u32 {
    records.held_back("A", DAY).await.unwrap().calls
}

async fn used(records: &Records) -> u32 {
    records.taken("A", DAY).await.unwrap().spent().calls
}

on_both!(nothing_is_held_back_in_a_file_and_a_twentieth_at_a_server);

async fn nothing_is_held_back_in_a_file_and_a_twentieth_at_a_server(place: Place) {
    let records = place.records().await;
    if place.is_postgres {
        let [one, _, last] = three(&records).await;
        let two = Spent { calls: 2, searches: 1 };
        assert_eq!(one, Advance { taken: two, held: two, ..Advance::default() });
        assert_eq!(last.others, Spent { calls: 4, searches: 2 });
        assert_eq!((held(&records).await, used(&records).await), (6, 0), "nothing is used by it");
        assert_eq!(makes(&records, MOST).await, 114);
    } else {
        assert_eq!(records.keep_advance(&asked(1)).await.unwrap(), None);
        assert_eq!((held(&records).await, makes(&records, MOST).await), (0, 120));
    }
    assert!(records.check_books().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_calls_that_are_kept_for_shoppers_are_the_first_that_are_held_back() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    three(&records).await;
    let lists = |reserve| Most { calls: MOST.calls - reserve, reserve, ..MOST };
    assert_eq!(makes(&records, lists(20)).await, 100);
    assert_eq!(makes(&records, lists(4)).await, 14, "six are held back, four of them for shoppers");
    assert_eq!(makes(&records, MOST).await, 0);
    assert_eq!((used(&records).await, held(&records).await), (114, 6));
}

#[tokio::test]
async fn searches_that_are_held_back_are_not_made_by_others() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    three(&records).await;
    let mut made = 0;
    while let Begin::Made(..) = records.begin(&search(), MOST, Taken::default()).await.unwrap() {
        made += 1;
    }
    assert_eq!(made, 57);
}

#[tokio::test]
async fn what_is_made_from_an_advance_is_counted_afterwards_and_taken_off_it_in_the_same_change() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    three(&records).await;
    let made = |instance| {
        let begun = Begun { advance: Some(InstanceId::of(instance)), ..attempt("quote") };
        // What it said of the day's count is only for the audit.
        Entry::Made(begun, Taken { calls: 4, ..Taken::default() }, ended("ok", 1))
    };
    begin(&records, MOST).await;
    records.write(&[made(1), made(3)]).await.unwrap();
    assert_eq!((used(&records).await, held(&records).await), (3, 4));
    let again = keep(&records, asked(1)).await;
    assert_eq!((again.held.calls, again.taken.calls), (2, 3), "one more was taken for it");
    assert_eq!(again.counted.calls, 3);
    // It is written for a second time, because the answer was lost. That is counted twice, and never too little.
    for _ in 0..3 {
        records.write(&[made(1)]).await.unwrap();
    }
    assert_eq!((used(&records).await, held(&records).await), (6, 3));
    // One that is refused because of its content is counted too.
    place.poison("attempts", "call", "poison").await;
    let begun = Begun { advance: Some(InstanceId::of(2)), ..attempt("poison") };
    let refused = Entry::Made(begun, Taken::default(), ended("ok", 1));
    let error = records.write(std::slice::from_ref(&refused)).await.unwrap_err();
    assert_eq!((used(&records).await, held(&records).await), (6, 3));
    assert_eq!(records.set_aside(&refused, &error).await, SetAside::Kept);
    assert_eq!((used(&records).await, held(&records).await), (7, 2));
    assert!(records.check_books().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_attempt_that_never_left_is_free_for_all() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    three(&records).await;
    let begun = Begun { advance: Some(InstanceId::of(1)), ..attempt("quote") };
    let (taken, outcome) = (Taken::default(), ended("unreachable", 3));
    records.write(&[Entry::NeverLeft { begun, row: None, taken, outcome }]).await.unwrap();
    assert_eq!((used(&records).await, held(&records).await), (0, 5));
    assert_eq!(makes(&records, MOST).await, 115);
}

#[tokio::test]
async fn the_last_calls_of_a_day_are_an_instances_own_advance() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    three(&records).await;
    assert_eq!(makes(&records, MOST).await, 114);
    let own = async |instance| {
        let holder = InstanceId::of(instance);
        let begun = attempt("quote");
        let begin = records.begin_from_advance(&begun, MOST, Taken::default(), &holder, calls(1)).await;
        matches!(begin.unwrap(), Begin::Made(..))
    };
    assert_eq!([own(1).await, own(1).await, own(1).await, own(2).await], [true, true, false, true]);
    assert!(!own(9).await, "it holds nothing");
    assert_eq!((used(&records).await, held(&records).await), (117, 3));
    let recorded = records.attempts(records::Span { from: at(-60), to: at(60) }, 114).await.unwrap();
    assert_eq!(recorded.iter().map(|it| it.quota_used.unwrap()).collect::<Vec<_>>(), [115, 116, 117]);
    // Others' advances are never touched, however often it is asked.
    assert_eq!((makes(&records, MOST).await, own(1).await), (0, false));
    assert!(records.check_books().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_given_back_is_free_for_all_and_given_back_once() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    three(&records).await;
    let ends = AdvanceAsked { returned: calls(2), most: None, ..asked(1) };
    for _ in 0..2 {
        assert_eq!(keep(&records, ends.clone()).await.held, Spent { calls: 0, searches: 1 });
        assert_eq!(held(&records).await, 4);
    }
    records.forget_instance(&InstanceId::of(1)).await.unwrap();
    // Two run now, and hold three each.
    assert_eq!(
        [keep(&records, asked(2)).await.held, keep(&records, asked(3)).await.held],
        [Spent { calls: 3, searches: 1 }; 2]
    );
    // One that ends on a day on which nothing was asked writes nothing.
    let tomorrow = AdvanceAsked { day: DAY.tomorrow().unwrap(), ..ends };
    assert_eq!(records.keep_advance(&tomorrow).await.unwrap(), None);
    assert_eq!(place.other().await.number("SELECT count(*) FROM quota").await.unwrap(), 1);
}

#[tokio::test]
async fn what_a_dead_instance_holds_stays_held_for_the_day_and_the_others_hold_as_much_as_before() {
    let place = Place::on_a_server().await;
    let records = place.records().await;
    three(&records).await;
    let mut other = place.other().await;
    let two = Spent { calls: 2, searches: 1 };
    // One after another is killed, and a new one starts in its place. The row of one that is gone is deleted an hour
    // later; what it holds is not.
    for dead in 3..=8 {
        other
            .run(&format!(
                "UPDATE instances SET seen_at = now() - interval '16 seconds' WHERE id = '{dead:016x}'"
            ))
            .await
            .unwrap();
        run(&records, dead + 1).await;
        let new = keep(&records, asked(dead + 1)).await;
        assert_eq!((new.held, new.others.calls), (two, 2 * u32::try_from(dead).unwrap()), "{dead}");
        assert_eq!(keep(&records, asked(1)).await.surplus, Spent::default(), "{dead}");
        other.run(&format!("DELETE FROM instances WHERE id = '{dead:016x}'")).await.unwrap();
    }
    assert_eq!(held(&records).await, 18);
    // So it goes until all hold a fifth, of which the dead hold more and more.
    for dead in 9..=12 {
        other.run(&format!("DELETE FROM instances WHERE id = '{dead:016x}'")).await.unwrap();
        run(&records, dead + 1).await;
        keep(&records, asked(dead + 1)).await;
    }
    assert_eq!(held(&records).await, 24, "a fifth of 120");
    assert_eq!(makes(&records, MOST).await, 96);
    // The next day is another one, and old days are deleted with their counts.
    let next = AdvanceAsked { day: DAY.tomorrow().unwrap(), ..asked(13) };
    assert_eq!(keep(&records, next).await.held, two);
    let later = at(20 * 86_400);
    records.purge(later, SignedDuration::from_hours(7 * 24)).await.unwrap();
    assert_eq!(other.number("SELECT count(*) FROM advances").await.unwrap(), 0);
}

/// Everything at once: attempts, advances that grow and shrink, and last calls from them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_counted_and_what_is_held_back_never_pass_the_limit() {
    let place = Place::on_a_server().await;
    let first = place.records().await;
    let mut at_work = Vec::new();
    for instance in 1..=3 {
        run(&first, instance).await;
        let records = place.records().await;
        at_work.push(tokio::spawn(async move {
            let (own, mut made) = (InstanceId::of(instance), 0);
            let mut advance = Advance::default();
            let (mut returned, mut spent) = (calls(0), calls(0));
            for round in 0..40_u32 {
                if round % 4 == 0 {
                    advance = keep(&records, AdvanceAsked { returned, ..asked(instance) }).await;
                    let left = advance.taken.minus(returned).minus(spent);
                    returned = returned.plus(advance.surplus.min(left));
                }
                let left = advance.taken.minus(returned).minus(spent);
                match begin(&records, MOST).await {
                    Begin::Made(..) => made += 1,
                    Begin::UsedUp(_) if left.calls > 0 => {
                        let begun = attempt("quote");
                        let begin =
                            records.begin_from_advance(&begun, MOST, Taken::default(), &own, calls(1)).await;
                        if matches!(begin.unwrap(), Begin::Made(..)) {
                            spent = spent.plus(calls(1));
                            made += 1;
                        }
                    }
                    Begin::UsedUp(_) => {}
                }
            }
            (made, advance.taken.minus(returned).minus(spent).calls)
        }));
    }
    let (mut made, mut left) = (0, 0);
    for one in at_work {
        let (of_one, left_to_it) = one.await.unwrap();
        made += of_one;
        left += left_to_it;
    }
    assert!(made + left <= 120, "{made} and {left}");
    assert_eq!(used(&first).await, made);
    assert!(held(&first).await >= left, "no instance may spend what is not held for it");
    assert!(made + held(&first).await <= 120);
    assert!(first.check_books().await.unwrap().is_empty());
}
