use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Distance;

/// A way to hand the device over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecycleKind {
    /// 到店: taken to a store.
    Store,
    /// 上门: picked up at the door.
    Pickup,
    /// 邮寄: sent by mail.
    Mail,
    /// A way this version does not know; the partner's label stands.
    Other,
}

impl RecycleKind {
    fn of_label(label: &str) -> Self {
        match label {
            "到店" | "门店" | "到店回收" => Self::Store,
            "上门" | "上门取件" | "上门回收" => Self::Pickup,
            "邮寄" | "快递" | "邮寄回收" => Self::Mail,
            _ => Self::Other,
        }
    }

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

/// A way to hand the device over, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecycleOption {
    /// Which way.
    #[serde(rename = "type")]
    pub kind: RecycleKind,
    /// The partner's word for it.
    pub label: String,
    /// How far the store is.
    pub store_distance_km: Option<Distance>,
    /// When somebody comes, such as `10:00-12:00`.
    pub door_time_window: Option<String>,
    /// Whether this is the way to prefer; true for one option at most.
    pub recommended: bool,
}

impl RecycleOption {
    /// Within this distance a store is preferred over pick-up.
    pub const NEAR_KM: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

    /// Reads the partner's list, such as `上门/到店/邮寄`, best first.
    pub fn list(types: &str, distance: Option<Distance>, window: Option<&str>) -> Vec<Self> {
        let near_store = distance.is_some_and(|distance| distance.km() <= Self::NEAR_KM);
        let mut options: Vec<Self> = Vec::new();
        for label in types.split(['/', '、', ',', '，', ';', '|', ' ']).map(str::trim) {
            let kind = RecycleKind::of_label(label);
            if label.is_empty() || options.iter().any(|option| option.label == label) {
                continue;
            }
            options.push(Self {
                kind,
                label: label.to_owned(),
                store_distance_km: distance.filter(|_| kind == RecycleKind::Store),
                door_time_window: window.filter(|_| kind == RecycleKind::Pickup).map(str::to_owned),
                recommended: false,
            });
        }
        options.sort_by_key(|option| option.kind.rank(near_store));
        if let Some(first) = options.first_mut() {
            first.recommended = true;
        }
        options
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
