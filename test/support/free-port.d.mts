/** Types of `free-port.mjs`, which programs use that run without being compiled. */
/** A port of 127.0.0.1 that is free for TCP and UDP, and that no outgoing connection will be given. */
export declare function freePort(): Promise<number>;
/** The first of so many free ports in a row. */
export declare function freePorts(count: number): Promise<number>;
