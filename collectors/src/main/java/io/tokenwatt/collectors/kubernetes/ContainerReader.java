package io.tokenwatt.collectors.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import io.tokenwatt.collectors.ownership.PodContainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one container of a pod's spec. For one value. */
final class ContainerReader {
  private final JsonParser json;
  private final List<String> command = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final List<PodContainer.Port> ports = new ArrayList<>();
  private final Map<String, Integer> accelerators = new HashMap<>();
  private String name = "";
  private String image = "";
  private boolean stays;

  private ContainerReader(JsonParser json) {
    this.json = json;
  }

  /** Empty for an init container that ends before the others start. */
  static Optional<PodContainer> read(JsonParser json, String list) throws IOException {
    ContainerReader reader = new ContainerReader(json);
    JsonWalk.object(json, reader::field);
    boolean counts = reader.stays || !list.equals("initContainers");
    return counts ? Optional.of(reader.container()) : Optional.empty();
  }

  private PodContainer container() {
    command.addAll(arguments);
    return new PodContainer(name, image, command, ports, accelerators);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "name" -> name = JsonWalk.text(json);
      case "image" -> image = JsonWalk.text(json);
      case "command" -> command.addAll(JsonWalk.list(json));
      case "args" -> arguments.addAll(JsonWalk.list(json));
      case "restartPolicy" -> stays = JsonWalk.text(json).equals("Always");
      case "ports" -> JsonWalk.array(json, this::port);
      case "resources" -> JsonWalk.object(json, this::resources);
      default -> json.skipChildren();
    }
  }

  private void port() throws IOException {
    Map<String, String> port = JsonWalk.texts(json);
    String number = port.getOrDefault("containerPort", "");
    boolean tcp = port.getOrDefault("protocol", "TCP").equals("TCP");
    if (tcp && number.matches("\\d{1,5}")) {
      String portName = port.getOrDefault("name", "");
      ports.add(new PodContainer.Port(portName, Integer.parseInt(number)));
    }
  }

  // Of extended resources requests and limits are equal; limits alone may be written.
  private void resources(String field) throws IOException {
    if (!field.equals("limits")) {
      json.skipChildren();
      return;
    }
    JsonWalk.texts(json)
        .forEach(
            (resource, quantity) -> {
              if (PodContainer.isAccelerator(resource) && quantity.matches("\\d{1,4}")) {
                accelerators.put(resource, Integer.parseInt(quantity));
              }
            });
  }
}
