import { paramValue, type VOEvent } from './voevent.ts';

/** What a kind of notice is for, before one looks at what this one says. */
export type StreamKind =
  | 'burst'
  | 'refinement'
  | 'no-position'
  | 'utility'
  | 'sub-threshold'
  | 'catalogued'
  | 'test'
  | 'unknown';

export interface NoticeType {
  readonly mission: string;
  readonly instrument: string;
  readonly kind: StreamKind;
}

/**
 * The notices of the General Coordinates Network by their `Packet_Type`
 * (gcn.gsfc.nasa.gov/sock_pkt_def_doc.html, and the missions' pages for the later ones).
 */
const rows: readonly (readonly [number, string, string, StreamKind])[] = [
  [31, 'IPN', 'IPN', 'no-position'],
  [46, 'Swift', 'spacecraft', 'utility'],
  [47, 'Swift', 'spacecraft', 'utility'],
  [51, 'INTEGRAL', 'spacecraft', 'utility'],
  [52, 'INTEGRAL', 'SPI-ACS', 'no-position'],
  [53, 'INTEGRAL', 'IBIS', 'burst'],
  [54, 'INTEGRAL', 'IBIS', 'refinement'],
  [55, 'INTEGRAL', 'IBIS', 'refinement'],
  [56, 'INTEGRAL', 'IBIS', 'sub-threshold'],
  [60, 'Swift', 'BAT', 'no-position'],
  [61, 'Swift', 'BAT', 'burst'],
  [62, 'Swift', 'BAT', 'no-position'],
  [63, 'Swift', 'BAT', 'utility'],
  [65, 'Swift', 'spacecraft', 'utility'],
  [66, 'Swift', 'spacecraft', 'utility'],
  [67, 'Swift', 'XRT', 'refinement'],
  [68, 'Swift', 'XRT', 'utility'],
  [69, 'Swift', 'XRT', 'utility'],
  [70, 'Swift', 'XRT', 'utility'],
  [71, 'Swift', 'XRT', 'no-position'],
  [72, 'Swift', 'UVOT', 'utility'],
  [73, 'Swift', 'UVOT', 'utility'],
  [81, 'Swift', 'UVOT', 'refinement'],
  [82, 'Swift', 'BAT', 'test'],
  [83, 'Swift', 'spacecraft', 'utility'],
  [84, 'Swift', 'BAT', 'catalogued'],
  [89, 'Swift', 'UVOT', 'no-position'],
  [97, 'Swift', 'BAT', 'burst'],
  [98, 'Swift', 'BAT', 'sub-threshold'],
  [99, 'Swift', 'BAT', 'sub-threshold'],
  [100, 'AGILE', 'SuperAGILE', 'burst'],
  [101, 'AGILE', 'SuperAGILE', 'refinement'],
  [102, 'AGILE', 'SuperAGILE', 'refinement'],
  [107, 'AGILE', 'spacecraft', 'utility'],
  [109, 'AGILE', 'SuperAGILE', 'test'],
  [110, 'Fermi', 'GBM', 'no-position'],
  [111, 'Fermi', 'GBM', 'burst'],
  [112, 'Fermi', 'GBM', 'refinement'],
  [115, 'Fermi', 'GBM', 'refinement'],
  [119, 'Fermi', 'GBM', 'test'],
  [121, 'Fermi', 'LAT', 'burst'],
  [123, 'Fermi', 'LAT', 'catalogued'],
  [124, 'Fermi', 'LAT', 'test'],
  [125, 'Fermi', 'LAT', 'catalogued'],
  [126, 'Fermi', 'spacecraft', 'utility'],
  [127, 'Fermi', 'LAT', 'burst'],
  [128, 'Fermi', 'LAT', 'burst'],
  [129, 'Fermi', 'spacecraft', 'utility'],
  [133, 'Swift', 'BAT', 'catalogued'],
  [134, 'MAXI', 'GSC', 'burst'],
  [135, 'MAXI', 'GSC', 'catalogued'],
  [136, 'MAXI', 'GSC', 'test'],
  [139, 'MOA', 'MOA', 'unknown'],
  [140, 'Swift', 'BAT', 'sub-threshold'],
  [141, 'Swift', 'BAT', 'catalogued'],
  [149, 'SNEWS', 'SNEWS', 'no-position'],
  [150, 'LVK', 'LVK', 'burst'],
  [151, 'LVK', 'LVK', 'burst'],
  [152, 'LVK', 'LVK', 'refinement'],
  [153, 'LVK', 'LVK', 'test'],
  [163, 'LVK', 'LVK', 'burst'],
  [164, 'LVK', 'LVK', 'no-position'],
  [158, 'IceCube', 'HESE', 'burst'],
  [169, 'IceCube', 'EHE', 'burst'],
  [171, 'HAWC', 'burst monitor', 'burst'],
  [173, 'IceCube', 'gold track', 'burst'],
  [174, 'IceCube', 'bronze track', 'burst'],
  [175, 'Super-Kamiokande', 'supernova', 'burst'],
  [176, 'IceCube', 'cascade', 'burst'],
  [188, 'GECAM', 'flight', 'burst'],
  [189, 'GECAM', 'ground', 'refinement'],
];

const typesByNumber = new Map<number, NoticeType>(
  rows.map(([number, mission, instrument, kind]) => [number, { mission, instrument, kind }]),
);

/** The kind of notice that a packet belongs to. */
export function noticeTypeOf(event: VOEvent): NoticeType {
  const known = typesByNumber.get(Number(paramValue(event, 'Packet_Type') ?? Number.NaN));
  return known ?? { mission: authorityOf(event.ivorn), instrument: '', kind: 'unknown' };
}

/** The ivorn without its scheme and fragment, at most 50 characters: who speaks. */
function authorityOf(ivorn: string): string {
  return ivorn.slice('ivo://'.length).split('#')[0]?.slice(0, 50) ?? '';
}
