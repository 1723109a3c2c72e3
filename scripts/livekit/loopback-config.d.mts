/** Types of `loopback-config.mjs`, which runs before anything is compiled. */
/** What `loopbackConfig` needs to know. */
export interface LoopbackSettings {
  port: number;
  udpPort: number;
  /** 0 for none. */
  tcpPort: number;
  apiKey: string;
  apiSecret: string;
  webhookUrl?: string | null;
  /** Default `info`. */
  logLevel?: string;
}
/** The configuration with which livekit-server keeps to 127.0.0.1. */
export declare function loopbackConfig(settings: LoopbackSettings): Record<string, unknown>;
