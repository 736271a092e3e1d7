/** Pure: figures as a table for people and as JSON for programs. */
package io.tokenwatt.quickstart.bench.report;
