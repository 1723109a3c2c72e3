/** Counts what was tried and what got in, by who tried it. */

/** Who tries: the roles of the threat model in SECURITY.md. */
export type Role = 'nobody' | 'visitor' | 'caller' | 'backend' | 'neighbour' | 'vandal';

/** What a run of tries came to. */
export class Ledger {
  readonly #tried = new Map<Role, number>();
  readonly #breaches: { role: Role; what: string }[] = [];

  /** `breach`: what got in, in words; `null` when it was kept out. */
  note(role: Role, breach: string | null): void {
    this.#tried.set(role, (this.#tried.get(role) ?? 0) + 1);
    if (breach !== null) this.#breaches.push({ role, what: breach });
  }

  /** How often this role has tried so far. */
  tried(role: Role): number {
    return this.#tried.get(role) ?? 0;
  }

  /** What got in, for one role. */
  breaches(role: Role): string[] {
    return this.#breaches.filter((one) => one.role === role).map(({ what }) => what);
  }

  /** A line a role: tried and in. */
  table(): string {
    const rows = [...this.#tried].map(
      ([role, tried]) =>
        `${role.padEnd(10)} ${String(tried).padStart(6)} tried ${String(this.breaches(role).length).padStart(4)} in`,
    );
    return rows.join('\n');
  }
}
