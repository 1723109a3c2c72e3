/** How `dist/custom-elements.json` is made: the public surface of the element, at the paths of the package. */

const PUBLIC = /^widget\/(dialnexa-call|define|placement|events\/[\w-]+-event)\.ts$/;

/** Drops what nobody outside can use, and names files as the package ships them. */
const publicSurface = {
  name: 'public-surface',
  packageLinkPhase({ customElementsManifest }) {
    const modules = customElementsManifest.modules.filter(({ path }) => PUBLIC.test(path));
    const declarations = modules.flatMap((part) => part.declarations);
    const events = declarations.flatMap(eventOf);
    for (const declaration of declarations) {
      const { members } = declaration;
      if (members) declaration.members = members.filter(({ name }) => !name.startsWith('#'));
      if (declaration.customElement) declaration.events = events;
    }
    customElementsManifest.modules = JSON.parse(
      JSON.stringify(modules).replace(
        /"(\/?)widget\/([\w./-]+)\.(?:ts|js)"/g,
        '"$1dist/widget/$2.js"',
      ),
    );
  },
};

/** The event of a class that is one. */
function eventOf({ name, description, members = [] }) {
  const given = members.find((member) => member.name === 'eventName')?.default;
  const event = /^'(dialnexa-[\w-]+)'/.exec(given ?? '')?.[1];
  return event ? [{ name: event, type: { text: name }, description }] : [];
}

export default {
  globs: ['widget/**/*.ts'],
  exclude: ['widget/bundle/**'],
  outdir: 'dist',
  litelement: true,
  plugins: [publicSurface],
};
