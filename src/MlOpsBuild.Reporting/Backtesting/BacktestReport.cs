using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Backtesting;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Reporting.Backtesting;

/// <summary>A back-test in words, tables and a picture.</summary>
/// <param name="pipeline">Whose back-test it is.</param>
/// <param name="result">What was measured.</param>
/// <param name="simulated">Whether the data is simulated.</param>
public sealed class BacktestReport(string pipeline, BacktestResult result, bool simulated)
{
    private const string Template = "backtest.html.sbn";

    /// <summary>What it found, in a sentence.</summary>
    public string Answer
    {
        get
        {
            var (first, best) = (result.Windows[0], result.Windows.First(window => window.Window == result.Best));
            return best == first
                ? result.Windows.Count == 1 ? $"{Metric.Name} {Value(first.Overall)} over {result.Cuts.Count} cuts."
                    : $"No window is better than {first.Window} beyond chance: {Metric.Name} {Value(first.Overall)} over {result.Cuts.Count} cuts."
                : $"{best.Window} is better than {first.Window} beyond chance: {Metric.Name} {ReportText.Number(best.Overall.Value)} against {ReportText.Number(first.Overall.Value)}, a difference of {Difference(best)}, over {result.Cuts.Count} cuts.";
        }
    }

    /// <summary>The windows, all cuts together.</summary>
    public ReportTable Windows => Table([.. result.Windows[0].Metrics.Select(metric => metric.Name)]);

    /// <summary>The same with the first gate's metric alone, for narrow places.</summary>
    public ReportTable Summary => Table([Metric.Name]);

    /// <summary>The first gate's metric, cut by cut.</summary>
    public ReportTable Cuts => new(
        ["predicted", "rows", .. result.Windows.Select(window => $"{Metric.Name}, {window.Window}")],
        [.. result.Cuts.Select((cut, index) => (IReadOnlyList<string>)
        [
            $"{Day(cut.From)} to {Day(cut.To)}", ReportText.Rows(cut.Rows),
            .. result.Windows.Select(window => ReportText.Number(window.ByCut[index].Value))
        ])]);

    /// <summary>The first gate's metric over the cuts, a line for each window.</summary>
    public Chart Chart => new()
    {
        Title = $"{Metric.Name} of the {result.Horizon} days after each cut",
        Form = ChartForm.Lines,
        Marks = [.. result.Cuts.Select((cut, index) => new ChartMark(index, Day(cut.From)))],
        Series = [.. result.Windows.Select(window => new ChartSeries(
            window.Window, [.. window.ByCut.Select((metric, index) => new ChartPoint(index, metric.Value))]))],
    };

    private MetricValue Metric => result.Windows[0].ByCut[0];

    /// <summary>The page: it needs no network and no scripts.</summary>
    public string Html() =>
        new ScribanRenderer(TextFormat.Html).Render(EmbeddedText.Read(typeof(ReportTemplate).Assembly, Template), new BacktestPage(
            pipeline, Answer, simulated, Windows, Cuts, Chart.Title, SvgChart.Draw(Chart),
            $"Rolling origin: at each cut a model is trained on what was known then ({result.Trainer}) and predicts the {result.Horizon} days after it. What the pipeline holds out is not looked at. Intervals resample days."));

    /// <summary>Writes <c>backtest.html</c> and <c>backtest.json</c> into <paramref name="folder"/>.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await AtomicFile.WriteAsync(Path.Combine(folder, "backtest.html"), Encoding.UTF8.GetBytes(Html()), cancellationToken);
        await AtomicFile.WriteAsync(Path.Combine(folder, "backtest.json"), CanonicalJson.Serialize(result), cancellationToken);
    }

    // What is compared comes first, the other metrics after it.
    private ReportTable Table(IReadOnlyList<string> metrics)
    {
        IReadOnlyList<string> others = [.. metrics.Where(metric => metric != Metric.Name)];
        return new(
            ["window", "trained on, rows", Metric.Name, $"difference from {result.Windows[0].Window} [95 %]", .. others],
            [.. result.Windows.Select(window => (IReadOnlyList<string>)
            [
                window.Window, Span(window.TrainedOn), Value(window.Overall),
                window == result.Windows[0] ? "" : window.Difference == null ? "cannot be told" : Difference(window),
                .. window.Metrics.Where(metric => others.Contains(metric.Name)).Select(Value),
            ])]);
    }

    private string Difference(BacktestWindow window) =>
        $"{ReportText.Signed(window.Overall.Value - result.Windows[0].Overall.Value)} {ReportText.Of(window.Difference!)}";

    private static string Value(MetricValue metric) => metric.Interval is { } interval
        ? $"{ReportText.Number(metric.Value)} [{ReportText.Number(interval.Lower)}, {ReportText.Number(interval.Upper)}]"
        : ReportText.Number(metric.Value);

    private static string Span(IReadOnlyList<int> rows) =>
        rows.Min() == rows.Max() ? ReportText.Rows(rows[0]) : $"{ReportText.Rows(rows.Min())} to {ReportText.Rows(rows.Max())}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
