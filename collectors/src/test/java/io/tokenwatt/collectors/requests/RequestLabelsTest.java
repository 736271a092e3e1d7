package io.tokenwatt.collectors.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.model.proto.RequestEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestLabelsTest {
  private static final long HOUR = 3_600_000;

  private final Counters counters = new Counters();
  private final Health health = new Health(Instant::now);
  private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
  private final RequestLabels labels =
      new RequestLabels(new LabelLimits(9, 9, 2, 9, 9), counters, health, now::get);

  private RequestEvent published(String tenant) {
    RequestEvent event =
        RequestEvent.newBuilder()
            .setEventId("e")
            .setModelName("llama")
            .setTenant(tenant)
            .setOutputTokens(7)
            .build();
    return labels.fold(List.of(event)).get(0);
  }

  @Test
  void tenantsBeyondTheLimitAreOtherAndTheirTokensStay() {
    assertThat(published("a").getTenant()).isEqualTo("a");
    assertThat(published("b").getTenant()).isEqualTo("b");
    assertThat(health.status()).isEqualTo("ok");

    RequestEvent third = published("c");
    assertThat(third.getTenant()).isEqualTo("(other)");
    assertThat(third.getOutputTokens()).isEqualTo(7);
    assertThat(third.getModelName()).isEqualTo("llama");
    assertThat(published("a").getTenant()).isEqualTo("a");
    assertThat(counters.value(RequestLabels.FOLDED, "label", "tenant")).isEqualTo(1);
    assertThat(counters.value(RequestLabels.FOLDED, "label", "adapter")).isZero();
  }

  @Test
  void healthTellsItUntilAnHourAfterTheLast() {
    List.of("a", "b", "c").forEach(this::published);
    assertThat(health.status()).isEqualTo("degraded");
    assertThat(health.components().get(RequestLabels.HEALTH).lastError())
        .isEqualTo(
            "more than 2 values of tenant within an hour; the rest is counted under (other)");
    now.addAndGet(HOUR);
    published("a");
    assertThat(health.status()).isEqualTo("degraded");
    now.addAndGet(1);
    published("a");
    assertThat(health.status()).isEqualTo("ok");
  }
}
