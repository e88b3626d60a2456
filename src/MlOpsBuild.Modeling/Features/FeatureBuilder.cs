using System.Globalization;
using System.Linq.Expressions;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>
/// Declares features by the row record's properties. What is fitted (means, values seen, edges, words) is fitted on training rows only.
/// </summary>
/// <typeparam name="TRow">The row record.</typeparam>
public sealed class FeatureBuilder<TRow>
{
    private readonly Func<LambdaExpression, ColumnUse, string> _column;
    private readonly List<FeatureSpec> _features = [];
    private readonly List<Finding> _findings = [];

    /// <param name="column">Names the column of a property; refuses one that may not be used so.</param>
    internal FeatureBuilder(Func<LambdaExpression, ColumnUse, string> column) => _column = column;

    internal IReadOnlyList<FeatureSpec> Features => _features;

    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The value; standardised for linear models.</summary>
    /// <param name="column">A number.</param>
    /// <param name="missing">What a missing value is taken for, told by a column of its own; when left out, trees see that it is missing,
    /// and linear models take the training median.</param>
    public FeatureBuilder<TRow> Number<T>(Expression<Func<TRow, T>> column, double? missing = null) =>
        Add(new NumberFeature(Known(column), missing));

    /// <summary>Days passed: a straight trend over a date.</summary>
    public FeatureBuilder<TRow> Trend<T>(Expression<Func<TRow, T>> date) => Add(new NumberFeature(Known(date)));

    /// <summary>The square; standardised for linear models.</summary>
    /// <param name="column">A number.</param>
    /// <param name="missing">What a missing value is taken for, as for <see cref="Number{T}"/>.</param>
    public FeatureBuilder<TRow> Square<T>(Expression<Func<TRow, T>> column, double? missing = null) =>
        Add(new SquareFeature(Known(column), missing));

    /// <summary>One column per value.</summary>
    /// <param name="column">A category, a flag or a whole number.</param>
    /// <param name="rare">Share of the training rows below which values share one column, to which values never seen belong as well; 0
    /// gives values never seen no column.</param>
    public FeatureBuilder<TRow> OneHot<T>(Expression<Func<TRow, T>> column, double rare = 0) =>
        Require(rare is >= 0 and < 1, "rare", rare, "a share of at least 0, below 1").Add(new OneHotFeature(Known(column), rare));

    /// <summary>
    /// One of <paramref name="buckets"/> columns, by a hash of the value: for many values, of which new ones keep coming.
    /// </summary>
    /// <param name="column">A text, a category or a number.</param>
    /// <param name="buckets">Number of columns, from 2 to 65,536.</param>
    public FeatureBuilder<TRow> Hash<T>(Expression<Func<TRow, T>> column, int buckets = 64) =>
        Require(buckets is >= 2 and <= 65_536, "buckets", buckets, "2 to 65,536").Add(new HashFeature(Known(column), buckets));

    /// <summary>One column per bin; the bins have about equally many training rows.</summary>
    /// <param name="column">A number.</param>
    /// <param name="bins">Number of bins, at least 2.</param>
    public FeatureBuilder<TRow> Bin<T>(Expression<Func<TRow, T>> column, int bins = 10) =>
        Require(bins is >= 2 and <= 65_536, "bins", bins, "2 to 65,536").Add(new BinFeature(Known(column), bins, []));

