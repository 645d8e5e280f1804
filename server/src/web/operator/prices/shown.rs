//! What the page shows of the lists.

use std::sync::Arc;

use app::Locale;
use app::operator::prices::{Counted, ListShown, RefusedShown, WrongCell};
use app::words::{batch_text, price_list_text};
use domain::Moment;
use pricelist::{Intake, Language, Mistakes, Refused, Taken, Why};

use crate::web::context::PriceIntakes;

/// How many worked prices are shown.
const EXAMPLES: usize = 6;
/// How files that can be uploaded end, where the settings name no file.
const ENDINGS: &str = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv";

/// All lists.
pub(super) fn lists(prices: &PriceIntakes, locale: Locale) -> Vec<ListShown> {
    prices.0.iter().map(|(name, intake)| list(name.to_string(), intake, locale)).collect()
}

fn list(provider: String, intake: &Intake, locale: Locale) -> ListShown {
    let state = intake.lists().state();
    let language = language(locale);
    let in_use = state.current.as_ref().map(|taken| &taken.list);
    let examples = in_use.map(|list| list.examples(EXAMPLES)).unwrap_or_default();
    let ending = intake.path().and_then(|path| path.extension()).map(|ending| ending.to_string_lossy());
    ListShown {
        provider,
        path: intake.path().map(|path| path.display().to_string()),
        mark: state.mark(),
        warnings: in_use.map(|list| list.warnings(language)).unwrap_or_default(),
        examples: examples.iter().map(|it| (it.device_told(), it.price_told(language))).collect(),
        current: state.current.as_ref().map(counted),
        waiting: state.waiting.as_ref().map(counted),
        former: state.former.as_ref().map(counted),
        refused: state.refused.as_deref().map(|refused| shown(refused, locale)),
        problem: None,
        endings: ending.map_or_else(|| ENDINGS.to_owned(), |ending| format!(".{ending}")),
    }
}

fn counted(taken: &Arc<Taken>) -> Counted {
    let list = &taken.list;
    Counted {
        file: taken.file.clone(),
        since: Moment::new(taken.at),
        from: list.valid_from(),
        models: list.models(),
        devices: list.devices(),
        prices: list.prices(),
    }
}

fn shown(refused: &Refused, locale: Locale) -> RefusedShown {
    let mistakes = match &refused.why {
        Why::Mistakes(mistakes) => mistakes,
        _ => &Mistakes::default(),
    };
    let wrong = |mistake: &pricelist::Mistake| WrongCell {
        sheet: mistake.sheet.clone().unwrap_or_default(),
        cell: mistake.cell.clone(),
        what: mistake.kind.told(language(locale)),
    };
    RefusedShown {
        file: refused.file.clone(),
        at: Moment::new(refused.at),
        why: why(locale, &refused.why),
        mistakes: mistakes.listed().iter().map(wrong).collect(),
        count: mistakes.count(),
    }
}

/// Why a list is not taken, in a sentence.
pub(in crate::web::operator) fn why(locale: Locale, why: &Why) -> String {
    match why {
        Why::Mistakes(mistakes) => price_list_text::has_mistakes(locale, mistakes.count()),
        Why::Unreadable(error) => batch_text::unreadable(locale, error),
        // A list with a file waits for its day.
        Why::NotYet(day) => price_list_text::later_in_memory(locale, *day),
        why => why.told(language(locale)),
    }
}

fn language(locale: Locale) -> Language {
    match locale {
        Locale::zh_CN => Language::Chinese,
        Locale::en => Language::English,
    }
}
