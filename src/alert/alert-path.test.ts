import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RealClock } from '#platform';
import { decideAlert } from './alert-decision.ts';
import { runAlertSimulator } from './alert-simulator.ts';
import type { Burst } from './burst.ts';
import { classify } from './notice.ts';
import { parseStrategy } from './strategy.ts';
import { parseVOEvent } from './voevent-xml.ts';
import { sendVOEvent } from './vtp-client.ts';
import { startVtpServer } from './vtp-server.ts';

it('an alert sent over TCP is requested, a refused packet is answered, a copy changes nothing', async () => {
  const grb = new URL('../../config/strategies/grb.yaml', import.meta.url);
  const strategies = [parseStrategy(readFileSync(grb, 'utf8'), 'grb.yaml')];
  const clock = new RealClock();
  const actions: string[] = [];
  let known: Burst | null = null;
  const host = '127.0.0.1';
  const server = await startVtpServer({
    listen: { host, port: 0 },
    allow: [host],
    identity: 'ivo://pyros/SimulUnit1',
    clock,
    onEvent: async (packet) => {
      const parsed = parseVOEvent(packet);
      if (!parsed.ok) return { ack: false, reason: parsed.reason };
      const now = Date.UTC(2014, 3, 23, 21, 10, 0);
      const decision = decideAlert({ notice: classify(parsed.event), known, strategies, now });
      known = decision.burst;
      actions.push(decision.action);
      return { ack: true };
    },
  });
  const at = '2014-04-23T21:08:24Z';
  const place = { raDeg: 202.9277, decDeg: 29.2583, errorDeg: 0.05 };
  const bat = {
    packet: 'bat',
    trigger: '596958',
    eventAt: '2014-04-23T21:07:08Z',
    ...place,
  } as const;
  const xrt = { ...bat, packet: 'xrt', errorDeg: 0.0013 } as const;
  const hostile = { packet: 'raw', text: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' } as const;
  const author = { host, port: server.port, clock, identity: 'ivo://pyros.simulator/author' };
  const outcomes: string[] = [];
  for (const alertSimulator of [bat, hostile, bat, xrt]) {
    await runAlertSimulator({
      events: [{ at, alertSimulator }],
      clock,
      send: (packet) => sendVOEvent(packet, author),
      onDelivery: (_event, delivery) => outcomes.push(delivery.outcome),
    });
  }
  await server.close();
  expect(outcomes).toEqual(['ack', 'nak', 'ack', 'ack']);
  expect(actions).toEqual(['submit', 'record', 'move']);
});
