/** A plugin of rollup: `livekit-client` from its TypeScript, without what a voice call never uses. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  LIVEKIT_VERSION,
  REPLACED,
  SILENT_LEVELS,
  STAND_INS,
  UNDEFINED_FIELDS,
} from './never-used.mjs';
import { edited, walk } from './syntax.mjs';
import { withoutTypes } from './without-types.mjs';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const SOURCE = `${MODULES}livekit-client/src/`;

/** LiveKit's published TypeScript bundles smaller than its prebuilt file, which hides what is unused. */
export function livekitFromSource() {
  return {
    name: 'livekit-from-source',
    buildStart() {
      const { version } = JSON.parse(readFileSync(`${MODULES}livekit-client/package.json`, 'utf8'));
      if (version !== LIVEKIT_VERSION) {
        this.error(`livekit-client ${version}: never-used.mjs speaks of ${LIVEKIT_VERSION}`);
      }
    },
    resolveId(id) {
      if (id === 'livekit-client') return `${SOURCE}index.ts`;
      return id.startsWith('livekit-client/src/') ? MODULES + id : null;
    },
    load(id) {
      const file = STAND_INS[id.replace(MODULES, '')];
      if (!file) return null;
      return readFileSync(new URL(`stand-ins/${file}`, import.meta.url), 'utf8');
    },
    async transform(code, id) {
      if (id === `${MODULES}livekit-client/package.json`) {
        return { code: `export const version = '${LIVEKIT_VERSION}';`, map: null };
      }
      if (!id.startsWith(SOURCE) || STAND_INS[id.replace(MODULES, '')]) return null;
      const plain = await withoutTypes(code, id);
      const replaced = withReplaced.call(this, plain.code, id.slice(SOURCE.length));
      return { code: withoutUnused(replaced, this.parse(replaced)), map: null };
    },
  };
}

/** Fails where LiveKit's code is not the one that `REPLACED` was written for. */
function withReplaced(code, name) {
  return (REPLACED[name] ?? []).reduce((text, [part, other]) => {
    const changed = text.replaceAll(part instanceof RegExp ? new RegExp(part, 'g') : part, other);
    if (changed === text) this.error(`${name} of livekit-client has no ${part} any more`);
    return changed;
  }, code);
}

/** Without silent log lines, and with `undefined` for fields that stay so. */
function withoutUnused(code, ast) {
  const edits = [];
  walk(ast, (node, parent, key) => {
    if (node.type === 'ExpressionStatement' && isSilent(node.expression)) {
      edits.push([node.start, node.end, ';']);
    } else if (isSilent(node)) {
      // What is called as a function's whole body, as in `catch((e) => log.warn(e))`.
      edits.push([node.start, node.end, '(void 0)']);
    }
    if (node.type !== 'MemberExpression' || !isUndefined(node)) return;
    if (parent.type !== 'AssignmentExpression' || key !== 'left') {
      edits.push([node.start, node.end, '(void 0)']);
    } else {
      // What was assigned is undefined as well, or without effect.
      edits.push([parent.start, parent.end, '(void 0)']);
    }
  });
  return edited(code, edits);
}

function isUndefined({ computed, property }) {
  return !computed && UNDEFINED_FIELDS.includes(property.name);
}

/** A call of a logger's method, of which nothing is seen. */
function isSilent(expression) {
  const { type, callee } =
    expression.type === 'ChainExpression' ? expression.expression : expression;
  if (type !== 'CallExpression' || callee.type !== 'MemberExpression' || callee.computed)
    return false;
  const { object, property } = callee;
  const name = object.type === 'MemberExpression' ? object.property.name : object.name;
  return (
    SILENT_LEVELS.includes(property.name) &&
    /^(log|logger|livekitLogger|iceLog|statsLog)$/.test(name)
  );
}
