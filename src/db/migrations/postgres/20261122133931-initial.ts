import { Migration } from '@mikro-orm/migrations';

export class Migration20261122133931_initial extends Migration {
  override name = 'Migration20261122133931_initial';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "agents_survey" ("name" varchar(50) not null, "created" varchar(24) not null, "updated" varchar(24) not null, "validity_duration_sec" int not null, "mode" varchar(15) not null, "status" varchar(50) not null, "pid" int not null, primary key ("name"));`,
    );

    this.addSql(
      `create table "alert" ("id" serial primary key, "ivorn" varchar(250) not null, "role" varchar(20) not null, "mission" varchar(50) not null, "trigger" varchar(100) not null, "kind" varchar(50) not null, "ra_deg" double precision null, "dec_deg" double precision null, "error_deg" double precision null, "event_at" varchar(24) null, "notice_at" varchar(24) null, "received_at" varchar(24) not null, "outcome" text not null, "packet" text not null, "burst" text not null, "sequence_ids" text not null);`,
    );
    this.addSql(`alter table "alert" add constraint "alert_ivorn_unique" unique ("ivorn");`);
    this.addSql(`create index "alert_trigger_index" on "alert" ("trigger");`);

    this.addSql(
      `create table "command" ("id" serial primary key, "sender" varchar(50) not null, "recipient" varchar(50) not null, "name" varchar(50) not null, "payload" text not null, "deposit_time" varchar(24) not null, "validity_seconds" double precision not null, "r_read_time" varchar(24) null, "r_start_time" varchar(24) null, "r_end_time" varchar(24) null, "state" varchar(20) not null, "progress" text not null, "result" text not null, "error_code" varchar(50) not null);`,
    );
    this.addSql(
      `create index "command_recipient_state_index" on "command" ("recipient", "state");`,
    );

    this.addSql(
      `create table "country" ("id" serial primary key, "name" varchar(100) not null, "description" text not null, "quota" double precision not null);`,
    );
    this.addSql(`alter table "country" add constraint "country_name_unique" unique ("name");`);

    this.addSql(
      `create table "device_status" ("device" varchar(50) not null, "updated" varchar(24) not null, "status" text not null, primary key ("device"));`,
    );

    this.addSql(
      `create table "fact" ("id" serial primary key, "at" varchar(24) not null, "agent" varchar(50) not null, "type" varchar(50) not null, "payload" text not null);`,
    );

    this.addSql(
      `create table "fact_cursor" ("agent" varchar(50) not null, "last_fact_id" int not null, primary key ("agent"));`,
    );

    this.addSql(
      `create table "image" ("id" serial primary key, "exposure_id" varchar(100) not null, "state" varchar(20) not null, "reason" text not null, "sequence_id" int not null, "plan_id" int not null, "number" int not null, "channel" varchar(50) not null, "filter" varchar(50) not null, "seconds" double precision not null, "start_at" varchar(24) not null, "night" varchar(10) not null, "path" varchar(250) not null, "sha256" varchar(64) not null, "bytes" int not null);`,
    );
    this.addSql(
      `alter table "image" add constraint "image_exposure_id_unique" unique ("exposure_id");`,
    );
    this.addSql(`create index "image_state_index" on "image" ("state");`);

    this.addSql(
      `create table "log" ("id" serial primary key, "at" varchar(24) not null, "agent" varchar(50) not null, "level" varchar(10) not null, "message" text not null);`,
    );

    this.addSql(
      `create table "observatory" ("id" serial primary key, "mode" varchar(30) not null, "since" varchar(24) not null, "reason" text not null, "locked" int not null, "night" varchar(10) not null, "night_ack" int not null, "running_sequence_id" int not null, "running_command_id" int not null);`,
    );

    this.addSql(
      `create table "plc_device_status" ("id" serial primary key, "updated" varchar(24) not null, "frame_at" varchar(24) not null, "mode" varchar(10) not null, "night_ack" int not null, "bypass" int not null, "safe" int not null, "reasons" text not null, "refused_frames" int not null);`,
    );

    this.addSql(
      `create table "request" ("id" serial primary key, "name" varchar(200) not null, "username" varchar(100) not null, "program" varchar(100) not null, "target_type" varchar(50) not null, "is_alert" int not null, "submitted" varchar(24) not null);`,
    );

    this.addSql(
      `create table "schedule" ("id" serial primary key, "created" varchar(24) not null, "plan_start" double precision not null, "plan_end" double precision not null, "night" varchar(10) not null, "reason" text not null);`,
    );
    this.addSql(`create index "schedule_night_index" on "schedule" ("night");`);

    this.addSql(
      `create table "schedule_has_sequences" ("id" serial primary key, "schedule_id" int not null, "sequence_id" int not null, "status" varchar(20) not null, "tsp" double precision not null, "tep" double precision not null, "delta_tl" double precision not null, "delta_tr" double precision not null, "alt_deg" double precision not null, "overhead_seconds" double precision not null, "reason" text not null);`,
    );

    this.addSql(
      `create table "scientific_program" ("id" serial primary key, "name" varchar(100) not null, "description" text not null, "quota" double precision not null, "priority" int not null);`,
    );
    this.addSql(
      `alter table "scientific_program" add constraint "scientific_program_name_unique" unique ("name");`,
    );

    this.addSql(
      `create table "sequence" ("id" serial primary key, "request_id" int not null, "name" varchar(200) not null, "status" varchar(20) not null, "reason" text not null, "target" varchar(200) not null, "ra_deg" double precision not null, "dec_deg" double precision not null, "jd1" double precision not null, "jd2" double precision not null, "priority" int not null, "start_mode" varchar(20) not null, "t_prefered" double precision not null, "duration" double precision not null);`,
    );
    this.addSql(`create index "sequence_status_index" on "sequence" ("status");`);

    this.addSql(
      `create table "album" ("id" serial primary key, "sequence_id" int not null, "name" varchar(200) not null, "detector" varchar(50) not null);`,
    );

    this.addSql(
      `create table "plan" ("id" serial primary key, "album_id" int not null, "name" varchar(200) not null, "filter" varchar(50) not null, "duration" double precision not null, "nb_images" int not null);`,
    );

    this.addSql(
      `create table "site_watch" ("id" serial primary key, "global_status" varchar(20) not null, "updated" varchar(24) not null, "lights" varchar(20) not null, "dome" varchar(20) not null, "doors" varchar(20) not null, "shutter" varchar(20) not null, "temperature" double precision null, "pressure" double precision null, "humidity" double precision null);`,
    );
    this.addSql(`create index "site_watch_updated_index" on "site_watch" ("updated");`);

    this.addSql(
      `create table "site_watch_history" ("id" serial primary key, "global_status" varchar(20) not null, "updated" varchar(24) not null, "lights" varchar(20) not null, "dome" varchar(20) not null, "doors" varchar(20) not null, "shutter" varchar(20) not null, "temperature" double precision null, "pressure" double precision null, "humidity" double precision null);`,
    );
    this.addSql(
      `create index "site_watch_history_updated_index" on "site_watch_history" ("updated");`,
    );

    this.addSql(
      `create table "strategy_obs" ("id" serial primary key, "name" varchar(100) not null, "content" text not null);`,
    );
    this.addSql(
      `alter table "strategy_obs" add constraint "strategy_obs_name_unique" unique ("name");`,
    );

    this.addSql(
      `create table "user_level" ("id" serial primary key, "level" int not null, "name" varchar(50) not null, "description" text not null);`,
    );
    this.addSql(
      `alter table "user_level" add constraint "user_level_level_unique" unique ("level");`,
    );

    this.addSql(
      `create table "pyros_user" ("id" serial primary key, "username" varchar(100) not null, "email" varchar(200) not null, "is_active" int not null, "country_id" int not null, "user_level_id" int not null);`,
    );
    this.addSql(
      `alter table "pyros_user" add constraint "pyros_user_username_unique" unique ("username");`,
    );

    this.addSql(
      `create table "weather_watch" ("id" serial primary key, "global_status" varchar(20) not null, "updated" varchar(24) not null, "humidity" double precision null, "wind" double precision null, "wind_dir" double precision null, "temperature" double precision null, "pressure" double precision null, "rain" double precision null, "cloud" double precision null);`,
    );
    this.addSql(`create index "weather_watch_updated_index" on "weather_watch" ("updated");`);

    this.addSql(
      `create table "weather_watch_history" ("id" serial primary key, "global_status" varchar(20) not null, "updated" varchar(24) not null, "humidity" double precision null, "wind" double precision null, "wind_dir" double precision null, "temperature" double precision null, "pressure" double precision null, "rain" double precision null, "cloud" double precision null);`,
    );
    this.addSql(
      `create index "weather_watch_history_updated_index" on "weather_watch_history" ("updated");`,
    );

    this.addSql(
      `alter table "schedule_has_sequences" add constraint "schedule_has_sequences_schedule_id_foreign" foreign key ("schedule_id") references "schedule" ("id");`,
    );

    this.addSql(
      `alter table "sequence" add constraint "sequence_request_id_foreign" foreign key ("request_id") references "request" ("id");`,
    );

    this.addSql(
      `alter table "album" add constraint "album_sequence_id_foreign" foreign key ("sequence_id") references "sequence" ("id");`,
    );

    this.addSql(
      `alter table "plan" add constraint "plan_album_id_foreign" foreign key ("album_id") references "album" ("id");`,
    );

    this.addSql(
      `alter table "pyros_user" add constraint "pyros_user_country_id_foreign" foreign key ("country_id") references "country" ("id");`,
    );
    this.addSql(
      `alter table "pyros_user" add constraint "pyros_user_user_level_id_foreign" foreign key ("user_level_id") references "user_level" ("id");`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "pyros_user" drop constraint "pyros_user_country_id_foreign";`);
    this.addSql(`alter table "sequence" drop constraint "sequence_request_id_foreign";`);
    this.addSql(
      `alter table "schedule_has_sequences" drop constraint "schedule_has_sequences_schedule_id_foreign";`,
    );
    this.addSql(`alter table "album" drop constraint "album_sequence_id_foreign";`);
    this.addSql(`alter table "plan" drop constraint "plan_album_id_foreign";`);
    this.addSql(`alter table "pyros_user" drop constraint "pyros_user_user_level_id_foreign";`);

    this.addSql(`drop table if exists "agents_survey" cascade;`);
    this.addSql(`drop table if exists "alert" cascade;`);
    this.addSql(`drop table if exists "command" cascade;`);
    this.addSql(`drop table if exists "country" cascade;`);
    this.addSql(`drop table if exists "device_status" cascade;`);
    this.addSql(`drop table if exists "fact" cascade;`);
    this.addSql(`drop table if exists "fact_cursor" cascade;`);
    this.addSql(`drop table if exists "image" cascade;`);
    this.addSql(`drop table if exists "log" cascade;`);
    this.addSql(`drop table if exists "observatory" cascade;`);
    this.addSql(`drop table if exists "plc_device_status" cascade;`);
    this.addSql(`drop table if exists "request" cascade;`);
    this.addSql(`drop table if exists "schedule" cascade;`);
    this.addSql(`drop table if exists "schedule_has_sequences" cascade;`);
    this.addSql(`drop table if exists "scientific_program" cascade;`);
    this.addSql(`drop table if exists "sequence" cascade;`);
    this.addSql(`drop table if exists "album" cascade;`);
    this.addSql(`drop table if exists "plan" cascade;`);
    this.addSql(`drop table if exists "site_watch" cascade;`);
    this.addSql(`drop table if exists "site_watch_history" cascade;`);
    this.addSql(`drop table if exists "strategy_obs" cascade;`);
    this.addSql(`drop table if exists "user_level" cascade;`);
    this.addSql(`drop table if exists "pyros_user" cascade;`);
    this.addSql(`drop table if exists "weather_watch" cascade;`);
    this.addSql(`drop table if exists "weather_watch_history" cascade;`);
  }
}
