// The theme that the server knows from the site's cookie; and, on a phone, what each cell of a row is about.
"use strict";
document.documentElement.dataset.theme = document.currentScript.dataset.theme;

document.addEventListener("DOMContentLoaded", () => {
  const tables = "#result_list, .tabular table, .import-preview, #change-history table, table#change-history";
  document.querySelectorAll(tables).forEach((table) => {
    const labels = Array.from(table.querySelectorAll("thead th"), (head) => (head.querySelector(".text") || head).textContent.trim());
    table.querySelectorAll("tbody > tr").forEach((row) => {
      Array.from(row.cells).forEach((cell, place) => { cell.dataset.label = labels[place] || ""; });
    });
  });
});
