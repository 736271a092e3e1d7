/**
 * Exporters as data: a parsed exposition becomes readings in fixed integer units, told by YAML
 * files ({@code exporters.d/*.yaml}: the shipped set and the user's own). Pure: no network, no
 * clock; files are read only while a catalogue is loaded.
 */
package io.tokenwatt.collectors.exporters;
