/** How `dist/custom-elements.json` is made: the public surface of the element, at the paths of the package. */

const PUBLIC = /^widget\/(dialnexa-call|define|placement|events\/[\w-]+-event)\.ts$/;

/** Drops what nobody outside can use, and names files as the package ships them. */
const publicSurface = {
  name: 'public-surface',
  packageLinkPhase({ customElementsManifest }) {
    const modules = customElementsManifest.modules.filter(({ path }) => PUBLIC.test(path));
    for (const part of modules) {
      for (const declaration of part.declarations) {
        const { members, events } = declaration;
        if (members) declaration.members = members.filter(({ name }) => !name.startsWith('#'));
        if (events) {
          declaration.events = events.filter(({ name }) => name.startsWith('dialnexa-'));
        }
      }
    }
    customElementsManifest.modules = JSON.parse(
      JSON.stringify(modules).replace(
        /"(\/?)widget\/([\w./-]+)\.(?:ts|js)"/g,
        '"$1dist/widget/$2.js"',
      ),
    );
  },
};

export default {
  globs: ['widget/**/*.ts'],
  exclude: ['widget/bundle/**'],
  outdir: 'dist',
  litelement: true,
  plugins: [publicSurface],
};
