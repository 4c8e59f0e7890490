// What the pages do better with JavaScript. Everything works without it.
import { createAll, isSupported, Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput } from "./vendor/govuk-frontend.min.js";

const COMPONENTS = [CharacterCount, Checkboxes, PasswordInput];
const DRAFT_PAUSE = 2000;
const page = document.documentElement;
const enhanced = new WeakSet();

function enhance(scope) {
  if (isSupported()) {
    for (const component of COMPONENTS) createAll(component, undefined, { scope, onError: () => {} });
    createAll(Button, { preventDoubleClick: true }, { scope, onError: () => {} });
    createAll(ErrorSummary, undefined, { scope, onError: () => {} });
  }
  once(scope, ".govuk-radios", reveal);
  once(scope, "[data-print]", showPrint);
  once(scope, "[data-quick-day]", showQuickDays);
  once(scope, "form[data-draft]", keepDraft);
  once(scope, "[data-pick-all]", pickAll);
  once(scope, "[data-settles]", settle);
  once(scope, "[data-remask]", remask);
}

function once(scope, selector, act) {
  for (const element of scope.querySelectorAll(selector)) {
    if (enhanced.has(element)) continue;
    enhanced.add(element);
    act(element);
  }
}

// What belongs to one answer shows with it. govuk's own script says aria-expanded on a radio, which no radio may carry.
function reveal(group) {
  const sync = () => group.querySelectorAll("input[data-aria-controls]").forEach((input) => {
    document.getElementById(input.dataset.ariaControls)?.classList.toggle("govuk-radios__conditional--hidden", !input.checked);
  });
  group.addEventListener("change", sync);
  sync();
}

function showPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The buttons 今天 and 昨天 beside a day: data-quick-day names the field, data-day the day they fill in.
function showQuickDays(group) {
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const day = event.target.closest("button")?.dataset.day;
    if (!day) return;
    day.split("-").forEach((part, place) => {
      const input = document.getElementById(group.dataset.quickDay + ["", "-month", "-day"][place]);
      input.value = String(Number(part));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}

function pickAll(box) {
  box.hidden = false;
  const boxes = () => document.querySelectorAll(`input[type="checkbox"][name="${box.dataset.pickAll}"]`);
  box.addEventListener("change", () => boxes().forEach((other) => { other.checked = box.checked; }));
}

// A half-filled form is kept on the server: data-draft is where to; the answer is a sentence for [data-draft-state].
function keepDraft(form) {
  let waiting;
  let sending = false;
  const state = form.querySelector("[data-draft-state]");
  const send = async () => {
    waiting = undefined;
    if (sending) return later();
    sending = true;
    try {
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body: new URLSearchParams(data), credentials: "same-origin", headers: { "X-Requested-With": "yizhan" },
      });
      if (answer.ok && state) state.textContent = await answer.text();
    } catch { /* the next change tries again; the form itself still holds everything */ } finally { sending = false; }
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(send, DRAFT_PAUSE); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(waiting));
}

// A page that was told "not settled yet" asks again by itself: data-settles is how many seconds to wait.
function settle(notice) {
  setTimeout(() => window.location.reload(), 1000 * Number(notice.dataset.settles));
}

// A value that was revealed for a reason is masked again: data-remask is after how many seconds, data-masked what then stands there.
function remask(value) {
  setTimeout(() => { value.textContent = value.dataset.masked; }, 1000 * Number(value.dataset.remask));
}

// The session ends at a time the server knows; we warn before it and count from the last answer we had.
function watchSession() {
  const notice = document.getElementById("session-warning");
  const lasts = Number(page.dataset.sessionSeconds);
  if (!notice || !lasts) return;
  let timer;
  const begin = () => {
    notice.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => { notice.hidden = false; }, Math.max(lasts - 120, 5) * 1000);
  };
  begin();
  document.addEventListener("htmx:afterRequest", begin);
  notice.querySelector("[data-stay]")?.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch(event.currentTarget.dataset.stay, { credentials: "same-origin", redirect: "manual" });
    if (answer.ok) begin(); else window.location.reload();
  });
}

// After a swap the reader stays where they were; if what they held is gone, focus goes to the changed part's heading.
function keepFocus() {
  let held;
  document.addEventListener("htmx:beforeSwap", () => { held = document.activeElement?.id; });
  document.addEventListener("htmx:afterSwap", (event) => {
    const changed = event.detail.elt;
    enhance(changed.isConnected ? changed.parentElement ?? changed : document);
    if (held && document.getElementById(held)) return void document.getElementById(held).focus();
    if (document.activeElement && document.activeElement !== document.body) return;
    const heading = changed.querySelector?.("h1, h2, h3") ?? changed;
    if (!heading.hasAttribute("tabindex")) heading.setAttribute("tabindex", "-1");
    heading.focus({ preventScroll: true });
  });
}

// Shortcuts carry a modifier (WCAG 2.1.4): Alt+1 … Alt+9 are the places of the header, Alt+S the search box.
function shortcuts() {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.code === "KeyS") return void (document.getElementById("search")?.focus(), event.preventDefault());
    const place = /^Digit([1-9])$/.exec(event.code)?.[1];
    const link = place && document.querySelectorAll(".yz-nav a")[place - 1];
    if (link) { event.preventDefault(); link.click(); }
  });
}

document.body.classList.add("js-enabled", "govuk-frontend-supported"); // whoever reads a module can do the rest
enhance(document);
watchSession();
keepFocus();
shortcuts();
