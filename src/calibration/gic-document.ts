/**
 * Everything that the long-term monitoring at GIC is sent, as one JSON document.
 * Instants are ISO-8601 UTC; a flag is 0 or 1.
 */
export interface GicDocument {
  readonly name: 'GIC_STATUS';
  /** Of this form: it grows when a name changes its meaning. */
  readonly version: 1;
  readonly unit: string;
  readonly site: string;
  /** The observatory's clock when this was made. */
  readonly time: string;
  readonly mode: GicValue;
  readonly safety: {
    /** SAFE, UNSAFE or UNKNOWN: what counts. */
    readonly effective: GicValue;
    /** The same without a bypass. */
    readonly raw: GicValue;
    readonly bypass: GicValue;
    readonly locked: GicValue;
    readonly night_ack: GicValue;
    readonly reasons: readonly string[];
  };
  readonly devices: readonly GicDevice[];
}

/** One device: its statuses by the names of the guide's list. */
export interface GicDevice {
  /** Its alias in the unit file. */
  readonly device: string;
  readonly kind: 'telescope' | 'camera' | 'dome' | 'plc';
  readonly statuses: Readonly<Record<string, GicValue>>;
}

/** One status. The last value stays when it is too old or its device is gone; `valid` is false then. */
export interface GicValue {
  readonly value: number | string | null;
  /** `bool`, `deg`, `UTC`, `Celsius` …; empty for a word. */
  readonly unit: string;
  readonly valid: boolean;
  /** When it was measured; null when it never was. */
  readonly at: string | null;
}
