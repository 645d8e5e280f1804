//! The ways to hand a device over, best first.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Distance;
use crate::terms::codes;
use crate::ways::Ways;

codes! {
    /// A way to hand the device over.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum RecycleKind {
        /// 到店: taken to a store.
        Store = "store",
        /// 上门: picked up at the door.
        Pickup = "pickup",
        /// 邮寄: sent by mail.
        Mail = "mail",
        /// Another way, which only the partner's label names.
        Other = "other",
    }
    /// The name in the contract (`recycle[].type`).
    pub fn code;
}

impl RecycleKind {
    /// The way that the partner's label names.
    fn of_label(label: &str) -> Self {
        const WORDS: [(&str, RecycleKind); 6] = [
            ("店", RecycleKind::Store),
            ("上门", RecycleKind::Pickup),
            ("邮", RecycleKind::Mail),
            ("快递", RecycleKind::Mail),
            ("寄", RecycleKind::Mail),
            ("自提点", RecycleKind::Store),
        ];
        WORDS.iter().find(|(word, _)| label.contains(word)).map_or(Self::Other, |(_, kind)| *kind)
    }

    /// Sort key: the best way first. A store comes before pick-up if it is near.
    fn rank(self, near_store: bool) -> u8 {
        match self {
            Self::Store if near_store => 0,
            Self::Pickup => 1,
            Self::Store => 2,
            Self::Mail => 3,
            Self::Other => 4,
        }
    }
}

/// A way to hand the device over, with its details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecycleOption {
    /// Which way.
    #[serde(rename = "type")]
    pub kind: RecycleKind,
    /// The partner's word for it.
    pub label: String,
    /// How far the store is; `None` for other ways.
    pub store_distance_km: Option<Distance>,
    /// When the device is picked up, such as `10:00-12:00`.
    pub door_time_window: Option<String>,
    /// Whether this is the best way; true for one option at most.
    pub recommended: bool,
}

impl RecycleOption {
    /// Up to this distance, in km, a store comes before pick-up.
    pub const NEAR_KM: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

    /// Reads the partner's list, such as `上门/到店/邮寄`, best first. A distance means that there is a
    /// store, even where the text names only other ways, unless it denies that.
    pub fn list(types: &str, distance: Option<Distance>, window: Option<&str>) -> Vec<Self> {
        let near_store = distance.is_some_and(|distance| distance.km() <= Self::NEAR_KM);
        let Ways { offered, denied } = Ways::read(types);
        let denied: Vec<RecycleKind> = denied.iter().map(|label| RecycleKind::of_label(label)).collect();
        let mut options: Vec<Self> = Vec::new();
        for label in offered.iter().map(String::as_str) {
            let kind = RecycleKind::of_label(label);
            if kind != RecycleKind::Other && denied.contains(&kind) {
                continue;
            }
            let known =
                |option: &Self| option.label == label || (kind != RecycleKind::Other && option.kind == kind);
            if !options.iter().any(known) {
                options.push(Self::new(kind, label, distance, window));
            }
        }
        let has_store = options.iter().any(|option| option.kind == RecycleKind::Store);
        let known = has_store || denied.contains(&RecycleKind::Store);
        if distance.is_some() && !options.is_empty() && !known {
            options.push(Self::new(RecycleKind::Store, "到店", distance, window));
        }
        options.sort_by_key(|option| option.kind.rank(near_store));
        if let Some(first) = options.first_mut() {
            first.recommended = true;
        }
        options
    }

