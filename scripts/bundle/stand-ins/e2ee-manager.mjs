/** For end-to-end encryption, which is never asked for: with it, no agent of the server could hear. */
export class E2EEManager {}
