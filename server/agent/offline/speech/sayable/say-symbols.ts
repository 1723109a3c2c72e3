/** Signs that are said as words, and signs that are not said. */

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/→|➔|⇒|->|=>/g, ' to '],
  [/\+\/-|±/g, ' plus or minus '],
  [/&/g, ' and '],
  [/(?<=\w) ?\+ ?(?=[\w$€£]|minus)/g, ' plus '],
  [/(?<=[\d\w])\+(?!\w)/g, ' plus '],
  [/(?<![\w])\+ ?(?=\w)/g, ' plus '],
  [/<=|≤/g, ' at most '],
  [/>=|≥/g, ' at least '],
  [/!=|≠/g, ' is not '],
  [/=+/g, ' equals '],
  [/×|(?<=\w) \* (?=\w)/g, ' times '],
  [/÷/g, ' divided by '],
  [/≈|(?<!\w)~ ?(?=\w|[$€£])/g, ' about '],
  [/(?<=\w) ?< ?(?=\w)/g, ' less than '],
  [/(?<=\w) ?> ?(?=\w)/g, ' greater than '],
  [/(?<!\w)< ?(?=\w)/g, ' less than '],
  [/(?<!\w)> ?(?=\d)/g, ' more than '],
  [/%/g, ' percent '],
  [/‰/g, ' per thousand '],
  [/°/g, ' degrees '],
  [/§/g, ' section '],
  [/©/g, ' copyright '],
  [/¢/g, ' cents '],
  [/€/g, ' euros '],
  [/£/g, ' pounds '],
  [/¥/g, ' yen '],
  [/\$/g, ' dollars '],
  [/@/g, ' at '],
  [/√/g, ' the square root of '],
  [/π/g, ' pi '],
  [/∞/g, ' infinity '],
  [/#(?=\s?\d)/g, ' number '],
  [/(?<=\w)\^(?=\w)/g, ' to the power of '],
  [/(?<=\b[A-Z]{1,6})\/(?=[A-Z]{1,6}\b)/g, ' '],
  [/(?<=[a-z]{2}) ?\/ ?(?=[a-z]{2})/gi, ' or '],
  [/(?<=\w) ?\/ ?(?=\w)/g, ' slash '],
  [/[|•·]/g, ', '],
];

/** "#5" is `number 5`, "black/white" `black or white`; what has no name for the ear becomes a space. */
export function saySymbols(text: string): string {
  return WORDS.reduce((said, [sign, word]) => said.replaceAll(sign, word), text);
}
