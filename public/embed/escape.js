// @ts-check
/**
 * Escape, pressed inside the frame: a browser gives it to the frame alone, while a reader
 * who sees the widget in a dialog means the dialog. Fetched at the first such press.
 */

/** Presses it on the element, and on the open dialog around it as a browser would. @param {HTMLElement} widget */
export function escape(widget) {
  const event = new KeyboardEvent("keydown", {
    key: "Escape", code: "Escape", keyCode: 27, bubbles: true, cancelable: true, composed: true,
  });
  /** @type {HTMLDialogElement[]} */
  let dialogs = [];
  // The way of the event leads out of shadow roots, too.
  const find = () => {
    dialogs = event.composedPath().filter((place) => place instanceof HTMLDialogElement);
  };
  widget.addEventListener("keydown", find, { once: true, capture: true });
  if (!widget.dispatchEvent(event)) return;
  const dialog = dialogs.find((dialog) => dialog.open && closes(dialog));
  // Older browsers have no such request.
  if (dialog?.requestClose) dialog.requestClose();
  else if (dialog?.dispatchEvent(new Event("cancel", { cancelable: true }))) dialog.close();
}

/** Whether the dialog is one that Escape closes. @param {HTMLDialogElement} dialog */
function closes(dialog) {
  return dialog.closedBy ? dialog.closedBy !== "none" : dialog.matches(":modal");
}
