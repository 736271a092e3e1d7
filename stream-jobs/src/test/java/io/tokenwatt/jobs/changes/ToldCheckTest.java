package io.tokenwatt.jobs.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.model.proto.ChangeScope;
import io.tokenwatt.model.proto.ChangeSetup;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ToldCheckTest {
  private static final long NOW = 1_700_000_000_000L;

  private static ChangeEvent.Builder good() {
    return ChangeEvent.newBuilder()
        .setEventId("e1")
        .setTimeMs(NOW - 5000)
        .setKind(ChangeKind.CHANGE_DEPLOYMENT)
        .setTitle("chat 1.2");
  }

  private static ToldCheck.Result decode(UnaryOperator<ChangeEvent.Builder> change) {
    return ToldCheck.decode("e1", change.apply(good()).build().toByteArray(), NOW);
  }

  @Test
  void whatIsToldIsReadAndWhatIsNotIsUnknown() {
    var event =
        decode(
                e ->
                    e.setScope(ChangeScope.newBuilder().setRegion("eu").setWorkload("chat"))
                        .setSetup(ChangeSetup.newBuilder().setMaxBatch(64))
                        .setActor("jane")
                        .setAgent("n1")
                        .putAttributes("commit", "abc"))
            .event()
            .orElseThrow();
    assertThat(event.kind()).isEqualTo(Kind.DEPLOYMENT);
    assertThat(event.origin()).isEqualTo(Origin.TOLD);
    assertThat(event.scope().workload()).isEqualTo("chat");
    assertThat(event.scope().node()).isEmpty();
    assertThat(event.setup().maxBatch()).isEqualTo(64);
    assertThat(event.setup().tensorParallel()).isNull();
    assertThat(event.attributes()).containsEntry("agent", "n1").containsEntry("commit", "abc");
    assertThat(event.version()).isEqualTo(NOW);
  }

  @Test
  void everyKindOfTheWireHasItsKind() {
    Arrays.stream(ChangeKind.values())
        .filter(kind -> kind != ChangeKind.CHANGE_UNSPECIFIED && kind != ChangeKind.UNRECOGNIZED)
        .forEach(
            kind ->
                assertThat(
                        decode(e -> e.setKind(kind).setRegression("r"))
                            .event()
                            .orElseThrow()
                            .kind()
                            .name())
                    .isEqualTo(kind.name().replace("CHANGE_", "")));
  }

  @Test
  void whatContradictsItselfHasItsReason() {
    assertThat(decode(e -> e.setEventId("e2")).reason()).isEqualTo("wrong_key");
    assertThat(decode(e -> e.setKindValue(99)).reason()).isEqualTo("bad_kind");
    assertThat(decode(e -> e.clearTitle()).detail()).isEqualTo("title");
    assertThat(decode(e -> e.setTimeMs(0)).reason()).isEqualTo("bad_time");
    assertThat(decode(e -> e.setTimeMs(NOW * 1000)).reason()).isEqualTo("bad_time");
    assertThat(decode(e -> e.setKind(ChangeKind.CHANGE_ACCEPT)).reason()).isEqualTo("missing");
    assertThat(decode(e -> e.setSetup(ChangeSetup.newBuilder().setDataParallel(70_000))).reason())
        .isEqualTo("bad_setup");
    assertThat(decode(e -> e.setWhy("x".repeat(70_000))).reason()).isEqualTo("too_large");
    assertThat(ToldCheck.decode("e1", new byte[0], NOW).reason()).isEqualTo("empty");
    assertThat(ToldCheck.decode("e1", new byte[] {9}, NOW).reason()).isEqualTo("not_protobuf");
  }
}
