/** Lines of a table: the first column to the left, the others to the right, two spaces between. */
export function tableText(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** Seconds as hours: `12.3`. */
export function hours(seconds: number): string {
  return (seconds / 3600).toFixed(1);
}

/** A share as a percentage: `64 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A figure with its sign: `+12`, `−3`, `0`. */
export function signed(figure: string): string {
  if (Number(figure) === 0) return figure.replace('-', '');
  return figure.startsWith('-') ? figure.replace('-', '−') : `+${figure}`;
}

/** A length of time that people can read: `45 s`, `12 min`, `3.4 h`. */
export function delayText(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${hours(seconds)} h`;
}
