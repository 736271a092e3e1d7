package io.tokenwatt.quickstart.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.quickstart.TestStore;
import io.tokenwatt.storage.Store;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveQueryTest {
  @Test
  void theLatestWindowOfEachGroupIsReadAndUnknownStaysUnknown() {
    try (Store store = new Store(TestStore.config())) {
      List<LiveRow> rows = new LiveQuery(store, 10).read();
      assertThat(rows)
          .extracting(LiveRow::model)
          .containsExactlyInAnyOrder("llama", "(unallocated)");
      LiveRow busy = rows.stream().filter(r -> r.model().equals("llama")).findFirst().orElseThrow();
      assertThat(busy.tokensPerJoule()).isCloseTo(2.5, within(1e-9));
      assertThat(busy.joulesPerRequest()).isCloseTo(70.4, within(1e-9));
      assertThat(busy.outputTokensPerS()).isCloseTo(4_400, within(1e-9));
      assertThat(busy.watts()).isCloseTo(1_760, within(1e-9));
      assertThat(busy.coverage()).isCloseTo(1, within(1e-9));
      assertThat(busy.p95TtftS()).isCloseTo(0.2425, within(1e-9));
      assertThat(busy.p95TtftFloorS()).isNull();
      assertThat(busy.usdPerMtok()).isNull();
      assertThat(busy.usdNullReason()).isEqualTo("no_price");
      assertThat(busy.windowEndS()).isEqualTo(TestStore.LAST / 1000 + 10);
      LiveRow free = rows.stream().filter(r -> r != busy).findFirst().orElseThrow();
      assertThat(free.tokensPerJoule()).isNull();
      assertThat(free.outputTokensPerS()).isNull();
    }
  }
}
