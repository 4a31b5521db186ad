/** Every table of PyROS: the one schema from which all migrations are generated. */
import { schemaOf } from '#db/columns';
import {
  AgentsSurveyEntity,
  CommandEntity,
  EffectEntity,
  FactCursorEntity,
  FactEntity,
  LogEntity,
} from '../agent/agent-entity.ts';
import { AlertEntity, StrategyObsEntity } from '../alert/alert-entity.ts';
import {
  DetectorEntity,
  DeviceEntity,
  DomeEntity,
  FilterEntity,
  FilterWheelEntity,
  PlcDeviceEntity,
  PlcEntity,
  TelescopeEntity,
} from '../devices/device-entity.ts';
import {
  AgentTelescopeEntity,
  TelescopeCommandEntity,
} from '../devices/telescope/telescope-entity.ts';
import {
  PlcDeviceStatusEntity,
  SensorReadingEntity,
  SiteWatchEntity,
  SiteWatchHistoryEntity,
  WeatherWatchEntity,
  WeatherWatchHistoryEntity,
} from '../environment/environment-entity.ts';
import {
  CalibrationImageEntity,
  ConfigEntity,
  DeviceStatusEntity,
  ImageEntity,
  NrtAnalysisEntity,
  ObservatoryEntity,
} from '../execution/execution-entity.ts';
import { ScheduleEntity, ScheduleHasSequencesEntity } from '../planning/schedule-entity.ts';
import { ScientificProgramEntity } from '../programs/program-entity.ts';
import {
  AlbumEntity,
  PlanEntity,
  RequestEntity,
  SequenceEntity,
} from '../request/request-entity.ts';
import { CountryEntity, PyrosUserEntity, UserLevelEntity } from '../users/user-entity.ts';

export const entities = schemaOf([
  CountryEntity,
  UserLevelEntity,
  PyrosUserEntity,
  ScientificProgramEntity,
  RequestEntity,
  SequenceEntity,
  AlbumEntity,
  PlanEntity,
  AlertEntity,
  StrategyObsEntity,
  ScheduleEntity,
  ScheduleHasSequencesEntity,
  WeatherWatchEntity,
  WeatherWatchHistoryEntity,
  SiteWatchEntity,
  SiteWatchHistoryEntity,
  PlcDeviceStatusEntity,
  SensorReadingEntity,
  ObservatoryEntity,
  ImageEntity,
  CalibrationImageEntity,
  NrtAnalysisEntity,
  ConfigEntity,
  DeviceStatusEntity,
  DeviceEntity,
  TelescopeEntity,
  DetectorEntity,
  FilterWheelEntity,
  FilterEntity,
  DomeEntity,
  PlcEntity,
  PlcDeviceEntity,
  TelescopeCommandEntity,
  AgentTelescopeEntity,
  FactEntity,
  FactCursorEntity,
  CommandEntity,
  EffectEntity,
  AgentsSurveyEntity,
  LogEntity,
]);
