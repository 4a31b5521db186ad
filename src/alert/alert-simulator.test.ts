import { describe, expect, it } from 'vitest';
import { iso, VirtualClock } from '#platform';
import { runAlertSimulator, type ScenarioAlert } from './alert-simulator.ts';
import { classify } from './notice.ts';
import { alertSpecSchema, type SwiftSpec, swiftPacket } from './swift-packet.ts';
import { parseVOEvent } from './voevent-xml.ts';
import type { Delivery } from './vtp-client.ts';

const startMs = Date.UTC(2014, 3, 23, 21, 0, 0);
const place = { raDeg: 202.9277, decDeg: 29.2583, errorDeg: 0.05 };
const base = { trigger: '596958', eventAt: '2014-04-23T21:07:08.07' };
const batAlert: ScenarioAlert = {
  at: '2014-04-23T21:08:24',
  alertSimulator: { packet: 'bat', ...base, ...place },
};

describe('simulated Swift packets', () => {
  const specs: readonly [SwiftSpec, string, string][] = [
    [{ packet: 'bat', ...base, ...place }, 'burst', 'BAT'],
    [{ packet: 'xrt', ...base, ...place }, 'refinement', 'XRT'],
    [{ packet: 'uvot', ...base, ...place }, 'refinement', 'UVOT'],
    [{ packet: 'test', ...base, ...place }, 'test', 'BAT'],
    [{ packet: 'retraction', ...base }, 'retraction', 'BAT'],
  ];

  it.each(specs)('are read and classified: $packet', (spec, kind, instrument) => {
    const parsed = parseVOEvent(swiftPacket(spec, startMs));
    if (!parsed.ok) throw new Error(parsed.reason);
    expect(classify(parsed.event)).toMatchObject({
      kind,
      instrument,
      mission: 'Swift',
      trigger: '596958',
      dateMs: startMs,
      eventMs: Date.UTC(2014, 3, 23, 21, 7, 8, 70),
    });
  });

  it('cite the announcement that they refine or retract', () => {
    const cited = 'ivo://pyros.simulator/SWIFT#BAT_GRB_Pos_596958-1';
    expect(swiftPacket({ packet: 'xrt', ...base, ...place }, startMs)).toContain(
      `<EventIVORN cite="followup">${cited}</EventIVORN>`,
    );
    expect(swiftPacket({ packet: 'retraction', ...base }, startMs)).toContain(
      `<EventIVORN cite="retraction">${cited}</EventIVORN>`,
    );
  });

  it('carry the text and the date of their spec', () => {
    const spec: SwiftSpec = { packet: 'bat', ...base, ...place, text: 'a <b> & "c"' };
    const noticeAt = '2014-04-23T21:08:20Z';
    const parsed = parseVOEvent(swiftPacket({ ...spec, noticeAt }, startMs));
    expect(parsed).toMatchObject({
      ok: true,
      event: { description: 'a <b> & "c"', dateMs: Date.parse(noticeAt) },
    });
  });
});

describe('the alertSimulator object of a scenario', () => {
  it.each([
    { packet: 'bat', ...base, ...place },
    { packet: 'xrt', ...base, ...place, noticeAt: '2014-04-23T21:09:42Z', text: 'finer' },
    { packet: 'retraction', ...base },
    { packet: 'raw', text: '<!DOCTYPE x>' },
  ])('accepts $packet', (spec) => {
    expect(alertSpecSchema.parse(spec)).toEqual(spec);
  });

  it.each([
    ['an unknown packet', { packet: 'gbm', ...base, ...place }],
    ['no place', { packet: 'bat', ...base }],
    ['RA 400', { packet: 'bat', ...base, ...place, raDeg: 400 }],
    ['a date that is none', { packet: 'bat', ...base, ...place, eventAt: 'tonight' }],
    ['a trigger that is no number', { packet: 'bat', ...place, ...base, trigger: '"/><x' }],
    ['an unknown key', { packet: 'bat', ...base, ...place, colour: 'red' }],
  ])('refuses %s', (_name, spec) => {
    expect(alertSpecSchema.safeParse(spec).success).toBe(false);
  });
});

describe('the alert sender', () => {
  const run = async (events: readonly ScenarioAlert[], answers: readonly Delivery[] = []) => {
    const clock = new VirtualClock(startMs);
    const sent: { at: string; text: string }[] = [];
    const send = async (packet: Uint8Array): Promise<Delivery> => {
      sent.push({ at: iso(clock.now()).slice(11, 19), text: new TextDecoder().decode(packet) });
      return answers[sent.length - 1] ?? { outcome: 'ack' };
    };
    let isDone = false;
    const outcomes: string[] = [];
    const onDelivery = (_event: ScenarioAlert, { outcome }: Delivery) => outcomes.push(outcome);
    void runAlertSimulator({ events, clock, send, onDelivery }).then(() => {
      isDone = true;
    });
    await clock.run(startMs + 3_600_000, () => isDone);
    return { sent, outcomes, isDone };
  };
  const lost: Delivery = { outcome: 'unanswered', reason: 'no answer' };

  it('sends each packet at its instant of the observatory', async () => {
    const xrt = { ...batAlert.alertSimulator, packet: 'xrt' } as ScenarioAlert['alertSimulator'];
    const { sent } = await run([{ at: '2014-04-23T21:09:42Z', alertSimulator: xrt }, batAlert]);
    expect(sent.map(({ at }) => at)).toEqual(['21:08:24', '21:09:42']);
    expect(sent[0]?.text).toContain('BAT_GRB_Pos_596958');
    expect(sent[0]?.text).toContain('<Date>2014-04-23T21:08:24.000Z</Date>');
  });

  it('sends at once what is late already', async () => {
    const { sent } = await run([{ ...batAlert, at: '2014-04-23T20:00:00Z' }]);
    expect(sent.map(({ at }) => at)).toEqual(['21:00:00']);
  });

  it('sends the same packet again, ever more rarely, until it is acknowledged', async () => {
    const { sent, outcomes, isDone } = await run([batAlert], [lost, lost, lost]);
    expect(sent.map(({ at }) => at)).toEqual(['21:08:24', '21:08:25', '21:08:27', '21:08:31']);
    expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
    expect([outcomes.at(-1), isDone]).toEqual(['ack', true]);
  });

  it('takes a refusal for an answer', async () => {
    const raw: ScenarioAlert = { at: batAlert.at, alertSimulator: { packet: 'raw', text: 'hm' } };
    const { sent, outcomes } = await run([raw], [{ outcome: 'nak', reason: 'no VOEvent' }]);
    expect(sent.map(({ text }) => text)).toEqual(['hm']);
    expect(outcomes).toEqual(['nak']);
  });

  it('stops when aborted', async () => {
    const stop = new AbortController();
    const clock = new VirtualClock(startMs);
    const send = async (): Promise<Delivery> => lost;
    const running = runAlertSimulator({ events: [batAlert], clock, send, signal: stop.signal });
    stop.abort(new Error('the night is over'));
    await expect(running).rejects.toThrow('the night is over');
  });
});
