/** A plugin of rollup: Lit without a policy of Trusted Types of its own. */
import { fileURLToPath } from 'node:url';

const TEMPLATE_PARSER = fileURLToPath(
  new URL('../../widget/bundle/parse-template.ts', import.meta.url),
);
/** What Lit does with a text of HTML, and with the names of bound attributes, which scripts may not set. */
const LIT_PARTS = [
  [/(\w+)\?\1\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\):void 0/, 'void 0'],
  [
    /(static createElement\((\w+),\w+\)\{)[^{}]*\.innerHTML=[^{}]*\}/,
    '$1return parseTemplate($2)}',
  ],
  ['="$lit$"', '="-lit-"'],
];

/** A policy of Lit's own cannot be made on pages that do not name it, and takes its name from a Lit of theirs. */
export function litWithoutPolicy() {
  return {
    name: 'lit-without-policy',
    transform(code, id) {
      if (!id.endsWith('/lit-html/lit-html.js')) return null;
      const built = LIT_PARTS.reduce((text, [part, other]) => {
        const replaced = text.replace(part, other);
        if (replaced === text) this.error(`lit-html has no ${part} any more`);
        return replaced;
      }, code);
      const from = JSON.stringify(TEMPLATE_PARSER);
      return { code: `import { parseTemplate } from ${from};\n${built}`, map: null };
    },
  };
}
