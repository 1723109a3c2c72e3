/** Words that hardly ever follow an initial or an abbreviation inside a sentence. */
const STARTER =
  /^\s+(?:We|You|They|He|She|It|The|This|That|These|But|And|Our|Your|Please|If|In|I|There|Then|So|For|Is|Are|Do|Can|What|Thanks?|Yes|No|Next|Now|A|An|My|When|Press|Choose|To|At|How|Shall|Would|Could|May|Let)(?=\W|$)/;

/** Whether what follows a full stop is a new sentence even where a single capital or an abbreviation stands before it. */
export function startsAnew(after: string): boolean {
  return STARTER.test(after);
}
