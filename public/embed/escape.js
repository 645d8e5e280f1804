// @ts-check
/**
 * Escape, pressed inside the frame: a browser gives it to the frame alone, while a reader
 * who sees the widget in a dialog or a popover means that. Fetched at the first such press.
 */

/**
 * Presses it on the element, and on what is open around it as a browser would: what stops
 * the event there does not keep a browser from closing, what prevents its default does.
 * @param {HTMLElement} widget
 */
export function escape(widget) {
  const event = new KeyboardEvent("keydown", {
    key: "Escape", code: "Escape", keyCode: 27, bubbles: true, cancelable: true, composed: true,
  });
  if (!widget.dispatchEvent(event)) return;
  for (const place of around(widget)) if (close(place)) return;
}

/**
 * The elements around one, from the inside out, also those of shadow roots.
 * @param {HTMLElement} element
 */
function* around(element) {
  /** @type {any} */
  let place = element;
  while (place) {
    if (place instanceof HTMLElement) yield place;
    place = place.assignedSlot ?? place.parentNode ?? place.host;
  }
}

/** Closes what Escape closes, if it is open, or asks it to; tells whether it is such. @param {HTMLElement} place */
function close(place) {
  // One with `popover="manual"` is its page's own to close.
  if (/^(auto|hint)$/.test(place.popover ?? "") && place.matches(":popover-open")) {
    place.hidePopover();
    return true;
  }
  if (!(place instanceof HTMLDialogElement && place.open && closes(place))) return false;
  // Older browsers have no such request.
  if (place.requestClose) place.requestClose();
  else if (place.dispatchEvent(new Event("cancel", { cancelable: true }))) place.close();
  return true;
}

/** Whether the dialog is one that Escape closes. @param {HTMLDialogElement} dialog */
function closes(dialog) {
  return dialog.closedBy ? dialog.closedBy !== "none" : dialog.matches(":modal");
}
