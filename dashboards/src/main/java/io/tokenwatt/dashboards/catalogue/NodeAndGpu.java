package io.tokenwatt.dashboards.catalogue;

import static io.tokenwatt.dashboards.catalogue.Boards.column;
import static io.tokenwatt.dashboards.catalogue.Boards.share;

import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.TimeSeries.Drawing;
import io.tokenwatt.dashboards.source.Unit;
import io.tokenwatt.dashboards.source.Variable;
import java.util.List;

/** Down to a machine: is it slow because it is hot, capped, slowed, or because nothing is asked. */
final class NodeAndGpu {
  private NodeAndGpu() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.NODE,
        "Tokenwatt: node and GPU",
        "What chosen boards draw and do: power, activity, memory traffic, clocks, heat, throttling; and boards that several workloads share.",
        "now-3h",
        List.of(
            Variable.DATASOURCE, Variable.REGION, Variable.CLUSTER, Variable.HARDWARE, Boards.NODE),
        Common.ANNOTATIONS,
        List.of(verdict(), power(), activity(), clocks(), boards(), shared()));
  }

  private static Row verdict() {
    return Row.open(
        100,
        "Chosen boards over the time range",
        Boards.stat(
            1,
            "Watts per board",
            "Σ board energy ÷ Σ observed board time, from energy counters where there are any. Boards only, not the machine.",
            "watts_per_gpu",
            Scale.of(Unit.WATTS)),
        Boards.stat(
            2,
            "Of the power limit",
            "Mean power readings ÷ mean enforced power limit of the boards. Near 100 %: the limit holds them back.",
            "power_limit_share",
            Scale.share()),
        Boards.stat(
            3,
            "SM active",
            "Σ (share of time with a warp on an SM × ms) ÷ Σ ms observed (DCGM 1002). Unknown without profiling metrics.",
            "sm_active",
            Scale.share()),
        Boards.stat(
            4,
            "DRAM active",
            "Σ (share of time in which memory moved data × ms) ÷ Σ ms observed (DCGM 1005). Decoding is bound by it.",
            "dram_active",
            Scale.share()),
        Boards.stat(
            5,
            "Slowed by power",
            "Time in which the driver lowered clocks for power ÷ observed board time.",
            "power_throttled_share",
            Scale.share()),
        Boards.stat(
            6,
            "Slowed by heat",
            "Time in which the driver lowered clocks for temperature ÷ observed board time.",
            "thermal_throttled_share",
            Scale.share()),
        Boards.stat(
            7,
            "Coverage",
            "Board time that was read ÷ board time expected. What was not read is in no number here.",
            "coverage",
            Scale.share()),
        new Stat(
            Head.of(8, "Data up to", "End of the newest 10 s window of boards in the store.")
                .size(3, 4),
            Query.rows(
                "SELECT toUnixTimestamp(max(window_start)) * 1000 + 10000 AS data_up_to FROM gpu_10s"),
            Scale.of(Unit.SINCE).free()));
  }

  private static Row power() {
    return Row.open(
        200,
        "Power and heat, by board",
        Boards.lines(
            20,
            "Power",
            "Energy ÷ observed time of each board and step.",
            "watts_per_gpu",
            Scale.of(Unit.WATTS)),
        Boards.lines(
            21,
            "Temperature of the chip",
            "Mean of the readings of each board and step.",
            "temperature_c",
            Scale.of(Unit.CELSIUS)));
  }

  private static Row activity() {
    return Row.open(
        300,
        "Activity, by board",
        Boards.lines(
            30,
            "SM active",
            "Σ (share × ms) ÷ Σ ms observed. Low with requests waiting: look at memory traffic, clocks and the engine.",
            "sm_active",
            Scale.share()),
        Boards.lines(
            31,
            "Memory traffic",
            "DRAM activity × the board's peak bandwidth from the hardware catalogue, GB/s (10⁹ bytes). Unknown for boards without a peak there.",
            "hbm_gbps",
            Scale.of(Unit.GIGABYTES_PER_S)),
        Boards.lines(
            32,
            "NVLink traffic",
            "Bytes sent and received ÷ observed time. Boards without NVLink have none.",
            "nvlink_gbps",
            Scale.of(Unit.GIGABYTES_PER_S)),
        Boards.lines(
            33,
            "Memory used",
            "Mean frame buffer in use. Engines take most of it at start; KV-cache use is told by the engines.",
            "memory_used_bytes",
            Scale.of(Unit.BYTES)));
  }

  private static Row clocks() {
    return Row.open(
        400,
        "Clocks and what lowers them, by board",
        Boards.lines(
            40,
            "SM clock",
            "Mean of the readings. A lower clock at the same work saves power and costs latency.",
            "sm_clock_mhz",
            Scale.of(Unit.MEGAHERTZ)),
        Boards.lines(
            41,
            "Slowed by power or heat",
            "Time slowed for power + time slowed for heat, ÷ observed time. Both at once count twice.",
            "power_throttled_share + thermal_throttled_share AS slowed",
            Scale.share()));
  }

  private static Row boards() {
    return Row.open(
        500,
        "Boards",
        Table.of(
            Head.of(
                    50,
                    "Each board over the time range, the most slowed first, then the hottest",
                    "Workload, state and driver as last seen. Hottest: the highest mean of one window. XID: the last error number the driver told, 0 = none. The first 200.")
                .size(24, 10),
            Query.rows(
                """
                SELECT node, gpu_index, hardware, workload, state, watts_per_gpu, power_limit_share, sm_active, dram_active, hbm_gbps,
                    sm_clock_mhz, temperature_c_max, power_throttled_share, thermal_throttled_share, xid_last, ecc_uncorrected, coverage
                FROM %s
                ORDER BY ifNull(power_throttled_share, 0) + ifNull(thermal_throttled_share, 0) DESC, temperature_c_max DESC, node, gpu_index
                LIMIT 200"""
                    .formatted(Boards.whole("'node', 'gpu', 'gpu_index', 'hardware'"))),
            Column.text("node", "Node"),
            column("gpu_index", "GPU", Unit.NONE),
            Column.text("hardware", "Hardware"),
            Column.text("workload", "Workload"),
            Column.text("state", "State"),
            column("watts_per_gpu", "Power", Unit.WATTS),
            share("power_limit_share", "of limit"),
            share("sm_active", "SM").bars(),
            share("dram_active", "DRAM").bars(),
            column("hbm_gbps", "Memory traffic", Unit.GIGABYTES_PER_S),
            column("sm_clock_mhz", "SM clock", Unit.MEGAHERTZ),
            column("temperature_c_max", "Hottest", Unit.CELSIUS),
            share("power_throttled_share", "Slowed: power"),
            share("thermal_throttled_share", "Slowed: heat"),
            column("xid_last", "XID", Unit.NONE),
            column("ecc_uncorrected", "ECC errors", Unit.COUNT),
            share("coverage", "Coverage")));
  }

  private static Row shared() {
    String facts =
        "cells_stepped(interval_s = %s, since = $__fromTime, until = $__toTime)\nWHERE gpu_mj > 0 AND %s AND %s AND %s";
    String where =
        facts.formatted(
            "%s",
            Ask.chosen("region", "region"),
            Ask.chosen("cluster", "cluster"),
            Ask.chosen("hardware", "hardware"));
    return Row.open(
        600,
        "Who is charged for shared boards (MIG, time slices)",
        TimeSeries.lines(
                Head.of(
                    60,
                    "Board energy by how it was attributed",
                    "kWh per step. config, pod …: one owner was told. mig_activity: by activity × slice size; mig_size: by slice size, for want of activity readings. Sums to all board energy; of all nodes of the chosen region, cluster and hardware."),
                Query.series(
                    "SELECT time, if(attribution_method = '', '(not told)', toString(attribution_method)) AS method, sum(gpu_mj) / 3.6e9 AS kwh\nFROM "
                        + where.formatted("$__interval_s")
                        + "\nGROUP BY time, method\nORDER BY time, method"),
                Scale.of(Unit.KILOWATT_HOURS),
                "method")
            .drawn(Drawing.STACKED),
        Table.of(
            Head.of(
                61,
                "Workloads by how their energy was attributed",
                "Board time and energy of each workload over the time range. Shares of one board add up to it. The 100 largest."),
            Query.rows(
                "SELECT attribution_method, workload, hardware, sum(gpu_ms) / 3.6e6 AS gpu_h, sum(gpu_mj) / 3.6e9 AS kwh\nFROM "
                    + where.formatted("0")
                    + "\nGROUP BY attribution_method, workload, hardware\nORDER BY attribution_method LIKE 'mig%' DESC, kwh DESC\nLIMIT 100"),
            Column.text("attribution_method", "Attributed by"),
            Column.text("workload", "Workload"),
            Column.text("hardware", "Hardware"),
            column("gpu_h", "Board time", Unit.GPU_HOURS),
            column("kwh", "Energy", Unit.KILOWATT_HOURS)));
  }
}
