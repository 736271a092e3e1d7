package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.EngineCounters;
import io.tokenwatt.quickstart.fleet.physics.EngineProcess;
import io.tokenwatt.quickstart.fleet.physics.EngineRank;
import io.tokenwatt.quickstart.fleet.physics.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The layout of a prometheus_client page: HELP, TYPE, samples, and after each counter and histogram
 * the gauge {@code …_created}. Labels are sorted by name. Collects the pieces that {@link VllmText}
 * fills with values.
 */
final class VllmPage {
  /** A value to be written behind what never changes. */
  interface Value {
    void put(TextOut out, long nowUs);
  }

  record Piece(byte[] before, Value value) {}

  /** One time series of a family: which rank, and a label beside engine and model. */
  private record Child(EngineRank rank, String labels) {}

  private final EngineProcess engine;
  private final List<Piece> pieces = new ArrayList<>();
  private String head = "";

  VllmPage(EngineProcess engine) {
    this.engine = engine;
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** A family of one sample; {@code labels} with its braces, or "". */
  void single(String name, String type, String help, String labels, Value value) {
    head(name, type, help);
    line(name + labels, value);
  }

  void gauge(String name, String help, Function<EngineRank, Value> value) {
    head(name, "gauge", help);
    for (Child child : children("")) {
      line(name + '{' + child.labels() + '}', value.apply(child.rank()));
    }
  }

  void counter(String name, String help, ToLongFunction<EngineCounters> count) {
    counter(name, help, List.of(""), label -> count);
  }

  /**
   * @param labels further labels, each as {@code key="value",}; "" = none
   */
  void counter(
      String name,
      String help,
      List<String> labels,
      Function<String, ToLongFunction<EngineCounters>> count) {
    head(name + "_total", "counter", help);
    for (String label : labels) {
      for (Child child : children(label)) {
        EngineRank rank = child.rank();
        ToLongFunction<EngineCounters> read = count.apply(label);
        line(
            name + "_total{" + child.labels() + '}',
            (out, nowUs) -> PythonNumbers.putCount(out, read.applyAsLong(rank.counters())));
      }
    }
    created(name, help, labels);
  }

  void histogram(String name, String help, Function<EngineCounters, Histogram> read) {
    head(name, "histogram", help);
    for (int i = 0; i < engine.ranks().size(); i++) {
      EngineRank rank = engine.ranks().get(i);
      List<Double> bounds = read.apply(rank.counters()).bounds();
      for (int b = 0; b <= bounds.size(); b++) {
        String le = b < bounds.size() ? PythonNumbers.bound(bounds.get(b)) : "+Inf";
        line(name + "_bucket{" + labels(i, "le=\"" + le + "\",") + '}', bucket(rank, read, b));
      }
      String plain = '{' + labels(i, "") + '}';
      line(
          name + "_count" + plain,
          (out, nowUs) -> PythonNumbers.putCount(out, read.apply(rank.counters()).total()));
      line(
          name + "_sum" + plain,
          (out, nowUs) -> {
            Histogram histogram = read.apply(rank.counters());
            PythonNumbers.putScaled(out, histogram.sum(), histogram.scale());
          });
    }
    created(name, help, List.of(""));
  }

  /** Cumulative over buckets. */
  private static Value bucket(
      EngineRank rank, Function<EngineCounters, Histogram> read, int bucket) {
    return (out, nowUs) -> {
      Histogram histogram = read.apply(rank.counters());
      long sum = 0;
      for (int i = 0; i <= bucket; i++) {
        sum += histogram.count(i);
      }
      PythonNumbers.putCount(out, sum);
    };
  }

  private void created(String name, String help, List<String> labels) {
    head(name + "_created", "gauge", help);
    for (String label : labels) {
      for (Child child : children(label)) {
        // The metrics are made when the model is loaded.
        line(
            name + "_created{" + child.labels() + '}',
            (out, nowUs) ->
                PythonNumbers.putScaled(out, engine.processStartUs() + 8_412_377, 1_000_000));
      }
    }
  }

  private List<Child> children(String label) {
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < engine.ranks().size(); i++) {
      children.add(new Child(engine.ranks().get(i), labels(i, label)));
    }
    return children;
  }

  /** All labels that are added come between engine and model_name, or after both. */
  private String labels(int rank, String label) {
    String engineLabel = "engine=\"" + rank + "\",";
    String model = "model_name=\"" + engine.model().name() + '"';
    return label.compareTo("model_name") < 0
        ? engineLabel + label + model
        : engineLabel + model + ',' + label.substring(0, label.length() - 1);
  }

  private void head(String name, String type, String help) {
    head = "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
  }

  private void line(String series, Value value) {
    String newline = pieces.isEmpty() ? "" : "\n";
    pieces.add(new Piece(TextOut.utf8(newline + head + series + ' '), value));
    head = "";
  }
}
