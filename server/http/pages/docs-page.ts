/** The page that shows the OpenAPI document, from files of this server alone. */

/** HTML of `/docs`; `basePath` stands before every address. */
export const docsPage = (basePath: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>DialNexa web calls: REST</title>
    <link rel="stylesheet" href="${basePath}/docs/swagger-ui.css" />
    <link rel="icon" href="${basePath}/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${basePath}/docs/swagger-ui-bundle.js"></script>
    <script src="${basePath}/docs/open.js"></script>
  </body>
</html>
`;

/** Script of the page, in a file of its own so that the policy needs no exception. */
export const docsScript = (
  basePath: string,
): string => `// Swagger UI hands on markup that it has purified, as plain text; no script comes this way.
if (globalThis.trustedTypes) trustedTypes.createPolicy('default', { createHTML: (html) => html });
SwaggerUIBundle({
  url: ${JSON.stringify(`${basePath}/openapi.json`)},
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
`;

/** The only files of swagger-ui-dist that are served. */
export const DOCS_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
