// Brings the parts of a page that take long to make, once they are near to being seen; without scripts their links lead to them.
const bring = async (link) => {
  const section = link.closest("section");
  const heading = section.getAttribute("aria-labelledby");
  section.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector(`section[aria-labelledby="${heading}"]`);
    if (found?.querySelector(":scope > .nothing")) {
      section.remove();
    } else if (found) {
      found.querySelector("h2").classList.remove("hidden");
      section.replaceWith(document.adoptNode(found));
    }
  } catch {
    // The link stays.
  } finally {
    section.removeAttribute("aria-busy");
  }
};

export const start = () => {
  const watch = new IntersectionObserver(
    (seen) => {
      for (const one of seen.filter((each) => each.isIntersecting)) {
        watch.unobserve(one.target);
        bring(one.target);
      }
    },
    { rootMargin: "800px" },
  );
  document.querySelectorAll("[data-late]").forEach((one) => watch.observe(one));
};
