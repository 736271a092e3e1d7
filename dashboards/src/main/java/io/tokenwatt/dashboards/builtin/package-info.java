/** ClickHouse's own /dashboard page, opened with our charts. */
package io.tokenwatt.dashboards.builtin;
