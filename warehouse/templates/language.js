// Switches each text that has an English one to it and back. The page says everything in Thai without it.
(() => {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "language", textContent: "English", lang: "en" });
  button.addEventListener("click", () => {
    const english = button.lang === "en";
    for (const element of document.querySelectorAll("[data-en]")) {
      element.dataset.th ??= element.textContent;
      element.textContent = english ? element.dataset.en : element.dataset.th;
      element.lang = english ? "en" : "th";
    }
    Object.assign(button, { lang: english ? "th" : "en", textContent: english ? "ภาษาไทย" : "English" });
  });
  document.querySelector("header, main").prepend(button);
})();
