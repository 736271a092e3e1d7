package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.latency.EventPart;
import io.tokenwatt.jobs.latency.RequestWindow;
import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.NodeState;
import io.tokenwatt.jobs.regression.suspect.EvidenceState;
import io.tokenwatt.jobs.regressions.KnownChange;
import io.tokenwatt.jobs.regressions.PendingWindow;
import io.tokenwatt.jobs.regressions.RegressionInput;
import io.tokenwatt.jobs.regressions.WatchState;
import io.tokenwatt.jobs.regressions.WatchedSeries;
import io.tokenwatt.jobs.requests.DedupFunction;
import io.tokenwatt.jobs.requests.IntakePart;
import io.tokenwatt.jobs.requests.RequestIntakeFunction;
import io.tokenwatt.jobs.serving.UnitWindow;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.JudgedRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.fact.RegressionRow;
import io.tokenwatt.model.fact.RequestIntakeRow;
import io.tokenwatt.model.fact.RequestRow;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kryo is slow and its state cannot evolve: every type that crosses an operator or is kept must be
 * known to Flink.
 */
class FlinkTypesTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        RawRecord.class,
        RejectedRecord.class,
        CellPart.class,
        NodeState.class,
        UnitWindow.class,
        CellWindow.class,
        CellRow.class,
        LatencyRow.class,
        GpuRow.class,
        EngineRow.class,
        NodeRow.class,
        ChangeEvent.class,
        IntakeRow.class,
        EventPart.class,
        RequestWindow.class,
        RequestRow.class,
        RequestIntakeRow.class,
        IntakePart.class,
        RequestIntakeFunction.Counts.class,
        DedupFunction.RejectedEvent.class,
        SettledCell.class,
        Settling.class,
        RegressionInput.class,
        PendingWindow.class,
        WatchedSeries.class,
        WatchState.class,
        KnownChange.class,
        RegressionRow.class,
        JudgedRow.class,
        EvidenceState.class
      })
  void typeNeedsNoKryo(Class<?> type) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    TypeInformation<?> info = TypeInformation.of(type);
    assertThat(info).isInstanceOf(PojoTypeInfo.class);
    info.createSerializer(new SerializerConfigImpl(configuration));
  }
}
