import { describe, expect, it } from 'vitest';
import { nameOf, readSimsOrder } from './sims-order.ts';

describe('the words after sims', () => {
  it.each([
    ['faults', { kind: 'faults', device: null }],
    ['faults dome', { kind: 'faults', device: 'dome' }],
    ['set dome deaf-shutter', { kind: 'set', device: 'dome', fault: 'deaf-shutter' }],
    ['set mount drifts 5', { kind: 'set', device: 'mount', fault: 'drifts', amount: 5 }],
    ['clear dome', { kind: 'clear', device: 'dome' }],
    ['clear dome silent', { kind: 'clear', device: 'dome', fault: 'silent' }],
    ['value WXT520 RainRate 12', { kind: 'value', device: 'WXT520', value: 'RainRate', to: 12 }],
    ['value OBSERVATORY Mode off', { kind: 'value', value: 'Mode', to: 'off' }],
    ['value WXT520 RainRate auto', { kind: 'value', value: 'RainRate', to: 'auto' }],
  ])('"%s" are understood', (text, order) => {
    expect(readSimsOrder(text.split(' '))).toMatchObject(order);
  });

  it.each([
    'dance',
    'set dome',
    'set dome slow fast',
    'set dome slow -1',
    'set dome slow 1 2',
    'clear',
    'value WXT520 RainRate',
    'value WXT520 RainRate 1 2',
    'faults dome now',
  ])('"%s" are refused with what may be written', (text) => {
    expect(() => readSimsOrder(text.split(' '))).toThrow(
      /^(Write sims faults|"[^"]*" is no amount)/,
    );
  });

  it('name a simulator by its name or its alias, in any case', () => {
    const place = {
      name: 'dome',
      alias: 'VirtualDome',
      kind: 'dome',
      address: { host: '127.0.0.1', port: 1 },
      wire: 'lines',
    } as const;
    expect(['DOME', 'virtualdome', 'plc'].map((said) => nameOf(place, said))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
