/** A sequence of an instance file, for tests: up for the whole night of {@link instanceDocument}. */
export function sequenceDocument(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 0,
    program: 0,
    ra: 100,
    dec: 80,
    durMin: 20,
    priority: 50,
    jd1: 2_459_659.3,
    jd2: 2_459_659.6,
    tpref: 'BESTELEV',
    minAlt: 30,
    minMoonDeg: 20,
    ...changes,
  };
}

/** What a small instance file holds, for tests: a spring night at 44° north. */
export function instanceDocument(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    site: { name: 'Somewhere', lat: 43.75, lon: 6.92, height: 1270 },
    night: [2_459_659.3, 2_459_659.6],
    slewDegPerSec: 2,
    setupSec: 30,
    horizon: [[0, 10]],
    programs: [{ id: 0, quotaMin: 300 }],
    sequences: [sequenceDocument()],
    ...changes,
  };
}
