// The playground's page: what people do goes out as JSON, what changes comes in as server-sent events.
import { Composer } from "./composer.js";
import { open as openForm } from "./forms.js";

const page = document.body.dataset;
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const KEPT = 120; // messages in the page; older ones make place

const address = (path, more = {}) => `${path}?${new URLSearchParams({ lang: page.lang, as: page.as, ...more })}`;

const said = { 403: data.words["outside-write"], 404: data.words.missing };

async function post(action, body) {
  const trouble = byId("trouble");
  try {
    const answer = await fetch(address(`/playground/${action}`), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    trouble.textContent = answer.ok || answer.status === 409 ? "" : (said[answer.status] ?? data.words.failed);
    return answer.ok ? await answer.json() : null;
  } catch {
    trouble.textContent = data.words.offline;
    return null;
  }
}

async function fragment(path, more) {
  const answer = await fetch(address(path, more));
  return answer.ok ? answer.text() : null;
}

// Moments show in the zone of whoever reads; what the community's clocks said stays in the title.
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
function showMoments() {
  document.querySelectorAll("time.moment:not([data-local])").forEach((each) => {
    each.dataset.local = "";
    each.textContent = clock.format(new Date(each.dateTime));
  });
}
new MutationObserver(showMoments).observe(document.body, { childList: true, subtree: true });
showMoments();

// --- messages ---------------------------------------------------------------------------

const messages = () => byId("messages");
const nearEnd = () => {
  const box = messages();
  return box.scrollHeight - box.scrollTop - box.clientHeight < 120;
};
function toEnd() {
  const box = messages();
  box.scrollTop = box.scrollHeight;
  const jump = byId("jump");
  if (jump) jump.hidden = true;
}

// One message at a time has its buttons in the order of Tab: the newest, until the arrows choose another.
const CONTROLS = "button, a[href]";
function choose(message) {
  const chosen = messages().querySelector(".message[tabindex='0']");
  if (chosen === message) return;
  for (const [each, place] of [[chosen, -1], [message, 0]]) {
    if (!each) continue;
    each.tabIndex = place;
    each.querySelectorAll(CONTROLS).forEach((control) => (control.tabIndex = place));
  }
}
const newest = () => [...messages().querySelectorAll(".message")].at(-1);
function chooseNewest() {
  if (!messages().contains(document.activeElement)) choose(newest());
}
document.querySelector(".chat").addEventListener("focusin", (event) => {
  const message = event.target.closest(".message");
  if (message) choose(message);
});
document.querySelector(".chat").addEventListener("keydown", (event) => {
  const message = event.target.closest(".message");
  if (!message || !["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const all = [...messages().querySelectorAll(".message")];
  const step = event.key === "ArrowUp" ? -1 : 1;
  const next = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : all[all.indexOf(message) + step];
  (next ?? message).focus();
});

function pieces(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function arrived({ id, room, html, mine, before }) {
  if (room !== page.room) {
    if (mine) return;
    const link = document.querySelector(`.rooms a[data-room="${CSS.escape(room)}"]`);
    if (!link) return;
    const badge = link.querySelector(".unread");
    badge.textContent = Math.min(99, Number(badge.textContent || 0) + 1);
    badge.hidden = false;
    link.classList.add("new");
    return;
  }
  if (byId(`m-${id}`) || !html) return; // while time moves far, only some are shown
  const stay = !mine && !nearEnd();
  const fresh = pieces(html);
  fresh.querySelector(".message").classList.add("arrived");
  // An answer stands where it was asked for, though others wrote meanwhile.
  const inFront = before && byId(`m-${before}`);
  if (inFront) inFront.after(fresh);
  else messages().append(fresh);
  const all = messages().querySelectorAll(".message");
  for (let i = 0; i < all.length - KEPT; i += 1) all[i].remove();
  chooseNewest();
  if (stay) byId("jump").hidden = false;
  else toEnd();
}
// A picture that comes in late must not push the newest message out of sight.
document.querySelector(".chat").addEventListener("load", (event) => event.target.tagName === "IMG" && byId("jump").hidden && nearEnd() && toEnd(), true);

function changed({ id, room, html }) {
  const old = byId(`m-${id}`);
  if (room !== page.room || !old) return;
  const follow = nearEnd();
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const place = [...old.querySelectorAll(CONTROLS)].indexOf(focused);
  const fresh = pieces(html).querySelector(".message");
  const chosen = old.tabIndex === 0;
  old.replaceWith(fresh);
  if (chosen) choose(fresh);
  const again = focused?.dataset.emoji && fresh.querySelector(`.reactions [data-emoji="${focused.dataset.emoji}"]`);
  if (focused) (again || fresh.querySelectorAll(CONTROLS)[place] || fresh).focus();
  if (follow) toEnd();
}

let answering = null;
function answer(message) {
  answering = message ? message.dataset.id : null;
  const line = byId("answering");
  line.hidden = !message;
  if (message) {
    const text = message.querySelector(".text")?.textContent.trim() ?? "";
    line.firstElementChild.textContent = `↱ ${message.dataset.name} · ${text}`;
    byId("say").focus();
  }
}

document.querySelector(".chat").addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  const message = event.target.closest(".message");
  if (event.target.id === "jump") toEnd();
  if (!message) return;
  if (!button) {
    // Where nothing hovers, a tap shows what can be done with a message.
    if (matchMedia("(hover: none)").matches && !event.target.closest("a")) {
      document.querySelectorAll(".message.open").forEach((each) => each !== message && each.classList.remove("open"));
      message.classList.toggle("open");
    }
    return;
  }
  const id = message.dataset.id;
  if (button.dataset.token) {
    button.setAttribute("aria-busy", "true");
    const room = page.room;
    const opened = await post("press", { message: id, token: button.dataset.token, room });
    button.removeAttribute("aria-busy");
    if (opened?.form) {
      openForm(opened.form, async (token, values, files) => {
        const sent = await post("send", { message: id, token, room, values, files });
        return sent === null ? byId("trouble").textContent : "";
      });
    }
  } else if (button.dataset.option) {
    await post("vote", { message: id, option: Number(button.dataset.option) });
  } else if (button.dataset.emoji) {
    message.classList.remove("open");
    await post("react", { message: id, emoji: button.dataset.emoji });
  } else if (button.classList.contains("answer")) answer(message);
  else if (button.classList.contains("delete")) await post("delete", { message: id });
  else if (button.classList.contains("native")) {
    byId("native-views").innerHTML = (await fragment("/playground/native", { message: id })) ?? "";
    byId("native").showModal();
  } else if (button.classList.contains("picture")) {
    enlarge(button.querySelector("img"));
  }
});

function enlarge(shown) {
  const zoom = byId("zoom");
  const large = zoom.querySelector("img");
  zoom.classList.remove("full");
  large.src = shown.currentSrc;
  large.alt = shown.alt;
  byId("large").showModal();
  // Where the whole of it is hardly larger than it was, its full size is what was meant.
  large.decode().then(() => zoom.classList.toggle("full", large.clientWidth < 1.2 * shown.clientWidth), () => {});
}
byId("zoom").addEventListener("click", () => byId("zoom").classList.toggle("full"));

byId("answer-nobody").addEventListener("click", () => answer(null));
document.querySelectorAll("dialog:not(.form)").forEach((dialog) =>
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()),
);
byId("open-connect").addEventListener("click", () => byId("connect").showModal());

// Who left the community writes to Kith alone.
function showComposer() {
  const shut = Boolean(byId("join")) && !page.room.startsWith("@");
  byId("outside").hidden = !shut;
  byId("composer").hidden = shut;
}
byId("rejoin").addEventListener("click", async () => {
  await post("join", {});
  lookAtMe();
});

// --- rooms ------------------------------------------------------------------------------

async function enter(room, remember = true) {
  page.room = room;
  const html = await fragment("/playground/room", { room });
  if (html === null) return;
  byId("room").innerHTML = html;
  document.querySelectorAll(".rooms a").forEach((link) => {
    if (link.dataset.room === room) {
      link.setAttribute("aria-current", "page");
      link.classList.remove("new");
      const badge = link.querySelector(".unread");
      badge.textContent = "";
      badge.hidden = true;
    } else link.removeAttribute("aria-current");
  });
  answer(null);
  showComposer();
  close();
  toEnd();
  chooseNewest();
  if (remember) history.pushState({ room }, "", address("/", { room }));
}
byId("rooms").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  enter(link.dataset.room);
});
const first = page.room;
addEventListener("popstate", (event) => enter(event.state?.room ?? first, false));
history.replaceState({ room: page.room }, "");

