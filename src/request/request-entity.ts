import { defineEntity, p } from '@mikro-orm/core';
import { id, instant, integer, longText, real, text } from '#db/columns';

/** What an observer asks for. Programs and users are named, for they live in other rooms. */
export const RequestEntity = defineEntity({
  name: 'Request',
  tableName: 'request',
  properties: {
    id: id(),
    name: text(200),
    username: text(100),
    program: text(100),
    targetType: text(50),
    isAlert: integer(),
    submitted: instant(),
  },
});

/** One stretch of observation on one target. */
export const SequenceEntity = defineEntity({
  name: 'Sequence',
  tableName: 'sequence',
  properties: {
    id: id(),
    request: () => p.manyToOne(RequestEntity),
    name: text(200),
    status: text(20).index(),
    /** Why it has this status, for people. */
    reason: longText(),
    target: text(200),
    raDeg: real(),
    decDeg: real(),
    jd1: real(),
    jd2: real(),
    priority: integer(),
    startMode: text(20),
    /** Julian day, or -1 when there is no preference. */
    tPrefered: real(),
    /** Seconds. */
    duration: real(),
  },
});

/** What one channel does in a sequence. */
export const AlbumEntity = defineEntity({
  name: 'Album',
  tableName: 'album',
  properties: {
    id: id(),
    sequence: () => p.manyToOne(SequenceEntity),
    name: text(200),
    detector: text(50),
  },
});

/** Images of one filter and one exposure time. */
export const PlanEntity = defineEntity({
  name: 'Plan',
  tableName: 'plan',
  properties: {
    id: id(),
    album: () => p.manyToOne(AlbumEntity),
    name: text(200),
    filter: text(50),
    /** Exposure of one image, seconds. */
    duration: real(),
    nbImages: integer(),
  },
});
