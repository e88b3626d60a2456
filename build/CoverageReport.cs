using MlOpsBuild.Engine;

/// <summary>Turns the collected coverage into HTML and a summary with ReportGenerator, which the test projects restore.</summary>
internal static class CoverageReport
{
    private const string Version = "5.6.0";

    public static async Task WriteAsync(BuildContext context)
    {
        var packages = context.Environment.GetValueOrDefault("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var generator = Path.Combine(packages, "reportgenerator", Version, "tools", "net10.0", "ReportGenerator.dll");
        var target = Path.Combine(context.Root, ".nuke", "temp", "coverage");
        var code = await Command.RunAsync(
            context, "dotnet", generator, "-reports:.nuke/temp/test-results/**/coverage.cobertura.xml", $"-targetdir:{target}", "-assemblyfilters:+MlOpsBuild.*;+mlops-server;+BikeDemand;-*.Tests;-MlOpsBuild.TestKit", "-reporttypes:Html;TextSummary", "-verbosity:Warning");
        if (code != 0)
        {
            throw new InvalidOperationException($"ReportGenerator ended with {code}");
        }

        foreach (var line in File.ReadLines(Path.Combine(target, "Summary.txt")).Take(16))
        {
            context.Console.Line(line);
        }
    }
}
