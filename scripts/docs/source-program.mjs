/** The public sources as TypeScript reads them: names, shapes and comments. */
import { join } from 'node:path';
import ts from 'typescript';

export class SourceProgram {
  constructor(root, entries) {
    this.root = root;
    this.program = ts.createProgram(
      entries.map((entry) => join(root, entry)),
      {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        noEmit: true,
        strict: true,
        skipLibCheck: true,
        types: [],
      },
    );
    this.checker = this.program.getTypeChecker();
  }

  /** What `path` exports, under the names that it gives. */
  exports(path) {
    const source = this.program.getSourceFile(join(this.root, path));
    return this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(source));
  }

  /** The symbol that `path` exports under `name`. */
  exported(path, name) {
    const symbol = this.exports(path).find((one) => one.name === name);
    if (!symbol) throw new Error(`${path} does not export ${name}`);
    return this.original(symbol);
  }

  /** The symbol itself, of one that is exported from elsewhere. */
  original(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  /** The comment without its tags. */
  comment(symbol) {
    return ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
  }

  /** What a tag of the comment says, e.g. `throws`. */
  tag(symbol, name) {
    const tag = symbol.getJsDocTags(this.checker).find((one) => one.name === name);
    return tag ? ts.displayPartsToString(tag.text) : null;
  }

  /** Members in the order of the source, without private ones. */
  members(symbol) {
    const [declaration] = symbol.declarations;
    return declaration.members
      .filter((member) => member.name && !ts.isPrivateIdentifier(member.name))
      .filter((member) => !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private))
      .map((member) => ({
        name: member.name.getText(),
        member,
        symbol: this.checker.getSymbolAtLocation(member.name),
      }));
  }

  /** A type that users can import by its name, else the names of what is in it. */
  shape(type) {
    const name = type.aliasSymbol?.name ?? (type.isClass() ? type.symbol.name : undefined);
    if (name) return name;
    const names = this.checker.getPropertiesOfType(type).map((property) => property.name);
    return `{ ${names.join(', ')} }`;
  }
}
