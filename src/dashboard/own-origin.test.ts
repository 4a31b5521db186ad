import { describe, expect, it } from 'vitest';
import { whyForeign } from './own-origin.ts';

const page = { host: '127.0.0.1:8000', origin: 'http://127.0.0.1:8000', site: 'same-origin' };

describe('a request that would change something', () => {
  it('passes from our own page, by any name of this computer', () => {
    expect(whyForeign(page, true)).toBeNull();
    const local = { ...page, host: 'localhost:8000', origin: 'http://localhost:8000' };
    expect(whyForeign(local, true)).toBeNull();
    expect(
      whyForeign({ ...page, host: '[::1]:8000', origin: 'http://[::1]:8000' }, true),
    ).toBeNull();
  });

  it('passes from a program that is no browser', () => {
    expect(
      whyForeign({ host: 'localhost:8000', origin: undefined, site: undefined }, true),
    ).toBeNull();
  });

  it.each([
    ['another page', { ...page, origin: 'http://evil.example' }],
    ['another port', { ...page, origin: 'http://127.0.0.1:9000' }],
    ['an opaque origin', { ...page, origin: 'null' }],
    ['another site, whatever its origin', { ...page, site: 'cross-site' }],
    ['a name that was bent to this computer', { ...page, host: 'evil.example:8000' }],
    ['nobody', { ...page, host: undefined }],
  ])('is turned away from %s', (_who, from) => {
    expect(whyForeign(from, true)).not.toBeNull();
  });

  it('may use any name of a server that is open to a network, but one and the same', () => {
    const host = 'telescope.example:8000';
    expect(whyForeign({ ...page, host, origin: `http://${host}` }, false)).toBeNull();
    expect(whyForeign({ ...page, host }, false)).not.toBeNull();
  });
});
