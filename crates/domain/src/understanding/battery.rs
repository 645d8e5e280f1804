//! A cell about the battery.

use super::spelling::is_blank;

/// Battery health below this is a fault, in percent (`FaultKind::Battery`).
const HEALTHY: f64 = 80.0;

/// Words with which a system says that a battery is worn.
const WORN: [&str; 8] = [
    "service",
    "service recommended",
    "service battery",
    "replace",
    "replace soon",
    "replace now",
    "poor",
    "建议维修",
];

/// What a cell about the battery says, as a remark: `76%`, `0.76`, `76` and 鼓包 are faults, 换过 is a repair.
pub(super) fn of_the_battery(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    if WORN.contains(&lower.as_str()) {
        return Some("电池老化".to_owned());
    }
    let Ok(number) = lower.trim_end_matches(['%', ' ']).parse::<f64>() else {
        // Beside the name of the part: 电池鼓包, battery needs replacing, 电池76%(900次).
        let named = ["电池", "battery"].iter().any(|name| lower.contains(name));
        let space = if text.is_ascii() { "battery " } else { "电池" };
        return (!is_blank(text)).then(|| if named { lower.clone() } else { format!("{space}{lower}") });
    };
    let percent = if number <= 1.0 && !lower.ends_with('%') { number * 100.0 } else { number };
    (0.0..HEALTHY).contains(&percent).then(|| format!("电池健康度{}%", percent.round()))
}
