/** Pure: figures as a table for people, as JSON and CSV for programs. */
package io.tokenwatt.quickstart.bench.report;
