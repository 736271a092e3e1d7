package io.tokenwatt.quickstart;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Neither calls nor references ({@code System::nanoTime}) anything that tells the time, or whatever
 * else the machine would decide: the environment, unseeded chance.
 */
final class AskNoClock extends ArchCondition<JavaClass> {
  private static final Set<String> READINGS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.time.InstantSource.system",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.lang.Math.random");

  /** Without arguments these take the machine's time or chance; with some they do not. */
  private static final Set<String> UNSEEDED = Set.of("java.util.Date", "java.util.Random");

  AskNoClock() {
    super("read no clock, no environment and no unseeded chance");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Stream.<Set<? extends JavaCodeUnitAccess<?>>>of(
            type.getMethodCallsFromSelf(),
            type.getConstructorCallsFromSelf(),
            type.getMethodReferencesFromSelf(),
            type.getConstructorReferencesFromSelf())
        .flatMap(Set::stream)
        .filter(access -> reads(access.getTarget()))
        .forEach(a -> events.add(SimpleConditionEvent.violated(type, a.getDescription())));
  }

  private static boolean reads(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    return READINGS.contains(owner + "." + name)
        || (owner.startsWith("java.time.") && name.equals("now"))
        || (owner.equals("java.time.Clock")
            && (name.startsWith("system") || name.startsWith("tick")))
        || (UNSEEDED.contains(owner)
            && name.equals("<init>")
            && target.getRawParameterTypes().isEmpty());
  }
}
