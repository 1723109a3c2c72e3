/** The page at `/`: the widget on the demo agent, and what to read next. */

/** What the page shows. */
export interface WidgetPage {
  agentId: string;
  agentName: string;
  /** What a visitor may ask it; empty: nothing is said of that. */
  hint: string;
  /** Absent when the demo's key is unknown: the page then says where to put one. */
  publishableKey: string | null;
  /** The address at which this server is seen, and its path. */
  serverUrl: string;
  basePath: string;
}

/** HTML of the page. */
export function widgetPage(page: WidgetPage): string {
  const base = escapeHtml(page.basePath);
  const key = page.publishableKey ?? 'dnx_pk_…';
  const snippet = [
    `<script src="${page.serverUrl}/widget.js" async></script>`,
    `<dialnexa-call`,
    `  api-key="${key}"`,
    `  agent-id="${page.agentId}"`,
    `></dialnexa-call>`,
  ].join('\n');
  const keyNote = page.publishableKey ? 'This key works on this page only.' : '';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Talk to ${escapeHtml(page.agentName)}</title>
    <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}" />
    <style>${WIDGET_PAGE_STYLE}</style>
    <script src="${base}/widget.js" async></script>
  </head>
  <body>
    <main>
      <p class="eyebrow">Web calls to voice agents</p>
      <h1>Talk to ${escapeHtml(page.agentName)}</h1>
      <p class="lead">Press the button, allow the microphone, and say hello. ${escapeHtml(page.hint)}</p>
      <section class="call" aria-label="Call">
        ${
          page.publishableKey
            ? `<dialnexa-call api-key="${escapeHtml(key)}" agent-id="${escapeHtml(page.agentId)}"></dialnexa-call>`
            : `<p>This server no longer knows the demo's publishable key. Make one with
               <code>POST /v1/api-keys</code> and put it into the tag below.</p>`
        }
      </section>
      <section>
        <h2>Put it on your page</h2>
        <pre tabindex="0"><code>${escapeHtml(snippet)}</code></pre>
        <p class="note">${keyNote} Make one for your site with the secret key that the first start printed,
          and put it in its place:</p>
        <pre tabindex="0"><code>${escapeHtml(keyRequest(page.serverUrl))}</code></pre>
      </section>
      <nav aria-label="More">
        <a href="${base}/console/">Call history</a>
        <a href="${base}/docs">REST</a>
        <a href="${base}/openapi.json">OpenAPI</a>
      </nav>
    </main>
  </body>
</html>
`;
}

/** How a site gets a key of its own. */
function keyRequest(serverUrl: string): string {
  const key = {
    name: 'My site',
    kind: 'publishable',
    allowed_origins: ['https://your-site.example'],
  };
  return [
    `curl ${serverUrl}/v1/api-keys \\`,
    `  -H "authorization: Bearer $DIALNEXA_SECRET_KEY" -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(key)}'`,
  ].join('\n');
}

/** Text made safe inside HTML and its attributes. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#0f766e"/><path d="M9 13v6M13 9v14M17 12v8M21 10v12M25 14v4" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>';

/** The page's one inline style; its policy allows it by its hash. */
export const WIDGET_PAGE_STYLE = `
  :root { color-scheme: light dark; --ink: #10211f; --soft: #4b5f5c; --paper: #f4f7f6; --card: #fff;
    --line: #d9e3e1; --accent: #0f766e; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e9f1ef; --soft: #a3b8b4; --paper: #0d1514; --card: #15201e; --line: #263633;
      --accent: #5eead4; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; background: var(--paper); color: var(--ink);
    font: 17px/1.55 system-ui, sans-serif; }
  main { max-width: 44rem; margin: 0 auto; padding: clamp(2rem, 8vh, 6rem) 1.5rem 3rem; }
  .eyebrow { margin: 0; color: var(--accent); font-weight: 600; letter-spacing: 0.04em; }
  h1 { margin: 0.2em 0 0.3em; font-size: clamp(2rem, 6vw, 3rem); line-height: 1.1; }
  h2 { font-size: 1.1rem; margin: 2.5rem 0 0.6rem; }
  .lead { color: var(--soft); font-size: 1.12rem; max-width: 36rem; }
  .note { margin: 1rem 0 0.6rem; color: var(--soft); }
  .call { margin-top: 1.8rem; padding: 1.5rem; min-height: 9rem; background: var(--card);
    border: 1px solid var(--line); border-radius: 1rem; }
  pre { margin: 0; padding: 1rem; overflow-x: auto; background: var(--card);
    border: 1px solid var(--line); border-radius: 0.6rem; font-size: 0.85rem; }
  nav { display: flex; flex-wrap: wrap; gap: 1.5rem; margin-top: 2.5rem; }
  a { color: var(--accent); }
`;
