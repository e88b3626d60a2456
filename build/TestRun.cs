using MlOpsBuild.Components.Session;

/// <summary>Runs the solution's tests and counts their result files.</summary>
internal static class TestRun
{
    public static async Task<TestCounts> RunAsync(RunSession session, bool coverage, bool all, CancellationToken cancellationToken)
    {
        var results = Path.Combine(session.Root, ".nuke", "temp", "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        // One project at a time: the end-to-end tests measure, and two cores bear one of them.
        string[] arguments =
        [
            "dotnet", "test", "MlOpsBuild.sln", "-c", "Release", "-m:1", "-nodeReuse:false", "--nologo", "-v", "minimal", "--logger", "trx", "--results-directory", results,
            .. all ? (string[])[] : ["--filter", "Category!=Nightly"],
            .. coverage ? (string[])["--collect", "XPlat Code Coverage", "-p:MlOpsCoverage=true"] : [],
        ];
        var code = await Command.RunAsync(session, arguments, cancellationToken);
        var skips = Path.Combine(session.Root, "tests", "skips.txt");
        var allowed = File.ReadAllLines(skips).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(':')[0].Trim()).ToList();
        Directory.CreateDirectory(results);
        var counts = TestCounts.Read(results, allowed, code);
        await File.WriteAllTextAsync(Path.Combine(results, "summary.txt"), counts + "\n", cancellationToken);
        session.Output.Line(counts.ToString());
        return counts;
    }
}
