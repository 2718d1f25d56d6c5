package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import java.util.List;
import java.util.Locale;

/** Built-in functions of MySQL that Vaquita has not: each gives error 1235 with its name instead of a wrong answer. Stateless. */
final class UnsupportedFunctions {
  private static final List<String> NAMES =
      List.of(
          ("extractvalue updatexml source_pos_wait master_pos_wait wait_for_executed_gtid_set"
                  + " json_schema_valid json_schema_validation_report statement_digest"
                  + " statement_digest_text mbrcontains mbrcoveredby mbrcovers mbrdisjoint mbrequals"
                  + " mbrintersects mbroverlaps mbrtouches mbrwithin geometrycollection geomcollection"
                  + " linestring multilinestring multipoint multipolygon point polygon st_area"
                  + " st_asbinary st_asgeojson st_astext st_aswkb st_aswkt st_buffer"
                  + " st_buffer_strategy st_centroid st_collect st_contains st_convexhull st_crosses"
                  + " st_difference st_dimension st_disjoint st_distance st_distance_sphere"
                  + " st_endpoint st_envelope st_equals st_exteriorring st_frechetdistance st_geohash"
                  + " st_geomcollfromtext st_geomcollfromtxt st_geomcollfromwkb"
                  + " st_geometrycollectionfromtext st_geometrycollectionfromwkb st_geometryfromtext"
                  + " st_geometryfromwkb st_geometryn st_geometrytype st_geomfromgeojson"
                  + " st_geomfromtext st_geomfromwkb st_hausdorffdistance st_interiorringn"
                  + " st_intersection st_intersects st_isclosed st_isempty st_issimple st_isvalid"
                  + " st_latfromgeohash st_latitude st_length st_linefromtext st_linefromwkb"
                  + " st_linestringfromtext st_linestringfromwkb st_lineinterpolatepoint"
                  + " st_lineinterpolatepoints st_longfromgeohash st_longitude st_makeenvelope"
                  + " st_mlinefromtext st_mlinefromwkb st_mpointfromtext st_mpointfromwkb"
                  + " st_mpolyfromtext st_mpolyfromwkb st_multilinestringfromtext"
                  + " st_multilinestringfromwkb st_multipointfromtext st_multipointfromwkb"
                  + " st_multipolygonfromtext st_multipolygonfromwkb st_numgeometries"
                  + " st_numinteriorring st_numinteriorrings st_numpoints st_overlaps"
                  + " st_pointatdistance st_pointfromgeohash st_pointfromtext st_pointfromwkb"
                  + " st_pointn st_polyfromtext st_polyfromwkb st_polygonfromtext"
                  + " st_polygonfromwkb st_simplify st_srid st_startpoint st_swapxy"
                  + " st_symdifference st_touches st_transform st_union st_validate st_within st_x"
                  + " st_y")
              .split(" "));

  /** Only MySQL's own views may call these (3566). */
  private static final List<String> INTERNAL =
      List.of(
          ("can_access_column can_access_database can_access_table can_access_trigger"
                  + " can_access_user can_access_view can_access_event can_access_routine"
                  + " can_access_resource_group get_dd_column_privileges get_dd_create_options"
                  + " get_dd_index_sub_part_length get_dd_property_key_value"
                  + " get_dd_schema_options get_dd_tablespace_private_data"
                  + " get_dd_index_private_data internal_auto_increment internal_avg_row_length"
                  + " internal_check_time internal_checksum internal_data_free"
                  + " internal_data_length internal_get_comment_or_error"
                  + " internal_get_view_warning_or_error internal_index_column_cardinality"
                  + " internal_index_length internal_keys_disabled internal_max_data_length"
                  + " internal_table_rows internal_update_time is_visible_dd_object"
                  + " convert_cpu_id_mask")
              .split(" "));

  private UnsupportedFunctions() {}

  static void register() {
    for (String name : NAMES) {
      Registry.add(
          name,
          0,
          Registry.ANY,
          (n, a, s) -> {
            throw MySqlError.ER_NOT_SUPPORTED_YET.exception(n.toUpperCase(Locale.ROOT));
          });
    }
    for (String name : INTERNAL) {
      Registry.add(
          name,
          0,
          Registry.ANY,
          (n, a, s) -> {
            throw MySqlError.ER_NO_ACCESS_TO_NATIVE_FCT.exception(n);
          });
    }
  }
}
