/** A plugin of rollup: takes the indents out of the styles and the markup in our templates, and comments out of styles. */
import { edited, walk } from './syntax.mjs';

/** For the modules that `isOwn` names by their file. */
export function withoutIndents(isOwn) {
  return {
    name: 'without-indents',
    transform(code, id) {
      if (!isOwn(id) || !/\b(?:css|html|svg) ?`/.test(code)) return null;
      const edits = [];
      walk(this.parse(code), ({ type, tag, quasi }) => {
        if (type !== 'TaggedTemplateExpression') return;
        const shorter = { css: ofStyles, html: ofMarkup, svg: ofMarkup }[tag.name];
        if (!shorter) return;
        for (const { start, end } of quasi.quasis) {
          edits.push([start, end, shorter(code.slice(start, end))]);
        }
      });
      return { code: edited(code, edits), map: null };
    },
  };
}

/** In markup the end of a line may stand for a space. */
function ofMarkup(text) {
  return text.replace(/\s*\n\s*/g, '\n');
}

function ofStyles(text) {
  return text
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?|(:) /g, '$1$2')
    .replaceAll(';}', '}');
}
