/** What `vite build` puts in. */
interface ImportMeta {
  readonly env: Readonly<Record<'VITE_API_KEY' | 'VITE_AGENT_ID' | 'VITE_SERVER_URL', string>>;
}
