import { expect, test } from 'vitest';
import { inPieces, piecesOf } from './in-pieces.ts';

test('a list is cut into pieces, the last perhaps shorter', () => {
  expect(piecesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(piecesOf([], 2)).toEqual([]);
});

test('there is a pause before each piece', async () => {
  const story: unknown[] = [];
  const pause = async () => void story.push('pause');
  await inPieces(['a', 'b', 'c'], { size: 2, pause }, async (piece) => void story.push(piece));
  expect(story).toEqual(['pause', ['a', 'b'], 'pause', ['c']]);
});
