import { defineEntity, p } from '@mikro-orm/core';
import { belongsTo, id, instant, integer, longText, real, text } from '#db/columns';
import type { PlanEntity, SequenceEntity } from '#request';

/** The observatory's mode and what the Majordome must remember over its own death: one row. */
export const ObservatoryEntity = defineEntity({
  name: 'Observatory',
  tableName: 'observatory',
  properties: {
    id: id(),
    mode: text(30),
    since: instant(),
    reason: longText(),
    /** 1 when a person keeps the observatory closed. */
    locked: integer(),
    lockedBy: text(100).default(''),
    lockedReason: longText().default(''),
    /** 1 when a person works the devices by hand. */
    remote: integer().default(0),
    remoteBy: text(100).default(''),
    /** 1 when a person wants the PLC overruled, whether the PLC shows it or not. */
    bypass: integer().default(0),
    bypassBy: text(100).default(''),
    bypassReason: longText().default(''),
    bypassAsked: instant().nullable(),
    bypassUntil: instant().nullable(),
    /** Grows with each act of a person and each mode: who acts on an older page is refused. */
    version: integer().default(0),
    /** Why nothing is observed: JSON list of pauses. */
    pauses: longText().default('[]'),
    /** Which calibrations of this night are done: `dusk`, `dawn`, with a comma between them. */
    calibrated: text(20).default(''),
    night: text(10),
    /** 1 once the PLC's button has acknowledged this night, 2 once that is spent, 0 before. */
    nightAck: integer(),
    /** The sequence that the observer was told to run; 0 for none. */
    runningSequenceId: integer(),
    /** The command that told it; 0 for none. */
    runningCommandId: integer(),
  },
});

/**
 * One exposure, from the intent to its end. The row is written before the shutter opens, so
 * that no image can exist without it.
 */
export const ImageEntity = defineEntity({
  name: 'Image',
  tableName: 'image',
  properties: {
    id: id(),
    exposureId: text(100).unique(),
    /** EXPOSING, then TAKEN, ABORTED or FAILED. */
    state: text(20).index(),
    reason: longText(),
    sequence: () => belongsTo<typeof SequenceEntity>('Sequence').index(),
    plan: () => belongsTo<typeof PlanEntity>('Plan').index(),
    /** What is wrong with it: JSON list of words, e.g. `vignetted`. */
    flags: longText().default('[]'),
    /** Which of the plan's images, from 1. */
    number: integer(),
    channel: text(50),
    filter: text(50),
    seconds: real(),
    startAt: instant(),
    night: text(10),
    /** Relative to the data folder; empty until TAKEN. */
    path: text(250),
    sha256: text(64),
    bytes: integer(),
  },
});

/** One exposure that calibrates the others, from the intent to its end. */
export const CalibrationImageEntity = defineEntity({
  name: 'CalibrationImage',
  tableName: 'calibration_image',
  properties: {
    id: id(),
    exposureId: text(100).unique(),
    /** EXPOSING, then TAKEN, ABORTED or FAILED. */
    state: text(20).index(),
    reason: longText(),
    /** `flat`, `dark` or `bias`. */
    kind: text(10),
    /** `dusk` or `dawn`. */
    moment: text(10),
    channel: text(50),
    filter: text(50),
    seconds: real(),
    startAt: instant(),
    night: text(10).index(),
    /** Relative to the data folder; empty until TAKEN. */
    path: text(250),
    sha256: text(64),
    bytes: integer(),
  },
});

/** What each device last said: one row a device, the status as JSON. */
export const DeviceStatusEntity = defineEntity({
  name: 'DeviceStatus',
  tableName: 'device_status',
  properties: { device: text(50).primary(), updated: instant(), status: longText() },
});

/** What the first look at an image found, while the night goes on. */
export const NrtAnalysisEntity = defineEntity({
  name: 'NrtAnalysis',
  tableName: 'nrt_analysis',
  properties: {
    id: id(),
    image: () => p.manyToOne(ImageEntity).deleteRule('cascade').index(),
    /** Which analysis, e.g. `candidates`. */
    name: text(100),
    created: instant(),
    /** What it found: JSON. */
    analysis: longText(),
  },
});

/** Global variables of the unit. */
export const ConfigEntity = defineEntity({
  name: 'Config',
  tableName: 'config',
  properties: {
    id: id(),
    name: text(100).unique(),
    value: longText().default(''),
    /** What it decides, for people. */
    description: longText().default(''),
    updated: instant().nullable(),
  },
});