    /// <summary>One column per bin: up to the first edge, above it up to the second, …, above the last.</summary>
    /// <param name="column">A number.</param>
    /// <param name="edges">Upper ends of all bins but the last, ascending.</param>
    public FeatureBuilder<TRow> BinAt<T>(Expression<Func<TRow, T>> column, params double[] edges) =>
        Require(
            edges.Length > 0 && edges.All(double.IsFinite) && edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second), "edges",
            edges.Length, "at least one finite number, ascending")
            .Add(new BinFeature(Known(column), edges.Length + 1, edges));

    /// <summary>Sine and cosine of a number that comes round again, such as the hour of the day.</summary>
    /// <param name="column">A number.</param>
    /// <param name="period">Length of the cycle, for example 24.</param>
    public FeatureBuilder<TRow> Cyclic<T>(Expression<Func<TRow, T>> column, double period) =>
        Require(double.IsFinite(period) && period > 0, "period", period, "a number above 0").Add(new CyclicFeature(Known(column), period));

    /// <summary>Sine and cosine of a part of a date or time.</summary>
    public FeatureBuilder<TRow> Cyclic<T>(Expression<Func<TRow, T>> date, DatePart part) =>
        Add(new CyclicFeature(Known(date), CyclicFeature.PeriodOf(part), part));

    /// <summary>One column per pair of values.</summary>
    public FeatureBuilder<TRow> Cross<TFirst, TSecond>(Expression<Func<TRow, TFirst>> first, Expression<Func<TRow, TSecond>> second) =>
        Add(new CrossFeature(Known(first), Known(second)));

    /// <summary>One column per value of parts of a date or time: month and weekday, and of a time the hour, when none are named.</summary>
    public FeatureBuilder<TRow> Calendar<T>(Expression<Func<TRow, T>> date, params DatePart[] parts)
    {
        DatePart[] usual = typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTime?)
            ? [DatePart.Month, DatePart.Weekday, DatePart.Hour]
            : [DatePart.Month, DatePart.Weekday];
        foreach (var part in parts.Length > 0 ? parts : usual)
        {
            Add(new CalendarFeature(Known(date), part));
        }

        return this;
    }

    /// <summary>The value of an earlier row, the label's among them; a request brings it.</summary>
    /// <param name="column">Whose value.</param>
    /// <param name="back">How far back, above zero.</param>
    /// <param name="by">Only rows with the row's own value here; all rows when left out.</param>
    public FeatureBuilder<TRow> Lag<T>(Expression<Func<TRow, T>> column, TimeSpan back, Expression<Func<TRow, object?>>? by = null) =>
        Require(back > TimeSpan.Zero, "back", back.TotalHours, "a time above zero, so that nothing looks ahead")
            .Add(new PastFeature(new(_column(column, ColumnUse.Past), back, Group: Group(by))));

    /// <summary>What is made of the values of a window of earlier rows, the label's among them; a request brings it.</summary>
    /// <param name="column">Whose values.</param>
    /// <param name="window">How long the window is.</param>
    /// <param name="back">How long before the row it ends, above zero.</param>
    /// <param name="statistic">What is made of the values.</param>
    /// <param name="by">Only rows with the row's own value here; all rows when left out.</param>
    public FeatureBuilder<TRow> Rolling<T>(
        Expression<Func<TRow, T>> column, TimeSpan window, TimeSpan back, PastStatistic statistic = PastStatistic.Mean,
        Expression<Func<TRow, object?>>? by = null) =>
        Require(back > TimeSpan.Zero, "back", back.TotalHours, "a time above zero, so that nothing looks ahead")
            .Require(window > TimeSpan.Zero, "window", window.TotalHours, "a time above zero")
            .Add(new PastFeature(new(_column(column, ColumnUse.Past), back, window, statistic, Group(by))));

    /// <summary>A bag of words of a free text.</summary>
    /// <param name="column">A string without [Categories].</param>
    /// <param name="terms">Most words and runs of words: those that most training rows have.</param>
    /// <param name="run">Most neighbouring words in a run (n-grams).</param>
    /// <param name="atLeast">Fewest training rows that have it.</param>
    public FeatureBuilder<TRow> Text<T>(Expression<Func<TRow, T>> column, int terms = 1000, int run = 1, int atLeast = 2) =>
        Require(terms is >= 1 and <= 65_536, "terms", terms, "1 to 65,536")
            .Require(run is >= 1 and <= 5, "run", run, "1 to 5")
            .Require(atLeast >= 1, "atLeast", atLeast, "1 or more")
            .Add(new TextFeature(Known(column), terms, run, atLeast));

    /// <summary>Adds <paramref name="features"/> when <paramref name="condition"/> holds, else <paramref name="otherwise"/>.</summary>
    public FeatureBuilder<TRow> When(bool condition, Action<FeatureBuilder<TRow>> features, Action<FeatureBuilder<TRow>>? otherwise = null)
    {
        (condition ? features : otherwise)?.Invoke(this);
        return this;
    }

    private string Known(LambdaExpression column) => _column(column, ColumnUse.Feature);

    private string? Group(LambdaExpression? by) => by == null ? null : _column(by, ColumnUse.Group);

    private FeatureBuilder<TRow> Require(bool met, string option, double value, string expected)
    {
        if (!met)
        {
            _findings.Add(new(
                "MLB2006", "Not a value of this option", $".Features(…), {option}", value.ToString(CultureInfo.InvariantCulture), expected,
                "correct the value"));
        }

        return this;
    }

    private FeatureBuilder<TRow> Add(FeatureSpec feature)
    {
        _features.Add(feature);
        return this;
    }
}
