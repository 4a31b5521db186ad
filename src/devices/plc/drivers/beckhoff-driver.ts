import { PyrosError } from '#platform';
import { preview } from '../../link/framing.ts';
import type { Link } from '../../link/link.ts';
import type { Plc, PlcFrame } from '../plc.ts';
import { parsePlcFrame, readsBypass, STATUS_REQUEST } from '../plc-frame.ts';

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

  async bypass(on: boolean): Promise<void> {
    const request = JSON.stringify({ command: [{ name: 'BYPASS', value: Number(on) }] });
    const { text } = await this.#link.request(request);
    if (readsBypass(text, on)) return;
    throw new PyrosError(
      'DEVICE_REFUSED',
      `${this.#name} did not take the bypass: ${preview(text)}.`,
    );
  }

  async native(request: string): Promise<string> {
    return (await this.#link.request(request)).text;
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}
