package io.github.tandemfetch.web;

import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.jobs.ExportJob;
import java.util.List;

/**
 * What is to be seen on the page.
 *
 * @param tables the tables that there are
 * @param unavailable why the tables cannot be shown, and what to do; null where they can be
 * @param jobs the newest jobs, the newest first
 * @param form what stands in the form
 * @param faults what is wrong with it
 * @param notice what else a person should know; null for nothing
 */
record PageView(
        List<TableSummary> tables,
        String unavailable,
        List<ExportJob> jobs,
        ExportForm form,
        List<FieldFault> faults,
        String notice) {
    /**
     * Something that is wrong with a field of the form.
     *
     * @param field its name
     * @param label what it is called on the page
     * @param detail what would be right
     */
    record FieldFault(String field, String label, String detail) {
        static FieldFault of(Fault fault) {
            String field = ExportForm.fieldOf(fault);
            // Programs say with null what a person says with an empty field.
            String detail = fault.detail().replaceFirst("^This is null, or ", "Leave this empty, or give ");
            return new FieldFault(field, label(field), detail);
        }

        private static String label(String field) {
            return switch (field) {
                case "table_name" -> "Table";
                case "format" -> "Format";
                case "date_from" -> "First day";
                case "date_to" -> "Last day";
                case "columns" -> "Columns";
                case "row_limit" -> "Rows";
                default -> "Packed";
            };
        }
    }
}
