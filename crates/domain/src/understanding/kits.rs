//! What a camera is sold with.

use super::spelling::has;

/// What a camera is sold with, by a text in lower case.
pub(super) fn kit(lower: &str) -> Option<&'static str> {
    /// Words for what a camera is sold with, the longer first.
    const KITS: [(&str, &str); 16] = [
        ("全能套装", "全能套装"),
        ("标准版", "标准版"),
        ("套机", "套机"),
        ("单机身", "机身"),
        ("仅机身", "机身"),
        ("裸机身", "机身"),
        ("机身", "机身"),
        ("body only", "机身"),
        ("单机", "单机"),
        ("body", "机身"),
        ("lens kit", "套机"),
        ("with kit lens", "套机"),
        ("kit", "套机"),
        ("creator combo", "全能套装"),
        ("combo", "全能套装"),
        ("standard", "标准版"),
    ];
    KITS.iter().find(|(word, _)| has(lower, word)).map(|(_, kit)| *kit)
}
