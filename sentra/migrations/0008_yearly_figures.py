
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import outbox.records
import outbox.uuid7
import pgtrigger.compiler
import pgtrigger.migrations
import sentra.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_choices_known'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('sentra', '0007_certificate_wilayah_required'),
        ('wilayah', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SizeRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size_class', models.CharField(choices=[('kecil', 'Industri kecil'), ('menengah', 'Industri menengah'), ('besar', 'Industri besar')], max_length=8, verbose_name='kelas ukuran')),
                ('workers_from', models.PositiveIntegerField(default=0, help_text='orang', verbose_name='tenaga kerja paling sedikit')),
                ('workers_to', models.PositiveIntegerField(blank=True, help_text='orang; kosongkan bila tanpa batas', null=True, verbose_name='tenaga kerja paling banyak')),
                ('investment_from', models.PositiveBigIntegerField(default=0, help_text='rupiah, tanpa tanah dan bangunan tempat usaha', verbose_name='investasi paling sedikit')),
                ('investment_to', models.PositiveBigIntegerField(blank=True, help_text='rupiah; kosongkan bila tanpa batas', null=True, verbose_name='investasi paling banyak')),
                ('source', models.CharField(help_text='Peraturan asalnya, dengan pasalnya.', max_length=250, verbose_name='sumber')),
            ],
            options={
                'verbose_name': 'batas kelas ukuran',
                'verbose_name_plural': 'batas kelas ukuran',
                'ordering': ['workers_from', 'investment_from'],
            },
        ),
        migrations.CreateModel(
            name='YearlyFigures',
            fields=[
                ('id', models.UUIDField(default=outbox.uuid7.uuid7, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revisi')),
                ('created_at', models.DateTimeField(db_default=outbox.records.ClockTimestamp(), editable=False, verbose_name='dicatat pada')),
                ('changed_at', models.DateTimeField(db_default=outbox.records.ClockTimestamp(), editable=False, verbose_name='diubah pada')),
                ('year', models.PositiveSmallIntegerField(help_text='empat angka', validators=[sentra.validators.validate_year], verbose_name='tahun')),
                ('units', models.PositiveIntegerField(blank=True, help_text='unit', null=True, verbose_name='unit usaha')),
                ('workers_men', models.PositiveIntegerField(blank=True, help_text='orang', null=True, verbose_name='tenaga kerja laki-laki')),
                ('workers_women', models.PositiveIntegerField(blank=True, help_text='orang', null=True, verbose_name='tenaga kerja perempuan')),
                ('workers_unsplit', models.PositiveIntegerField(blank=True, help_text='orang; hanya bila laki-laki dan perempuan tidak dipilah', null=True, verbose_name='tenaga kerja, jumlah saja')),
                ('volume', models.PositiveBigIntegerField(blank=True, help_text='setahun', null=True, verbose_name='jumlah produksi')),
                ('volume_unit', models.CharField(blank=True, help_text='misalnya kg', max_length=30, verbose_name='satuan produksi')),
                ('production_value', models.PositiveBigIntegerField(blank=True, help_text='rupiah setahun', null=True, verbose_name='nilai produksi')),
                ('material_value', models.PositiveBigIntegerField(blank=True, help_text='rupiah setahun', null=True, verbose_name='nilai bahan baku')),
                ('investment', models.PositiveBigIntegerField(blank=True, help_text='rupiah, tanpa tanah dan bangunan tempat usaha', null=True, verbose_name='nilai investasi')),
                ('export_value', models.PositiveBigIntegerField(blank=True, help_text='rupiah setahun', null=True, verbose_name='nilai ekspor')),
            ],
            options={
                'verbose_name': 'angka tahunan',
                'verbose_name_plural': 'angka tahunan',
                'ordering': ['-year', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='YearlyFiguresEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=outbox.uuid7.uuid7, editable=False, serialize=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revisi')),
                ('created_at', models.DateTimeField(db_default=outbox.records.ClockTimestamp(), editable=False, verbose_name='dicatat pada')),
                ('changed_at', models.DateTimeField(db_default=outbox.records.ClockTimestamp(), editable=False, verbose_name='diubah pada')),
                ('year', models.PositiveSmallIntegerField(help_text='empat angka', validators=[sentra.validators.validate_year], verbose_name='tahun')),
                ('units', models.PositiveIntegerField(blank=True, help_text='unit', null=True, verbose_name='unit usaha')),
                ('workers_men', models.PositiveIntegerField(blank=True, help_text='orang', null=True, verbose_name='tenaga kerja laki-laki')),
                ('workers_women', models.PositiveIntegerField(blank=True, help_text='orang', null=True, verbose_name='tenaga kerja perempuan')),
                ('workers_unsplit', models.PositiveIntegerField(blank=True, help_text='orang; hanya bila laki-laki dan perempuan tidak dipilah', null=True, verbose_name='tenaga kerja, jumlah saja')),
                ('volume', models.PositiveBigIntegerField(blank=True, help_text='setahun', null=True, verbose_name='jumlah produksi')),
                ('volume_unit', models.CharField(blank=True, help_text='misalnya kg', max_length=30, verbose_name='satuan produksi')),
                ('production_value', models.PositiveBigIntegerField(blank=True, help_text='rupiah setahun', null=True, verbose_name='nilai produksi')),
                ('material_value', models.PositiveBigIntegerField(blank=True, help_text='rupiah setahun', null=True, verbose_name='nilai bahan baku')),
                ('investment', models.PositiveBigIntegerField(blank=True, help_text='rupiah, tanpa tanah dan bangunan tempat usaha', null=True, verbose_name='nilai investasi')),
                ('export_value', models.PositiveBigIntegerField(blank=True, help_text='rupiah setahun', null=True, verbose_name='nilai ekspor')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ikm',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ikm',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ikm',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='ikm',
            name='size_class',
            field=models.CharField(blank=True, choices=[('kecil', 'Industri kecil'), ('menengah', 'Industri menengah'), ('besar', 'Industri besar')], db_default='', default='', editable=False, max_length=8, verbose_name='kelas ukuran'),
        ),
        migrations.AddField(
            model_name='ikmevent',
            name='size_class',
            field=models.CharField(blank=True, choices=[('kecil', 'Industri kecil'), ('menengah', 'Industri menengah'), ('besar', 'Industri besar')], db_default='', default='', editable=False, max_length=8, verbose_name='kelas ukuran'),
        ),
        migrations.AddIndex(
            model_name='ikm',
            index=models.Index(models.F('size_class'), django.db.models.functions.text.Lower('name'), models.F('id'), name='ikm_size_sort'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ikm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sentra_ikmevent" ("accuracy", "address", "branch_id", "changed_at", "created_at", "created_by_id", "deactivated_at", "deactivated_by_id", "deactivation_reason", "id", "is_anchor", "kbli", "kbli_edition", "latitude", "legal_form", "longitude", "name", "nib", "nib_file_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position_at", "position_source", "revision", "sentra_id", "size_class", "state", "wilayah_id") VALUES (NEW."accuracy", NEW."address", NEW."branch_id", NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."deactivated_at", NEW."deactivated_by_id", NEW."deactivation_reason", NEW."id", NEW."is_anchor", NEW."kbli", NEW."kbli_edition", NEW."latitude", NEW."legal_form", NEW."longitude", NEW."name", NEW."nib", NEW."nib_file_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position_at", NEW."position_source", NEW."revision", NEW."sentra_id", NEW."size_class", NEW."state", NEW."wilayah_id"); RETURN NULL;', hash='802dbcf4282a9de2be39acbdda438d0f62a927bc', operation='INSERT', pgid='pgtrigger_insert_insert_a2233', table='sentra_ikm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ikm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sentra_ikmevent" ("accuracy", "address", "branch_id", "changed_at", "created_at", "created_by_id", "deactivated_at", "deactivated_by_id", "deactivation_reason", "id", "is_anchor", "kbli", "kbli_edition", "latitude", "legal_form", "longitude", "name", "nib", "nib_file_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position_at", "position_source", "revision", "sentra_id", "size_class", "state", "wilayah_id") VALUES (NEW."accuracy", NEW."address", NEW."branch_id", NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."deactivated_at", NEW."deactivated_by_id", NEW."deactivation_reason", NEW."id", NEW."is_anchor", NEW."kbli", NEW."kbli_edition", NEW."latitude", NEW."legal_form", NEW."longitude", NEW."name", NEW."nib", NEW."nib_file_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position_at", NEW."position_source", NEW."revision", NEW."sentra_id", NEW."size_class", NEW."state", NEW."wilayah_id"); RETURN NULL;', hash='0e791f8268a158110e9052dd3b3edd2bf3237a75', operation='UPDATE', pgid='pgtrigger_update_update_26f3c', table='sentra_ikm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ikm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sentra_ikmevent" ("accuracy", "address", "branch_id", "changed_at", "created_at", "created_by_id", "deactivated_at", "deactivated_by_id", "deactivation_reason", "id", "is_anchor", "kbli", "kbli_edition", "latitude", "legal_form", "longitude", "name", "nib", "nib_file_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position_at", "position_source", "revision", "sentra_id", "size_class", "state", "wilayah_id") VALUES (OLD."accuracy", OLD."address", OLD."branch_id", OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."deactivated_at", OLD."deactivated_by_id", OLD."deactivation_reason", OLD."id", OLD."is_anchor", OLD."kbli", OLD."kbli_edition", OLD."latitude", OLD."legal_form", OLD."longitude", OLD."name", OLD."nib", OLD."nib_file_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position_at", OLD."position_source", OLD."revision", OLD."sentra_id", OLD."size_class", OLD."state", OLD."wilayah_id"); RETURN NULL;', hash='ab29771142d0281ce9f801ec8cd1f351eb2cca7a', operation='DELETE', pgid='pgtrigger_delete_delete_a79e9', table='sentra_ikm', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ikm',
            constraint=models.CheckConstraint(condition=models.Q(('size_class__in', ['', 'kecil', 'menengah', 'besar'])), name='ikm_size_class_known', violation_error_message='Pilih kelas ukuran dari daftar.'),
        ),
        migrations.AddConstraint(
            model_name='sizerule',
            constraint=models.CheckConstraint(condition=models.Q(('size_class__in', ['kecil', 'menengah', 'besar'])), name='sizerule_class_known', violation_error_message='Pilih kelas ukuran dari daftar.'),
        ),
        migrations.AddConstraint(
            model_name='sizerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('workers_to__isnull', True), ('workers_to__gte', models.F('workers_from')), _connector='OR'), models.Q(('investment_to__isnull', True), ('investment_to__gte', models.F('investment_from')), _connector='OR')), name='sizerule_ends_in_order', violation_error_message='Batas atas tidak boleh di bawah batas bawahnya.'),
        ),
        migrations.AddConstraint(
            model_name='sizerule',
            constraint=models.CheckConstraint(condition=models.Q(('source__regex', '^\\s*$'), _negated=True), name='sizerule_has_source', violation_error_message='Tulis peraturan asal batas ini.'),
        ),
        migrations.AddConstraint(
            model_name='sizerule',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('workers_from'), models.F('workers_to'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('investment_from'), models.F('investment_to'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&')], name='sizerule_no_overlap', violation_error_message='Batas ini bertindihan dengan batas lain. Satu usaha hanya masuk satu kelas.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sizerule',
            trigger=pgtrigger.compiler.Trigger(name='classify_again', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM sentra_ikm WHERE id IN (SELECT id FROM sentra_ikm) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE sentra_ikm AS ikm\n       SET size_class = found.size_class\n      FROM (SELECT firm.id, COALESCE(rule.size_class, '') AS size_class\n              FROM sentra_ikm AS firm\n              LEFT JOIN LATERAL (\n                   SELECT COALESCE(workers_unsplit, workers_men + workers_women) AS workers, investment\n                     FROM sentra_yearlyfigures WHERE ikm_id = firm.id ORDER BY year DESC LIMIT 1\n                   ) AS latest ON true\n              LEFT JOIN sentra_sizerule AS rule\n                     ON latest.workers >= rule.workers_from\n                    AND (latest.workers <= rule.workers_to OR rule.workers_to IS NULL)\n                    AND latest.investment >= rule.investment_from\n                    AND (latest.investment <= rule.investment_to OR rule.investment_to IS NULL)\n             WHERE firm.id IN (SELECT id FROM sentra_ikm)) AS found\n     WHERE ikm.id = found.id AND ikm.size_class <> found.size_class;\n    RETURN NULL;\n", hash='e3501db5f40f81581c5b63e66d59b273657210be', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_classify_again_3e04d', table='sentra_sizerule', when='AFTER')),
        ),
        migrations.AddField(
            model_name='yearlyfigures',
            name='branch',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sentra.branch', verbose_name='cabang industri'),
        ),
        migrations.AddField(
            model_name='yearlyfigures',
            name='created_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh'),
        ),
        migrations.AddField(
            model_name='yearlyfigures',
            name='ikm',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='sentra.ikm', verbose_name='IKM'),
        ),
        migrations.AddField(
            model_name='yearlyfigures',
            name='member_of',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='member_figures', to='sentra.sentra', verbose_name='anggota sentra'),
        ),
        migrations.AddField(
            model_name='yearlyfigures',
            name='scope',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sentra.productscope', verbose_name='lingkup produk'),
        ),
        migrations.AddField(
            model_name='yearlyfigures',
            name='sentra',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='sentra.sentra', verbose_name='sentra'),
        ),
        migrations.AddField(
            model_name='yearlyfigures',
            name='wilayah',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.wilayah', verbose_name='wilayah'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='branch',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sentra.branch', verbose_name='cabang industri'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='created_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='ikm',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sentra.ikm', verbose_name='IKM'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='member_of',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sentra.sentra', verbose_name='anggota sentra'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sentra.yearlyfigures'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='scope',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sentra.productscope', verbose_name='lingkup produk'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='sentra',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sentra.sentra', verbose_name='sentra'),
        ),
        migrations.AddField(
            model_name='yearlyfiguresevent',
            name='wilayah',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wilayah.wilayah', verbose_name='wilayah'),
        ),
        migrations.AddIndex(
            model_name='yearlyfigures',
            index=models.Index(fields=['year', 'wilayah'], include=('branch', 'scope', 'sentra', 'ikm', 'member_of', 'units', 'workers_men', 'workers_women', 'workers_unsplit', 'volume', 'production_value', 'material_value', 'investment', 'export_value'), name='figures_recap', opclasses=['int2_ops', 'varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='yearlyfigures',
            index=models.Index(condition=models.Q(('member_of__isnull', False)), fields=['member_of', 'year'], include=('ikm',), name='figures_of_members'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('sentra', 'ikm', function='num_nonnulls', output_field=models.IntegerField()), 1), name='figures_one_subject', violation_error_message='Angka tahunan dicatat pada tepat satu: sentra atau IKM.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.UniqueConstraint(condition=models.Q(('sentra__isnull', False)), fields=('sentra', 'year'), name='figures_once_per_sentra', violation_error_message='Angka sentra ini untuk tahun itu sudah tercatat. Buka lagi halamannya.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.UniqueConstraint(condition=models.Q(('ikm__isnull', False)), fields=('ikm', 'year'), name='figures_once_per_ikm', violation_error_message='Angka IKM ini untuk tahun itu sudah tercatat. Buka lagi halamannya.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 1800)), name='figures_year_plausible', violation_error_message='Tulis tahun dengan empat angka, misalnya 2024.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(models.Func('units', 'workers_men', 'workers_women', 'workers_unsplit', 'volume', 'production_value', 'material_value', 'investment', 'export_value', function='num_nonnulls', output_field=models.IntegerField()), 1), name='figures_say_something', violation_error_message='Isi paling sedikit satu angka untuk tahun ini.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.CheckConstraint(condition=models.Q(('sentra__isnull', False), ('units__isnull', True), _connector='OR'), name='figures_units_of_sentra', violation_error_message='Jumlah unit usaha dicatat pada sentra; satu IKM adalah satu unit.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.CheckConstraint(condition=models.Q(('ikm__isnull', False), ('member_of__isnull', True), _connector='OR'), name='figures_member_is_ikm', violation_error_message='Hanya IKM yang menjadi anggota sentra.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.CheckConstraint(condition=models.Q(('workers_unsplit__isnull', True), models.Q(('workers_men__isnull', True), ('workers_women__isnull', True)), _connector='OR'), name='figures_workers_once', violation_error_message='Isi tenaga kerja laki-laki dan perempuan, atau jumlahnya saja; jangan keduanya.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyfigures',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('volume__isnull', True), ('volume_unit', '')), models.Q(('volume__isnull', False), models.Q(('volume_unit', ''), _negated=True)), _connector='OR'), name='figures_volume_has_unit', violation_error_message='Jumlah produksi ditulis bersama satuannya, misalnya 1.200 dan kg.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyfigures',
            trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.revision = OLD.revision + 1; NEW.changed_at = clock_timestamp(); RETURN NEW;', hash='786e52d2473fa4f205c48998026afc063c2d5121', operation='UPDATE', pgid='pgtrigger_raise_revision_9127d', table='sentra_yearlyfigures', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyfigures',
            trigger=pgtrigger.compiler.Trigger(name='place_of_year', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."wilayah_id" IS NULL)', func='\n    IF NEW.ikm_id IS NOT NULL THEN\n        SELECT wilayah_id, branch_id, sentra_id INTO NEW.wilayah_id, NEW.branch_id, NEW.member_of_id\n          FROM sentra_ikm WHERE id = NEW.ikm_id;\n        SELECT min(scope_id) INTO NEW.scope_id\n          FROM sentra_product WHERE ikm_id = NEW.ikm_id AND deactivated_at IS NULL\n        HAVING count(DISTINCT scope_id) = 1;\n    ELSE\n        SELECT wilayah_id, branch_id INTO NEW.wilayah_id, NEW.branch_id FROM sentra_sentra WHERE id = NEW.sentra_id;\n        SELECT min(scope_id) INTO NEW.scope_id\n          FROM sentra_product WHERE sentra_id = NEW.sentra_id AND deactivated_at IS NULL\n        HAVING count(DISTINCT scope_id) = 1;\n    END IF;\n    RETURN NEW;\n', hash='0bbb14db6dea88491e6dffcb44087289dc5106de', operation='INSERT', pgid='pgtrigger_place_of_year_13e5c', table='sentra_yearlyfigures', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyfigures',
            trigger=pgtrigger.compiler.Trigger(name='classify_inserted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM sentra_ikm WHERE id IN (SELECT ikm_id FROM changed) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE sentra_ikm AS ikm\n       SET size_class = found.size_class\n      FROM (SELECT firm.id, COALESCE(rule.size_class, '') AS size_class\n              FROM sentra_ikm AS firm\n              LEFT JOIN LATERAL (\n                   SELECT COALESCE(workers_unsplit, workers_men + workers_women) AS workers, investment\n                     FROM sentra_yearlyfigures WHERE ikm_id = firm.id ORDER BY year DESC LIMIT 1\n                   ) AS latest ON true\n              LEFT JOIN sentra_sizerule AS rule\n                     ON latest.workers >= rule.workers_from\n                    AND (latest.workers <= rule.workers_to OR rule.workers_to IS NULL)\n                    AND latest.investment >= rule.investment_from\n                    AND (latest.investment <= rule.investment_to OR rule.investment_to IS NULL)\n             WHERE firm.id IN (SELECT ikm_id FROM changed)) AS found\n     WHERE ikm.id = found.id AND ikm.size_class <> found.size_class;\n    RETURN NULL;\n", hash='7c3c1610b92b34b356dcbd0253c89e2fba206186', level='STATEMENT', operation='INSERT', pgid='pgtrigger_classify_inserted_956eb', referencing='REFERENCING NEW TABLE AS changed ', table='sentra_yearlyfigures', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyfigures',
            trigger=pgtrigger.compiler.Trigger(name='classify_updated', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM sentra_ikm WHERE id IN (SELECT ikm_id FROM changed) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE sentra_ikm AS ikm\n       SET size_class = found.size_class\n      FROM (SELECT firm.id, COALESCE(rule.size_class, '') AS size_class\n              FROM sentra_ikm AS firm\n              LEFT JOIN LATERAL (\n                   SELECT COALESCE(workers_unsplit, workers_men + workers_women) AS workers, investment\n                     FROM sentra_yearlyfigures WHERE ikm_id = firm.id ORDER BY year DESC LIMIT 1\n                   ) AS latest ON true\n              LEFT JOIN sentra_sizerule AS rule\n                     ON latest.workers >= rule.workers_from\n                    AND (latest.workers <= rule.workers_to OR rule.workers_to IS NULL)\n                    AND latest.investment >= rule.investment_from\n                    AND (latest.investment <= rule.investment_to OR rule.investment_to IS NULL)\n             WHERE firm.id IN (SELECT ikm_id FROM changed)) AS found\n     WHERE ikm.id = found.id AND ikm.size_class <> found.size_class;\n    RETURN NULL;\n", hash='531f9d28c51a419442f6b16517e12b344164f3b5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_classify_updated_4ddf4', referencing='REFERENCING NEW TABLE AS changed ', table='sentra_yearlyfigures', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyfigures',
            trigger=pgtrigger.compiler.Trigger(name='classify_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM sentra_ikm WHERE id IN (SELECT ikm_id FROM changed) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE sentra_ikm AS ikm\n       SET size_class = found.size_class\n      FROM (SELECT firm.id, COALESCE(rule.size_class, '') AS size_class\n              FROM sentra_ikm AS firm\n              LEFT JOIN LATERAL (\n                   SELECT COALESCE(workers_unsplit, workers_men + workers_women) AS workers, investment\n                     FROM sentra_yearlyfigures WHERE ikm_id = firm.id ORDER BY year DESC LIMIT 1\n                   ) AS latest ON true\n              LEFT JOIN sentra_sizerule AS rule\n                     ON latest.workers >= rule.workers_from\n                    AND (latest.workers <= rule.workers_to OR rule.workers_to IS NULL)\n                    AND latest.investment >= rule.investment_from\n                    AND (latest.investment <= rule.investment_to OR rule.investment_to IS NULL)\n             WHERE firm.id IN (SELECT ikm_id FROM changed)) AS found\n     WHERE ikm.id = found.id AND ikm.size_class <> found.size_class;\n    RETURN NULL;\n", hash='ce924cf8554886cdf48873e540ef61671f1f60c7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_classify_deleted_40870', referencing='REFERENCING OLD TABLE AS changed ', table='sentra_yearlyfigures', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyfigures',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sentra_yearlyfiguresevent" ("branch_id", "changed_at", "created_at", "created_by_id", "export_value", "id", "ikm_id", "investment", "material_value", "member_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "production_value", "revision", "scope_id", "sentra_id", "units", "volume", "volume_unit", "wilayah_id", "workers_men", "workers_unsplit", "workers_women", "year") VALUES (NEW."branch_id", NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."export_value", NEW."id", NEW."ikm_id", NEW."investment", NEW."material_value", NEW."member_of_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."production_value", NEW."revision", NEW."scope_id", NEW."sentra_id", NEW."units", NEW."volume", NEW."volume_unit", NEW."wilayah_id", NEW."workers_men", NEW."workers_unsplit", NEW."workers_women", NEW."year"); RETURN NULL;', hash='8ed01f21c8c2f938f44aa857087cbc068fcf3445', operation='INSERT', pgid='pgtrigger_insert_insert_adf0c', table='sentra_yearlyfigures', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyfigures',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sentra_yearlyfiguresevent" ("branch_id", "changed_at", "created_at", "created_by_id", "export_value", "id", "ikm_id", "investment", "material_value", "member_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "production_value", "revision", "scope_id", "sentra_id", "units", "volume", "volume_unit", "wilayah_id", "workers_men", "workers_unsplit", "workers_women", "year") VALUES (NEW."branch_id", NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."export_value", NEW."id", NEW."ikm_id", NEW."investment", NEW."material_value", NEW."member_of_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."production_value", NEW."revision", NEW."scope_id", NEW."sentra_id", NEW."units", NEW."volume", NEW."volume_unit", NEW."wilayah_id", NEW."workers_men", NEW."workers_unsplit", NEW."workers_women", NEW."year"); RETURN NULL;', hash='468f2cd69703e5328ec2ba6b81ea9c6731890b9c', operation='UPDATE', pgid='pgtrigger_update_update_54ed9', table='sentra_yearlyfigures', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyfigures',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sentra_yearlyfiguresevent" ("branch_id", "changed_at", "created_at", "created_by_id", "export_value", "id", "ikm_id", "investment", "material_value", "member_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "production_value", "revision", "scope_id", "sentra_id", "units", "volume", "volume_unit", "wilayah_id", "workers_men", "workers_unsplit", "workers_women", "year") VALUES (OLD."branch_id", OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."export_value", OLD."id", OLD."ikm_id", OLD."investment", OLD."material_value", OLD."member_of_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."production_value", OLD."revision", OLD."scope_id", OLD."sentra_id", OLD."units", OLD."volume", OLD."volume_unit", OLD."wilayah_id", OLD."workers_men", OLD."workers_unsplit", OLD."workers_women", OLD."year"); RETURN NULL;', hash='15bf61c1b366df5cc944feb8da7e50a702194ffe', operation='DELETE', pgid='pgtrigger_delete_delete_10e28', table='sentra_yearlyfigures', when='AFTER')),
        ),
    ]
