import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { unitSchema } from '#unit';
import { decideAlert } from './alert-decision.ts';
import { applyNotice, type Burst } from './burst.ts';
import { classify, type Notice } from './notice.ts';
import { missingInstruments, parseStrategy } from './strategy.ts';
import { draftOf, matchStrategies } from './strategy-match.ts';
import { type SwiftSpec, swiftPacket } from './swift-packet.ts';
import { parseVOEvent } from './voevent-xml.ts';

const config = new URL('../../config/', import.meta.url);
const grbText = readFileSync(new URL('strategies/grb.yaml', config), 'utf8');
const grb = parseStrategy(grbText, 'grb.yaml');
const unit = unitSchema.parse(parse(readFileSync(new URL('simulated.yaml', config), 'utf8')));

const burstMs = Date.UTC(2014, 3, 23, 21, 7, 8);
const now = burstMs + 77_000;
const base = {
  trigger: '596958',
  eventAt: '2014-04-23T21:07:08Z',
  raDeg: 202.9277,
  decDeg: 29.2583,
};
const bat = noticeOf({ packet: 'bat', ...base, errorDeg: 0.05 });
const vague = noticeOf({ packet: 'bat', ...base, errorDeg: 3 });
const xrt = noticeOf({ packet: 'xrt', ...base, errorDeg: 0.0013 });

function noticeOf(spec: SwiftSpec): Notice {
  const parsed = parseVOEvent(swiftPacket(spec, now));
  if (!parsed.ok) throw new Error(parsed.reason);
  return classify(parsed.event);
}

function ignoredReason(notice: Notice, strategies = [grb], at = now): string {
  const match = matchStrategies(notice, strategies, at);
  return 'ignored' in match ? match.ignored : 'matched';
}

describe('a strategy file', () => {
  it('says everything that is wrong with it at once', () => {
    const wrong = grbText
      .replace('priority: 1', 'priority: 0\n  colour: red')
      .replace('startMode: IMMEDIATE', 'startMode: SOON')
      .replace('name: "{name}"', 'name: "{nom}"');
    const read = () => parseStrategy(wrong, 'wrong.yaml');
    expect(read).toThrow(/wrong.yaml.*priority/);
    expect(read).toThrow(/colour/);
    expect(read).toThrow(/sequences\.0\.startMode/);
    expect(read).toThrow(/placeholders are \{mission\}/);
  });

  it('is refused when it is no YAML', () => {
    expect(() => parseStrategy('a: [', 'x.yaml')).toThrow(/The strategy x.yaml is not valid/);
  });

  it('cannot follow tests', () => {
    expect(() => parseStrategy(grbText.replace('[burst, refinement]', '[test]'), 'x')).toThrow(
      /match\.kinds\.0/,
    );
  });

  it('is checked against the channels and filters of the unit', () => {
    expect(missingInstruments(grb, unit.channels)).toEqual([]);
    const other = parseStrategy(
      grbText.replaceAll('filter: H', 'filter: K').replaceAll('VIS', 'CCD'),
      'x',
    );
    expect(missingInstruments(other, unit.channels)).toEqual([
      'channel CCD',
      'filter K of channel NIR',
    ]);
  });
});

describe('the shipped strategy on a Swift burst', () => {
  const match = matchStrategies(bat, [grb], now);
  const request = 'matched' in match ? match.matched[0] : undefined;

  it('asks the GRB program for the burst, urgently', () => {
    expect(request).toMatchObject({
      strategy: 'grb',
      name: 'GRB 140423',
      program: 'GRB',
      priority: 1,
      targetName: 'GRB 140423',
      target: { raDeg: 202.9277, decDeg: 29.2583, errorDeg: 0.05 },
    });
    expect(request?.sequences.map((sequence) => sequence.name)).toEqual(['Swift 596958']);
  });

  it('starts at once and expires six hours after the burst', () => {
    for (const sequence of request?.sequences ?? []) {
      expect(sequence.startMode).toBe('IMMEDIATE');
      expect(sequence.windowStartMs).toBe(now);
      expect(sequence.windowEndMs).toBe(burstMs + 6 * 3_600_000);
    }
  });

  it('becomes a request draft of about forty minutes, each channel busy', () => {
    if (!request) throw new Error('not matched');
    const draft = draftOf(request, unit.channels);
    const minutes = draft.sequences.map((sequence) => sequence.durationSeconds / 60);
    expect(minutes.reduce((sum, each) => sum + each, 0)).toBeCloseTo(36.83, 1);
    expect(draft).toMatchObject({ isAlert: true, submitted: true, program: 'GRB' });
    expect(draft.sequences[0]).toMatchObject({
      priority: 1,
      tPreferedMs: null,
      target: { name: 'GRB 140423', raDeg: 202.9277, decDeg: 29.2583 },
      albums: [{ channel: 'VIS' }, { channel: 'NIR' }],
    });
  });
});