    fn new(kind: RecycleKind, label: &str, distance: Option<Distance>, window: Option<&str>) -> Self {
        Self {
            kind,
            label: label.to_owned(),
            store_distance_km: distance.filter(|_| kind == RecycleKind::Store),
            door_time_window: window.filter(|_| kind == RecycleKind::Pickup).map(str::to_owned),
            recommended: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(types: &str, km: Option<&str>) -> Vec<RecycleKind> {
        let distance = km.and_then(|km| Distance::from_km(km.parse().unwrap()));
        RecycleOption::list(types, distance, Some("10:00-12:00")).iter().map(|option| option.kind).collect()
    }

    #[test]
    fn a_store_within_three_kilometres_comes_before_pick_up() {
        use RecycleKind::*;
        assert_eq!(kinds("上门/到店/邮寄", Some("3")), [Store, Pickup, Mail]);
        assert_eq!(kinds("上门/到店/邮寄", Some("3.1")), [Pickup, Store, Mail]);
        assert_eq!(kinds("到店、邮寄", None), [Store, Mail]);
    }

    #[test]
    fn ways_in_one_text_are_separated_by_marks_and_words() {
        use RecycleKind::*;
        for types in ["到店或上门", "上门及到店", "上门和到店", "上门；到店", "上门 到店", "上门，到店"]
        {
            assert_eq!(kinds(types, Some("1")), [Store, Pickup], "{types}");
        }
        assert_eq!(kinds("上门、到店或邮寄", Some("1.8")), [Store, Pickup, Mail]);
        for types in [
            "上门／到店",
            "上门+到店",
            "上门与到店",
            "上门以及到店",
            "到店或者上门",
            "上门 & 到店",
            "上门并到店",
        ] {
            assert_eq!(kinds(types, Some("1")), [Store, Pickup], "{types}");
        }
        let options = RecycleOption::list("到店或者上门以及邮寄", None, None);
        let labels: Vec<_> = options.iter().map(|option| option.label.as_str()).collect();
        assert_eq!(labels, ["上门", "到店", "邮寄"]);
    }

    #[test]
    fn a_way_that_is_denied_is_not_offered() {
        use RecycleKind::*;
        for (types, ways) in [
            ("暂不支持到店", vec![]),
            ("上门（暂不支持到店）", vec![Pickup]),
            ("上门，暂不支持到店或邮寄", vec![Pickup]),
            ("上门，到店暂不可用", vec![Pickup]),
            ("上门、邮寄 不支持 到店", vec![Pickup, Mail]),
            ("上门，到店（暂停）", vec![Pickup]),
            ("邮寄/不支持上门", vec![Mail, Store]),
            ("上门、到店，无法邮寄", vec![Store, Pickup]),
            ("无需到店，上门回收", vec![Pickup]),
        ] {
            assert_eq!(kinds(types, Some("8")).len(), ways.len(), "{types}");
            assert!(kinds(types, Some("8")).iter().all(|kind| ways.contains(kind)), "{types}");
        }
    }

    #[test]
    fn a_distance_beside_other_ways_means_that_there_is_a_store() {
        use RecycleKind::*;
        assert_eq!(kinds("上门", Some("1.8")), [Store, Pickup]);
        assert_eq!(kinds("上门", Some("8")), [Pickup, Store]);
        assert_eq!(kinds("", Some("1.8")), [], "nothing is known of how to hand it over");
    }

    #[test]
    fn a_way_that_is_both_named_and_denied_is_not_offered() {
        assert_eq!(kinds("上门/到店，不支持到店", None), [RecycleKind::Pickup]);
    }

    #[test]
    fn known_ways_are_offered_once_and_unknown_ones_once_for_each_label() {
        use RecycleKind::*;
        assert_eq!(kinds("到店/自提点/上门/上门回收", None), [Pickup, Store]);
        assert_eq!(kinds("无人机/机器人/无人机", None), [Other, Other]);
        assert_eq!(kinds("无人机，不支持机器人", None), [Other], "another unknown way is denied");
    }

    #[test]
    fn only_the_first_is_recommended_and_details_go_where_they_belong() {
        let options = RecycleOption::list("上门/到店", Distance::from_km(Decimal::ONE), Some("10:00-12:00"));
        assert_eq!(options.iter().filter(|option| option.recommended).count(), 1);
        assert!(options[0].recommended && options[0].door_time_window.is_none());
        assert_eq!(options[1].door_time_window.as_deref(), Some("10:00-12:00"));
        assert_eq!(options[1].store_distance_km, None);
    }

    #[test]
    fn an_unknown_way_keeps_its_label() {
        let options = RecycleOption::list("无人机", None, None);
        assert_eq!((options[0].kind, options[0].label.as_str()), (RecycleKind::Other, "无人机"));
        assert!(RecycleOption::list("", None, None).is_empty());
    }
}
