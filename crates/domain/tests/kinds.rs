//! The closed lists, and what each kind of device has.

use std::collections::BTreeSet;

use domain::{
    Category, ChannelKind, FaultKind, Field, Grade, RecycleKind, RepairKind, Source, StorageIs, Term,
};

#[test]
fn each_word_code_and_alias_finds_its_own_member() {
    fn distinct<T: Term + std::fmt::Debug>() {
        for term in T::ALL {
            let names = [term.word(), term.code()].into_iter().chain(term.aliases().iter().copied());
            for name in names {
                assert_eq!(T::find(&format!(" {name} ")), Some(*term), "{name}");
                assert_eq!(T::find(&name.to_uppercase()), Some(*term), "{name}");
            }
        }
        assert_eq!(T::find(""), None);
    }
    distinct::<Category>();
    distinct::<Grade>();
    distinct::<FaultKind>();
    distinct::<RepairKind>();
    distinct::<ChannelKind>();
}

#[test]
fn a_kind_of_device_names_each_of_its_faults_once() {
    for kind in Category::ALL {
        let faults = kind.features().faults;
        assert_eq!(faults.iter().collect::<BTreeSet<_>>().len(), faults.len(), "{kind:?}");
        assert!(faults.contains(&FaultKind::Dead), "any {kind:?} may not switch on");
    }
}

#[test]
fn each_fault_is_one_that_some_kind_of_device_can_have() {
    for fault in FaultKind::ALL {
        assert!(Category::ALL.iter().any(|kind| fault.applies_to(*kind)), "no kind has {fault:?}");
    }
}

#[test]
fn cameras_have_lenses_and_no_accounts() {
    for (fault, cameras, phones) in [
        (FaultKind::Lens, true, false),
        (FaultKind::Shutter, true, false),
        (FaultKind::Account, false, true),
        (FaultKind::Biometrics, false, true),
        (FaultKind::Audio, false, true),
        (FaultKind::Camera, false, true),
        (FaultKind::Water, true, true),
    ] {
        assert_eq!(fault.applies_to(Category::Camera), cameras, "{fault:?}");
        assert_eq!(fault.applies_to(Category::Phone), phones, "{fault:?}");
    }
}

#[test]
fn only_laptops_need_their_memory_and_only_cameras_come_in_kits() {
    for kind in Category::ALL {
        assert_eq!(kind.requires_memory(), *kind == Category::Laptop, "{kind:?}");
        assert_eq!(kind.features().storage == StorageIs::Kit, *kind == Category::Camera, "{kind:?}");
    }
}

#[test]
fn faults_keep_the_order_in_which_they_have_always_been_sent() {
    use FaultKind::*;
    let mut sorted = FaultKind::ALL.to_vec();
    sorted.sort_unstable();
    let order = [
        OuterGlass, Display, Battery, Camera, Biometrics, Buttons, Audio, Ports, Water, Account, Lens,
        Shutter, Dead,
    ];
    assert_eq!(sorted, order);
    assert_eq!(FaultKind::ALL[4], Lens, "in the form, a camera's faults come sooner");
}

#[test]
fn what_has_only_a_code_is_serialised_by_it() {
    fn json<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(
        it: T,
        code: &str,
    ) {
        let text = serde_json::to_string(&it).unwrap();
        assert_eq!(text, format!("\"{code}\""));
        assert_eq!(serde_json::from_str::<T>(&text).unwrap(), it);
    }
    for field in Field::ALL {
        json(*field, field.name());
    }
    for way in RecycleKind::ALL {
        json(*way, way.code());
    }
    for source in Source::ALL {
        json(*source, source.code());
    }
}

#[test]
fn grades_have_scores_that_fall_from_10_to_5() {
    let scores: Vec<_> = Grade::ALL.iter().map(|grade| grade.score().to_string()).collect();
    assert_eq!(scores, ["10.0", "9.5", "9.0", "8.0", "7.0", "6.0", "5.0"]);
    for text in ["报废", " 报废机 ", "scrap", "scrapped"] {
        assert!(Grade::means_scrapped(text), "{text}");
    }
    assert!(!Grade::means_scrapped("五成新"));
}
