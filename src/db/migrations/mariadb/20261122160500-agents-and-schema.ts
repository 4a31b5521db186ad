import { Migration } from '@mikro-orm/migrations';

/**
 * Every table of the guide; requests refer to their user and program. MariaDB commits each statement by
 * itself: each passes again after a run that was cut short.
 */
export class Migration20261122160500_agents_and_schema extends Migration {
  override name = 'Migration20261122160500_agents_and_schema';

  override up(): void | Promise<void> {
    this.addSql(
      `create table if not exists \`agent_telescope\` (\`agent\` varchar(50) not null, \`host\` varchar(100) not null default '', \`tel_create\` int not null default 0, \`tel_init\` int not null default 0, \`tel_init_done\` int not null default 0, \`tel_park\` int not null default 0, \`tel_motion\` varchar(20) not null default 'unknown', \`tel_flatscreen\` int not null default 0, \`ra_deg\` double null, \`dec_deg\` double null, \`updated\` varchar(24) null, primary key (\`agent\`)) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`config\` (\`id\` int unsigned not null auto_increment primary key, \`name\` varchar(100) not null, \`value\` longtext not null default '', \`description\` longtext not null default '', \`updated\` varchar(24) null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`config\` add unique index if not exists \`config_name_unique\` (\`name\`);`,
    );

    this.addSql(
      `create table if not exists \`device\` (\`id\` int unsigned not null auto_increment primary key, \`name\` varchar(50) not null, \`kind\` varchar(20) not null, \`description\` longtext not null default '', \`control\` varchar(20) not null, \`host\` varchar(100) not null, \`port\` int not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`device\` add unique index if not exists \`device_name_unique\` (\`name\`);`,
    );

    this.addSql(
      `create table if not exists \`detector\` (\`id\` int unsigned not null auto_increment primary key, \`device_id\` int unsigned not null, \`instrument\` varchar(50) not null, \`width\` int not null, \`height\` int not null, \`pixel_arcsec\` double not null, \`gain\` double not null, \`read_noise\` double not null, \`temperature\` double not null, \`readout\` double not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`detector\` add unique index if not exists \`detector_device_id_unique\` (\`device_id\`);`,
    );

    this.addSql(
      `create table if not exists \`dome\` (\`id\` int unsigned not null auto_increment primary key, \`device_id\` int unsigned not null, \`opening\` double not null, \`closing\` double not null, \`permit\` double not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`dome\` add unique index if not exists \`dome_device_id_unique\` (\`device_id\`);`,
    );

    this.addSql(
      `create table if not exists \`effect\` (\`id\` int unsigned not null auto_increment primary key, \`effect_key\` varchar(100) not null, \`agent\` varchar(50) not null, \`state\` varchar(20) not null, \`intended\` varchar(24) not null, \`ended\` varchar(24) null, \`result\` longtext not null, \`error_code\` varchar(50) not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`effect\` add unique index if not exists \`effect_effect_key_unique\` (\`effect_key\`);`,
    );

    this.addSql(
      `create table if not exists \`filter_wheel\` (\`id\` int unsigned not null auto_increment primary key, \`detector_id\` int unsigned not null, \`change\` double not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`filter_wheel\` add unique index if not exists \`filter_wheel_detector_id_unique\` (\`detector_id\`);`,
    );

    this.addSql(
      `create table if not exists \`filter\` (\`id\` int unsigned not null auto_increment primary key, \`filter_wheel_id\` int unsigned not null, \`name\` varchar(50) not null, \`position\` int not null, \`wavelength\` double not null, \`aliases\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`filter\` add index if not exists \`filter_filter_wheel_id_index\` (\`filter_wheel_id\`);`,
    );
    this.addSql(
      `alter table \`filter\` add unique index if not exists \`filter_filter_wheel_id_name_unique\` (\`filter_wheel_id\`, \`name\`);`,
    );

    this.addSql(
      `create table if not exists \`plc\` (\`id\` int unsigned not null auto_increment primary key, \`device_id\` int unsigned not null, \`poll\` double not null, \`max_age\` double not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`plc\` add unique index if not exists \`plc_device_id_unique\` (\`device_id\`);`,
    );

    this.addSql(
      `create table if not exists \`plc_device\` (\`id\` int unsigned not null auto_increment primary key, \`plc_id\` int unsigned not null, \`name\` varchar(50) not null, \`watched\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`plc_device\` add index if not exists \`plc_device_plc_id_index\` (\`plc_id\`);`,
    );
    this.addSql(
      `alter table \`plc_device\` add unique index if not exists \`plc_device_plc_id_name_unique\` (\`plc_id\`, \`name\`);`,
    );

    this.addSql(
      `create table if not exists \`telescope\` (\`id\` int unsigned not null auto_increment primary key, \`device_id\` int unsigned not null, \`name\` varchar(50) not null, \`aperture\` double not null, \`focal_length\` double not null, \`min_alt_deg\` double not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`telescope\` add unique index if not exists \`telescope_device_id_unique\` (\`device_id\`);`,
    );

    this.addSql(
      `create table if not exists \`telescope_command\` (\`id\` int unsigned not null auto_increment primary key, \`agent\` varchar(50) not null, \`request\` longtext not null, \`answer\` longtext not null default '', \`requested\` varchar(24) not null, \`answered\` varchar(24) null) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`nrt_analysis\` (\`id\` int unsigned not null auto_increment primary key, \`image_id\` int unsigned not null, \`name\` varchar(100) not null, \`created\` varchar(24) not null, \`analysis\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`nrt_analysis\` add index if not exists \`nrt_analysis_image_id_index\` (\`image_id\`);`,
    );

    this.addSql(
      `alter table \`sequence\` drop foreign key if exists \`sequence_request_id_foreign\`;`,
    );

    this.addSql(
      `alter table \`schedule_has_sequences\` drop foreign key if exists \`schedule_has_sequences_schedule_id_foreign\`;`,
    );

    this.addSql(`alter table \`album\` drop foreign key if exists \`album_sequence_id_foreign\`;`);

    this.addSql(`alter table \`plan\` drop foreign key if exists \`plan_album_id_foreign\`;`);

    this.addSql(
      `alter table \`agents_survey\` add column if not exists \`host\` varchar(100) not null, add column if not exists \`incarnation\` int not null, add column if not exists \`iteration\` int not null;`,
    );

    this.addSql(
      `alter table \`command\` add column if not exists \`command_key\` varchar(100) null, add column if not exists \`timeout_seconds\` double not null, add column if not exists \`progress_time\` varchar(24) null, add column if not exists \`error_text\` longtext not null;`,
    );
    this.addSql(
      `alter table \`command\` add unique index if not exists \`command_command_key_unique\` (\`command_key\`);`,
    );

    this.addSql(`alter table \`country\` drop index if exists \`country_name_unique\`;`);
    this.addSql(`alter table \`country\` modify \`name\` varchar(100) not null default '';`);
    this.addSql(`alter table \`country\` modify \`description\` longtext not null default '';`);
    this.addSql(`alter table \`country\` modify \`quota\` double null;`);

    this.addSql(
      `alter table \`scientific_program\` modify \`name\` varchar(100) not null default '';`,
    );
    this.addSql(
      `alter table \`scientific_program\` modify \`description\` longtext not null default '';`,
    );
    this.addSql(`alter table \`scientific_program\` modify \`quota\` double null;`);
    this.addSql(`alter table \`scientific_program\` modify \`priority\` int not null default 50;`);

    this.addSql(`alter table \`user_level\` drop index if exists \`user_level_level_unique\`;`);
    this.addSql(`alter table \`user_level\` modify \`level\` int not null default 0;`);
    this.addSql(`alter table \`user_level\` modify \`name\` varchar(50) not null default '';`);
    this.addSql(`alter table \`user_level\` modify \`description\` longtext not null default '';`);

    this.addSql(
      `alter table \`pyros_user\` add column if not exists \`quota\` double null, add column if not exists \`other_email\` varchar(200) not null default '', add column if not exists \`password\` varchar(250) not null default '', add column if not exists \`is_staff\` int not null default 0, add column if not exists \`date_joined\` varchar(24) null, add column if not exists \`motive\` longtext not null default '';`,
    );
    this.addSql(`alter table \`pyros_user\` modify \`email\` varchar(200) not null default '';`);
    this.addSql(`alter table \`pyros_user\` modify \`is_active\` int not null default 1;`);
    this.addSql(`alter table \`pyros_user\` modify \`country_id\` int unsigned null;`);
    this.addSql(`alter table \`pyros_user\` modify \`user_level_id\` int unsigned null;`);

    // Names become references; who or what has no row yet gets one. A run that ended after the old
    // columns went gets them back, empty, and finds no request left to refer.
    this.addSql(
      `alter table \`request\` add column if not exists \`username\` varchar(100) not null default '', add column if not exists \`program\` varchar(100) not null default '', add column if not exists \`pyros_user_id\` int unsigned null, add column if not exists \`scientific_program_id\` int unsigned null;`,
    );
    this.addSql(
      `insert into \`pyros_user\` (\`username\`, \`is_active\`, \`motive\`) select r.\`username\`, 0, 'An agent of the observatory: submits requests by itself.' from \`request\` r where r.\`pyros_user_id\` is null and not exists (select 1 from \`pyros_user\` u where u.\`username\` = r.\`username\`) group by r.\`username\`;`,
    );
    this.addSql(
      `insert into \`scientific_program\` (\`name\`) select r.\`program\` from \`request\` r where r.\`scientific_program_id\` is null and not exists (select 1 from \`scientific_program\` p where p.\`name\` = r.\`program\`) group by r.\`program\`;`,
    );
    this.addSql(
      `update \`request\` r join \`pyros_user\` u on u.\`username\` = r.\`username\` set r.\`pyros_user_id\` = u.\`id\` where r.\`pyros_user_id\` is null;`,
    );
    this.addSql(
      `update \`request\` r join \`scientific_program\` p on p.\`name\` = r.\`program\` set r.\`scientific_program_id\` = p.\`id\` where r.\`scientific_program_id\` is null;`,
    );
    this.addSql(
      `alter table \`request\` modify \`pyros_user_id\` int unsigned not null, modify \`scientific_program_id\` int unsigned not null;`,
    );
    this.addSql(
      `alter table \`request\` drop foreign key if exists \`request_pyros_user_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`request\` add constraint \`request_pyros_user_id_foreign\` foreign key (\`pyros_user_id\`) references \`pyros_user\` (\`id\`);`,
    );
    this.addSql(
      `alter table \`request\` drop foreign key if exists \`request_scientific_program_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`request\` add constraint \`request_scientific_program_id_foreign\` foreign key (\`scientific_program_id\`) references \`scientific_program\` (\`id\`);`,
    );
    this.addSql(`alter table \`request\` modify \`name\` varchar(200) not null default '';`);
    this.addSql(`alter table \`request\` modify \`target_type\` varchar(50) not null default '';`);
    this.addSql(`alter table \`request\` modify \`is_alert\` int not null default 0;`);
    this.addSql(`alter table \`request\` modify \`submitted\` varchar(24) null;`);
    this.addSql(
      `alter table \`request\` add index if not exists \`request_pyros_user_id_index\` (\`pyros_user_id\`);`,
    );
    this.addSql(
      `alter table \`request\` add index if not exists \`request_scientific_program_id_index\` (\`scientific_program_id\`);`,
    );

    this.addSql(`alter table \`sequence\` modify \`name\` varchar(200) not null default '';`);
    this.addSql(
      `alter table \`sequence\` modify \`status\` varchar(20) not null default 'INCOMPLETE';`,
    );
    this.addSql(`alter table \`sequence\` modify \`reason\` longtext not null default '';`);
    this.addSql(`alter table \`sequence\` modify \`target\` varchar(200) not null default '';`);
    this.addSql(`alter table \`sequence\` modify \`ra_deg\` double null;`);
    this.addSql(`alter table \`sequence\` modify \`dec_deg\` double null;`);
    this.addSql(`alter table \`sequence\` modify \`jd1\` double not null default 0;`);
    this.addSql(`alter table \`sequence\` modify \`jd2\` double not null default 0;`);
    this.addSql(`alter table \`sequence\` modify \`priority\` int not null default 50;`);
    this.addSql(
      `alter table \`sequence\` modify \`start_mode\` varchar(20) not null default 'IMMEDIATE';`,
    );
    this.addSql(`alter table \`sequence\` modify \`t_prefered\` double not null default -1;`);
    this.addSql(`alter table \`sequence\` modify \`duration\` double not null default 0;`);
    this.addSql(
      `alter table \`sequence\` drop foreign key if exists \`sequence_request_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`sequence\` add constraint \`sequence_request_id_foreign\` foreign key (\`request_id\`) references \`request\` (\`id\`) on delete cascade;`,
    );

    this.addSql(
      `alter table \`schedule_has_sequences\` modify \`sequence_id\` int unsigned not null;`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` drop foreign key if exists \`schedule_has_sequences_sequence_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` add constraint \`schedule_has_sequences_sequence_id_foreign\` foreign key (\`sequence_id\`) references \`sequence\` (\`id\`) on delete cascade;`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` drop foreign key if exists \`schedule_has_sequences_schedule_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` add constraint \`schedule_has_sequences_schedule_id_foreign\` foreign key (\`schedule_id\`) references \`schedule\` (\`id\`) on delete cascade;`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` add index if not exists \`schedule_has_sequences_sequence_id_index\` (\`sequence_id\`);`,
    );

    this.addSql(`alter table \`album\` modify \`name\` varchar(200) not null default '';`);
    this.addSql(`alter table \`album\` modify \`detector\` varchar(50) not null default '';`);
    this.addSql(`alter table \`album\` drop foreign key if exists \`album_sequence_id_foreign\`;`);
    this.addSql(
      `alter table \`album\` add constraint \`album_sequence_id_foreign\` foreign key (\`sequence_id\`) references \`sequence\` (\`id\`) on delete cascade;`,
    );

    this.addSql(`alter table \`plan\` modify \`name\` varchar(200) not null default '';`);
    this.addSql(`alter table \`plan\` modify \`filter\` varchar(50) not null default '';`);
    this.addSql(`alter table \`plan\` modify \`duration\` double not null default 0;`);
    this.addSql(`alter table \`plan\` modify \`nb_images\` int not null default 1;`);
    this.addSql(`alter table \`plan\` drop foreign key if exists \`plan_album_id_foreign\`;`);
    this.addSql(
      `alter table \`plan\` add constraint \`plan_album_id_foreign\` foreign key (\`album_id\`) references \`album\` (\`id\`) on delete cascade;`,
    );

    this.addSql(`alter table \`image\` modify \`sequence_id\` int unsigned not null;`);
    this.addSql(`alter table \`image\` modify \`plan_id\` int unsigned not null;`);
    this.addSql(`alter table \`image\` drop foreign key if exists \`image_sequence_id_foreign\`;`);
    this.addSql(
      `alter table \`image\` add constraint \`image_sequence_id_foreign\` foreign key (\`sequence_id\`) references \`sequence\` (\`id\`);`,
    );
    this.addSql(`alter table \`image\` drop foreign key if exists \`image_plan_id_foreign\`;`);
    this.addSql(
      `alter table \`image\` add constraint \`image_plan_id_foreign\` foreign key (\`plan_id\`) references \`plan\` (\`id\`);`,
    );
    this.addSql(
      `alter table \`image\` add index if not exists \`image_sequence_id_index\` (\`sequence_id\`);`,
    );
    this.addSql(
      `alter table \`image\` add index if not exists \`image_plan_id_index\` (\`plan_id\`);`,
    );

    this.addSql(
      `alter table \`detector\` drop foreign key if exists \`detector_device_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`detector\` add constraint \`detector_device_id_foreign\` foreign key (\`device_id\`) references \`device\` (\`id\`) on delete cascade;`,
    );

    this.addSql(`alter table \`dome\` drop foreign key if exists \`dome_device_id_foreign\`;`);
    this.addSql(
      `alter table \`dome\` add constraint \`dome_device_id_foreign\` foreign key (\`device_id\`) references \`device\` (\`id\`) on delete cascade;`,
    );

    this.addSql(
      `alter table \`filter_wheel\` drop foreign key if exists \`filter_wheel_detector_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`filter_wheel\` add constraint \`filter_wheel_detector_id_foreign\` foreign key (\`detector_id\`) references \`detector\` (\`id\`) on delete cascade;`,
    );

    this.addSql(
      `alter table \`filter\` drop foreign key if exists \`filter_filter_wheel_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`filter\` add constraint \`filter_filter_wheel_id_foreign\` foreign key (\`filter_wheel_id\`) references \`filter_wheel\` (\`id\`) on delete cascade;`,
    );

    this.addSql(`alter table \`plc\` drop foreign key if exists \`plc_device_id_foreign\`;`);
    this.addSql(
      `alter table \`plc\` add constraint \`plc_device_id_foreign\` foreign key (\`device_id\`) references \`device\` (\`id\`) on delete cascade;`,
    );

    this.addSql(
      `alter table \`plc_device\` drop foreign key if exists \`plc_device_plc_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`plc_device\` add constraint \`plc_device_plc_id_foreign\` foreign key (\`plc_id\`) references \`plc\` (\`id\`) on delete cascade;`,
    );

    this.addSql(
      `alter table \`telescope\` drop foreign key if exists \`telescope_device_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`telescope\` add constraint \`telescope_device_id_foreign\` foreign key (\`device_id\`) references \`device\` (\`id\`) on delete cascade;`,
    );

    this.addSql(
      `alter table \`nrt_analysis\` drop foreign key if exists \`nrt_analysis_image_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`nrt_analysis\` add constraint \`nrt_analysis_image_id_foreign\` foreign key (\`image_id\`) references \`image\` (\`id\`) on delete cascade;`,
    );

    this.addSql(
      `alter table \`request\` drop column if exists \`username\`, drop column if exists \`program\`;`,
    );

    this.addSql(
      `alter table \`fact\` add index if not exists \`fact_type_id_index\` (\`type\`, \`id\`);`,
    );
  }
}
