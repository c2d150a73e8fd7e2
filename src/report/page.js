// Lights up what belongs together. A class p7 marks all that has to do with place 7, c0 all of CNN 0, g3 group 3 of
// an experiment; what lies under
// the pointer or has the focus decides. Without this script the page says the same in its tables.
(() => {
  "use strict";
  const main = document.querySelector("main");
  let lit = "";

  const keyOf = (element) => {
    for (let e = element; e && e !== main; e = e.parentElement) {
      const found = /(?:^|\s)([pcg]\d+)(?=\s|$)/.exec(e.getAttribute("class") || "");
      if (found) return found[1];
    }
    return "";
  };

  const light = (key) => {
    if (key === lit) return;
    lit = key;
    for (const e of main.querySelectorAll(".lit")) e.classList.remove("lit");
    main.classList.toggle("lighting", key !== "");
    if (key) for (const e of main.getElementsByClassName(key)) e.classList.add("lit");
  };

  for (const row of main.querySelectorAll("tr[class]")) row.tabIndex = 0;
  main.addEventListener("mouseover", (event) => light(keyOf(event.target)));
  main.addEventListener("mouseleave", () => light(""));
  main.addEventListener("focusin", (event) => light(keyOf(event.target)));
  main.addEventListener("focusout", () => light(""));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light("");
  });
})();
