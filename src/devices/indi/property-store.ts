import type { IndiMessage, IndiState, IndiVector } from './indi-message.ts';

/** What is known of the properties of INDI devices: what drivers said, never what they were told. */
export class PropertyStore {
  readonly #vectors = new Map<string, IndiVector>();
  /** How often each vector was defined or set: what came after an order is told by it. */
  readonly #changes = new Map<string, number>();

  apply(message: IndiMessage): void {
    if (message.kind === 'def') this.#put(message.vector);
    if (message.kind === 'set') {
      const known = this.get(message.vector.device, message.vector.name);
      if (known) this.#put(updated(known, message.vector));
    }
    if (message.kind === 'delete') this.#drop(message.device, message.name);
  }

  get(device: string, name: string): IndiVector | undefined {
    return this.#vectors.get(key(device, name));
  }

  /** How often this vector came. */
  changes(device: string, name: string): number {
    return this.#changes.get(key(device, name)) ?? 0;
  }

  state(device: string, name: string): IndiState | undefined {
    return this.get(device, name)?.state;
  }

  number(device: string, name: string, member: string): number | undefined {
    const vector = this.get(device, name);
    const value = vector?.kind === 'number' ? vector.members.get(member)?.value : undefined;
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  }

  text(device: string, name: string, member: string): string | undefined {
    const vector = this.get(device, name);
    return vector?.kind === 'text' ? vector.members.get(member)?.value : undefined;
  }

  isOn(device: string, name: string, member: string): boolean | undefined {
    const vector = this.get(device, name);
    return vector?.kind === 'switch' ? vector.members.get(member)?.value : undefined;
  }

  /** The connection is over: what was true may be so no more. */
  clear(): void {
    this.#vectors.clear();
  }

  #put(vector: IndiVector): void {
    const name = key(vector.device, vector.name);
    this.#vectors.set(name, vector);
    this.#changes.set(name, (this.#changes.get(name) ?? 0) + 1);
  }

  #drop(device: string, name: string | null): void {
    if (name !== null) this.#vectors.delete(key(device, name));
    else
      for (const [known, vector] of this.#vectors) {
        if (vector.device === device) this.#vectors.delete(known);
      }
  }
}

function key(device: string, name: string): string {
  return `${device}\n${name}`;
}

/** A set may name some of the members only, and never repeats labels and ranges. */
function updated(known: IndiVector, change: IndiVector): IndiVector {
  if (known.kind !== change.kind) return change;
  const members = new Map<string, unknown>(known.members);
  for (const [name, { value }] of change.members) {
    const before = known.members.get(name);
    members.set(name, before ? { ...before, value } : { value, label: '' });
  }
  return { ...known, state: change.state, members } as IndiVector;
}
