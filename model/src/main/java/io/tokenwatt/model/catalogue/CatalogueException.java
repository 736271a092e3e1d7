package io.tokenwatt.model.catalogue;

import java.util.List;

/** A catalogue file that cannot be used; the message lists every problem with file and line. */
public final class CatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CatalogueException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
