import { Migration } from '@mikro-orm/migrations';

/**
 * Every table of the guide; requests refer to their user and program. One transaction: it is done whole
 * or not at all.
 */
export class Migration20261122160500_agents_and_schema extends Migration {
  override name = 'Migration20261122160500_agents_and_schema';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "agent_telescope" ("agent" varchar(50) not null, "host" varchar(100) not null default '', "tel_create" int not null default 0, "tel_init" int not null default 0, "tel_init_done" int not null default 0, "tel_park" int not null default 0, "tel_motion" varchar(20) not null default 'unknown', "tel_flatscreen" int not null default 0, "ra_deg" double precision null, "dec_deg" double precision null, "updated" varchar(24) null, primary key ("agent"));`,
    );

    this.addSql(
      `create table "config" ("id" serial primary key, "name" varchar(100) not null, "value" text not null default '', "description" text not null default '', "updated" varchar(24) null);`,
    );
    this.addSql(`alter table "config" add constraint "config_name_unique" unique ("name");`);

    this.addSql(
      `create table "device" ("id" serial primary key, "name" varchar(50) not null, "kind" varchar(20) not null, "description" text not null default '', "control" varchar(20) not null, "host" varchar(100) not null, "port" int not null);`,
    );
    this.addSql(`alter table "device" add constraint "device_name_unique" unique ("name");`);

    this.addSql(
      `create table "detector" ("id" serial primary key, "device_id" int not null, "instrument" varchar(50) not null, "width" int not null, "height" int not null, "pixel_arcsec" double precision not null, "gain" double precision not null, "read_noise" double precision not null, "temperature" double precision not null, "readout" double precision not null);`,
    );
    this.addSql(
      `alter table "detector" add constraint "detector_device_id_unique" unique ("device_id");`,
    );

    this.addSql(
      `create table "dome" ("id" serial primary key, "device_id" int not null, "opening" double precision not null, "closing" double precision not null, "permit" double precision not null);`,
    );
    this.addSql(`alter table "dome" add constraint "dome_device_id_unique" unique ("device_id");`);

    this.addSql(
      `create table "effect" ("id" serial primary key, "effect_key" varchar(100) not null, "agent" varchar(50) not null, "state" varchar(20) not null, "intended" varchar(24) not null, "ended" varchar(24) null, "result" text not null, "error_code" varchar(50) not null);`,
    );
    this.addSql(
      `alter table "effect" add constraint "effect_effect_key_unique" unique ("effect_key");`,
    );

    this.addSql(
      `create table "filter_wheel" ("id" serial primary key, "detector_id" int not null, "change" double precision not null);`,
    );
    this.addSql(
      `alter table "filter_wheel" add constraint "filter_wheel_detector_id_unique" unique ("detector_id");`,
    );

    this.addSql(
      `create table "filter" ("id" serial primary key, "filter_wheel_id" int not null, "name" varchar(50) not null, "position" int not null, "wavelength" double precision not null, "aliases" text not null);`,
    );
    this.addSql(
      `alter table "filter" add constraint "filter_filter_wheel_id_name_unique" unique ("filter_wheel_id", "name");`,
    );

    this.addSql(
      `create table "plc" ("id" serial primary key, "device_id" int not null, "poll" double precision not null, "max_age" double precision not null);`,
    );
    this.addSql(`alter table "plc" add constraint "plc_device_id_unique" unique ("device_id");`);

    this.addSql(
      `create table "plc_device" ("id" serial primary key, "plc_id" int not null, "name" varchar(50) not null, "watched" text not null);`,
    );
    this.addSql(
      `alter table "plc_device" add constraint "plc_device_plc_id_name_unique" unique ("plc_id", "name");`,
    );

    this.addSql(
      `create table "telescope" ("id" serial primary key, "device_id" int not null, "name" varchar(50) not null, "aperture" double precision not null, "focal_length" double precision not null, "min_alt_deg" double precision not null);`,
    );
    this.addSql(
      `alter table "telescope" add constraint "telescope_device_id_unique" unique ("device_id");`,
    );

    this.addSql(
      `create table "telescope_command" ("id" serial primary key, "agent" varchar(50) not null, "request" text not null, "answer" text not null default '', "requested" varchar(24) not null, "answered" varchar(24) null);`,
    );

    this.addSql(
      `create table "nrt_analysis" ("id" serial primary key, "image_id" int not null, "name" varchar(100) not null, "created" varchar(24) not null, "analysis" text not null);`,
    );

    this.addSql(`create index "nrt_analysis_image_id_index" on "nrt_analysis" ("image_id");`);

    this.addSql(`alter table "sequence" drop constraint "sequence_request_id_foreign";`);

    this.addSql(
      `alter table "schedule_has_sequences" drop constraint "schedule_has_sequences_schedule_id_foreign";`,
    );

    this.addSql(`alter table "album" drop constraint "album_sequence_id_foreign";`);

    this.addSql(`alter table "plan" drop constraint "plan_album_id_foreign";`);

    this.addSql(
      `alter table "agents_survey" add "host" varchar(100) not null default '', add "incarnation" int not null default 0, add "iteration" int not null default 0;`,
    );
    this.addSql(
      `alter table "agents_survey" alter column "host" drop default, alter column "incarnation" drop default, alter column "iteration" drop default;`,
    );

    this.addSql(
      `alter table "command" add "command_key" varchar(100) null, add "timeout_seconds" double precision not null default 0, add "progress_time" varchar(24) null, add "error_text" text not null default '';`,
    );
    this.addSql(
      `alter table "command" alter column "timeout_seconds" drop default, alter column "error_text" drop default;`,
    );
    this.addSql(
      `alter table "command" add constraint "command_command_key_unique" unique ("command_key");`,
    );

    this.addSql(`alter table "country" drop constraint "country_name_unique";`);
    this.addSql(`alter table "country" alter column "name" set default '';`);
    this.addSql(`alter table "country" alter column "description" set default '';`);
    this.addSql(`alter table "country" alter column "quota" drop not null;`);

    this.addSql(`alter table "scientific_program" alter column "name" set default '';`);
    this.addSql(`alter table "scientific_program" alter column "description" set default '';`);
    this.addSql(`alter table "scientific_program" alter column "quota" drop not null;`);
    this.addSql(`alter table "scientific_program" alter column "priority" set default 50;`);

    this.addSql(`alter table "user_level" drop constraint "user_level_level_unique";`);
    this.addSql(`alter table "user_level" alter column "level" set default 0;`);
    this.addSql(`alter table "user_level" alter column "name" set default '';`);
    this.addSql(`alter table "user_level" alter column "description" set default '';`);

    this.addSql(
      `alter table "pyros_user" add "quota" double precision null, add "other_email" varchar(200) not null default '', add "password" varchar(250) not null default '', add "is_staff" int not null default 0, add "date_joined" varchar(24) null, add "motive" text not null default '';`,
    );
    this.addSql(`alter table "pyros_user" alter column "email" set default '';`);
    this.addSql(`alter table "pyros_user" alter column "is_active" set default 1;`);
    this.addSql(`alter table "pyros_user" alter column "country_id" drop not null;`);
    this.addSql(`alter table "pyros_user" alter column "user_level_id" drop not null;`);

    // Names become references; who or what has no row yet gets one.
    this.addSql(
      `alter table "request" add "pyros_user_id" int null, add "scientific_program_id" int null;`,
    );
    this.addSql(
      `insert into "pyros_user" ("username", "is_active", "motive") select distinct r."username", 0, 'An agent of the observatory: submits requests by itself.' from "request" r where not exists (select 1 from "pyros_user" u where u."username" = r."username");`,
    );
    this.addSql(
      `insert into "scientific_program" ("name") select distinct r."program" from "request" r where not exists (select 1 from "scientific_program" p where p."name" = r."program");`,
    );
    this.addSql(
      `update "request" r set "pyros_user_id" = (select u."id" from "pyros_user" u where u."username" = r."username"), "scientific_program_id" = (select p."id" from "scientific_program" p where p."name" = r."program");`,
    );
    this.addSql(
      `alter table "request" alter column "pyros_user_id" set not null, alter column "scientific_program_id" set not null;`,
    );
    this.addSql(`alter table "request" drop column "username", drop column "program";`);

    this.addSql(
      `alter table "request" add constraint "request_pyros_user_id_foreign" foreign key ("pyros_user_id") references "pyros_user" ("id");`,
    );
    this.addSql(
      `alter table "request" add constraint "request_scientific_program_id_foreign" foreign key ("scientific_program_id") references "scientific_program" ("id");`,
    );
    this.addSql(`alter table "request" alter column "name" set default '';`);
    this.addSql(`alter table "request" alter column "target_type" set default '';`);
    this.addSql(`alter table "request" alter column "is_alert" set default 0;`);
    this.addSql(`alter table "request" alter column "submitted" drop not null;`);

    this.addSql(`alter table "sequence" alter column "name" set default '';`);
    this.addSql(`alter table "sequence" alter column "status" set default 'INCOMPLETE';`);
    this.addSql(`alter table "sequence" alter column "reason" set default '';`);
    this.addSql(`alter table "sequence" alter column "target" set default '';`);
    this.addSql(`alter table "sequence" alter column "ra_deg" drop not null;`);
    this.addSql(`alter table "sequence" alter column "dec_deg" drop not null;`);
    this.addSql(`alter table "sequence" alter column "jd1" set default 0;`);
    this.addSql(`alter table "sequence" alter column "jd2" set default 0;`);
    this.addSql(`alter table "sequence" alter column "priority" set default 50;`);
    this.addSql(`alter table "sequence" alter column "start_mode" set default 'IMMEDIATE';`);
    this.addSql(`alter table "sequence" alter column "t_prefered" set default -1;`);
    this.addSql(`alter table "sequence" alter column "duration" set default 0;`);
    this.addSql(
      `alter table "sequence" add constraint "sequence_request_id_foreign" foreign key ("request_id") references "request" ("id") on delete cascade;`,
    );

    this.addSql(`create index "sequence_request_id_index" on "sequence" ("request_id");`);

    this.addSql(
      `alter table "schedule_has_sequences" add constraint "schedule_has_sequences_sequence_id_foreign" foreign key ("sequence_id") references "sequence" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "schedule_has_sequences" add constraint "schedule_has_sequences_schedule_id_foreign" foreign key ("schedule_id") references "schedule" ("id") on delete cascade;`,
    );

    this.addSql(
      `create index "schedule_has_sequences_schedule_id_index" on "schedule_has_sequences" ("schedule_id");`,
    );

    this.addSql(
      `create index "schedule_has_sequences_sequence_id_index" on "schedule_has_sequences" ("sequence_id");`,
    );

    this.addSql(`alter table "album" alter column "name" set default '';`);
    this.addSql(`alter table "album" alter column "detector" set default '';`);
    this.addSql(
      `alter table "album" add constraint "album_sequence_id_foreign" foreign key ("sequence_id") references "sequence" ("id") on delete cascade;`,
    );

    this.addSql(`create index "album_sequence_id_index" on "album" ("sequence_id");`);

    this.addSql(`alter table "plan" alter column "name" set default '';`);
    this.addSql(`alter table "plan" alter column "filter" set default '';`);
    this.addSql(`alter table "plan" alter column "duration" set default 0;`);
    this.addSql(`alter table "plan" alter column "nb_images" set default 1;`);
    this.addSql(
      `alter table "plan" add constraint "plan_album_id_foreign" foreign key ("album_id") references "album" ("id") on delete cascade;`,
    );

    this.addSql(`create index "plan_album_id_index" on "plan" ("album_id");`);

    this.addSql(
      `alter table "image" add constraint "image_sequence_id_foreign" foreign key ("sequence_id") references "sequence" ("id");`,
    );
    this.addSql(
      `alter table "image" add constraint "image_plan_id_foreign" foreign key ("plan_id") references "plan" ("id");`,
    );

    this.addSql(`create index "image_sequence_id_index" on "image" ("sequence_id");`);

    this.addSql(`create index "image_plan_id_index" on "image" ("plan_id");`);

    this.addSql(
      `alter table "detector" add constraint "detector_device_id_foreign" foreign key ("device_id") references "device" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "dome" add constraint "dome_device_id_foreign" foreign key ("device_id") references "device" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "filter_wheel" add constraint "filter_wheel_detector_id_foreign" foreign key ("detector_id") references "detector" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "filter" add constraint "filter_filter_wheel_id_foreign" foreign key ("filter_wheel_id") references "filter_wheel" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "plc" add constraint "plc_device_id_foreign" foreign key ("device_id") references "device" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "plc_device" add constraint "plc_device_plc_id_foreign" foreign key ("plc_id") references "plc" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "telescope" add constraint "telescope_device_id_foreign" foreign key ("device_id") references "device" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "nrt_analysis" add constraint "nrt_analysis_image_id_foreign" foreign key ("image_id") references "image" ("id") on delete cascade;`,
    );

    this.addSql(`create index "fact_type_id_index" on "fact" ("type", "id");`);
  }
}