// --- panes on narrow screens ------------------------------------------------------------

function close() {
  for (const name of ["rooms", "me"]) {
    byId(name).classList.remove("open");
    byId(`open-${name}`).setAttribute("aria-expanded", "false");
  }
  byId("veil").hidden = true;
}
for (const name of ["rooms", "me"]) {
  byId(`open-${name}`).addEventListener("click", () => {
    const pane = byId(name);
    pane.classList.add("open");
    byId(`open-${name}`).setAttribute("aria-expanded", "true");
    byId("veil").hidden = false;
    pane.querySelector("a, button")?.focus();
  });
}
byId("veil").addEventListener("click", close);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (answering && byId("veil").hidden && !document.querySelector("dialog[open]")) return answer(null);
  if (byId("veil").hidden) return;
  const open = byId("me").classList.contains("open") ? "me" : "rooms";
  close();
  byId(`open-${open}`).focus();
});

// --- who I am, and when -----------------------------------------------------------------

let soon = 0;
function lookAtMe() {
  clearTimeout(soon);
  soon = setTimeout(async () => {
    const pane = byId("me");
    const active = pane.contains(document.activeElement) ? document.activeElement : null;
    if (active && ["INPUT", "SELECT"].includes(active.tagName)) return;
    const html = await fragment("/playground/me");
    if (html === null) return;
    const top = pane.scrollTop;
    const again = active && (active.id ? `#${active.id}` : active.dataset.days ? `[data-days="${active.dataset.days}"]` : null);
    pane.innerHTML = html;
    pane.scrollTop = top;
    showComposer();
    if (again) pane.querySelector(again)?.focus();
  }, 250);
}
const become = (person) => location.assign(`/?${new URLSearchParams({ lang: page.lang, as: person, room: page.room })}`);

