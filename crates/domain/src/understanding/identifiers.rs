//! Makers' own codes of models, as management systems report them: `iPhone13,2`, `SM-S918B`, `ALN-AL80`.

use super::besides::is_own_number;
use super::brands::leading_brand;
use super::families::family;

/// Apple's identifiers and the models that they are of, several of some models. Those of Macs with Pro and Max
/// chips differ in what they are built of, so they are not here.
const APPLE: &[(&str, &str)] = &[
    ("iPhone 11", "iphone12,1"),
    ("iPhone 11 Pro", "iphone12,3"),
    ("iPhone 11 Pro Max", "iphone12,5"),
    ("iPhone SE (第二代)", "iphone12,8"),
    ("iPhone 12 mini", "iphone13,1"),
    ("iPhone 12", "iphone13,2"),
    ("iPhone 12 Pro", "iphone13,3"),
    ("iPhone 12 Pro Max", "iphone13,4"),
    ("iPhone 13 Pro", "iphone14,2"),
    ("iPhone 13 Pro Max", "iphone14,3"),
    ("iPhone 13 mini", "iphone14,4"),
    ("iPhone 13", "iphone14,5"),
    ("iPhone SE (第三代)", "iphone14,6"),
    ("iPhone 14", "iphone14,7"),
    ("iPhone 14 Plus", "iphone14,8"),
    ("iPhone 14 Pro", "iphone15,2"),
    ("iPhone 14 Pro Max", "iphone15,3"),
    ("iPhone 15", "iphone15,4"),
    ("iPhone 15 Plus", "iphone15,5"),
    ("iPhone 15 Pro", "iphone16,1"),
    ("iPhone 15 Pro Max", "iphone16,2"),
    ("iPhone 16 Pro", "iphone17,1"),
    ("iPhone 16 Pro Max", "iphone17,2"),
    ("iPhone 16", "iphone17,3"),
    ("iPhone 16 Plus", "iphone17,4"),
    ("iPhone 16e", "iphone17,5"),
    ("iPad (第八代)", "ipad11,6 ipad11,7"),
    ("iPad (第九代)", "ipad12,1 ipad12,2"),
    ("iPad (第十代)", "ipad13,18 ipad13,19"),
    ("iPad mini (第五代)", "ipad11,1 ipad11,2"),
    ("iPad mini (第六代)", "ipad14,1 ipad14,2"),
    ("iPad Air (第四代)", "ipad13,1 ipad13,2"),
    ("iPad Air (第五代)", "ipad13,16 ipad13,17"),
    ("iPad Air 11 英寸 (M2)", "ipad14,8 ipad14,9"),
    ("iPad Air 13 英寸 (M2)", "ipad14,10 ipad14,11"),
    ("iPad Pro 11 英寸 (第三代)", "ipad13,4 ipad13,5 ipad13,6 ipad13,7"),
    ("iPad Pro 12.9 英寸 (第五代)", "ipad13,8 ipad13,9 ipad13,10 ipad13,11"),
    ("iPad Pro 11 英寸 (第四代)", "ipad14,3 ipad14,4"),
    ("iPad Pro 12.9 英寸 (第六代)", "ipad14,5 ipad14,6"),
    ("iPad Pro 11 英寸 (M4)", "ipad16,3 ipad16,4"),
    ("iPad Pro 13 英寸 (M4)", "ipad16,5 ipad16,6"),
    ("MacBook Air 13 英寸 (M1)", "macbookair10,1"),
    ("MacBook Air 13 英寸 (M2)", "mac14,2"),
    ("MacBook Air 15 英寸 (M2)", "mac14,15"),
    ("MacBook Air 13 英寸 (M3)", "mac15,12"),
    ("MacBook Air 15 英寸 (M3)", "mac15,13"),
    ("MacBook Pro 13 英寸 (M1)", "macbookpro17,1"),
    ("MacBook Pro 13 英寸 (M2)", "mac14,7"),
    ("MacBook Pro 14 英寸 (M3)", "mac15,3"),
];

