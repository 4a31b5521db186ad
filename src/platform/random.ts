/** A source of uniform random numbers that one seed decides. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** Normal deviate of mean 0 and standard deviation 1 (Box and Muller, 1958). */
  normal(): number;
  /** An independent source, decided by this one's seed and the name alone. */
  fork(name: string): Random;
}

/** The same seed gives the same numbers on every machine (SplitMix32, after Steele et al. 2014). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  let spare: number | undefined;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 4294967296;
  };
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return {
    next,
    normal,
    integer: (below) => Math.floor(next() * below),
    fork: (name) => seededRandom(hash32(`${seed}/${name}`)),
  };
}

/** A 32-bit hash of a text (FNV-1a), e.g. to seed by name. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
