using MlOpsBuild.Components.Session;

/// <summary>Runs the solution's tests and counts their result files.</summary>
internal static class TestRun
{
    // What starts servers waits for them most of the time and measures: one of them at a time is what two cores bear.
    private static readonly string[] Alone =
    [
        "MlOpsBuild.Components.Tests", "MlOpsBuild.Delivery.Tests", "MlOpsBuild.EndToEnd.Tests", "MlOpsBuild.Serving.Tests"
    ];

    public static async Task<TestCounts> RunAsync(RunSession session, bool coverage, bool all, CancellationToken cancellationToken)
    {
        var results = Path.Combine(session.Root, ".nuke", "temp", "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        string[] reported =
        [
            "--nologo", "--logger", "trx", "--results-directory", results, .. all ? (string[])[] : ["--filter", "Category!=Nightly"]
        ];
        var code = coverage
            ? await WithCoverageAsync(session, reported, cancellationToken)
            : await PlainAsync(session, reported, cancellationToken);
        var skips = Path.Combine(session.Root, "tests", "skips.txt");
        var allowed = File.ReadAllLines(skips)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(':')[0].Trim())
            .ToList();
        Directory.CreateDirectory(results);
        var counts = TestCounts.Read(results, allowed, code);
        await File.WriteAllTextAsync(Path.Combine(results, "summary.txt"), counts + "\n", cancellationToken);
        session.Output.Line(counts.ToString());
        return counts;
    }

    // Built in parallel, once; then what computes, two projects at a time.
    private static async Task<int> PlainAsync(RunSession session, string[] reported, CancellationToken cancellationToken)
    {
        string[] build = ["dotnet", "build", "MlOpsBuild.sln", "-c", "Release", "-m", "-nodeReuse:false", "-nologo", "-v", "quiet"];
        if (await Command.RunAsync(session, build, cancellationToken) is not 0 and var broken)
        {
            return broken;
        }

        var projects = Directory.GetDirectories(Path.Combine(session.Root, "tests"), "*.Tests")
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal)
            .ToList();
        var code = await TestAsync(session, projects.Except(Alone), 2, reported, cancellationToken);
        foreach (var project in Alone)
        {
            code = Math.Max(code, await TestAsync(session, [project], 1, reported, cancellationToken));
        }

        return code;
    }

    private static Task<int> TestAsync(
        RunSession session, IEnumerable<string> projects, int atATime, string[] reported, CancellationToken cancellationToken)
    {
        var outputs = Path.Combine(
            session.Root, ".nuke", "temp",
            session.Environment.GetValueOrDefault("MLOPS_PACKAGES") is { Length: > 0 } packages and not "embedded" ? packages : "artifacts",
            "bin");
        string[] command =
        [
            "dotnet", "test", .. projects.Select(project => Path.Combine(outputs, project, "release", project + ".dll")), .. reported,
            "--", FormattableString.Invariant($"RunConfiguration.MaxCpuCount={atATime}"),
        ];
        return Command.RunAsync(session, command, cancellationToken);
    }

    private static Task<int> WithCoverageAsync(RunSession session, string[] reported, CancellationToken cancellationToken)
    {
        string[] command =
        [
            "dotnet", "test", "MlOpsBuild.sln", "-c", "Release", "-m:1", "-nodeReuse:false", "-v", "minimal", .. reported, "--collect",
            "XPlat Code Coverage", "-p:MlOpsCoverage=true"
        ];
        return Command.RunAsync(session, command, cancellationToken);
    }
}
