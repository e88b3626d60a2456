using MlOpsBuild.Engine;

/// <summary>Runs the solution's tests and counts their result files.</summary>
internal static class TestRun
{
    public static async Task<TestCounts> RunAsync(BuildContext context, bool coverage)
    {
        var results = Path.Combine(context.Root, ".nuke", "temp", "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        // One project at a time: the end-to-end tests measure, and two cores bear one of them.
        string[] arguments =
        [
            "test", "MlOpsBuild.sln", "-c", "Release", "-m:1", "-nodeReuse:false", "--nologo", "-v", "minimal", "--logger", "trx", "--results-directory", results,
            .. coverage ? (string[])["--collect", "XPlat Code Coverage", "-p:MlOpsCoverage=true"] : [],
        ];
        var code = await Command.RunAsync(context, "dotnet", arguments);
        var skips = Path.Combine(context.Root, "tests", "skips.txt");
        var allowed = File.ReadAllLines(skips).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(':')[0].Trim()).ToList();
        Directory.CreateDirectory(results);
        var counts = TestCounts.Read(results, allowed, code);
        await File.WriteAllTextAsync(Path.Combine(results, "summary.txt"), counts + "\n");
        context.Console.Line(counts.ToString(), counts.Problems.Count == 0 ? ConsoleTone.Good : ConsoleTone.Bad);
        return counts;
    }
}
