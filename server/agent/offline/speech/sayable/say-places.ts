/** What stands in postal addresses of the United States: points of the compass and states. */
import { anyOf, wordTable } from './word-table.js';

const COMPASS: Record<string, string> = { N: 'North', S: 'South', E: 'East', W: 'West' };
const STATES = wordTable(`
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC D C|FL Florida|GA Georgia
HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts
MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico
NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina
SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming
`);
const STATE = new RegExp(String.raw`(?<=[a-z],? )(${anyOf(STATES)}),? (?=\d{5}(?!\d))`, 'g');
const POINT = /(?<=\d )([NSEW])\.? (?=[A-Z][a-z]|\d{1,3}(?:st|nd|rd|th)\b)/g;

/** "15 N. 5th St., Springfield, IL 62701": `North` and `Illinois`; a state is told by the ZIP code behind it. */
export function sayPlaces(text: string): string {
  return text
    .replaceAll(STATE, (_all, state: string) => `${STATES.get(state) ?? state}, `)
    .replaceAll(POINT, (_all, point: string) => `${COMPASS[point] ?? point} `);
}
