using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>Fits declared features on training rows: values seen, means and scales.</summary>
internal static class FeatureFitter
{
    private const double DaysAround = 3653;

    /// <summary>
    /// The columns that <paramref name="features"/> read, in contract order: the model's inputs. Dates without a range of their own are
    /// accepted up to ten years around the training rows: far beyond, a trend is no number any more.
    /// </summary>
    public static IReadOnlyList<FieldRule> Fields(IReadOnlyList<FeatureSpec> features, DataTable table)
    {
        var used = features.SelectMany(feature => new[] { feature.Column, feature.Second }).ToHashSet();
        return [.. table.Contract.Columns.Where(column => used.Contains(column.Name)).Select(column => Bounded(column.Rule, table))];
    }

    /// <summary>Whether a feature has the same value in all rows, missing or not: it can tell nothing, and its scale would be rounding.</summary>
    public static bool IsConstant(FeatureSpec feature, DataTable table) => feature.Kind is FeatureKind.Month or FeatureKind.Weekday
        ? Same(table.Columns[feature.Column].Select(value => DatePartTerm.PartOf(value, Part(feature))))
        : Same(table.Columns[feature.Column]) && (feature.Second == null || Same(table.Columns[feature.Second]));

    public static FeatureTransform Fit(IReadOnlyList<FeatureSpec> features, IReadOnlyList<FieldRule> fields, DataTable table, bool standardise) =>
        new([.. features.SelectMany(feature => Fit(feature, fields, table, standardise))]);

    private static FieldRule Bounded(FieldRule rule, DataTable table) => rule.Kind != FieldKind.Date || !Present(table, rule).Any() ? rule : rule with
    {
        Minimum = rule.Minimum ?? Math.Max(0, Present(table, rule).Min() - DaysAround),
        Maximum = rule.Maximum ?? Math.Min(DateOnly.MaxValue.DayNumber, Present(table, rule).Max() + DaysAround),
    };

    private static IEnumerable<FeatureTerm> Fit(FeatureSpec feature, IReadOnlyList<FieldRule> fields, DataTable table, bool standardise)
    {
        var values = table.Columns[feature.Column];
        var field = Position(fields, feature.Column);
        switch (feature.Kind)
        {
            case FeatureKind.Number:
            case FeatureKind.Square:
                return Numbers(feature, field, values, standardise, fields[field].Optional);
            case FeatureKind.OneHot:
                return [new OneHotTerm(feature.Column, field, Seen(values))];
            case FeatureKind.Cross:
                return [new CrossTerm($"{feature.Column}×{feature.Second}", field, Seen(values), Position(fields, feature.Second!), Seen(table.Columns[feature.Second!]))];
            default:
                var part = Part(feature);
                return [new DatePartTerm(feature.Column, field, part, Seen([.. values.Select(value => DatePartTerm.PartOf(value, part))]))];
        }
    }

    // A linear model takes a missing number for the median of those that were there, and is told by a column of its own that it was missing.
    private static IEnumerable<FeatureTerm> Numbers(FeatureSpec feature, int field, double[] values, bool standardise, bool optional)
    {
        var square = feature.Kind == FeatureKind.Square;
        var present = values.Where(value => !double.IsNaN(value)).ToArray();
        double? missing = standardise && optional ? Quantile.Median(present) : null;
        var known = values.Select(value => double.IsNaN(value) && missing is { } median ? median : value).Select(value => square ? value * value : value).ToArray();
        var (mean, scale) = standardise ? Moments(known) : (0, 1);
        yield return square ? new SquareTerm(feature.Column, field, mean, scale, missing) : new NumberTerm(feature.Column, field, mean, scale, missing);
        if (missing != null && !square && present.Length < values.Length)
        {
            yield return new MissingTerm(feature.Column, field);
        }
    }

    private static IEnumerable<double> Present(DataTable table, FieldRule rule) => table.Columns[rule.Name].Where(value => !double.IsNaN(value));

    private static DatePart Part(FeatureSpec feature) => feature.Kind == FeatureKind.Month ? DatePart.Month : DatePart.Weekday;

    private static bool Same(IEnumerable<double> values) => values.Distinct().Take(2).Count() < 2;

    private static int Position(IReadOnlyList<FieldRule> fields, string column) => fields.Select(field => field.Name).ToList().IndexOf(column);

    private static double[] Seen(double[] values) => [.. values.Distinct().Order()];

    private static (double Mean, double Scale) Moments(double[] values)
    {
        var mean = values.Sum() / values.Length;
        var variance = values.Sum(value => (value - mean) * (value - mean)) / values.Length;
        return (mean, variance > 0 ? Math.Sqrt(variance) : 1);
    }
}
