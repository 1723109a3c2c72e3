/** Types of `source-program.mjs`, as far as tests use it. */
import type ts from 'typescript';

/** The public sources as TypeScript reads them. */
export declare class SourceProgram {
  readonly checker: ts.TypeChecker;
  /** `entries`: paths from `root`. */
  constructor(root: string, entries: readonly string[]);
  /** What `path` exports, under the names that it gives. */
  exports(path: string): ts.Symbol[];
  /** The symbol itself, of one that is exported from elsewhere. */
  original(symbol: ts.Symbol): ts.Symbol;
  /** The comment without its tags. */
  comment(symbol: ts.Symbol): string;
}
