package io.tokenwatt.model.catalogue;

import static java.util.Objects.requireNonNull;

/**
 * A model, whoever serves it under whatever name. Immutable.
 *
 * @param name lower case, without owner or precision, for instance "llama-3.1-8b-instruct"
 * @param precision of the weights: "fp8", "int4", "int8", "nvfp4", "mxfp4", "bf16", "fp16" or what
 *     a user's row says; "" = unknown
 */
public record ModelName(String name, String precision) {
  public ModelName {
    requireNonNull(name, "name is null");
    requireNonNull(precision, "precision is null");
  }
}
