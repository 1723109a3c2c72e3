/** Single letters and words of capitals: which are spelled, which are read. */
import { sayMatches } from './say-matches.js';

/** Capitals that are read as a word, as they stand here or in small letters. */
const READ = new Set(
  `NASA NATO PIN UNESCO UNICEF OPEC AIDS SCUBA LASER RADAR SIM RAM ROM GIF JPEG BIOS LAN WAN SWAT FIFA UEFA NAFTA IKEA
  COVID ZIP HIPAA OSHA FEMA CAPTCHA SONAR TASER GUI WASP YOLO JSON YAML SAP NABU FICA COBRA IRA MOMA UNIX AMEX VISA NEXA CAD VAT NICE`.split(
    /\s+/,
  ),
);
/** Short words that are written in capitals to stress them, and never are an abbreviation. */
const STRESSED = new Set(
  `A I AM AN AND ANY ARE AS AT BE BUT BY CAN DO DONT FOR FREE FROM GET GO HAS HAVE HE HER HIM HIS HOW IF IN IS JUST LIKE
  MAY MUST MY NEVER NEW NO NOT NOW OF OFF ON ONE ONLY OPEN OR OUR OUT SALE SHE SHOP SO STOP THAT THE THEM THEN THIS TO TOO
  TWO UP VERY WAS WAY WE WHAT WHEN WHERE WHO WHY WILL WITH YES YET YOU YOUR BOTH CALL EACH HERE HELP KEEP LAST LATE LOT MORE
  MOST MUCH NEED NEXT NONE PLEASE PUSH READ REAL SAFE SAME SAVE SEE SOME SOON SURE TAKE TELL THERE THEY TIME TURN USE WAIT
  WANT WARN WORK NOTE TRUE FALSE BIG TOP END ALL ASK BAD BEST BUY DAY DONE EASY EVEN EVER EVERY FAST FULL GOOD GREAT HOT
  HIGH LOW HARD LESS LIVE LONG LOVE MAKE MAIN NICE OLD OVER PAY RUN SAY SET SHORT SLOW SUPER TODAY TRY UNTIL UNDER WEEK
  WOW YEAR HELLO ALSO AFTER AGAIN BACK BEFORE ABOUT ALERT DID DOES DOWN ENTER FINAL FIRST MINUS PLUS ZERO THANK HAPPY`.split(
    /\s+/,
  ),
);
/** Words with letters inside that are spelled, and words that are written oddly. */
const ODD: Record<string, string> = {
  OK: 'okay',
  PhD: 'P H D',
  iOS: 'I O S',
  macOS: 'mac O S',
  WiFi: 'Wi-Fi',
  Wifi: 'Wi-Fi',
  wifi: 'Wi-Fi',
  IoT: 'I O T',
  SaaS: 'sass',
  eSIM: 'E sim',
  LaTeX: 'lay-tech',
  'e-mail': 'email',
  'E-mail': 'email',
  'e-mails': 'emails',
  'E-mails': 'emails',
};
const SHORT_WORDS = new Set(
  'am an as at be by co do go hi if in is it me my no of on or so to up us we'.split(' '),
);
const LONGEST_SPELLED = 5;

/** "API" is `A P I`: what a recogniser and a listener take for spelling. Other signs are skipped. */
export function spelled(letters: string): string {
  return Array.from(letters.toUpperCase().replaceAll(/[^A-Z]/g, '')).join(' ');
}

/** A lone run of letters out of a code, an address or a file name: a word if one can say it. */
export function lettersOrWord(run: string): string {
  if (READ.has(run) || SHORT_WORDS.has(run)) return run;
  if (run.length > 1 && /^[A-Z]+$/.test(run) && run.length <= LONGEST_SPELLED) return spelled(run);
  if (run.length <= 2 || !/[aeiouy]/i.test(run)) return run.length > 12 ? run : spelled(run);
  return run;
}

/** Acronyms, initials, letters with dots or hyphens between, capitals that only stress, and "A" that begins a sentence. */
export function sayLetters(text: string): string {
  const isShouted = shouts(text);
  const plain = text
    .replaceAll(/(?<![\w'-])(?:[A-Za-z]-){2,30}[A-Za-z](?![\w-])/g, (letters) =>
      Array.from(letters.toUpperCase().replaceAll('-', '')).join(', '),
    )
    .replaceAll(
      /(?<![\w'])(?:e-?mails?|E-mails?|PhD|iOS|macOS|[Ww]ifi|WiFi|IoT|SaaS|eSIM|LaTeX|OK)(?!\w)/g,
      (word) => ODD[word] ?? word,
    )
    .replaceAll(
      /(?<![A-Za-z])((?!(?:Mc|Mac|De|La|Di|Le|Van|Von|Du)[A-Z])[A-Z]?[a-z]{1,20})(?=[A-Z][a-zA-Z])/g,
      '$1 ',
    );
  const apart = sayMatches(
    plain,
    /(?<![\w'])([A-Z]{2,40})(s?)('s)?(?![\w])/g,
    ([all = '', capitals = '', many = '', owner = '']) =>
      sayCapitals(all, capitals, many || owner ? "'s" : '', isShouted),
  );
  const letters = apart
    .replaceAll(/(?<![\w'.-])([b-hj-z])(?=-[A-Za-z])|(?<![\w'-])([b-hj-z])(?![\w'-])/g, (letter) =>
      letter.toUpperCase(),
    )
    .replaceAll(/(?<![\w'-])i(?![\w-])/g, 'I');
  return letters.replaceAll(
    /(?<=^|[.!?:]\s)A(?= (?!(?:is|and|or|to|dot|underscore|dash|plus|at|slash|minus|equals)\b)[A-Za-z]{2})/g,
    'a',
  );
}

function sayCapitals(all: string, capitals: string, ending: string, isShouted: boolean): string {
  if (READ.has(capitals)) return all;
  if (STRESSED.has(capitals) && capitals.length > 1) return all.toLowerCase();
  if (capitals.length > LONGEST_SPELLED) return all.toLowerCase();
  if (isShouted && capitals.length > 3 && /[AEIOUY]/.test(capitals)) return all.toLowerCase();
  return spelled(capitals) + ending;
}

/** Whether a sentence is written in capitals altogether, so that these tell nothing. */
function shouts(text: string): boolean {
  const words = text.match(/[A-Za-z]{2,}/g) ?? [];
  const loud = words.filter((word) => word === word.toUpperCase()).length;
  return words.length >= 3 && loud * 4 >= words.length * 3;
}
