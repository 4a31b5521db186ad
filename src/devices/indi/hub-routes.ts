import type { XmlElement } from './xml-splitter.ts';

/** How a client wants the images of a device: `enableBLOB`. */
export type BlobWish = 'Never' | 'Also' | 'Only';

/**
 * What one client, or one driver that watches other devices (snooping), wants to hear. It asks with
 * `getProperties`: everything, a device, or one property of a device.
 */
export class Interests {
  #everything = false;
  readonly #devices = new Set<string>();
  readonly #properties = new Set<string>();
  readonly #blobs = new Map<string, BlobWish>();

  /** Takes a `getProperties` or an `enableBLOB`. */
  add({ name, attributes, text }: XmlElement): void {
    const { device, name: property } = attributes;
    if (name === 'enableBLOB') {
      const wish = text.trim();
      if (device === undefined || !(wish === 'Never' || wish === 'Also' || wish === 'Only')) return;
      this.#blobs.set(key(device, property), wish);
    } else if (device === undefined) this.#everything = true;
    else if (property === undefined) this.#devices.add(device);
    else this.#properties.add(key(device, property));
  }

  /** Whether it wants this message of a driver. */
  wants({ name, attributes }: XmlElement): boolean {
    const { device, name: property } = attributes;
    const isAsked = this.#everything || device === undefined || this.#asked(device, property);
    if (!isAsked) return false;
    const wish = this.#blobWish(device ?? '', property);
    return name === 'setBLOBVector' ? wish !== 'Never' : wish !== 'Only';
  }

  #asked(device: string, property: string | undefined): boolean {
    if (this.#devices.has(device)) return true;
    if (property !== undefined) return this.#properties.has(key(device, property));
    return [...this.#properties].some((known) => known.startsWith(key(device, '')));
  }

  #blobWish(device: string, property: string | undefined): BlobWish {
    return this.#blobs.get(key(device, property)) ?? this.#blobs.get(key(device)) ?? 'Never';
  }
}

function key(device: string, property?: string): string {
  return property === undefined ? device : `${device}\n${property}`;
}

/** Whether a client may send this. */
export function isOrder({ name }: XmlElement): boolean {
  return /^new(?:Number|Switch|Text|BLOB)Vector$/.test(name);
}
