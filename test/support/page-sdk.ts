/** Puts the SDK into a page, as a module script of the site would. */
import type { Frame, Page } from 'playwright-core';

/** Loads `/sdk.js` of a server and makes its exports global. */
export async function putSdk(page: Page | Frame, serverUrl: string): Promise<void> {
  const address = JSON.stringify(`${serverUrl}/sdk.js`);
  // As text: `import()` in a function would be the test runner's own.
  await page.evaluate(`import(${address}).then((sdk) => void Object.assign(globalThis, sdk))`);
}
