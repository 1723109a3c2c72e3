/** Names under which strangers have names: `*.co.uk` and `*.github.io` are nobody's own. */

/** What countries put before their own two letters. */
const GENERIC = new Set(
  'ac co com edu gob gouv gov go gv ltd me mil ne net nhs nom or org plc sch'.split(' '),
);

/** Hosters that give each customer a name under theirs. */
const HOSTERS: readonly string[] = (
  'amplifyapp.com appspot.com azurestaticapps.net azurewebsites.net blogspot.com bubbleapps.io cloudfront.net ' +
  'codesandbox.io deno.dev firebaseapp.com fly.dev framer.app framer.website github.dev github.io gitlab.io glitch.me ' +
  'herokuapp.com lovable.app myshopify.com netlify.app ngrok-free.app ngrok-free.dev ngrok.app ngrok.dev ngrok.io ' +
  'onrender.com pages.dev railway.app replit.app replit.dev run.app s3.amazonaws.com squarespace.com stackblitz.io ' +
  'surge.sh trycloudflare.com vercel.app web.app webflow.io weebly.com wixsite.com wordpress.com workers.dev'
).split(' ');

/**
 * Whether names under `name` belong to more than one owner, as far as can be told without the list of all such names,
 * which has 10,000 and changes every week: a generic word under a country (`co.uk`), or one of the large hosters.
 */
export function isSharedSuffix(name: string): boolean {
  const [word = '', country = '', ...more] = name.split('.');
  const isCountrys = more.length === 0 && country.length === 2 && GENERIC.has(word);
  return isCountrys || HOSTERS.includes(name);
}
