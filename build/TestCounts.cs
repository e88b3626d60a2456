using System.Xml.Linq;

/// <summary>What the result files say.</summary>
internal sealed record TestCounts(int Passed, int Failed, int Skipped, IReadOnlyList<string> Problems)
{
    /// <summary>
    /// Counts every result file below <paramref name="folder"/>; a skip must be named in <paramref name="allowedSkips"/>.
    /// </summary>
    public static TestCounts Read(string folder, IReadOnlyCollection<string> allowedSkips, int exitCode)
    {
        var results = Directory.GetFiles(folder, "*.trx", SearchOption.AllDirectories).SelectMany(Results).ToList();
        var problems = results.Where(result => result.Outcome == "Failed").Select(result => $"failed: {result.Name}")
            .Concat(results.Where(result => result.Outcome == "NotExecuted" && !allowedSkips.Any(allowed => IsAllowed(result, allowed)))
                .Select(result => $"skipped without being listed in tests/skips.txt: {result.Name} ({result.Reason})")).ToList();
        if (exitCode != 0 && problems.Count == 0)
        {
            problems.Add($"the test run ended with exit code {exitCode}");
        }

        return new(Count("Passed"), Count("Failed"), Count("NotExecuted"), problems);

        int Count(string outcome) => results.Count(result => result.Outcome == outcome);
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");

    private static bool IsAllowed((string Name, string Outcome, string Reason) result, string allowed) =>
        result.Name.StartsWith(allowed, StringComparison.Ordinal) || result.Reason.StartsWith(allowed, StringComparison.Ordinal);

    private static IEnumerable<(string Name, string Outcome, string Reason)> Results(string file) =>
        XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "UnitTestResult").Select(element => (
            (string?)element.Attribute("testName") ?? "",
            (string?)element.Attribute("outcome") ?? "Failed",
            element.Descendants().FirstOrDefault(child => child.Name.LocalName == "Message")?.Value.Trim() ?? ""));
}
