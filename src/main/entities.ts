/** Every table of PyROS: the one schema from which all migrations are generated. */
import {
  AgentsSurveyEntity,
  CommandEntity,
  FactCursorEntity,
  FactEntity,
  LogEntity,
} from '../agent/agent-entity.ts';
import { AlertEntity, StrategyObsEntity } from '../alert/alert-entity.ts';
import {
  PlcDeviceStatusEntity,
  SiteWatchEntity,
  SiteWatchHistoryEntity,
  WeatherWatchEntity,
  WeatherWatchHistoryEntity,
} from '../environment/environment-entity.ts';
import {
  DeviceStatusEntity,
  ImageEntity,
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

export const entities = [
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
  ObservatoryEntity,
  ImageEntity,
  DeviceStatusEntity,
  FactEntity,
  FactCursorEntity,
  CommandEntity,
  AgentsSurveyEntity,
  LogEntity,
];
