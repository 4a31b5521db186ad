import { defineEntity, p } from '@mikro-orm/core';
import { id, integer, longText, real, text } from '#db/columns';

/** A device of the unit and where it answers. The unit file decides; the tables repeat it. */
export const DeviceEntity = defineEntity({
  name: 'Device',
  tableName: 'device',
  properties: {
    id: id(),
    /** Its alias in the unit file. */
    name: text(50).unique(),
    /** `telescope`, `camera`, `dome`, `plc`, `focuser` or `station`. */
    kind: text(20),
    description: longText().default(''),
    /** Which driver speaks to it, e.g. `simulated`. */
    control: text(20),
    host: text(100),
    port: integer(),
  },
});

const device = () => p.oneToOne(DeviceEntity).deleteRule('cascade');

/** A mount with its telescope. */
export const TelescopeEntity = defineEntity({
  name: 'Telescope',
  tableName: 'telescope',
  properties: {
    id: id(),
    device,
    name: text(50),
    /** Metres. */
    aperture: real(),
    /** Metres. */
    focalLength: real(),
    /** The lowest it may point, degrees above the horizon. */
    minAltDeg: real(),
  },
});

/** The detector of a channel. */
export const DetectorEntity = defineEntity({
  name: 'Detector',
  tableName: 'detector',
  properties: {
    id: id(),
    device,
    /** The instrument that it is part of. */
    instrument: text(50),
    /** Pixels. */
    width: integer(),
    height: integer(),
    pixelArcsec: real(),
    /** Electrons per count. */
    gain: real(),
    /** Electrons. */
    readNoise: real(),
    /** Degrees Celsius. */
    temperature: real(),
    /** Seconds. */
    readout: real(),
  },
});

/** The wheel before a detector. */
export const FilterWheelEntity = defineEntity({
  name: 'FilterWheel',
  tableName: 'filter_wheel',
  properties: {
    id: id(),
    detector: () => p.oneToOne(DetectorEntity).deleteRule('cascade'),
    /** How long a change takes, seconds. */
    change: real(),
    filters: () => p.oneToMany(FilterEntity).mappedBy('filterWheel'),
  },
});

/** A filter in its wheel. */
export const FilterEntity = defineEntity({
  name: 'Filter',
  tableName: 'filter',
  uniques: [{ properties: ['filterWheel', 'name'] }],
  properties: {
    id: id(),
    filterWheel: () => p.manyToOne(FilterWheelEntity).deleteRule('cascade'),
    name: text(50),
    /** From 1, in the order of the unit file. */
    position: integer(),
    /** Effective wavelength, nanometres. */
    wavelength: real(),
    /** Other names that requests may use: a JSON list. */
    aliases: longText(),
  },
});

/** The dome. */
export const DomeEntity = defineEntity({
  name: 'Dome',
  tableName: 'dome',
  properties: {
    id: id(),
    device,
    /** How long its slit takes to open and to close, seconds. */
    opening: real(),
    closing: real(),
    /** It closes by itself so long after the guardian's last word, seconds. */
    permit: real(),
  },
});

/** The controller of the building. */
export const PlcEntity = defineEntity({
  name: 'Plc',
  tableName: 'plc',
  properties: {
    id: id(),
    device,
    /** How often it is asked, seconds. */
    poll: real(),
    /** An older value is unknown, and unknown is unsafe: seconds. */
    maxAge: real(),
    plcDevices: () => p.oneToMany(PlcDeviceEntity).mappedBy('plc'),
  },
});

/** A sensor that the controller reports and whose values decide on safety. */
export const PlcDeviceEntity = defineEntity({
  name: 'PlcDevice',
  tableName: 'plc_device',
  uniques: [{ properties: ['plc', 'name'] }],
  properties: {
    id: id(),
    plc: () => p.manyToOne(PlcEntity).deleteRule('cascade'),
    name: text(50),
    /** Its values that limits are set on: a JSON list of names. */
    watched: longText(),
  },
});
