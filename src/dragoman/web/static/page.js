// What a page gains where scripts run: the parts that it has are looked for, and only their modules are fetched.
const wanted = [
  [".words, [data-fact], [data-late]", "./light.js"],
  ["[data-late]", "./late.js"],
  ["[data-picture]", "./picture.js"],
];
for (const [selector, module] of wanted) {
  if (document.querySelector(selector)) import(module).then((one) => one.start());
}
