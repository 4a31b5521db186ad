/** The name that was probably meant, letter case and underscores aside; null when none is near. */
export function nearestName(wish: string, names: readonly string[]): string | null {
  const near = Math.max(2, Math.floor(wish.length / 3));
  const ranked = names
    .map((name) => ({ name, steps: editSteps(plain(wish), plain(name)) }))
    .filter(({ steps, name }) => steps <= near && steps < name.length)
    .sort((a, b) => a.steps - b.steps);
  return ranked[0]?.name ?? null;
}

/** Letter case and underscores make no difference: `start_mode` is `startMode`. */
export function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/**
 * How many letters must be put in, left out, changed or swapped with their neighbour to make `to`
 * of `from`: the distance of Damerau and Levenshtein, restricted to one change at a place.
 */
export function editSteps(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(
        at(last, j) + 1,
        at(row, j - 1) + 1,
        at(last, j - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = row;
  }
  return at(last, to.length);
}

function at(row: readonly number[], j: number): number {
  return row[j] ?? Number.POSITIVE_INFINITY;
}
