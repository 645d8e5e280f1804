//! The partner's words for kinds of device and grades. Today they are the same as the product's words, but
//! they are kept separate: if the partner changes a word, it is changed here, and nothing recorded changes.

use domain::{Category, Grade, Term};

/// The partner's word for a kind of device (`device_type`).
pub(crate) fn category(category: Category) -> &'static str {
    match category {
        Category::Phone => "手机",
        Category::Tablet => "平板",
        Category::Laptop => "笔记本",
        Category::Camera => "相机",
    }
}

/// The kind of device with that word of the partner; `None` if the product has no such kind.
pub(crate) fn read_category(word: &str) -> Option<Category> {
    let known = Category::ALL.iter().copied().find(|kind| category(*kind) == word.trim());
    known.or_else(|| Category::find(word))
}

/// The partner's word for a grade (`condition`).
pub(crate) fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::New => "全新",
        Grade::LikeNew => "九五新",
        Grade::Excellent => "九成新",
        Grade::Good => "八成新",
        Grade::Fair => "七成新",
        Grade::Worn => "六成新",
        Grade::Poor => "五成新",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_partners_words_are_read_as_they_are_written() {
        for kind in Category::ALL {
            assert_eq!(read_category(category(*kind)), Some(*kind));
        }
        assert_eq!(read_category("智能手机"), Some(Category::Phone));
        assert_eq!(read_category("烤箱"), None);
        for it in Grade::ALL {
            assert_eq!(Grade::find(grade(*it)), Some(*it));
        }
    }
}
