package io.tokenwatt.storage.report;

/**
 * A value that a report's queries use as {@code {name:type}} and that {@code --set name=value}
 * changes.
 *
 * @param type ClickHouse's type, such as Float64 or String
 */
public record Parameter(String name, String type, String value, String description) {}