describe('matching strategies', () => {
  it.each([
    ['a burst of a mission not followed', { ...bat, mission: 'HAWC' }, /mission HAWC/],
    ['a place too vague', vague, /±3 degrees, more than 0.15/],
    ['a test', noticeOf({ packet: 'test', ...base, errorDeg: 0.05 }), /role is test/],
    ['an event of the future', { ...bat, eventMs: now + 3_600_000 }, /in the future/],
    ['a notice of the future', { ...bat, dateMs: now + 3_600_000 }, /in the future/],
  ])('ignores %s, with the reason', (_name, notice, reason) => {
    expect(ignoredReason(notice as Notice)).toMatch(reason);
  });

  it('ignores a burst once every sequence has expired', () => {
    expect(ignoredReason(bat, [grb], burstMs + 6 * 3_600_000)).toMatch(/too late/);
    expect(ignoredReason(bat, [grb], burstMs + 5 * 3_600_000)).toBe('matched');
  });

  it('counts expiry from the notice when the event has no time', () => {
    expect(ignoredReason({ ...bat, eventMs: null }, [grb], now + 6 * 3_600_000)).toMatch(
      /too late/,
    );
  });

  it('asks for the importance that a strategy wants', () => {
    const strict = { ...grb, match: { ...grb.match, minImportance: 0.95 } };
    expect(ignoredReason(bat, [strict])).toMatch(/importance is 0.9/);
    expect(ignoredReason({ ...bat, importance: null }, [strict])).toMatch(/not told/);
    expect(ignoredReason(xrt, [strict])).toBe('matched');
  });

  it('has no opinion without a strategy', () => {
    expect(ignoredReason(bat, [])).toBe('no strategy is configured');
  });
});

describe('deciding about an alert', () => {
  const decide = (known: Burst | null, notice: Notice) =>
    decideAlert({ known, notice, strategies: [grb], now });
  const begun = applyNotice(null, bat);
  const known = 'burst' in begun ? begun.burst : null;
  const requested = known && { ...known, requested: true };

  it('submits a request for a new burst', () => {
    expect(decide(null, bat)).toMatchObject({
      action: 'submit',
      burst: { requested: true },
      requests: [{ strategy: 'grb' }],
    });
  });

  it('moves the request in place when a better position comes', () => {
    expect(decide(requested, xrt)).toMatchObject({
      action: 'move',
      burst: { target: { errorDeg: 0.0013 } },
    });
  });

  it('remembers a burst too vague to observe, and submits once it is refined', () => {
    const first = decide(null, vague);
    expect(first).toMatchObject({ action: 'record', burst: { requested: false } });
    const second = decide('burst' in first ? first.burst : null, xrt);
    expect(second).toMatchObject({ action: 'submit', burst: { target: { errorDeg: 0.0013 } } });
  });

  it('cancels on retraction', () => {
    const retraction = noticeOf({ packet: 'retraction', trigger: '596958', eventAt: base.eventAt });
    expect(decide(requested, retraction)).toMatchObject({ action: 'retract' });
  });

  it('does nothing twice', () => {
    expect(decide(requested, bat)).toEqual({
      action: 'record',
      burst: requested,
      reason: 'already received',
    });
  });
});

describe('what it interrupts', () => {
  const interruptsOf = (text: string) => {
    const match = matchStrategies(bat, [parseStrategy(text, 'x.yaml')], now);
    const [request] = 'matched' in match ? match.matched : [];
    return request && draftOf(request, unit.channels).interrupts;
  };

  it('is discarded, unless the strategy says otherwise', () => {
    expect(interruptsOf(grbText)).toBe('discard');
  });

  it('is read out where the strategy says so', () => {
    const text = grbText.replace('  priority: 1\n', '  priority: 1\n  interrupts: readout\n');
    expect(interruptsOf(text)).toBe('readout');
  });

  it('is one of the two words', () => {
    const text = grbText.replace('  priority: 1\n', '  priority: 1\n  interrupts: sell\n');
    expect(() => parseStrategy(text, 'x.yaml')).toThrow('request.interrupts');
  });
});
