import { defineEntity, p } from '@mikro-orm/core';
import { belongsTo, id, instant, integer, longText, real, text } from '#db/columns';
import type { ScientificProgramEntity } from '#programs';
import type { PyrosUserEntity } from '#users';

/** What an observer, or an alert, asks for. */
export const RequestEntity = defineEntity({
  name: 'Request',
  tableName: 'request',
  properties: {
    id: id(),
    name: text(200).default(''),
    /** Who submitted it. */
    pyrosUser: () => belongsTo<typeof PyrosUserEntity>('PyrosUser'),
    /** Who pays for it. */
    scientificProgram: () => belongsTo<typeof ScientificProgramEntity>('ScientificProgram'),
    /** 1 when an alert asks. */
    isAlert: integer().default(0),
    /** The observer's word for it, e.g. `galaxy`. */
    targetType: text(50).default(''),
    /** What becomes of the exposure that it interrupts: `discard` or `readout`. */
    interrupts: text(10).default('discard'),
    /** Null while its observer still works on it. */
    submitted: instant().nullable(),
    sequences: () => p.oneToMany(SequenceEntity).mappedBy('request'),
  },
});

/** One stretch of observation on one target. */
export const SequenceEntity = defineEntity({
  name: 'Sequence',
  tableName: 'sequence',
  properties: {
    id: id(),
    request: () => p.manyToOne(RequestEntity).deleteRule('cascade').index(),
    name: text(200).default(''),
    /** In the guide's words, e.g. `TOBEPLANNED`: see sequence-status.ts. */
    status: text(20).index().default('INCOMPLETE'),
    /** Why it has this status, for people. */
    reason: longText().default(''),
    /** Name of the target. */
    target: text(200).default(''),
    /** `FIXED`, `BODY` (`target` names the planet or the Moon) or `EPHEMERIS`: see target-row.ts. */
    targetForm: text(20).default('FIXED'),
    /** ICRS degrees at `epoch`; a fixed target without a place cannot be planned. */
    raDeg: real().nullable(),
    decDeg: real().nullable(),
    /** Proper motion, milliarcseconds a year; that in RA includes cos(Dec). */
    pmRa: real().default(0),
    pmDec: real().default(0),
    /** Julian year of the place, e.g. 2016. */
    epoch: real().default(2000),
    /** JSON: places `{ms, raDeg, decDeg}` by time. */
    ephemeris: longText().nullable(),
    /** First and last Julian day of the window (UTC). */
    jd1: real().default(0),
    jd2: real().default(0),
    /** Small = urgent; alerts 1 to 9. */
    priority: integer().default(50),
    /** `IMMEDIATE` or `BESTELEV`. */
    startMode: text(20).default('IMMEDIATE'),
    /** Julian day, or -1 when there is no preference. */
    tPrefered: real().default(-1),
    /** Seconds. */
    duration: real().default(0),
    /** The least part of it that is worth doing, seconds; null: all or nothing. */
    minUsefulSeconds: real().nullable(),
    /** Its own limits; null: those of the unit, or none. */
    minAltDeg: real().nullable(),
    moonDistanceDeg: real().nullable(),
    sunDistanceDeg: real().nullable(),
    /** Magnitudes per square arcsecond: the sky must be at least this dark. */
    skyBrightness: real().nullable(),
    /** Arcseconds at the zenith. */
    maxSeeing: real().nullable(),
    /** How often it failed by no fault of its observer. */
    failures: integer().default(0),
    albums: () => p.oneToMany(AlbumEntity).mappedBy('sequence'),
  },
});

/** What one channel does in a sequence. */
export const AlbumEntity = defineEntity({
  name: 'Album',
  tableName: 'album',
  properties: {
    id: id(),
    sequence: () => p.manyToOne(SequenceEntity).deleteRule('cascade').index(),
    name: text(200).default(''),
    /** Alias of the channel in the unit file. */
    detector: text(50).default(''),
    /** Between two images the telescope moves about its target by so much, arcseconds; 0: not. */
    ditherArcsec: real().default(0),
    plans: () => p.oneToMany(PlanEntity).mappedBy('album'),
  },
});

/** Images of one filter and one exposure time. */
export const PlanEntity = defineEntity({
  name: 'Plan',
  tableName: 'plan',
  properties: {
    id: id(),
    album: () => p.manyToOne(AlbumEntity).deleteRule('cascade').index(),
    name: text(200).default(''),
    /** Name of the filter in the unit file. */
    filter: text(50).default(''),
    /** Exposure of one image, seconds. */
    duration: real().default(0),
    nbImages: integer().default(1),
  },
});
