// A form marked data-guard warns before typed figures are left behind, and is sent only once. A script that saves
// them meanwhile says with the event "guard:unsaved" whether any are still to be saved.

for (const form of document.querySelectorAll("form[data-guard]")) {
  let unsaved = false;
  let sent = false;
  form.addEventListener("input", () => {
    unsaved = true;
  });
  form.addEventListener("guard:unsaved", (event) => {
    unsaved = event.detail;
  });
  form.addEventListener("submit", (event) => {
    // What opens elsewhere leaves the form where it is.
    if (event.defaultPrevented || event.submitter?.formTarget) return;
    if (sent) event.preventDefault();
    sent = true;
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
}
