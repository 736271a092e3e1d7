package io.tokenwatt.jobs.latency;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.fact.RequestRow;
import io.tokenwatt.model.fact.SketchColumns;
import java.util.Arrays;

/** All events of one row, added up in any order. A Flink POJO. */
public final class RequestWindow {
  public Cell cell;
  public String serviceClass = "";
  public String tenant = "";
  public String clientRegion = "";
  public String adapter = "";
  public long[] amounts = new long[RequestMeasure.values().length];
  public Sketch[] sketches = sketches(0);
  public long sloVersion;
  public long events;
  public boolean dirty;

  /** When the window's row is due by the clock of the machine; only timing depends on it. */
  public long dueMs;

  private static Sketch[] sketches(int have) {
    Sketch[] sketches = new Sketch[RequestSketch.values().length];
    for (int i = have; i < sketches.length; i++) {
      sketches[i] = new Sketch();
    }
    return sketches;
  }

  public void add(EventPart part) {
    cell = part.cell();
    serviceClass = part.serviceClass();
    tenant = part.tenant();
    clientRegion = part.clientRegion();
    adapter = part.adapter();
    grow();
    for (int i = 0; i < part.amounts().length; i++) {
      amounts[i] += part.amounts()[i];
    }
    for (int i = 0; i < part.buckets().length; i++) {
      if (part.buckets()[i] >= 0) {
        sketches[i].add(part.buckets()[i]);
      }
    }
    sloVersion = Math.max(sloVersion, part.sloVersion());
    events++;
    dirty = true;
  }

  /** A savepoint of an older release may hold fewer measures. */
  private void grow() {
    amounts = Arrays.copyOf(amounts, RequestMeasure.values().length);
    if (sketches.length < RequestSketch.values().length) {
      Sketch[] all = sketches(sketches.length);
      System.arraycopy(sketches, 0, all, 0, sketches.length);
      sketches = all;
    }
  }

  public RequestRow row(long windowStartMs, long versionBase) {
    return new RequestRow(
        windowStartMs,
        cell,
        serviceClass,
        tenant,
        clientRegion,
        adapter,
        amounts.clone(),
        Arrays.stream(sketches).map(Sketch::columns).toArray(SketchColumns[]::new),
        sloVersion,
        versionBase + events);
  }
}
