//! Storage and memory of a device: of their cells, and of the model's words; of a camera, what it is sold with.

use super::accessories::are_accessories;
use super::asides;
use super::brands::Brand;
use super::kits::kit;
use super::lenses;
use super::question::Why;
use super::size::{Device, Of, Size};
use super::size_words::{in_the_trades_words, speaks_of_sizes};
use super::sizes::Sizes;
use super::spelling::{is_blank, tidied};
use super::understood::Understood;
use super::written::Written;
use crate::{Category, Field, StorageIs};

/// Storage and memory: of their cells, and of the model's words. Returns where sizes stand in the model.
pub(super) fn of_sizes(
    understood: &mut Understood,
    written: &Written,
    lower: &str,
    category: Option<Category>,
    brand: Option<Brand>,
) -> Vec<(usize, usize)> {
    let said = &written.form;
    if category.is_some_and(|category| category.features().storage == StorageIs::Kit) {
        of_a_kit(understood, written, lower);
        return Vec::new();
    }
    let device = match (category, brand) {
        (Some(Category::Phone | Category::Tablet), Some(Brand::Apple)) => Device::StorageOnly,
        (Some(Category::Laptop), _) => Device::Computer,
        _ => Device::Phone,
    };
    let mut among = Sizes::among_words(lower, device);
    // A cell that the sizes share with the model is read with its words.
    // OnePlus 12 with 12 GB has the same text in two cells.
    let is_shared = |text: &str| text == said.model && text.parse::<f64>().is_err();
    let own = |text: &'_ str| if is_shared(text) { "" } else { text }.to_owned();
    let (storage, memory) = (own(&said.storage), own(&said.ram));
    let shared = storage == memory;
    let cell = |text: &str, of| Sizes::of_cell(&tidied(text).to_lowercase(), (!shared).then_some(of), device);
    let of_storage = cell(&storage, Of::Storage);
    let of_memory = if shared { Some(Sizes::default()) } else { cell(&memory, Of::Memory) };
    if among == Sizes::default() && of_storage.as_ref().is_some_and(|it| it.storage.is_none()) {
        among = bare_storage(lower, device);
        if among.storage.is_some() {
            understood.guessed.push(Field::Storage);
        }
    }
    // OnePlus 11 16GB beside a storage of 256GB: the memory.
    if let (true, [place], Some(storage)) =
        (among.unclear, &among.places[..], of_storage.as_ref().and_then(|it| it.storage))
        && let Some(Sizes { memory: Some(memory), .. }) =
            Sizes::of_cell(&lower[place.0..place.1], Some(Of::Memory), device)
        && memory < storage
        && memory.is_memory_of(device)
    {
        among = Sizes { memory: Some(memory), storage: None, unclear: false, places: among.places };
    }
    // A storage in the memory's column, where its own is empty.
    let of_memory = match (of_memory, &of_storage) {
        (Some(sizes), Some(own))
            if *own == Sizes::default() && sizes.memory.is_some_and(Size::is_no_memory) =>
        {
            understood.guessed.push(Field::Storage);
            Some(Sizes { storage: sizes.memory, memory: None, ..sizes })
        }
        (of_memory, _) => of_memory,
    };
    // Remarks tell a size that no other cell has.
    let told = [of_storage.as_ref(), of_memory.as_ref(), Some(&among)];
    let is_told =
        |get: fn(&Sizes) -> Option<Size>| told.iter().any(|it| it.is_none_or(|it| get(it).is_some()));
    let in_remarks = of_remarks(&written.notes, device).map(|sizes| Sizes {
        storage: sizes.storage.filter(|_| !is_told(|it| it.storage)),
        memory: sizes.memory.filter(|_| !is_told(|it| it.memory)),
        ..Sizes::default()
    });
    let all = [of_storage.as_ref(), of_memory.as_ref(), Some(&among), in_remarks.as_ref()];
    let all: Vec<&Sizes> = all.into_iter().flatten().collect();
    let mut agreed = |field: Field, cell: &str, unread: bool, get: fn(&Sizes) -> Option<Size>| {
        let mut values: Vec<_> = all.iter().filter_map(|it| get(it)).collect();
        values.dedup();
        let text = match (written.answer(field), &values[..], unread) {
            (Some(answer), ..) => {
                in_the_trades_words(answer, if field == Field::Ram { Of::Memory } else { Of::Storage })
            }
            (None, [one], false) => one.word(),
            (None, [], false) => String::new(),
            _ => {
                understood.ask(written, field, Why::Size);
                cell.to_owned()
            }
        };
        let is_new = !understood.guessed.contains(&field);
        if is_new && !text.is_empty() && is_blank(cell) && written.answer(field).is_none() {
            understood.guessed.push(field);
        }
        if let Some(place) = understood.form.text_mut(field) {
            *place = text;
        }
    };
    agreed(Field::Storage, &storage, of_storage.is_none(), |it| it.storage);
    agreed(Field::Ram, if shared { "" } else { &memory }, of_memory.is_none(), |it| it.memory);
    if all.iter().any(|it| it.unclear) {
        understood.ask(written, Field::Storage, Why::Size);
    }
    if all.iter().filter_map(|it| it.storage).any(Size::is_no_storage) {
        understood.ask(written, Field::Storage, Why::Size);
    }
    if all.iter().filter_map(|it| it.memory).any(Size::is_no_memory) {
        understood.ask(written, Field::Ram, Why::Size);
    }
    among.places
}

