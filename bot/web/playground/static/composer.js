// The composer: grows with its text, completes commands after "/", people after "@", and says what an option is.

const byId = (id) => document.getElementById(id);

function element(name, text, kind = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

export class Composer {
  constructor({ commands, people, words }, send, suggest) {
    Object.assign(this, { commands, people, words, send, suggest });
    this.box = byId("say");
    this.list = byId("suggestions");
    this.usage = byId("usage");
    this.offers = [];
    this.at = 0;
    this.said = [];
    this.back = 0;
    this.box.addEventListener("input", () => this.look());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    byId("slash").addEventListener("click", () => this.take("/", true));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const chosen = event.target.closest("li");
      if (chosen) this.accept(Number(chosen.dataset.at));
    });
  }

  /** Put a text into the composer; send it at once unless `more` is to come. */
  take(text, more) {
    this.box.value = more && text !== "/" ? `${text} ` : text;
    this.box.focus();
    if (more) this.look();
    else this.submit();
  }

  async submit() {
    const text = this.box.value;
    if (!text.trim()) return;
    this.box.value = "";
    this.look();
    if (await this.send(text)) {
      this.said.push(text);
      this.back = 0;
    } else if (!this.box.value) {
      this.box.value = text;
      this.look();
    }
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open && this.chosen) this.accept(this.at);
      else this.submit();
    } else if (event.key === "Tab" && open && !event.shiftKey) {
      event.preventDefault();
      this.accept(this.at);
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.select((this.at + step + this.offers.length) % this.offers.length);
      this.chosen = true;
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    } else if (event.key === "ArrowUp" && (!this.box.value || this.back)) {
      this.recall(1, event);
    } else if (event.key === "ArrowDown" && this.back) this.recall(-1, event);
  }

  recall(step, event) {
    const back = Math.max(0, Math.min(this.said.length, this.back + step));
    event.preventDefault();
    this.back = back;
    this.box.value = back ? this.said[this.said.length - back] : "";
    this.look();
  }

  /** See what stands before the cursor, and offer what can follow. */
  look() {
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight}px`;
    const before = this.box.value.slice(0, this.box.selectionStart);
    this.usage.hidden = true;
    if (/^\/\S*$/.test(before)) this.offer(this.matching(before.slice(1)), before);
    else if (before.startsWith("/")) this.lookAtOptions(before);
    else if (/(^|\s)@\S*$/.test(before)) this.offer(this.named(before.match(/@(\S*)$/)[1]), `@${before.match(/@(\S*)$/)[1]}`);
    else this.hide();
  }

  matching(word) {
    const wanted = word.toLowerCase();
    const first = this.commands.filter((each) => each.name.startsWith(wanted));
    const rest = this.commands.filter((each) => !each.name.startsWith(wanted) && each.name.includes(wanted));
    return [...first, ...rest].map((each) => ({
      text: `/${each.name} `,
      exact: each.name === wanted,
      label: `/${each.name}`,
      options: each.options.map((option) => (option.required ? `<${option.name}>` : `[${option.name}]`)).join(" "),
      help: each.help,
      badge: each.rights === "member" ? "" : this.words["only-moderators"],
    }));
  }

  named(word) {
    const wanted = word.toLowerCase();
    const fits = ({ handle, name }) => handle.toLowerCase().startsWith(wanted) || name.toLowerCase().includes(wanted);
    return this.people
      .filter(fits)
      .slice(0, 8)
      .map(({ handle, name }) => ({ text: `@${handle} `, label: name, options: `@${handle}`, help: "", badge: "" }));
  }

  lookAtOptions(before) {
    const [called, ...given] = before.split(/\s+/);
    const command = this.commands.find((each) => `/${each.name}` === called.toLowerCase());
    if (!command || !command.options.length) return this.hide();
    const place = Math.min(given.length, command.options.length) - 1;
    const option = command.options[place];
    this.explain(command, place);
    const word = given[place] ?? "";
    if (given.length > command.options.length && option.kind !== "suggested") return this.hide();
    if (option.kind === "member") return this.offer(this.named(word.replace(/^@/, "")), word);
    if (option.kind === "choice") {
      const fitting = option.choices.filter((choice) => choice.toLowerCase().startsWith(word.toLowerCase()));
      return this.offer(
        fitting.map((choice) => ({ text: `${choice} `, exact: choice === word, label: choice, options: "", help: "", badge: "" })),
        word,
      );
    }
    if (option.kind === "suggested") return this.ask(command, place, given);
    return this.hide();
  }

  /** Ask Kith what may be meant; an answer to what was typed meanwhile is let go. */
  async ask(command, place, given) {
    this.hide(); // what is shown was offered for what stood there before
    const last = place === command.options.length - 1;
    const word = last ? given.slice(place).join(" ") : given[place];
    const asked = this.box.value;
    const options = command.options.map((option, at) => [option.parameter, at === place ? word : (given[at] ?? "")]);
    const offered = await this.suggest(command.name, command.options[place].parameter, options.slice(0, place + 1));
    if (this.box.value !== asked || document.activeElement !== this.box) return;
    const quoted = (value) => (/\s/.test(value) && !last ? `"${value}"` : value);
    this.offer(
      offered.map(({ label, value }) => ({
        text: `${quoted(value)} `,
        exact: value.toLowerCase() === word.toLowerCase(),
        label,
        options: "",
        help: "",
        badge: "",
      })),
      word,
    );
  }

  explain(command, place) {
    const line = document.createElement("code");
    line.append(`/${command.name}`);
    command.options.forEach((option, at) => {
      const name = option.required ? `<${option.name}>` : `[${option.name}]`;
      line.append(" ", element(at === place ? "b" : "span", name));
    });
    const option = command.options[place];
    const range = option.low === undefined ? "" : ` (${option.low}–${option.high})`;
    this.usage.replaceChildren(line, ` · ${option.help}${range}${option.required ? "" : ` · ${this.words.optional}`}`);
    this.usage.hidden = false;
  }

  offer(offers, typed) {
    this.offers = offers;
    this.typed = typed;
    if (!offers.length) return this.hide();
    this.list.replaceChildren(
      ...offers.map((each, at) => {
        const item = document.createElement("li");
        item.role = "option";
        item.id = `offer-${at}`;
        item.dataset.at = at;
        item.append(element("b", each.label), element("i", each.options), element("span", each.help));
        if (each.badge) item.append(element("em", each.badge));
        return item;
      }),
    );
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    // What is typed in full is sent by Enter; else Enter takes what is offered.
    this.chosen = !offers[0].exact && typed !== "";
    this.select(0);
  }

  select(at) {
    this.at = at;
    [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    this.list.children[at].scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", `offer-${at}`);
  }

  accept(at) {
    const end = this.box.selectionStart;
    const start = end - this.typed.length;
    const text = this.offers[at].text;
    this.box.value = this.box.value.slice(0, start) + text + this.box.value.slice(end);
    this.box.selectionStart = start + text.length;
    this.box.selectionEnd = this.box.selectionStart;
    this.box.focus();
    this.look();
  }

  hide() {
    this.list.hidden = true;
    this.list.replaceChildren(); // nothing stays there to be read that can't be chosen
    this.offers = [];
    this.chosen = false;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}
