package io.tokenwatt.collectors.requests;

import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.model.proto.Server;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers from the agent's own records who serves on which node, as EfficiencyJob will see it,
 * and tells it for requests. An engine that fails to answer for a while is not forgotten.
 * Thread-safe.
 */
public final class ServerMemory implements SampleSink {
  private final ConcurrentMap<String, ConcurrentMap<String, Known>> nodes =
      new ConcurrentHashMap<>();
  private final SampleSink next;
  private final List<ServedByRule> rules;

  /**
   * @param server without a model
   * @param models that the engine serves, in its own words
   */
  private record Known(Told told, Server server, List<String> models) {}

  public ServerMemory(SampleSink next, List<ServedByRule> rules) {
    this.next = next;
    this.rules = List.copyOf(rules);
  }

  @Override
  public void publish(NodeSample sample) {
    remember(sample);
    next.publish(sample);
  }

  @Override
  public void close() {
    next.close();
  }

  /**
   * Who served. An engine is taken from memory only where the event names its node: a workload may
   * run on other nodes too, of another kind. Else by configuration, else what the event says.
   */
  Server resolve(Told told, String model) {
    if (!told.node().isEmpty()) {
      Set<Server> found = local(told, model);
      if (found.size() == 1) {
        return found.iterator().next();
      }
    }
    for (ServedByRule rule : rules) {
      if (rule.match().holdsFor(told)) {
        Server.Builder server =
            rule.server().toBuilder().setResolution(Resolution.RESOLUTION_CONFIG);
        fill(server, told);
        return server.build();
      }
    }
    Server.Builder unresolved = Server.newBuilder();
    fill(unresolved, told);
    return unresolved.build();
  }

  private static void fill(Server.Builder server, Told told) {
    if (server.getRegion().isEmpty()) {
      server.setRegion(told.region());
    }
    if (server.getCluster().isEmpty()) {
      server.setCluster(told.cluster());
    }
    if (server.getWorkload().isEmpty()) {
      server.setWorkload(told.workload());
    }
  }

  /** More than one: the event does not say enough. */
  private Set<Server> local(Told told, String model) {
    List<Known> candidates =
        nodes.getOrDefault(told.node(), new ConcurrentHashMap<>()).values().stream()
            .filter(known -> told.holdsFor(known.told))
            .toList();
    List<Known> ofModel = candidates.stream().filter(k -> k.models.contains(model)).toList();
    Set<Server> servers = new HashSet<>();
    for (Known known : ofModel.isEmpty() ? candidates : ofModel) {
      boolean named = known.models.contains(model);
      // An adapter or an alias of a gateway: the engine's one model is the base.
      String served = named ? model : known.models.size() == 1 ? known.models.get(0) : "";
      servers.add(known.server.toBuilder().setModelName(served).build());
    }
    return servers;
  }

  private void remember(NodeSample sample) {
    for (Binding binding : sample.getBindingsList()) {
      for (int index : binding.getEnginesList()) {
        if (index < sample.getEnginesCount()) {
          Engine engine = sample.getEngines(index);
          remember(sample, binding, engine);
        }
      }
    }
  }

  private void remember(NodeSample sample, Binding binding, Engine engine) {
    NodeIdentity node = sample.getNode();
    List<String> models =
        engine.getSeriesList().stream()
            .map(EngineSeries::getModelName)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    ConcurrentMap<String, Known> known =
        nodes.computeIfAbsent(node.getNode(), n -> new ConcurrentHashMap<>());
    Known before = known.get(engine.getInstance());
    if (models.isEmpty() && before != null) {
      models = before.models;
    }
    if (models.isEmpty() && !binding.getModelName().isEmpty()) {
      models = List.of(binding.getModelName());
    }
    String board = BoardNames.of(sample, binding);
    Server server =
        Server.newBuilder()
            .setResolution(Resolution.RESOLUTION_LOCAL)
            .setRegion(node.getRegion())
            .setCluster(node.getCluster())
            .setSiteKind(node.getSiteKind())
            .setProvider(node.getProvider())
            .setPurchaseOption(node.getPurchaseOption())
            .setBoardName(board.isEmpty() && before != null ? before.server.getBoardName() : board)
            .setPrecision(binding.getPrecision())
            .setWorkload(binding.getWorkload())
            .setOwner(binding.getOwner())
            .setDeployment(binding.getDeployment())
            .setEngine(engine.getKind())
            .setRole(binding.getRole())
            .setTask(binding.getTask())
            .setKind(binding.getKind())
            .build();
    Told told =
        new Told(
            node.getNode(),
            engine.getInstance(),
            binding.getWorkload(),
            node.getRegion(),
            node.getCluster());
    known.put(engine.getInstance(), new Known(told, server, models));
  }
}
