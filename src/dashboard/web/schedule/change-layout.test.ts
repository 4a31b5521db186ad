import { describe, expect, it } from 'vitest';
import type { ChangeKind, PlanChange, Span } from '../../tonight.ts';
import { timeScale } from '../marks/time-scale.ts';
import { stripsOf, toldChanges } from './change-layout.ts';

const at = (time: string) => `2014-04-23T${time}:00.000Z`;
const scale = timeScale(Date.parse(at('20:00')), Date.parse(at('23:00')), 180);
const span = (start: string, end: string): Span => ({ start: at(start), end: at(end) });
const change = (
  sequenceId: number,
  kind: ChangeKind,
  [before, after]: readonly [Span | null, Span | null],
): PlanChange => ({
  sequenceId,
  name: `S${sequenceId}`,
  isAlert: false,
  kind,
  before,
  after,
  movedSeconds: 0,
  code: '',
  reason: '',
  remedy: '',
});
const changes = [
  change(1, 'same', [span('20:00', '20:20'), span('20:00', '20:20')]),
  change(2, 'moved', [span('20:30', '20:50'), span('21:00', '21:20')]),
  change(3, 'added', [null, span('22:00', '22:10')]),
  change(4, 'unplanned', [span('22:20', '22:30'), null]),
  change(5, 'gone', [span('22:40', '22:50'), null]),
];

describe('two plans above each other', () => {
  it('hold each what they planned', () => {
    const { before, after } = stripsOf(changes, scale);
    expect(before.map(({ title, x, width }) => `${title} ${x} ${width}`)).toEqual([
      'S1 0 19',
      'S2 30 19',
      'S4 140 9',
      'S5 160 9',
    ]);
    expect(after.map(({ title }) => title)).toEqual(['S1', 'S2', 'S3']);
  });

  it('are linked where something moved', () => {
    expect(stripsOf(changes, scale).links).toEqual([{ key: 2, fromX: 40, toX: 70 }]);
  });
});

describe('the table of changes', () => {
  it('tells the losses first and nothing of what keeps its place', () => {
    expect(toldChanges(changes).map(({ sequenceId }) => sequenceId)).toEqual([4, 3, 2, 5]);
  });
});
