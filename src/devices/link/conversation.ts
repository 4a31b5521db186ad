import { z } from 'zod';
import { PyrosError } from '#platform';
import { type DeviceReply, parseReply } from './device-reply.ts';
import { preview } from './framing.ts';
import type { Link, Reply } from './link.ts';

/** Codes of a device's refusal that programs tell apart; any other becomes `DEVICE_REFUSED`. */
const KEPT_CODES = ['EXPOSURE_UNKNOWN', 'DEVICE_UNREACHABLE', 'DEVICE_GARBLED'];

const nativeSchema = z.strictObject({ answer: z.string() });

type Success = Extract<DeviceReply, { kind: 'ok' | 'image' }>;

/** The driver's side of the line protocol: asks, and makes errors of everything but an OK. */
export class Conversation {
  readonly #device: string;
  readonly #link: Link;

  /** `device`: the name that people know, for error sentences. */
  constructor(device: string, link: Link) {
    this.#device = device;
    this.#link = link;
  }

  /** Asks for something to be done. */
  async order(request: string): Promise<void> {
    const reply = await this.#ask(request);
    if (reply.kind !== 'ok' || reply.json !== undefined) throw this.#garbled('not a plain OK');
  }

  /** Asks for JSON of one shape. */
  async query<Shape extends z.ZodType>(request: string, shape: Shape): Promise<z.output<Shape>> {
    const reply = await this.#ask(request);
    if (reply.kind !== 'ok') throw this.#garbled('an image instead of JSON');
    return this.#check(reply.json, shape);
  }

  /** Asks for an image: JSON of one shape, and bytes. */
  async image<Shape extends z.ZodType>(
    request: string,
    shape: Shape,
  ): Promise<{ meta: z.output<Shape>; body: Uint8Array }> {
    const reply = await this.#ask(request);
    if (reply.kind !== 'image') throw this.#garbled('no image');
    return { meta: this.#check(reply.json, shape), body: reply.body };
  }

  /** Passes something on in the device's own language, and gives its answer. */
  async native(request: string): Promise<string> {
    return (await this.query(`DO NATIVE ${request}`, nativeSchema)).answer;
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  async #ask(request: string): Promise<Success> {
    if (/[\r\n]/.test(request)) {
      throw new PyrosError('REQUEST_MALFORMED', `${preview(request)} is more than one line.`);
    }
    const reply: Reply = await this.#link.request(request);
    const parsed = parseReply(reply);
    if (parsed.kind === 'error') throw this.#refused(parsed.code, parsed.sentence);
    if (parsed.kind === 'garbled') {
      throw this.#garbled(`${preview(reply.text)}, ${parsed.reason}`);
    }
    return parsed;
  }

  #check<Shape extends z.ZodType>(json: unknown, shape: Shape): z.output<Shape> {
    const result = shape.safeParse(json);
    if (result.success) return result.data;
    const problems = result.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw this.#garbled(problems.join('; '));
  }

  #refused(code: string, sentence: string): PyrosError {
    const kept = KEPT_CODES.includes(code) ? code : 'DEVICE_REFUSED';
    // What is served for another driver bears its name already.
    const name = `${this.#device}: `;
    return new PyrosError(kept, sentence.startsWith(name) ? sentence : name + sentence);
  }

  #garbled(what: string): PyrosError {
    return new PyrosError('DEVICE_GARBLED', `${this.#device} sent nonsense: ${what}.`, {
      remedy: 'Check that the address in the unit file belongs to this kind of device.',
    });
  }
}
