// Lights up what is pointed at: in an article the words of a fact (#c120-188 are its characters), in two reports the facts that both have.
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const dim = () => document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));

const range = (hash) => {
  const found = /^#c(\d+)-(\d+)$/.exec(hash);
  return found && [Number(found[1]), Number(found[2])];
};

const pieces = ([start, end]) =>
  [...document.querySelectorAll(".words [data-s]")].filter((one) => Number(one.dataset.s) < end && Number(one.dataset.e) > start);

const lightHash = () => {
  const wanted = range(window.location.hash);
  if (!wanted) return;
  dim();
  const lit = pieces(wanted);
  lit.forEach((one) => one.classList.add("lit"));
  if (lit.length) lit[0].scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
};

const together = (event) => {
  const at = event.target.closest("[data-fact]");
  if (!at) return;
  dim();
  for (const one of document.querySelectorAll("[data-fact]")) {
    if (one.dataset.fact === at.dataset.fact) one.classList.add("lit");
  }
};

const wordsOf = (event) => {
  const fact = event.target.closest(".factlist li");
  if (!fact) return;
  dim();
  for (const link of fact.querySelectorAll("a[href^='#c']")) {
    const wanted = range(link.getAttribute("href"));
    if (wanted) pieces(wanted).forEach((one) => one.classList.add("lit"));
  }
};

export const start = () => {
  window.addEventListener("hashchange", lightHash);
  lightHash();
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, together);
    document.addEventListener(kind, wordsOf);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dim();
  });
};
