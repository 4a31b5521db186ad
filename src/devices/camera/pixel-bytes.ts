/** Pixels as they travel: 16 bits unsigned, little-endian, whatever this computer prefers. */
export function pixelsToBytes(pixels: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(pixels.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < pixels.length; i++) view.setUint16(2 * i, pixels[i] ?? 0, true);
  return bytes;
}

/** The pixels of a body; an odd last byte is left out. */
export function bytesToPixels(bytes: Uint8Array): Uint16Array {
  const pixels = new Uint16Array(bytes.length >> 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < pixels.length; i++) pixels[i] = view.getUint16(2 * i, true);
  return pixels;
}
