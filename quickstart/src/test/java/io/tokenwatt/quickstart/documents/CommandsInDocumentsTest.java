package io.tokenwatt.quickstart.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.report.Report;
import io.tokenwatt.storage.report.Reports;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What documents tell people to type is understood by the commands' own parsers. */
class CommandsInDocumentsTest {
  @Test
  void everyCommandLineOfADocumentParses() throws Exception {
    Commands commands = Commands.ofTheScript();
    assertThat(commands.mains()).hasSizeGreaterThan(10);
    List<String> wrong = new ArrayList<>();
    int read = 0;
    for (Document document : Document.all()) {
      for (ToldCommand told : ToldCommand.of(document)) {
        read++;
        String problem = problem(commands, told.words(), told.mention());
        if (!problem.isEmpty()) {
          wrong.add(told.where() + ": " + problem);
        }
      }
    }
    assertThat(wrong).as("commands that are told and do not exist").isEmpty();
    assertThat(read).isGreaterThan(60);
  }

  @Test
  void aCommandThatIsNotThereIsFound() throws Exception {
    assertThat(problem("dashbord")).contains("no command dashbord");
    assertThat(problem("schema", "aply")).isNotEmpty();
    assertThat(problem("schema", "apply", "--url")).isNotEmpty();
    assertThat(problem("schema", "apply", "--uri", "http://clickhouse:8123")).isNotEmpty();
    assertThat(problem("prices", "load")).contains("FILE");
    assertThat(problem("report", "cost-adit")).contains("no report cost-adit");
    assertThat(problem("quickstart", "--for", "240s")).isEmpty();
  }

  private static String problem(String... words) throws Exception {
    return problem(Commands.ofTheScript(), List.of(words), false);
  }

  /** Empty = understood. A command named alone is a mention of it. */
  private static String problem(Commands commands, List<String> words, boolean mention)
      throws Exception {
    String name = words.get(0);
    if (!commands.mains().containsKey(name)) {
      return "no command " + name;
    }
    CommandLine parser = commands.parser(name);
    List<String> arguments = words.subList(1, words.size());
    if (arguments.isEmpty()) {
      return "";
    }
    try {
      ParseResult parsed = parser.parseArgs(arguments.toArray(String[]::new));
      String unmatched = unmatched(parsed);
      return unmatched.isEmpty() ? report(name, arguments) : unmatched;
    } catch (MissingParameterException e) {
      return mention ? "" : e.getMessage();
    } catch (ParameterException e) {
      return e.getMessage();
    }
  }

  private static String unmatched(ParseResult parsed) {
    for (CommandLine command : parsed.asCommandLineList()) {
      if (!command.getUnmatchedArguments().isEmpty()) {
        return "not understood: " + command.getUnmatchedArguments();
      }
    }
    return "";
  }

  private static String report(String command, List<String> arguments) {
    String first = arguments.get(0);
    boolean named = command.equals("report") && !first.startsWith("-") && !first.equals("NAME");
    return named && Reports.ALL.stream().map(Report::name).noneMatch(first::equals)
        ? "no report " + first
        : "";
  }
}
