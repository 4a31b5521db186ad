const WORD = 2 ** 32;
/** Words that can be summed exactly in a double before the carries are folded back. */
const EXACT_WORDS = 2 ** 20;

/**
 * The 32-bit ones-complement sum of big-endian words (FITS standard 4.0, section 4.4.2.7), going on
 * from `seed`. The length must be a multiple of 4 bytes.
 */
export function onesComplementSum(bytes: Uint8Array, seed = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = seed;
  for (let start = 0; start < bytes.length; start += EXACT_WORDS * 4) {
    const end = Math.min(bytes.length, start + EXACT_WORDS * 4);
    for (let at = start; at < end; at += 4) sum += view.getUint32(at);
    sum = folded(sum);
  }
  return sum;
}

function folded(sum: number): number {
  let rest = sum;
  while (rest >= WORD) rest = (rest % WORD) + Math.floor(rest / WORD);
  return rest;
}

/**
 * The 16 characters that, put in the `CHECKSUM` card in place of sixteen zeros, bring the sum of the
 * whole unit from `sum` to minus zero (FITS standard 4.0, appendix J).
 */
export function encodeChecksum(sum: number): string {
  const complement = WORD - 1 - sum;
  const columns = [24, 16, 8, 0].map((shift) => lettersOf((complement / 2 ** shift) & 0xff));
  const rows = [0, 1, 2, 3].flatMap((row) => columns.map((column) => column[row] as number));
  // The card's value begins three bytes into a word: the last character goes to the front.
  const rotated = [...rows.slice(-1), ...rows.slice(0, -1)];
  return String.fromCharCode(...rotated);
}

/** Four letters or digits whose codes, less that of '0' each, add up to the byte. */
function lettersOf(byte: number): number[] {
  const quarter = (byte >> 2) + 48;
  const codes: [number, number, number, number] = [quarter + (byte & 3), quarter, quarter, quarter];
  while (codes.some(isPunctuation)) {
    // Two by two, so that the sum does not change.
    if (isPunctuation(codes[0]) || isPunctuation(codes[1])) {
      codes[0]++;
      codes[1]--;
    }
    if (isPunctuation(codes[2]) || isPunctuation(codes[3])) {
      codes[2]++;
      codes[3]--;
    }
  }
  return codes;
}

function isPunctuation(code: number): boolean {
  return (code > 57 && code < 65) || (code > 90 && code < 97);
}
