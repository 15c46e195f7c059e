// On a slow line somebody types or ticks before the scripts are here: that is heard as soon as they are.
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("#main input")) {
    if (field.value !== field.defaultValue || field.checked !== field.defaultChecked) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
});
