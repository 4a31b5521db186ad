/** The name that is most like a misspelt one; empty when none is near. */
export function nearestName(wrong: string, names: readonly string[]): string {
  const distances = names.map((name) => ({ name, far: editDistance(plain(wrong), plain(name)) }));
  const [best] = distances.sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(wrong.length > 2 ? 2 : 1, wrong.length / 3) ? best.name : '';
}

/** Letter case and underscores make no difference: `start_mode` is `startMode`. */
export function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Letters to add, drop or change (Levenshtein's distance). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
