/** What stops `npm start`, each as one sentence that tells the remedy. */

/** The stable words of the faults that a user can mend. */
export type StartErrorCode =
  | 'arguments_unknown'
  | 'livekit_half_set'
  | 'public_ip_missing'
  | 'port_invalid'
  | 'worker_invalid'
  | 'port_taken'
  | 'port_forbidden'
  | 'address_unusable'
  | 'data_folder_unwritable'
  | 'data_folder_in_use'
  | 'process_failed'
  | 'voice_models_missing'
  | 'bundle_failed';

/** A fault of the start command; its message is meant for the terminal, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** The command takes one option. */
  static argumentsUnknown(args: readonly string[]): StartError {
    return new StartError(
      'arguments_unknown',
      `npm start takes "-- --agent FILE.md" and nothing else, not "${args.join(' ')}".`,
    );
  }

  /** Some of the three LIVEKIT_* are set, and some are not. */
  static livekitHalfSet(missing: readonly string[]): StartError {
    return new StartError(
      'livekit_half_set',
      `LiveKit is half set: give ${missing.join(' and ')} too, or none of LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET to use the built-in media server.`,
    );
  }

  /** Browsers from outside would be told to send their sound to loopback. */
  static publicIpMissing(publicUrl: string): StartError {
    return new StartError(
      'public_ip_missing',
      `EMBEDDED_PUBLIC_IP is missing: browsers that come to ${publicUrl} send their sound to an IP address of this machine. Set it to the one that they reach, or name a LiveKit server with LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.`,
    );
  }

  /** A port variable holds no port. */
  static portInvalid(name: string, value: string): StartError {
    return new StartError(
      'port_invalid',
      `${name} must be a port number from 1 to 65535, not "${value}".`,
    );
  }

  /** Nobody knows such a worker. */
  static workerInvalid(value: string): StartError {
    return new StartError(
      'worker_invalid',
      `AGENT_WORKER must be "own" or "none" (somebody else's worker answers), not "${value}".`,
    );
  }

  /** Somebody else listens there. */
  static portTaken(name: string, host: string, port: number): StartError {
    return new StartError(
      'port_taken',
      `Port ${String(port)} on ${host} is already in use: stop what uses it, or set ${name} to a free port.`,
    );
  }

  /** Ports of this kind are not for this user. */
  static portForbidden(name: string, host: string, port: number): StartError {
    return new StartError(
      'port_forbidden',
      `Port ${String(port)} on ${host} needs more rights: set ${name} to one above 1023.`,
    );
  }

  /** Nothing can listen on that address. */
  static addressUnusable(hostName: string, host: string, code: string): StartError {
    return new StartError(
      'address_unusable',
      `${hostName} ${host} cannot be listened on (${code}): set it to an address of this machine, such as 127.0.0.1.`,
    );
  }

  /** The data folder cannot be made or written. */
  static dataFolderUnwritable(folder: string, cause: unknown): StartError {
    return new StartError(
      'data_folder_unwritable',
      `The data folder ${folder} cannot be written: make it writable, or set DATA_DIR to another folder.`,
      { cause },
    );
  }

  /** Another start command works on the same data. */
  static dataFolderInUse(folder: string, pid: number): StartError {
    return new StartError(
      'data_folder_in_use',
      `The data folder ${folder} is in use by process ${String(pid)}: stop it, or set DATA_DIR to another folder.`,
    );
  }

  /** One of the three processes does not come up. */
  static processFailed(name: string, detail: string): StartError {
    return new StartError('process_failed', detail || `The ${name} process does not start.`);
  }

  /** Models that the offline agent cannot do without could not be fetched; `detail` is what the fetching program says. */
  static voiceModelsMissing(detail: string): StartError {
    return new StartError(
      'voice_models_missing',
      detail || 'The offline voice could not be fetched: start again.',
    );
  }

  /** Rollup failed. */
  static bundleFailed(cause: unknown): StartError {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return new StartError('bundle_failed', `The widget could not be bundled: ${detail}`, { cause });
  }
}
