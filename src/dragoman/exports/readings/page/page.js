
"use strict";
(() => {
  const wide = window.matchMedia("(min-width: 60rem)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const behavior = () => (calm.matches ? "auto" : "smooth");
  const article = (fact) => document.getElementById(fact.dataset.article);
  const words = (fact) => [...article(fact).querySelectorAll(`[data-f~="${fact.id}"]`)];
  let held = null;
  let shown = null;

  const dim = () => document.querySelectorAll(".lit").forEach((piece) => piece.classList.remove("lit", "key"));

  const light = (fact) => {
    dim();
    shown = fact;
    if (!fact) return;
    for (const piece of words(fact)) {
      piece.classList.add("lit");
      if ((piece.dataset.k || "").split(" ").includes(fact.id)) piece.classList.add("key");
    }
  };

  const first = (fact) => {
    const pieces = words(fact);
    return pieces.find((piece) => (piece.dataset.k || "").split(" ").includes(fact.id)) || pieces[0];
  };

  // Beside each other, only the pane of the text moves: what is under the pointer stays there.
  const reveal = (fact) => {
    const piece = first(fact);
    const pane = piece && piece.closest(".text");
    if (!pane || !wide.matches) return;
    const outer = pane.getBoundingClientRect();
    const top = Math.max(outer.top, 0);
    const bottom = Math.min(outer.bottom, window.innerHeight);
    const inView = (one) => {
      const inner = one.getBoundingClientRect();
      return inner.top >= top && inner.bottom <= bottom;
    };
    if (words(fact).some(inView)) return;
    pane.scrollTo({ top: pane.scrollTop + piece.getBoundingClientRect().top - top - (bottom - top) / 3, behavior: behavior() });
  };

  // What stays lit when nothing is pointed at: the fact that is held, or else the one that the keyboard is on.
  const atRest = () => held || (document.activeElement && document.activeElement.closest(".fact"));

  const hold = (fact) => {
    if (held) held.classList.remove("held");
    held = fact;
    if (fact) fact.classList.add("held");
    light(fact);
  };

  const toFact = (piece) => {
    const ids = piece.dataset.f.trim().split(" ");
    const next = held ? (ids.indexOf(held.id) + 1) % ids.length : 0;
    const fact = document.getElementById(ids[next]);
    if (!fact) return;
    hold(fact);
    const link = fact.querySelector("a.name");
    if (link) link.focus({ preventScroll: true });
    fact.scrollIntoView({ block: "nearest", behavior: behavior() });
  };

  const toWords = (fact) => {
    hold(fact);
    const piece = first(fact);
    if (!piece) return;
    if (piece.matches("a")) piece.focus({ preventScroll: true });
    if (wide.matches) reveal(fact);
    else piece.scrollIntoView({ block: "center", behavior: behavior() });
  };

  document.addEventListener("mouseover", (event) => {
    const fact = event.target.closest(".fact");
    if (fact === shown) return;
    if (fact) {
      light(fact);
      reveal(fact);
    } else if (shown !== atRest()) light(atRest());
  });
  document.addEventListener("focusin", (event) => {
    const fact = event.target.closest(".fact");
    if (!fact) return;
    light(fact);
    reveal(fact);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.closest(".fact")) light(held);
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || String(window.getSelection()) !== "") return;
    const piece = event.target.closest("a.m");
    if (piece) {
      event.preventDefault();
      toFact(piece);
      return;
    }
    const fact = event.target.closest(".fact");
    if (!fact) return;
    event.preventDefault();
    toWords(fact);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hold(null);
  });
  document.querySelectorAll(".hint").forEach((hint) => { hint.hidden = false; });
})();
