import { describe, expect, it } from 'vitest';
import { PyrosCamera } from '../camera/drivers/pyros-driver.ts';
import { BeckhoffPlc } from '../plc/drivers/beckhoff-driver.ts';
import { PyrosTelescope } from '../telescope/drivers/pyros-driver.ts';
import type { Link, Reply } from './link.ts';

function answering(reply: Reply): Link {
  return { request: async () => reply, close: async () => undefined };
}

const telescope = (text: string) => new PyrosTelescope('Mount', answering({ text }));
const camera = (text: string, body: Uint8Array) =>
  new PyrosCamera('VIS', answering({ text, body }));

describe('a driver', () => {
  it('passes on the device’s own sentence when it refuses', async () => {
    const refusal = telescope('ERR BELOW_LIMIT Too low.').goto({ raDeg: 1, decDeg: 2 });
    await expect(refusal).rejects.toMatchObject({
      code: 'DEVICE_REFUSED',
      message: 'Mount: Too low.',
    });
  });

  it.each(['', 'OK', 'OK {}', 'HTTP/1.1 400 Bad Request', 'OK {"motion":"flying"}'])(
    'calls "%s" garbled as a status',
    async (text) => {
      await expect(telescope(text).status()).rejects.toMatchObject({ code: 'DEVICE_GARBLED' });
    },
  );

  it('names every field of a status that is wrong', async () => {
    await expect(telescope('OK {"motion":"flying","x":1}').status()).rejects.toThrow(
      /motion.*raDeg.*x/s,
    );
  });

  it('calls JSON garbled where a plain OK is due', async () => {
    await expect(telescope('OK {"a":1}').stop()).rejects.toMatchObject({ code: 'DEVICE_GARBLED' });
  });

  it('never sends two lines as one request', async () => {
    const smuggled = camera('OK', new Uint8Array(0)).setFilter('r\nDO ABORT');
    await expect(smuggled).rejects.toMatchObject({ code: 'REQUEST_MALFORMED' });
  });

  it('never sends an exposure whose name is not one word', async () => {
    const exposure = { exposureId: 'a b', seconds: 1, shutter: 'open' } as const;
    const refusal = camera('OK', new Uint8Array(0)).expose(exposure);
    await expect(refusal).rejects.toMatchObject({ code: 'REQUEST_MALFORMED' });
  });

  it.each([
    ['of another exposure', { exposureId: 'b' }],
    ['with too few bytes', { bytes: 6 }],
    ['of another size', { width: 3 }],
    ['with a field too many', { colour: 'red' }],
  ])('calls an image %s garbled', async (_, change) => {
    const image = { exposureId: 'a', width: 2, height: 2, bytes: 8, startMs: 0, seconds: 1 };
    const meta = { ...image, filter: 'r', temperatureC: -110, ...change };
    const reading = camera(`OK IMAGE ${JSON.stringify(meta)}`, new Uint8Array(8)).readout('a');
    await expect(reading).rejects.toMatchObject({ code: 'DEVICE_GARBLED' });
  });

  it('tells a PLC that refuses from one that sends nonsense', async () => {
    const plc = (text: string) => new BeckhoffPlc('PLC', answering({ text }));
    const refusal = '[{"name":"ERROR","comment":"not now"}]';
    await expect(plc(refusal).status()).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    await expect(plc('[{}]').status()).rejects.toMatchObject({ code: 'DEVICE_GARBLED' });
  });

  it('asks the PLC exactly as the guide writes it', async () => {
    const asked: string[] = [];
    const link: Link = {
      request: async (text) => {
        asked.push(text);
        return { text: '[]' };
      },
      close: async () => undefined,
    };
    await expect(new BeckhoffPlc('PLC', link).status()).rejects.toThrow();
    expect(asked).toEqual(['{"command": [{"name": "STATUS"}]}']);
  });
});
