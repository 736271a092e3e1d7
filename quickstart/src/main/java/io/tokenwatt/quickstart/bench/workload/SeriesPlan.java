package io.tokenwatt.quickstart.bench.workload;

/**
 * Everything that tells one simulated series from another.
 *
 * @param engines engines at the start, one per node
 * @param trace whose rhythm and lengths its requests follow
 * @param copies how many copies of the trace, at different offsets, are laid over each other
 * @param peakPerSecond requests per second at the busiest hour
 * @param swing peak over trough of the day, 10 for the judged workload
 * @param peakHour hour of the day, UTC, of the busiest hour
 * @param cachedShare share of prompt tokens answered from the prefix cache
 * @param energy noise of the boards' energy
 * @param step noise of the engines' step time
 * @param climate by how much the board's power follows the day's temperature, as a share
 */
public record SeriesPlan(
    String region,
    String workload,
    Machine machine,
    int engines,
    Trace trace,
    int copies,
    double peakPerSecond,
    double swing,
    double peakHour,
    double cachedShare,
    NoisePlan energy,
    NoisePlan step,
    double climate) {
  public String hardware() {
    return machine.hardware();
  }

  public String model() {
    return machine.model();
  }

  public String precision() {
    return machine.precision();
  }

  public int boardsPerEngine() {
    return machine.boards();
  }
}
