import type { Channel, Filter } from '#unit';

/** The channel of that alias or other name, compared without case. */
export function findChannel(channels: readonly Channel[], name: string): Channel | undefined {
  return channels.find((channel) => isNamed(name, [channel.alias, ...channel.aliases]));
}

/** The filter of that name or other name in a channel, compared without case. */
export function findFilter(channel: Channel, name: string): Filter | undefined {
  return channel.filters.find((filter) => isNamed(name, [filter.name, ...filter.aliases]));
}

/** The names under which a request may ask for a channel or a filter, for people. */
export function knownNames(
  things: readonly ({ readonly aliases: readonly string[] } & (
    | { readonly alias: string }
    | { readonly name: string }
  ))[],
): string {
  const names = things.map((thing) => {
    const own = 'alias' in thing ? thing.alias : thing.name;
    return thing.aliases.length === 0 ? own : `${own} (${thing.aliases.join(', ')})`;
  });
  return names.join(', ');
}

function isNamed(name: string, names: readonly string[]): boolean {
  return names.some((each) => each.toLowerCase() === name.trim().toLowerCase());
}