/// The sizes that remarks say in a clause of their own: `16GB/512GB, no issues`. A card of 64 GB is another thing.
fn of_remarks(notes: &str, device: Device) -> Option<Sizes> {
    let lower = notes.to_lowercase();
    let clauses = lower.split([',', '，', ';', '；', '。', '、', '\n']).map(str::trim);
    let mut sizes = clauses
        .filter(|clause| speaks_of_sizes(clause))
        .filter_map(|clause| Sizes::of_cell(clause, None, device))
        .filter(|sizes| !sizes.unclear && *sizes != Sizes::default());
    let (first, None) = (sizes.next()?, sizes.next()) else { return None };
    Some(first)
}

/// A storage without a unit behind the name, which has a number itself: `iPhone 14 Pro 256`, `iPhone14 256 暗紫`.
fn bare_storage(lower: &str, device: Device) -> Sizes {
    const BARE: [&str; 4] = ["64", "128", "256", "512"];
    let mut from = 0;
    let places = lower.split(' ').map(|word| {
        let place = (from, from + word.len());
        from = place.1 + 1;
        place
    });
    let mut bare = places.filter(|(from, until)| BARE.contains(&&lower[*from..*until]));
    let (Some((from, until)), None) = (bare.next(), bare.next()) else { return Sizes::default() };
    // iPad 十代 64
    let has_number = |text: &str| text.chars().any(|letter| letter.is_ascii_digit() || letter == '代');
    if device == Device::Computer || !has_number(&lower[..from]) || has_number(&lower[until..]) {
        return Sizes::default();
    }
    let of_cell = Sizes::of_cell(&lower[from..until], Some(Of::Storage), device).unwrap_or_default();
    Sizes { places: vec![(from, until)], ..of_cell }
}

/// What a camera is sold with: of its cell, or of the model's words.
fn of_a_kit(understood: &mut Understood, written: &Written, lower: &str) {
    let said = &written.form;
    // 规格: the model's cell has the kit too, or not.
    let cell = if said.storage == said.model { String::new() } else { tidied(&said.storage).to_lowercase() };
    // 黑色 tells no kit, nor does case, strap.
    let tells_none =
        is_blank(&cell) || kit(&cell).is_none() && (asides::are_all(&cell) || are_accessories(&cell));
    let storage = match (tells_none, kit(&cell), kit(lower)) {
        (true, _, Some(kit)) => {
            // 单机身 + 24-105: is the lens sold with it?
            if kit == "机身" && lenses::has_a_lens(lower) {
                understood.ask(written, Field::Storage, Why::Size);
            }
            understood.guessed.push(Field::Storage);
            kit.to_owned()
        }
        // Body only, 2 batteries: among the remarks.
        (true, _, None) => match kit(&written.notes.to_lowercase()) {
            Some(kit) => {
                understood.guessed.push(Field::Storage);
                kit.to_owned()
            }
            None => String::new(),
        },
        (false, Some(kit), other) => {
            if other.is_some_and(|other| other != kit) {
                understood.ask(written, Field::Storage, Why::Size);
            }
            kit.to_owned()
        }
        (false, None, _) => {
            if speaks_of_sizes(&cell) || cell.parse::<f64>().is_ok() {
                understood.ask(written, Field::Storage, Why::Size);
            }
            said.storage.clone()
        }
    };
    understood.form.storage = written.answer(Field::Storage).map_or(storage, str::to_owned);
    if is_blank(&said.ram) || said.ram == said.storage {
        understood.form.ram.clear();
    }
}
