import { describe, expect, it } from 'vitest';
import { MemoryNetwork } from './memory-network.ts';

const address = { host: 'mount', port: 1 };

describe('the network in memory', () => {
  it('finds a device that is served after the link was made', async () => {
    const network = new MemoryNetwork();
    const link = network.link(address, 'lines');
    network.serve(address, { handle: async (text) => ({ text: `OK {"asked":"${text}"}` }) });
    expect(await link.request('GET STATUS')).toEqual({ text: 'OK {"asked":"GET STATUS"}' });
  });

  it('finds nobody where nothing is served, or not any more', async () => {
    const network = new MemoryNetwork();
    const link = network.link(address, 'lines');
    await expect(link.request('x')).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
    network.serve(address, { handle: async () => ({ text: 'OK' }) });
    network.unplug(address);
    await expect(link.request('x')).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
  });

  it('asks one thing after the other', async () => {
    const network = new MemoryNetwork();
    const order: string[] = [];
    network.serve(address, {
      handle: async (text) => {
        order.push(`${text} begins`);
        await Promise.resolve();
        order.push(`${text} ends`);
        return { text };
      },
    });
    const link = network.link(address, 'lines');
    await Promise.all([link.request('a'), link.request('b')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('answers nothing on a closed link', async () => {
    const network = new MemoryNetwork();
    network.serve(address, { handle: async () => ({ text: 'OK' }) });
    const link = network.link(address, 'lines');
    await link.close();
    await expect(link.request('x')).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
  });
});
