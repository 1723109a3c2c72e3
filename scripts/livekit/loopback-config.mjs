/** The configuration with which livekit-server keeps to 127.0.0.1, in the words of its config file. */

export function loopbackConfig(settings) {
  const { port, udpPort, tcpPort, apiKey, apiSecret, webhookUrl, logLevel } = settings;
  return {
    port,
    bind_addresses: ['127.0.0.1'],
    keys: { [apiKey]: apiSecret },
    rtc: {
      // Named, so that the server neither asks a STUN server nor looks for another address.
      node_ip: '127.0.0.1',
      use_external_ip: false,
      enable_loopback_candidate: true,
      ips: { includes: ['127.0.0.1/32'] },
      udp_port: udpPort,
      // ICE over TCP listens on all addresses whatever the rest says: off unless asked for.
      tcp_port: tcpPort,
      // Else clients are told public STUN servers.
      stun_servers: ['127.0.0.1:3478'],
    },
    logging: { level: logLevel ?? 'info', json: true },
    ...(webhookUrl ? { webhook: { api_key: apiKey, urls: [webhookUrl] } } : {}),
  };
}
