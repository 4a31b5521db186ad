/** For whom an announcement is: the names, or everybody. */
export interface Announcement {
  readonly everybody: boolean;
  /** As `nameKey` gives them. */
  readonly names: ReadonlySet<string>;
}

/** Names of agents are compared without case. */
export const nameKey = (name: string) => name.toLowerCase();

/** Who listens, to everything or to one name. */
export class Listeners {
  readonly #toAll = new Set<() => void>();
  readonly #toName = new Map<string, Set<() => void>>();

  /** Calls `listener` at every announcement, or with a name at those for it; returns how to stop. */
  add(listener: () => void, name?: string): () => void {
    const listeners = name === undefined ? this.#toAll : this.#of(nameKey(name));
    // Its own function: the same listener may come twice, and stop once.
    const entry = () => listener();
    listeners.add(entry);
    return () => listeners.delete(entry);
  }

  tell({ everybody, names }: Announcement): void {
    if (everybody) this.tellEverybody();
    else if (names.size > 0) {
      this.tellThoseOf(null);
      for (const name of names) this.tellThoseOf(name);
    }
  }

  tellEverybody(): void {
    this.tellThoseOf(null);
    for (const name of [...this.#toName.keys()]) this.tellThoseOf(name);
  }

  /** Those who listen to this one name, as `nameKey` gives it; null: those who listen to everything. */
  tellThoseOf(key: string | null): void {
    const listeners = key === null ? this.#toAll : this.#toName.get(key);
    for (const listener of [...(listeners ?? [])]) listener();
  }

  clear(): void {
    this.#toAll.clear();
    this.#toName.clear();
  }

  #of(key: string): Set<() => void> {
    const known = this.#toName.get(key) ?? new Set();
    this.#toName.set(key, known);
    return known;
  }
}
