// A form of Kith's in a dialog: opened by a button, sent as one, kept open where sending fails.
const dialog = document.getElementById("form");
const body = document.getElementById("form-body");

function filledIn(form) {
  const values = {};
  for (const field of form.querySelectorAll("fieldset")) values[field.dataset.name] = "";
  for (const [name, value] of new FormData(form)) {
    const written = typeof value === "string" ? value : "";
    values[name] = values[name] ? `${values[name]},${written}` : written;
  }
  return values;
}

function encoded(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function handedOver(form) {
  const files = {};
  for (const input of form.querySelectorAll("input[type=file]")) {
    const [file] = input.files;
    if (file) files[input.name] = { name: file.name, content: await encoded(file) };
  }
  return files;
}

function tooLarge(form) {
  const large = (input) => input.files[0]?.size > Number(input.dataset.limit);
  return [...form.querySelectorAll("input[type=file]")].find(large)?.dataset.tooLarge;
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
    const trouble = tooLarge(form) ?? (await send(form.dataset.token, filledIn(form), await handedOver(form)));
    button.disabled = false;
    document.getElementById("form-trouble").textContent = trouble;
    if (!trouble) dialog.close();
  });
  dialog.addEventListener("close", () => before?.focus?.(), { once: true });
  dialog.showModal();
  form.querySelector("input, select, textarea")?.focus();
}
