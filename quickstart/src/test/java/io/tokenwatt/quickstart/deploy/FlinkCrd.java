package io.tokenwatt.quickstart.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The FlinkDeployment CRD as the operator's API jar carries it. Unknown fields are refused, which a
 * server would only drop. Version 1.10.0 is the newest on Maven Central and ends its list of Flink
 * versions at v1_20: of that one field, the version of our own Flink is allowed in addition.
 */
final class FlinkCrd {
  private static final String CRD = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
  private static final JsonSchema SCHEMA = schema();

  private FlinkCrd() {}

  static List<String> problems(Manifest manifest) {
    return SCHEMA.validate(manifest.tree()).stream().map(ValidationMessage::getMessage).toList();
  }

  /** As the operator writes the Flink on our class path: v2_2 of 2.2.1. */
  static String ourFlink() {
    String[] version = EnvironmentInformation.getVersion().split("\\.");
    return "v" + version[0] + "_" + version[1];
  }

  private static JsonSchema schema() {
    try (InputStream in = FlinkCrd.class.getResourceAsStream(CRD)) {
      Object yaml = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      JsonNode crd = new ObjectMapper().valueToTree(yaml);
      ObjectNode schema = (ObjectNode) crd.at("/spec/versions/0/schema/openAPIV3Schema");
      ObjectNode properties = (ObjectNode) schema.get("properties");
      properties.putObject("apiVersion").put("const", "flink.apache.org/v1beta1");
      properties.putObject("kind").put("const", "FlinkDeployment");
      properties.putObject("metadata").put("type", "object");
      ((ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum")).add(ourFlink());
      refuseUnknown(schema);
      // A server takes a number or a text here; the CRD says so by an extension.
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void refuseUnknown(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
      if (!object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        object.put("additionalProperties", false);
      }
    }
    schema.forEach(FlinkCrd::refuseUnknown);
  }
}
