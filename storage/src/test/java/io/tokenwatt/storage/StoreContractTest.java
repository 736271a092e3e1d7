package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract runs on the engine it is given, and tells what failed. */
class StoreContractTest {
  private static final String OTHER = "http://other.example:8123";

  private static String asked = "";

  /** Not run by itself: build tools leave nested classes out. */
  static class AsksForTheEngine {
    @Test
    void asks() {
      asked = Engine.url();
    }
  }

  /** As above. */
  static class Fails {
    @Test
    void whatIsWrongHere() {
      throw new AssertionError("told");
    }
  }

  @Test
  void testsMeetTheEngineThatIsGivenAndOnlyThey() {
    TestExecutionSummary summary = StoreContract.on(OTHER, List.of(AsksForTheEngine.class));
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(asked).isEqualTo(OTHER);
    assertThat(Engine.url()).isNotEqualTo(OTHER);
  }

  @Test
  void whatFailsIsNamed() {
    TestExecutionSummary summary =
        StoreContract.on(OTHER, List.of(AsksForTheEngine.class, Fails.class));
    assertThat(StoreContract.failures(summary)).hasSize(1).first().asString().contains("told");
  }
}
