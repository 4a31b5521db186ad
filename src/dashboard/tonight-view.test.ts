import { describe, expect, it } from 'vitest';
import type { Survey } from '#agent';
import type { ImageRow } from '#execution';
import { parseIso } from '#platform';
import { factsTold, nightTime, storedSequence, tonightSources } from '#testing';
import { tonightView } from './tonight-view.ts';

const exposure = { exposureId: 'a', sequenceId: 1, channel: 'VIS', filter: 'r', seconds: 60 };
const image: ImageRow = {
  id: 9,
  exposure_id: 'a',
  state: 'TAKEN',
  reason: '',
  sequence_id: 1,
  plan_id: 1,
  flags: '[]',
  number: 1,
  channel: 'VIS',
  filter: 'r',
  seconds: 60,
  start_at: nightTime('21:50:00'),
  night: '2014-04-23',
  path: 'images/a.fits',
  sha256: '',
  bytes: 1,
};

describe('the page', () => {
  it('is the same for the same sources', () => {
    expect(tonightView(tonightSources())).toEqual(tonightView(tonightSources()));
  });

  it('survives JSON', () => {
    const page = tonightView(tonightSources());
    expect(JSON.parse(JSON.stringify(page))).toEqual(page);
  });

  it('knows nothing before anything was written', () => {
    const page = tonightView(
      tonightSources({ observatory: null, safety: null, devices: new Map() }),
    );
    expect(page.safety).toEqual({ safe: null, reasons: ['nothing is known yet'], at: null });
    expect(page.dome).toEqual({ at: null, shutter: 'unknown', azimuthDeg: null });
    expect(page.telescope).toMatchObject({ motion: 'unknown', altDeg: null, target: null });
    expect(page.mode.name).toBe('STARTING');
  });

  it('does not trust a safety that is too old', () => {
    const { safety } = tonightSources();
    const old = safety && { ...safety, updated: nightTime('21:59:30') };
    expect(tonightView(tonightSources({ safety: old })).safety.safe).toBeNull();
  });

  it('links its images to their previews', () => {
    const { lastImages } = tonightView(
      tonightSources({ images: [image], sequences: [storedSequence(1)] }),
    );
    expect(lastImages).toMatchObject([{ sequence: 'S1', preview: '/api/images/9/preview.png' }]);
  });

  it('counts what was done among what can be done', () => {
    const sequences = [
      storedSequence(1, { status: 'DONE' }),
      storedSequence(2),
      storedSequence(3, { status: 'UNPLANNABLE' }),
    ];
    expect(tonightView(tonightSources({ sequences, imageCount: 4 })).progress).toMatchObject({
      sequencesDone: 1,
      sequencesPlanned: 2,
      images: 4,
    });
  });

  it('leads to the report once the night has ended', () => {
    const facts = factsTold(['04:40:00', 'NightEnded', { night: '2014-04-23', report: 'r.json' }]);
    expect(tonightView(tonightSources()).report).toBeNull();
    expect(tonightView(tonightSources({ facts })).report?.path).toBe('/report');
  });
});

describe('a camera', () => {
  const camera = (activity: string, at: string) => {
    const facts = factsTold([at, 'ExposureStarted', exposure]);
    const status = { activity, filter: 'g', temperatureC: -110 };
    const devices = new Map([['camera-VIS', { updated: nightTime('21:59:58'), status }]]);
    return tonightView(tonightSources({ facts, devices })).cameras[0];
  };

  it('exposes from the fact on, before its own status says so', () => {
    expect(camera('idle', '21:59:30')).toMatchObject({
      activity: 'exposing',
      filter: 'r',
      exposureSeconds: 60,
      startedAt: nightTime('21:59:30'),
    });
  });

  it('reads out when the time is over and no image has come', () => {
    expect(camera('exposing', '21:58:30')).toMatchObject({
      activity: 'reading',
      exposureSeconds: null,
    });
  });

  it('is what it says when nothing was started', () => {
    expect(tonightView(tonightSources()).cameras[0]?.activity).toBe('unknown');
  });
});

describe('what happened', () => {
  it('is told newest first', () => {
    const facts = factsTold(
      ['18:40:00', 'DomeOpened', { by: 'Majordome' }],
      ['21:00:00', 'DomeClosed', { by: 'Guardian' }],
    );
    expect(tonightView(tonightSources({ facts })).facts.map((fact) => fact.id)).toEqual([2, 1]);
  });

  it('shows an alarm as bad, and once however often it is told', () => {
    const alarm = { key: 'dome-not-closed', severity: 'CRITICAL', sentence: 'It is open' } as const;
    const facts = factsTold(
      ['21:00:00', 'AlarmRaised', { ...alarm, count: 1 }],
      ['21:01:00', 'AlarmRaised', { ...alarm, count: 2 }],
    );
    expect(tonightView(tonightSources({ facts })).facts).toMatchObject([{ id: 1, tone: 'bad' }]);
  });

  it('is not drowned by exposures', () => {
    const many = Array.from(
      { length: 60 },
      () => ['21:00:00', 'ExposureStarted', exposure] as const,
    );
    const facts = factsTold(['18:40:00', 'DomeOpened', { by: 'Majordome' }], ...many);
    expect(tonightView(tonightSources({ facts })).facts.map((fact) => fact.type)).toEqual([
      'DomeOpened',
    ]);
  });
});

describe('an agent', () => {
  const survey = (atMs: number): Survey => ({
    name: 'Majordome',
    mode: 'ACTIVE',
    status: 'IN_MAIN_LOOP',
    pid: 1,
    host: 'here',
    incarnation: 1,
    iteration: 1,
    atMs,
    validitySeconds: 10,
  });
  const now = parseIso(nightTime('22:00:00'));
  const majordome = (surveys: Survey[]) =>
    tonightView(tonightSources({ surveys })).agents.find((agent) => agent.name === 'Majordome');

  it('lives while its word counts', () => {
    expect(majordome([survey(now - 9_000)])?.alive).toBe(true);
    expect(majordome([survey(now - 11_000)])?.alive).toBe(false);
  });

  it('of the kind that is started by name only is shown once it was started', () => {
    const shown = (surveys: Survey[]) =>
      tonightView(tonightSources({ surveys })).agents.map((agent) => agent.name);
    expect(shown([])).not.toContain('AgentA');
    expect(shown([{ ...survey(now), name: 'AgentA' }])).toContain('AgentA');
    expect(shown([{ ...survey(now), name: 'AgentA', status: 'NOT_STARTED' }])).not.toContain(
      'AgentA',
    );
  });

  it('is not alive before it was seen', () => {
    expect(majordome([])).toMatchObject({ status: 'not seen', alive: false });
  });
});
