/** At-least-once writing into ClickHouse. */
package io.tokenwatt.jobs.sink;
