/** A word that would like to stand at `x`; the lower its rank, the sooner it is served. */
export interface WantedLabel {
  readonly text: string;
  readonly xPx: number;
  readonly rank: number;
}

export interface PlacedLabel {
  readonly text: string;
  readonly xPx: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Mean width of one character at the size of chart labels (11 px), with room for wide fonts. */
export const CHARACTER_PX = 7.2;
const GAP_PX = 8;

/** Centres labels on their marks, pushes them inside the axis, and drops those that would collide. */
export function placeLabels(wanted: readonly WantedLabel[], widthPx: number): PlacedLabel[] {
  const taken: { from: number; to: number }[] = [];
  const placed: PlacedLabel[] = [];
  for (const label of [...wanted].sort((a, b) => a.rank - b.rank)) {
    const half = (label.text.length * CHARACTER_PX) / 2;
    const anchor = label.xPx < half ? 'start' : label.xPx > widthPx - half ? 'end' : 'middle';
    const centre = anchor === 'start' ? half : anchor === 'end' ? widthPx - half : label.xPx;
    const room = { from: centre - half - GAP_PX, to: centre + half + GAP_PX };
    if (taken.some((other) => room.from < other.to && other.from < room.to)) continue;
    taken.push({ from: centre - half, to: centre + half });
    const xPx = anchor === 'start' ? 0 : anchor === 'end' ? widthPx : label.xPx;
    placed.push({ text: label.text, xPx, anchor });
  }
  return placed.sort((a, b) => a.xPx - b.xPx);
}

/** The text as far as it fits, with an ellipsis; nothing when not even three letters would. */
export function fitText(text: string, widthPx: number): string {
  const room = Math.floor(widthPx / CHARACTER_PX);
  if (text.length <= room) return text;
  // An ellipsis is nearly two characters wide.
  return room < 5 ? '' : `${text.slice(0, room - 2).trimEnd()}…`;
}
