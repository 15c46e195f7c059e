// The theme that the server knows from the site's cookie; what to do with an empty choice, and its name for those who hear
// the page; and, on a phone, what each cell of a row is about.
"use strict";
const words = document.currentScript.dataset;
document.documentElement.dataset.theme = words.theme;

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("select.admin-autocomplete").forEach((choice) => { choice.dataset.placeholder = words.choose; });
  const tables = "#result_list, .tabular table, .import-preview, #change-history table, table#change-history";
  document.querySelectorAll(tables).forEach((table) => {
    const labels = Array.from(table.querySelectorAll("thead th"), (head) => (head.querySelector(".text") || head).textContent.trim());
    table.querySelectorAll("tbody > tr").forEach((row) => {
      Array.from(row.cells).forEach((cell, place) => { cell.dataset.label = labels[place] || ""; });
    });
  });
});

function nameChoices() {
  document.querySelectorAll("select.admin-autocomplete + .select2 .select2-selection").forEach((choice) => {
    const field = choice.closest(".select2").previousElementSibling;
    const label = document.querySelector(`label[for="${field.id}"]`);
    const shown = choice.querySelector(".select2-selection__rendered[id]");
    if (!label || !shown) return;
    label.id = `${field.id}_label`;
    shown.setAttribute("aria-labelledby", label.id);
    choice.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  });
}
window.addEventListener("load", () => { if (window.django && django.jQuery) django.jQuery(nameChoices); }); // once they are made
document.addEventListener("formset:added", () => setTimeout(nameChoices));