byId("me").addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.person) become(button.dataset.person);
  else if (button.dataset.days) await advance(Number(button.dataset.days));
  else if (button.dataset.command) {
    close();
    composer.take(button.dataset.command, "more" in button.dataset);
  } else if (button.id === "join" || button.id === "leave") {
    await post(button.id, {});
    lookAtMe();
  }
});
byId("me").addEventListener("change", (event) => event.target.id === "person" && become(event.target.value));
byId("me").addEventListener("submit", async (event) => {
  event.preventDefault();
  const made = await post("invent", { name: new FormData(event.target).get("name") });
  if (made) become(made.id);
});
async function advance(days) {
  moving(true);
  await post("advance", { days });
}
function moving(on) {
  byId("me").querySelectorAll("[data-days]").forEach((button) => (button.disabled = on));
  byId("intro").querySelector("[data-try=week]").disabled = on;
  if (on) byId("moving").textContent = data.words.moving;
}

// --- writing ----------------------------------------------------------------------------

async function suggest(command, option, given) {
  const typed = Object.fromEntries(given.map(([name, value]) => [`given-${name}`, value]));
  const offered = await fragment("/playground/suggestions", { room: page.room, command, option, ...typed });
  return offered === null ? [] : JSON.parse(offered);
}
async function send(text) {
  const answers = answering;
  answer(null);
  const said = await post("say", { room: page.room, text, answers });
  return said !== null;
}
const composer = new Composer(data, send, suggest);

// --- what flows in ----------------------------------------------------------------------

let lost = false;
function listen() {
  const stream = new EventSource(address("/playground/stream", { since: page.told }));
  const on = (kind, act) => stream.addEventListener(kind, (event) => act(JSON.parse(event.data)));
  on("new", (what) => {
    arrived(what);
    lookAtMe();
  });
  on("changed", changed);
  on("gone", ({ id }) => {
    byId(`m-${id}`)?.remove();
    chooseNewest();
  });
  on("people", lookAtMe);
  on("reload", () => location.reload());
  on("time", (now) => {
    const call = remembered("call");
    if (call) {
      remembered("call", ""); // what somebody else was to ask, now that its answer will be seen
      composer.take(call, false);
    }
    byId("day").textContent = now.day;
    byId("clock").textContent = now.clock;
    const wasMoving = Boolean(document.querySelector("[data-days]:disabled"));
    moving(now.moving);
    if (wasMoving && !now.moving) {
      lookAtMe();
      enter(page.room, false); // what was today is not any more
    }
    if (lost) byId("trouble").textContent = "";
    if (lost || now.behind) enter(page.room, false); // what was said before this stream began
    lost = false;
  });
  stream.addEventListener("error", () => {
    lost = true;
    byId("trouble").textContent = data.words.offline;
  });
  addEventListener("pagehide", () => stream.close());
}

// --- three things to try ----------------------------------------------------------------

const remembered = (name, value) => {
  try {
    if (value !== undefined) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name);
  } catch {
    return null; // a browser that keeps nothing
  }
};
byId("intro").hidden = remembered("intro") === "closed";
byId("intro").addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.id === "intro-close") {
    remembered("intro", "closed");
    byId("intro").hidden = true;
    byId("say").focus();
  } else if (button.dataset.try === "card") composer.take("/me", false);
  else if (button.dataset.try === "activities") composer.take("/activities", false);
  else if (button.dataset.try === "week") await advance(7);
  else {
    remembered("call", "/network");
    become(button.dataset.person);
  }
});

toEnd();
chooseNewest();
listen();
document.documentElement.dataset.ready = "yes";
