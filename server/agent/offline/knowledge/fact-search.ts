/** The port behind which facts are found, by what they mean or by their words. */

/** What fits a question. */
export interface FoundFacts {
  /** The fact that may be said as the answer, word for word; `null`: nothing fits well enough. */
  answer: string | null;
  /** Without an answer: the fact that comes nearest and may be offered as such; `null`: none is worth a caller's time. */
  nearest: string | null;
  /** What a language model should know to answer, best first; the answer is the first of them. */
  related: readonly string[];
}

/** The facts of one version. */
export interface FactSearch {
  find(question: string): Promise<FoundFacts>;
}
