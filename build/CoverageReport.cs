using MlOpsBuild.Components.Session;

/// <summary>Turns the collected coverage into HTML and a summary with ReportGenerator, which the test projects restore.</summary>
internal static class CoverageReport
{
    private const string Version = "5.6.0";

    public static async Task WriteAsync(RunSession session, CancellationToken cancellationToken)
    {
        var packages = session.Environment.GetValueOrDefault("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var generator = Path.Combine(packages, "reportgenerator", Version, "tools", "net10.0", "ReportGenerator.dll");
        var target = Path.Combine(session.Root, ".nuke", "temp", "coverage");
        var code = await Command.RunAsync(
            session,
            [
                "dotnet", generator, "-reports:.nuke/temp/test-results/**/coverage.cobertura.xml", $"-targetdir:{target}",
                "-assemblyfilters:+MlOpsBuild.*;+mlops-server;+BikeDemand;+Churn;-*.Tests;-MlOpsBuild.TestKit",
                "-reporttypes:Html;TextSummary", "-verbosity:Warning"
            ],
            cancellationToken);
        if (code != 0)
        {
            throw new InvalidOperationException($"ReportGenerator ended with {code}");
        }

        foreach (var line in File.ReadLines(Path.Combine(target, "Summary.txt")).Take(16))
        {
            session.Output.Line(line);
        }
    }
}
