// @ts-check
/**
 * Passes on Escape pressed inside the frame. The browser sends the key to the frame only, but a
 * reader who sees the widget in a dialog or popover wants to close that. Loaded at the first press.
 */

/**
 * Dispatches the key on the widget, then closes the dialog or popover around it, as a browser would:
 * `preventDefault()` keeps it open, `stopPropagation()` does not.
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
 * An element and all elements around it, from the inside out, across shadow roots.
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

/** Closes an open popover or dialog, if Escape closes it. Returns whether it does. @param {HTMLElement} place */
function close(place) {
  // Escape does not close `popover="manual"`.
  if (/^(auto|hint)$/.test(place.popover ?? "") && place.matches(":popover-open")) {
    place.hidePopover();
    return true;
  }
  if (!(place instanceof HTMLDialogElement && place.open && closes(place))) return false;
  // Older browsers lack requestClose().
  if (place.requestClose) place.requestClose();
  else if (place.dispatchEvent(new Event("cancel", { cancelable: true }))) place.close();
  return true;
}

/** Whether Escape closes the dialog. @param {HTMLDialogElement} dialog */
function closes(dialog) {
  return dialog.closedBy ? dialog.closedBy !== "none" : dialog.matches(":modal");
}
