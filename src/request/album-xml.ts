import type { Channel } from '#unit';
import type { ElementReader } from './element-reader.ts';
import { findChannel, findFilter, knownNames } from './instrument-names.ts';
import type { Album, Plan } from './request.ts';

const maxPlans = 100;

/** Reads an album and its plans; detector and filters become the unit's own names. */
export function readAlbum(reader: ElementReader, channels: readonly Channel[]): Album {
  const name = reader.text('name', 'the name of the album');
  const detector = reader.text('detector', 'the name of a detector');
  const channel = findChannel(channels, detector);
  if (detector !== '' && channel === undefined) {
    reader.attributeFault('detector', `a detector of this unit: ${knownNames(channels)}`);
  }
  const dither = reader.optionalNumber('dither', { min: 0, max: 600, what: 'arcseconds' });
  reader.noOtherAttributes();
  const plans = reader.children('plan', maxPlans).map((each) => readPlan(each, channel));
  const ditherArcsec = dither !== undefined && dither > 0 ? { ditherArcsec: dither } : {};
  return { name, channel: channel?.alias ?? detector, ...ditherArcsec, plans };
}

function readPlan(reader: ElementReader, channel: Channel | undefined): Plan {
  const name = reader.text('name', 'the name of the plan');
  const filter = readFilter(reader, channel);
  const exposureSeconds = reader.number('duration', {
    min: 0.001,
    max: 7200,
    what: 'seconds of one exposure',
  });
  const images = reader.number('nb_images', { min: 1, max: 10000, what: 'images', integer: true });
  reader.noOtherAttributes();
  reader.noChildren();
  return { name, filter, exposureSeconds, images };
}

function readFilter(reader: ElementReader, channel: Channel | undefined): string {
  const asked = reader.text('filter', 'the name of a filter');
  // Without a known channel its filters are unknown too: one fault is enough.
  if (asked === '' || channel === undefined) return asked;
  const filter = findFilter(channel, asked);
  if (filter === undefined) {
    const known = knownNames(channel.filters);
    reader.attributeFault('filter', `a filter of channel ${channel.alias}: ${known}`);
  }
  return filter?.name ?? asked;
}
