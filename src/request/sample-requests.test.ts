import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { unitSchema } from '#unit';
import { parseRequestXml } from './request-xml.ts';

const config = new URL('../../config/', import.meta.url);
const unit = unitSchema.parse(parse(readFileSync(new URL('simulated.yaml', config), 'utf8')));
const folder = new URL('requests/', config);
const files = readdirSync(folder).filter((file) => file !== 'routine_request_01.xml');

describe('a request file that comes with PyROS', () => {
  it.each(files)('%s is read without a fault or a warning', (file) => {
    const context = { submittedAtMs: 0, channels: unit.channels };
    const reading = parseRequestXml(readFileSync(new URL(file, folder), 'utf8'), context);
    expect(reading).toMatchObject({ ok: true, warnings: [] });
  });

  it.each(files)('%s uses both channels at the same time', (file) => {
    const context = { submittedAtMs: 0, channels: unit.channels };
    const reading = parseRequestXml(readFileSync(new URL(file, folder), 'utf8'), context);
    const channels = reading.ok
      ? reading.request.sequences.map(({ albums }) => albums.map(({ channel }) => channel))
      : [];
    expect(channels.every((used) => used.join() === 'VIS,NIR')).toBe(true);
    expect(channels.length).toBeGreaterThan(0);
  });
});

describe('the request of moving targets in the how-to', () => {
  const xml = readFileSync(
    new URL('../../docs/how-to/request-of-moving-targets.xml', import.meta.url),
    'utf8',
  );
  const reading = parseRequestXml(xml, { submittedAtMs: 0, channels: unit.channels });

  it('is read without a fault or a warning', () => {
    expect(reading).toMatchObject({ ok: true, warnings: [] });
  });

  it('has a star that moves, a planet and an ephemeris', () => {
    const targets = reading.ok ? reading.request.sequences.map(({ target }) => target) : [];
    expect(targets).toMatchObject([
      { pmDecMasPerYear: 10328.12 },
      { path: { kind: 'BODY', body: 'Mars' } },
      { path: { kind: 'EPHEMERIS', points: [{}, {}, {}] } },
    ]);
  });
});
