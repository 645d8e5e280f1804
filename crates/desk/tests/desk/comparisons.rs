//! Several providers asked about one device, each with its own quota, breaker and deadline.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use desk::{Common, Deps, Desk, Desks, InstanceId, Model, PriceOfDay, Records, Selected, Settings};
use domain::{Category, Comparison, Failure, Money, ProviderName, QuoteRequest};
use fleet::Fleet;
use jiff::Timestamp;
use provider::testing::InMemory;
use provider::{BadAnswer, Capabilities, Refusal};
use records::testing::Other;
use tokio::time::Instant;

use crate::house::{NOON, request};

struct Market {
    providers: Vec<Arc<InMemory>>,
    desks: Desks,
    url: String,
    _folder: tempfile::TempDir,
}

fn caller(daily: u32) -> Capabilities {
    Capabilities {
        places: NonZeroUsize::new(5).unwrap(),
        daily_quota: Some(daily),
        over_the_net: true,
        ..Capabilities::IN_MEMORY
    }
}

impl Market {
    /// Providers of these names, prices in yuan, and quotas.
    async fn of(all: &[(&str, i64, u32)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/tradein.db", folder.path().display());
        let provider = |(name, yuan, daily): &(&str, i64, u32)| {
            let provider = InMemory::new(name, caller(*daily), Money::from_fen(yuan * 100)).unwrap();
            let provider = Arc::new(provider);
            // An answer without a time would have no validity, and no price could be accepted.
            provider.set_clock(Some(Timestamp::from_second(NOON).unwrap()));
            provider.set_public_model(Some("iPhone 14 Pro"));
            provider
        };
        let providers: Vec<_> = all.iter().map(provider).collect();
        let records = Records::open(&url).await.unwrap();
        let desks = desks(&providers, records);
        Self { providers, desks, url, _folder: folder }
    }

    fn all(&self, compare: bool, merchant: &str) -> Selected {
        let names: Vec<ProviderName> = self.desks.iter().map(Desk::provider_name).collect();
        self.desks.select(&names, compare, Some(merchant.into()))
    }

    fn calls(&self) -> Vec<usize> {
        self.providers.iter().map(|provider| provider.calls().len()).collect()
    }
}

fn desks(providers: &[Arc<InMemory>], records: Records) -> Desks {
    let next = std::sync::atomic::AtomicU64::new(1);
    let deps = Deps {
        clock: Arc::new(|| Timestamp::from_second(NOON).unwrap()),
        uptime: Arc::new(|| Duration::ZERO),
        random: Arc::new(move || next.fetch_add(1, std::sync::atomic::Ordering::SeqCst).into()),
        instance: InstanceId::of(7),
    };
    let common = Common::new(records, Fleet::in_process(), deps);
    let settings = Settings { shopper_reserve: 0, search_share: 5, ..Settings::default() };
    let mut desks = providers.iter().map(|it| Desk::in_common(it.clone(), &common, settings.clone()));
    let first = desks.next().unwrap();
    Desks::new(first, desks.collect())
}

fn names(comparison: &Comparison) -> Vec<&str> {
    comparison.quotes().map(|quote| quote.provider.as_str()).collect()
}

fn refused(comparison: &Comparison) -> Vec<(&str, &'static str)> {
    comparison.refused.iter().map(|by| (by.provider.as_str(), by.failure.code())).collect()
}

fn phone() -> QuoteRequest {
    request("iPhone 14 Pro")
}

#[tokio::test]
async fn all_are_asked_at_once_and_the_best_price_is_first() {
    let market = Market::of(&[("a", 100, 50), ("b", 300, 50), ("c", 200, 50)]).await;
    let comparison = market.all(true, "shop").quote(phone()).await.unwrap();
    assert_eq!((names(&comparison), refused(&comparison)), (vec!["b", "c", "a"], vec![]));
    assert_eq!(market.calls(), [1, 1, 1]);
    let again = market.all(true, "shop").quote(phone()).await.unwrap();
    assert_eq!((names(&again), market.calls()), (vec!["b", "c", "a"], vec![1, 1, 1]));
}

#[tokio::test]
async fn one_that_is_down_or_answers_another_device_takes_nothing_from_the_others() {
    let market = Market::of(&[("a", 100, 50), ("b", 300, 50), ("c", 200, 50)]).await;
    market.providers[0].refuse_all(Some(Refusal::Timeout));
    market.providers[1].refuse_all(Some(Refusal::BadAnswer(BadAnswer::AnotherModel)));
    let comparison = market.all(true, "shop").quote(phone()).await.unwrap();
    assert_eq!(names(&comparison), ["c"]);
    assert_eq!(refused(&comparison), [("a", "partner_unavailable"), ("b", "partner_unavailable")]);
}

#[tokio::test]
async fn a_slow_one_is_not_waited_for_and_its_answer_is_there_for_the_next() {
    let market = Market::of(&[("a", 100, 50), ("slow", 300, 50)]).await;
    market.providers[1].hold(true);
    let began = Instant::now();
    let comparison = market.all(true, "shop").quote(phone()).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!(
        (names(&comparison), refused(&comparison)),
        (vec!["a"], vec![("slow", "partner_unavailable")])
    );
    market.providers[1].hold(false);
    let slow = market.desks.get(&ProviderName::parse("slow").unwrap()).unwrap();
    slow.quote(phone()).await.unwrap();
    let comparison = market.all(true, "shop").quote(phone()).await.unwrap();
    assert_eq!((names(&comparison), market.calls()), (vec!["slow", "a"], vec![1, 1]));
}

#[tokio::test]
async fn each_keeps_to_its_own_quota() {
    let market = Market::of(&[("a", 100, 3), ("b", 300, 50)]).await;
    let mut both = 0;
    for model in ["iPhone 11", "iPhone 12", "iPhone 13", "iPhone 14", "iPhone 15"] {
        let comparison = market.all(true, "shop").quote(request(model)).await.unwrap();
        both += usize::from(names(&comparison).len() == 2);
    }
    assert_eq!((market.calls(), both), (vec![3, 5], 3));
    let seen: usize = market.calls().iter().sum();
    market.desks.first().all_recorded().await;
    let mut other = Other::at(&market.url).await.unwrap();
    let attempts = other.rows("SELECT provider FROM attempts").await.unwrap();
    assert_eq!(attempts.len(), seen);
}

#[tokio::test]
async fn if_calls_are_short_only_the_winner_of_the_last_days_is_asked() {
    let market = Market::of(&[("a", 100, 20), ("b", 300, 500)]).await;
    for number in 0..18 {
        market.all(true, "shop").quote(request(&format!("iPhone {number}"))).await.unwrap();
    }
    // Two calls of 20 are left, and `b` had the best price each time.
    let comparison = market.all(true, "shop").quote(request("iPhone 18")).await.unwrap();
    assert_eq!(refused(&comparison), [("a", "quota_exhausted")]);
    assert_eq!(market.calls(), [18, 19]);
    let alone = market.desks.first().quote(request("iPhone 18")).await;
    assert!(alone.is_ok(), "a merchant of this provider alone still gets prices");
}

#[tokio::test]
async fn without_a_comparison_the_first_that_answers_gives_the_price() {
    let market = Market::of(&[("a", 100, 50), ("b", 300, 50)]).await;
    let comparison = market.all(false, "shop").quote(phone()).await.unwrap();
    assert_eq!((names(&comparison), market.calls()), (vec!["a"], vec![1, 0]));
    market.providers[0].refuse_all(Some(Refusal::ModelUnknown("no".to_owned())));
    let comparison = market.all(false, "shop").quote(request("iPhone 8")).await.unwrap();
    assert_eq!((names(&comparison), refused(&comparison)), (vec!["b"], vec![("a", "model_unknown")]));
}

#[tokio::test]
async fn if_none_has_a_price_the_caller_is_told_why() {
    let market = Market::of(&[("a", 100, 50), ("b", 300, 50)]).await;
    market.providers.iter().for_each(|it| it.refuse_all(Some(Refusal::ModelUnknown("no".to_owned()))));
    for compare in [true, false] {
        let answer = market.all(compare, "shop").quote(phone()).await;
        assert_eq!(answer.map(|it| it.best.id.clone()), Err(Failure::ModelUnknown));
    }
}

#[tokio::test]
async fn a_comparison_is_shown_again_at_its_merchant_alone_also_by_another_process() {
    let market = Market::of(&[("a", 100, 50), ("b", 300, 50)]).await;
    market.providers[0].refuse_next(Refusal::ModelUnknown("no".to_owned()));
    let first = market.all(true, "shop").quote(request("iPhone 8")).await.unwrap();
    let both = market.all(true, "shop").quote(phone()).await.unwrap();
    market.desks.first().all_recorded().await;
    let again = desks(&market.providers, Records::open(&market.url).await.unwrap());
    for at in [&market.desks, &again] {
        let shop = at.select(&[], false, Some("shop".into()));
        let known = shop.recall(&both.best.id).await.unwrap();
        assert_eq!((names(&known), refused(&known)), (vec!["b", "a"], vec![]));
        let known = shop.recall(&first.best.id).await.unwrap();
        assert_eq!((names(&known), refused(&known)), (vec!["b"], vec![("a", "model_unknown")]));
        let other = at.select(&[], false, Some("other".into())).recall(&both.best.id).await.unwrap();
        assert_eq!(names(&other), ["b"]);
    }
}

#[tokio::test]
async fn metrics_name_the_provider() {
    let market = Market::of(&[("a", 100, 50), ("b", 300, 40)]).await;
    market.all(true, "shop").quote(phone()).await.unwrap();
    let metrics = market.desks.metrics().unwrap();
    for line in
        ["tradein_partner_quota_left{provider=\"a\"} 49", "tradein_partner_quota_left{provider=\"b\"} 39"]
    {
        assert!(metrics.lines().any(|it| it == line), "{line}\n{metrics}");
    }
}

#[tokio::test]
async fn each_providers_price_is_in_the_history_and_a_merchant_sees_those_of_its_own() {
    let market = Market::of(&[("a", 4_000, 50), ("b", 4_500, 50), ("c", 4_200, 50)]).await;
    market.all(true, "shop").quote(phone()).await.unwrap();
    market.desks.first().all_recorded().await;
    let since = "2025-01-01".parse().unwrap();
    let model = Model { device_type: Category::Phone, brand: "苹果", name: "iPhone 14 Pro" };
    let told = |days: Vec<PriceOfDay>| {
        days.iter().map(|it| (it.provider.to_string(), it.latest.fen() / 100)).collect::<Vec<_>>()
    };
    let all = told(market.desks.price_history(model, since).await.unwrap());
    let wanted = [("a", 4_000), ("b", 4_500), ("c", 4_200)].map(|(name, yuan)| (name.to_owned(), yuan));
    assert_eq!(all, wanted);
    let [b, unknown] = ["b", "unknown"].map(|name| ProviderName::parse(name).unwrap());
    for (named, wanted) in [(vec![b], &wanted[1..2]), (vec![], &wanted[..1]), (vec![unknown], &wanted[..1])] {
        let own = market.desks.select(&named, true, None).price_history(model, since).await.unwrap();
        assert_eq!(told(own), wanted, "{named:?}");
    }
    // Prices of a provider that was removed from the settings are not shown.
    let records = Records::open(&market.url).await.unwrap();
    let others = desks(&market.providers[1..], records);
    assert_eq!(told(others.price_history(model, since).await.unwrap()), wanted[1..]);
    assert_eq!(others.valued_models(since, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_comparison_counts_once_in_the_demand_for_a_model() {
    let market = Market::of(&[("a", 4_000, 50), ("b", 4_500, 50)]).await;
    market.all(true, "shop").quote(phone()).await.unwrap();
    market.desks.first().all_recorded().await;
    let records = Records::open(&market.url).await.unwrap();
    for desk in market.desks.iter() {
        let since = "2025-01-01".parse().unwrap();
        let answers = records.answers_by_model(&desk.provider_name(), false, since).await.unwrap();
        assert_eq!(answers.iter().map(|(_, answers)| *answers).collect::<Vec<_>>(), [1]);
    }
}
