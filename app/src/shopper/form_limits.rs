//! How much of a form is read and kept.

use domain::{FunctionStatus, PlainText};

/// How many characters are kept of a text that is not a field of the device: the host page's settings, and
/// the picked model.
pub(super) const KEPT_CHARS: usize = 400;
/// How many characters are kept of a failure, which this server wrote: room for an error in every field.
pub(super) const KEPT_OF_A_FAILURE: usize = 2_000;
/// How many faults are kept: one more than a device may have.
pub(super) const KEPT_FAULTS: usize = FunctionStatus::MOST + 1;

/// The longest body of a form, in bytes: 48 KiB. A form with every field full has that length: 3,862
/// characters, each up to 12 bytes when percent-encoded, and the names of the fields. A longer form cannot be
/// priced. It also fits into an address (64 KiB), in which it is returned after a failure.
pub const LONGEST: usize = 48 * 1024;

/// Bytes of the longest character (four bytes of UTF-8), percent-encoded: `%F0%9F%93%B1`.
const ENCODED: usize = 12;
/// Characters of a form in which every field is full.
const FULL: usize = FunctionStatus::LONGEST // faults, as a text or one by one
    + 8 * PlainText::MAX_CHARS // the other fields of the device
    + PlainText::MAX_CHARS // the keyword
    + 3 * PlainText::MAX_CHARS + 2 // what is picked: category, brand and model
    + 6 * 80; // what the host says of its page
/// Bytes of the fields' names: 20 faults, and 20 others.
const NAMES: usize = FunctionStatus::MOST * "faults%5B%5D=&".len() + 20 * "purchase_channel=&".len();
const _: () = assert!(FULL * ENCODED + NAMES <= LONGEST, "a form with every field full is accepted");
