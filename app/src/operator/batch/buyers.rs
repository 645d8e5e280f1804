//! The buyers of a list that asks several: how far each is, and what it pays for all its devices.

use domain::ProviderName;
use leptos::prelude::*;
use lists::{EachToBest, Progress, ProviderTotal};

use super::draft::COMPARE;
use crate::words::buyers::{BuyerCalls, calls, doing};
use crate::words::{Locale, td_string};

/// How far each buyer is, and what the list does there while it is at work; nothing if the list asks only one.
pub(super) fn buyers(locale: Locale, progress: &Progress, is_at_work: bool) -> impl IntoView + use<> {
    let devices = progress.counts.devices;
    let rows = progress.providers.iter().map(|one| {
        let open = devices.saturating_sub(one.priced + one.failed);
        let doing = match doing(locale, &one.phase) {
            None => td_string!(locale, lists.asking).to_owned(),
            Some(doing) => doing,
        };
        let doing = is_at_work.then_some(doing);
        view! {
            <tr>
                <th scope="row">{one.provider.as_str().to_owned()}</th>
                <td class="amount">{one.priced}</td>
                <td class="amount">{one.failed}</td>
                <td class="amount">{open}</td>
                <td>{doing}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    (!progress.providers.is_empty()).then(|| {
        view! {
            <div class="wide-table" role="region" aria-label=td_string!(locale, report.buyers) tabindex="0">
            <table>
                <caption class="hidden">{td_string!(locale, report.buyers)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, report.buyer)}</th>
                        <th scope="col">{td_string!(locale, report.priced)}</th>
                        <th scope="col">{td_string!(locale, report.not_priced)}</th>
                        <th scope="col">{td_string!(locale, report.not_asked)}</th>
                        <th scope="col">{td_string!(locale, list_buyers.doing)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            </div>
        }
        .into_any()
    })
}

/// What each buyer pays if all devices go to it, and what they come to if each goes to the best one; nothing if the list asks
/// only one.
pub(super) fn totals(
    locale: Locale,
    totals: &[ProviderTotal],
    best: Option<&EachToBest>,
) -> impl IntoView + use<> {
    let rows = totals.iter().map(|ProviderTotal { provider, rows, worth }| {
        view! {
            <tr>
                <th scope="row">{provider.as_str().to_owned()}</th>
                <td class="amount">{*rows}</td>
                <td class="amount">{worth.to_string()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let best = best.filter(|best| best.rows > 0).map(|best| each_to_best(locale, best));
    (!totals.is_empty()).then(|| {
        view! {
            <section class="card" id="buyers">
                <h2>{td_string!(locale, report.all_to_one)}</h2>
                <div class="wide-table" role="region" aria-label=td_string!(locale, report.all_to_one) tabindex="0">
                <table>
                    <caption class="hidden">{td_string!(locale, report.all_to_one)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(locale, report.buyer)}</th>
                            <th scope="col">{td_string!(locale, report.takes)}</th>
                            <th scope="col">{td_string!(locale, report.total)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                </div>
                {best}
                <p class="hint">{td_string!(locale, report.one_parcel)}</p>
            </section>
        }
        .into_any()
    })
}

/// What all devices come to if each goes to the buyer with the best price, and how many parcels that is.
fn each_to_best(locale: Locale, best: &EachToBest) -> impl IntoView + use<> {
    let names = best.buyers.iter().map(ProviderName::as_str).collect::<Vec<_>>();
    let names = names.join(td_string!(locale, language.comma));
    view! {
        <h2>{td_string!(locale, report.each_to_the_best)}</h2>
        <div class="wide-table" role="region" aria-label=td_string!(locale, report.each_to_the_best) tabindex="0">
        <table>
            <caption class="hidden">{td_string!(locale, report.each_to_the_best)}</caption>
            <thead>
                <tr>
                    <th scope="col">{td_string!(locale, report.buyer)}</th>
                    <th scope="col">{td_string!(locale, report.takes)}</th>
                    <th scope="col">{td_string!(locale, report.total)}</th>
                    <th scope="col">{td_string!(locale, report.parcels)}</th>
                </tr>
            </thead>
            <tbody>
                <tr>
                    <th scope="row">{names}</th>
                    <td class="amount">{best.rows}</td>
                    <td class="amount">{best.worth.to_string()}</td>
                    <td class="amount">{best.buyers.len()}</td>
                </tr>
            </tbody>
        </table>
        </div>
    }
}

/// The choice to ask all buyers, as a field of `form`; nothing if there is only one. `is_chosen` says whether it is ticked.
pub(super) fn choice(
    locale: Locale,
    form: &'static str,
    all: &[BuyerCalls],
    is_chosen: bool,
) -> impl IntoView + use<> {
    let (count, calls) = (all.len().to_string(), calls(locale, all));
    (all.len() > 1).then(|| {
        view! {
            <div class="compare">
                <label>
                    <input type="checkbox" name=COMPARE value="1" form=form checked=is_chosen aria-describedby="compare-hint"/>
                    " " {td_string!(locale, list_buyers.ask_all, count = count)}
                </label>
                <p class="hint" id="compare-hint">{td_string!(locale, list_buyers.ask_all_hint, calls = calls)}</p>
            </div>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use lists::{Counts, Phase, ProviderProgress};

    use super::*;

    fn of(buyer: &str, needed: Option<u32>, left: Option<u32>) -> BuyerCalls {
        BuyerCalls { buyer: buyer.to_owned(), needed, left }
    }

    #[test]
    fn all_buyers_can_be_asked_if_there_are_several_and_the_page_says_what_that_costs() {
        let main = of("main", Some(120), Some(1_600));
        let drawn = |all: &[BuyerCalls], is_chosen| choice(Locale::en, "draft", all, is_chosen).to_html();
        assert!(!drawn(std::slice::from_ref(&main), true).contains("compare"));
        let all = [main, of("own", None, None), of("third", Some(7), None)];
        let page = drawn(&all, false);
        assert!(page.contains("Ask all buyers (3)") && !page.contains("checked"), "{page}");
        assert!(page.contains("main: 120 calls, 1600 left today; own: no calls; third: 7 calls."), "{page}");
        assert!(drawn(&all, true).contains("checked"));
    }

    #[test]
    fn each_buyer_has_a_line_of_its_own() {
        let one = |name: &str, priced, failed, phase| ProviderProgress {
            provider: domain::ProviderName::parse(name).unwrap(),
            priced,
            failed,
            phase,
        };
        let counts = Counts { rows: 9, devices: 9, ..Counts::default() };
        let mut progress = Progress::beginning(counts);
        assert!(!buyers(Locale::en, &progress, true).to_html().contains("table"));
        progress.providers = vec![one("main", 4, 1, Phase::Asking), one("own", 9, 0, Phase::Ended)];
        let page = buyers(Locale::en, &progress, true).to_html();
        for expected in ["main", ">4<", ">1<", "own", ">9<", ">0<", "done"] {
            assert!(page.contains(expected), "{expected} in {page}");
        }
        let text = crate::words::batch_text::progress(Locale::en, &progress);
        assert_eq!(
            text,
            "main: 5/9 devices are known, 4 with a price\nown: 9/9 devices are known, 9 with a price; done"
        );
    }
}
