import { z } from 'zod';
import { PyrosError } from '#platform';
import type { ActiveFault, KnownFault } from './fault-plane.ts';
import { parseReply } from './link/device-reply.ts';
import { preview } from './link/framing.ts';
import type { Address, Link, LinkFactory, Reply, WireKind } from './link/link.ts';

/** The faults of a simulator that serves somewhere else, as a person sees and sets them. */
export interface SimulatorFaults {
  readonly known: readonly KnownFault[];
  readonly active: readonly ActiveFault[];
}

const activeSchema = z.array(z.object({ name: z.string(), amount: z.number().nullable() }));
const changedSchema = z.object({ active: activeSchema });
const listSchema = z.object({
  known: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      usualAmount: z.number().nullable(),
    }),
  ),
  active: activeSchema,
});
const jsonReplySchema = z.tuple([
  z.union([
    z.object({ name: z.literal('SIM'), value: z.unknown() }),
    z.object({ name: z.literal('ERROR'), comment: z.string() }),
  ]),
]);

/**
 * The hand on a simulator over its own wire (docs/wire-protocol.md): for `./pyros sims`, for the
 * Simulator page. Methods reject with `DEVICE_UNREACHABLE` when it is not served, with the simulator's
 * own code where it refuses (`FAULT_UNKNOWN`, `VALUE_UNKNOWN`), and with `NO_SIMULATOR` when what
 * answers there is none.
 */
export class SimulatorHand {
  readonly #link: Link;
  readonly #wire: WireKind;
  readonly #name: string;

  /** `name`: for sentences. */
  constructor(name: string, at: { address: Address; wire: WireKind; links: LinkFactory }) {
    this.#name = name;
    this.#wire = at.wire;
    this.#link = at.links(at.address, at.wire);
  }

  list(): Promise<SimulatorFaults> {
    return this.#ask('LIST', listSchema);
  }

  /** Sets a fault, with its usual amount when none is given; gives those that then stand. */
  async set(fault: string, amount?: number): Promise<readonly ActiveFault[]> {
    const words = amount === undefined ? oneWord(fault) : `${oneWord(fault)} ${amount}`;
    return (await this.#ask(`SET ${words}`, changedSchema)).active;
  }

  /** Clears one fault, or all; gives those that still stand. */
  async clear(fault?: string): Promise<readonly ActiveFault[]> {
    const words = fault === undefined ? 'CLEAR' : `CLEAR ${oneWord(fault)}`;
    return (await this.#ask(words, changedSchema)).active;
  }

  /** Sets a measured value of the PLC or of a station; `auto` gives it back to the weather. */
  async value(device: string, name: string, value: number | string): Promise<void> {
    await this.#ask(`VALUE ${device} ${oneWord(name)} ${oneWord(String(value))}`, changedSchema);
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  async #ask<Shape extends z.ZodType>(words: string, shape: Shape): Promise<z.output<Shape>> {
    if (/[\r\n]/.test(words)) throw new PyrosError('REQUEST_MALFORMED', 'More than one line.');
    const isLine = this.#wire === 'lines';
    const json = JSON.stringify({ command: [{ name: 'SIM', value: words }] });
    const reply = await this.#link.request(isLine ? `SIM ${words}` : json);
    const result = shape.safeParse(isLine ? this.#ofLine(reply) : this.#ofJson(reply));
    if (result.success) return result.data;
    throw this.#noSimulator(reply.text);
  }

  #ofLine(reply: Reply): unknown {
    const parsed = parseReply(reply);
    if (parsed.kind === 'ok') return parsed.json;
    if (parsed.kind !== 'error' || parsed.code === 'UNKNOWN_REQUEST') {
      throw this.#noSimulator(reply.text);
    }
    throw new PyrosError(parsed.code, parsed.sentence);
  }

  #ofJson({ text }: Reply): unknown {
    const answer = jsonReplySchema.safeParse(parsedJson(text));
    if (!answer.success) throw this.#noSimulator(text);
    const [said] = answer.data;
    if (said.name === 'SIM') return said.value;
    const [, code, sentence] = /^([A-Z]+_[A-Z_]+) (.+)$/.exec(said.comment) ?? [];
    if (code === undefined || sentence === undefined) throw this.#noSimulator(text);
    throw new PyrosError(code, sentence);
  }

  #noSimulator(answer: string): PyrosError {
    return new PyrosError(
      'NO_SIMULATOR',
      `What answers in the place of ${this.#name} is no simulator: ${preview(answer)}.`,
      { remedy: 'Only simulators can be given faults: see control in the unit file.' },
    );
  }
}

function oneWord(text: string): string {
  if (/^\S+$/.test(text)) return text;
  throw new PyrosError('REQUEST_MALFORMED', `"${text}" must be one word.`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
