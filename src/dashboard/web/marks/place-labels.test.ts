import { describe, expect, it } from 'vitest';
import { fitText, placeLabels } from './place-labels.ts';

describe('labels on an axis', () => {
  it('stand centred on their marks', () => {
    expect(placeLabels([{ text: 'Dark', xPx: 100, rank: 0 }], 400)).toEqual([
      { text: 'Dark', xPx: 100, anchor: 'middle' },
    ]);
  });

  it('are pushed inside the axis', () => {
    const labels = placeLabels(
      [
        { text: 'Sunset', xPx: 4, rank: 0 },
        { text: 'Sunrise', xPx: 398, rank: 0 },
      ],
      400,
    );
    expect(labels.map((label) => label.anchor)).toEqual(['start', 'end']);
  });

  it('give way to one of a better rank', () => {
    const labels = placeLabels(
      [
        { text: 'Dark', xPx: 110, rank: 1 },
        { text: 'Sunset', xPx: 100, rank: 0 },
      ],
      400,
    );
    expect(labels.map((label) => label.text)).toEqual(['Sunset']);
  });
});

describe('a text in a bar', () => {
  it('is kept when it fits', () => expect(fitText('M 51', 60)).toBe('M 51'));
  it('is cut with an ellipsis', () => expect(fitText('Crab nebula', 60)).toBe('Crab n…'));
  it('is dropped when too little would be left', () => expect(fitText('Crab', 20)).toBe(''));
});
