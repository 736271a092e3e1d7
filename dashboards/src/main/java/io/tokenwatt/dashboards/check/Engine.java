package io.tokenwatt.dashboards.check;

/** Answers SQL. */
public interface Engine {
  /**
   * @throws CheckException if the engine refuses the query or cannot be reached
   */
  Answer ask(String sql);
}
