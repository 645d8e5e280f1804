//! What a camera is sold with.

use super::spelling::has;

/// What a camera is sold with, by a text in lower case.
pub(super) fn kit(lower: &str) -> Option<&'static str> {
    /// Words for what a camera is sold with, the longer first.
    const KITS: [(&str, &str); 36] = [
        ("不连镜", "机身"),
        ("没连镜", "机身"),
        ("不跟镜", "机身"),
        ("不带镜头", "机身"),
        ("不含镜头", "机身"),
        ("没配镜头", "机身"),
        ("无镜头", "机身"),
        ("without lens", "机身"),
        ("全能套装", "全能套装"),
        ("标准版", "标准版"),
        ("套机", "套机"),
        ("镜头套装", "套机"),
        ("套装", "套机"),
        ("单机身", "机身"),
        ("仅机身", "机身"),
        ("裸机身", "机身"),
        ("机身", "机身"),
        ("fixed lens", "单机"),
        ("固定镜头", "单机"),
        ("camera only", "单机"),
        ("body only", "机身"),
        ("单机", "单机"),
        ("body", "机身"),
        ("lens kit", "套机"),
        ("with kit lens", "套机"),
        ("with lens", "套机"),
        ("+ lens", "套机"),
        ("带镜头", "套机"),
        ("含镜头", "套机"),
        ("连镜", "套机"),
        ("跟镜", "套机"),
        ("配镜头", "套机"),
        ("kit", "套机"),
        ("creator combo", "全能套装"),
        ("combo", "全能套装"),
        ("standard", "标准版"),
    ];
    /// Small lenses that are sold with a camera only. A larger one, such as 24-105, may have been bought apart.
    const LENSES: [&str; 9] =
        ["18-45", "16-50", "15-45", "18-55", "28-60", "28-70", "24-50", "20-60", "12-32"];
    const WITH: [&str; 7] = ["with", "w/", "+", "带", "含", "配", "附"];
    let has_one = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let named = KITS.iter().find(|(word, _)| has(lower, word)).map(|(_, kit)| *kit);
    let has_a_lens = has_one(&LENSES) && has_one(&WITH);
    if has_a_lens && named.is_none_or(|kit| kit == "机身") { Some("套机") } else { named }
}
