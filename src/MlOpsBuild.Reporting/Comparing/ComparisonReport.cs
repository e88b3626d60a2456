using MlOpsBuild.Rendering;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Rendering;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Comparing;

/// <summary>A comparison of models in tables and pictures.</summary>
public sealed class ComparisonReport(ModelComparison comparison)
{
    private const string Template = "comparison.html.sbn";

    private IReadOnlyList<string> MetricNames =>
        [.. comparison.Models.SelectMany(model => model.Metrics).Select(metric => metric.Name).Distinct()];

    /// <summary>Each metric of each model with its interval, a row a metric; behind it what the difference to the first means.</summary>
    public ReportTable Metrics => new(
        ["metric", .. comparison.Models.Select(model => model.Name)],
        [.. MetricNames.Select(name => (IReadOnlyList<string>)[name, .. comparison.Models.Select(model => Cell(model, name))])]);

    /// <summary>How each model was made, a row a model; what differs from the first by its name.</summary>
    public ReportTable Models => new(
        ["model", "other than the first", "run", "made", "trainer"],
        [
            .. comparison.Models.Select((model, place) => (IReadOnlyList<string>)
            [
                model.Name,
                place == 0 ? "(the first)" : model.Changes.Count > 0 ? string.Join("; ", model.Changes) : "nothing that is recorded",
                model.Run, Invariant($"{model.Started.UtcDateTime:yyyy-MM-dd HH:mm} UTC"), model.Trainer ?? ReportText.Unknown,
            ]),
        ]);

    /// <summary>In words: which differences are real.</summary>
    public IReadOnlyList<string> Words => [.. comparison.Models.Skip(1).Select(Told)];

    /// <summary>A chart of each metric.</summary>
    public IReadOnlyList<Chart> Charts =>
    [
        .. MetricNames.Select(name => new Chart
        {
            Title = $"{name}, each with its 95 % interval", Form = ChartForm.Lines,
            Marks = [.. comparison.Models.Select((model, place) => new ChartMark(place, model.Name))],
            Series =
            [
                new(name,
                [
                    .. comparison.Models
                        .Select((model, place) => (Place: place, Metric: model.Metrics.FirstOrDefault(metric => metric.Name == name)))
                        .Where(pair => pair.Metric != null && double.IsFinite(pair.Metric.Value))
                        .Select(pair => new ChartPoint(
                            pair.Place, pair.Metric!.Value, pair.Metric.Interval?.Lower, pair.Metric.Interval?.Upper)),
                ]),
            ],
        }),
    ];

    /// <summary>The page: it needs no network and no scripts.</summary>
    public string Html() => new ScribanRenderer(TextFormat.Html).Render(
        EmbeddedText.Read(typeof(ReportTemplate).Assembly, Template),
        new
        {
            comparison.Pipeline, Models, Metrics, Words,
            Names = string.Join(", ", comparison.Models.Select(model => model.Name)),
            Charts = Charts.Where(chart => chart.Series[0].Points.Count > 1)
                .Select(chart => new { chart.Title, Svg = SvgChart.Draw(chart) }).ToList(),
            Style = EmbeddedText.Read(typeof(ReportTemplate).Assembly, "style.css"),
        });

    private string Told(ComparedModel model)
    {
        var first = comparison.Models[0].Name;
        string Those(DifferenceMeaning meaning) =>
            string.Join(", ", model.Differences.Where(difference => difference.Meaning == meaning).Select(difference => difference.Metric));
        return model.Differences.All(difference => difference.Meaning == DifferenceMeaning.NotComparable)
            ? $"{model.Name} and {first} were not judged on the same rows: their figures are not compared"
            : (Those(DifferenceMeaning.Better), Those(DifferenceMeaning.Worse)) switch
            {
                ("", "") => $"{model.Name}: no evidence that it differs from {first}",
                (var better, "") => $"{model.Name} is better than {first} by {better}",
                ("", var worse) => $"{model.Name} is worse than {first} by {worse}",
                var (better, worse) => $"{model.Name} is better than {first} by {better}, and worse by {worse}",
            };
    }

    private static string Cell(ComparedModel model, string name)
    {
        var value = model.Metrics.FirstOrDefault(metric => metric.Name == name);
        var text = value == null ? ReportText.Unknown
            : ReportText.Number(value.Value)
                + (value.Interval is { } own ? $" [{ReportText.Number(own.Lower)}, {ReportText.Number(own.Upper)}]" : "");
        return model.Differences.FirstOrDefault(difference => difference.Metric == name)
            is { Interval: { } interval, Value: { } apart } difference
            ? $"{text}; {ReportText.Signed(apart)} {ReportText.Of(interval)} {ReportText.Words(difference.Meaning)}"
            : text;
    }
}
