using System.Globalization;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Model;

/// <summary>What is other than in the run that is compared with, each by its name.</summary>
internal static class ChangesSince
{
    private const int MostFiles = 4;
    private const string Pipelines = "pipelines/";

    /// <param name="run">The run reported on.</param>
    /// <param name="other">The run compared with.</param>
    /// <param name="files">Files of code that differ between their commits; null where git cannot say.</param>
    public static IReadOnlyList<string> Of(RunRecord run, RunRecord other, IReadOnlyList<string>? files)
    {
        // What a parameter set of the trainer is told once.
        List<string?> parts =
        [
            Features(run, other), Parameters(run, other) ?? Trainer(run, other), Data(run, other), Code(run, other, files)
        ];
        return [.. parts.OfType<string>()];
    }

    // Runs of before features were recorded say nothing of them.
    private static string? Features(RunRecord run, RunRecord other)
    {
        if (run.Features is not { } now || other.Features is not { } then)
        {
            return null;
        }

        List<string> moved = [.. now.Except(then).Select(feature => $"+ {feature}"), .. then.Except(now).Select(feature => $"− {feature}")];
        return moved.Count > 0 ? $"features {string.Join(", ", moved)}" : null;
    }

    private static string? Parameters(RunRecord run, RunRecord other)
    {
        var moved = run.Parameters.Keys.Union(other.Parameters.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Then: other.Parameters.GetValueOrDefault(name), Now: run.Parameters.GetValueOrDefault(name)))
            .Where(pair => pair.Then != pair.Now)
            .Select(pair => pair.Then == null ? $"{pair.Name}={pair.Now} (new)"
                : pair.Now == null ? $"{pair.Name} (gone)"
                : $"{pair.Name} {pair.Then} → {pair.Now}")
            .ToList();
        return moved.Count > 0 ? $"parameters {string.Join(", ", moved)}" : null;
    }

    private static string? Trainer(RunRecord run, RunRecord other) =>
        run.Trainer is not { } now || other.Trainer is not { } then || now == then ? null : $"trainer {then} → {now}";

    private static string? Data(RunRecord run, RunRecord other) => run.Data == other.Data ? null : (run.Rows - other.Rows) switch
    {
        null => "data",
        0 => "data (as many rows)",
        { } rows => string.Create(CultureInfo.InvariantCulture, $"data ({rows:+#,0;−#,0} rows)"),
    };

    private static string? Code(RunRecord run, RunRecord other, IReadOnlyList<string>? files)
    {
        if (files == null)
        {
            return run.Source is { } now && other.Source is { } then && now.Commit != then.Commit
                ? "code (which files is not known here)"
                : null;
        }

        // A pipeline is what a reviewer looks for.
        var ordered = files.OrderBy(file => file.StartsWith(Pipelines, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(file => file, StringComparer.Ordinal)
            .ToList();
        return ordered.Count == 0 ? null
            : $"code {string.Join(", ", ordered.Take(MostFiles))}{(ordered.Count > MostFiles ? $" and {ordered.Count - MostFiles} more" : "")}";
    }
}
