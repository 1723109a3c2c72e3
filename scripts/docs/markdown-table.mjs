/** Tables of Markdown. */

/** A cell of text that may hold what would end it, and stands in one line. */
export function cell(text) {
  return text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}

export function code(text) {
  return `\`${cell(text)}\``;
}

/** `rows` are arrays of cells. */
export function markdownTable(head, rows) {
  const lines = [head, head.map(() => '-'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}
