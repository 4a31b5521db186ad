import { z } from 'zod';
import { PyrosError } from '#platform';
import { Conversation } from '../../link/conversation.ts';
import type { Link } from '../../link/link.ts';
import { refuseUnless } from '../../refusal.ts';
import type { Camera, CameraStatus, Exposure, RawFrame } from '../camera.ts';
import { bytesToPixels } from '../pixel-bytes.ts';

const statusSchema = z.strictObject({
  activity: z.enum(['idle', 'exposing', 'reading', 'ready', 'fault', 'unknown']),
  exposureId: z.string().nullable(),
  filter: z.string().nullable(),
  wheelMoving: z.boolean(),
  wheelHoming: z.boolean(),
  initialised: z.boolean(),
  temperatureC: z.number(),
  setpointC: z.number().nullable(),
  remainingSeconds: z.number().min(0),
  atMs: z.number(),
});

const side = z.int().min(1).max(16_384);
const imageSchema = z
  .strictObject({
    exposureId: z.string(),
    width: side,
    height: side,
    startMs: z.number(),
    seconds: z.number().min(0),
    filter: z.string(),
    temperatureC: z.number(),
    bytes: z.int(),
  })
  .refine(({ width, height, bytes }) => bytes === 2 * width * height, 'not 2 bytes a pixel');

/** A camera that speaks the line protocol of docs/wire-protocol.md. */
export class PyrosCamera implements Camera {
  readonly #name: string;
  readonly #camera: Conversation;

  constructor(name: string, link: Link) {
    this.#name = name;
    this.#camera = new Conversation(name, link);
  }

  status(): Promise<CameraStatus> {
    return this.#camera.query('GET STATUS', statusSchema);
  }

  setFilter(filter: string): Promise<void> {
    return this.#camera.order(`SET FILTER ${filter}`);
  }

  async expose({ exposureId, seconds, shutter }: Exposure): Promise<void> {
    const isDuration = seconds >= 0 && seconds < 1e6;
    refuseUnless(isDuration, this.#name, 'An exposure lasts a number of seconds from 0 on.');
    await this.#camera.order(`DO EXPOSE ${oneWord(exposureId)} ${seconds} ${shutter}`);
  }

  abort(): Promise<void> {
    return this.#camera.order('DO ABORT');
  }

  stop(): Promise<void> {
    return this.#camera.order('DO STOP');
  }

  async cool(setpointC: number | null): Promise<void> {
    const isTemperature = setpointC === null || (setpointC >= -273.15 && setpointC <= 100);
    refuseUnless(isTemperature, this.#name, 'A detector is cooled to -273.15 to 100 Celsius.');
    await this.#camera.order(`SET COOL ${setpointC ?? 'off'}`);
  }

  reset(): Promise<void> {
    return this.#camera.order('DO RESET');
  }

  native(request: string): Promise<string> {
    return this.#camera.native(request);
  }

  async readout(exposureId: string): Promise<RawFrame> {
    const request = `GET IMAGE ${oneWord(exposureId)}`;
    const { meta, body } = await this.#camera.image(request, imageSchema);
    const { bytes, ...frame } = meta;
    if (frame.exposureId === exposureId && body.length === bytes) {
      return { ...frame, pixels: bytesToPixels(body) };
    }
    throw new PyrosError(
      'DEVICE_GARBLED',
      `${this.#name} sent another image than that of ${exposureId}.`,
      { remedy: 'Ask for the image again.' },
    );
  }

  close(): Promise<void> {
    return this.#camera.close();
  }
}

function oneWord(exposureId: string): string {
  if (/^\S+$/.test(exposureId)) return exposureId;
  throw new PyrosError('REQUEST_MALFORMED', `"${exposureId}" is no name for an exposure.`, {
    remedy: 'Name exposures without spaces.',
  });
}
