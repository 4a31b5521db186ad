import { type Random, seededRandom } from '#platform';
import type { Channel } from '#unit';
import type { Canvas } from './point-spread.ts';

const WHITE = 65_535;
/** Length of the table of normal deviates; a power of two, so that an index wraps with a mask. */
const DEVIATES = 1 << 17;
let table: Float32Array | undefined;

/**
 * Turns electrons into ADU: photon noise (in its normal limit), read noise, gain, bias, and the
 * converter's 16 bits. Making a normal deviate for each pixel would take longer than all the rest, so
 * each row reads a fixed table of them from a random place: two frames share no noise, but a table of
 * 131 072 is read several times over in one frame.
 */
export function digitise(
  canvas: Canvas,
  detector: Channel['detector'],
  random: Random,
): Uint16Array {
  const { biasAdu, gainElectronsPerAdu, readNoiseElectrons } = detector;
  const deviates = normalDeviates();
  const readVariance = readNoiseElectrons ** 2;
  const perElectron = 1 / gainElectronsPerAdu;
  const pixels = new Uint16Array(canvas.electrons.length);
  for (let row = 0; row < canvas.height; row++) {
    const start = row * canvas.width;
    const offset = random.integer(DEVIATES) - start;
    for (let i = start; i < start + canvas.width; i++) {
      const light = canvas.electrons[i] as number;
      const noise =
        Math.sqrt(light + readVariance) * (deviates[(i + offset) & (DEVIATES - 1)] as number);
      const adu = biasAdu + (light + noise) * perElectron;
      pixels[i] = adu <= 0 ? 0 : adu >= WHITE ? WHITE : (adu + 0.5) | 0;
    }
  }
  return pixels;
}

/** Always the same table, made at its first use. */
function normalDeviates(): Float32Array {
  if (table) return table;
  const random = seededRandom(1);
  table = new Float32Array(DEVIATES).map(() => random.normal());
  return table;
}