/// Samsung's codes, of which the last letters are the region's.
const SAMSUNG: &[(&str, &str)] = &[
    ("Galaxy S21", "sm-g991"),
    ("Galaxy S21+", "sm-g996"),
    ("Galaxy S21 Ultra", "sm-g998"),
    ("Galaxy S22", "sm-s901"),
    ("Galaxy S22+", "sm-s906"),
    ("Galaxy S22 Ultra", "sm-s908"),
    ("Galaxy S23", "sm-s911"),
    ("Galaxy S23+", "sm-s916"),
    ("Galaxy S23 Ultra", "sm-s918"),
    ("Galaxy S23 FE", "sm-s711"),
    ("Galaxy S24", "sm-s921"),
    ("Galaxy S24+", "sm-s926"),
    ("Galaxy S24 Ultra", "sm-s928"),
    ("Galaxy S24 FE", "sm-s721"),
    ("Galaxy S25", "sm-s931"),
    ("Galaxy S25+", "sm-s936"),
    ("Galaxy S25 Ultra", "sm-s938"),
    ("Galaxy Z Flip4", "sm-f721"),
    ("Galaxy Z Fold4", "sm-f936"),
    ("Galaxy Z Flip5", "sm-f731"),
    ("Galaxy Z Fold5", "sm-f946"),
    ("Galaxy Z Flip6", "sm-f741"),
    ("Galaxy Z Fold6", "sm-f956"),
    ("Galaxy Tab S8", "sm-x700 sm-x706"),
    ("Galaxy Tab S9", "sm-x710 sm-x716"),
    ("Galaxy Tab S9+", "sm-x810 sm-x816"),
    ("Galaxy Tab S9 Ultra", "sm-x910 sm-x916"),
];

/// The name of the model that a text is the maker's code of, and nothing else.
pub(super) fn name_of(text: &str) -> Option<&'static str> {
    let lower = text.trim().to_ascii_lowercase();
    let code = leading_brand(&lower).map_or("", |(_, length)| lower[length..].trim());
    let named = |table: &[(&'static str, &str)], matches: &dyn Fn(&str, &str) -> bool| {
        let all = [lower.as_str(), code];
        table
            .iter()
            .find(|(_, codes)| all.iter().any(|it| codes.split(' ').any(|own| matches(it, own))))
            .map(|it| it.0)
    };
    named(APPLE, &|it, own| it == own).or_else(|| {
        named(SAMSUNG, &|it, own| {
            it.strip_prefix(own)
                .is_some_and(|rest| rest.len() <= 3 && rest.bytes().all(|it| it.is_ascii_alphanumeric()))
        })
    })
}

/// Whether a text is a maker's code, and no name of a model: `iPhone13,2`, `21HMCTO1WW`, `V2324A`.
pub fn is_a_code(text: &str) -> bool {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let of_apple = lower.split_once(',').is_some_and(|(first, last)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        let number = first.trim_start_matches(|it: char| it.is_ascii_alphabetic());
        number.len() < first.len() && digits(number) && digits(last)
    });
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = text.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase() || it == b'-');
    let of_others = (6..=14).contains(&text.len()) && is_plain && digits >= 3 && digits < text.len();
    of_apple
        || is_own_number(text)
        || (of_others && (family(&lower, None).is_none() || lower.starts_with("sm-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_no_names() {
        for code in [
            "iPhone13,2",
            "MacBookPro18,3",
            "SM-S918B",
            "ALN-AL80",
            "23127PN0CC",
            "V2324A",
            "PJW110",
            "TB320FC",
            "21HMCTO1WW",
            "20XW00ACUK",
            "A2890",
        ] {
            assert!(is_a_code(code), "{code}");
        }
        for name in [
            "iPhone 13",
            "iPhone13",
            "RX100M7",
            "ILCE-7M4",
            "X100V",
            "Latitude 7440",
            "GT5",
            "MIX4",
            "16384",
            "",
        ] {
            assert!(!is_a_code(name), "{name}");
        }
    }

    #[test]
    fn a_known_code_tells_the_model() {
        assert_eq!(name_of("iPhone13,2"), Some("iPhone 12"));
        assert_eq!(name_of("Apple iPad12,1"), Some("iPad (第九代)"));
        assert_eq!(name_of("samsung SM-S918B"), Some("Galaxy S23 Ultra"));
        assert_eq!((name_of("iPhone 13"), name_of("SM-A546B"), name_of("Mac15,6")), (None, None, None));
    }
}
