using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.Rendering;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Pages;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Reporting.Tuning;

/// <summary>A search for settings in words, tables and pictures.</summary>
/// <param name="pipeline">Whose search it is.</param>
/// <param name="result">What was tried.</param>
/// <param name="simulated">Whether the data is simulated.</param>
public sealed class TuningReport(string pipeline, TuningResult result, bool simulated)
{
    private const string Template = "tuning.html.sbn";
    private const int MostShown = 10;
    private readonly TuningCharts _charts = new(result);

    /// <summary>What it found, in a sentence.</summary>
    public string Answer => result.Proof is not { } proof
        ? $"The declared values are the best of {Count}: {result.Metric} {ReportText.Number(result.BestTrial.Value)} in validation."
        : $"The best of {Count} is trial {result.Best}: {result.Metric} {ReportText.Number(proof.Best.Value)} against {ReportText.Number(proof.Declared.Value)} with the declared values, a difference of {ReportText.Signed(proof.Best.Value - proof.Declared.Value)}{(proof.Difference is { } difference ? " " + ReportText.Of(difference) : ", whose interval cannot be told")} on the rows that it was chosen on. Whether it is better, TestModel says on the hold-out.";

    /// <summary>The values of the best trial, as <c>--set</c> takes them.</summary>
    public string Settings => string.Join(' ', result.BestTrial.Settings.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>The best trials on all rows, and the declared one.</summary>
    public ReportTable Best
    {
        get
        {
            var ranked = result.Ranked;
            return Table([.. ranked.Take(MostShown), .. ranked.Skip(MostShown).Where(trial => trial.Number == 1)]);
        }
    }

    /// <summary>How it went.</summary>
    public Chart Course => _charts.Course;

    private string Count =>
        result.Trials.Count == 1 ? "1 trial" : string.Create(CultureInfo.InvariantCulture, $"{result.Trials.Count} trials");

    /// <summary>The page: it needs no network and no scripts.</summary>
    public string Html() =>
        new ScribanRenderer(TextFormat.Html).Render(EmbeddedText.Read(typeof(ReportTemplate).Assembly, Template), new TuningPage(
            pipeline, Answer, simulated,
            new(["parameter", "declared", "searched"], [.. result.Ranges.Select(range => (IReadOnlyList<string>)
                [range.Name, range.Default, range.Describe()])]),
            Best,
            new(["trial", "why it has no value"], [.. result.Trials.Where(trial => trial.Failure != null).Select(
                trial => (IReadOnlyList<string>)[Number(trial), trial.Failure!])]),
            [.. _charts.Parameters.Prepend(Course).Select(chart => new DrawnChart(chart.Title, SvgChart.Draw(chart), "", null, ""))],
            $"{Count} by {Method}, seed {result.Seed.ToString(CultureInfo.InvariantCulture)}. Each is fitted on {result.Folds} folds of the rows before the hold-out, split as the hold-out is, and measured on the rows that the fold keeps. The hold-out is not looked at. The interval resamples those rows; the best of many is a little flattered by having been chosen on them."));

    /// <summary>Writes <c>tuning.html</c> and <c>tuning.json</c> into <paramref name="folder"/>.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await AtomicFile.WriteAsync(Path.Combine(folder, "tuning.html"), Encoding.UTF8.GetBytes(Html()), cancellationToken);
        await AtomicFile.WriteAsync(Path.Combine(folder, "tuning.json"), CanonicalJson.Serialize(result), cancellationToken);
    }

    private string Method => result.Search switch
    {
        SearchMethod.Tpe => "a tree-structured Parzen estimator",
        SearchMethod.Halving => "successive halving by thirds",
        _ => "chance",
    };

    private ReportTable Table(IReadOnlyList<TuningTrial> trials)
    {
        var names = trials.SelectMany(trial => trial.Settings.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        return new(
            ["trial", result.Metric, .. names, "by fold"],
            [.. trials.Select(trial => (IReadOnlyList<string>)
            [
                trial.Number == 1 ? "1, declared" : Number(trial), ReportText.Number(trial.Value),
                .. names.Select(name => trial.Settings.GetValueOrDefault(name, "")),
                string.Join(", ", trial.ByFold.Select(ReportText.Number)),
            ])]);
    }

    private static string Number(TuningTrial trial) => trial.Number.ToString(CultureInfo.InvariantCulture);
}
