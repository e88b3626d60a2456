using System.Text.RegularExpressions;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Puts each gate that did not pass beside the line of the pipeline that asks for it.</summary>
/// <param name="root">The checkout.</param>
public sealed partial class GateRemarks(string root)
{
    /// <summary>A remark for every gate that did not pass; none when the pipeline's file is not found.</summary>
    public async Task<IReadOnlyList<LineRemark>> OfAsync(Report report, CancellationToken cancellationToken)
    {
        var open = report.Gates.Where(gate => gate.Verdict != Verdict.Passed).ToList();
        if (open.Count == 0 || Find(report.Pipeline) is not { } file)
        {
            return [];
        }

        var lines = await File.ReadAllLinesAsync(file, cancellationToken);
        var path = SlashPath.From(root, file);
        return [.. open.Select(gate => new LineRemark(
            path, LineOf(gate.Metric, lines), gate.Verdict, $"{gate.Gate}: {gate.Verdict}", Text(gate)))];
    }

    private string? Find(string pipeline)
    {
        var folder = Path.Combine(root, "pipelines");
        return Directory.Exists(folder) && pipeline.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-')
            ? Directory.EnumerateFiles(folder, pipeline + ".cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
    }

    // .Gate(Metrics.Rmse, …), by the property that has the metric; else the first gate, else the first line.
    private static int LineOf(string metric, string[] lines)
    {
        var property = typeof(Metrics)
            .GetProperties()
            .FirstOrDefault(candidate => candidate.GetValue(null) is Metric known && known.Name == metric)?.Name;
        var gates = lines.Index().Select(line => (line.Index, Match: Gate().Match(line.Item))).Where(line => line.Match.Success).ToList();
        var found = gates.FindIndex(gate => gate.Match.Groups["metric"].Value == property);
        return gates.Count == 0 ? 1 : gates[Math.Max(0, found)].Index + 1;
    }

    private static string Text(ReportGate gate) =>
        $"{gate.Evidence}: candidate {ReportText.Number(gate.Candidate)}, compared with {ReportText.Number(gate.Reference)} ({gate.ReferenceName}){(gate.Difference is { } difference ? ", difference " + ReportText.Of(difference) : "")}";

    [GeneratedRegex(@"\.Gate\(\s*(Metrics\.)?(?<metric>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Gate();
}
