import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Reads the path of a PDF a line, and answers each with one line of JSON. Before a path, and a space, stands what it is to be. */
class Validate {
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        var paths = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String path; (path = paths.readLine()) != null; ) {
            String[] asked = path.split(" ", 2);
            System.out.println(answer(PDFAFlavour.valueOf(asked[0]), asked[1]));
        }
    }

    static String answer(PDFAFlavour flavour, String path) {
        try (var parser = Foundries.defaultInstance().createParser(new File(path), flavour);
                var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, String> messages = new TreeMap<>();
            for (TestAssertion failed : result.getTestAssertions()) {
                messages.putIfAbsent(failed.getRuleId().toString(), failed.getMessage());
            }
            var failures = new StringJoiner(", ", "[", "]");
            result.getFailedChecks().forEach((rule, count) -> failures.add(String.format(
                    "[%s, %d, %s, %d]", quoted(rule.getClause()), rule.getTestNumber(),
                    quoted(messages.get(rule.toString())), count)));
            return String.format("{\"passed\": %b, \"checks\": %d, \"failures\": %s}",
                    result.isCompliant(), result.getTotalAssertions(), failures);
        } catch (Exception error) {
            return "{\"passed\": false, \"checks\": 0, \"failures\": [[\"\", 0, "
                    + quoted("veraPDF could not read it: " + error) + ", 1]]}";
        }
    }

    static String quoted(String text) {
        String safe = String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"");
        return "\"" + safe.replaceAll("\\p{Cntrl}", " ") + "\"";
    }
}
