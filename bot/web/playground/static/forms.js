// A form of Kith's in a dialog: opened by a button, sent as one, kept open where sending fails.
const dialog = document.getElementById("form");
const body = document.getElementById("form-body");

function filledIn(form) {
  const values = {};
  for (const field of form.querySelectorAll("fieldset")) values[field.dataset.name] = "";
  for (const [name, value] of new FormData(form)) values[name] = values[name] ? `${values[name]},${value}` : value;
  return values;
}

// `send` takes what was filled in, and says whether that arrived.
export function open(html, send) {
  const before = document.activeElement;
  body.innerHTML = html;
  const form = document.getElementById("fill");
  document.getElementById("form-cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const trouble = await send(form.dataset.token, filledIn(form));
    button.disabled = false;
    document.getElementById("form-trouble").textContent = trouble;
    if (!trouble) dialog.close();
  });
  dialog.addEventListener("close", () => before?.focus?.(), { once: true });
  dialog.showModal();
  form.querySelector("input, select, textarea")?.focus();
}
