package io.tokenwatt.jobs.attribution;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Size of a MIG instance from its profile name, e.g. "2g.10gb" = 2 of 7 compute slices. Pure. */
public final class MigProfile {
  private static final Pattern SLICES = Pattern.compile("(?:\\dc\\.)?(\\d+)g\\..*");

  private MigProfile() {}

  /** Compute slices of the profile; 1 where the name does not say. */
  public static int slices(String profile) {
    Matcher matcher = SLICES.matcher(profile);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 1;
  }
}
