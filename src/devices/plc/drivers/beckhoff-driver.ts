import { PyrosError } from '#platform';
import type { Link } from '../../link/link.ts';
import type { Plc, PlcFrame } from '../plc.ts';
import { parsePlcFrame, STATUS_REQUEST } from '../plc-frame.ts';

/** The guide's Beckhoff controller: JSON over TCP (docs/wire-protocol.md). */
export class BeckhoffPlc implements Plc {
  readonly #name: string;
  readonly #link: Link;

  constructor(name: string, link: Link) {
    this.#name = name;
    this.#link = link;
  }

  async status(): Promise<PlcFrame> {
    const { text } = await this.#link.request(STATUS_REQUEST);
    const parsed = parsePlcFrame(text);
    if (parsed.ok) return parsed.frame;
    if (parsed.refused) throw new PyrosError('DEVICE_REFUSED', `${this.#name}: ${parsed.reason}`);
    throw new PyrosError('DEVICE_GARBLED', `${this.#name} sent nonsense: ${parsed.reason}.`, {
      remedy: 'Check the PLC’s firmware and that its address in the unit file is right.',
    });
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}
