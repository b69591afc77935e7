// Makes tables searchable and sortable. The page says everything without it.
(() => {
  const digits = text => text.replace(/[๐-๙]/g, digit => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit));
  const plain = text => digits(text).toLowerCase().replace(/\s+/g, " ").trim();
  const number = text => /^-?[\d,]+(\.\d+)?$/.test(text) ? Number(text.replaceAll(",", "")) : null;
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const labelled = (element, thai, english) => { element.textContent = thai; element.dataset.en = english; return element; };

  // The cell of a row that lies in a column, whatever spans stand before it.
  const cellAt = (row, column) => { let place = 0; for (const cell of row.cells) { place += cell.colSpan; if (place > column) return cell; } };

  // Each head cell that names one column, with the number of that column.
  const heads = table => {
    const taken = [], found = [];
    [...table.tHead.rows].forEach((row, level) => {
      let column = 0;
      for (const cell of row.cells) {
        while (taken[level]?.[column]) column++;
        for (let below = level; below < level + cell.rowSpan; below++) for (let right = column; right < column + cell.colSpan; right++) (taken[below] ??= [])[right] = true;
        if (cell.colSpan === 1) found.push([cell, column]);
        column += cell.colSpan;
      }
    });
    return found;
  };

  for (const table of document.querySelectorAll("main table")) {
    const body = table.tBodies[0], order = [...body.rows], lines = order.filter(row => row.className === "line");
    if (lines.length < 5) continue;
    let sorted = null, direction = 1, wanted = "";
    const search = made("input", { type: "search", autocomplete: "off" });
    const status = made("span", { className: "found", role: "status" });
    const label = made("label", { className: "search" });
    label.append(labelled(made("span", {}), "ค้นหาในตาราง", "Search this table"), search, status);
    table.closest(".scroll").before(label);

    const show = () => {
      const flat = sorted !== null;
      const compare = (a, b) => {
        const [x, y] = [a, b].map(row => plain(cellAt(row, sorted)?.textContent ?? "")), [m, n] = [number(x), number(y)];
        return direction * (m !== null && n !== null ? m - n : x.localeCompare(y, "th"));
      };
      const rows = flat ? [...[...lines].sort(compare), ...order.filter(row => row.className !== "line")] : order;
      let shown = 0;
      for (const row of rows) {
        const line = row.className === "line";
        row.hidden = line ? !plain(row.textContent).includes(wanted) : row.className !== "total" && (flat || wanted !== "");
        shown += line && !row.hidden;
        body.append(row);
      }
      status.textContent = wanted ? `${shown} / ${lines.length}` : "";
    };
    search.addEventListener("input", () => { wanted = plain(search.value); show(); });
    for (const [cell, column] of heads(table)) {
      const button = made("button", { type: "button" });
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        if (sorted !== column) [sorted, direction] = [column, 1]; else if (direction === 1) direction = -1; else sorted = null;
        for (const [other, place] of heads(table)) other.ariaSort = place === sorted ? (direction === 1 ? "ascending" : "descending") : null;
        show();
      });
    }
  }

  if (matchMedia("(max-width: 47.99rem)").matches) document.querySelector("nav details").open = false;
})();
