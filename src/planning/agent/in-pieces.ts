/** Cuts a list into pieces of `size` items, the last perhaps shorter. */
export function piecesOf<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  const pieces: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += size) pieces.push(items.slice(from, from + size));
  return pieces;
}

/** Works through many items a piece at a time, with a pause before each piece. */
export async function inPieces<Item>(
  items: readonly Item[],
  { size, pause }: { readonly size: number; readonly pause: () => Promise<void> },
  work: (piece: readonly Item[]) => Promise<void>,
): Promise<void> {
  for (const piece of piecesOf(items, size)) {
    await pause();
    await work(piece);
  }
}
