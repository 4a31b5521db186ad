/** What a browser says of where a request comes from. */
export interface Origin {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** The header `sec-fetch-site`. */
  readonly site: string | undefined;
}

/**
 * Why a request that would change something is not from our own page; null when it is, or comes from a
 * program that is no browser. `loopback`: the server is for this computer alone, so that any other name
 * for it is a trick (DNS rebinding).
 */
export function whyForeign({ host, origin, site }: Origin, loopback: boolean): string | null {
  if (host === undefined) return 'it names no host';
  if (loopback && !isLoopbackName(host)) return 'it is for another host';
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return 'it comes from another page';
  }
  if (origin === undefined) return null;
  return hostOf(origin) === host.toLowerCase() ? null : 'it comes from another page';
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}

function hostOf(origin: string): string | null {
  return /^https?:\/\/([^/]+)$/i.exec(origin)?.[1]?.toLowerCase() ?? null;
}
