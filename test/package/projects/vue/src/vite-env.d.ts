interface ImportMetaEnv {
  readonly VITE_API_KEY: string;
  readonly VITE_AGENT_ID: string;
  readonly VITE_SERVER_URL: string;
}
