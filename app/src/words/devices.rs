//! The closed lists of the trade, in the reader's language: kinds of devices, grades, faults, repairs, places
//! of purchase. Each function names every value, so a new one does not compile before it has words.

use domain::{Category, ChannelKind, FaultKind, Grade, RepairKind};

use super::strings::{Locale, td_string};

/// A category's name.
pub fn category(locale: Locale, category: Category) -> &'static str {
    match category {
        Category::Phone => td_string!(locale, category.phone),
        Category::Tablet => td_string!(locale, category.tablet),
        Category::Laptop => td_string!(locale, category.laptop),
        Category::Camera => td_string!(locale, category.camera),
    }
}

/// A grade's name.
pub fn grade(locale: Locale, grade: Grade) -> &'static str {
    match grade {
        Grade::New => td_string!(locale, grade.new),
        Grade::LikeNew => td_string!(locale, grade.like_new),
        Grade::Excellent => td_string!(locale, grade.excellent),
        Grade::Good => td_string!(locale, grade.good),
        Grade::Fair => td_string!(locale, grade.fair),
        Grade::Worn => td_string!(locale, grade.worn),
        Grade::Poor => td_string!(locale, grade.poor),
    }
}

/// What a device of that grade looks like.
pub fn grade_hint(locale: Locale, grade: Grade) -> &'static str {
    match grade {
        Grade::New => td_string!(locale, grade.new_hint),
        Grade::LikeNew => td_string!(locale, grade.like_new_hint),
        Grade::Excellent => td_string!(locale, grade.excellent_hint),
        Grade::Good => td_string!(locale, grade.good_hint),
        Grade::Fair => td_string!(locale, grade.fair_hint),
        Grade::Worn => td_string!(locale, grade.worn_hint),
        Grade::Poor => td_string!(locale, grade.poor_hint),
    }
}

/// A fault, described by what its owner sees.
pub fn fault(locale: Locale, fault: FaultKind) -> &'static str {
    match fault {
        FaultKind::OuterGlass => td_string!(locale, fault.outer_glass),
        FaultKind::Display => td_string!(locale, fault.display),
        FaultKind::Battery => td_string!(locale, fault.battery),
        FaultKind::Camera => td_string!(locale, fault.camera),
        FaultKind::Biometrics => td_string!(locale, fault.biometrics),
        FaultKind::Buttons => td_string!(locale, fault.buttons),
        FaultKind::Audio => td_string!(locale, fault.audio),
        FaultKind::Ports => td_string!(locale, fault.ports),
        FaultKind::Water => td_string!(locale, fault.water),
        FaultKind::Account => td_string!(locale, fault.account),
        FaultKind::Lens => td_string!(locale, fault.lens),
        FaultKind::Shutter => td_string!(locale, fault.shutter),
        FaultKind::Dead => td_string!(locale, fault.dead),
    }
}

/// A kind of repair.
pub fn repair(locale: Locale, repair: RepairKind) -> &'static str {
    match repair {
        RepairKind::None => td_string!(locale, repair.none),
        RepairKind::Battery => td_string!(locale, repair.battery),
        RepairKind::Screen => td_string!(locale, repair.screen),
        RepairKind::Housing => td_string!(locale, repair.housing),
        RepairKind::Mainboard => td_string!(locale, repair.mainboard),
    }
}

/// What a camera is sold with; `None` for another text.
pub(super) fn kit(locale: Locale, word: &str) -> Option<&'static str> {
    Some(match word {
        "机身" => td_string!(locale, kit.body),
        "套机" => td_string!(locale, kit.lens),
        "单机" => td_string!(locale, kit.alone),
        "标准版" => td_string!(locale, kit.standard),
        "全能套装" => td_string!(locale, kit.combo),
        _ => return None,
    })
}

/// The words for what a camera is sold with.
pub(super) const KITS: [&str; 5] = ["机身", "套机", "单机", "标准版", "全能套装"];

/// A place of purchase.
pub fn channel(locale: Locale, channel: ChannelKind) -> &'static str {
    match channel {
        ChannelKind::Official => td_string!(locale, channel.official),
        ChannelKind::Retailer => td_string!(locale, channel.retailer),
        ChannelKind::Online => td_string!(locale, channel.online),
        ChannelKind::Carrier => td_string!(locale, channel.carrier),
        ChannelKind::Overseas => td_string!(locale, channel.overseas),
        ChannelKind::SecondHand => td_string!(locale, channel.second_hand),
    }
}
